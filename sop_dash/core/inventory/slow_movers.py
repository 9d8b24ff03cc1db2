"""Reorder points of slow movers, for which the normal curve is no model: Poisson or negative binomial demand. Units.

Source: Silver, Pyke & Thomas; core specification 7.1.
"""

import numpy as np
from scipy.special import betainc, gammaincc

from sop_dash.core.model.arrays import Array, ratio_or_nan

SLOW_UNITS = 10.0
"""An item whose demand over the protection interval is below this counts as slow."""


def slow_mover_reorder_point(demand: Array, variance: Array, cycle_ratio: Array) -> Array:
    """Smallest whole stock s that covers the demand of the protection interval with at least the chance asked.

    Args:
        demand: [S] mean over the interval.
        variance: [S] over the interval; where it exceeds the mean demand is negative binomial, else Poisson.
        cycle_ratio: [S] chance that demand is no more than s, below 1.

    Returns:
        [S] units; 0 without demand; NaN where an input is unknown.
    """
    mean, spread, target = (np.asarray(part, dtype=np.float64) for part in (demand, variance, cycle_ratio))
    unknown = np.isnan(mean) | np.isnan(spread) | np.isnan(target)
    mean, target = np.where(unknown, 0.0, mean), np.where(unknown, 0.0, target)
    low, high = np.full(mean.shape, -1.0), np.ones(mean.shape)
    while True:  # double the upper end until every chance is reached
        short = chance_covered(high, mean, spread) < target
        if not short.any():
            break
        low, high = np.where(short, high, low), np.where(short, 2.0 * high, high)
    while (high - low > 1.0).any():
        middle = np.floor(0.5 * (low + high))
        enough = chance_covered(middle, mean, spread) >= target
        apart = high - low > 1.0
        high, low = np.where(apart & enough, middle, high), np.where(apart & ~enough, middle, low)
    return np.where(unknown, np.nan, np.where(mean == 0.0, 0.0, high))


def chance_covered(stock: Array, demand: Array, variance: Array) -> Array:
    """Chance that demand is at most `stock` (whole, −1 or more); 0 below zero. Mean and variance as above."""
    units = np.maximum(stock, 0.0) + 1.0
    over = np.asarray(variance > demand * (1.0 + 1e-9)) & np.asarray(demand > 0.0)
    success = np.where(over, ratio_or_nan(demand, variance), 0.5)
    size = np.where(over, ratio_or_nan(demand**2, variance - demand), 1.0)
    chance = np.where(over, betainc(size, units, success), gammaincc(units, np.maximum(demand, 0.0)))
    return np.where(stock < 0.0, 0.0, chance)
