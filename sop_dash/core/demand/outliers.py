"""Single months far out of line, among them a last month that is not complete: set to what is usual before forecasting.

Only the forecast sees the changed month; the history shown to a planner stays as it is.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from sop_dash.core.demand.portfolio import MONTHS_PER_YEAR, IntArray
from sop_dash.core.model.arrays import Array, BoolArray

_HALF_WINDOW = 3
_FAR = float(np.log(2.5))
_USUAL_DEVIATIONS = 6.0
_LEAST_SHARE = 1e-3
_FEWEST_MONTHS = 12


def outlying_months(values: Array, length: IntArray) -> BoolArray:
    """Series × months: True for a month 2.5 times above or below its surroundings and the same month of other years.

    The surroundings are the median of the seven months around it. The distance must also be six times what is typical
    of the series, so that lumpy demand has no outliers. Histories under 12 months have none.
    """
    found = np.zeros(values.shape, dtype=bool)
    filled = np.where(np.isnan(values), 0.0, values)
    size = filled.sum(axis=1) / np.maximum(length, 1)
    top, low = filled.max(axis=1), np.where(np.isnan(values), np.inf, values).min(axis=1)
    spread = (top > size * np.exp(_FAR / 2)) | (low < size * np.exp(-_FAR / 2))
    rows = np.flatnonzero(spread & (low >= 0.0) & (length >= _FEWEST_MONTHS))
    if rows.size:
        found[rows] = _outlying(np.log(np.maximum(values[rows], _LEAST_SHARE * size[rows, None])))
    return found


def at_usual_level(values: Array, outlying: BoolArray) -> Array:
    """Histories with every outlying month set to the same month a year before or after, moved with the level since.

    Where neither is known it is the median of the seven months around it. A last month that is too high cannot be
    incomplete and may be the start of something: it still counts as 2.5 times the usual.
    """
    rows = np.flatnonzero(outlying.any(axis=1))
    if rows.size == 0:
        return values
    result, last = values.copy(), values.shape[1] - 1
    typical = _local_median(np.where(outlying[rows], np.nan, values[rows]))
    for position, month in zip(*np.nonzero(outlying[rows]), strict=True):
        row = rows[position]
        usual = _usual(values[row], outlying[row], float(typical[position, month]), int(month))
        is_start = month == last and values[row, month] > usual
        result[row, month] = usual * np.exp(_FAR) if is_start else usual
    return result


def _usual(history: Array, outlying: BoolArray, typical: float, month: int) -> float:
    """What one month of one history would usually be, from the same month of the years beside it.

    The level is moved by the sum of the months around it over that of the same months in the other year.
    """
    usable = ~outlying & ~np.isnan(history)
    beside = []
    for years in (-MONTHS_PER_YEAR, MONTHS_PER_YEAR):
        around = np.arange(max(month - _HALF_WINDOW, 0), min(month + _HALF_WINDOW + 1, len(history)))
        around = around[(around + years >= 0) & (around + years < len(history))]
        around = around[usable[around] & usable[around + years]]
        before = history[around + years].sum()
        if before > 0.0 and 0 <= month + years < len(history) and usable[month + years]:
            beside.append(history[month + years] * history[around].sum() / before)
    return float(np.mean(beside)) if beside else typical


def _outlying(logs: Array) -> BoolArray:
    """The test on logs of selected series, series × months."""
    distance = logs - _local_median(logs)
    typical = np.nanmedian(np.abs(distance), axis=1, keepdims=True)
    far = np.maximum(_FAR, _USUAL_DEVIATIONS * typical)
    above, below = distance > far, distance < -far
    for years in (-1, 1):
        other = _years_apart(logs, years)
        unknown = np.isnan(other)
        above &= unknown | (logs - other > _FAR)
        below &= unknown | (other - logs > _FAR)
    return np.asarray(above | below)


def _local_median(values: Array) -> Array:
    """Median of the known months from three before to three after."""
    padded = np.pad(values, ((0, 0), (_HALF_WINDOW, _HALF_WINDOW)), constant_values=np.nan)
    window = np.sort(sliding_window_view(padded, 2 * _HALF_WINDOW + 1, axis=1), axis=2)
    known = (~np.isnan(window)).sum(axis=2)
    lower = np.take_along_axis(window, (np.maximum(known - 1, 0) // 2)[..., None], axis=2)[..., 0]
    upper = np.take_along_axis(window, (known // 2).clip(max=2 * _HALF_WINDOW)[..., None], axis=2)[..., 0]
    return np.asarray(np.where(known > 0, 0.5 * (lower + upper), np.nan))


def _years_apart(values: Array, years: int) -> Array:
    """Value of the same calendar month `years` later (negative: earlier); NaN outside the history."""
    result, months = np.full(values.shape, np.nan), MONTHS_PER_YEAR * abs(years)
    if values.shape[1] > months:
        if years > 0:
            result[:, :-months] = values[:, months:]
        else:
            result[:, months:] = values[:, :-months]
    return result
