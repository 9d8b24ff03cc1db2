"""The supply programme: one kept linear programme that answers every lever position of one problem structure.

Source: supply plan in lost-sales form with stock targets; Johnson 1957, Chopra & Meindl (aggregate planning).
"""

import threading
from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
from scipy.sparse import csc_matrix

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.solver_report import SolverReport
from sop_dash.core.supply.answers import decided_plan
from sop_dash.core.supply.kernel import HighsKernel, Kernel, RawSolution
from sop_dash.core.supply.layout import layout_of
from sop_dash.core.supply.matrix import coefficient_matrix
from sop_dash.core.supply.problem import BadSupplyProblem, SupplyProblem, checked
from sop_dash.core.supply.rules import chase
from sop_dash.core.supply.solution import SupplyDuals, SupplySolution
from sop_dash.core.supply.vectors import Bounds, BoundsWriter, Prices, Vectors, prices_of, share_prices
from sop_dash.core.supply.verification import Verdict, Verifier

TIE_BREAK_RATIO = 1e-3

KernelFactory = Callable[[csc_matrix, Vectors], Kernel]


class SupplyProgramme:
    """A kept programme; `solve` may be called from several threads and answers one at a time.

    Args:
        problem: The reference problem. It fixes structure, scales and the basis every later solve starts from.
        tie_break_ratio: Share of the holding cost that prefers later production among equally good plans; 0 switches
            the preference off (exact duals, several plans possible).
        kernel: The solver.
    """

    def __init__(
        self,
        problem: SupplyProblem,
        *,
        tie_break_ratio: float = TIE_BREAK_RATIO,
        kernel: KernelFactory = HighsKernel,
    ) -> None:
        self._reference = checked(problem)
        self._structure = problem.structure()
        self._layout = layout_of(problem)
        self._tie_break_ratio = tie_break_ratio
        matrix = coefficient_matrix(problem, self._layout)
        self._prices = prices_of(problem, self._layout, tie_break_ratio)
        self._bounds = BoundsWriter(problem, self._layout)
        self._kernel_factory = kernel
        self._kernel = kernel(matrix, self._bounds.vectors(problem, self._prices))
        self._verifier = Verifier(matrix, self._layout.money_scale)
        self._lock = threading.Lock()

    def fits(self, problem: SupplyProblem) -> bool:
        """Whether this programme can solve the problem without a new matrix."""
        return problem.shares_structure(self._reference) or problem.structure() == self._structure

    def learn(self, problems: Iterable[SupplyProblem]) -> None:
        """Solve these ahead, before any other: later problems start from the nearest of them and need fewer steps.

        Raises:
            BadSupplyProblem: As `solve`.
        """
        for problem in problems:
            self._refuse_other(problem)
            with self._lock:
                self._learn(problem)

    def _learn(self, problem: SupplyProblem) -> None:
        self._kernel.learn(self._bounds.vectors(problem, self._prices_of(problem)))

    def solve(self, problem: SupplyProblem) -> SupplySolution:
        """The best plan for this problem, verified; a flagged rule-based plan when no answer passes the check.

        The same problem gives the same plan, whatever was solved before.

        Raises:
            BadSupplyProblem: For wrong shapes, unknown or negative values, or another structure.
        """
        self._refuse_other(problem)
        vectors = self._bounds.vectors(problem, self._prices_of(problem))
        with self._lock:
            raw, verdict = self._verified(vectors)
        if verdict.reason:
            return stand_in(problem, raw, verdict)
        return self._solution(problem, vectors, raw, verdict)

    def _refuse_other(self, problem: SupplyProblem) -> None:
        if not self.fits(checked(problem, self._reference)):
            raise BadSupplyProblem("structure", "differs from that of the programme; build a new one.")

    def _prices_of(self, problem: SupplyProblem) -> Prices:
        if share_prices(problem, self._reference):
            return self._prices
        return prices_of(problem, self._layout, self._tie_break_ratio)

    def _verified(self, vectors: Vectors) -> tuple[RawSolution, Verdict]:
        raw = self._kernel.solve_warm(vectors)
        verdict = self._verifier.verdict(raw, vectors)
        if verdict.reason:
            raw = self._kernel.solve_cold(vectors)
            verdict = self._verifier.verdict(raw, vectors)
        return raw, verdict

    def _solution(self, problem: SupplyProblem, vectors: Vectors, raw: RawSolution, verdict: Verdict) -> SupplySolution:
        report = SolverReport(
            method="linear programme",
            status=raw.status,
            objective=float((vectors.prices.money + vectors.prices.steering) @ raw.values) + vectors.money_constant,
            residual=verdict.residual,
            duality_gap=verdict.gap,
            iterations=raw.iterations,
        )
        values = _within(raw.values, vectors.bounds)
        return decided_plan(problem, self._layout, values, report=report, duals=self._duals(problem, raw))

    def _duals(self, problem: SupplyProblem, raw: RawSolution) -> SupplyDuals:
        duals = raw.duals * self._layout.row_scale * self._layout.money_scale
        capacity = np.maximum(-self._layout.rows.view(duals, "hours"), 0.0)
        premium = problem.overtime_premium_per_hour[:, None]
        return SupplyDuals(
            capacity=capacity,
            overtime=np.maximum(capacity - premium, 0.0),
            balance=self._layout.rows.view(duals, "balance").copy(),
            space=self._worth_of(duals, "warehouse", 0),
            load=self._worth_of(duals, "transport", 0),
            materials=self._worth_of(duals, "materials"),
        )

    def _worth_of(self, duals: Array, rows: str, row: int | None = None) -> Array | None:
        """Worth of one more unit of a limit, all rows of the block or one of them."""
        if rows not in self._layout.rows:
            return None
        worth = np.maximum(-self._layout.rows.view(duals, rows), 0.0)
        return worth if row is None else worth[row]


def _within(values: Array, bounds: Bounds) -> Array:
    """Solver dust beyond a bound is cut off."""
    return np.minimum(np.maximum(values, bounds.lower), bounds.upper)


def stand_in(problem: SupplyProblem, raw: RawSolution, verdict: Verdict) -> SupplySolution:
    """The chase plan, marked as the stand-in it is."""
    plan = chase(problem)
    reason = f"No verified optimum: {verdict.reason}."
    return replace(plan, report=replace(plan.report, status=raw.status, fallback=True, reason=reason))
