"""From budget to outlook: closed months as they came, later ones as planned, residual zero."""

from dataclasses import replace

import numpy as np
import pytest

from sop_dash.core.finance.budget_bridge import BudgetBridge, budget_bridge
from sop_dash.core.model.result import OtherCost
from tests import array_worlds as worlds
from tests.array_plans import plan_of

G = worlds.grain(families=("Kettles", "Irons"), history=2, horizon=2)
SALES = worlds.sales(G, units=10.0, net_revenue_value=1_000.0)
BUDGET = {"budget_units": 10.0, "budget_revenue_value": 1_000.0, "budget_margin_value": 400.0}


def bridged(plan, *, sales=SALES, first=0, months=4, **money) -> BudgetBridge:
    inputs = worlds.company_inputs(G, sales=sales, money=worlds.money(G, unit_cost=60.0, **money))
    return budget_bridge(inputs, plan.supply, plan.money, first=first, months=months)


def test_a_plan_on_budget_has_no_bars():
    found = bridged(plan_of(G, demand=10.0, make=10.0), **BUDGET)
    assert found.bridge is not None
    assert found.bridge.start == found.bridge.end == 3_200  # 2 families × 4 months × 400
    assert set(found.bridge.bars.values()) == {0.0}
    assert found.rows == (("Kettles", "all"), ("Irons", "all"))


def test_actual_and_planned_months_are_bridged_together():
    found = bridged(plan_of(G, demand=20.0, make=15.0, price=110.0), **BUDGET).bridge
    assert found is not None
    assert found.end == pytest.approx(2 * 2 * 400 + 2 * 2 * 15 * 50)
    assert found.bars["price"] == pytest.approx(600)  # 60 units planned at 10 more
    assert found.bars["volume"] == pytest.approx(1_600)  # 40 more asked for, at 40
    assert found.bars["supply limits"] == pytest.approx(-800)  # 20 of them not served
    assert found.residual == pytest.approx(0)


def test_overflow_space_and_spot_transport_have_bars_of_their_own_where_any_is_paid():
    plan = plan_of(G, demand=10.0, make=10.0)
    space, spot = np.array([[0.0, 30.0], [0.0, 10.0]]), np.array([[25.0, 0.0], [0.0, 0.0]])
    paid = replace(plan, money=replace(plan.money, other_costs={OtherCost.SPACE: space, OtherCost.TRANSPORT: spot}))
    found = bridged(paid, **BUDGET).bridge
    assert found is not None
    assert (found.bars["overflow space"], found.bars["spot transport"]) == (-40.0, -25.0)
    assert found.end == pytest.approx(3_200 - 65)
    assert found.residual == pytest.approx(0)
    without = bridged(plan, **BUDGET).bridge
    assert without is not None
    assert not {"overflow space", "spot transport"} & set(without.bars)


def test_the_last_closed_month_alone_can_be_bridged():
    sales = worlds.sales(G, units=[[[10.0, 12.0]], [[10.0, 8.0]]], net_revenue_value=1_000.0)
    found = bridged(plan_of(G, demand=99.0, make=99.0), sales=sales, first=1, months=1, **BUDGET).bridge
    assert found is not None
    assert found.start == 800
    assert found.end == pytest.approx(2 * 1_000 - 20 * 60)
    assert found.residual == pytest.approx(0)


def test_a_family_without_cost_is_left_out_and_named():
    cost = np.full((2, 4), 60.0)
    cost[1] = np.nan
    plan = plan_of(G, demand=10.0, make=10.0, unit_cost=cost[:, 2:])
    inputs = worlds.company_inputs(G, sales=SALES, money=worlds.money(G, unit_cost=cost, **BUDGET))
    found = budget_bridge(inputs, plan.supply, plan.money, first=0, months=4)
    assert found.bridge is not None
    assert found.excluded == ("Irons",)
    assert found.bridge.start == 1_600
    assert found.bridge.residual == pytest.approx(0)


def test_without_a_budget_or_its_units_there_is_a_reason_and_no_chart():
    plan = plan_of(G, demand=10.0, make=10.0)
    assert bridged(plan).reason == "No budget for these months: load the table budget."
    only_revenue = bridged(plan, budget_revenue_value=1_000.0)
    assert only_revenue.bridge is None
    assert "units" in only_revenue.reason
