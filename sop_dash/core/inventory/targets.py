"""Stock targets: the band of minimum, target and maximum, and the path from today's stock to the target. Units.

Source: core specification 2.3 and 2.5b (glide).
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.inventory.demand_curve import DemandCurve
from sop_dash.core.model.arrays import Array

_LONGEST_MONTHS, _SHORTEST_MONTHS = 12, 6
_REFILL_MONTHS = 3
_MONTHLY_REDUCTION_RATIO = 0.2


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
class StockTargets:
    """[F, T] month-end stock the plan aims at.

    Args:
        low, target, high: The policy: minimum, target and maximum.
        refill: The target with three months to get there where stock starts below it; what the plan is held to.
        glide: Path down from today's stock where it starts above target; equal to `refill` elsewhere.
    """

    low: Array
    target: Array
    high: Array
    refill: Array
    glide: Array


def stock_targets(curve: DemandCurve, days: StockDays, opening_units: Array, monthly_demand: Array) -> StockTargets:
    """Targets for every month end, and the path that leads to them without a jump.

    Stock above target comes down by about a fifth of a month's demand a month, over 6 to 12 months; stock below is
    refilled over three months.

    Args:
        curve: Demand of the horizon and beyond.
        days: Policy in days.
        opening_units: [F] stock at the start.
        monthly_demand: [F] mean demand a month, which sets how fast stock may come down.
    """
    cover = curve.cover_units(np.stack((days.low, days.target, days.high), axis=1))
    target = cover[:, 1]
    excess = opening_units - target[:, 0]
    months_down = np.ceil(
        np.divide(
            excess,
            _MONTHLY_REDUCTION_RATIO * monthly_demand,
            out=np.full_like(excess, np.inf),
            where=monthly_demand > 0.0,
        )
    )
    months_down = np.clip(months_down, _SHORTEST_MONTHS, _LONGEST_MONTHS)
    passed = 1.0 + np.arange(curve.months)
    down = np.maximum(excess, 0.0)[:, None] * np.maximum(1.0 - passed / months_down[:, None], 0.0)
    missing = np.maximum(-excess, 0.0)[:, None] * np.maximum(1.0 - passed / _REFILL_MONTHS, 0.0)
    refill = np.maximum(target - missing, 0.0)
    return StockTargets(
        low=cover[:, 0],
        target=target,
        high=cover[:, 2],
        refill=refill,
        glide=refill + down,
    )
