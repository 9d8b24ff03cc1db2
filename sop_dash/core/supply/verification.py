"""Whether an answer of the solver may be shown: an independent check of every row, bound and of optimality.

Nothing the solver says about its own accuracy is used; the matrix is multiplied out again.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_matrix, csr_matrix

from sop_dash.core.model.arrays import Array
from sop_dash.core.supply.kernel import RawSolution
from sop_dash.core.supply.vectors import Bounds, Vectors

RESIDUAL_TOLERANCE = 1e-6
GAP_TOLERANCE = 1e-7


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The account of one check.

    Args:
        residual: Largest violation of a row or bound, relative to the largest row.
        gap: Primal less dual objective, relative to the planning objective or to money, whichever is stricter.
        reason: Why the answer is refused; empty when it may be used.
    """

    residual: float
    gap: float
    reason: str


class Verifier:
    """Checks answers for one matrix."""

    def __init__(self, matrix: csc_matrix, money_scale: float) -> None:
        self._by_row = csr_matrix(matrix)
        self._by_column = csr_matrix(matrix.T)
        self._money_scale = money_scale

    def verdict(self, raw: RawSolution, vectors: Vectors) -> Verdict:
        """Judge one answer; residual and gap are NaN when the solver found no optimum."""
        if raw.status != "optimal" or not math.isfinite(raw.values.sum() + raw.duals.sum()):
            return Verdict(residual=np.nan, gap=np.nan, reason=f"the solver ended with the status “{raw.status}”")
        residual, gap = self.residual(raw.values, vectors.bounds), self._gap(raw, vectors)
        reason = ""
        if residual > RESIDUAL_TOLERANCE:
            reason = f"a balance or limit is missed by {residual:.1e} of the largest quantity"
        elif gap > GAP_TOLERANCE:
            reason = f"the cost may be {gap:.1e} above the best possible"
        return Verdict(residual=residual, gap=gap, reason=reason)

    def residual(self, values: Array, bounds: Bounds) -> float:
        """Largest violation of a row or bound, relative to the largest row."""
        activity = self._by_row @ values
        worst = max(
            _largest(bounds.row_lower - activity),
            _largest(activity - bounds.row_upper),
            _largest(bounds.lower - values),
            _largest(values - bounds.upper),
        )
        return worst / max(1.0, _largest(np.abs(activity)))

    def _gap(self, raw: RawSolution, vectors: Vectors) -> float:
        prices, bounds = vectors.prices, vectors.bounds
        reduced = prices.cost - self._by_column @ raw.duals
        primal = float(prices.cost @ raw.values)
        dual = _bound_value(raw.duals, bounds.row_lower, bounds.row_upper)
        dual += _bound_value(reduced, bounds.lower, bounds.upper)
        money = abs(float(prices.money @ raw.values) + vectors.money_constant) / self._money_scale
        scale = min(abs(primal), money) if money > 0.0 else abs(primal)
        return abs(primal - dual) / max(scale, 1.0)


def _largest(values: Array) -> float:
    return float(values.max(initial=0.0))


def _bound_value(prices: Array, lower: Array, upper: Array) -> float:
    """Σ price × the bound it presses on; a price against an infinite bound is solver dust and counts as 0 there."""
    bound = np.where(prices > 0.0, lower, upper)
    return float(np.vdot(prices, np.where(np.isfinite(bound), bound, 0.0)))
