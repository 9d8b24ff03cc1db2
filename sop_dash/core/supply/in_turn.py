"""Service, then cost, then calm: three programmes one after the other, each kept from undoing what the one before won.

First as little as possible is lost, then the least money is spent, then output changes as little as possible from
month to month. Source: core specification 3.3.
"""

import math
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from scipy.sparse import bmat, csc_matrix

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.solver_report import SolverReport
from sop_dash.core.supply.answers import decided_plan
from sop_dash.core.supply.kernel import HighsKernel, Kernel, RawSolution
from sop_dash.core.supply.layout import Blocks
from sop_dash.core.supply.matrix import Entries, coefficient_matrix, output_blocks
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.programme import KernelFactory, SupplyProgramme, stand_in
from sop_dash.core.supply.solution import SupplySolution
from sop_dash.core.supply.vectors import Bounds, Prices, Vectors, share_prices
from sop_dash.core.supply.verification import Verdict, Verifier

_SERVICE_SLACK = 1e-6
_MONEY_SLACK = 2e-3
_STOCK_WEIGHT = 1e-3

METHOD = "linear programmes in turn: service, cost, calm"


class _Aims(NamedTuple):
    """What each programme minimises, over all columns; the first two are rows of the matrix as well."""

    service: Array
    money: Array
    calm: Array


class _Limits(NamedTuple):
    """The most that may be lost and spent by the programmes that follow."""

    service: float = np.inf
    money: float = np.inf

    def after(self, turn: int, reached: float) -> "_Limits":
        """The limits once the programme of this turn has reached so much; none from an answer that is no number."""
        if not math.isfinite(reached):
            return self
        if turn == 0:
            return self._replace(service=reached + _SERVICE_SLACK * max(abs(reached), 1.0))
        return self._replace(money=reached + _MONEY_SLACK * max(abs(reached), 1.0)) if turn == 1 else self


