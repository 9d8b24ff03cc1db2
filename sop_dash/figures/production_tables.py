"""Resources of the plan: the overtime calendar, the line of every resource, and what more capacity would bring.

Hours are of one resource; ratios are fractions.
"""

import math
from collections.abc import Sequence

import numpy as np

from sop_dash.core.model.levers import ExtraHours
from sop_dash.core.model.periods import short_name
from sop_dash.core.model.result import PlanResult
from sop_dash.core.model.shifts import Shifts
from sop_dash.core.performance.effects import effects
from sop_dash.core.performance.hours_made import HoursLine
from sop_dash.core.performance.resource_lines import ResourceLine
from sop_dash.figures.formats import MISSING, listed, money, number, percent, plural, signed, written
from sop_dash.figures.storyline.supply import Told
from sop_dash.figures.supply_tables import Row
from sop_dash.services.plans import PlanView

_STEADY = 0.005
_PROFILE_OFF = 0.05
_SHORT_OUTCOMES = ("service", "lost-revenue", "margin-ahead", "overtime-hours")
_YEAR = 12


def overtime_cells(view: PlanView, order: Sequence[int]) -> tuple[list[list[str]], list[list[str]]]:
    """Overtime hours of each resource and month, banded by the share of the overtime allowed."""
    supply, months = view.plan.supply, len(view.months)
    hours, limit = supply.overtime_hours[:, :months], supply.overtime_limit_hours[:, :months]
    texts, bands = [], []
    for r in order:
        known = ~np.isnan(supply.available_hours[r, :months])
        texts.append([_hours_text(h, k) for h, k in zip(hours[r].tolist(), known.tolist(), strict=True)])
        bands.append(
            [_overtime_band(h, most, k) for h, most, k in zip(hours[r], limit[r], known.tolist(), strict=True)]
        )
    return texts, bands


OVERTIME_LEGEND = (
    ("under", "none"),
    ("normal", "up to half of what is allowed"),
    ("high", "more than half"),
    ("over", "all of it"),
)


def _hours_text(hours: float, known: bool) -> str:
    if not known:
        return MISSING
    return number(hours) if hours >= 0.5 else "·"


def _overtime_band(hours: float, limit: float, known: bool) -> str:
    if not known:
        return "unknown"
    if hours < 0.5:
        return "under"
    if not limit > 0.0 or hours >= limit * (1.0 - 1e-6):
        return "over"
    return "normal" if hours <= limit / 2.0 else "high"


def overtime_answers(lines: Sequence[ResourceLine], view: PlanView) -> list[Told]:
    """How much overtime there is, its longest runs, and how the months fall into the utilisation band."""
    settings, inputs = view.prepared.settings, view.prepared.inputs
    working = [line for line in lines if line.overtime_hours >= 0.5]
    total = math.fsum(line.overtime_hours for line in working)
    premium = float(np.nansum(view.plan.money.overtime_premium[:, : len(view.months)]))
    told = [
        Told(
            asked="How much overtime?",
            sentence=f"{number(total)} hours over {plural(len(view.months), 'month')} on "
            f"{listed([line.name for line in working])}; premium {money(premium, inputs.company.currency)}."
            if working
            else "None: regular hours are enough.",
        )
    ]
    long = [line for line in working if line.overtime_run >= 3]
    if long:
        runs = listed([f"{line.name} for {plural(line.overtime_run, 'month')}" for line in long])
        told.append(Told(asked="For how long without a break?", sentence=f"{runs} in a row."))
    known = [line for line in lines if line.peak_month >= 0]
    inside = sum(line.in_band for line in known)
    every = sum(line.under + line.in_band + line.above + line.over for line in known)
    if every:
        over = sum(line.over for line in known)
        told.append(
            Told(
                asked=f"Is the load within {percent(settings.utilisation_low, 0)} to "
                f"{percent(settings.utilisation_high, 0)}?",
                sentence=f"In {inside} of {every} resource-months; {sum(line.under for line in known)} lie below, "
                f"{sum(line.above for line in known)} above and {over} beyond the regular hours.",
            )
        )
    return told


def resource_rows(lines: Sequence[ResourceLine], months: Sequence[str]) -> list[Row]:
    """Rows of the table of resources."""
    return [
        {
            "name": line.name,
            "given": line.given_hours,
            "shown": line.shown_hours,
            "planned": line.planned_hours,
            "use": line.use_ratio,
            "peak": line.peak_ratio,
            "month": short_name(months[line.peak_month]) if line.peak_month >= 0 else "",
            "bands": f"{line.under} · {line.in_band} · {line.above} · {line.over}",
            "overtime": line.overtime_hours,
            "run": line.overtime_run,
            "lead": line.lead_time_months,
            "changeover": line.changeover_ratio,
            "bias": line.bias_ratio,
            "error": line.error_ratio,
        }
        for line in lines
    ]


