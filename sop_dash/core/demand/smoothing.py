"""Simple exponential smoothing of every series at every speed, in one pass over the months.

The filter is linear in its starting level, so the least-squares start follows exactly from one run that starts at zero.
Speeds are weighted by likelihood instead of picked, which is steadier on short series.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.demand.portfolio import IntArray
from sop_dash.core.model.arrays import Array

_LEAST_ERROR = 1e-12
_BLOCK = 1024
"""Series run together: their states stay in the processor's cache."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Smoothed:
    """What the runs leave behind, each speeds × series: sum of squared one-step errors, and the last level."""

    squared_error: Array
    level: Array

    def averaged(self, length: IntArray) -> Array:
        """Last level per series, speeds weighted by their likelihood."""
        return np.asarray((likelihoods(self.squared_error, length) * self.level).sum(axis=0))


def likelihoods(squared_error: Array, length: IntArray) -> Array:
    """Gaussian likelihood of runs × series from their sums of squared errors, as shares that add up to 1."""
    loss = 0.5 * length * np.log(np.maximum(squared_error, _LEAST_ERROR))
    weight = np.exp(loss.min(axis=0) - loss)
    return np.asarray(weight / weight.sum(axis=0))


def smooth(values: Array, length: IntArray, speeds: Array) -> Smoothed:
    """Run the filter over histories that begin at zero.

    Args:
        values: Months × series, right-aligned, less the first known month of each series, so that all is 0 up to there.
        length: Known months of every series.
        speeds: How much of an error moves the level, between 0 and 1.

    Returns:
        The level still lacks the first month taken off.
    """
    months, series = values.shape
    kept = (1.0 - speeds)[:, None]
    level, squares, cross = (np.zeros((len(speeds), series)) for _ in range(3))
    for start in range(0, series, _BLOCK):
        block = slice(start, start + _BLOCK)
        _run(values[:, block], speeds[:, None], level[:, block], squares[:, block], cross[:, block])
    cross /= kept ** (months - length)
    size = (1.0 - kept ** (2 * length)) / (1.0 - kept**2)
    best = cross / size
    return Smoothed(squared_error=np.maximum(squares - best * cross, _LEAST_ERROR), level=level + best * kept**length)


def _run(values: Array, speeds: Array, level: Array, squares: Array, cross: Array) -> None:
    """Filter one block from a zero start, in place: level, squared errors, errors × response to a start of one.

    That response is (1 − speed)^age; here it is taken at the month of the matrix, which differs by a constant factor.
    """
    error, part = np.empty_like(level), np.empty_like(level)
    response = np.ones_like(speeds)
    for now in values:
        np.subtract(now, level, out=error)
        np.multiply(error, speeds, out=part)
        level += part
        np.multiply(error, response, out=part)
        cross += part
        error *= error
        squares += error
        response = response * (1.0 - speeds)
