"""Level breaks of the last year: a launch, a lost customer or a range extension that is a new level, not a season.

The test is the ratio of a month to the same month a year before, so a season cannot look like a break.
"""

from statistics import median

import numpy as np

from sop_dash.core.demand.portfolio import MONTHS_PER_YEAR, IntArray
from sop_dash.core.model.arrays import Array, BoolArray

_FEWEST_MONTHS = 3
_JUMP_EVERY_MONTH = float(np.log(1.5)) + 1e-9
_JUMP_OVERALL = float(np.log(1.8)) + 1e-9
"""1.5 and 1.8 times, as logs; just beyond, so that rounding in another unit decides nothing."""
_CALM_BEFORE = float(np.log(1.3))
_SHARE_AT_ONCE = 0.8
_TIMES_NOISE = 4.0
_TIMES_EVER = 8.0


def months_since_break(values: Array, length: IntArray) -> IntArray:
    """Months at the new level, per series; 0 where there was no break in the last 3 to 12 months.

    A break: the last months, 3 to 12 of them, all lie 1.5 times above the same month a year before (or all below its
    1.5th part), typically 1.8 times, while in the year before them the typical ratio was within 1.3, and most of the
    jump came at once: a slide is a trend, not a break. And it is unlike anything before: four times the median
    deviation of the year before and eight times that of all years. Of twelve jumps in public series that only the first
    of the two let pass, eleven went back.
    """
    found = np.zeros(len(values), dtype=np.int64)
    rows = _rows_off_last_year(values, length)
    if rows.size == 0:
        return found
    change = _log_change(values[rows], length[rows])
    run = np.maximum(_run_at_end(change > _JUMP_EVERY_MONTH), _run_at_end(change < -_JUMP_EVERY_MONTH))
    for place in np.flatnonzero((run >= _FEWEST_MONTHS) & (run <= MONTHS_PER_YEAR)):
        found[rows[place]] = run[place] if _is_sudden(change[place], int(run[place])) else 0
    return found


def at_new_level(values: Array, length: IntArray, since: IntArray) -> Array:
    """Histories whose months before a break are brought to the level after it, so season and spread still count."""
    broken = np.flatnonzero(since)
    if broken.size == 0:
        return values
    change = _log_change(values[broken], length[broken])
    result = values.copy()
    for place, row in enumerate(broken):
        result[row, : -since[row]] *= np.exp(np.median(change[place, -since[row] :]))
    return result


def _is_sudden(change: Array, run: int) -> bool:
    """Whether the jump at the start of the last `run` months is large, out of calm, and done at once."""
    ever = change[: len(change) - run]
    before = ever[-MONTHS_PER_YEAR:]
    ever, before = ever[~np.isnan(ever)], before[~np.isnan(before)]
    if len(before) < _FEWEST_MONTHS:
        return False
    recent: list[float] = change[-run:].tolist()
    jump, typical = median(recent), median(map(float, before))
    calm = abs(typical) < _CALM_BEFORE
    first = median(recent[:_FEWEST_MONTHS])
    at_once = abs(first - median(before[-_FEWEST_MONTHS:].tolist())) > _SHARE_AT_ONCE * abs(jump)
    noise = max(_TIMES_NOISE * _deviation(before), _TIMES_EVER * _deviation(ever))
    return calm and at_once and abs(jump) > max(_JUMP_OVERALL, noise)


def _deviation(change: Array) -> float:
    """Median distance of changes from their median."""
    middle = median(change.tolist())
    return float(median(np.abs(change - middle).tolist()))


def _rows_off_last_year(values: Array, length: IntArray) -> IntArray:
    """Rows that can have a break at all: the last three months all far above, or all far below, a year before."""
    latest = slice(-_FEWEST_MONTHS, None)
    if values.shape[1] < MONTHS_PER_YEAR + _FEWEST_MONTHS:
        return np.zeros(0, dtype=np.int64)
    now, before = values[:, latest], values[:, :-MONTHS_PER_YEAR][:, latest]
    jump = np.exp(_JUMP_EVERY_MONTH) * (1.0 - 1e-6)
    off = (now > jump * before).all(axis=1) | (before > jump * now).all(axis=1)
    return np.flatnonzero(off & (length >= MONTHS_PER_YEAR + _FEWEST_MONTHS))


def _log_change(values: Array, length: IntArray) -> Array:
    """Log of the ratio to the same month a year before, series × (months − 12); NaN where either is not positive."""
    now, before = values[:, MONTHS_PER_YEAR:], values[:, :-MONTHS_PER_YEAR]
    columns = now.shape[1]
    usable = (np.arange(columns) >= columns + MONTHS_PER_YEAR - length[:, None]) & (now > 0.0) & (before > 0.0)
    return np.asarray(np.where(usable, np.log(np.where(usable, now, 1.0) / np.where(usable, before, 1.0)), np.nan))


def _run_at_end(holds: BoolArray) -> IntArray:
    """Length of the unbroken run of True at the end of every row."""
    return np.asarray(np.where(holds.all(axis=1), holds.shape[1], np.argmin(holds[:, ::-1], axis=1)))
