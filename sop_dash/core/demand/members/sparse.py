"""Sparse demand: chance of a sale in a month times size of a sale, each smoothed; the chance also falls in months
without a sale.

Source: Teunter, Syntetos and Babai (2011), "TSB". Unlike Croston's method the forecast fades when an item dies.
"""

from collections.abc import Sequence

import numpy as np

from sop_dash.core.demand.portfolio import pack
from sop_dash.core.model.arrays import Array

_SMOOTHING = 0.1
_BAND_MONTHS = 48


def sparse_level(histories: Sequence[Array]) -> Array:
    """Mean demand a month expected from now on, one value a series; histories have no NaN and at least one sale."""
    portfolio = pack(histories)
    values, length = portfolio.values, portfolio.length
    known, sold = ~np.isnan(values), np.nan_to_num(values) != 0.0
    chance = sold.sum(axis=1) / length
    size = np.where(sold, values, 0.0).sum(axis=1) / sold.sum(axis=1)
    for month in range(values.shape[1]):
        now = sold[:, month]
        chance = np.where(known[:, month], chance + _SMOOTHING * (now - chance), chance)
        size = np.where(now, size + _SMOOTHING * (np.nan_to_num(values[:, month]) - size), size)
    return np.asarray(portfolio.restored((chance * size)[:, None])[:, 0])


def sparse_quantiles(history: Array, level: float, probabilities: Sequence[float]) -> Array:
    """Quantiles of the last 48 months of one history, moved with the level where demand has fallen or grown."""
    recent = history[-_BAND_MONTHS:]
    mean = float(np.abs(recent).mean())
    change = level / mean if mean > 0.0 else 1.0
    return np.asarray(np.quantile(recent, probabilities) * max(change, 0.0))
