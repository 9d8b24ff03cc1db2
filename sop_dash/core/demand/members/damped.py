"""Damped Holt: level and a trend that fades, averaged over a grid of smoothing constants by likelihood.

Source: Gardner (1985).
"""

import numpy as np

from sop_dash.core.demand.portfolio import IntArray
from sop_dash.core.demand.smoothing import Grid, smooth
from sop_dash.core.model.arrays import Array

_DAMPING = 0.95
_LEVEL, _TREND_SHARE = (part.ravel() for part in np.meshgrid([0.05, 0.2, 0.45, 0.8], [0.05, 0.2], indexing="ij"))
_GRID = Grid(level=_LEVEL, trend=_LEVEL * _TREND_SHARE, damping=_DAMPING)
_FREE_PARAMETERS = 3


def damped_holt(values: Array, length: IntArray, horizon: int) -> tuple[Array, Array]:
    """Forecasts of seasonally adjusted histories, and the standard deviation of the one-step errors.

    Args:
        values: Series × months, right-aligned, NaN before the start, no gaps.
        length: Known months of every series.
        horizon: Months wanted.

    Returns:
        Series × horizon, and one value a series.
    """
    squares, level, trend = smooth(values, length, _GRID).averaged(length)
    faded = np.cumsum(_DAMPING ** np.arange(1, horizon + 1))
    error = np.sqrt(squares / np.maximum(length - _FREE_PARAMETERS, 1))
    return np.asarray(level[:, None] + trend[:, None] * faded), error
