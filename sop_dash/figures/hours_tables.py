"""Regular hours of resources and what they are made of: rows by resource and month, and the sentences beside them."""

import math
from collections.abc import Sequence

from sop_dash.core.model.periods import short_name
from sop_dash.core.model.working_calendar import WorkingCalendar
from sop_dash.core.performance.hours_made import HoursLine, Origin
from sop_dash.figures.formats import listed, number, plural
from sop_dash.figures.storyline.supply import Told
from sop_dash.figures.supply_tables import Row

_DIFFERS = 0.01


def hours_rows(lines: Sequence[HoursLine]) -> list[Row]:
    """Rows of the table, by resource and month."""
    return [
        {
            "key": f"{line.resource}|{line.month}",
            "resource": line.resource,
            "month": short_name(line.month),
            "machines": line.shifts.machines if line.shifts else math.nan,
            "shifts": line.shifts.shifts_per_day if line.shifts else math.nan,
            "hours": line.shifts.hours_per_shift if line.shifts else math.nan,
            "days": line.working_days if line.shifts else math.nan,
            "efficiency": line.shifts.efficiency_ratio if line.shifts else math.nan,
            "run": line.run_hours,
            "regular": line.regular_hours,
            "origin": _origin_words(line),
        }
        for line in lines
    ]


def _origin_words(line: HoursLine) -> str:
    days = ", days given" if line.days_given else ", calendar days"
    return f"{line.origin.value}{days if line.origin is Origin.MACHINES else ''}"


def hours_answers(lines: Sequence[HoursLine], calendar: WorkingCalendar, working_days: float) -> list[Told]:
    """Where hours come from, whether given ones agree with machines, and what the working calendar does.

    Args:
        lines: Months on screen.
        calendar: The working calendar of the planning settings.
        working_days: Its days in those months.
    """
    told = [Told(asked="Where do regular hours come from?", sentence=_origins(lines))]
    first = next((line for line in lines if line.origin is Origin.MACHINES and line.shifts), None)
    if first is not None and first.shifts is not None:
        told.append(
            Told(
                asked="How, for example?",
                sentence=f"{first.resource} in {short_name(first.month)}: {first.shifts.words(first.working_days)} = "
                f"{number(first.run_hours)} hours.",
            )
        )
    if off := _differing(lines):
        told.append(Told(asked="Do hours given agree with machines and shifts?", sentence=off))
    told.append(Told(asked="Which days are worked?", sentence=_calendar_words(lines, calendar, working_days)))
    told.append(
        Told(
            asked="What else counts these days?",
            sentence="Hours of more shifts and the dates of the cycle. Cover days, days of supply and the change of "
            "output a day count all days of the calendar.",
        )
    )
    return told


def _origins(lines: Sequence[HoursLine]) -> str:
    counts = {origin: sum(line.origin is origin for line in lines) for origin in Origin}
    parts = [f"{number(count)} {origin.value}" for origin, count in counts.items() if count]
    if not any(line.shifts for line in lines):
        return (
            "All hours known are as given. Load resources with machines, shifts_per_day, hours_per_shift and "
            "efficiency_ratio, and hours left empty follow from them."
        )
    return f"Of {plural(len(lines), 'resource-month')} {listed(parts)}."


def _differing(lines: Sequence[HoursLine]) -> str:
    """Nothing where no resource tells both."""
    both = [line for line in lines if line.shifts and line.origin is Origin.GIVEN]
    if not both:
        return ""
    off = [line for line in both if abs(line.run_hours - line.regular_hours) > _DIFFERS * line.regular_hours]
    if not off:
        return f"Yes: in all {plural(len(both), 'resource-month')} that tell both, to within 1 %."
    named = listed(list(dict.fromkeys(line.resource for line in off)))
    first = off[0]
    return (
        f"Not for {named}: in {short_name(first.month)} {first.resource} is given {number(first.regular_hours)} hours, "
        f"but its machines run {number(first.run_hours)}. The hours given count."
    )


def _calendar_words(lines: Sequence[HoursLine], calendar: WorkingCalendar, working_days: float) -> str:
    words = f"{calendar.words}: {number(working_days)} days over the months on screen, set under Data, Settings."
    daily = [line.run_hours / line.working_days for line in _first_of_each(lines) if line.working_days > 0.0]
    if not daily:
        return words
    return f"{words} A closed day more takes {number(math.fsum(daily))} hours from resources that follow it."


def _first_of_each(lines: Sequence[HoursLine]) -> list[HoursLine]:
    """The first month of every resource whose hours follow the calendar."""
    found: dict[str, HoursLine] = {}
    for line in lines:
        if line.origin is Origin.MACHINES and not line.days_given:
            found.setdefault(line.resource, line)
    return list(found.values())
