"""Exponential smoothing of every series at every grid point of its parameters, in one pass over the months.

The filter is linear in its starting level and trend, so their least-squares values follow exactly from one run that
starts at zero and one shared response to a unit start. Grid points are weighted by likelihood instead of picked, which
is steadier on short series.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.demand.portfolio import IntArray
from sop_dash.core.model.arrays import Array

_RIDGE_ON_TREND = 1e-3
_LEAST_ERROR = 1e-12


@dataclass(frozen=True, kw_only=True, eq=False)
class Grid:
    """Parameters of the smoothing runs, one entry a run: level, trend and damping of `l + p·b`; trend 0 and damping 0
    is simple smoothing.
    """

    level: Array
    trend: Array
    damping: Array

    @property
    def has_trend(self) -> bool:
        """Whether any run carries a trend."""
        return bool(np.any(self.damping > 0.0))


@dataclass(frozen=True, kw_only=True, eq=False)
class Smoothed:
    """What the runs leave behind: squared one-step errors, and level and trend after the last month; each series ×
    grid points.
    """

    squared_error: Array
    level: Array
    trend: Array


def smooth(values: Array, length: IntArray, grid: Grid) -> Smoothed:
    """Run the filter over a packed matrix (series × months, longest first, NaN before the start).

    Source: error-correction form of damped-trend smoothing (Gardner 1985); the starts are the exact least-squares ones.
    """
    response, level_response, trend_response = _unit_responses(values.shape[1], grid)
    series, months = values.shape
    points, states = grid.level.size, response.shape[1]
    alive = np.searchsorted(-length, np.arange(months) - months, side="right")
    start = months - length
    level, trend, squares = (np.zeros((series, points)) for _ in range(3))
    cross = np.zeros((series, states, points))
    for month in range(months):
        rows = alive[month]
        expected = level[:rows] + grid.damping * trend[:rows]
        error = values[:rows, month : month + 1] - expected
        level[:rows] = expected + grid.level * error
        trend[:rows] = grid.damping * trend[:rows] + grid.trend * error
        squares[:rows] += error * error
        cross[:rows] += error[:, None] * response[month - start[:rows]]
    products = np.cumsum(np.einsum("tig,tjg->tijg", response, response), axis=0)[length - 1]
    best = _best_start(products, cross)
    explained = (best * (2.0 * cross - np.einsum("nijg,njg->nig", products, best))).sum(axis=1)
    return Smoothed(
        squared_error=np.maximum(squares - explained, _LEAST_ERROR),
        level=level + (best * level_response[length]).sum(axis=1),
        trend=trend + (best * trend_response[length]).sum(axis=1),
    )


def likelihood_weights(squared_error: Array, length: IntArray) -> Array:
    """Share of every grid point in the average, by Gaussian likelihood; rows sum to 1."""
    loss = 0.5 * length[:, None] * np.log(squared_error)
    weight = np.exp(loss.min(axis=1, keepdims=True) - loss)
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))


def _unit_responses(months: int, grid: Grid) -> tuple[Array, Array, Array]:
    """Forecast (months × states × points), level and trend (months + 1 × …) when the filter starts at 1 and sees only
    zeros.
    """
    states, points = (2 if grid.has_trend else 1), grid.level.size
    response = np.zeros((months, states, points))
    levels, trends = np.zeros((months + 1, states, points)), np.zeros((months + 1, states, points))
    levels[0, 0] = 1.0
    if states == 2:
        trends[0, 1] = 1.0
    for month in range(months):
        response[month] = levels[month] + grid.damping * trends[month]
        levels[month + 1] = response[month] * (1.0 - grid.level)
        trends[month + 1] = grid.damping * trends[month] - grid.trend * response[month]
    return response, levels, trends


def _best_start(products: Array, cross: Array) -> Array:
    """Least-squares starting level (and trend) per series and grid point: the 1 × 1 or 2 × 2 normal equations, solved
    in closed form.
    """
    first = products[:, 0, 0] + _LEAST_ERROR
    if products.shape[1] == 1:
        return np.asarray(cross / first[:, None])
    both = products[:, 0, 1]
    second = products[:, 1, 1] + _RIDGE_ON_TREND * products[:, 0, 0] + _LEAST_ERROR
    determinant = first * second - both * both
    level = (second * cross[:, 0] - both * cross[:, 1]) / determinant
    trend = (first * cross[:, 1] - both * cross[:, 0]) / determinant
    return np.stack([level, trend], axis=1)
