"""The default point forecast: the median of four models, and how wide its errors usually are.

Combining is steadier than picking: the best model per series by back-test was worse on every public set tried. The
models differ on purpose: a trend and echoes of past changes, each once on logs and once on values; the trend straight
or fading, the echoes of one order or the average of all.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np

from sop_dash.core.demand.members.autoregression import changes, echoed, echoes
from sop_dash.core.demand.members.damped import damped_holt
from sop_dash.core.demand.members.theta import theta
from sop_dash.core.demand.portfolio import MONTHS_PER_YEAR, IntArray
from sop_dash.core.demand.seasonality import (
    HALF_LIFE_YEARS,
    SHORTEST_HISTORY,
    estimated_season,
    over_horizon,
    seasonally_adjusted,
)
from sop_dash.core.model.arrays import Array, BoolArray

_BLOCK = 512
"""Series worked on together: little memory for a large portfolio, and arrays that stay in the processor's cache."""

MEMBERS = (
    "straight line and level (theta), on logs",
    "fading trend (damped Holt)",
    "echoes of a year, on logs",
    "echoes, orders averaged",
)
"""The models, in the order in which they are worked out."""

_LEAST_FOR_LOGS = 0.02
_LEAST_VALUE = 1e-2
_FAST_GROWTH = float(np.log(2.0))
"""Doubling in a year, as a log."""
_LOG_RANGE = (-7.0, 4.0)
_GROWTH_IN_WIDTH = (0.05, 20.0)
_LEAST_LEVEL = 1e-9
_LEAST_SPREAD = 0.005
"""Width scale of a history without any error, as a ratio of its size: nothing is known better than that."""


Each = Callable[..., Iterable[tuple[Array, Array]]]
"""`map`, or one that spreads the same calls over processes and returns the answers in the same order."""


