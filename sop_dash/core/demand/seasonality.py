"""Seasonal indices: how a calendar month compares with its year, as a ratio (1 = an average month).

Position in the year is counted from the last month of each series, so no calendar is needed: columns that lie 12
months apart share an index.
"""

import numpy as np

from sop_dash.core.demand.portfolio import MONTHS_PER_YEAR, IntArray
from sop_dash.core.model.arrays import Array, BoolArray

HALF_LIFE_YEARS = 2.0
SHORTEST_HISTORY = 2 * MONTHS_PER_YEAR + 1
"""Months needed for indices of its own: each calendar month must be seen against a full year around it, at least
once.
"""

_LEAST_INDEX = 0.01
_HALF_YEAR = MONTHS_PER_YEAR // 2


def seasonal_indices(values: Array, length: IntArray, half_life_years: float = HALF_LIFE_YEARS) -> Array:
    """Multiplicative indices from ratios to the centred moving average, recent years weighing more, shrunk to 1.

    Args:
        values: Series × months, right-aligned, NaN before the start.
        length: Known months of every series.
        half_life_years: Age at which a year counts half.

    Returns:
        Series × 12: the index of column `c` of the matrix (and of its continuation) is `[:, c % 12]`. Rows of fewer
        than 25 months get 1 everywhere. There is no test for seasonality: a weak pattern is shrunk towards 1
        (James-Stein) instead.
    """
    series, months = values.shape
    if months < SHORTEST_HISTORY:
        return np.ones((series, MONTHS_PER_YEAR))
    ratio = _ratio_to_trend(values, length)
    weight = 0.5 ** ((months - 1 - np.arange(months)) / (MONTHS_PER_YEAR * half_life_years))
    index, variance = _weighted_by_month(ratio, weight)
    index = np.where(np.isfinite(index), index, 1.0)
    index /= index.mean(axis=1, keepdims=True)
    return _shrunk(index, variance, length >= SHORTEST_HISTORY)


def by_column(indices: Array, first_column: int, columns: int) -> Array:
    """Indices of `columns` consecutive columns from `first_column` on, series × columns."""
    return indices[:, np.arange(first_column, first_column + columns) % MONTHS_PER_YEAR]


def _ratio_to_trend(values: Array, length: IntArray) -> Array:
    """Value over its centred 12-month average (half weights at both ends); NaN where no full year lies around a
    month.
    """
    series, months = values.shape
    running = np.cumsum(np.concatenate([np.zeros((series, 1)), np.nan_to_num(values)], axis=1), axis=1)
    year = running[:, MONTHS_PER_YEAR:] - running[:, :-MONTHS_PER_YEAR]
    trend = np.full((series, months), np.nan)
    trend[:, _HALF_YEAR : months - _HALF_YEAR] = (year[:, :-1] + year[:, 1:]) / (2 * MONTHS_PER_YEAR)
    trend[np.arange(months) < (months - length + _HALF_YEAR)[:, None]] = np.nan
    with np.errstate(all="ignore"):
        ratio = values / trend
    return np.asarray(np.where(np.isfinite(ratio), ratio, np.nan))


def _weighted_by_month(ratio: Array, weight: Array) -> tuple[Array, Array]:
    """Weighted mean ratio per month of the year and the variance of that mean, averaged over the year."""
    weights = np.where(np.isnan(ratio), 0.0, weight)
    ratios = np.nan_to_num(ratio)
    index, variance = (np.full((len(ratio), MONTHS_PER_YEAR), np.nan) for _ in range(2))
    for month in range(MONTHS_PER_YEAR):
        month_weight, month_ratio = weights[:, month::MONTHS_PER_YEAR], ratios[:, month::MONTHS_PER_YEAR]
        total = month_weight.sum(axis=1)
        known = np.where(total > 0.0, total, np.nan)
        index[:, month] = (month_weight * month_ratio).sum(axis=1) / known
        spread = (month_weight * (month_ratio - index[:, month, None]) ** 2).sum(axis=1) / known
        effective_years = known**2 / np.maximum((month_weight**2).sum(axis=1), 1e-300)
        variance[:, month] = spread / np.maximum(effective_years - 1.0, 1.0)
    seen = ~np.isnan(variance)
    mean_variance = np.where(seen, variance, 0.0).sum(axis=1) / np.maximum(seen.sum(axis=1), 1)
    return index, np.where(seen.any(axis=1), mean_variance, np.inf)


def _shrunk(index: Array, variance: Array, long_enough: BoolArray) -> Array:
    """Indices pulled to 1 by the James-Stein factor 1 − (12 − 3)·variance / Σ(index − 1)²; 1 where the history is too
    short.
    """
    size = ((index - 1.0) ** 2).sum(axis=1)
    noise = (MONTHS_PER_YEAR - 3) * variance / np.where(size > 0.0, size, 1.0)
    keep = np.clip(1.0 - noise, 0.0, 1.0) * long_enough
    return np.clip(1.0 + (index - 1.0) * keep[:, None], _LEAST_INDEX, None)