class ProgrammeInTurn(SupplyProgramme):
    """A programme that plans service first, cost second and calm third; answers like any other.

    Args:
        problem: The reference problem; problems with other prices get a programme of their own.
        kernel: The solver.
    """

    def __init__(self, problem: SupplyProblem, *, kernel: KernelFactory = HighsKernel) -> None:
        super().__init__(problem, kernel=kernel)
        self._steps = Blocks(dict.fromkeys(("rise", "fall"), (problem.families, max(problem.months - 1, 0))))
        self._aims = self._aims_of(problem)
        matrix = self._wide_matrix(problem)
        self._wide_verifier = Verifier(matrix, self._layout.money_scale)
        self._kernels: list[Kernel] = []
        limits = _Limits()
        for turn, aim in enumerate(self._aims):
            stage = self._stage(problem, aim, limits)
            self._kernels.append(kernel(matrix, stage))
            limits = limits.after(turn, float(aim @ self._kernels[turn].solve_warm(stage).values))

    def solve(self, problem: SupplyProblem) -> SupplySolution:
        """The plan of the last programme, with the worth of hours in money as the second one sees it."""
        if not share_prices(problem, self._reference):
            return ProgrammeInTurn(problem, kernel=self._kernel_factory).solve(problem)
        self._refuse_other(problem)
        with self._lock:
            raw, verdict = self._in_turn(problem)
        if verdict.reason:
            return stand_in(problem, raw[-1], verdict)
        prices, values = self._prices, raw[2].values[: self._layout.columns.size]
        vectors = self._bounds.vectors(problem, prices)
        values = np.minimum(np.maximum(values, vectors.bounds.lower), vectors.bounds.upper)
        report = SolverReport(
            method=METHOD,
            status=raw[2].status,
            objective=float((prices.money + prices.steering) @ values) + vectors.money_constant,
            residual=verdict.residual,
            duality_gap=verdict.gap,
            iterations=sum(one.iterations for one in raw),
        )
        rows = self._layout.rows.size
        money = replace(raw[1], duals=raw[1].duals[:rows])
        return decided_plan(problem, self._layout, values, report=report, duals=self._duals(problem, money))

    def _learn(self, problem: SupplyProblem) -> None:
        limits = _Limits()
        for turn, aim in enumerate(self._aims):
            raw = self._kernels[turn].learn(self._stage(problem, aim, limits))
            limits = limits.after(turn, float(aim @ raw.values))

    def _in_turn(self, problem: SupplyProblem) -> tuple[list[RawSolution], Verdict]:
        """The answers of the three programmes, up to the first that fails the check."""
        limits, found = _Limits(), list[RawSolution]()
        for turn, aim in enumerate(self._aims):
            stage = self._stage(problem, aim, limits)
            raw = self._kernels[turn].solve_warm(stage)
            verdict = self._wide_verifier.verdict(raw, stage)
            if verdict.reason:
                raw = self._kernels[turn].solve_cold(stage)
                verdict = self._wide_verifier.verdict(raw, stage)
            found.append(raw)
            if verdict.reason:
                break
            limits = limits.after(turn, float(aim @ raw.values))
        return found, verdict

    def _aims_of(self, problem: SupplyProblem) -> _Aims:
        size, columns = self._layout.columns.size, self._layout.columns
        scale = self._layout.column_scale / self._layout.money_scale
        prices, extra = self._prices, np.zeros(self._steps.size)
        lost = np.zeros(size)
        columns.view(lost, "lost")[...] = problem.lost_weight
        service = lost.copy()
        columns.view(service, "below")[...] = _STOCK_WEIGHT * problem.target_penalty[:, None]
        calm = np.zeros(self._steps.size)
        mean = np.maximum(problem.demand_units.mean(axis=1), 1e-9)
        family = columns.view(self._layout.column_scale, "make")[:, :1]
        for name in ("rise", "fall"):
            self._steps.view(calm, name)[...] = family / mean[:, None]
        return _Aims(
            service=np.concatenate((service * scale, extra)),
            money=np.concatenate((prices.cost - lost * scale, extra)),
            calm=np.concatenate((np.zeros(size), calm)),
        )

    def _wide_matrix(self, problem: SupplyProblem) -> csc_matrix:
        """The plain matrix, a row for each of the first two aims, and rows that count steps of output."""
        entries, layout = Entries(), self._layout
        months = problem.months
        rows = Blocks({"step": (problem.families, max(months - 1, 0))})
        index = rows.index("step")
        for span, block, sign in output_blocks(problem, layout):
            start, stop = span.start, min(span.stop, months)
            width = stop - start
            later = slice(max(start - 1, 0), stop - 1)
            entries.add(index[:, later], block[:, max(1 - start, 0) : width], sign)
            earlier = slice(start, min(stop, months - 1))
            entries.add(index[:, earlier], block[:, : earlier.stop - earlier.start], -sign)
        row, column, value = entries.collected()
        family = layout.columns.view(layout.column_scale, "make")[:, 0]
        by_row = np.repeat(family, max(months - 1, 0))
        value = value * layout.column_scale[column] / by_row[row] if row.size else value
        steps = csc_matrix((value, (row, column)), shape=(rows.size, layout.columns.size))
        counted = csc_matrix(np.hstack((-np.eye(rows.size), np.eye(rows.size))))
        aims = [csc_matrix(aim[None, :]) for aim in (self._aims.service, self._aims.money)]
        plain = bmat([[coefficient_matrix(problem, layout), csc_matrix((layout.rows.size, self._steps.size))]])
        whole = csc_matrix(bmat([[plain], *([aim] for aim in aims), [bmat([[steps, counted]])]]))
        whole.sort_indices()
        return whole

    def _stage(self, problem: SupplyProblem, aim: Array, limits: _Limits) -> Vectors:
        plain = self._bounds.vectors(problem, self._prices).bounds
        steps, rows = self._steps.size, self._steps.size // 2
        nothing = np.zeros(steps)
        return Vectors(
            bounds=Bounds.joined(
                lower=np.concatenate((plain.lower, nothing)),
                upper=np.concatenate((plain.upper, np.full(steps, np.inf))),
                row_lower=np.concatenate((plain.row_lower, [-np.inf, -np.inf], np.zeros(rows))),
                row_upper=np.concatenate((plain.row_upper, limits, np.zeros(rows))),
            ),
            prices=Prices(cost=aim, money=np.zeros(aim.size), steering=np.zeros(aim.size)),
            money_constant=0.0,
        )
