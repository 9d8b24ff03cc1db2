"""Seasonal indices: how a calendar month compares with its year, as a ratio (1 = an average month).

Months are counted from the last one of each series, so no calendar is needed: index 0 belongs to the month after the
last one, index 11 to the last one itself.
"""

import numpy as np

from sop_dash.core.demand.portfolio import MONTHS_PER_YEAR, IntArray
from sop_dash.core.model.arrays import Array

SHORTEST_HISTORY = 2 * MONTHS_PER_YEAR + 1
"""Months needed for own indices: each calendar month must be seen against a full year around it, at least once."""

_HALF_LIFE_YEARS = 2.0
_HALF_YEAR = MONTHS_PER_YEAR // 2
_HALF_TREND_SPAN = 8
_MOST_DEVIATIONS = 2.5
_LEAST_INDEX = 0.01
_LEAST_TELLING = 0.1


def seasonal_indices(values: Array, length: IntArray) -> Array:
    """Multiplicative indices from ratios to a centred average, recent years weighing more, shrunk to 1.

    Two rounds: ratios to the centred year give first indices; ratios to a smooth line through the adjusted history,
    which unlike the centred year reaches the last month, give the final ones. A ratio further than 2.5 standard
    deviations from its month counts as that far.

    Args:
        values: Series × months, right-aligned, NaN before the start, no gaps.
        length: Known months of every series.

    Returns:
        Series × 12. Rows of fewer than 25 months get 1 everywhere. There is no test for seasonality: a weak pattern is
        shrunk towards 1 instead (James-Stein).
    """
    series, months = values.shape
    if months < SHORTEST_HISTORY:
        return np.ones((series, MONTHS_PER_YEAR))
    padding = -months % MONTHS_PER_YEAR
    padded = np.concatenate([np.full((series, padding), np.nan), values], axis=1)
    whole_year = centred_average(padded, _HALF_YEAR)
    age_from_start = np.arange(months + padding) - (months + padding - length[:, None])
    inside = (age_from_start >= _HALF_YEAR) & (np.arange(months + padding) < months + padding - _HALF_YEAR)
    first, _ = _weighted_by_month(_ratio(padded, np.where(inside, whole_year, np.nan)))
    adjusted = seasonally_adjusted(padded, first)
    ratio = _ratio(padded, centred_average(adjusted, _HALF_TREND_SPAN))
    index, variance = _weighted_by_month(_clipped(ratio))
    shrunk = _shrunk(index, variance)
    return np.asarray(np.where((length >= SHORTEST_HISTORY)[:, None], shrunk, 1.0))


def seasonally_adjusted(values: Array, indices: Array) -> Array:
    """Values over their index; a month that hardly ever sells says nothing about the level and takes that around it."""
    index = over_history(indices, values.shape[1])
    adjusted = values / index
    silent = np.flatnonzero(indices.min(axis=1) < _LEAST_TELLING)
    if silent.size:
        telling = np.where(index[silent] >= _LEAST_TELLING, adjusted[silent], np.nan)
        around = centred_average(telling, _HALF_YEAR)
        known = ~np.isnan(telling)
        mean = np.where(known, telling, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
        around = np.where(np.isnan(around), mean[:, None], around)
        adjusted[silent] = np.where(known | np.isnan(values[silent]), telling, around)
    return np.asarray(adjusted)


def over_history(indices: Array, months: int) -> Array:
    """Indices of the `months` months up to the last one, series × months."""
    return indices[:, np.arange(-months, 0) % MONTHS_PER_YEAR]


def over_horizon(indices: Array, horizon: int) -> Array:
    """Indices of the `horizon` months after the last one, series × horizon."""
    return indices[:, np.arange(horizon) % MONTHS_PER_YEAR]


def centred_average(values: Array, half_span: int) -> Array:
    """Average over `half_span` months to both sides, the outermost at half weight, of the known months among them."""
    known = ~np.isnan(values)
    total = _centred_sum(np.where(known, values, 0.0), half_span)
    weight = _centred_sum(known.astype(np.float64), half_span)
    return np.asarray(np.where(weight > 0.0, total / np.maximum(weight, 0.5), np.nan))


def _centred_sum(values: Array, half_span: int) -> Array:
    """Sum over the span with half weights at both ends; months outside the matrix count as zero."""
    months = values.shape[1]
    running = np.zeros((len(values), months + 2 * half_span + 1))
    np.cumsum(values, axis=1, out=running[:, half_span + 1 : half_span + 1 + months])
    running[:, half_span + 1 + months :] = running[:, half_span + months, None]
    wide = running[:, 2 * half_span + 1 :] - running[:, :months]
    narrow = running[:, 2 * half_span : -1] - running[:, 1 : months + 1]
    return np.asarray(0.5 * (wide + narrow))


def _ratio(values: Array, trend: Array) -> Array:
    """Value over trend; NaN where either is unknown or the trend is zero."""
    usable = ~np.isnan(values) & (np.abs(trend) > 0.0)
    return np.asarray(np.where(usable, values, np.nan) / np.where(usable, trend, 1.0))


def _weighted_by_month(ratio: Array) -> tuple[Array, Array]:
    """Weighted mean ratio per month of the year, 1 on average; and the average variance of these means."""
    series, months = ratio.shape
    years = months // MONTHS_PER_YEAR
    by_year = ratio.reshape(series, years, MONTHS_PER_YEAR)
    known = ~np.isnan(by_year)
    age = np.arange(months - 1, -1, -1).reshape(years, MONTHS_PER_YEAR)
    weight = np.where(known, 0.5 ** (age / (MONTHS_PER_YEAR * _HALF_LIFE_YEARS)), 0.0)
    values = np.where(known, by_year, 0.0)
    total, seen = weight.sum(axis=1), known.any(axis=1)
    whole = np.where(seen, total, 1.0)
    weighted = weight * values
    mean = weighted.sum(axis=1) / whole
    spread = np.maximum((weighted * values).sum(axis=1) / whole - mean * mean, 0.0)
    effective_years = whole**2 / np.where(seen, (weight * weight).sum(axis=1), 1.0)
    variance = np.where(seen, spread / np.maximum(effective_years - 1.0, 1.0), 0.0).sum(axis=1)
    index = np.where(seen, mean, 1.0)
    average = index.mean(axis=1, keepdims=True)
    index = index / np.where(average > 0.0, average, 1.0)
    return np.maximum(index, _LEAST_INDEX), variance / np.maximum(seen.sum(axis=1), 1)


def _clipped(ratio: Array) -> Array:
    """Ratios no further from the mean of their calendar month than 2.5 standard deviations of the whole series."""
    mean, _ = _weighted_by_month(ratio)
    usual = np.tile(mean, ratio.shape[1] // MONTHS_PER_YEAR)
    known = ~np.isnan(ratio)
    squares = np.where(known, (ratio - usual) ** 2, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    furthest = _MOST_DEVIATIONS * np.sqrt(squares)[:, None]
    return np.clip(ratio, usual - furthest, usual + furthest)


def _shrunk(index: Array, variance: Array) -> Array:
    """Indices pulled to 1 by the James-Stein factor 1 − (12 − 3)·variance / Σ(index − 1)²."""
    size = ((index - 1.0) ** 2).sum(axis=1)
    noise = (MONTHS_PER_YEAR - 3) * variance / np.where(size > 0.0, size, 1.0)
    keep = np.clip(1.0 - noise, 0.0, 1.0)
    return np.maximum(1.0 + (index - 1.0) * keep[:, None], _LEAST_INDEX)
