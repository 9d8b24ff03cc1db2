"""A solve starts from the nearest problem solved ahead, and finds the same plan from there in fewer steps."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.supply.bases import StoredBases
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.programme import SupplyProgramme
from sop_dash.core.supply.vectors import Bounds
from tests.unit.core.supply.supply_problems import moved, random_problem


def _bounds(overtime: float, demand: float) -> Bounds:
    return Bounds.joined(
        lower=np.zeros(3),
        upper=np.array([overtime, np.inf, 7.0]),
        row_lower=np.array([demand, -np.inf]),
        row_upper=np.array([demand, 0.0]),
    )


def test_the_nearest_of_the_stored_problems_is_chosen_by_what_varies() -> None:
    bases = StoredBases(_bounds(10.0, 100.0), "plan")
    assert bases.nearest(_bounds(99.0, 999.0)) == "plan"
    bases.add(_bounds(10.0, 110.0), "more demand")
    bases.add(_bounds(30.0, 100.0), "more overtime")
    # 4 + 0 away from the plan, 4 + 10 from more demand, 16 + 0 from more overtime
    assert bases.nearest(_bounds(14.0, 100.0)) == "plan"
    assert bases.nearest(_bounds(14.0, 108.0)) == "more demand"
    assert bases.nearest(_bounds(26.0, 102.0)) == "more overtime"


@given(seed=st.integers(0, 200), ratio=st.floats(-0.1, 0.1))
def test_what_was_solved_ahead_changes_no_plan(seed: int, ratio: float) -> None:
    problem = random_problem(seed)
    asked = moved(problem, ratio, 0.15)
    learned = SupplyProgramme(problem)
    learned.learn(moved(problem, ahead, 0.15) for ahead in (-0.08, 0.08))
    found, plain = learned.solve(asked), SupplyProgramme(problem).solve(asked)
    scale = problem.demand_units.max()
    assert np.isclose(found.report.objective, plain.report.objective, rtol=1e-9)
    assert np.allclose(found.lost_units, plain.lost_units, rtol=0.0, atol=1e-6 * scale)
    assert np.allclose(found.make_units, plain.make_units, rtol=0.0, atol=1e-6 * scale)


def test_a_problem_solved_ahead_needs_no_more_steps() -> None:
    problem = random_problem(3)
    programme = SupplyProgramme(problem)
    ahead = moved(problem, 0.08, 0.15)
    assert _steps(programme, ahead) > 0
    programme.learn([ahead])
    assert _steps(programme, ahead) == 0
    assert _steps(programme, problem) == 0


def _steps(programme: SupplyProgramme, problem: SupplyProblem) -> int:
    return programme.solve(problem).report.iterations
