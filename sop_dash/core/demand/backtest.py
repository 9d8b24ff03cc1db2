"""Rolling-origin back-test: the engine and the simple methods forecast months that are known, from several past dates.

Each origin leaves out the last months of every history, forecasts them, and compares. Errors are forecast less actual,
in the unit of each series, by lag (months ahead, from 1).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sop_dash.core.demand.combination import Each
from sop_dash.core.demand.edges import gaps_filled
from sop_dash.core.demand.engine import forecast
from sop_dash.core.demand.naive import moving_average_with_trend, naive2, seasonal_naive
from sop_dash.core.demand.portfolio import MONTHS_PER_YEAR, IntArray, pack
from sop_dash.core.model import measures
from sop_dash.core.model.arrays import Array

ENGINE, SEASONAL_NAIVE, NAIVE2, MOVING_AVERAGE = "engine", "seasonal naive", "Naive2", "moving average with trend"
METHODS = (ENGINE, SEASONAL_NAIVE, NAIVE2, MOVING_AVERAGE)
_ORIGINS = 12
FEWEST_MONTHS = 3
"""Months an origin must leave of a history; before that the series has no forecast at that origin."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Backtest:
    """Forecasts of known months.

    Attributes:
        origins: Months left out at each origin, counted from the last column.
        actual: Origins × series × lags; NaN unknown.
        forecasts: Per method, origins × series × lags; NaN where the history was too short at that origin.
        inside80, inside95: Whether the engine's bands held the actual, as 1 or 0; NaN where either is unknown.
        scale: Mean change from a year before within the training months, origins × series; NaN without one.
    """

    origins: tuple[int, ...]
    actual: Array
    forecasts: dict[str, Array]
    inside80: Array
    inside95: Array
    scale: Array

    def errors(self, method: str) -> Array:
        """Forecast less actual, origins × series × lags."""
        return self.forecasts[method] - self.actual

    def wape_by_lag(self, method: str) -> Array:
        """WAPE over the origins, series × lags; NaN where the actuals are zero or unknown."""
        return measures.wape(np.moveaxis(self.actual, 0, -1), np.moveaxis(self.forecasts[method], 0, -1))


def backtest(history: Sequence[Array] | Array, horizon: int, origins: Sequence[int], *, each: Each = map) -> Backtest:
    """Forecast the months left out at every origin.

    Args:
        history: One row a series, oldest first; NaN as in `engine.forecast`.
        horizon: Lags wanted.
        origins: How many last months each origin leaves out, at least 1; lags beyond them have no actual (NaN).
        each: Spreads the work over processes; the answer is the same.
    """
    rows = [np.asarray(row, dtype=np.float64) for row in history]
    shape = (len(origins), len(rows), horizon)
    actual, inside80, inside95 = (np.full(shape, np.nan) for _ in range(3))
    forecasts = {method: np.full(shape, np.nan) for method in METHODS}
    scale = np.full(shape[:2], np.nan)
    for place, left_out in enumerate(origins):
        training = [row[: max(len(row) - left_out, 0)] for row in rows]
        usable = [index for index, row in enumerate(training) if (~np.isnan(row)).sum() >= FEWEST_MONTHS]
        if not usable:
            continue
        known = [training[index] for index in usable]
        made = forecast(known, horizon, each=each)
        for index in usable:
            later = rows[index][len(training[index]) :][:horizon]
            actual[place, index, : len(later)] = later
        forecasts[ENGINE][place, usable] = made.mean
        for method, values in simple_forecasts(known, horizon).items():
            forecasts[method][place, usable] = values
        happened = actual[place, usable]
        inside80[place, usable] = _inside(made.lo80, happened, made.hi80)
        inside95[place, usable] = _inside(made.lo95, happened, made.hi95)
        scale[place, usable] = yearly_change(known)
    return Backtest(
        origins=tuple(origins), actual=actual, forecasts=forecasts, inside80=inside80, inside95=inside95, scale=scale
    )


def simple_forecasts(history: Sequence[Array], horizon: int) -> dict[str, Array]:
    """Forecasts of the simple methods after the last column of every row, series × horizon each."""
    packed = pack(history, most_months=_longest(history))
    values, behind = gaps_filled(packed), packed.behind
    reach = horizon + int(behind.max(initial=0))
    made = {
        SEASONAL_NAIVE: seasonal_naive(values, packed.length, reach),
        NAIVE2: naive2(values, packed.length, reach),
        MOVING_AVERAGE: moving_average_with_trend(values, packed.length, reach),
    }
    return {method: _after(part, behind, horizon) for method, part in made.items()}


def yearly_change(history: Sequence[Array]) -> Array:
    """Mean absolute change from a year before per series, the scale of MASE; NaN where no month has a year before."""
    values = pack(history, most_months=_longest(history)).values
    change = np.abs(values[:, MONTHS_PER_YEAR:] - values[:, :-MONTHS_PER_YEAR])
    known = ~np.isnan(change)
    count = known.sum(axis=1)
    total = np.where(known, change, 0.0).sum(axis=1)
    return np.asarray(np.where((count > 0) & (total > 0.0), total / np.maximum(count, 1), np.nan))


def rolling_origins(longest: int, horizon: int) -> tuple[int, ...]:
    """Up to twelve origins, a month apart, that test as many lags of the horizon as the longest history allows.

    Every origin leaves at least twelve months of the longest history; none when it is too short for that.
    """
    possible = [left_out for left_out in range(1, horizon + _ORIGINS) if longest - left_out >= MONTHS_PER_YEAR]
    return tuple(possible[-_ORIGINS:])


def _longest(history: Sequence[Array]) -> int:
    return max((len(row) for row in history), default=1)


def _after(values: Array, behind: IntArray, horizon: int) -> Array:
    return np.take_along_axis(values, behind[:, None] + np.arange(horizon), axis=1)


def _inside(low: Array, actual: Array, high: Array) -> Array:
    held = (low <= actual) & (actual <= high)
    return np.asarray(np.where(np.isnan(actual) | np.isnan(low), np.nan, held.astype(np.float64)))
