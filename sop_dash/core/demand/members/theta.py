"""Theta: half a straight line through the whole history, half simple smoothing of the mirrored history.

Source: Assimakopoulos and Nikolopoulos (2000), the method that won the M3 competition; smoothing constants averaged by
    likelihood.
"""

import numpy as np

from sop_dash.core.demand.portfolio import IntArray
from sop_dash.core.demand.smoothing import Grid, likelihood_weights, smooth
from sop_dash.core.model.arrays import Array

_LEVEL = np.array([0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99])
_GRID = Grid(level=_LEVEL, trend=np.zeros_like(_LEVEL), damping=np.zeros_like(_LEVEL))


def theta(values: Array, length: IntArray, horizon: int) -> Array:
    """Forecasts, series × horizon, of seasonally adjusted histories (packed, longest first, NaN before the start)."""
    months = values.shape[1]
    known, position = ~np.isnan(values), np.arange(months) - (months - 1.0)
    filled = np.nan_to_num(values)
    middle, mean = (known * position).sum(axis=1) / length, filled.sum(axis=1) / length
    offset = (position - middle[:, None]) * known
    slope = (offset * filled).sum(axis=1) / np.maximum((offset**2).sum(axis=1), 1e-12)
    line_end = mean - slope * middle
    runs = smooth(2.0 * values - (line_end[:, None] + slope[:, None] * position), length, _GRID)
    level = (likelihood_weights(runs.squared_error, length) * runs.level).sum(axis=1)
    ahead = np.arange(1, horizon + 1)
    return np.asarray(0.5 * (line_end[:, None] + slope[:, None] * ahead) + 0.5 * level[:, None])
