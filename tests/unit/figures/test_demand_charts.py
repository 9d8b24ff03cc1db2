"""The charts of demand; kettles at 20 sell 100 in the shop and 50 on the web, lamps at 50 sell 40."""

from pathlib import Path

import pytest

from sop_dash.core.model.levers import Change, Levers
from sop_dash.figures.demand_charts import (
    channel_mix,
    errors_chart,
    history_and_forecast,
    in_money,
    lines_of,
    scale_words,
)
from sop_dash.services.bundle import Services
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Measure, Selection
from tests.desk import desk
from tests.worlds import sales_only


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    return desk(tmp_path_factory.mktemp("press"))


def view(services: Services, **selection) -> PlanView:
    return services.plans.view(Selection(**selection), Levers())


def test_several_families_are_only_drawn_in_money(services: Services):
    assert in_money(view(services, measure=Measure.UNITS))
    assert not in_money(view(services, family="Kettles", measure=Measure.UNITS))
    assert in_money(view(services, family="Kettles"))


def test_a_family_without_a_price_is_drawn_in_units_whatever_is_asked(tmp_path: Path):
    lone = desk(tmp_path, sales_only({"Lamps": [10.0] * 8, "Irons": [5.0] * 8}))
    assert not in_money(view(lone, family="Lamps"))


def test_history_stands_before_the_forecast_on_one_row_of_months(services: Services):
    shown = view(services, family="Kettles", measure=Measure.UNITS, horizon=6)
    figure = history_and_forecast(shown, lines_of(shown))
    traces = {trace["name"]: trace for trace in figure["data"]}
    assert len(figure["data"]) == 13
    assert traces["Demand"]["x"] == [f"{m} 26" for m in ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep")]
    assert traces["Demand"]["y"] == [150.0] * 3 + [None] * 6
    assert traces["Consensus"]["y"] == [None] * 3 + [150.0] * 6
    (shade,) = figure["layout"]["shapes"]
    assert (shade["x0"], shade["x1"]) == (2.5, 3.5)  # April is in progress


def test_consensus_committed_and_sales_input_are_kept_apart(services: Services):
    moved = services.plans.view(Selection(family="Kettles", measure=Measure.UNITS), Levers(demand=(Change(ratio=0.5),)))
    traces = {trace["name"]: trace for trace in history_and_forecast(moved, lines_of(moved))["data"]}
    assert (traces["Consensus"]["y"][4], traces["Committed"]["y"][4]) == pytest.approx((150.0, 225.0))
    assert traces["Sales input"]["y"][4] is None  # sales said nothing


def test_the_axis_says_what_is_counted(services: Services):
    for selection, title in (({}, "Money a month"), ({"family": "Lamps", "measure": Measure.UNITS}, "Units a month")):
        shown = view(services, **selection)
        assert title in history_and_forecast(shown, lines_of(shown))["layout"]["yaxis"]["title"]["text"]


def test_channels_add_up_to_the_consensus(services: Services):
    shown = view(services, horizon=6)
    shop, web = channel_mix(shown)["data"]
    assert (shop["name"], web["name"]) == ("shop", "web")
    assert shop["y"] == pytest.approx([4000.0] * 6)  # 100 × 20 + 40 × 50
    assert web["y"] == pytest.approx([1000.0] * 6)  # 50 × 20


def test_the_card_says_whose_demand_it_is(services: Services):
    assert scale_words(view(services)) == "all families, money at net price"
    assert scale_words(view(services, family="Lamps", channel="shop", measure=Measure.UNITS)) == "Lamps, shop, units"


def test_the_error_of_every_family_stands_beside_that_of_last_year():
    rows = [{"family": "Lamps", "engine3": 0.08, "naive3": 0.11}, {"family": "Fans", "engine3": 0.2, "naive3": 0.1}]
    ours, last_year = errors_chart(rows)["data"]
    assert (ours["x"], ours["y"], last_year["y"]) == (["Lamps", "Fans"], [0.08, 0.2], [0.11, 0.1])