def capacity_answers(lines: Sequence[ResourceLine], demonstrated: bool) -> list[Told]:
    """Where shown hours exceed given ones, how fast capacity can change, whether the load profile can be trusted."""
    more = [line for line in lines if line.planned_hours > line.given_hours * (1.0 + _STEADY)]
    shown = [line for line in lines if line.shown_hours > line.given_hours * (1.0 + _STEADY)]
    if more:
        names = listed([f"{line.name} (+{percent(line.planned_hours / line.given_hours - 1.0)})" for line in more])
        first = f"The plan uses more regular hours than were given for {names}: they have been worked before."
    elif shown and not demonstrated:
        first = f"{listed([line.name for line in shown])} worked more hours than given, which this plan leaves aside."
    else:
        first = "The plan uses the hours that were given; none has been exceeded by more than overtime explains."
    told = [Told(asked="Assumed or demonstrated?", sentence=first)]
    waits = [line for line in lines if not math.isnan(line.lead_time_months)]
    if waits:
        slow, fast = (choose(waits, key=lambda line: line.lead_time_months) for choose in (max, min))
        told.append(
            Told(
                asked="How fast can capacity change?",
                sentence=f"In {plural(int(fast.lead_time_months), 'month')} at {fast.name}, in "
                f"{plural(int(slow.lead_time_months), 'month')} at {slow.name}.",
            )
        )
    judged = [line for line in lines if not math.isnan(line.error_ratio)]
    if judged:
        off = [line for line in judged if abs(line.bias_ratio) > _PROFILE_OFF]
        wrong = listed([f"{line.name} ({_direction(line.bias_ratio)})" for line in off])
        widest = percent(max(abs(line.bias_ratio) for line in judged))
        sentence = (
            f"Not for {wrong}: correct its hours a unit."
            if off
            else f"Yes: routing × output of the last year is within {widest} of the hours booked for every resource."
        )
        told.append(Told(asked="Can the load profile be trusted?", sentence=sentence))
    return told


def _direction(bias: float) -> str:
    return f"asks {percent(abs(bias))} too {'much' if bias > 0.0 else 'little'}"


def switch_rows(given: PlanResult, shown: PlanResult, currency: str) -> list[tuple[str, str, str]]:
    """Outcomes of the plan with the hours given and with those demonstrated, as written cells."""
    return [
        (
            a.definition.name,
            written(a.value, a.definition.unit, currency),
            written(b.value, b.definition.unit, currency),
        )
        for a, b in ((given.kpi(name), shown.kpi(name)) for name in _SHORT_OUTCOMES)
    ]


def hours_words(run: Shifts, working_days: float, extra: ExtraHours, now: HoursLine | None = None) -> str:
    """How the hours of machines or shifts come about, and what the resource runs `now`."""
    start = short_name(extra.from_month) if extra.from_month else "the first month they can stand"
    told = (
        f"{run.words(round(working_days, 1))} = {number(extra.hours_per_month)} hours a month on "
        f"{listed(extra.resources)} from {start}."
    )
    if now is None or now.shifts is None:
        return told
    today = f"{now.resource} in {short_name(now.month)}: {now.shifts.words(now.working_days)} = {number(now.run_hours)}"
    return f"{today} hours. More: {told}"


def more_capacity_words(plan: PlanResult, base: PlanResult, hours: float, currency: str) -> list[Told]:
    """What extra hours do to the plan, and what they may cost at most a month."""
    found = {one.kpi.definition.id: one for one in effects(plan, base, _SHORT_OUTCOMES)}
    parts = [
        f"{one.kpi.definition.name} {signed(one.change, one.kpi.definition.unit, currency)}"
        for one in found.values()
        if one.change is not None
    ]
    told = [Told(asked="What do they bring?", sentence=f"{'; '.join(parts)}.")]
    margin = found["margin-ahead"].change
    if margin is not None:
        most = max(margin, 0.0) / _YEAR
        told.append(
            Told(
                asked="What may they cost?",
                sentence=f"Up to {money(most, currency)} a month, {money(most / hours if hours else 0.0, currency)} an "
                "hour, before the margin of the next twelve months is worse than without them."
                if most > 0.0
                else "Nothing, as the margin of the next twelve months does not rise: another resource binds, or all "
                "demand is met.",
            )
        )
    return told
