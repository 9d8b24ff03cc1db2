"""Autoregression on month-to-month changes: how a change of today echoes in the next twelve months."""

import numpy as np

from sop_dash.core.demand.portfolio import IntArray
from sop_dash.core.model.arrays import Array

_ORDER = 12
_DRIFT_KEPT = 0.5


def autoregression(values: Array, horizon: int) -> Array:
    """Forecasts, series × horizon, of seasonally adjusted histories by a ridge Yule-Walker AR(12) on first differences.

    Half of the mean change is kept as drift: all of it overshoots, none of it misses growth.
    """
    change = np.diff(values, axis=1)
    known = ~np.isnan(change)
    count = np.maximum(known.sum(axis=1), 1)
    mean = np.where(known, change, 0.0).sum(axis=1) / count
    centred = np.where(known, change - mean[:, None], 0.0)
    if centred.shape[1] < _ORDER:
        centred = np.concatenate([np.zeros((len(values), _ORDER - centred.shape[1])), centred], axis=1)
    coefficients = _yule_walker(centred, count)
    path = np.concatenate([centred[:, -_ORDER:], np.zeros((len(values), horizon))], axis=1)
    for step in range(horizon):
        path[:, _ORDER + step] = (coefficients * path[:, step : _ORDER + step][:, ::-1]).sum(axis=1)
    return np.asarray(values[:, -1:] + np.cumsum(path[:, _ORDER:] + mean[:, None] * _DRIFT_KEPT, axis=1))


def _yule_walker(centred: Array, count: IntArray) -> Array:
    """Coefficients of lags 1 … 12; the ridge grows with the lag and falls with the length of the history."""
    months = centred.shape[1]
    products = [(centred[:, lag:] * centred[:, : months - lag]).sum(axis=1) for lag in range(_ORDER + 1)]
    covariance = np.stack(products, axis=1) / count[:, None]
    correlation = covariance / np.where(covariance[:, :1] > 0.0, covariance[:, :1], 1.0)
    lags = np.arange(_ORDER)
    ridge = np.eye(_ORDER) * (np.arange(1, _ORDER + 1) / count[:, None])[:, None]
    system = correlation[:, np.abs(lags[:, None] - lags)] + ridge
    return np.asarray(np.linalg.solve(system, correlation[:, 1:, None])[..., 0])
