"""Sparse demand: chance of a sale in a month × size of a sale, each smoothed; the chance also falls without a sale.

Source: Teunter, Syntetos and Babai (2011), "TSB". Unlike Croston's method the forecast fades when an item dies.
"""

from collections.abc import Sequence

import numpy as np

from sop_dash.core.demand.portfolio import IntArray
from sop_dash.core.model.arrays import Array

_SMOOTHING = 0.1
_BAND_MONTHS = 48


def sparse_level(values: Array, length: IntArray) -> Array:
    """Mean demand a month expected from now on, one value a series.

    `values` is series × months, right-aligned, NaN before the start, without gaps, at least one sale a series. The
    smoothing starts from the averages of the whole history.
    """
    known, filled = ~np.isnan(values), np.where(np.isnan(values), 0.0, values)
    sold = filled != 0.0
    chance = sold.sum(axis=1) / length
    size = filled.sum(axis=1) / sold.sum(axis=1)
    for month in range(values.shape[1]):
        now = sold[:, month]
        chance += np.where(known[:, month], _SMOOTHING * (now - chance), 0.0)
        size += np.where(now, _SMOOTHING * (filled[:, month] - size), 0.0)
    return np.asarray(chance * size)


def sparse_quantiles(history: Array, level: float, probabilities: Sequence[float]) -> Array:
    """Quantiles of the last 48 months of one history, moved with the level where demand has fallen or grown."""
    recent = history[-_BAND_MONTHS:]
    mean = float(np.abs(recent).mean())
    change = level / mean if mean > 0.0 else 1.0
    return np.asarray(np.quantile(recent, probabilities) * max(change, 0.0))
