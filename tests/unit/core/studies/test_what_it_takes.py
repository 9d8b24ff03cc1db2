"""What it would take, in names and months."""

import numpy as np
import pytest

from sop_dash.core.plan import plan
from sop_dash.core.studies.what_it_takes import what_it_takes
from tests.unit.core.plan.plan_worlds import prepared, press_company


def _answer(company, demand, target=1.0, **settings):
    ready = prepared(company, demand, **settings)
    return what_it_takes(ready, plan(ready), np.ones(1, dtype=bool), target)


def test_the_missing_hours_are_named_with_their_month():
    company = press_company(months=3, hours=100.0, overtime_max_ratio=0.2, capacity_lead_time_months=1.0)
    found = _answer(company, [[100, 100, 200]])
    # 20 hours of overtime in each of three months leave 40 of the 100 missing
    assert [(one.place, one.month) for one in found.needed] == [("Press", "2027-01")]
    assert found.hours == pytest.approx(40, abs=1e-2)
    assert found.needed[0].in_time
    assert (found.now_ratio, found.then_ratio) == (pytest.approx(0.9), pytest.approx(1.0, abs=1e-6))
    assert found.reached


def test_hours_before_more_capacity_can_stand_are_marked():
    company = press_company(months=2, hours=100.0, overtime_max_ratio=0.0, capacity_lead_time_months=6.0)
    (needed,) = _answer(company, [[100, 150]]).needed
    assert not needed.in_time


def test_a_target_that_the_plan_reaches_needs_nothing():
    found = _answer(press_company(months=2, hours=100.0, overtime_max_ratio=0.0), [[100, 110]], target=0.9)
    assert found.needed == ()
    assert found.reached
    assert found.then_ratio == pytest.approx(200 / 210, abs=1e-6)


def test_what_nothing_can_cure_is_named_with_the_most_that_can_be_reached():
    company = press_company(months=2, hours=100.0, released_units=np.array([[60.0, np.nan]]))
    found = _answer(company, [[100, 100]], locked_months=1)
    assert not found.reached
    assert found.then_ratio == pytest.approx(0.8, abs=1e-5)
    assert [(one.family, one.month) for one in found.uncured] == [("Kettles", "2026-11")]
    assert found.uncured[0].units == pytest.approx(40, abs=0.1)


@pytest.mark.parametrize("price", [np.nan, [[[100.0]], [[np.nan]]]])
def test_units_count_alike_where_a_price_is_missing_as_in_the_service_of_the_plan(price):
    costs = {"price": price, "cost": [[60.0], [6.0]]}
    company = press_company(families=("Kettles", "Irons"), months=1, hours=150.0, overtime_max_ratio=0.0, **costs)
    ready = prepared(company, [[100], [100]])
    made = plan(ready)
    found = what_it_takes(ready, made, np.ones(2, dtype=bool), 1.0)
    assert not found.by_price
    assert found.now_ratio == pytest.approx(0.75)  # 150 of 200 units, whatever the lost ones may be worth
    assert found.now_ratio == pytest.approx(made.kpi("service").value)