def point_forecasts(values: Array, length: IntArray, horizon: int, each: Each = map) -> tuple[Array, Array]:
    """Forecast and width scale of every series, both series × horizon, in the unit of the series.

    `values` is series × months, right-aligned, NaN before the start, without gaps, at least two months a series. The
    blocks of series are the same whoever works on them, so `each` does not change the answer.
    """
    blocks = -(-len(values) // _BLOCK)
    cut = np.array_split(values, blocks), np.array_split(length, blocks)
    parts = list(each(_of_block, *cut, [horizon] * blocks))
    return np.concatenate([mean for mean, _ in parts]), np.concatenate([width for _, width in parts])


def _of_block(values: Array, length: IntArray, horizon: int) -> tuple[Array, Array]:
    made = _members(values, length, horizon)
    middle = np.ascontiguousarray(median(made.forecasts).T)
    growth = np.clip(middle / np.maximum(made.level, _LEAST_LEVEL)[:, None], *_GROWTH_IN_WIDTH)
    return middle, made.spread[:, None] * np.sqrt(growth)


def median(made: Array) -> Array:
    """Mean of the two inner ones of four models, the first axis of their forecasts."""
    first, second, third, fourth = made
    lower = np.maximum(np.minimum(first, second), np.minimum(third, fourth))
    upper = np.minimum(np.maximum(first, second), np.maximum(third, fourth))
    return np.asarray(0.5 * (lower + upper))


def member_forecasts(
    values: Array, length: IntArray, horizon: int, half_life_years: float = HALF_LIFE_YEARS
) -> dict[str, Array]:
    """Forecasts of the models one by one, series × horizon each; arguments as in `point_forecasts`."""
    made = _members(values, length, horizon, half_life_years).forecasts
    return {name: np.ascontiguousarray(part.T) for name, part in zip(MEMBERS, made, strict=True)}


class _Made(NamedTuple):
    """Forecasts of the models, 4 × horizon × series in the order of `MEMBERS`; mean and usual error of each series."""

    forecasts: Array
    level: Array
    spread: Array


def _members(values: Array, length: IntArray, horizon: int, half_life_years: float = HALF_LIFE_YEARS) -> _Made:
    """The models on the seasonally adjusted history. Where logs do not serve, the same model works on the values."""
    size = _size(values, length)
    scaled = values / size
    indices, kept = estimated_season(scaled, length, half_life_years)
    adjusted = seasonally_adjusted(scaled, indices)
    on_logs = _logs_serve(adjusted, length)
    known = ~np.isnan(adjusted.T)
    levels = np.zeros(known.shape)
    np.copyto(levels, adjusted.T, where=known)
    logs = np.log(np.maximum(levels, _LEAST_VALUE)) * known
    of_logs = np.where(on_logs, logs, levels)
    of_changes, of_log_changes = changes(levels, known, length), changes(of_logs, known, length)
    found = echoes(of_log_changes)
    line = theta(of_logs, known, length, horizon)
    year, averaged = echoed(((of_log_changes, found.of_a_year), (of_changes, found.averaged)), horizon)
    line, year = (np.where(on_logs, np.exp(np.clip(part, *_LOG_RANGE)), part) for part in (line, year))
    made = np.stack([line, damped_holt(levels, known, length, horizon), year, averaged])
    made *= over_horizon(indices, horizon).T
    made *= size[:, 0]
    fitted = found.rest * of_changes.variance
    error = np.sqrt(fitted * beyond_sample(length, kept))
    spread = np.maximum(np.sqrt(error * _yearly_change(scaled, length, error)), _LEAST_SPREAD)
    return _Made(forecasts=made, level=levels.sum(axis=0) / length * size[:, 0], spread=spread * size[:, 0])


def _size(values: Array, length: IntArray) -> Array:
    """Mean size of the months of every series, series × 1; 1 where all are zero."""
    size = np.where(np.isnan(values), 0.0, np.abs(values)).sum(axis=1) / length
    return np.asarray(np.where(size > 0.0, size, 1.0)[:, None])


def _logs_serve(adjusted: Array, length: IntArray) -> BoolArray:
    """Whether logs are safe: over 24 months, all well above zero, and no fast growth.

    Logs would carry a year of fast growth on for ever, as a rate. Decline they carry on as a rate too, which slows down
    and never falls below zero, where a straight line soon would.
    """
    series, months = adjusted.shape
    if months < SHORTEST_HISTORY:
        return np.zeros(series, dtype=bool)
    lowest = np.where(np.isnan(adjusted), np.inf, adjusted).min(axis=1)
    start = np.minimum((months - length)[:, None] + np.arange(MONTHS_PER_YEAR), months - 1)
    first, last = np.take_along_axis(adjusted, start, axis=1).mean(axis=1), adjusted[:, -MONTHS_PER_YEAR:].mean(axis=1)
    safe = (lowest > _LEAST_FOR_LOGS) & (length >= SHORTEST_HISTORY)
    years = np.maximum(length - MONTHS_PER_YEAR, 1) / MONTHS_PER_YEAR
    growth = np.log(np.where(safe, last, 1.0) / np.where(safe, first, 1.0)) / years
    return np.asarray(safe & (growth < _FAST_GROWTH))


def beyond_sample(length: IntArray, kept: Array) -> Array:
    """Variance of errors on months to come over that on the months a season was fitted to, a ratio a series.

    Source: Akaike's final prediction error (1969), (n + p)/(n − p) for p parameters and n months; a season shrunk to a
    share counts with that share of its twelve. Without it the bands of strongly seasonal histories of two to four years
    hold 3 to 6 points less than those of others.
    """
    parameters = MONTHS_PER_YEAR * kept
    return np.asarray((length + parameters) / (length - parameters))


def _yearly_change(scaled: Array, length: IntArray, otherwise: Array) -> Array:
    """Mean absolute change from a year before; `otherwise` where no month has a year before."""
    count = np.maximum(length - MONTHS_PER_YEAR, 0)
    change = np.abs(scaled[:, MONTHS_PER_YEAR:] - scaled[:, :-MONTHS_PER_YEAR])
    total = np.where(np.isnan(change), 0.0, change).sum(axis=1)
    return np.asarray(np.where(count > 0, total / np.maximum(count, 1), otherwise))
