"""The default point forecast: the median of six models, and how wide its errors usually are.

Combining is steadier than picking: the best model per series by back-test was worse on every public set tried. The
models differ on purpose: straight and fading trends, echoes over one and two years, with and without logs, and one that
finds the season in the echoes instead of taking it off first.
"""

from collections.abc import Callable, Iterable

import numpy as np

from sop_dash.core.demand.members.autoregression import autoregressions
from sop_dash.core.demand.members.damped import damped_holt
from sop_dash.core.demand.members.theta import theta
from sop_dash.core.demand.portfolio import MONTHS_PER_YEAR, IntArray
from sop_dash.core.demand.seasonality import SHORTEST_HISTORY, over_horizon, seasonal_indices, seasonally_adjusted
from sop_dash.core.model.arrays import Array, BoolArray

_BLOCK = 512
"""Series worked on together: little memory for a large portfolio, and arrays that stay in the processor's cache."""

MEMBERS = (
    "straight line and level (theta)",
    "theta on logs",
    "fading trend (damped Holt)",
    "echoes of one year",
    "echoes of two years",
    "echoes with their season",
)
"""The models, in the order in which they are worked out."""

_ECHO_MONTHS = (12, 24)
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
    blocks = [slice(start, start + _BLOCK) for start in range(0, len(values), _BLOCK)]
    cut = [values[block] for block in blocks], [length[block] for block in blocks]
    parts = list(each(_of_block, *cut, [horizon] * len(blocks)))
    return np.concatenate([mean for mean, _ in parts]), np.concatenate([width for _, width in parts])


def _of_block(values: Array, length: IntArray, horizon: int) -> tuple[Array, Array]:
    size = _size(values, length)
    scaled = values / size
    indices = seasonal_indices(scaled, length)
    adjusted = seasonally_adjusted(scaled, indices)
    level = np.where(np.isnan(adjusted), 0.0, adjusted).sum(axis=1) / length
    forecasts, error = _median_of_six(scaled, adjusted, length, over_horizon(indices, horizon))
    growth = np.clip(forecasts / np.maximum(level, _LEAST_LEVEL)[:, None], *_GROWTH_IN_WIDTH)
    spread = np.maximum(np.sqrt(error * _yearly_change(scaled, length, error)), _LEAST_SPREAD)
    return forecasts * size, spread[:, None] * np.sqrt(growth) * size


def member_forecasts(values: Array, length: IntArray, horizon: int) -> dict[str, Array]:
    """Forecasts of the models one by one, series × horizon each; arguments as in `point_forecasts`."""
    size = _size(values, length)
    scaled = values / size
    indices = seasonal_indices(scaled, length)
    adjusted = seasonally_adjusted(scaled, indices)
    made, _ = _members(scaled, adjusted, length, over_horizon(indices, horizon))
    return {name: part * size for name, part in zip(MEMBERS, made, strict=True)}


def _size(values: Array, length: IntArray) -> Array:
    """Mean size of the months of every series, series × 1; 1 where all are zero."""
    size = np.where(np.isnan(values), 0.0, np.abs(values)).sum(axis=1) / length
    return np.asarray(np.where(size > 0.0, size, 1.0)[:, None])


def _median_of_six(scaled: Array, adjusted: Array, length: IntArray, season: Array) -> tuple[Array, Array]:
    """Median of the models, series × horizon, and the one-step error of the seasonally adjusted histories."""
    members, error = _members(scaled, adjusted, length, season)
    return np.sort(members, axis=0)[2:4].mean(axis=0), error


def _members(scaled: Array, adjusted: Array, length: IntArray, season: Array) -> tuple[Array, Array]:
    """Forecasts of the models, 6 × series × horizon in the order of `MEMBERS`, and the one-step error of damped Holt.

    `season` is the index of every month ahead. Where logs do not serve, the same model works on the values.
    """
    series, horizon = season.shape
    on_logs = _logs_serve(adjusted, length)[:, None]
    logs = np.log(np.maximum(adjusted, _LEAST_VALUE))
    twice = np.concatenate([length, length])
    lines = theta(np.concatenate([adjusted, logs]), twice, horizon)
    straight, fading = lines[:series], damped_holt(adjusted, length, horizon)
    log_straight = np.where(on_logs, _exp(lines[series:]), straight)
    both = np.concatenate([_logs_where(on_logs, adjusted), _logs_where(on_logs, scaled)])
    of_one_year, of_two_years = autoregressions(both, twice, horizon, _ECHO_MONTHS)
    echoes = [np.where(on_logs, _exp(part), part) for part in (of_one_year[:series], of_two_years[:series])]
    unadjusted = np.where(on_logs, _exp(of_two_years[series:]), of_two_years[series:])
    taken_off = [straight, log_straight, fading[0], *echoes]
    return np.stack([*(member * season for member in taken_off), unadjusted]), fading[1]


def _logs_serve(adjusted: Array, length: IntArray) -> BoolArray:
    """Whether logs are safe: over 24 months, all well above zero, and neither fast growth nor fast decline.

    Logs would carry a year of fast growth on for ever, as a rate.
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
    return np.asarray(safe & (np.abs(growth) < _FAST_GROWTH))


def _logs_where(on_logs: BoolArray, values: Array) -> Array:
    return np.asarray(np.where(on_logs, np.log(np.maximum(values, _LEAST_VALUE)), values))


def _exp(logs: Array) -> Array:
    return np.asarray(np.exp(np.clip(logs, *_LOG_RANGE)))


def _yearly_change(scaled: Array, length: IntArray, otherwise: Array) -> Array:
    """Mean absolute change from a year before; `otherwise` where no month has a year before."""
    count = np.maximum(length - MONTHS_PER_YEAR, 0)
    change = np.abs(scaled[:, MONTHS_PER_YEAR:] - scaled[:, :-MONTHS_PER_YEAR])
    total = np.where(np.isnan(change), 0.0, change).sum(axis=1)
    return np.asarray(np.where(count > 0, total / np.maximum(count, 1), otherwise))
