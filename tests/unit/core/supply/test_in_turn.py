"""Service, then cost, then calm: each aim is reached without giving up the one before it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sop_dash.core.supply.costs import costs_of
from sop_dash.core.supply.groups import Restricted
from sop_dash.core.supply.in_turn import METHOD, ProgrammeInTurn
from sop_dash.core.supply.kernel import HighsKernel, RawSolution
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.programme import SupplyProgramme
from sop_dash.core.supply.solution import SupplySolution
from tests.unit.core.supply.supply_problems import plain_problem, random_groups, random_problem


def _steps(plan: SupplySolution) -> float:
    return float(np.abs(np.diff(plan.make_units, axis=1)).sum())


def _weighed_loss(problem: SupplyProblem, plan: SupplySolution) -> float:
    return float((problem.lost_weight * plan.lost_units).sum())


def test_output_is_level_where_that_costs_next_to_nothing() -> None:
    problem = plain_problem([90.0, 100.0, 110.0], unit_cost=1000.0, holding_cost=0.01)
    plan = ProgrammeInTurn(problem).solve(problem)
    # 90, 100, 110 costs 300,000; 100 a month holds 10 units twice for 0.2 more, far within 0.2 % of the money
    assert plan.make_units[0] == pytest.approx([100.0, 100.0, 100.0], abs=1e-4)
    assert plan.report.method == METHOD


def test_calm_never_costs_a_sale() -> None:
    problem = plain_problem([50.0, 50.0, 300.0], available_hours=120.0, unit_cost=1000.0, lost_weight=1e5)
    plan = ProgrammeInTurn(problem).solve(problem)
    # 3 × 120 hours and 400 asked: 40 are lost in any plan
    assert plan.lost_units.sum() == pytest.approx(40.0, rel=1e-4)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_plan_with_weights_never_loses_less(seed: int) -> None:
    problem = random_problem(seed)
    weighed, in_turn = SupplyProgramme(problem).solve(problem), ProgrammeInTurn(problem).solve(problem)
    assert not in_turn.report.fallback
    assert (
        _weighed_loss(problem, in_turn)
        <= _weighed_loss(problem, weighed) * (1.0 + 1e-4) + 1e-3 * problem.demand_units.sum()
    )


@pytest.mark.parametrize("seed", range(3))
def test_it_answers_with_every_limit_at_once_and_prices_its_plan_like_any_other(seed: int) -> None:
    problem = random_problem(seed)
    problem = replace(problem, **random_groups(seed, problem))
    plan = ProgrammeInTurn(problem).solve(problem)
    assert plan.report.objective == pytest.approx(costs_of(problem, plan).total, rel=1e-6)


def test_the_same_levers_give_the_same_plan_whatever_was_solved_before() -> None:
    problem = random_problem(3)
    other = replace(problem, demand_units=problem.demand_units * 1.08)
    programme = ProgrammeInTurn(problem)
    first = programme.solve(problem)
    programme.solve(other)
    again = programme.solve(problem)
    assert np.array_equal(first.make_units, again.make_units)
    dearer = replace(problem, lost_weight=problem.lost_weight * 2.0)
    assert ProgrammeInTurn(dearer).solve(dearer).make_units == pytest.approx(programme.solve(dearer).make_units)


def test_a_restricted_band_counts_in_the_steps_too() -> None:
    band = Restricted(first_month=1, reference_units=np.array([[60.0]]), band_ratio=0.1, penalty=np.array([0.0]))
    problem = plain_problem([90.0, 100.0, 110.0], unit_cost=1000.0, holding_cost=0.01, restricted=band)
    plan = ProgrammeInTurn(problem).solve(problem)
    assert plan.make_units[0] == pytest.approx([100.0, 100.0, 100.0], abs=1e-3)
    assert _steps(plan) == pytest.approx(0.0, abs=1e-2)


def test_an_answer_that_fails_the_check_is_replaced_by_a_marked_rule() -> None:
    class Broken(HighsKernel):
        def _run(self) -> RawSolution:
            return replace(super()._run(), status="time limit reached")

    problem = random_problem(1)
    plan = ProgrammeInTurn(problem, kernel=Broken).solve(problem)
    assert plan.report.fallback
    assert "time limit reached" in plan.report.reason
