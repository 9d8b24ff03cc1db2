"""Identities: balances that must hold, carried as data so that every page can show "figures tie"."""

import math
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
    """Compare two sides element by element; the tolerance is `relative` × the largest absolute value, or `relative`."""
    a, b = np.asarray(left, dtype=np.float64), np.asarray(right, dtype=np.float64)
    return Identity(name=name, difference=_largest(a - b), tolerance=relative * max(1.0, _largest(b)))


def _largest(values: Array) -> float:
    """The largest absolute value; unknown ones are left out, none known is 0."""
    sizes = np.abs(values)
    largest = float(sizes.max(initial=0.0))
    return float(sizes[~np.isnan(sizes)].max(initial=0.0)) if math.isnan(largest) else largest
