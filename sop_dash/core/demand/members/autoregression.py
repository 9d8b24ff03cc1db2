"""Autoregression on month-to-month changes: how a change of today echoes in the months to come."""

from collections.abc import Sequence

import numpy as np

from sop_dash.core.demand.portfolio import IntArray
from sop_dash.core.model.arrays import Array

_DRIFT_KEPT = 0.5


def autoregressions(values: Array, length: IntArray, horizon: int, orders: Sequence[int]) -> list[Array]:
    """Forecasts, series × horizon, by an autoregression of each order on first differences; one array an order.

    Half of the mean change is kept as drift: all of it overshoots, none of it misses growth. `values` is
    right-aligned, NaN before the start, without gaps, at least two months a series.
    """
    most = max(orders)
    change = np.diff(values, axis=1)
    count = length - 1
    known = np.arange(change.shape[1]) >= change.shape[1] - count[:, None]
    mean = np.where(known, change, 0.0).sum(axis=1) / count
    centred = np.where(known, change - mean[:, None], 0.0)
    if centred.shape[1] < most:
        centred = np.concatenate([np.zeros((len(values), most - centred.shape[1])), centred], axis=1)
    drift = mean[:, None] * _DRIFT_KEPT
    coefficients = _yule_walker(centred, count, orders)
    return [values[:, -1:] + np.cumsum(_echoes(centred, own, horizon) + drift, axis=1) for own in coefficients]


def _echoes(centred: Array, coefficients: Array, horizon: int) -> Array:
    """Expected changes after the last one, less their mean, series × horizon."""
    order = coefficients.shape[1]
    path = np.concatenate([centred[:, -order:], np.zeros((len(centred), horizon))], axis=1)
    for step in range(horizon):
        path[:, order + step] = np.einsum("ij,ij->i", coefficients, path[:, step : order + step])
    return path[:, order:]


def _yule_walker(centred: Array, count: IntArray, orders: Sequence[int]) -> list[Array]:
    """Coefficients per order, farthest lag first, by one Levinson-Durbin recursion that passes through all orders.

    A correlation over `lag` months is divided by 1 + lag / count: far echoes of short histories are mostly chance.
    """
    most, months = max(orders), centred.shape[1]
    products = [np.einsum("ij,ij->i", centred[:, lag:], centred[:, : months - lag]) for lag in range(most + 1)]
    moments = np.stack(products, axis=1)
    lags = np.arange(most + 1)
    correlation = moments / np.where(moments[:, :1] > 0.0, moments[:, :1], 1.0) / (1.0 + lags / count[:, None])
    found: dict[int, Array] = {}
    coefficients, remaining = np.zeros((len(centred), 0)), np.ones(len(centred))
    for order in range(1, most + 1):
        echo = np.einsum("ij,ij->i", coefficients, correlation[:, 1:order])
        partial = (correlation[:, order] - echo) / remaining
        farther = coefficients - partial[:, None] * coefficients[:, ::-1]
        coefficients = np.concatenate([partial[:, None], farther], axis=1)
        remaining = np.maximum(remaining * (1.0 - partial * partial), 1e-9)
        if order in orders:
            found[order] = coefficients
    return [found[order] for order in orders]
