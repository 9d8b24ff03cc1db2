"""Autoregression on month-to-month changes: how a change of today echoes in the months to come."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sop_dash.core.demand.portfolio import IntArray
from sop_dash.core.model.arrays import Array, BoolArray

LONGEST_ECHO = 24
"""Months over which a change may echo."""

_DRIFT_KEPT = 0.5
_LEAST_REST = 1e-9
_CALM = 8.0
"""Divides the evidence for one order over another: the months of a series are no independent witnesses."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Echoes:
    """Coefficients of the changes, lags × series, farthest lag first.

    Attributes:
        averaged: Mean of the orders 0 to 24, weighted by Akaike's criterion.
        longest: Those of order 24.
        rest: Share of the variance of the changes that `averaged` leaves, per series.
    """

    averaged: Array
    longest: Array
    rest: Array


def echoes(values: Array, known: BoolArray, length: IntArray) -> Echoes:
    """Yule-Walker coefficients of every order by one Levinson-Durbin recursion, and their weighted mean.

    A correlation over `lag` months is divided by 1 + lag / count: far echoes of short histories are mostly chance.

    Args:
        values: Months × series, right-aligned, 0 before the start, no gaps, at least two months a series.
        known: Months × series, False before the start.
        length: Known months of every series.
    """
    count = np.maximum(length - 1, 1)
    correlation = _correlations(_centred_changes(values, known, _mean_change(values, length)), count)
    orders, rest = [np.zeros((0, len(length)))], [np.ones(len(length))]
    for order in range(1, LONGEST_ECHO + 1):
        nearer = orders[-1]
        echo = np.einsum("on,on->n", nearer, correlation[1:order])
        partial = (correlation[order] - echo) / rest[-1]
        orders.append(np.concatenate([partial[None], nearer - partial * nearer[::-1]]))
        rest.append(np.maximum(rest[-1] * (1.0 - partial * partial), _LEAST_REST))
    left = np.stack(rest)
    loss = (0.5 * count * np.log(left) + np.arange(LONGEST_ECHO + 1)[:, None]) / _CALM
    weight = np.exp(loss.min(axis=0) - loss)
    weight /= weight.sum(axis=0)
    averaged = np.zeros((LONGEST_ECHO, len(length)))
    for order, coefficients in enumerate(orders[1:], start=1):
        averaged[LONGEST_ECHO - order :] += weight[order] * coefficients
    return Echoes(averaged=averaged, longest=orders[-1], rest=np.asarray((weight * left).sum(axis=0)))


def echoed(parts: Sequence[tuple[Array, Array]], known: BoolArray, length: IntArray, horizon: int) -> tuple[Array, ...]:
    """Forecasts, horizon × series, of each of several histories (as in `echoes`) with its coefficients.

    They are the echoes of the last changes, and half of the mean change as drift: all of it overshoots, none of it
    misses growth.
    """
    means = [_mean_change(values, length) for values, _ in parts]
    tail = slice(-min(LONGEST_ECHO + 1, len(known)), None)
    recent = [_centred_changes(values[tail], known[tail], mean) for (values, _), mean in zip(parts, means, strict=True)]
    path = np.zeros((LONGEST_ECHO + horizon, len(parts) * len(length)))
    path[LONGEST_ECHO - len(recent[0]) : LONGEST_ECHO] = np.hstack(recent)
    coefficients = np.hstack([own for _, own in parts])
    for step in range(horizon):
        path[LONGEST_ECHO + step] = np.einsum("ij,ij->j", coefficients, path[step : LONGEST_ECHO + step])
    ahead = path[LONGEST_ECHO:]
    ahead += np.concatenate(means) * _DRIFT_KEPT
    ends = np.concatenate([values[-1] for values, _ in parts])
    return tuple(np.hsplit(ends + np.cumsum(ahead, axis=0), len(parts)))


def variance_of_changes(values: Array, known: BoolArray, length: IntArray) -> Array:
    """Variance of the month-to-month changes, one value a series."""
    centred = _centred_changes(values, known, _mean_change(values, length))
    return np.asarray(np.einsum("tn,tn->n", centred, centred) / np.maximum(length - 1, 1))


def _mean_change(values: Array, length: IntArray) -> Array:
    first = values[len(values) - length, np.arange(len(length))]
    return np.asarray((values[-1] - first) / np.maximum(length - 1, 1))


def _centred_changes(values: Array, known: BoolArray, mean: Array) -> Array:
    """Changes from month to month less their mean, (months − 1) × series; 0 where a side is unknown."""
    change = values[1:] - values[:-1]
    change -= mean
    change *= known[:-1]
    return np.asarray(change)


def _correlations(centred: Array, count: IntArray) -> Array:
    """Correlations of changes 0 to 24 months apart, lags × series, damped as `echoes` says."""
    months, series = centred.shape
    moments = np.zeros((LONGEST_ECHO + 1, series))
    for lag in range(min(LONGEST_ECHO, months - 1) + 1):
        np.einsum("tn,tn->n", centred[lag:], centred[: months - lag], out=moments[lag])
    lags = np.arange(LONGEST_ECHO + 1)[:, None]
    return np.asarray(moments / np.where(moments[0] > 0.0, moments[0], 1.0) / (1.0 + lags / count))
