"""Where regular hours of resources come from: given, or machines × shifts × hours × days × efficiency, a month."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.shifts import Shifts
from sop_dash.core.model.working_calendar import WorkingCalendar

_NOTICEABLE = 1e-6


class Origin(StrEnum):
    """Why a month has its regular hours."""

    MACHINES = "from machines"
    GIVEN = "as given"
    PEOPLE = "limited by people"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class HoursLine:
    """One resource in one month; NaN where unknown.

    Args:
        resource, month: Which.
        shifts: What its machines run; None where the company does not tell.
        working_days: Days they run; of the working calendar where `days_given` is false.
        days_given: True where the company gave the days of this month.
        run_hours: The product.
        regular_hours: Hours that count, before any that were demonstrated.
        origin: Where those come from.
    """

    resource: str
    month: str
    shifts: Shifts | None
    working_days: float
    days_given: bool
    run_hours: float
    regular_hours: float
    origin: Origin


def hours_lines(inputs: PlanInputs, calendar: WorkingCalendar, months: int) -> tuple[HoursLine, ...]:
    """By resource, then month, for the first months of the horizon.

    Args:
        inputs: Of a prepared plan, so with all hours that follow from machines.
        calendar: For months whose days are not given.
        months: How many.
    """
    grain, first = inputs.grain, len(inputs.grain.history)
    days = calendar.days(grain.calendar)
    return tuple(
        _line(inputs, days, resource, month)
        for resource in range(len(grain.resources))
        for month in range(first, first + months)
    )


def _line(inputs: PlanInputs, calendar: Array, resource: int, month: int) -> HoursLine:
    running, hours = inputs.running, float(inputs.supply.available_hours[resource, month])
    row = running.row_of(resource) if running is not None else None
    shifts, days, given, derived = None, float(calendar[month]), False, False
    if running is not None and row is not None:
        shifts, derived = running.shifts(row, month), bool(running.counts[row, month])
        given = bool(~np.isnan(running.working_days[row, month]))
        days = float(running.days(calendar)[row, month])
    run = shifts.hours(days) if shifts is not None else np.nan
    return HoursLine(
        resource=inputs.grain.resources[resource],
        month=inputs.grain.calendar[month],
        shifts=shifts,
        working_days=days,
        days_given=given,
        run_hours=run,
        regular_hours=hours,
        origin=_origin(inputs, resource, month, hours, derived),
    )


def _origin(inputs: PlanInputs, resource: int, month: int, hours: float, derived: bool) -> Origin:
    if np.isnan(hours):
        return Origin.UNKNOWN
    labour = inputs.labour
    if labour is not None and resource in labour.resources:
        people = float(labour.hours[list(labour.resources).index(resource), month])
        if people <= hours * (1.0 + _NOTICEABLE):
            return Origin.PEOPLE
    return Origin.MACHINES if derived else Origin.GIVEN
