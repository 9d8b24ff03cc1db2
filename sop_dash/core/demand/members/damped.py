"""Damped Holt: level and a trend that fades, averaged over a grid of smoothing constants by likelihood. Source:
Gardner (1985).
"""

import numpy as np

from sop_dash.core.demand.portfolio import IntArray
from sop_dash.core.demand.smoothing import Grid, likelihood_weights, smooth
from sop_dash.core.model.arrays import Array

_POINTS = np.array(
    [
        (level, level * trend, damping)
        for level in (0.03, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9)
        for trend in (0.03, 0.1, 0.25)
        for damping in (0.8, 0.9, 0.95, 0.98)
    ]
)
_GRID = Grid(level=_POINTS[:, 0], trend=_POINTS[:, 1], damping=_POINTS[:, 2])
_FREE_PARAMETERS = 3


def damped_holt(values: Array, length: IntArray, horizon: int) -> tuple[Array, Array]:
    """Forecasts, series × horizon, and the standard deviation of the one-step errors, of seasonally adjusted
    histories.
    """
    runs = smooth(values, length, _GRID)
    weight = likelihood_weights(runs.squared_error, length)
    faded = np.cumsum(_GRID.damping[:, None] ** np.arange(1, horizon + 1), axis=1)
    level = (weight * runs.level).sum(axis=1)
    error_variance = (weight * runs.squared_error).sum(axis=1) / np.maximum(length - _FREE_PARAMETERS, 1)
    return np.asarray(level[:, None] + (weight * runs.trend) @ faded), np.sqrt(error_variance)
