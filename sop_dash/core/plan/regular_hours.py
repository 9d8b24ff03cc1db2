"""Regular hours of every resource: as given, else what its machines run, and no more than its people work.

A month has the working days its row gives, else those of the working calendar. Hours a month.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from sop_dash.core.model.arrays import Array, read_only
from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.labour import Labour
from sop_dash.core.model.periods import short_name
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.model.shifts import RunningTime
from sop_dash.core.model.working_calendar import working_calendar

_NOTICEABLE = 0.01

HOURS_DIFFER = FindingKind(
    code="hours-differ-from-machines",
    severity=Severity.WARNS,
    title="Hours given differ from machines × shifts × days",
    remedy="Correct available_hours or the machines, shifts, days and efficiency in resources; empty hours follow "
    "from them.",
)


def with_regular_hours(inputs: PlanInputs, settings: PlanningSettings) -> PlanInputs:
    """The inputs with hours where machines or people tell them; the inputs themselves where neither does."""
    if inputs.running is None and inputs.labour is None:
        return inputs
    hours = np.array(inputs.supply.available_hours)
    if inputs.running is not None:
        at, run = inputs.running.resources, running_hours(inputs.running, inputs, settings)
        hours[at] = np.where(inputs.running.counts, run, hours[at])
    if inputs.labour is not None:
        _limit_to_people(hours, inputs.labour)
    return replace(inputs, supply=replace(inputs.supply, available_hours=read_only(hours)))


def running_hours(running: RunningTime, inputs: PlanInputs, settings: PlanningSettings) -> Array:
    """[N, K] what the machines of the resources told run."""
    return running.hours(working_calendar(settings).days(inputs.grain.calendar))


def _limit_to_people(hours: Array, labour: Labour) -> None:
    """What is unknown of machines or people does not limit."""
    hours[labour.resources] = np.fmin(hours[labour.resources], labour.hours)


def hours_findings(inputs: PlanInputs, settings: PlanningSettings) -> tuple[Finding, ...]:
    """Resources whose hours, as the company gave them, are not what their machines run; one finding each.

    Args:
        inputs: As the company gave them, before hours are derived.
        settings: Whose working calendar counts where a row gives no days.
    """
    return tuple(_differing(inputs, settings)) if inputs.running is not None else ()


def _differing(inputs: PlanInputs, settings: PlanningSettings) -> Iterator[Finding]:
    running, calendar = inputs.running, inputs.grain.calendar
    if running is None:
        return
    days = running.days(working_calendar(settings).days(calendar))
    run, given = running_hours(running, inputs, settings), inputs.supply.available_hours[running.resources]
    off = np.abs(given - run) > _NOTICEABLE * np.maximum(given, run)
    for row, resource in enumerate(running.resources.tolist()):
        months = np.flatnonzero(off[row])
        if not months.size:
            continue
        month = int(months[-1])
        shifts = running.shifts(row, month)
        if shifts is None:
            continue
        more = f" {months.size - 1} earlier months differ too." if months.size > 1 else ""
        product = f"{shifts.words(float(days[row, month]))} = {run[row, month]:,.1f} h"
        yield Finding(
            kind=HOURS_DIFFER,
            table="resources",
            place=f"{inputs.grain.resources[resource]}, {short_name(calendar[month])}",
            detail=f"{product}, but {given[row, month]:,.1f} h are given and counted.{more}",
            count=int(months.size),
        )
