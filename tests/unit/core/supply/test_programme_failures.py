"""A solver that fails or answers wrongly is noticed: a cold solve helps first, then a rule stands in, marked."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csc_matrix

from sop_dash.core.supply.kernel import HighsKernel, Kernel, RawSolution
from sop_dash.core.supply.programme import KernelFactory, SupplyProgramme
from sop_dash.core.supply.rules import chase
from sop_dash.core.supply.vectors import Vectors
from tests.unit.core.supply.supply_problems import random_problem


class _Unreliable:
    """HiGHS whose answers are spoilt on the way out."""

    def __init__(self, kernel: Kernel, spoil: str, *, cold_too: bool) -> None:
        self._kernel, self._spoil, self._cold_too = kernel, spoil, cold_too

    def solve_warm(self, vectors: Vectors) -> RawSolution:
        return self._spoilt(self._kernel.solve_warm(vectors))

    def learn(self, vectors: Vectors) -> RawSolution:
        return self._kernel.learn(vectors)

    def solve_cold(self, vectors: Vectors) -> RawSolution:
        raw = self._kernel.solve_cold(vectors)
        return self._spoilt(raw) if self._cold_too else raw

    def _spoilt(self, raw: RawSolution) -> RawSolution:
        if self._spoil == "status":
            return replace(raw, status="time limit reached")
        if self._spoil == "feasibility":
            return replace(raw, values=raw.values * 0.999)
        if self._spoil == "optimality":
            return replace(raw, duals=raw.duals * 0.999)
        return replace(raw, values=np.full_like(raw.values, np.nan))


def _spoiling(spoil: str, *, cold_too: bool) -> KernelFactory:
    def build(matrix: csc_matrix, vectors: Vectors) -> Kernel:
        return _Unreliable(HighsKernel(matrix, vectors), spoil, cold_too=cold_too)

    return build


FAILURES = ("status", "feasibility", "optimality", "not a number")


@pytest.mark.parametrize("spoil", FAILURES)
def test_an_answer_that_fails_the_check_is_replaced_by_a_marked_rule(spoil: str) -> None:
    problem = random_problem(1)
    plan = SupplyProgramme(problem, kernel=_spoiling(spoil, cold_too=True)).solve(problem)
    assert plan.report.fallback
    assert plan.report.method == "chase rule"
    assert plan.report.reason.startswith("No verified optimum")
    assert plan.duals is None
    assert np.array_equal(plan.make_units, chase(problem).make_units)


@pytest.mark.parametrize("spoil", FAILURES)
def test_a_cold_solve_heals_a_warm_one_that_went_wrong(spoil: str) -> None:
    problem = random_problem(1)
    plan = SupplyProgramme(problem, kernel=_spoiling(spoil, cold_too=False)).solve(problem)
    healthy = SupplyProgramme(problem).solve(problem)
    assert not plan.report.fallback
    assert plan.report.objective == pytest.approx(healthy.report.objective, rel=1e-9)


class _Remembering(HighsKernel):
    """HiGHS that keeps the numbers it was last asked to solve."""

    last: Vectors

    def solve_warm(self, vectors: Vectors) -> RawSolution:
        self.last = vectors
        return super().solve_warm(vectors)


def test_a_cold_solve_leaves_no_trace_in_later_plans() -> None:
    problem = random_problem(2)
    kernels: list[_Remembering] = []

    def build(matrix: csc_matrix, vectors: Vectors) -> Kernel:
        kernels.append(_Remembering(matrix, vectors))
        return kernels[-1]

    programme = SupplyProgramme(problem, kernel=build)
    asked = replace(problem, demand_units=problem.demand_units * 1.1)
    before = programme.solve(asked)
    programme.solve(problem)
    kernels[0].solve_cold(kernels[0].last)
    after = programme.solve(asked)
    assert np.array_equal(before.make_units, after.make_units)
    assert np.array_equal(before.outsource_units, after.outsource_units)
