"""Which rule forecasts a history that is not a plain one: none, all zero, constant, sparse, short; and how gaps are
filled.

A rule is named in words a planner reads. Quantities are in the unit of the series.
"""

from collections.abc import Sequence
from enum import Enum

import numpy as np

from sop_dash.core.demand.portfolio import MONTHS_PER_YEAR
from sop_dash.core.model.arrays import Array, BoolArray

FEWEST_FOR_MEMBERS = 12
_MOST_ZEROS_RATIO = 0.35
_INTERVAL_OF_SPARSE = 1.32
_SEASONAL_OVERLAP = 0.7


class Rule(Enum):
    """How the forecast of one series is made; the value is what the `method` column says."""

    COMBINATION = "median of five"
    SHORT = "median of five without a season of its own (under 25 months)"
    SMOOTHED = "smoothed level (under 12 months)"
    LEVEL = "mean of the known months (under 4 months)"
    SPARSE = "sparse demand: chance of a sale × size of a sale (TSB)"
    CONSTANT = "constant history"
    ZERO = "all zero"
    NONE = "no history"


def rule_for(history: Array) -> Rule:
    """The rule for one history without gaps (from its first to its last known month)."""
    months = len(history)
    if months == 0:
        return Rule.NONE
    if not np.any(history):
        return Rule.ZERO
    if months > 2 and np.all(history == history[0]):
        return Rule.CONSTANT
    if months < 4:
        return Rule.LEVEL
    if is_sparse(history):
        return Rule.SPARSE
    if months < FEWEST_FOR_MEMBERS:
        return Rule.SMOOTHED
    return Rule.SHORT if months <= 2 * MONTHS_PER_YEAR else Rule.COMBINATION


def is_sparse(history: Array) -> bool:
    """Whether sales are too rare for a level: over 35 % zeros and on average over 1.32 months from sale to sale.

    A history that sells in the same months of every year (Christmas goods) is not sparse but seasonal.
    """
    sold = history != 0.0
    if sold.mean() >= 1.0 - _MOST_ZEROS_RATIO or len(history) / sold.sum() <= _INTERVAL_OF_SPARSE:
        return False
    now, year_before = sold[MONTHS_PER_YEAR:], sold[:-MONTHS_PER_YEAR]
    either = (now | year_before).sum()
    seasonal = (
        len(history) >= 3 * MONTHS_PER_YEAR and either > 0 and (now & year_before).sum() / either >= _SEASONAL_OVERLAP
    )
    return not seasonal


def without_gaps(history: Array) -> Array:
    """The history from its first to its last known month, missing months filled; empty when nothing is known.

    A missing month lies on the line between its neighbours, times the usual ratio of that calendar month to such a
    line.
    """
    known = ~np.isnan(history)
    if not known.any():
        return history[:0]
    first, last = int(known.argmax()), len(history) - int(known[::-1].argmax())
    inner, known = history[first:last], known[first:last]
    if known.all():
        return inner
    position = np.arange(len(inner))
    line = np.interp(position, position[known], inner[known])
    if (inner[known] <= 0.0).any():
        return line
    return _seasonal_fill(inner, known, line)


def _seasonal_fill(inner: Array, known: BoolArray, line: Array) -> Array:
    """Missing months by the typical ratio of their calendar month to the average around it, where at least two years
    tell it.
    """
    position = np.arange(len(inner))
    window = np.ones(MONTHS_PER_YEAR + 1)
    around = np.convolve(line, window, "same") / np.convolve(np.ones(len(inner)), window, "same")
    ratio = np.ones(MONTHS_PER_YEAR)
    for month in range(MONTHS_PER_YEAR):
        same = known & (position % MONTHS_PER_YEAR == month)
        if same.sum() > 1:
            ratio[month] = np.median(inner[same] / around[same])
    adjusted = inner / ratio[position % MONTHS_PER_YEAR]
    filled = np.interp(position, position[known], adjusted[known]) * ratio[position % MONTHS_PER_YEAR]
    return np.asarray(np.where(known, inner, filled))


def months_unknown_at_end(history: Array) -> int:
    """How many months at the end are unknown (not yet closed, or incomplete)."""
    known = ~np.isnan(history)
    return int(known[::-1].argmax()) if known.any() else 0


def lifted_above_zero(histories: Sequence[Array]) -> tuple[list[Array], Array]:
    """Histories with negative months raised by a constant so that every month is positive, and the constants.

    Ratios and logs need positive values; the constant is taken off the forecast again. 0 where no month is negative.
    """
    lift = np.array([2.0 * np.abs(row).mean() - row.min() if row.min() < 0.0 else 0.0 for row in histories])
    return [row + up for row, up in zip(histories, lift, strict=True)], lift
