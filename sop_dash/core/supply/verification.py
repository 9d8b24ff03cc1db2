"""Whether an answer of the solver may be shown: an independent check of every row, bound and of optimality.

Nothing the solver says about its own accuracy is used; the matrix is multiplied out again.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy.sparse import block_diag, csc_matrix, csr_matrix

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
        self._rows, self._money_scale = matrix.shape[0], money_scale
        self._both = csr_matrix(block_diag((matrix, matrix.T)))

    def verdict(self, raw: RawSolution, vectors: Vectors) -> Verdict:
        """Judge one answer; residual and gap are NaN when the solver found no optimum."""
        if raw.status != "optimal" or not math.isfinite(raw.values.sum() + raw.duals.sum()):
            return Verdict(residual=np.nan, gap=np.nan, reason=f"the solver ended with the status “{raw.status}”")
        residual, gap = self._judged(raw.values, raw.duals, vectors)
        reason = ""
        if residual > RESIDUAL_TOLERANCE:
            reason = f"a balance or limit is missed by {residual:.1e} of the largest quantity"
        elif gap > GAP_TOLERANCE:
            reason = f"the cost may be {gap:.1e} above the best possible"
        return Verdict(residual=residual, gap=gap, reason=reason)

    def residual(self, values: Array, vectors: Vectors) -> float:
        """Largest violation of a row or bound, relative to the largest row."""
        return self._judged(values, np.zeros(self._rows), vectors)[0]

    def _judged(self, values: Array, duals: Array, vectors: Vectors) -> tuple[float, float]:
        """Residual and gap of an answer, both from one product with the matrix and its transpose."""
        product = self._both @ np.concatenate((values, duals))
        activity, priced = product[: self._rows], product[self._rows :]
        reduced = np.concatenate((vectors.prices.cost - priced, duals))
        return _residual(values, activity, vectors.bounds), self._gap(values, reduced, vectors)

    def _gap(self, values: Array, reduced: Array, vectors: Vectors) -> float:
        """`reduced` is what is left of the cost of each column, and then the duals of the rows."""
        prices = vectors.prices
        primal, dual = float(prices.cost @ values), _bound_value(reduced, vectors.bounds)
        money = abs(float(prices.money @ values) + vectors.money_constant) / self._money_scale
        scale = min(abs(primal), money) if money > 0.0 else abs(primal)
        return abs(primal - dual) / max(scale, 1.0)


def _residual(values: Array, activity: Array, bounds: Bounds) -> float:
    asked = np.concatenate((values, activity))
    worst = max(_largest(bounds.low - asked), _largest(asked - bounds.high))
    return worst / max(1.0, _largest(np.abs(activity)))


def _largest(values: Array) -> float:
    return float(values.max(initial=0.0))


def _bound_value(prices: Array, bounds: Bounds) -> float:
    """Σ price × the bound it presses on; a price against an infinite bound is solver dust and counts as 0 there."""
    bound = np.where(prices > 0.0, bounds.low, bounds.high)
    return float(np.vdot(prices, np.where(np.isfinite(bound), bound, 0.0)))
