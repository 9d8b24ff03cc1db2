"""Identities: balances that must hold, carried as data so that every page can show "figures tie"."""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array


@dataclass(frozen=True, kw_only=True)
class Identity:
    """One balance.

    Args:
        name: What must equal what, in words.
        difference: Largest absolute difference found, in the unit of the balance; NaN values are left out.
        tolerance: What rounding may leave.
    """

    name: str
    difference: float
    tolerance: float

    @property
    def holds(self) -> bool:
        """True when the difference is within the tolerance."""
        return self.difference <= self.tolerance


def identity(name: str, left: Array | float, right: Array | float, *, relative: float = 1e-6) -> Identity:
    """Compare two sides element by element; the tolerance is `relative` × the largest absolute value, at least `relative`."""
    a, b = np.asarray(left, dtype=np.float64), np.asarray(right, dtype=np.float64)
    gap = np.abs(a - b)
    known = gap[~np.isnan(gap)]
    scale = np.abs(b[~np.isnan(b)]) if b.ndim else np.abs(b.reshape(1))
    largest = float(scale.max()) if scale.size else 0.0
    worst = float(known.max()) if known.size else 0.0
    return Identity(name=name, difference=worst, tolerance=relative * max(1.0, largest))
