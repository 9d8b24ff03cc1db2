"""Rule-based planners: hand-checked small cases, limits kept, and never cheaper than the linear programme."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.supply.costs import costs_of
from sop_dash.core.supply.groups import Backlog
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.programme import SupplyProgramme
from sop_dash.core.supply.rules import chase, level, merit_order
from sop_dash.core.supply.solution import SupplySolution
from tests.oracle_cases import assert_expected, oracle
from tests.unit.core.supply.supply_problems import plain_problem, random_problem
from tests.unit.core.supply.textbook import least_cost

Rule = Callable[[SupplyProblem], SupplySolution]
RULES: dict[str, Rule] = {
    "chase": chase,
    "level": level,
    "level at the mean rate": partial(level, no_stock_out=False),
    "merit order": merit_order,
}


def test_chase_makes_each_month_what_it_needs_until_hours_end() -> None:
    plan = chase(
        plain_problem(
            [[100.0, 150.0]], target_units=10.0, available_hours=100.0, overtime_max_ratio=0.2, outsource_max_units=15.0
        )
    )
    # month 1: 100 for demand from regular hours, 10 for stock in overtime
    # month 2: needs 140 for demand: 100 regular, 20 overtime, 15 outsourced; 5 lost, no stock left
    assert plan.make_units.tolist() == [[110.0, 120.0]]
    assert plan.outsource_units.tolist() == [[0.0, 15.0]]
    assert plan.lost_units.tolist() == [[0.0, 5.0]]
    assert plan.closing_units.tolist() == [[10.0, 0.0]]


def test_level_makes_the_same_every_day_so_that_stock_never_runs_out() -> None:
    plan = level(plain_problem([[10.0, 70.0, 10.0]], calendar_days=[30.0, 30.0, 30.0]))
    # by the end of month 2 80 units are needed in 60 days: 40 a month
    assert plan.make_units.tolist() == [[40.0, 40.0, 40.0]]
    assert plan.lost_units.sum() == 0.0


def test_level_at_the_mean_rate_shows_the_shortage() -> None:
    plan = level(plain_problem([[10.0, 70.0, 10.0]], calendar_days=[30.0, 30.0, 30.0]), no_stock_out=False)
    # 90 units over 3 months; month 2 has 20 + 30 for 70
    assert plan.make_units.tolist() == [[30.0, 30.0, 30.0]]
    assert plan.lost_units.tolist() == [[0.0, 20.0, 0.0]]


def test_merit_order_builds_ahead_before_it_pays_for_overtime() -> None:
    problem = plain_problem(
        [[50.0, 130.0]],
        available_hours=100.0,
        overtime_max_ratio=0.1,
        holding_cost=0.2,
        overtime_premium_per_hour=1.0,
        outsource_max_units=50.0,
        outsource_unit_cost=12.0,
    )
    plan = merit_order(problem)
    # 30 short in month 2: building ahead costs 0.2, overtime 1, outsourcing 2
    assert plan.make_units.tolist() == [[80.0, 100.0]]
    assert plan.overtime_hours.sum() == 0.0


def test_locked_months_and_bought_families_are_left_as_they_are() -> None:
    problem = plain_problem(
        [[10.0, 10.0], [10.0, 10.0]],
        made=[True, False],
        lead_time_months=[0.0, 1.0],
        locked_make_units=np.array([[4.0], [0.0]]),
    )
    for rule in RULES.values():
        plan = rule(problem)
        assert plan.make_units[0, 0] == 4.0
        assert plan.make_units[1, 0] == 0.0
        assert plan.make_units[1, 1] > 0.0


def test_the_roofing_supplier_on_a_level_plan_ends_with_the_published_stock_and_cost() -> None:
    case = oracle("aggregate_planning", "roofing-level")
    given_numbers = case["inputs"]
    problem = plain_problem(
        [given_numbers["demand"]],
        calendar_days=given_numbers["days"],
        hours_per_unit=[[given_numbers["hours_per_unit"]]],
        unit_cost=given_numbers["hours_per_unit"] * given_numbers["wage_per_hour"],
        holding_cost=given_numbers["holding_per_unit_period"],
        target_penalty=100.0,
    )
    plan = level(problem)
    assert np.allclose(plan.closing_units[0], case["expected"]["ending_inventory"])
    assert_expected(case, "holding_cost", costs_of(problem, plan).holding)
    assert_expected(case, "labour_cost", costs_of(problem, plan).make)
    assert_expected(case, "total_cost", costs_of(problem, plan).money)


def test_the_skateboard_maker_on_a_level_plan_lets_the_published_orders_wait() -> None:
    case = oracle("aggregate_planning", "skateboard-level")
    given_numbers = case["inputs"]
    problem = plain_problem(
        [given_numbers["demand"]],
        unit_cost=given_numbers["regular_per_unit"],
        backlog=Backlog(
            cost=np.array([float(given_numbers["backlog_per_unit_period"])]),
            opening_units=np.zeros(1),
            closing_max_units=np.zeros(1),
        ),
    )
    # 300 a period is the mean rate: 1,800 units in six equal periods
    plan = level(problem, no_stock_out=False)
    assert np.allclose(plan.make_units[0], given_numbers["regular"])
    assert np.allclose(plan.closing_units[0], case["expected"]["ending_inventory"])
    assert np.allclose(plan.waiting_units[0], case["expected"]["backlog"])
    assert_expected(case, "output_cost", costs_of(problem, plan).make)
    assert_expected(case, "backlog_cost", costs_of(problem, plan).waiting)


@pytest.mark.parametrize("name", RULES)
@given(seed=st.integers(0, 100_000))
def test_a_rule_keeps_the_limits_of_hours_and_outsourcing(name: str, seed: int) -> None:
    problem = random_problem(seed)
    plan = RULES[name](problem)
    slack = 1e-9 * (1.0 + plan.hours_used.max())
    assert (plan.overtime_hours <= problem.overtime_limit_hours + slack).all()
    assert (plan.outsource_units <= problem.outsource_max_units + slack).all()
    early = np.arange(problem.months) < problem.outsource_lead_time_months[:, None]
    assert not plan.outsource_units[early].any()
    assert plan.closing_units.min() >= 0.0


@pytest.mark.parametrize("name", RULES)
@given(seed=st.integers(0, 100_000))
def test_no_rule_beats_the_linear_programme(name: str, seed: int) -> None:
    problem = random_problem(seed)
    best = SupplyProgramme(problem, tie_break_ratio=0.0).solve(problem)
    assert RULES[name](problem).report.objective >= best.report.objective * (1.0 - 1e-9)


@given(demand=st.lists(st.integers(0, 150), min_size=2, max_size=7))
def test_merit_order_is_optimal_for_one_family_on_one_resource(demand: list[int]) -> None:
    problem = plain_problem(
        [[float(d) for d in demand]],
        available_hours=100.0,
        overtime_max_ratio=0.15,
        end_value=0.0,
        outsource_max_units=1000.0,
    )
    # Johnson 1957: convex costs, no backlog; build-ahead of at most six months is never dearer than outsourcing here
    plan = merit_order(problem)
    assert costs_of(problem, plan).total == pytest.approx(least_cost(problem), rel=1e-9, abs=1e-6)
