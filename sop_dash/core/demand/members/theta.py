"""Theta: half a straight line through the whole history, half simple smoothing of the mirrored history.

Source: Assimakopoulos and Nikolopoulos (2000), the method that won the M3 competition; smoothing constants averaged by
likelihood.
"""

import numpy as np

from sop_dash.core.demand.portfolio import IntArray
from sop_dash.core.demand.smoothing import Grid, smooth
from sop_dash.core.model.arrays import Array

_LEVEL = np.array([0.05, 0.2, 0.5, 0.9])
_GRID = Grid(level=_LEVEL, trend=np.zeros_like(_LEVEL), damping=0.0)


def theta(values: Array, length: IntArray, horizon: int) -> Array:
    """Forecasts, series × horizon, of seasonally adjusted histories (right-aligned, NaN before the start, no gaps)."""
    months = values.shape[1]
    known, position = ~np.isnan(values), np.arange(months) - (months - 1.0)
    filled = np.where(known, values, 0.0)
    middle, mean = 0.5 * (1.0 - length), filled.sum(axis=1) / length
    offset = (position - middle[:, None]) * known
    slope = (offset * filled).sum(axis=1) / np.maximum((offset * offset).sum(axis=1), 1e-12)
    line_end = mean - slope * middle
    mirrored = 2.0 * values - (line_end[:, None] + slope[:, None] * position)
    _, level, _ = smooth(mirrored, length, _GRID).averaged(length)
    ahead = np.arange(1, horizon + 1)
    return np.asarray(0.5 * (line_end[:, None] + slope[:, None] * ahead) + 0.5 * level[:, None])
