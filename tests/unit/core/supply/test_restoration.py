"""What it would take: the smallest additions, checked by planning again with them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.supply.programme import SupplyProgramme
from sop_dash.core.supply.restoration import restoration
from tests.unit.core.supply.supply_problems import plain_problem, random_problem

ALL = np.array([True])


def test_only_the_hours_that_nothing_else_gives_are_asked_for():
    problem = plain_problem([[100.0, 150.0, 100.0]], available_hours=110.0, overtime_max_ratio=0.1)
    found = restoration(problem, ALL, np.ones((1, 3)))
    # 150 asked in month 2: 110 regular, 11 overtime, 10 + 11 ahead in month 1: 8 hours are missing, as late as can be
    assert [(one.resource, one.month) for one in found.hours] == [(0, 1)]
    assert found.total_hours == pytest.approx(8.0, abs=1e-3)
    assert found.reached
    assert found.lost_units.sum() == pytest.approx(0.0, abs=1e-3)


def test_a_plan_that_serves_everything_needs_nothing():
    found = restoration(plain_problem([[100.0, 100.0]], available_hours=110.0), ALL, np.ones((1, 2)))
    assert found.nothing_missing
    assert found.reached


def test_a_share_of_the_demand_takes_fewer_hours():
    problem = plain_problem([[200.0]], available_hours=100.0)
    found = restoration(problem, ALL, np.ones((1, 1)), target_ratio=0.9)
    assert found.total_hours == pytest.approx(80.0)  # 180 of 200 units, an hour each
    assert found.lost_units.sum() == pytest.approx(20.0)


def test_what_is_lost_in_a_locked_month_is_lost_whatever_is_added():
    problem = plain_problem([[100.0, 100.0]], available_hours=200.0, locked_make_units=np.array([[60.0]]))
    found = restoration(problem, ALL, np.ones((1, 2)))
    assert not found.reached
    assert found.nothing_missing
    assert found.lost_units[0] == pytest.approx([40.0, 0.0], abs=1e-5)


def test_a_family_without_a_routing_needs_units_after_its_lead_time():
    problem = plain_problem([[50.0, 50.0, 50.0]], made=[False], hours_per_unit=[[0.0]], lead_time_months=2.0)
    found = restoration(problem, ALL, np.ones((1, 3)))
    assert not found.hours
    # two months cannot be reached by an order, the third is ordered by the plan itself
    assert found.lost_units[0] == pytest.approx([50.0, 50.0, 0.0], abs=1e-5)


@given(seed=st.integers(0, 100_000))
def test_with_the_additions_the_plan_loses_no_more_than_was_said(seed):
    problem = random_problem(seed)
    found = restoration(problem, np.ones(problem.families, dtype=bool), np.ones(problem.demand_units.shape))
    extra, receipts = np.zeros_like(problem.available_hours), problem.receipts_units.copy()
    for one in found.hours:
        extra[one.resource, one.month] = one.hours
    for more in found.units:
        receipts[more.family, more.month] += more.units
    hours = problem.available_hours + extra
    ratio = problem.overtime_max_ratio * problem.available_hours / np.maximum(hours, 1e-9)
    better = replace(
        problem,
        available_hours=hours,
        overtime_max_ratio=ratio,
        receipts_units=receipts,
        lost_weight=np.full_like(problem.lost_weight, 1e4),
    )
    lost = SupplyProgramme(better).solve(better).lost_units.sum()
    assert lost <= found.lost_units.sum() + 1e-4 * problem.demand_units.sum()
