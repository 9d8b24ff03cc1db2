"""What is made in months that are fixed, and the capacity a company has shown."""

import numpy as np
import pytest

from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.plan.capacity import capacity
from sop_dash.core.plan.locked import locked_plan
from tests.unit.core.plan.plan_worlds import press_company


def _locked(company, months=1):
    return locked_plan(company, capacity(company, PlanningSettings()), months)


def test_the_released_plan_is_what_is_made():
    company = press_company(released_units=np.array([[120.0, np.nan, np.nan]]), hours=500.0)
    assert _locked(company).make_units.tolist() == [[120.0]]
    assert _locked(company).origins == ("released plan",)


def test_without_a_released_plan_the_recent_rate_goes_on_by_calendar_days():
    # Aug to Oct 26: 100 a month in 92 days; November has 30: 300 / 92 × 30.
    company = press_company(hours=500.0)
    assert _locked(company).make_units[0, 0] == pytest.approx(300 / 92 * 30)
    assert _locked(company).origins == ("run-rate",)


def test_stock_built_in_the_last_three_months_belongs_to_the_rate():
    company = press_company(hours=500.0)
    company.stock.closing_units[0, -4:] = [10.0, 20.0, 30.0, 102.0]
    assert _locked(company).make_units[0, 0] == pytest.approx((300 + 92) / 92 * 30)


def test_the_rate_is_cut_to_what_the_resource_can_do():
    company = press_company(families=("Kettles", "Irons"), hours=100.0, overtime_max_ratio=0.0)
    made = _locked(company).make_units
    assert made.sum() == pytest.approx(100.0)
    assert made[0, 0] == pytest.approx(50.0)


def test_bought_families_get_their_open_orders_only():
    company = press_company(made=(False,), receipts_units=40.0)
    assert _locked(company).make_units.tolist() == [[0.0]]
    assert _locked(company).origins == ("open orders",)


def test_capacity_is_what_has_been_demonstrated_where_that_is_more():
    # 130 of 100 hours were worked: with 15 % overtime 130 / 1.15 regular hours are planned.
    company = press_company(hours=100.0, used_hours=130.0)
    hours = capacity(company, PlanningSettings())
    assert hours.hours[0] == pytest.approx([130 / 1.15] * 3)
    assert hours.theoretical_hours[0] == pytest.approx([100.0] * 3)
    assert hours.most_hours[0] == pytest.approx([130.0] * 3)
    switched = capacity(company, PlanningSettings(capacity_demonstrated=False))
    assert switched.hours[0] == pytest.approx([100.0] * 3)


def test_hours_worked_within_capacity_and_overtime_change_nothing():
    company = press_company(hours=100.0, used_hours=110.0)
    assert capacity(company, PlanningSettings()).hours[0] == pytest.approx([100.0] * 3)


def test_what_is_released_takes_its_hours_before_the_rate_of_the_others():
    released = np.array([[80.0, np.nan, np.nan], [np.nan] * 3])
    company = press_company(families=("Kettles", "Irons"), hours=100.0, overtime_max_ratio=0.0, released_units=released)
    assert _locked(company).make_units[:, 0] == pytest.approx([80.0, 20.0])  # an hour a unit
