"""The charts, tables and sentences of the review."""

import math
from dataclasses import replace

import numpy as np
import pytest

from sop_dash.core.demand.value_added import steps
from sop_dash.core.finance.bridge import Lines, margin_bridge
from sop_dash.core.model.levers import Levers
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.performance.family_accuracy import FamilyAccuracy
from sop_dash.core.performance.review import Review
from sop_dash.figures.exception_tables import exception_rows
from sop_dash.figures.performance_charts import (
    budget_to_actual,
    lost_sales_chart,
    service_chart,
    steps_chart,
    trend_chart,
)
from sop_dash.figures.performance_tables import accuracy_rows, side
from sop_dash.figures.storyline.performance import performance_story
from sop_dash.services.exception_marks import MarkedFinding, MarkState
from sop_dash.services.selection import Selection
from tests.desk import desk


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Review:
    services = desk(tmp_path_factory.mktemp("press"))
    found = services.plans.view(Selection(), Levers()).prepared.review
    assert found is not None
    return found


def test_the_six_trends_carry_the_lines_and_bands_asked_for(review: Review):
    # S-286: MAPE 20, bias ±5, attainment 95 and 105, turns 8, days of supply 45, revenue 95–105 in a band.
    wanted = {
        "mape": [0.2],
        "bias": [-0.05, 0.05],
        "plan-attainment": [0.95, 1.05],
        "inventory-turns": [8.0],
        "days-of-supply": [45.0],
        "revenue-attainment": [0.95, 1.05],
    }
    bands = {"inventory-turns": (6.0, 12.0), "days-of-supply": (30.0, 60.0), "revenue-attainment": (0.95, 1.05)}
    for trend in review.trends:
        shapes = trend_chart(trend)["layout"]["shapes"]
        assert [shape["y0"] for shape in shapes if shape["type"] == "line"] == wanted[trend.definition.id]
        if trend.definition.id in bands:
            assert [(s["y0"], s["y1"]) for s in shapes if s["type"] == "rect"] == [bands[trend.definition.id]]


def test_one_month_beyond_all_measure_does_not_flatten_the_rest(review: Review):
    mape = review.trends[0]
    wild = replace(mape, values=(0.1, 25.0, 0.1), second_values=(0.1, 0.1, 0.1))
    figure = trend_chart(wild)
    assert figure["layout"]["yaxis"]["range"] == [0.0, 1.0]
    assert "cut at 100 %" in figure["layout"]["yaxis"]["title"]["text"]
    assert figure["data"][0]["y"][1] == 25.0  # told on hover


def test_a_bridge_leaves_out_causes_that_moved_nothing():
    budget = Lines(units=np.array([100.0]), price=np.array([20.0]), cost=np.array([12.0]))
    actual = Lines(units=np.array([110.0]), price=np.array([20.0]), cost=np.array([12.0]))
    figure = budget_to_actual(margin_bridge(budget, actual), "EUR", "Mar 26")
    (trace,) = figure["data"]
    assert trace["x"] == ["Budget", "Volume", "Actual"]
    assert trace["y"] == [800.0, 80.0, 880.0]  # 10 more at a margin of 8
    assert "Mar 26" in figure["layout"]["yaxis"]["title"]["text"]


def test_steps_show_the_error_and_what_each_took_off_it():
    found = steps({"naive": 0.2, "statistical": 0.15}, 24)
    (trace,) = steps_chart(found)["data"]
    assert trace["x"] == ["Last year again", "Statistical"]
    assert trace["text"] == ["20.0\u00a0%", "15.0\u00a0%<br>+5.0\u00a0pts"]


def test_service_without_figures_has_no_chart(review: Review):
    assert service_chart(review) is None
    assert lost_sales_chart(review, "EUR") is None  # demand is known only as units sold


def row(**changes) -> FamilyAccuracy:
    given = {
        "family": "Lamps", "months": 12, "asked": 12, "wape": 0.1, "bias": 0.02, "mape": 0.1, "mape_excluded": 0,
        "tracking_signal": 1.0, "mase": 0.8, "value": 1000.0,
    }  # fmt: skip
    return FamilyAccuracy(**(given | changes))


def test_a_remark_says_what_is_wrong_with_a_forecast():
    rows = [row(), row(tracking_signal=5.0, mase=1.4, bias=0.1), row(mape_excluded=2, bias=math.nan)]
    found = accuracy_rows(rows, PlanningSettings())
    assert [one["note"] for one in found] == [
        "",
        "runs off to one side; worse than last year repeated",
        "2 months without sales left out of MAPE",
    ]
    assert [one["side"] for one in found] == ["inside ±5 %", "over-forecast", ""]
    assert side(-0.2, 0.05) == "under-forecast"


def test_exceptions_name_their_place(review: Review):
    marked = [MarkedFinding(finding=one, state=MarkState.OPEN) for one in review.exceptions]
    for one, found in zip(exception_rows(marked), review.exceptions, strict=True):
        assert one["what"].startswith(found.place)
        assert one["value"] == found.value


def test_the_story_counts_what_is_on_plan_and_names_what_is_not(review: Review):
    first, second = performance_story(review, "EUR")
    judged = [tile.kpi for tile in review.tiles if tile.kpi.status in ("on plan", "watch", "act")]
    good = sum(kpi.status == "on plan" for kpi in judged)
    assert first.startswith(f"Mar 26: {good} of {len(judged)}\u00a0figures on plan")
    assert second
    assert performance_story(None, "EUR")[0] == "No month is closed yet."
