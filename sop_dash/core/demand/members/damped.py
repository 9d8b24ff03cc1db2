"""Damped Holt: level and a trend that fades, soon or late, averaged over smoothing constants by likelihood.

Source: error-correction form of damped-trend smoothing (Gardner 1985), started from the first two years.
"""

import numpy as np

from sop_dash.core.demand.portfolio import MONTHS_PER_YEAR, IntArray
from sop_dash.core.demand.smoothing import likelihoods
from sop_dash.core.model.arrays import Array, BoolArray

_SPEEDS, _FADES = (0.05, 0.2, 0.5, 0.9), (0.85, 0.97)
_LEVEL, _DAMPING = np.repeat(_SPEEDS, len(_FADES)), np.tile(_FADES, len(_SPEEDS))
_TREND = 0.1 * _LEVEL
_BLOCK = 1024
"""Series run together: their states stay in the processor's cache."""


def damped_holt(values: Array, known: BoolArray, length: IntArray, horizon: int) -> Array:
    """Forecasts, horizon × series, of seasonally adjusted histories.

    Args:
        values: Months × series, right-aligned, 0 before the start, no gaps.
        known: Months × series, False before the start.
        length: Known months of every series.
        horizon: Months wanted.
    """
    start = len(values) - length
    first, slope = _beginnings(values, length)
    moved = (values - first) * known
    level, trend, squares = (np.zeros((len(_LEVEL), values.shape[1])) for _ in range(3))
    for begin in range(0, values.shape[1], _BLOCK):
        block = slice(begin, begin + _BLOCK)
        _run(moved[:, block], start[block], slope[block], level[:, block], trend[:, block], squares[:, block])
    weight = likelihoods(squares, length)
    faded = np.cumsum(_DAMPING ** np.arange(1, horizon + 1)[:, None], axis=0)
    return np.asarray(first + (weight * level).sum(axis=0) + np.einsum("hs,sn->hn", faded, weight * trend))


def _beginnings(values: Array, length: IntArray) -> tuple[Array, Array]:
    """Level before the first month and trend a month, from the mean of the first year and that of the second."""
    running = np.concatenate([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0)])
    start, columns = len(values) - length, np.arange(values.shape[1])

    def mean(begin: IntArray, end: IntArray) -> Array:
        return np.asarray((running[end, columns] - running[begin, columns]) / np.maximum(end - begin, 1))

    year = np.minimum(start + MONTHS_PER_YEAR, len(values))
    later = np.minimum(year + MONTHS_PER_YEAR, len(values))
    one = mean(start, year)
    slope = np.where(later > year, (mean(year, later) - one) / np.maximum(0.5 * (later - start), 1.0), 0.0)
    return one - slope * 0.5 * (year - start + 1), slope


def _run(values: Array, start: IntArray, slope: Array, level: Array, trend: Array, squares: Array) -> None:
    """Filter one block in place; a series is all zero, level and trend too, until it begins."""
    error, part = np.empty_like(level), np.empty_like(level)
    gain, trend_gain, damping = _LEVEL[:, None], _TREND[:, None], _DAMPING[:, None]
    beginning = {int(month): np.flatnonzero(start == month) for month in np.unique(start)}
    for month, now in enumerate(values):
        if month in beginning:
            trend[:, beginning[month]] = slope[beginning[month]]
        trend *= damping
        level += trend
        np.subtract(now, level, out=error)
        np.multiply(error, gain, out=part)
        level += part
        np.multiply(error, trend_gain, out=part)
        trend += part
        error *= error
        squares += error
