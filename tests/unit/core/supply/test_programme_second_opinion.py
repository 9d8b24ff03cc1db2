"""The kept programme against a textbook model solved by scipy: the same least cost, whatever is switched on."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.supply.build_ahead import with_nothing_built_ahead
from sop_dash.core.supply.costs import costs_of
from sop_dash.core.supply.groups import Backlog
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.programme import SupplyProgramme
from tests.unit.core.supply.supply_problems import random_groups, random_problem
from tests.unit.core.supply.textbook import least_cost

GROUPS = ("restricted", "ramp", "stock_limit", "warehouse", "transport", "materials")


def _agrees(problem: SupplyProblem) -> None:
    plan = SupplyProgramme(problem, tie_break_ratio=0.0).solve(problem)
    expected = least_cost(problem)
    assert not plan.report.fallback
    assert plan.report.objective == pytest.approx(expected, rel=1e-7)
    assert costs_of(problem, plan).total == pytest.approx(expected, rel=1e-7)


@given(seed=st.integers(0, 10_000), size=st.tuples(st.integers(1, 5), st.integers(1, 8), st.integers(0, 3)))
def test_the_plain_problem_costs_what_the_textbook_says(seed: int, size: tuple[int, int, int]) -> None:
    _agrees(random_problem(seed, *size))


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("seed", range(4))
def test_each_optional_limit_costs_what_the_textbook_says(group: str, seed: int) -> None:
    problem = random_problem(seed)
    _agrees(replace(problem, **{group: random_groups(seed, problem)[group]}))


@pytest.mark.parametrize("seed", range(8))
def test_all_optional_limits_together_cost_what_the_textbook_says(seed: int) -> None:
    problem = random_problem(seed)
    _agrees(replace(problem, **random_groups(seed, problem)))


@pytest.mark.parametrize("seed", range(6))
def test_a_plan_that_builds_nothing_ahead_costs_what_the_textbook_says(seed: int) -> None:
    problem = random_problem(seed)
    _agrees(with_nothing_built_ahead(replace(problem, **random_groups(seed, problem))))


@pytest.mark.parametrize("seed", range(4))
def test_waiting_orders_cost_what_the_textbook_says(seed: int) -> None:
    problem = random_problem(seed)
    backlog = Backlog(
        cost=0.1 * problem.unit_cost[:, 0],
        opening_units=0.2 * problem.demand_units[:, 0],
        closing_max_units=np.zeros(problem.families),
    )
    transport = random_groups(seed, problem)["transport"]
    _agrees(replace(problem, backlog=backlog, transport=transport))


@pytest.mark.parametrize("seed", range(3))
def test_unknown_hours_do_not_limit(seed: int) -> None:
    problem = random_problem(seed)
    hours = problem.available_hours.copy()
    hours[0, 2:] = np.nan
    _agrees(replace(problem, available_hours=hours))
