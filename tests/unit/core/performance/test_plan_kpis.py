"""The figures of a plan: full-year outlook, service, bottleneck, stock; each reproduced by its operands."""

from typing import Any

import numpy as np
import pytest

from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.kpi import Kpi, Status, Unit
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.performance.plan_kpis import EXECUTIVE_TILES, plan_kpis
from tests import array_worlds as worlds
from tests.array_plans import Plan, plan_of

SETTINGS = PlanningSettings()


def kpis_of(inputs: PlanInputs, plan: Plan, **more: Any) -> dict[str, Kpi]:
    found = plan_kpis(inputs=inputs, settings=SETTINGS, **plan.parts, **more)
    assert len({kpi.definition.id for kpi in found}) == len(found)
    return {kpi.definition.id: kpi for kpi in found}


def operand(kpi: Kpi, name: str) -> float | None:
    return next(o.value for o in kpi.why.operands if o.name == name)


def kettles(**changed: Any) -> PlanInputs:
    """One family at price 100 and cost 60, 10 a month sold from January 2025 to October 2026."""
    g = worlds.grain(families=("Kettles",), history=22, horizon=14, resources=changed.pop("resources", ()))
    parts: dict[str, Any] = {
        "sales": worlds.sales(g, units=10.0, net_revenue_value=1_000.0),
        "money": worlds.money(g, price=100.0, unit_cost=60.0),
        "stock": worlds.stock(g, saleable_units=50.0),
    }
    return worlds.company_inputs(g, **(parts | changed))


def test_the_full_year_outlook_is_actual_to_date_and_plan():
    inputs = kettles()
    found = kpis_of(inputs, plan_of(inputs.grain, demand=20.0, make=20.0))
    revenue, margin, ratio = (found[name] for name in ("revenue-outlook", "margin-outlook", "margin-ratio-outlook"))
    assert revenue.value == pytest.approx(10 * 1_000 + 2 * 2_000)
    assert revenue.period == "FY26 outlook"
    assert margin.value == pytest.approx(0.4 * 14_000)
    assert ratio.value == pytest.approx(0.4)
    assert found["revenue-outlook-next"].value == pytest.approx(12 * 2_000)
    assert found["revenue-outlook-next"].period == "FY27 outlook"


def test_without_a_budget_the_outlook_says_so_and_is_compared_with_last_year():
    inputs = kettles()
    revenue = kpis_of(inputs, plan_of(inputs.grain, demand=20.0, make=20.0))["revenue-outlook"]
    assert revenue.status is Status.NO_TARGET
    assert revenue.reason == "No budget: load the table budget."
    assert (revenue.reference, revenue.reference_name) == (pytest.approx(12_000), "last year")


def test_a_budget_that_ends_early_is_named_by_its_last_month():
    g = kettles().grain
    budget = np.full((1, 1, 36), 1_500.0)
    budget[..., 18:] = np.nan  # July 2026 on
    inputs = kettles(money=worlds.money(g, price=100.0, unit_cost=60.0, budget_revenue_value=budget))
    revenue = kpis_of(inputs, plan_of(g, demand=20.0, make=20.0))["revenue-outlook"]
    assert revenue.reason == "No budget after Jun 26: load the table budget."
    assert revenue.target is None


@pytest.mark.parametrize(
    "budget, status",
    [(1_000.0, Status.ON_PLAN), (1_200.0, Status.ON_PLAN), (1_270.0, Status.WATCH), (2_000.0, Status.ACT)],
)
def test_the_outlook_is_judged_against_the_budget_of_the_year(budget, status):
    g = kettles().grain
    inputs = kettles(money=worlds.money(g, price=100.0, unit_cost=60.0, budget_revenue_value=budget))
    revenue = kpis_of(inputs, plan_of(g, demand=20.0, make=20.0))["revenue-outlook"]  # 14,000 in the year
    assert revenue.reference == pytest.approx(12 * budget)
    assert revenue.status is status


