"""The solver: HiGHS kept with one matrix and the bases of a few problems solved ahead.

Every warm solve starts from the nearest of them, so the answer depends on the numbers given and on nothing solved
before.
"""

from dataclasses import dataclass
from struct import Struct
from typing import Any, Protocol

import highspy
import numpy as np
from scipy.sparse import csc_matrix

from sop_dash.core.model.arrays import Array, BoolArray
from sop_dash.core.supply.bases import StoredBases
from sop_dash.core.supply.layout import Index
from sop_dash.core.supply.vectors import Vectors


@dataclass(frozen=True, kw_only=True, eq=False)
class RawSolution:
    """What the solver says, unchecked: status in its words, values of columns, duals of rows (minimisation)."""

    status: str
    values: Array
    duals: Array
    iterations: int


class Kernel(Protocol):
    """A linear-programming solver with a fixed matrix."""

    def solve_warm(self, vectors: Vectors) -> RawSolution:
        """Solve from the nearest stored basis."""
        ...

    def learn(self, vectors: Vectors) -> RawSolution:
        """Solve, and store the basis for later solves."""
        ...

    def solve_cold(self, vectors: Vectors) -> RawSolution:
        """Solve from nothing, with presolve, and forget what was solved before."""
        ...


class HighsKernel:
    """HiGHS, simplex, one thread, no output; the first numbers given fix the first stored basis."""

    def __init__(self, matrix: csc_matrix, vectors: Vectors) -> None:
        # packing is the quickest way from the solver's lists of numbers to arrays
        self._rows, self._columns = (Struct(f"{count}d") for count in matrix.shape)
        self._held, self._held_cost = vectors.bounds, vectors.prices.cost
        self._highs: Any = highspy.Highs()
        for option, value in SOLVER_OPTIONS.items():
            self._highs.setOptionValue(option, value)
        self._highs.passModel(highs_model(matrix, vectors))
        self._bases: StoredBases | None = None
        self.solve_cold(vectors)
        self._run()
        if self._optimal:
            self._bases = StoredBases(vectors.bounds, self._highs.getBasis())

    def solve_warm(self, vectors: Vectors) -> RawSolution:
        self._load(vectors)
        if self._bases is None:
            return self.solve_cold(vectors)
        self._highs.setBasis(self._bases.nearest(vectors.bounds))
        return self._run()

    def learn(self, vectors: Vectors) -> RawSolution:
        self._load(vectors)
        if self._bases is None:
            return self.solve_cold(vectors)
        self._highs.setBasis(self._bases.first)
        solution = self._run()
        if self._optimal:
            self._bases.add(vectors.bounds, self._highs.getBasis())
        return solution

    def solve_cold(self, vectors: Vectors) -> RawSolution:
        self._load(vectors)
        self._highs.clearSolver()
        self._highs.setOptionValue("presolve", "on")
        solution = self._run()
        self._highs.setOptionValue("presolve", "off")
        return solution

    @property
    def _optimal(self) -> bool:
        return bool(self._highs.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def _load(self, vectors: Vectors) -> None:
        """Hand over the numbers that differ from the ones the solver holds."""
        held, given = self._held, vectors.bounds
        at = _positions((held.low != given.low) | (held.high != given.high))
        low, high = given.low[at], given.high[at]
        columns = int(at.searchsorted(given.columns))
        self._highs.changeColsBounds(columns, at[:columns], low[:columns], high[:columns])
        self._highs.changeRowsBounds(len(at) - columns, at[columns:] - given.columns, low[columns:], high[columns:])
        if vectors.prices.cost is not self._held_cost:
            at = _positions(self._held_cost != vectors.prices.cost)
            self._highs.changeColsCost(len(at), at, vectors.prices.cost[at])
        self._held, self._held_cost = given, vectors.prices.cost

    def _run(self) -> RawSolution:
        self._highs.run()
        solution = self._highs.getSolution()
        return RawSolution(
            status=self._highs.modelStatusToString(self._highs.getModelStatus()).lower(),
            values=np.frombuffer(self._columns.pack(*solution.col_value)),
            duals=np.frombuffer(self._rows.pack(*solution.row_dual)),
            iterations=int(self._highs.getInfoValue("simplex_iteration_count")[1]),
        )


def _positions(flags: BoolArray) -> Index:
    """Where the flags are True."""
    return flags.nonzero()[0].astype(np.int32)


# Devex weights start at once from any basis (steepest-edge ones would be computed anew at every restart); unperturbed
# costs spare the clean-up; equilibrating the scaled matrix once more saves a tenth of the iterations. All measured.
SOLVER_OPTIONS: dict[str, Any] = {
    "output_flag": False,
    "log_to_console": False,
    "solver": "simplex",
    "presolve": "off",
    "threads": 1,
    "parallel": "off",
    "random_seed": 0,
    "simplex_dual_edge_weight_strategy": 1,
    "simplex_scale_strategy": 2,
    "dual_simplex_cost_perturbation_multiplier": 0.0,
}


def highs_model(matrix: csc_matrix, vectors: Vectors) -> Any:
    """The linear programme as HiGHS reads it."""
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = matrix.shape
    model.col_cost_ = vectors.prices.cost
    model.col_lower_, model.col_upper_ = vectors.bounds.lower, vectors.bounds.upper
    model.row_lower_, model.row_upper_ = vectors.bounds.row_lower, vectors.bounds.row_upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = matrix.indptr.astype(np.int32)
    model.a_matrix_.index_ = matrix.indices.astype(np.int32)
    model.a_matrix_.value_ = matrix.data
    return model
