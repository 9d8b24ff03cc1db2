"""Prices, costs and premiums where a company gives some of them."""

import numpy as np
import pytest

from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.plan.costs import planning_costs, price_and_cost
from tests.unit.core.plan.plan_worlds import press_company


def _costs(company, demand=(100.0,)):
    return planning_costs(company, PlanningSettings(), price_and_cost(company), np.array(demand))


def test_the_default_ladder_rises_from_carrying_to_outsourcing():
    costs = _costs(press_company(cost=60.0))
    assert costs.holding_cost[0] == pytest.approx(1.0)  # 20 % of 60 a year
    assert costs.glide_penalty[0] == pytest.approx(1.5)
    assert costs.target_penalty[0] == pytest.approx(3.0)  # half the overtime premium
    assert costs.overtime_premium_per_hour[0] == pytest.approx(6.0)
    assert costs.outsource_cost[0, 0] - 60.0 == pytest.approx(12.0)
    assert costs.make_cost[0, 0] == pytest.approx(51.0)  # 85 % avoidable


def test_a_premium_per_unit_becomes_one_rate_for_all_hours():
    # (6 × 100 + 12 × 50) / (100 × 1 + 50 × 2) = 6 an hour
    company = press_company(
        families=("A", "B"),
        hours_per_unit=np.array([[1.0, 2.0]]),
        overtime_premium_per_unit=np.array([6.0, 12.0]),
    )
    assert _costs(company, (100.0, 50.0)).overtime_premium_per_hour[0] == pytest.approx(6.0)


def test_a_premium_per_hour_holds_for_families_that_give_none_per_unit():
    company = press_company(overtime_premium_per_hour=9.0)
    assert _costs(company).overtime_premium_per_hour[0] == pytest.approx(9.0)
    company = press_company(overtime_premium_per_hour=9.0, overtime_premium_per_unit=4.0)
    assert _costs(company).overtime_premium_per_hour[0] == pytest.approx(4.0)  # the unit's premium wins


def test_prices_and_costs_change_with_their_month():
    price, cost = np.full((1, 1, 15), 100.0), np.full((1, 15), 60.0)
    price[..., 13:], cost[..., 13:] = 110.0, 66.0
    company = press_company()
    company.money.price[:], company.money.unit_cost[:] = price, cost
    money = price_and_cost(company)
    assert money.price[0, 0].tolist() == [100, 110, 110]
    assert money.unit_cost[0].tolist() == [60, 66, 66]
    assert not money.price_assumed.any()


def test_without_planned_prices_the_achieved_price_of_twelve_months_goes_on():
    company = press_company()
    company.money.price[..., 12:] = np.nan
    company.money.unit_cost[..., 12:] = np.nan
    money = price_and_cost(company)
    assert money.price[0, 0].tolist() == [100, 100, 100]
    assert money.price_assumed.all()
    assert money.unit_cost[0].tolist() == [60, 60, 60]
    assert money.cost_assumed.all()