def test_shortage_costs_service_and_names_its_first_month():
    inputs = kettles()
    demand = np.full(14, 20.0)
    demand[2] = 60.0  # January: 40 more than is made
    found = kpis_of(inputs, plan_of(inputs.grain, demand=demand, make=20.0))
    service = found["service"]
    assert service.value == pytest.approx(240 / 280)
    assert service.period == "Nov 26–Oct 27, first short Jan 27"
    assert found["lost-revenue"].value == pytest.approx(4_000)
    assert found["lost-margin"].value == pytest.approx(1_600)
    assert operand(found["lost-margin"], "Kettles") == pytest.approx(1_600)


def test_a_month_below_the_target_keeps_service_from_being_on_plan():
    inputs, demand = kettles(supply=worlds.supply(kettles().grain, family_capacity_units=100.0)), np.full(14, 100.0)
    demand[2] = 110.0  # January: 100 of 110 can be served
    service = kpis_of(inputs, plan_of(inputs.grain, demand=demand, make=100.0))["service"]
    assert service.value == pytest.approx(1200 / 1210)  # 99.2 % of twelve months, above the target of 98 %
    assert service.missed == ("Jan 27", pytest.approx(100 / 110))
    assert service.status is Status.WATCH
    demand[2] = 101.0  # 99.0 % in January
    nearly = kpis_of(inputs, plan_of(inputs.grain, demand=demand, make=100.0))["service"]
    assert (nearly.missed, nearly.status) == (None, Status.ON_PLAN)


def test_service_weighs_families_by_price_and_not_by_units():
    g = worlds.grain(families=("Machines", "Screws"))
    prices = np.array([[[1_000.0]], [[1.0]]])
    inputs = worlds.company_inputs(g)
    plan = plan_of(g, demand=[[[1.0]], [[1_000.0]]], make=[[0.5], [1_000.0]], price=prices)
    assert kpis_of(inputs, plan)["service"].value == pytest.approx(0.75)  # 1,500 of 2,000


def test_without_any_price_service_is_by_units_and_says_so():
    inputs = kettles()
    plan = plan_of(inputs.grain, demand=20.0, make=10.0, price=np.nan)
    found = kpis_of(inputs, plan)
    assert found["service"].value == pytest.approx(0.5)
    assert "prices missing" in found["service"].why.population
    assert found["revenue-outlook"].value is None
    assert found["revenue-outlook"].status is Status.NO_DATA
    assert "load" in found["revenue-outlook"].reason


def test_the_shortage_of_a_family_without_a_price_shows_in_the_service():
    g = worlds.grain(families=("Machines", "Screws"))
    prices = np.array([[[1_000.0]], [[np.nan]]])
    plan = plan_of(g, demand=[[[1.0]], [[999.0]]], make=[[1.0], [499.0]], price=prices)
    service = kpis_of(worlds.company_inputs(g), plan)["service"]
    assert service.value == pytest.approx(0.5)  # 500 of 1,000 units; at the prices known it would be 100 %


def test_a_family_without_a_price_is_left_out_and_named():
    g = worlds.grain(families=("Priced", "Free"), history=22, horizon=14)
    price = np.full((2, 1, 14), 100.0)
    price[1] = np.nan
    inputs = worlds.company_inputs(g, sales=worlds.sales(g, units=10.0, net_revenue_value=1_000.0))
    found = kpis_of(inputs, plan_of(g, demand=20.0, make=20.0, price=price))
    assert found["revenue-outlook"].value == pytest.approx(20_000 + 4_000)
    assert found["revenue-outlook"].why.excluded == "no price: Free"


def test_the_worst_bottleneck_is_named_with_its_month():
    inputs = kettles(resources=("Press", "Paint"))
    used = np.full((2, 14), 50.0)
    used[1, 3] = 110.0
    plan = plan_of(inputs.grain, demand=20.0, make=20.0, hours_used=used)
    found = kpis_of(inputs, plan)
    worst = found["worst-bottleneck"]
    assert (worst.value, worst.period, worst.status) == (pytest.approx(1.10), "Paint, Feb 27", Status.ACT)
    assert found["overtime-hours"].value == pytest.approx(10.0)
    assert found["utilisation"].value == pytest.approx((23 * 50 + 110) / 2_400)
    assert found["capacity-lead-time"].reason == "No lead time known: load resources (capacity_lead_time_months)."


