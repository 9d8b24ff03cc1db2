"""Stock targets: minimum, target and maximum of month-end stock as days of the following demand. Units.

Source: core specification 2.3.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.inventory.demand_curve import DemandCurve
from sop_dash.core.model.arrays import Array


@dataclass(frozen=True, kw_only=True, eq=False)
class StockDays:
    """[F] days of following demand that the minimum, the target and the maximum of month-end stock stand for."""

    low: Array
    target: Array
    high: Array


def stock_days(cover_days: float, high_days: float, min_days: Array, max_days: Array) -> StockDays:
    """The days of every family; its own minimum and maximum hold whatever the cover asked for.

    Args:
        cover_days: Target for all families.
        high_days: Maximum where a family gives none.
        min_days: [F] given by the company; NaN where not given, then the minimum is half the target.
        max_days: [F] given by the company; NaN where not given, then `high_days`.
    """
    target = np.fmin(np.fmax(np.full(min_days.shape, cover_days), min_days), np.fmax(max_days, min_days))
    low = np.where(np.isnan(min_days), target / 2.0, np.minimum(min_days, target))
    high = np.maximum(np.where(np.isnan(max_days), high_days, max_days), target)
    return StockDays(low=low, target=target, high=high)


@dataclass(frozen=True, kw_only=True, eq=False)
class StockBand:
    """[F, T] minimum, target and maximum of month-end stock."""

    low: Array
    target: Array
    high: Array


def stock_band(curve: DemandCurve, days: StockDays) -> StockBand:
    """The policy in units: the demand of so many days after each month end."""
    cover = curve.cover_units(np.stack((days.low, days.target, days.high), axis=1))
    return StockBand(low=cover[:, 0], target=cover[:, 1], high=cover[:, 2])
