"""Single months far out of line, among them a last month that is not complete: set to what is usual before forecasting.

Only the forecast sees the changed month; the history shown to a planner stays as it is.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from sop_dash.core.demand.portfolio import MONTHS_PER_YEAR, IntArray
from sop_dash.core.model.arrays import Array, BoolArray

_HALF_WINDOW = 3
_FAR = float(np.log(2.5)) + 1e-9
"""2.5 times, as a log; just beyond, so that rounding in another unit decides nothing."""
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
    logs = np.log(np.maximum(values[rows], _LEAST_SHARE * size[rows, None]))
    above, below = _above_other_years(logs), _above_other_years(-logs)
    suspect = _rows_out_of_line(logs, above | below)
    if suspect.size:
        found[rows[suspect]] = _out_of_line(logs[suspect], above[suspect], below[suspect])
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
    for position, month in zip(*np.nonzero(outlying[rows]), strict=True):
        row = rows[position]
        usual = _usual(np.where(outlying[row], np.nan, values[row]), int(month))
        is_start = month == last and values[row, month] > usual
        result[row, month] = usual * np.exp(_FAR) if is_start else usual
    return result


def _usual(known: Array, month: int) -> float:
    """What one month of one history, whose outlying months are NaN, would be by the same month of the years beside it.

    The level is moved by the sum of the months around it over that of the same months in the other year.
    Where neither year is known it is the median of the months around it.
    """
    beside = []
    for years in (-MONTHS_PER_YEAR, MONTHS_PER_YEAR):
        first = max(month - _HALF_WINDOW, -years, 0)
        last = min(month + _HALF_WINDOW, len(known) - 1 - max(years, 0))
        if not first <= month <= last or np.isnan(known[month + years]):
            continue
        around, before = known[first : last + 1], known[first + years : last + 1 + years]
        both = ~np.isnan(around + before)
        level = float(before[both].sum())
        if level > 0.0:
            beside.append(float(known[month + years]) * float(around[both].sum()) / level)
    if beside:
        return sum(beside) / len(beside)
    around = known[max(month - _HALF_WINDOW, 0) : month + _HALF_WINDOW + 1]
    return float(_median_of_known(around))


def _above_other_years(logs: Array) -> BoolArray:
    """Months far above the same month of the year before and after, series × months; an unknown year does not speak."""
    result = ~np.isnan(logs)
    change = logs[:, MONTHS_PER_YEAR:] - logs[:, :-MONTHS_PER_YEAR]
    result[:, MONTHS_PER_YEAR:] &= ~(change <= _FAR)
    result[:, :-MONTHS_PER_YEAR] &= ~(change >= -_FAR)
    return np.asarray(result)


def _rows_out_of_line(logs: Array, suspect: BoolArray) -> IntArray:
    """Rows in which any suspect month (series × months) lies as far from its surroundings as from other years."""
    rows, months = np.nonzero(suspect)
    padded = np.pad(logs, ((0, 0), (_HALF_WINDOW, _HALF_WINDOW)), constant_values=np.nan)
    around = padded[rows[:, None], months[:, None] + np.arange(2 * _HALF_WINDOW + 1)]
    return np.unique(rows[np.abs(logs[rows, months] - _median_of_known(around)) > _FAR])


def _out_of_line(logs: Array, above: BoolArray, below: BoolArray) -> BoolArray:
    """Months unlike other years that are as far from their surroundings, in the same direction."""
    distance = logs - _local_median(logs)
    typical = _median_of_known(np.abs(distance))[:, None]
    far = np.maximum(_FAR, _USUAL_DEVIATIONS * typical)
    return np.asarray((above & (distance > far)) | (below & (distance < -far)))


def _local_median(values: Array) -> Array:
    """Median of the known months from three before to three after."""
    padded = np.pad(values, ((0, 0), (_HALF_WINDOW, _HALF_WINDOW)), constant_values=np.nan)
    return _median_of_known(sliding_window_view(padded, 2 * _HALF_WINDOW + 1, axis=1))


def _median_of_known(values: Array) -> Array:
    """Median along the last axis of what is not NaN; NaN where nothing is known."""
    ordered = np.sort(values, axis=-1)
    known = (~np.isnan(ordered)).sum(axis=-1, keepdims=True)
    lower = np.take_along_axis(ordered, np.maximum(known - 1, 0) // 2, axis=-1)
    upper = np.take_along_axis(ordered, np.minimum(known // 2, values.shape[-1] - 1), axis=-1)
    return np.asarray((0.5 * (lower + upper))[..., 0])
