"""Whole workers for a plan, against the published cases of aggregate planning."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.supply.costs import costs_of
from sop_dash.core.supply.rules import chase
from sop_dash.core.supply.staffing import chase_workers, level_workers, staffing
from tests.oracle_cases import assert_expected, oracle
from tests.unit.core.supply.supply_problems import plain_problem


def test_the_jc_company_chases_demand_at_the_published_cost() -> None:
    case = oracle("aggregate_planning", "jc-chase")
    numbers = case["inputs"]
    demand = np.array(numbers["demand"], dtype=float)
    problem = plain_problem(
        [demand],
        target_units=numbers["safety_stock_fraction_of_same_period_demand"] * demand,
        opening_units=numbers["opening_inventory"],
        hours_per_unit=[[numbers["hours_per_unit"]]],
        unit_cost=numbers["hours_per_unit"] * numbers["wage_per_hour"],
        calendar_days=numbers["days"],
    )
    plan = chase(problem)
    assert np.allclose(plan.make_units[0], case["expected"]["production_requirement"])
    assert np.allclose(plan.closing_units[0], case["expected"]["ending_safety_stock"])
    per_worker = np.array(numbers["days"]) * numbers["hours_per_day"] / numbers["hours_per_unit"]
    workers = chase_workers(plan.make_units[0], per_worker, nearest=True)
    assert workers.tolist() == numbers["workers"]
    people = staffing(workers, numbers["opening_workforce"], numbers["hire"], numbers["layoff"])
    labour = costs_of(problem, plan).make
    assert_expected(case, "labour_cost", labour)
    assert_expected(case, "hire_cost", people.hired.sum() * numbers["hire"])
    assert_expected(case, "layoff_cost", people.laid_off.sum() * numbers["layoff"])
    assert_expected(case, "total_cost", labour + people.cost)


def test_densepack_hires_and_fires_as_published_or_keeps_the_published_crew() -> None:
    case = oracle("aggregate_planning", "densepack-chase-level")
    numbers, expected = case["inputs"], case["expected"]
    demand = np.array(numbers["demand"], dtype=float)
    # the closing stock is wanted at the end of the last month only
    target = np.zeros((1, demand.size))
    target[0, -1] = numbers["ending_inventory"]
    plan = chase(plain_problem([demand], target_units=target, opening_units=numbers["opening_inventory"]))
    made = plan.make_units[0]
    assert np.allclose(made, numbers["net_demand"])
    per_worker = numbers["units_per_worker_day"] * np.array(numbers["days"], dtype=float)
    people = staffing(chase_workers(made, per_worker), numbers["opening_workforce"], numbers["hire"], numbers["fire"])
    assert people.workers.tolist() == expected["chase_workers"]
    assert people.hired.sum() == expected["chase_hired"]
    assert people.laid_off.sum() == expected["chase_fired"]
    assert_expected(case, "chase_hire_fire_cost", people.cost)
    crew = level_workers(made, per_worker)
    assert_expected(case, "level_min_workers", crew)
    level = staffing(np.full(demand.size, crew), numbers["opening_workforce"], numbers["hire"], numbers["fire"])
    assert_expected(case, "level_hire_cost", level.cost)


@given(units=st.lists(st.floats(0.0, 500.0), min_size=1, max_size=12), rate=st.floats(0.5, 20.0))
def test_a_level_crew_is_the_smallest_that_is_never_behind(units: list[float], rate: float) -> None:
    made, per_worker = np.array(units), np.full(len(units), rate)
    crew = level_workers(made, per_worker)
    ahead = np.cumsum(crew * per_worker - made)
    assert (ahead >= -1e-6 * (1.0 + made.sum())).all()
    if crew > 0.0:
        assert (np.cumsum((crew - 1.0) * per_worker - made) < 1e-6).any()


def test_a_month_without_work_needs_nobody() -> None:
    assert chase_workers(np.array([0.0, 10.0]), np.array([0.0, 5.0])).tolist() == [0.0, 2.0]
    assert level_workers(np.zeros(2), np.zeros(2)) == 0.0
