"""Measures of forecasts against what happened: one definition each, for every room of the core.

All take `actual` and `forecast` of one shape and reduce the last axis (months). The error is forecast − actual, so a
positive bias is over-forecasting. Pairs with an unknown side are left out; without any pair the measure is NaN.
Ratios are fractions. Sources: Hyndman & Koehler 2006 (MASE), Makridakis et al. (sMAPE of the M4 competition).
"""

from typing import Any, NamedTuple

import numpy as np

from sop_dash.core.model.arrays import Array, ratio_or_nan


class Mape(NamedTuple):
    """MAPE with its population.

    Attributes:
        ratio: Mean of |error| / |actual| over months with sales; NaN when there is none.
        months: How many pairs it covers.
        excluded: How many pairs were left out because nothing was sold.
    """

    ratio: Array
    months: Array
    excluded: Array


def pairs(actual: Any, forecast: Any) -> tuple[Array, Array]:
    """Both sides as arrays with NaN wherever either side is unknown."""
    a, f = np.broadcast_arrays(np.asarray(actual, dtype=np.float64), np.asarray(forecast, dtype=np.float64))
    unknown = np.isnan(a) | np.isnan(f)
    return np.where(unknown, np.nan, a), np.where(unknown, np.nan, f)


def pair_count(actual: Any, forecast: Any) -> Array:
    """How many months have both sides."""
    a, _ = pairs(actual, forecast)
    return np.asarray(np.sum(~np.isnan(a), axis=-1), dtype=np.float64)


def wape(actual: Any, forecast: Any) -> Array:
    """Weighted error: Σ|error| / Σ|actual|, ratio; NaN when nothing was sold. The headline of accuracy."""
    a, f = pairs(actual, forecast)
    return ratio_or_nan(np.nansum(np.abs(f - a), axis=-1), np.nansum(np.abs(a), axis=-1))


def accuracy(actual: Any, forecast: Any) -> Array:
    """Forecast accuracy: 1 − WAPE, never below 0 (SCOR RL.3.37); NaN where WAPE is."""
    return np.asarray(np.maximum(0.0, 1.0 - wape(actual, forecast)))


def mape(actual: Any, forecast: Any) -> Mape:
    """Mean absolute ratio of the error over the months in which something was sold, with the months left out."""
    a, f = pairs(actual, forecast)
    known, sold = ~np.isnan(a), ~np.isnan(a) & (a != 0.0)
    share = np.where(sold, np.abs(ratio_or_nan(f - a, a)), 0.0)
    months = np.asarray(sold.sum(axis=-1), dtype=np.float64)
    excluded = np.asarray((known & ~sold).sum(axis=-1), dtype=np.float64)
    return Mape(ratio_or_nan(share.sum(axis=-1), months), months, excluded)


def smape(actual: Any, forecast: Any) -> Array:
    """Symmetric MAPE: mean of 2·|error| / (|actual| + |forecast|), 0…2; a month with both sides zero counts as 0."""
    a, f = pairs(actual, forecast)
    both = np.abs(a) + np.abs(f)
    share = np.where(both == 0.0, 0.0, ratio_or_nan(2.0 * np.abs(f - a), both))
    return ratio_or_nan(np.nansum(share, axis=-1), pair_count(a, f))


def bias_ratio(actual: Any, forecast: Any) -> Array:
    """Bias: Σ error / Σ actual, ratio; positive is over-forecasting; NaN when actuals add to zero."""
    a, f = pairs(actual, forecast)
    return ratio_or_nan(np.nansum(f - a, axis=-1), np.nansum(a, axis=-1))


def bias_units(actual: Any, forecast: Any) -> Array:
    """Mean error in the unit of the data; positive is over-forecasting."""
    a, f = pairs(actual, forecast)
    return ratio_or_nan(np.nansum(f - a, axis=-1), pair_count(a, f))


def mad(actual: Any, forecast: Any) -> Array:
    """Mean absolute error in the unit of the data."""
    a, f = pairs(actual, forecast)
    return ratio_or_nan(np.nansum(np.abs(f - a), axis=-1), pair_count(a, f))


def rmse(actual: Any, forecast: Any) -> Array:
    """Root of the mean squared error, in the unit of the data; feeds safety stock."""
    a, f = pairs(actual, forecast)
    return np.sqrt(ratio_or_nan(np.nansum((f - a) ** 2, axis=-1), pair_count(a, f)))


def mase(actual: Any, forecast: Any, training: Any, *, season: int = 12) -> Array:
    """MAE over the mean |step of `season` months| of the training window; NaN when that is zero or unknown.

    `training` ends before the months judged. Its last axis is months; with `season` months or fewer it gives NaN.
    """
    past = np.asarray(training, dtype=np.float64)
    steps = np.abs(past[..., season:] - past[..., :-season])
    scale = ratio_or_nan(np.nansum(steps, axis=-1), np.sum(~np.isnan(steps), axis=-1))
    return ratio_or_nan(mad(actual, forecast), scale)


def tracking_signal(actual: Any, forecast: Any) -> Array:
    """Running Σ error / MAD, both over the months up to each month; same shape as the input.

    0 where the MAD is 0; NaN before the first pair. Alarm outside ±4. Give a window of months (the last twelve, or
    those since the model changed) by cutting the input: over a long history the signal only grows.
    """
    a, f = pairs(actual, forecast)
    error = f - a
    count = np.cumsum(~np.isnan(error), axis=-1)
    running = ratio_or_nan(np.nancumsum(np.abs(error), axis=-1), count)
    signal = ratio_or_nan(np.nancumsum(error, axis=-1), running)
    return np.where(running == 0.0, 0.0, signal)
