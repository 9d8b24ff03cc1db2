"""Exponential smoothing of every series at every grid point of its parameters, in one pass over the months.

The filter is linear in its starting level and trend, so their least-squares values follow exactly from one run that
starts at zero and one shared response to a unit start. Grid points are weighted by likelihood instead of picked, which
is steadier on short series.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sop_dash.core.demand.portfolio import IntArray
from sop_dash.core.model.arrays import Array

_RIDGE_ON_TREND = 1e-3
_LEAST_ERROR = 1e-12
_BLOCK = 1024
"""Series run together: their states stay in the processor's cache."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Grid:
    """Parameters of the runs. `level` and `trend` say how much of an error moves them, one entry a run; each month the
    trend keeps `damping` of itself. Damping 0 is simple smoothing without a trend.
    """

    level: Array
    trend: Array
    damping: float

    @property
    def states(self) -> int:
        """Starting values to be found: the level, and the trend if there is one."""
        return 2 if self.damping > 0.0 else 1


@dataclass(frozen=True, kw_only=True, eq=False)
class Smoothed:
    """What the runs leave behind, each runs × series.

    Attributes:
        squared_error: Sum of squared one-step errors.
        level, trend: State after the last month.
    """

    squared_error: Array
    level: Array
    trend: Array

    def averaged(self, length: IntArray) -> tuple[Array, Array, Array]:
        """Squared error, level and trend per series, runs weighted by their Gaussian likelihood."""
        loss = 0.5 * length * np.log(self.squared_error)
        weight = np.exp(loss.min(axis=0) - loss)
        weight /= weight.sum(axis=0)
        error, level, trend = ((weight * part).sum(axis=0) for part in (self.squared_error, self.level, self.trend))
        return error, level, trend


def smooth(values: Array, length: IntArray, grid: Grid) -> Smoothed:
    """Run the filter over histories without gaps (series × months, right-aligned, NaN before the start).

    Source: error-correction form of damped-trend smoothing (Gardner 1985); the starts are the exact least-squares ones.
    """
    order = np.argsort(-length, kind="stable")
    months = values.shape[1]
    ordered_length = length[order]
    from_start = np.minimum((months - length)[:, None] + np.arange(months), months - 1)
    by_age = np.ascontiguousarray(np.take_along_axis(values, from_start, axis=1)[order].T)
    first = by_age[0].copy()
    by_age -= first
    response = _unit_responses(months, grid)
    sums = np.empty((2 + grid.states, grid.level.size, len(values)))
    trend = np.zeros((grid.level.size, len(values)))
    for start in range(0, len(values), _BLOCK):
        block = slice(start, start + _BLOCK)
        _run_from_zero(by_age[:, block], ordered_length[block], grid, response[0], sums[:, :, block], trend[:, block])
    found = _with_best_start(sums, trend, ordered_length, response)
    return Smoothed(
        squared_error=_in_given_order(found[0], order),
        level=_in_given_order(found[1] + first, order),
        trend=_in_given_order(found[2], order),
    )


@lru_cache(maxsize=256)
def _unit_responses(months: int, grid: Grid) -> tuple[Array, Array, Array]:
    """Forecast, level and trend (months × states × runs) when the filter starts at 1 and sees only zeros.

    Level and trend have one month more: the first entry is the start. Kept for the next call, so nobody may write.
    """
    states, runs = grid.states, grid.level.size
    response = np.zeros((months, states, runs))
    levels, trends = np.zeros((months + 1, states, runs)), np.zeros((months + 1, states, runs))
    levels[0, 0] = 1.0
    if states > 1:
        trends[0, 1] = 1.0
    for month in range(months):
        response[month] = levels[month] + grid.damping * trends[month]
        levels[month + 1] = response[month] * (1.0 - grid.level)
        trends[month + 1] = grid.damping * trends[month] - grid.trend * response[month]
    for kept in (response, levels, trends):
        kept.setflags(write=False)
    return response, levels, trends


def _run_from_zero(by_age: Array, length: IntArray, grid: Grid, response: Array, sums: Array, trend: Array) -> None:
    """Filter one block (months × series, longest first) from a zero start, in place.

    `sums` receives the level, the squared errors and the products of errors and responses; `trend` the trend.
    """
    alive = np.searchsorted(-length, -np.arange(by_age.shape[0]), side="left")
    gain, trend_gain, damping = grid.level[:, None], grid.trend[:, None], grid.damping
    sums[:] = 0.0
    error, part = np.empty_like(trend), np.empty_like(trend)
    for month, count in enumerate(alive):
        if count == 0:
            break
        level, squares, slope = sums[0, :, :count], sums[1, :, :count], trend[:, :count]
        now, product = error[:, :count], part[:, :count]
        if damping > 0.0:
            slope *= damping
            level += slope
        np.subtract(by_age[month, :count], level, out=now)
        np.multiply(now, gain, out=product)
        level += product
        if damping > 0.0:
            np.multiply(now, trend_gain, out=product)
            slope += product
        for state in range(grid.states):
            np.multiply(now, response[month, state][:, None], out=product)
            sums[2 + state, :, :count] += product
        now *= now
        squares += now


def _with_best_start(
    sums: Array, trend: Array, length: IntArray, responses: tuple[Array, Array, Array]
) -> tuple[Array, Array, Array]:
    """Squared error, level and trend (runs × series) once the start is the least-squares one."""
    level, squares, cross = sums[0], sums[1], sums[2:]
    response, levels, trends = responses
    products = np.cumsum(response[:, :, None] * response[:, None], axis=0)[length - 1].transpose(1, 2, 3, 0)
    best = _best_start(products, cross)
    fitted = (products * best[None]).sum(axis=1)
    explained = (best * (2.0 * cross - fitted)).sum(axis=0)
    return (
        np.maximum(squares - explained, _LEAST_ERROR),
        level + (best * levels[length].transpose(1, 2, 0)).sum(axis=0),
        trend + (best * trends[length].transpose(1, 2, 0)).sum(axis=0),
    )


def _best_start(products: Array, cross: Array) -> Array:
    """Least-squares start, states × runs × series: the 1 × 1 or 2 × 2 normal equations, solved in closed form."""
    first = products[0, 0] + _LEAST_ERROR
    if len(cross) == 1:
        return np.asarray(cross / first)
    both = products[0, 1]
    second = products[1, 1] + _RIDGE_ON_TREND * products[0, 0] + _LEAST_ERROR
    determinant = first * second - both * both
    level = (second * cross[0] - both * cross[1]) / determinant
    slope = (first * cross[1] - both * cross[0]) / determinant
    return np.stack([level, slope])


def _in_given_order(ordered: Array, order: IntArray) -> Array:
    result = np.empty_like(ordered)
    result[:, order] = ordered
    return result
