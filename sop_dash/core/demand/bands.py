"""Forecast bands from errors made on months held back (split conformal, pooled over the portfolio).

An error is actual less forecast in units of the series' own width scale; the quantiles of all series together, per
month ahead, times that scale give the band. So bands are as wide as the engine has really been wrong, and need not be
symmetric.
"""

from collections.abc import Callable, Sequence

import numpy as np

from sop_dash.core.model.arrays import Array

PROBABILITIES = (0.10, 0.90, 0.025, 0.975)
"""Lower and upper edge of the 80 % band, then of the 95 % band."""

MONTHS_KEPT = 30
FEWEST_HELD_BACK = 6
FEWEST_KEPT = 18
ENOUGH_SERIES = 50
_TABLE_WORTH_SERIES = 20.0

_TABLE_AHEAD = (1, 3, 6, 12, 18)
_TABLE = np.array(
    [
        [-1.14, -1.09, -1.26, -1.36, -1.86],
        [1.21, 1.44, 1.87, 2.20, 2.95],
        [-1.81, -1.98, -2.22, -3.34, -3.58],
        [1.96, 2.42, 2.96, 3.85, 5.45],
    ]
)
"""Cold-start quantiles, measured on public monthly data, in units of the width scale."""

PointForecasts = Callable[[Sequence[Array], int], tuple[Array, Array]]


def band_factors(histories: Sequence[Array], horizon: int, point_forecasts: PointForecasts) -> Array:
    """Quantiles of the scaled errors, 4 probabilities × horizon; multiply by a width scale and add the forecast.

    Below 50 series that can hold months back, the own quantiles are blended with the cold-start table, which counts as
    20 series.
    """
    table = cold_start_factors(horizon)
    errors = _held_back_errors(histories, horizon, point_forecasts)
    count = (~np.isnan(errors)).sum(axis=0)
    seen = int((count > 0).sum())
    if seen == 0:
        return table
    own = np.nanquantile(errors[:, :seen], PROBABILITIES, axis=0)
    own = (
        np.concatenate([own[:, :1], own[:, :-1]], axis=1) + own + np.concatenate([own[:, 1:], own[:, -1:]], axis=1)
    ) / 3.0
    worth = np.where(count[:seen] < ENOUGH_SERIES, _TABLE_WORTH_SERIES, 0.0)
    near = (count[:seen] * own + worth * table[:, :seen]) / (count[:seen] + worth)
    near = _in_order(near)
    stretch = near[:, -1:] / table[:, seen - 1 : seen]
    return np.concatenate([near, table[:, seen:] * stretch], axis=1)


def _in_order(factors: Array) -> Array:
    """Factors with each band around the forecast and the 95 % band around the 80 % band."""
    lo80, hi80 = np.minimum(factors[0], 0.0), np.maximum(factors[1], 0.0)
    return np.stack([lo80, hi80, np.minimum(factors[2], lo80), np.maximum(factors[3], hi80)])


def cold_start_factors(horizon: int) -> Array:
    """The table by months ahead, 4 × horizon; beyond 18 months it widens with the square root of the distance."""
    ahead = np.arange(1, horizon + 1)
    table = np.stack([np.interp(ahead, _TABLE_AHEAD, row) for row in _TABLE])
    return np.asarray(table * np.sqrt(np.maximum(ahead / _TABLE_AHEAD[-1], 1.0)))


def months_held_back(months: int, horizon: int) -> int:
    """How many last months of a history of `months` serve to measure errors; 0 when it is too short for that."""
    held = min(horizon, max(FEWEST_HELD_BACK, months - MONTHS_KEPT))
    return held if months - held >= FEWEST_KEPT else 0


def _held_back_errors(histories: Sequence[Array], horizon: int, point_forecasts: PointForecasts) -> Array:
    """Scaled errors, series × horizon, NaN where a series holds fewer months back."""
    held = [months_held_back(len(history), horizon) for history in histories]
    chosen = [(history, months) for history, months in zip(histories, held, strict=True) if months > 0]
    errors = np.full((len(chosen), horizon), np.nan)
    if not chosen:
        return errors
    mean, width = point_forecasts([history[:-months] for history, months in chosen], horizon)
    for row, (history, months) in enumerate(chosen):
        errors[row, :months] = history[-months:]
    return np.asarray((errors - mean) / np.maximum(width, 1e-12))
