"""Which rule forecasts a history that is not a plain one (none, all zero, constant, sparse, short), and filled gaps.

A rule is named in words a planner reads. Quantities are in the unit of the series.
"""

from enum import Enum

import numpy as np

from sop_dash.core.demand.portfolio import MONTHS_PER_YEAR, IntArray, Portfolio
from sop_dash.core.demand.seasonality import SHORTEST_HISTORY
from sop_dash.core.model.arrays import Array, BoolArray

FEWEST_FOR_MEMBERS = MONTHS_PER_YEAR
FEWEST_FOR_SMOOTHING = 4
_MOST_ZEROS_RATIO = 0.35
_INTERVAL_OF_SPARSE = 1.32
_SEASONAL_OVERLAP = 0.7
_FEWEST_SILENT = 6
_MOST_CERTAIN = 0.99
_UNLIKELY = 0.01


class Rule(Enum):
    """How the forecast of one series is made; the value is what the `method` column says."""

    COMBINATION = "median of four models"
    SHORT = "median of four models, no season of its own (under 25 months)"
    SMOOTHED = "smoothed level (under 12 months)"
    LEVEL = "mean of the known months (under 4 months)"
    ENDED = "no sale for long: taken as ended"
    SPARSE = "sparse demand: chance of a sale × size of a sale"
    CONSTANT = "constant history"
    ZERO = "all zero"
    NONE = "no history"


def rules(values: Array, length: IntArray) -> list[Rule]:
    """The rule for every history (series × months, right-aligned, NaN before the start, gaps filled)."""
    filled = np.where(np.isnan(values), 0.0, values)
    latest = values[:, -1:]
    constant = np.all(np.isnan(values) | (values == latest), axis=1) & (length > 2)
    conditions = [
        (Rule.NONE, length == 0),
        (Rule.ZERO, ~filled.any(axis=1)),
        (Rule.CONSTANT, constant),
        (Rule.ENDED, ended(values)),
        (Rule.LEVEL, length < FEWEST_FOR_SMOOTHING),
        (Rule.SPARSE, sparse(values, length)),
        (Rule.SMOOTHED, length < FEWEST_FOR_MEMBERS),
        (Rule.SHORT, length < SHORTEST_HISTORY),
        (Rule.COMBINATION, np.ones(len(values), dtype=bool)),
    ]
    choice = np.argmax([holds for _, holds in conditions], axis=0)
    return [conditions[index][0] for index in choice]


def ended(values: Array) -> BoolArray:
    """Whether nothing has been sold for so long, at least six months, that chance explains it in under 1 % of cases.

    The chance of a sale in a month is that between the first and the last sale.
    """
    columns = np.arange(values.shape[1])
    sold = np.where(np.isnan(values), 0.0, values) != 0.0
    first = np.where(sold, columns, values.shape[1]).min(axis=1)
    last = np.where(sold, columns, -1).max(axis=1)
    months = np.maximum(last - first + 1, 1)
    silent = values.shape[1] - 1 - last
    chance = np.minimum(sold.sum(axis=1) / months, _MOST_CERTAIN)
    return np.asarray((last >= 0) & (silent >= _FEWEST_SILENT) & ((1.0 - chance) ** silent < _UNLIKELY))


def sparse(values: Array, length: IntArray) -> BoolArray:
    """Whether sales are too rare for a level: over 35 % zeros and on average over 1.32 months from sale to sale.

    A history that sells in the same months of every year (Christmas goods) is not sparse but seasonal. Zeros before
    the first sale belong to no history.
    """
    sold = np.where(np.isnan(values), 0.0, values) != 0.0
    first_sale = np.where(sold.any(axis=1), sold.argmax(axis=1), values.shape[1])
    months = np.minimum(length, values.shape[1] - first_sale)
    sales = np.maximum(sold.sum(axis=1), 1)
    rare = (months - sales > _MOST_ZEROS_RATIO * months) & (months / sales > _INTERVAL_OF_SPARSE)
    now, year_before = sold[:, MONTHS_PER_YEAR:], sold[:, :-MONTHS_PER_YEAR]
    either, both = (now | year_before).sum(axis=1), (now & year_before).sum(axis=1)
    seasonal = (length >= 3 * MONTHS_PER_YEAR) & (both >= _SEASONAL_OVERLAP * np.maximum(either, 1))
    return np.asarray(rare & ~seasonal)


def gaps_filled(portfolio: Portfolio) -> Array:
    """The values with missing months filled, series × months; NaN only before a series starts.

    A missing month lies on the line between its neighbours, times the usual ratio of that calendar month to the average
    around it.
    """
    with_gaps = np.flatnonzero((np.isnan(portfolio.values) & portfolio.started).any(axis=1))
    if with_gaps.size == 0:
        return portfolio.values
    values = portfolio.values.copy()
    for row in with_gaps:
        months = int(portfolio.length[row])
        values[row, -months:] = _filled(values[row, -months:])
    return values


def _filled(history: Array) -> Array:
    known, position = ~np.isnan(history), np.arange(len(history))
    line = np.interp(position, position[known], history[known])
    if (history[known] <= 0.0).any():
        return line
    window = np.ones(MONTHS_PER_YEAR + 1)
    around = np.convolve(line, window, "full")[MONTHS_PER_YEAR // 2 :][: len(line)]
    around /= np.convolve(np.ones(len(line)), window, "full")[MONTHS_PER_YEAR // 2 :][: len(line)]
    ratio = np.ones(MONTHS_PER_YEAR)
    for month in range(MONTHS_PER_YEAR):
        same = known & (position % MONTHS_PER_YEAR == month)
        if same.sum() > 1:
            ratio[month] = np.median(history[same] / around[same])
    usual = ratio[position % MONTHS_PER_YEAR]
    filled = np.interp(position, position[known], (history / usual)[known]) * usual
    return np.asarray(np.where(known, history, filled))


def lift_above_zero(values: Array) -> Array:
    """What to add to each history so that all its months are positive; 0 where no month is negative.

    Ratios and logs need positive values; the constant is taken off the forecast again.
    """
    lowest = np.where(np.isnan(values), np.inf, values).min(axis=1)
    known = np.maximum((~np.isnan(values)).sum(axis=1), 1)
    size = np.where(np.isnan(values), 0.0, np.abs(values)).sum(axis=1) / known
    return np.asarray(np.where(lowest < 0.0, 2.0 * size - np.where(np.isfinite(lowest), lowest, 0.0), 0.0))
