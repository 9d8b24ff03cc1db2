"""Forecast metrics: how far and to which side forecasts were off.

The error is forecast less actual: positive is over-forecast. Ratios are fractions (0.1 is 10 %), sMAPE included (0 to
2). Pairs with a missing side are dropped and counted. A metric without a valid pair, or with a divisor of zero, is NaN.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array, ratio_or_nan

TRACKING_ALARM = 4.0
"""A tracking signal outside ±4 says that the errors lean to one side."""


@dataclass(frozen=True, kw_only=True)
class Accuracy:
    """All metrics of one set of pairs.

    Attributes:
        pairs: Pairs with both sides known.
        dropped: Pairs with a side missing.
        wape_ratio: Σ|e| / Σ|A|, the headline.
        accuracy_ratio: max(0, 1 − WAPE).
        mape_ratio: Mean of |e| / |A| over actuals other than zero.
        mape_excluded: Pairs left out of MAPE because the actual is zero.
        smape_ratio: Mean of 2·|e| / (|A| + |F|); 0 where both are zero.
        bias_units: Mean error.
        bias_ratio: Σe / ΣA.
        mad_units: Mean absolute error.
        rmse_units: Root of the mean squared error.
        tracking_signal: Running sum of errors over their mean absolute size at the last pair.
    """

    pairs: int
    dropped: int
    wape_ratio: float
    accuracy_ratio: float
    mape_ratio: float
    mape_excluded: int
    smape_ratio: float
    bias_units: float
    bias_ratio: float
    mad_units: float
    rmse_units: float
    tracking_signal: float


def accuracy(forecast: Array, actual: Array) -> Accuracy:
    """All metrics of pairs of any equal shape, taken in C order (which only the tracking signal minds)."""
    predicted, happened = np.ravel(forecast).astype(np.float64), np.ravel(actual).astype(np.float64)
    known = ~(np.isnan(predicted) | np.isnan(happened))
    predicted, happened = predicted[known], happened[known]
    pairs = int(known.sum())
    error = predicted - happened
    size = np.abs(error)
    sold = happened != 0.0
    wape = _ratio(size.sum(), np.abs(happened).sum())
    signal = tracking_signal(predicted, happened)
    return Accuracy(
        pairs=pairs,
        dropped=int(known.size - pairs),
        wape_ratio=wape,
        accuracy_ratio=max(0.0, 1.0 - wape) if pairs and not np.isnan(wape) else np.nan,
        mape_ratio=_mean(size[sold] / np.abs(happened[sold])),
        mape_excluded=int(pairs - sold.sum()),
        smape_ratio=_mean(symmetric_errors(predicted, happened)),
        bias_units=_mean(error),
        bias_ratio=_ratio(error.sum(), happened.sum()),
        mad_units=_mean(size),
        rmse_units=float(np.sqrt(_mean(error * error))),
        tracking_signal=float(signal[-1]) if pairs else np.nan,
    )


def symmetric_errors(forecast: Array, actual: Array) -> Array:
    """2·|F − A| / (|A| + |F|) element by element, 0 to 2; 0 where both are zero, NaN where a side is unknown."""
    whole = np.abs(actual) + np.abs(forecast)
    return np.asarray(np.where(whole == 0.0, 0.0, 2.0 * np.abs(forecast - actual) / np.where(whole == 0.0, 1.0, whole)))


def tracking_signal(forecast: Array, actual: Array, window: int | None = None) -> Array:
    """Sum of the errors so far over their mean absolute size so far, one value a pair (no NaN), in units of that size.

    With `window` both look back that many pairs only. 0 where all errors so far are zero. Restart it, by passing the
    pairs since, when the model changes. Source: Heizer and Render, with the sign of this module.
    """
    error = np.asarray(forecast, dtype=np.float64) - np.asarray(actual, dtype=np.float64)
    total, size = _running(error, window), _running(np.abs(error), window)
    count = np.minimum(np.arange(1, error.size + 1), window or error.size)
    deviation = size / np.maximum(count, 1)
    return np.asarray(np.where(deviation > 0.0, total / np.where(deviation > 0.0, deviation, 1.0), 0.0))


def scaled_error(forecast: Array, actual: Array, training: Array, season: int = 12) -> float:
    """MASE: mean absolute error over the mean change from `season` months before, in the training months.

    NaN where no training month has one before it or nothing ever changed. Source: Hyndman and Koehler (2006).
    """
    error = np.abs(np.asarray(forecast, dtype=np.float64) - np.asarray(actual, dtype=np.float64))
    return _ratio(_mean(error[~np.isnan(error)]), naive_change(training, season))


def naive_change(training: Array, season: int = 12) -> float:
    """Mean absolute change from `season` months before over the known training months; NaN where there is none."""
    history = np.asarray(training, dtype=np.float64)
    change = np.abs(history[season:] - history[:-season])
    return _mean(change[~np.isnan(change)])


def detailed_and_aggregate_wape(forecast: Array, actual: Array) -> tuple[float, float]:
    """WAPE of items × months with every item's error counted, and of the sums over items, where errors offset.

    Months in which any item is unknown on either side are left out of both. Detailed is never below aggregate.
    """
    known = ~np.isnan(forecast + actual).any(axis=0)
    predicted, happened = forecast[:, known], actual[:, known]
    detailed = _ratio(np.abs(predicted - happened).sum(), np.abs(happened).sum())
    whole = np.abs(happened).sum()
    return detailed, _ratio(np.abs((predicted - happened).sum(axis=0)).sum(), whole)


def overall_weighted_average(forecast: Array, naive2: Array, actual: Array, scale: Array) -> float:
    """OWA: mean of sMAPE and MASE, each relative to that of Naive2; series × months, all known; below 1 beats Naive2.

    `scale` is the divisor of MASE per series; series where it is NaN count in sMAPE only. Source: M4 competition.
    """
    symmetric = symmetric_errors(forecast, actual).mean() / symmetric_errors(naive2, actual).mean()
    scaled, benchmark = (np.abs(part - actual).mean(axis=1) / scale for part in (forecast, naive2))
    return float(0.5 * (symmetric + np.nanmean(scaled) / np.nanmean(benchmark)))


def _running(values: Array, window: int | None) -> Array:
    total = np.cumsum(values)
    if window is not None and total.size > window:
        total[window:] = total[window:] - np.cumsum(values)[:-window]
    return total


def _mean(values: Array) -> float:
    return float(values.mean()) if values.size else np.nan


def _ratio(part: float, whole: float) -> float:
    return float(ratio_or_nan(part, whole))
