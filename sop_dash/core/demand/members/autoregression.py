"""Autoregression on month-to-month changes: how a change of today echoes in the months to come."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sop_dash.core.demand.members.line import slope
from sop_dash.core.demand.portfolio import MONTHS_PER_YEAR, IntArray
from sop_dash.core.model.arrays import Array, BoolArray

LONGEST_ECHO = 24
"""Months over which a change may echo."""

_HALF_TRUSTED_MONTHS = 180.0
_STEADY = 100.0
_MOST_WORTH = 8.0
_LEAST_REST = 1e-9
_LEAST_VARIANCE = 1e-12
_CALM = 8.0
"""Divides the evidence for one order over another: the months of a series are no independent witnesses."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Changes:
    """Month-to-month changes of histories, in the unit of the histories.

    Attributes:
        centred: (Months − 1) × series, less their mean; 0 where a side is unknown.
        count: Changes known of every series, at least 1.
        variance: Of the changes, per series.
        end: Last month of every history.
        drift: What a forecast keeps of the growth a month.
    """

    centred: Array
    count: IntArray
    variance: Array
    end: Array
    drift: Array


def changes(values: Array, known: BoolArray, length: IntArray) -> Changes:
    """Changes of histories that are months × series, right-aligned, 0 before the start, no gaps.

    The drift is n / (n + 180) of the slope of the straight line through n months: all of it overshoots, none of it
    misses growth, and a short slope is mostly chance. Months of steady growth count for more, 1 + t² / 100 up to eight
    times, t being the slope over its standard error among the changes. The line leans less on its two ends than the
    mean change does.

    Args:
        values: The histories.
        known: Months × series, False before the start.
        length: Known months of every series.
    """
    count = np.maximum(length - 1, 1)
    first = values[len(values) - length, np.arange(len(length))]
    centred = values[1:] - values[:-1]
    centred -= (values[-1] - first) / count
    centred *= known[:-1]
    variance = np.einsum("tn,tn->n", centred, centred) / count
    gain = slope(values, length)
    squared_t = count * gain * gain / np.maximum(variance, _LEAST_VARIANCE)
    worth = length * np.minimum(1.0 + squared_t / _STEADY, _MOST_WORTH)
    drift = gain * worth / (worth + _HALF_TRUSTED_MONTHS)
    return Changes(centred=centred, count=count, variance=variance, end=values[-1], drift=drift)


@dataclass(frozen=True, kw_only=True, eq=False)
class Echoes:
    """Coefficients of the changes, lags × series, farthest lag first.

    Attributes:
        averaged: Mean of the orders 0 to 24, weighted by Akaike's criterion.
        of_a_year: Those of order 12; 0 for farther lags.
        rest: Share of the variance of the changes that `averaged` leaves, per series.
    """

    averaged: Array
    of_a_year: Array
    rest: Array


def echoes(given: Changes) -> Echoes:
    """Yule-Walker coefficients of every order by one Levinson-Durbin recursion, and their weighted mean.

    A correlation over `lag` months is divided by 1 + lag / count: far echoes of short histories are mostly chance.
    """
    correlation = _correlations(given)
    series = len(given.count)
    orders, rest = [np.zeros((0, series))], [np.ones(series)]
    for order in range(1, LONGEST_ECHO + 1):
        nearer = orders[-1]
        echo = np.einsum("on,on->n", nearer, correlation[1:order])
        partial = (correlation[order] - echo) / rest[-1]
        orders.append(np.concatenate([partial[None], nearer - partial * nearer[::-1]]))
        rest.append(np.maximum(rest[-1] * (1.0 - partial * partial), _LEAST_REST))
    left = np.stack(rest)
    loss = (0.5 * given.count * np.log(left) + np.arange(LONGEST_ECHO + 1)[:, None]) / _CALM
    weight = np.exp(loss.min(axis=0) - loss)
    weight /= weight.sum(axis=0)
    averaged, of_a_year = (np.zeros((LONGEST_ECHO, series)) for _ in range(2))
    for order, coefficients in enumerate(orders[1:], start=1):
        averaged[LONGEST_ECHO - order :] += weight[order] * coefficients
    of_a_year[LONGEST_ECHO - MONTHS_PER_YEAR :] = orders[MONTHS_PER_YEAR]
    return Echoes(averaged=averaged, of_a_year=of_a_year, rest=np.asarray((weight * left).sum(axis=0)))


def echoed(parts: Sequence[tuple[Changes, Array]], horizon: int) -> tuple[Array, ...]:
    """Forecasts, horizon × series, of each of several histories with its coefficients (lags × series).

    They are the echoes of the last changes and the drift.
    """
    recent = np.hstack([own.centred[-LONGEST_ECHO:] for own, _ in parts])
    coefficients = np.hstack([own for _, own in parts])
    path = np.zeros((LONGEST_ECHO + horizon, recent.shape[1]))
    path[LONGEST_ECHO - len(recent) : LONGEST_ECHO] = recent
    for step in range(horizon):
        path[LONGEST_ECHO + step] = np.einsum("ij,ij->j", coefficients, path[step : LONGEST_ECHO + step])
    ahead = path[LONGEST_ECHO:]
    ahead += np.concatenate([own.drift for own, _ in parts])
    ends = np.concatenate([own.end for own, _ in parts])
    return tuple(np.hsplit(ends + np.cumsum(ahead, axis=0), len(parts)))


def _correlations(given: Changes) -> Array:
    """Correlations of changes 0 to 24 months apart, lags × series, damped as `echoes` says."""
    months, series = given.centred.shape
    moments = np.zeros((LONGEST_ECHO + 1, series))
    moments[0] = given.variance * given.count
    for lag in range(1, min(LONGEST_ECHO, months - 1) + 1):
        np.einsum("tn,tn->n", given.centred[lag:], given.centred[: months - lag], out=moments[lag])
    lags = np.arange(LONGEST_ECHO + 1)[:, None]
    return np.asarray(moments / np.where(moments[0] > 0.0, moments[0], 1.0) / (1.0 + lags / given.count))
