"""Does a forecast stay near the last twelve months? A launch read as a season, or growth carried on, shows here.

Ratios: 1 means the same volume as a year before.
"""

import numpy as np

from sop_dash.core.demand.portfolio import MONTHS_PER_YEAR, IntArray
from sop_dash.core.model.arrays import Array, BoolArray

USUAL_RATIOS = (0.6, 1.6)


def ratio_to_last_year(values: Array, length: IntArray, forecast: Array) -> Array:
    """Forecast of the first twelve months (or as many as there are) over the same months of the last known year.

    Args:
        values: Series × months, right-aligned at the last known month, NaN before the start, no gaps.
        length: Known months of every series.
        forecast: Series × horizon, from the month after the last known one.

    Returns:
        One ratio a series; NaN where under twelve months are known or nothing was sold in those months.
    """
    ahead = min(forecast.shape[1], MONTHS_PER_YEAR)
    if values.shape[1] < MONTHS_PER_YEAR or ahead == 0:
        return np.full(len(values), np.nan)
    year = values[:, -MONTHS_PER_YEAR:][:, :ahead].sum(axis=1)
    usable = (length >= MONTHS_PER_YEAR) & (year > 0.0)
    return np.asarray(np.where(usable, forecast[:, :ahead].sum(axis=1) / np.where(usable, year, 1.0), np.nan))


def is_unusual(ratio: Array) -> BoolArray:
    """Whether a ratio lies outside 0.6 to 1.6: such a forecast asks for a look; unknown is not unusual."""
    lowest, highest = USUAL_RATIOS
    return np.asarray((ratio < lowest) | (ratio > highest))
