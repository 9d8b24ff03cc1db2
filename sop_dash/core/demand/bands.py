"""Forecast bands from errors made on months held back (split conformal, pooled over the portfolio).

An error is actual less forecast in units of the series' own width scale; the quantiles of all series together, per
month ahead, times that scale give the band. So bands are as wide as the engine has really been wrong, and need not be
symmetric.
"""

import numpy as np

from sop_dash.core.demand.portfolio import IntArray
from sop_dash.core.model.arrays import Array

PROBABILITIES = (0.10, 0.90, 0.025, 0.975)
"""Lower and upper edge of the 80 % band, then of the 95 % band."""

MONTHS_KEPT = 30
FEWEST_HELD_BACK = 6
FEWEST_KEPT = 18
ENOUGH_SERIES = 50
MOST_TESTED = 400
"""Series that errors are measured on: with 400 the share that an 80 % band holds has a standard error of 2 points."""
_TABLE_WORTH_SERIES = 20.0
_FARTHEST = 3.0
_MIDDLE = 0.5

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


def cold_start_factors(horizon: int) -> Array:
    """The table by months ahead, 4 × horizon; beyond 18 months it widens with the square root of the distance."""
    ahead = np.arange(1, horizon + 1)
    table = np.stack([np.interp(ahead, _TABLE_AHEAD, row) for row in _TABLE])
    return np.asarray(table * np.sqrt(np.maximum(ahead / _TABLE_AHEAD[-1], 1.0)))


def months_held_back(length: IntArray, horizon: int) -> IntArray:
    """How many last months of each history serve to measure errors; 0 where it is too short for that."""
    held = np.minimum(horizon, np.maximum(FEWEST_HELD_BACK, length - MONTHS_KEPT))
    return np.asarray(np.where(length - held >= FEWEST_KEPT, held, 0))


def series_tested(values: Array, length: IntArray, held: IntArray) -> IntArray:
    """Rows whose last months serve to measure errors: all that hold months back, at most 400 of a large portfolio.

    These stand evenly in the order of length and restlessness (mean change a month over the mean), so that every kind
    of series has its share; the unit of a series and the order of the rows do not matter.
    """
    rows = np.flatnonzero(held)
    if len(rows) <= MOST_TESTED:
        return rows
    filled = np.where(np.isnan(values[rows]), 0.0, values[rows])
    inside = np.arange(1, filled.shape[1]) > (filled.shape[1] - length[rows])[:, None]
    change = np.where(inside, np.abs(filled[:, 1:] - filled[:, :-1]), 0.0).sum(axis=1)
    size = np.abs(filled).sum(axis=1)
    order = np.lexsort((change / np.where(size > 0.0, size, 1.0), length[rows]))
    places = (np.arange(MOST_TESTED) + 0.5) * len(rows) / MOST_TESTED
    return np.sort(rows[order[places.astype(np.int64)]])


def actuals_held_back(values: Array, held: IntArray, horizon: int) -> Array:
    """The months held back, series × horizon, oldest first; NaN where a series holds fewer back."""
    ahead = np.arange(horizon)
    column = values.shape[1] - held[:, None] + ahead
    actual = np.take_along_axis(values, np.minimum(column, values.shape[1] - 1), axis=1)
    return np.asarray(np.where(ahead < held[:, None], actual, np.nan))


def band_factors(errors: Array) -> Array:
    """Quantiles of scaled errors (series × horizon, NaN unknown), 4 probabilities × horizon, smoothed over 3 months.

    Multiply by a width scale and add the forecast. The quantiles are those that hold the next error, which for few
    errors lie further out (`_of_few`). Below 50 series they are blended with the cold-start table, which counts as 20
    series, and an error counts at most as three times the table's 95 % edge; months ahead that no series could test
    follow the table from there on.
    """
    table = cold_start_factors(errors.shape[1])
    count = (~np.isnan(errors)).sum(axis=0)
    tested = int((count > 0).sum())
    if tested == 0:
        return table
    count = count[:tested]
    errors = errors[:, :tested]
    if len(errors) < ENOUGH_SERIES:
        errors = np.clip(errors, _FARTHEST * table[2, :tested], _FARTHEST * table[3, :tested])
    quantile = np.quantile if count[-1] == len(errors) else np.nanquantile
    own = quantile(errors, _of_few(int(count[0])), axis=0)
    padded = np.pad(own, ((0, 0), (1, 1)), mode="edge")
    own = (padded[:, :-2] + own + padded[:, 2:]) / 3.0
    worth = np.where(count < ENOUGH_SERIES, _TABLE_WORTH_SERIES, 0.0)
    near = _in_order((count * own + worth * table[:, :tested]) / (count + worth))
    stretch = near[:, -1:] / table[:, tested - 1 : tested]
    return np.concatenate([near, table[:, tested:] * stretch], axis=1)


def _of_few(count: int) -> list[float]:
    """Probabilities whose quantiles among so many errors hold the next one: (n + 1)/n further from the middle.

    Source: split conformal prediction, Lei et al. 2018. Without it the 80 % bands of 12 series held 71 to 76 %.
    """

    def beyond(upper: float) -> float:
        return min(1.0, upper * (count + 1) / count)

    return [beyond(p) if p > _MIDDLE else 1.0 - beyond(1.0 - p) for p in PROBABILITIES]


def _in_order(factors: Array) -> Array:
    """Factors with each band around the forecast and the 95 % band around the 80 % band."""
    lo80, hi80 = np.minimum(factors[0], 0.0), np.maximum(factors[1], 0.0)
    return np.stack([lo80, hi80, np.minimum(factors[2], lo80), np.maximum(factors[3], hi80)])
