"""Capacity the plan may use: regular hours and overtime limits of every resource and month. Hours.

Where a resource has shown more hours than its theoretical ones, the demonstrated hours count: capacity is the larger of
the theoretical hours and demonstrated / (1 + overtime limit). Source: core specification 2.5b.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array, ratio_or_nan
from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.supply.capacity import planned_capacity_hours

_MONTHS_LOOKED_BACK = 24

CAPACITY_EXCEEDED = FindingKind(
    code="capacity-exceeded-in-past",
    severity=Severity.INFORMS,
    title="A resource has worked more hours than its capacity and overtime allow",
    remedy="Check its available_hours, or switch between theoretical and demonstrated hours in the settings.",
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Capacity:
    """[R, T] hours each.

    Args:
        theoretical_hours: Regular hours as the company gave them; NaN where unknown.
        demonstrated_hours: The highest share of its hours a resource has shown × the theoretical hours; NaN without.
        hours: Regular hours the plan uses; NaN where unknown.
        overtime_ratio: Overtime limit as a share of the regular hours.
    """

    theoretical_hours: Array
    demonstrated_hours: Array
    hours: Array
    overtime_ratio: Array

    @property
    def most_hours(self) -> Array:
        """[R, T] regular hours and all overtime, or what has been demonstrated if that is more; NaN where unknown."""
        return np.asarray(np.fmax(self.hours * (1.0 + self.overtime_ratio), self.demonstrated_hours))


def capacity(inputs: PlanInputs, settings: PlanningSettings) -> Capacity:
    """Hours and overtime limits of the horizon, before levers."""
    months = len(inputs.grain.history)
    theoretical = inputs.supply.available_hours[:, months:]
    given = inputs.supply.overtime_max_ratio[:, months:]
    ratio = np.where(np.isnan(given), settings.overtime_max_ratio, given)
    demonstrated = theoretical * _demonstrated_ratio(inputs)[:, None]
    hours = theoretical
    if settings.capacity_demonstrated:
        hours = planned_capacity_hours(theoretical, demonstrated, ratio)
    return Capacity(theoretical_hours=theoretical, demonstrated_hours=demonstrated, hours=hours, overtime_ratio=ratio)


def _demonstrated_ratio(inputs: PlanInputs) -> Array:
    """[R] highest hours used over hours available in one of the last 24 months; NaN where never known.

    Hours that were not booked are taken from the units made and the routing.
    """
    supply, months = inputs.supply, len(inputs.grain.history)
    if months == 0 or not inputs.grain.resources:
        return np.full(len(inputs.grain.resources), np.nan)
    standard = supply.hours_per_unit @ np.nan_to_num(supply.actual_units, nan=0.0)
    standard[:, np.isnan(supply.actual_units).all(axis=0)] = np.nan
    used = np.where(np.isnan(supply.used_hours), standard, supply.used_hours)[:, -_MONTHS_LOOKED_BACK:]
    ratio = ratio_or_nan(used, supply.available_hours[:, :months][:, -_MONTHS_LOOKED_BACK:])
    return np.asarray(np.fmax.reduce(ratio, axis=1, initial=np.nan))


def capacity_findings(inputs: PlanInputs, hours: Capacity) -> tuple[Finding, ...]:
    """Resources whose hours and overtime were exceeded in the past; one finding per resource."""
    found = []
    for r, name in enumerate(inputs.grain.resources):
        most = hours.theoretical_hours[r] * (1.0 + hours.overtime_ratio[r])
        if np.nanmax(np.append(hours.demonstrated_hours[r] - most, -1.0)) > 1e-9:
            ratio = float(np.nanmax(ratio_or_nan(hours.demonstrated_hours[r], hours.theoretical_hours[r])))
            detail = f"It has run at {ratio:.0%} of its available hours."
            found.append(Finding(kind=CAPACITY_EXCEEDED, table="resources", place=name, detail=detail))
    return tuple(found)
