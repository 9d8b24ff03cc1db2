"""The straight line through a history: what it gains a month, in the unit of the history."""

import numpy as np

from sop_dash.core.demand.portfolio import IntArray
from sop_dash.core.model.arrays import Array


def slope(values: Array, length: IntArray) -> Array:
    """Least-squares slope a month, one value a series; 0 for a single month.

    `values` is months × series, right-aligned, 0 before the start, no gaps.
    """
    months = len(values)
    position = np.arange(months) - (months - 1.0)
    middle = 0.5 * (1.0 - length)
    spread = np.maximum(length * (length * length - 1.0) / 12.0, 1.0)
    return np.asarray((np.einsum("t,tn->n", position, values) - middle * values.sum(axis=0)) / spread)
