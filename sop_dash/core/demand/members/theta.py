"""Theta: half a straight line through the whole history, half simple smoothing of the mirrored history.

Source: Assimakopoulos and Nikolopoulos (2000), the method that won the M3 competition; a slow and a fast smoothing
averaged by likelihood.
"""

import numpy as np

from sop_dash.core.demand.members.line import slope
from sop_dash.core.demand.portfolio import IntArray
from sop_dash.core.demand.smoothing import smooth
from sop_dash.core.model.arrays import Array, BoolArray

_SPEEDS = np.array([0.1, 0.5])


def theta(values: Array, known: BoolArray, length: IntArray, horizon: int) -> Array:
    """Forecasts, horizon × series, of seasonally adjusted histories.

    Args:
        values: Months × series, right-aligned, 0 before the start, no gaps.
        known: Months × series, False before the start.
        length: Known months of every series.
        horizon: Months wanted.
    """
    months = len(values)
    position = np.arange(months) - (months - 1.0)
    gain = slope(values, length)
    line_end = values.sum(axis=0) / length - gain * 0.5 * (1.0 - length)
    first = 2.0 * values[months - length, np.arange(len(length))] - (line_end + gain * (1.0 - length))
    mirrored = 2.0 * values
    mirrored -= position[:, None] * gain
    mirrored -= line_end + first
    mirrored *= known
    level = smooth(mirrored, length, _SPEEDS).averaged(length) + first
    ahead = np.arange(1, horizon + 1)[:, None]
    return np.asarray(0.5 * (line_end + gain * ahead) + 0.5 * level)