def test_of_resources_equally_full_the_first_is_named_whatever_their_last_digits():
    inputs = kettles(resources=("Press", "Paint"))
    used = np.full((2, 14), 50.0)
    used[0, 5], used[1, 3] = 110.0, 110.0 + 1e-11
    worst = kpis_of(inputs, plan_of(inputs.grain, demand=20.0, make=20.0, hours_used=used))["worst-bottleneck"]
    assert worst.period == "Press, Apr 27"


def test_the_last_digits_of_a_solver_name_no_resource_in_the_account_of_overtime():
    inputs = kettles(resources=("Press", "Paint"))
    used = np.full((2, 14), 50.0)
    used[0, 5], used[1, 3] = 100.0 + 1e-9, 110.0  # of 100 regular hours
    hours = kpis_of(inputs, plan_of(inputs.grain, demand=20.0, make=20.0, hours_used=used))["overtime-hours"]
    assert [name for name, _, _ in hours.why.parts] == ["Paint"]


def test_a_month_without_hours_is_named_and_never_counts_as_full():
    inputs = kettles(resources=("Press",))
    hours = np.full((1, 14), 100.0)
    hours[0, 0] = np.nan
    worst = kpis_of(inputs, plan_of(inputs.grain, demand=1.0, make=1.0, hours_used=50.0, available_hours=hours))
    assert worst["worst-bottleneck"].value == pytest.approx(0.5)
    assert worst["worst-bottleneck"].why.excluded == "months without hours: Press"


def test_without_resources_the_bottleneck_has_a_reason_instead_of_a_value():
    inputs = kettles()
    worst = kpis_of(inputs, plan_of(inputs.grain, demand=20.0, make=20.0))["worst-bottleneck"]
    assert worst.value is None
    assert worst.status is Status.NO_DATA
    assert "resources" in worst.reason


def test_stock_is_compared_with_its_target_at_standard_cost():
    inputs = kettles()
    plan = plan_of(inputs.grain, demand=20.0, make=20.0, opening=47.0, target=40.0)
    found = kpis_of(inputs, plan)
    against = found["stock-against-target"]
    assert against.value == pytest.approx(1.175)  # 47 of 40 every month
    assert against.status is Status.WATCH  # the band ends at 110 %, watch at 120 %
    assert found["stock-value"].value == pytest.approx(47 * 60)
    assert (found["stock-value"].reference, found["stock-value"].reference_name) == (3_000, "last month")
    assert found["stock-below-target"].value == 0.0
    assert found["inventory-turns"].value == pytest.approx(
        20 * 60 * 12 / np.mean([2_910, *[2_820] * 11])
    )  # 50 at first, then 47


def test_days_of_supply_are_units_by_units():
    inputs = kettles()
    plan = plan_of(inputs.grain, demand=20.0, make=20.0, opening=20.0)
    days = kpis_of(inputs, plan)["days-of-supply"]
    assert days.value == pytest.approx(365 / 12, abs=0.2)  # one month's demand, whatever the unit costs


def test_stock_below_target_is_not_hidden_by_another_family():
    g = worlds.grain(families=("Long", "Short"))
    plan = plan_of(g, demand=0.0, make=0.0, opening=[90.0, 10.0], target=50.0)
    found = kpis_of(worlds.company_inputs(g), plan)
    assert found["stock-against-target"].value == pytest.approx(1.0)
    assert found["stock-below-target"].value == pytest.approx(40 * 60)
    assert operand(found["stock-below-target"], "Short") == pytest.approx(2_400)


