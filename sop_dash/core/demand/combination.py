"""The default point forecast: the median of five members, and how wide its errors usually are.

Combining is steadier than picking: the best member per series by back-test was worse on every public set tried.
"""

from collections.abc import Sequence

import numpy as np

from sop_dash.core.demand.members.autoregression import autoregression
from sop_dash.core.demand.members.damped import damped_holt
from sop_dash.core.demand.members.theta import theta
from sop_dash.core.demand.portfolio import MONTHS_PER_YEAR, IntArray, pack
from sop_dash.core.demand.seasonality import by_column, seasonal_indices
from sop_dash.core.model.arrays import Array

_LEAST_FOR_LOGS = 0.02
_LEAST_VALUE = 1e-2
_LOG_RANGE = (-7.0, 4.0)
_GROWTH_IN_WIDTH = (0.05, 20.0)


def point_forecasts(histories: Sequence[Array], horizon: int) -> tuple[Array, Array]:
    """Mean forecast and width scale, both series × horizon, in the unit and order of `histories` (no NaN inside)."""
    portfolio = pack(histories)
    values, length = portfolio.values, portfolio.length
    months = values.shape[1]
    indices = seasonal_indices(values, length)
    adjusted = values / by_column(indices, 0, months)
    level = np.nanmean(adjusted, axis=1)
    forecasts, error = _median_of_five(adjusted, length, level, horizon)
    forecasts = forecasts * by_column(indices, months, horizon)
    yearly = np.abs(values[:, MONTHS_PER_YEAR:] - values[:, :-MONTHS_PER_YEAR])
    count = np.maximum(length - MONTHS_PER_YEAR, 0)
    naive_error = np.where(count > 0, np.nansum(yearly, axis=1) / np.maximum(count, 1), error)
    growth = np.clip(forecasts / np.maximum(level, 1e-9)[:, None], *_GROWTH_IN_WIDTH)
    width = np.sqrt(error * np.maximum(naive_error, 1e-9))[:, None] * np.sqrt(growth)
    return portfolio.restored(forecasts), portfolio.restored(width)


def _median_of_five(adjusted: Array, length: IntArray, level: Array, horizon: int) -> tuple[Array, Array]:
    """Median of theta, damped Holt, AR, theta on logs and AR on logs; and the one-step error.

    Logs serve only where all values are well above zero.
    """
    on_logs = (np.nanmin(adjusted, axis=1) > _LEAST_FOR_LOGS * level)[:, None]
    logs = np.log(np.maximum(adjusted, _LEAST_VALUE))
    straight, (fading, error), echo = (
        theta(adjusted, length, horizon),
        damped_holt(adjusted, length, horizon),
        autoregression(adjusted, horizon),
    )
    log_straight = np.where(on_logs, _exp(theta(logs, length, horizon)), straight)
    log_echo = np.where(on_logs, _exp(autoregression(logs, horizon)), echo)
    return np.median([straight, fading, echo, log_straight, log_echo], axis=0), error


def _exp(logs: Array) -> Array:
    return np.asarray(np.exp(np.clip(logs, *_LOG_RANGE)))
