"""One line per resource: hours given, shown and planned, how full it is, its overtime, how flexible it is, and whether
the load profile agrees with the hours that were booked. Hours a month unless said otherwise; ratios are fractions.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array, BoolArray, ratio_or_nan
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.result import SupplyPlan
from sop_dash.core.performance.load import fullest_cell, load

_YEAR = 12
_NOTICEABLE = 1e-6


@dataclass(frozen=True, kw_only=True, eq=False)
class LoadTest:
    """The load profile on the closed months: routing × output against the hours booked.

    Args:
        standard_hours: [R, H] hours per unit × units made; NaN in months without output.
        booked_hours: [R, H].
        months: [R] months with both, of the last twelve.
        bias_ratio: [R] Σ standard ÷ Σ booked − 1 over those months; above 0 the profile asks too much.
        error_ratio: [R] Σ |standard − booked| ÷ Σ booked.
    """

    standard_hours: Array
    booked_hours: Array
    months: Array
    bias_ratio: Array
    error_ratio: Array


def load_test(inputs: PlanInputs) -> LoadTest:
    """What the profile would have said of the last twelve closed months."""
    supply = inputs.supply
    made = supply.actual_units
    standard = supply.hours_per_unit @ np.nan_to_num(made)
    standard[:, np.isnan(made).all(axis=0)] = np.nan
    booked = supply.used_hours
    both = ~np.isnan(standard) & ~np.isnan(booked)
    both[:, : max(both.shape[1] - _YEAR, 0)] = False
    asked, worked = np.where(both, standard, 0.0), np.where(both, booked, 0.0)
    total = worked.sum(axis=1)
    return LoadTest(
        standard_hours=standard,
        booked_hours=booked,
        months=both.sum(axis=1).astype(np.float64),
        bias_ratio=ratio_or_nan(asked.sum(axis=1), total) - 1.0,
        error_ratio=ratio_or_nan(np.abs(asked - worked).sum(axis=1), total),
    )


@dataclass(frozen=True, kw_only=True)
class ResourceLine:
    """One resource over the months looked at; NaN where unknown.

    Args:
        name: The resource.
        given_hours: Mean of the regular hours that the company gave.
        shown_hours: Mean of what it has shown it can work, overtime included.
        planned_hours: Mean of the regular hours that the plan uses.
        use_ratio, peak_ratio: Hours asked ÷ regular hours, over all months and in the fullest.
        peak_month: Place of the fullest month; −1 where unknown.
        under, in_band, above, over: Months below the band, in it, above it up to 100 %, and above 100 %.
        overtime_hours: Over all months.
        overtime_run: Longest run of months with overtime.
        lead_time_months: Before more hours can stand.
        changeover_ratio: Share of the hours spent changing over.
        bias_ratio, error_ratio: Of the load profile; see `LoadTest`.
    """

    name: str
    given_hours: float
    shown_hours: float
    planned_hours: float
    use_ratio: float
    peak_ratio: float
    peak_month: int
    under: int
    in_band: int
    above: int
    over: int
    overtime_hours: float
    overtime_run: int
    lead_time_months: float
    changeover_ratio: float
    bias_ratio: float
    error_ratio: float


def resource_lines(
    inputs: PlanInputs,
    supply: SupplyPlan,
    *,
    given_hours: Array,
    shown_hours: Array,
    band: tuple[float, float],
    months: int,
) -> tuple[ResourceLine, ...]:
    """One line per resource, the fullest first.

    Args:
        inputs: The data load.
        supply: The plan.
        given_hours: [R, T] theoretical hours.
        shown_hours: [R, T] demonstrated hours.
        band: Lower and upper end of the utilisation wanted, both of which belong to it.
        months: Months looked at, from the first one on.
    """
    test = load_test(inputs)
    filled = load(supply)[:, :months]
    lines = [
        _line(inputs, supply, r, test, filled[r], (given_hours[r, :months], shown_hours[r, :months]), band)
        for r in range(len(inputs.grain.resources))
    ]
    return tuple(sorted(lines, key=lambda line: (-np.nan_to_num(line.peak_ratio, nan=-1.0), line.name)))


def _line(
    inputs: PlanInputs,
    supply: SupplyPlan,
    r: int,
    test: LoadTest,
    filled: Array,
    hours: tuple[Array, Array],
    band: tuple[float, float],
) -> ResourceLine:
    months, data = len(filled), inputs.supply
    low, high = band[0] - _NOTICEABLE, band[1] + _NOTICEABLE
    overtime = supply.overtime_hours[r, :months]
    known = ~np.isnan(filled)
    used, regular = supply.hours_used[r, :months], supply.available_hours[r, :months]
    return ResourceLine(
        name=inputs.grain.resources[r],
        given_hours=_mean(hours[0]),
        shown_hours=_mean(hours[1]),
        planned_hours=_mean(regular),
        use_ratio=float(ratio_or_nan(used[known].sum(), regular[known].sum())),
        peak_ratio=float(np.nanmax(filled)) if known.any() else np.nan,
        peak_month=fullest_cell(filled) if known.any() else -1,
        under=int((filled < low).sum()),
        in_band=int(((filled >= low) & (filled <= high)).sum()),
        above=int(((filled > high) & (filled <= 1.0 + _NOTICEABLE)).sum()),
        over=int((filled > 1.0 + _NOTICEABLE).sum()),
        overtime_hours=float(overtime.sum()),
        overtime_run=longest_run(overtime > _NOTICEABLE * (1.0 + np.nan_to_num(regular))),
        lead_time_months=float(data.capacity_lead_time_months[r]),
        changeover_ratio=float(data.changeover_ratio[r]),
        bias_ratio=float(test.bias_ratio[r]),
        error_ratio=float(test.error_ratio[r]),
    )


def longest_run(marks: BoolArray) -> int:
    """How many True stand in a row at most."""
    longest = now = 0
    for mark in marks.tolist():
        now = now + 1 if mark else 0
        longest = max(longest, now)
    return longest


def _mean(hours: Array) -> float:
    known = hours[~np.isnan(hours)]
    return float(known.mean()) if known.size else np.nan
