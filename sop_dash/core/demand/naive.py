"""Simple methods to stand beside every forecast: seasonal naive, Naive2, moving average with trend.

Quantities are in the unit of the series. Rows are right-aligned at their last known month (see `portfolio.pack`).
"""

import numpy as np

from sop_dash.core.demand.portfolio import MONTHS_PER_YEAR, IntArray
from sop_dash.core.demand.seasonality import centred_average
from sop_dash.core.model.arrays import Array, BoolArray

_TEST_90_PERCENT = 1.645
_HALF_YEAR = MONTHS_PER_YEAR // 2
_AVERAGED_MONTHS = 3


def seasonal_naive(values: Array, length: IntArray, horizon: int) -> Array:
    """The same month of the last known year, series × horizon; the last value where under 12 months are known."""
    season = np.minimum(np.arange(horizon) % MONTHS_PER_YEAR - MONTHS_PER_YEAR, -1)
    if values.shape[1] < MONTHS_PER_YEAR:
        return np.repeat(values[:, -1:], horizon, axis=1)
    return np.asarray(np.where((length >= MONTHS_PER_YEAR)[:, None], values[:, season], values[:, -1:]))


def naive2(values: Array, length: IntArray, horizon: int) -> Array:
    """The last value, seasonally adjusted where a season shows, series × horizon.

    A season shows where at least three years are known and the autocorrelation at 12 months is significant at 90 %;
    indices are mean ratios to the centred 12-month average. Source: benchmark definitions of the M4 competition.
    """
    indices = np.where(_is_seasonal(values, length)[:, None], _classical_indices(values, length), 1.0)
    ahead = np.arange(horizon) % MONTHS_PER_YEAR
    return np.asarray(values[:, -1:] / indices[:, -1:] * indices[:, ahead])


def moving_average_with_trend(values: Array, length: IntArray, horizon: int) -> Array:
    """Mean of the last three months plus the trend from the three before, series × horizon.

    The mean belongs to the month before the last, so month h ahead lies h + 1 steps of trend beyond it. Never below
    zero unless the history is. Under six months the mean of the known last three, without a trend.
    """
    filled = np.concatenate([np.full((len(values), 2 * _AVERAGED_MONTHS), np.nan), values], axis=1)
    known = ~np.isnan(filled[:, -_AVERAGED_MONTHS:])
    recent = np.where(known, filled[:, -_AVERAGED_MONTHS:], 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    before = filled[:, -2 * _AVERAGED_MONTHS : -_AVERAGED_MONTHS].mean(axis=1)
    slope = np.where(length >= 2 * _AVERAGED_MONTHS, (recent - before) / _AVERAGED_MONTHS, 0.0)
    ahead = np.arange(1, horizon + 1)
    forecasts = recent[:, None] + slope[:, None] * (ahead + 1)
    lowest = np.where(np.isnan(values), np.inf, values).min(axis=1)
    return np.asarray(np.where((lowest >= 0.0)[:, None], np.maximum(forecasts, 0.0), forecasts))


def _is_seasonal(values: Array, length: IntArray) -> BoolArray:
    """Whether the autocorrelation at lag 12 exceeds 1.645·√((1 + 2·Σ r²) / n), the sum over lags 1 … 11."""
    known = ~np.isnan(values)
    mean = np.where(known, values, 0.0).sum(axis=1) / np.maximum(length, 1)
    centred = np.where(known, values - mean[:, None], 0.0)
    size = np.einsum("ij,ij->i", centred, centred)
    lags = range(1, min(MONTHS_PER_YEAR, values.shape[1] - 1) + 1)
    products = [np.einsum("ij,ij->i", centred[:, lag:], centred[:, :-lag]) for lag in lags]
    if len(products) < MONTHS_PER_YEAR:
        return np.zeros(len(values), dtype=bool)
    correlation = np.stack(products, axis=1) / np.where(size > 0.0, size, 1.0)[:, None]
    squares = (correlation[:, :-1] ** 2).sum(axis=1)
    limit = _TEST_90_PERCENT * np.sqrt((1.0 + 2.0 * squares) / np.maximum(length, 1))
    return np.asarray((np.abs(correlation[:, -1]) > limit) & (length >= 3 * MONTHS_PER_YEAR) & (size > 0.0))


def _classical_indices(values: Array, length: IntArray) -> Array:
    """Mean ratio of every calendar month to its centred average, 1 on average; index 0 follows the last month."""
    series, months = values.shape
    padding = -months % MONTHS_PER_YEAR
    age = np.arange(months) - (months - length[:, None])
    inside = (age >= _HALF_YEAR) & (np.arange(months) < months - _HALF_YEAR)
    trend = centred_average(values, _HALF_YEAR)
    usable = inside & (trend > 0.0) & ~np.isnan(values)
    ratio = np.where(usable, values, 0.0) / np.where(usable, trend, 1.0)
    years = np.pad(ratio, ((0, 0), (padding, 0))).reshape(series, -1, MONTHS_PER_YEAR)
    count = np.pad(usable, ((0, 0), (padding, 0))).reshape(series, -1, MONTHS_PER_YEAR).sum(axis=1)
    index = np.where(count > 0, years.sum(axis=1) / np.maximum(count, 1), 1.0)
    average = index.mean(axis=1, keepdims=True)
    index = index / np.where(average > 0.0, average, 1.0)
    return np.asarray(np.where(index > 0.0, index, 1.0))