def test_cash_needs_an_opening_balance():
    inputs = kettles()
    without = kpis_of(inputs, plan_of(inputs.grain, demand=20.0, make=20.0))["cash-low"]
    assert without.value is None
    assert "opening_cash" in without.reason
    given_ = kpis_of(inputs, plan_of(inputs.grain, demand=20.0, make=20.0, opening_cash=100.0))["cash-low"]
    assert given_.value == pytest.approx(100 + 800)
    assert given_.period == "Nov 26"


def test_working_capital_is_stock_and_receivables_less_payables():
    inputs = kettles()
    capital = kpis_of(inputs, plan_of(inputs.grain, demand=20.0, make=20.0, opening=50.0))["working-capital"]
    assert capital.value == pytest.approx(3_000)
    assert sum(o.value or 0.0 for o in capital.why.operands) == pytest.approx(capital.value)


def test_with_a_plan_to_compare_every_reference_is_that_plan():
    inputs = kettles()
    base = plan_of(inputs.grain, demand=20.0, make=20.0)
    moved = plan_of(inputs.grain, demand=22.0, make=22.0)
    plan_figures = plan_kpis(inputs=inputs, settings=SETTINGS, **base.parts)
    found = kpis_of(inputs, moved, base=plan_figures)
    assert found["revenue-outlook"].change == pytest.approx(2 * 200)
    assert {kpi.reference_name for kpi in found.values()} <= {"plan", ""}
    assert found["service"].change == 0.0


def test_the_executive_tiles_are_all_there():
    inputs = kettles(resources=("Press",))
    found = kpis_of(inputs, plan_of(inputs.grain, demand=20.0, make=20.0))
    assert set(EXECUTIVE_TILES) <= found.keys()


@pytest.mark.parametrize(
    "kpi_id, combine",
    [
        ("revenue-outlook", sum),
        ("margin-outlook", sum),
        ("margin-ratio-outlook", lambda v: v[0] / v[1]),
        ("lost-revenue", sum),
        ("lost-margin", sum),
        ("service", lambda v: v[0] / v[1]),
        ("worst-bottleneck", lambda v: v[0] / v[1]),
        ("utilisation", lambda v: v[0] / v[1]),
        ("overtime-hours", sum),
        ("stock-value", lambda v: v[0] / v[1]),
        ("stock-against-target", lambda v: v[0] / v[1]),
        ("stock-below-target", sum),
        ("closing-stock", sum),
        ("working-capital", sum),
        ("cash-low", sum),
        ("inventory-turns", lambda v: v[0] / v[1] * 12 / v[2]),
        ("days-of-supply", lambda v: v[0] / v[1]),
    ],
)
def test_the_operands_reproduce_the_figure(kpi_id, combine):
    inputs = kettles(resources=("Press",))
    demand = 20.0 + 15.0 * np.sin(np.arange(14.0))
    plan = plan_of(inputs.grain, demand=demand, make=19.0, opening=5.0, target=9.0, hours_used=110.0, opening_cash=50.0)
    kpi = kpis_of(inputs, plan)[kpi_id]
    values = [o.value for o in kpi.why.operands if o.name != "budget"]
    assert values
    assert combine(values) == pytest.approx(kpi.value)


def test_units_over_unlike_families_are_never_added():
    g = worlds.grain(families=("Machines", "Screws"))
    found = kpis_of(worlds.company_inputs(g), plan_of(g, demand=20.0, make=10.0))
    assert Unit.UNITS not in {kpi.definition.unit for kpi in found.values()}


def test_sales_alone_give_reasons_and_no_figures_in_money():
    g = worlds.grain()
    plan = plan_of(g, demand=20.0, make=20.0, price=np.nan, unit_cost=np.nan)
    found = kpis_of(worlds.company_inputs(g, sales=worlds.sales(g, units=20.0)), plan)
    for kpi_id in ("revenue-outlook", "margin-outlook", "stock-value", "inventory-turns", "days-of-supply", "cash-low"):
        assert found[kpi_id].value is None
        assert found[kpi_id].reason
