"""The review of the last closed month: eight tiles, six trends, nothing invented where nothing is known."""

import numpy as np
import pytest

from sop_dash.core.model.kpi import Status
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.performance.review import Review, review
from tests import array_worlds as worlds

SETTINGS = PlanningSettings()
G = worlds.grain(families=("Kettles", "Irons"), history=14, horizon=12)


def full_company(**changed) -> worlds.PlanInputs:
    """Two families, 100 of each a month at price 10 and cost 6, stock of one month, everything on plan."""
    parts = {
        "sales": worlds.sales(G, units=100.0, demand_units=100.0, net_revenue_value=1_000.0),
        "money": worlds.money(G, price=10.0, unit_cost=6.0, budget_revenue_value=1_000.0, budget_margin_value=400.0),
        "stock": worlds.stock(G, closing_units=100.0, closing_value=600.0, receipts_units=0.0),
        "supply": worlds.supply(G, planned_units=100.0, actual_units=[[100.0] * 14, [95.0] * 14]),
        "service": worlds.service(G, lines_due=200.0, on_time_in_full=[180.0] * 13 + [190.0]),
    }
    return worlds.company_inputs(G, **(parts | changed))


def tile(found: Review, kpi_id: str):
    return next(t for t in found.tiles if t.kpi.definition.id == kpi_id)


def test_the_month_reviewed_is_the_last_closed_one():
    found = review(inputs=full_company(), settings=SETTINGS)
    assert found.month == "2026-10"
    assert tile(found, "revenue-attainment").kpi.period == "Oct 26"


def test_there_are_eight_tiles_in_four_groups():
    found = review(inputs=full_company(), settings=SETTINGS)
    assert [t.group for t in found.tiles] == ["Demand"] * 2 + ["Supply"] * 2 + ["Stock"] * 2 + ["Money"] * 2


def test_tiles_compare_with_last_month_and_last_year():
    otif = tile(review(inputs=full_company(), settings=SETTINGS), "otif")
    assert otif.kpi.value == pytest.approx(0.95)
    assert otif.kpi.change == pytest.approx(0.05)  # 180 of 200 the month before
    assert otif.last_year == pytest.approx(0.90)
    assert otif.kpi.reference_name == "last month"


def test_a_steady_company_reads_as_planned():
    found = review(inputs=full_company(), settings=SETTINGS, forecasts_at_lag1=np.full((2, 14), 110.0))
    assert tile(found, "wape").kpi.value == pytest.approx(0.10)
    assert tile(found, "bias").kpi.value == pytest.approx(0.10)
    assert tile(found, "plan-attainment").kpi.value == pytest.approx(0.975)  # 195 of 200 at cost
    assert tile(found, "inventory-turns").kpi.value == pytest.approx(12.0)  # 1,200 a month ÷ 1,200 in stock
    assert tile(found, "revenue-attainment").kpi.value == pytest.approx(1.0)
    assert tile(found, "margin-ratio").kpi.value == pytest.approx(0.4)
    assert tile(found, "margin-ratio").kpi.status is Status.ON_PLAN


def test_the_operands_of_a_ratio_reproduce_it():
    found = review(inputs=full_company(), settings=SETTINGS, forecasts_at_lag1=np.full((2, 14), 110.0))
    for shown in found.tiles:
        counted, of, *_ = (operand.value for operand in shown.kpi.why.operands)
        assert counted / of == pytest.approx(shown.kpi.value)
    errors, demand = tile(found, "wape").kpi.why.operands
    assert (errors.value, demand.value) == (pytest.approx(200.0), pytest.approx(2_000.0))  # 20 units at price 10


def test_six_trends_carry_the_bands_of_the_settings():
    found = review(inputs=full_company(), settings=SETTINGS)
    drawn = {trend.definition.id: trend for trend in found.trends}
    assert list(drawn) == [
        "mape", "bias", "plan-attainment", "inventory-turns", "days-of-supply", "revenue-attainment",
    ]  # fmt: skip
    assert drawn["mape"].second is not None
    assert drawn["mape"].second.id == "wape"
    turns, days = drawn["inventory-turns"].target, drawn["days-of-supply"].target
    assert turns is not None
    assert days is not None
    assert (turns.low, turns.aim, turns.high) == (6.0, 8.0, 12.0)
    assert (days.low, days.aim, days.high) == (30.0, 45.0, 60.0)
    assert all(len(trend.values) == 14 for trend in found.trends)


def test_with_sales_alone_every_tile_says_which_table_would_bring_it():
    found = review(inputs=worlds.company_inputs(G, sales=worlds.sales(G, units=5.0)), settings=SETTINGS)
    for shown in found.tiles:
        assert shown.kpi.value is None
        assert shown.kpi.status is Status.NO_DATA
        assert "load" in shown.kpi.reason
    assert found.exceptions == ()


def test_otif_that_cannot_move_is_not_informative():
    always = worlds.service(G, lines_due=200.0, on_time_in_full=200.0)
    otif = tile(review(inputs=full_company(service=always), settings=SETTINGS), "otif").kpi
    assert otif.value == 1.0
    assert otif.status is Status.NOT_INFORMATIVE
    told = worlds.service(G, lines_due=200.0, on_time_in_full=[199.0] * 14, otif_constant=True)
    assert (
        tile(review(inputs=full_company(service=told), settings=SETTINGS), "otif").kpi.status is Status.NOT_INFORMATIVE
    )


def test_output_that_always_equals_its_plan_is_not_informative():
    same = worlds.supply(G, planned_units=100.0, actual_units=100.0)
    kpi = tile(review(inputs=full_company(supply=same), settings=SETTINGS), "plan-attainment").kpi
    assert kpi.value == 1.0
    assert kpi.status is Status.NOT_INFORMATIVE


def test_every_figure_of_the_review_is_listed_once():
    ids = [kpi.definition.id for kpi in review(inputs=full_company(), settings=SETTINGS).kpis]
    assert len(ids) == len(set(ids))
    assert {"otif", "fill-rate", "stock-out-rate", "excess-stock", "inventory-accuracy", "wape"} <= set(ids)


def test_one_month_of_history_has_no_month_before():
    g = worlds.grain(history=1)
    found = review(inputs=worlds.company_inputs(g, sales=worlds.sales(g, units=5.0)), settings=SETTINGS)
    assert all(shown.last_year is None and shown.kpi.reference is None for shown in found.tiles)
