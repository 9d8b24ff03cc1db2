"""Which items matter and how steady they are: ABC by value, XYZ by spread, and the demand pattern. No unit.

A value that is unknown makes no class: an item is not of little worth because nobody gave its cost.

Sources: Heizer & Render (ABC); Syntetos, Boylan & Croston 2005 (pattern); core specification 7.3.
"""

from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sop_dash.core.model.arrays import Array, ratio_or_nan

Classes = NDArray[np.str_]

FEWEST_MONTHS = 6
ABC_LIMITS = (0.80, 0.95)
XYZ_LIMITS = (0.5, 1.0)
NEW, UNRANKED = "N", "–"
_INTERVAL_LIMIT, _SQUARED_CV_LIMIT = 1.32, 0.49
_TIE = 1e-12


class RankedBy(StrEnum):
    """What the value of an item is counted in."""

    COST = "standard cost"
    REVENUE = "net revenue"
    UNITS = "units"


class Ranked(NamedTuple):
    """Items by value.

    Attributes:
        abc: [S] "A", "B" or "C"; `UNRANKED` where the value is unknown.
        order: [S] positions from the most valuable item to the least.
        share: [S] cumulative share of the total value, in that order; NaN when nothing has value.
    """

    abc: Classes
    order: NDArray[np.int64]
    share: Array


def abc_classes(value: Array, ids: tuple[str, ...], limits: tuple[float, float] = ABC_LIMITS) -> Ranked:
    """Rank items by annual value; ties by id.

    An item is A while the share of those before it is below the first limit, B while below the second, else C; so the
    first is always A. Zero and negative values are C; they and unknown ones count as nothing in the total.
    """
    worth = np.maximum(np.nan_to_num(value), 0.0)
    order = np.array(sorted(range(len(worth)), key=lambda item: (-worth[item], ids[item])), dtype=np.int64)
    share = ratio_or_nan(np.cumsum(worth[order]), worth.sum())
    before = np.concatenate(([0.0], share))[: len(worth)] + _TIE  # a sum just under a limit by rounding has reached it
    ranked = np.where(before < limits[0], "A", np.where(before < limits[1], "B", "C"))
    ranked[:1] = "A"
    classes = np.full(len(worth), "C")
    classes[order] = np.where(worth[order] > 0.0, ranked, "C")
    return Ranked(abc=np.where(np.isnan(value), UNRANKED, classes), order=order, share=share)


def yearly_value(year_units: Array, unit_cost: Array, unit_revenue: Array) -> tuple[Array, RankedBy]:
    """[S] what a year of each item is worth, all items counted alike: at cost, else by revenue, else in units.

    The way that knows the most items with demand is taken, cost before revenue; units only where neither is known of
    any item. NaN where that way does not know the item; 0 without demand, whatever it costs.
    """
    asked = np.nan_to_num(year_units) > 0.0
    at_cost, by_revenue = (int((asked & ~np.isnan(each)).sum()) for each in (unit_cost, unit_revenue))
    if not (at_cost or by_revenue):
        return year_units, RankedBy.UNITS
    each, way = (unit_cost, RankedBy.COST) if at_cost >= by_revenue else (unit_revenue, RankedBy.REVENUE)
    return np.where(year_units == 0.0, 0.0, year_units * each), way


def xyz_classes(demand: Array, limits: tuple[float, float] = XYZ_LIMITS) -> Classes:
    """[S] X up to the first limit of the coefficient of variation, Y up to the second, Z above.

    Args:
        demand: [S, H] monthly demand without its season; NaN before the first month.
        limits: Of the coefficient of variation.

    Returns:
        "N" for fewer than six months or a mean of zero or less.
    """
    cv = variation(demand)
    known = (~np.isnan(demand)).sum(axis=1) >= FEWEST_MONTHS
    steadiness = np.where(cv <= limits[0], "X", np.where(cv <= limits[1], "Y", "Z"))
    return np.where(known & ~np.isnan(cv), steadiness, NEW)


def variation(demand: Array) -> Array:
    """[S] standard deviation over mean of the known months; NaN for fewer than two or a mean of zero or less."""
    known = ~np.isnan(demand)
    count = known.sum(axis=1)
    mean = ratio_or_nan(np.where(known, demand, 0.0).sum(axis=1), count)
    square = np.where(known, (demand - mean[:, None]) ** 2, 0.0).sum(axis=1)
    deviation = np.sqrt(ratio_or_nan(square, np.maximum(count - 1, 0)))
    return ratio_or_nan(deviation, np.where(mean > 0.0, mean, np.nan))


def demand_patterns(demand: Array) -> Classes:
    """[S] "smooth", "intermittent", "erratic" or "lumpy", which tells what kind of forecast fits; "none" without sales.

    Sales are rare when the mean interval between months with sales exceeds 1.32, and uneven when the squared
    coefficient of variation of those months exceeds 0.49. `demand` is [S, H]; NaN before the first month.
    """
    sold = np.nan_to_num(demand) > 0.0
    months, hits = (~np.isnan(demand)).sum(axis=1), sold.sum(axis=1)
    rare = ratio_or_nan(months, hits) > _INTERVAL_LIMIT
    uneven = np.nan_to_num(variation(np.where(sold, demand, np.nan))) ** 2 > _SQUARED_CV_LIMIT
    pattern = np.where(rare, np.where(uneven, "lumpy", "intermittent"), np.where(uneven, "erratic", "smooth"))
    return np.where(hits > 0, pattern, "none")
