"""The yardstick of the plan: the bare solver on the numbers the product solves, with nothing around it.

Bulk update of the bounds that vary between the positions, set basis, run. Costs must be those of the first problem.
"""

from typing import Any

import highspy
import numpy as np
from scipy.sparse import csc_matrix

from sop_dash.core.model.arrays import Array
from sop_dash.core.supply.kernel import SOLVER_OPTIONS, HighsKernel, RawSolution, highs_model
from sop_dash.core.supply.vectors import Bounds, Vectors


class RecordingKernel(HighsKernel):
    """The product's solver, remembering the numbers it was asked to solve."""

    def __init__(self, matrix: csc_matrix, vectors: Vectors) -> None:
        super().__init__(matrix, vectors)
        self.matrix, self.first = matrix, vectors
        self.asked: list[Bounds] = []

    def solve_warm(self, vectors: Vectors) -> RawSolution:
        self.asked.append(vectors.bounds)
        return super().solve_warm(vectors)


class BareSolver:
    """HiGHS and nothing else, on numbers recorded before."""

    def __init__(self, recorder: RecordingKernel) -> None:
        self._asked = recorder.asked[:]
        everything = [recorder.first.bounds, *self._asked]
        self._columns = _varying([b.lower for b in everything], [b.upper for b in everything])
        self._rows = _varying([b.row_lower for b in everything], [b.row_upper for b in everything])
        self._highs: Any = highspy.Highs()
        for option, value in SOLVER_OPTIONS.items():
            self._highs.setOptionValue(option, value)
        self._highs.passModel(highs_model(recorder.matrix, recorder.first))
        for presolve in ("on", "off"):
            self._highs.setOptionValue("presolve", presolve)
            self._highs.run()
        self._basis = self._highs.getBasis()

    def solve(self, position: int) -> None:
        """Update, set basis, run; nothing is read back."""
        bounds, columns, rows = self._asked[position], self._columns, self._rows
        self._highs.changeColsBounds(len(columns), columns, bounds.lower[columns], bounds.upper[columns])
        self._highs.changeRowsBounds(len(rows), rows, bounds.row_lower[rows], bounds.row_upper[rows])
        self._highs.setBasis(self._basis)
        self._highs.run()


def _varying(*families: list[Array]) -> Any:
    differs = np.logical_or.reduce([np.ptp(np.nan_to_num(values), axis=0) > 0.0 for values in families])
    return np.flatnonzero(differs).astype(np.int32)
