"""What people add to a data load: rows of the outlook changed or added, answers, and the cycles they have closed.

A data load is never changed. What is kept lies over it: a row under the key of one that was brought takes its place.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import numpy as np

from sop_dash.core.model.inputs import ApprovedOutput, ForecastSnapshots, Grain, PlanInputs
from sop_dash.core.model.outlook import Assumption, Event, LevelAnswer, Risk, Succession
from sop_dash.core.model.records import Adjustment, AdjustmentStatus, PastAdjustment, Stream

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Kept(Generic[T]):
    """One row that people changed or added.

    Args:
        id: Of the record.
        version: Of the record, for conflict checks.
        replaces: Key of the row of the data load it takes the place of; empty for a row of its own.
        row: The row; None when it was taken out.
        changed_by, changed_at: Who kept it last, and when (UTC).
    """

    id: str
    version: int
    replaces: str
    row: T | None
    changed_by: str = ""
    changed_at: str = ""


@dataclass(frozen=True, kw_only=True)
class ClosedCycle:
    """Forecasts frozen when the demand review of a cycle was approved.

    Args:
        cycle: Which.
        months: Months frozen.
        steps: Step ("statistical", "sales", "consensus") and family -> units of those months; None is unknown.
    """

    cycle: str
    months: tuple[str, ...]
    steps: tuple[tuple[str, str, tuple[float | None, ...]], ...]


@dataclass(frozen=True, kw_only=True)
class ApprovedPlan:
    """Output of a plan as it was approved.

    Args:
        cycle: The cycle it was approved in.
        by, at: Who approved it, and when (UTC).
        months: Months it planned.
        make_units: Family -> units of those months.
    """

    cycle: str
    by: str
    at: str
    months: tuple[str, ...]
    make_units: tuple[tuple[str, tuple[float, ...]], ...]


@dataclass(frozen=True, kw_only=True)
class Additions:
    """Everything people added; empty by default."""

    assumptions: tuple[Kept[Assumption], ...] = ()
    risks: tuple[Kept[Risk], ...] = ()
    events: tuple[Kept[Event], ...] = ()
    successions: tuple[Kept[Succession], ...] = ()
    level_answers: tuple[LevelAnswer, ...] = ()
    closed_cycles: tuple[ClosedCycle, ...] = ()
    approved_plans: tuple[ApprovedPlan, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()


def event_key(event: Event) -> str:
    """What tells an event from all others; events have no number."""
    return f"{event.family}|{event.sku}|{event.kind}|{event.first_month}|{event.description}"


def numbered(row: Assumption | Risk) -> str:
    """The number of an assumption, a risk or an opportunity."""
    return row.id


def laid_over(brought: Iterable[T], kept: Sequence[Kept[T]], key: Callable[[T], str]) -> tuple[T, ...]:
    """The rows brought, each replaced or taken out as people said, then the rows they added."""
    changed = {one.replaces: one.row for one in kept if one.replaces}
    rows = [changed.get(key(row), row) for row in brought]
    added = [one.row for one in kept if not one.replaces]
    return tuple(row for row in (*rows, *added) if row is not None)


def with_additions(inputs: PlanInputs, added: Additions) -> PlanInputs:
    """The data load with what people added lying over it; rows of families it does not have are left out."""
    families = set(inputs.grain.families)
    events = laid_over(inputs.events, added.events, event_key)
    successions = [kept.row for kept in added.successions if kept.row is not None]
    return replace(
        inputs,
        stated_assumptions=laid_over(inputs.stated_assumptions, added.assumptions, numbered),
        risks=laid_over(inputs.risks, added.risks, numbered),
        events=tuple(event for event in events if event.family in families),
        successions=tuple(row for row in successions if row.family in families),
        level_answers=tuple(answer for answer in added.level_answers if answer.family in families),
        snapshots=_with_closed_cycles(inputs, added.closed_cycles),
        approved=_approved(inputs.grain, added.approved_plans),
        past_adjustments=(*inputs.past_adjustments, *_past_adjustments(inputs, added.adjustments)),
    )


def _with_closed_cycles(inputs: PlanInputs, closed: Sequence[ClosedCycle]) -> ForecastSnapshots:
    """Kept forecasts with those of closed cycles; what the company brings of the same cycle and step wins."""
    brought, place = inputs.snapshots, {name: f for f, name in enumerate(inputs.grain.families)}
    known = set(zip(brought.cycles, brought.steps, strict=True))
    rows = [
        (one.cycle, month, place[family], step, units)
        for one in closed
        if one.cycle < inputs.grain.cycle
        for step, family, values in one.steps
        if family in place and (one.cycle, step) not in known
        for month, units in zip(one.months, values, strict=True)
        if units is not None
    ]
    if not rows:
        return brought
    cycles, months, families, steps, units = zip(*rows, strict=True)
    return ForecastSnapshots(
        cycles=(*brought.cycles, *cycles),
        months=(*brought.months, *months),
        families=(*brought.families, *families),
        steps=(*brought.steps, *steps),
        units=np.concatenate((brought.units, np.array(units, dtype=np.float64))),
    )


def _approved(grain: Grain, plans: Sequence[ApprovedPlan]) -> tuple[ApprovedOutput, ...]:
    """Approved plans up to the open cycle, laid on the months now planned; those without any of them are left out."""
    month_place = {month: t for t, month in enumerate(grain.horizon)}
    family_place = {name: f for f, name in enumerate(grain.families)}
    found = []
    for one in sorted((one for one in plans if one.cycle <= grain.cycle), key=lambda one: one.cycle):
        units = np.full((len(grain.families), len(grain.horizon)), np.nan)
        for family, values in one.make_units:
            for month, value in zip(one.months, values, strict=True):
                if family in family_place and month in month_place:
                    units[family_place[family], month_place[month]] = value
        if not np.isnan(units).all():
            found.append(ApprovedOutput(cycle=one.cycle, by=one.by, at=one.at, make_units=units))
    return tuple(found)


def _past_adjustments(inputs: PlanInputs, made: Sequence[Adjustment]) -> list[PastAdjustment]:
    """Accepted adjustments of earlier cycles, month by month, of cycles the company did not bring itself."""
    place = {name: f for f, name in enumerate(inputs.grain.families)}
    brought = {change.cycle for change in inputs.past_adjustments}
    return [
        PastAdjustment(
            cycle=one.cycle,
            month=month,
            family=place[one.family],
            type=one.type,
            value=one.value,
            reason=one.reason,
            owner=one.owner,
            channel=one.channel or "",
        )
        for one in made
        if one.status is AdjustmentStatus.ACCEPTED
        and one.stream is Stream.CONSENSUS
        and one.family in place
        and one.cycle < inputs.grain.cycle
        and one.cycle not in brought
        for month in inputs.grain.calendar
        if one.first_month <= month <= one.last_month
    ]
