"""Seasonal indices: how a calendar month compares with its year, as a ratio (1 = an average month).

Months are counted from the last one of each series, so no calendar is needed: index 0 belongs to the month after the
last one, index 11 to the last one itself.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sop_dash.core.demand.portfolio import MONTHS_PER_YEAR, IntArray
from sop_dash.core.model.arrays import Array, BoolArray

SHORTEST_HISTORY = 2 * MONTHS_PER_YEAR + 1
"""Months needed for own indices: each calendar month must be seen against a full year around it, at least once."""

HALF_LIFE_YEARS = 2.0
_HALF_YEAR = MONTHS_PER_YEAR // 2
_MOST_DEVIATIONS = 2.5
_LEAST_INDEX = 0.01
_LEAST_TELLING = 0.1
_NOISE_UNSEEN = 1.5
"""What is left around a line drawn through the same months is calmer than the months are: variance counts 1.5 times."""


class Season(NamedTuple):
    """What the calendar months do to each series.

    Attributes:
        indices: Series × 12.
        kept: Share of the pattern seen that the indices keep, 0 to 1 a series: times twelve, the parameters it took.
    """

    indices: Array
    kept: Array


def seasonal_indices(values: Array, length: IntArray, half_life_years: float = HALF_LIFE_YEARS) -> Array:
    """The indices of `estimated_season`, series × 12."""
    return estimated_season(values, length, half_life_years).indices


def estimated_season(values: Array, length: IntArray, half_life_years: float = HALF_LIFE_YEARS) -> Season:
    """Multiplicative indices from ratios to a centred average, recent years weighing more, shrunk to 1.

    Two rounds: ratios to the centred year give first indices; ratios to the same average of the adjusted history, which
    unlike the first needs no whole year and so reaches the last month, give the final ones. A ratio further than 2.5
    standard deviations from its month counts as that far.

    Args:
        values: Series × months, right-aligned, NaN before the start, no gaps.
        length: Known months of every series.
        half_life_years: Age at which a year weighs half.

    Returns:
        Rows of fewer than 25 months get 1 everywhere and keep nothing. There is no test for seasonality: a weak pattern
        is shrunk towards 1 instead (James-Stein).
    """
    series, months = values.shape
    if months < SHORTEST_HISTORY:
        return Season(np.ones((series, MONTHS_PER_YEAR)), np.zeros(series))
    whole = np.zeros((months + -months % MONTHS_PER_YEAR, series))
    known = np.zeros(whole.shape, dtype=np.bool_)
    known[-months:] = ~np.isnan(values.T)
    np.copyto(whole[-months:], values.T, where=known[-months:])
    weight = 0.5 ** (np.arange(len(whole) - 1, -1, -1) / (MONTHS_PER_YEAR * half_life_years))
    first = _normed(_Ratios.to(whole, _whole_year(whole, known), known, weight).mean)
    line = _smooth_line(_adjusted_down(whole, known, first), known)
    index, variance = _clipped(_Ratios.to(whole, line, known, weight))
    index, long = _normed(index), length >= SHORTEST_HISTORY
    kept = np.where(long, _kept(index, variance), 0.0)
    shrunk = np.maximum(1.0 + (index - 1.0) * kept, _LEAST_INDEX)
    return Season(np.where(long, shrunk, 1.0).T, kept)


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
    total = _centred_sum(np.where(known, values, 0.0).T, half_span)
    weight = _centred_sum(known.T.astype(np.float64), half_span)
    return np.asarray(np.where(weight > 0.0, total / np.maximum(weight, 0.5), np.nan).T)


def _centred_sum(values: Array, half_span: int) -> Array:
    """Sum over the span with half weights at both ends, months × series; months outside count as zero."""
    months = len(values)
    running = np.zeros((months + 2 * half_span + 1, values.shape[1]))
    np.cumsum(values, axis=0, out=running[half_span + 1 : half_span + 1 + months])
    running[half_span + 1 + months :] = running[half_span + months]
    total = running[2 * half_span + 1 :] - running[:months]
    total += running[2 * half_span : -1]
    total -= running[1 : months + 1]
    total *= 0.5
    return total


@dataclass(frozen=True, kw_only=True, eq=False)
class _Ratios:
    """Values over a trend by calendar month, years × 12 × series; 0 where not usable.

    Attributes:
        ratio, usable: Each of that shape.
        weight: Years × 12.
        total: 12 × series, weight of the usable ratios; 1 where there is none.
        mean: 12 × series, weighted; 1 where no ratio is usable.
    """

    ratio: Array
    usable: BoolArray
    weight: Array
    total: Array
    mean: Array

    @classmethod
    def to(cls, values: Array, trend: Array, known: BoolArray, weight: Array) -> "_Ratios":
        """Ratios of months × series to a trend; months where it is unknown or zero are not usable."""
        usable = known & (np.abs(trend) > 0.0)
        ratio = np.zeros(values.shape)
        np.divide(values, trend, out=ratio, where=usable)
        by_month = (-1, MONTHS_PER_YEAR, values.shape[1])
        ratio, usable, weight = ratio.reshape(by_month), usable.reshape(by_month), weight.reshape(-1, MONTHS_PER_YEAR)
        seen = usable.any(axis=0)
        total = np.where(seen, np.einsum("ym,ymn->mn", weight, usable), 1.0)
        mean = np.where(seen, np.einsum("ym,ymn->mn", weight, ratio) / total, 1.0)
        return cls(ratio=ratio, usable=usable, weight=weight, total=total, mean=mean)


def _whole_year(values: Array, known: BoolArray) -> Array:
    """Average of the year around every month, the outer months at half weight; NaN where it is not known whole."""
    running = np.concatenate([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0)])
    wide = running[MONTHS_PER_YEAR + 1 :] - running[: -MONTHS_PER_YEAR - 1]
    wide += running[MONTHS_PER_YEAR:-1]
    wide -= running[1:-MONTHS_PER_YEAR]
    wide /= 2.0 * MONTHS_PER_YEAR
    average = np.full(values.shape, np.nan)
    np.copyto(average[_HALF_YEAR:-_HALF_YEAR], wide, where=known[:-MONTHS_PER_YEAR])
    return average


def _smooth_line(values: Array, known: BoolArray) -> Array:
    """`centred_average` over the year around every month, months × series; unknown months are given as 0."""
    total = _centred_sum(values, _HALF_YEAR)
    weight = _centred_sum(known.astype(np.float64), _HALF_YEAR)
    return np.asarray(total / np.maximum(weight, 0.5))


def _adjusted_down(values: Array, known: BoolArray, index: Array) -> Array:
    """`seasonally_adjusted` of months × series that begin with the first month of `index` (12 × series)."""
    adjusted = (values.reshape(-1, *index.shape) / index).reshape(values.shape)
    silent = np.flatnonzero(index.min(axis=0) < _LEAST_TELLING)
    if silent.size:
        rows = np.where(known[:, silent], values[:, silent], np.nan).T
        adjusted[:, silent] = np.nan_to_num(seasonally_adjusted(rows, index[:, silent].T)).T
    return np.asarray(adjusted)


def _normed(mean: Array) -> Array:
    """Mean ratios, 12 × series, as indices that are 1 on average and at least 0.01."""
    average = mean.mean(axis=0)
    return np.maximum(mean / np.where(average > 0.0, average, 1.0), _LEAST_INDEX)


def _clipped(ratios: _Ratios) -> tuple[Array, Array]:
    """Mean ratio by calendar month, 12 × series, and the average variance of these means.

    A ratio counts no further from its month's mean than 2.5 standard deviations of the whole series.
    """
    off = ratios.ratio - ratios.mean
    off *= ratios.usable
    count = np.maximum(ratios.usable.sum(axis=(0, 1)), 1)
    furthest = _MOST_DEVIATIONS * np.sqrt(np.einsum("ymn,ymn->n", off, off) / count)
    np.clip(off, -furthest, furthest, out=off)
    moved = np.einsum("ym,ymn->mn", ratios.weight, off) / ratios.total
    off *= off
    spread = np.maximum(np.einsum("ym,ymn->mn", ratios.weight, off) / ratios.total - moved * moved, 0.0)
    squares = np.einsum("ym,ymn->mn", ratios.weight**2, ratios.usable)
    seen = squares > 0.0
    effective_years = ratios.total**2 / np.where(seen, squares, 1.0)
    variance = np.where(seen, spread / np.maximum(effective_years - 1.0, 1.0), 0.0).sum(axis=0)
    return ratios.mean + moved, variance / np.maximum(seen.sum(axis=0), 1)


def _kept(index: Array, variance: Array) -> Array:
    """James-Stein factor of indices, 12 × series: 1 − 1.5·(12 − 3)·variance / Σ(index − 1)², at least 0."""
    size = ((index - 1.0) ** 2).sum(axis=0)
    noise = _NOISE_UNSEEN * (MONTHS_PER_YEAR - 3) * variance / np.where(size > 0.0, size, 1.0)
    return np.asarray(np.clip(1.0 - noise, 0.0, 1.0))
