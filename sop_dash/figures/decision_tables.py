"""Rows and sentences of the Decisions page: log, actions, queue, summary, options of a case, worth of a decision.

Money is favourable to profit when positive; what is paid once and what comes every month stand apart.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sop_dash.core.meeting.agenda import ASKED_MINUTES, Slot
from sop_dash.core.meeting.decision_log import SummaryRow, Waiting, late, summary
from sop_dash.core.meeting.decision_rights import Level
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.periods import short_name
from sop_dash.core.model.records import Action, Decision
from sop_dash.core.studies.case_options import Option
from sop_dash.core.studies.cases import Case
from sop_dash.figures.executive_tables import due_words
from sop_dash.figures.formats import MISSING, listed, money, percent, signed

Row = Mapping[str, Any]


def plan_words(decision: Decision) -> str:
    """Whether a decision is part of the plan."""
    if decision.in_plan:
        return "in the plan"
    return "not in the plan" if decision.levers.moved else "moves no lever"


def decision_rows(decisions: Sequence[Decision], level: Callable[[Decision], Level]) -> list[Row]:
    """One row per decision with every field of S-241 and where it is approved, newest first."""
    return [
        {
            "id": d.id,
            "text": d.text,
            "category": d.category.value,
            "owner": d.owner,
            "due_date": d.due_date,
            "outcome": d.outcome.value,
            "level": level(d).value,
            "execution": d.execution.value,
            "in_plan": plan_words(d),
            "one_off": d.one_off_value,
            "monthly": d.recurring_value_per_month,
            "from_month": d.from_month,
            "measured_against": d.measured_against,
            "rationale": d.rationale,
            "cycle": d.cycle,
            "decided_on": d.decided_on,
        }
        for d in reversed(decisions)
    ]


def together_words(waiting: Sequence[Waiting], level: Callable[[Decision], Level]) -> str:
    """How many pending decisions are small enough to be ratified in one go; empty below two."""
    small = [one.decision.id for one in waiting if level(one.decision) is Level.PLANNER]
    return f"{listed(small)} are small enough to be ratified together." if len(small) > 1 else ""


def action_rows(actions: Sequence[Action], today: date) -> list[Row]:
    """One row per action with every field of S-244, newest first."""
    return [
        {
            "id": a.id,
            "text": a.text,
            "owner": a.owner,
            "due_date": a.due_date,
            "status": a.status.value.replace("_", " "),
            "late": "late" if late(a, today) else "",
            "priority": a.priority.value,
            "decision_id": a.decision_id,
            "cycle": a.cycle,
        }
        for a in reversed(actions)
    ]


def summary_rows(decisions: Sequence[Decision]) -> tuple[list[Row], list[Row]]:
    """Count and money by category and outcome, and by outcome alone (S-249)."""
    rows = summary(decisions)
    return (
        [_summary_row(row) for row in rows if row.category is not None],
        [_summary_row(row) for row in rows if row.category is None],
    )


def _summary_row(row: SummaryRow) -> Row:
    category = row.category.value if row.category else "all categories"
    outcome = row.outcome.value if row.outcome else "all outcomes"
    return {
        "key": f"{category}/{outcome}",
        "category": category,
        "outcome": outcome,
        "count": row.count,
        "one_off": row.one_off_value,
        "monthly": row.recurring_value_per_month,
        "unpriced": row.unpriced,
    }


def money_words(one_off: float | None, monthly: float | None, from_month: str, currency: str) -> str:
    """What a decision is worth: "−$ 1.25 M once, +$ 62.0 k a month from Dec 26"; said when it has no money."""
    parts = []
    if one_off:
        parts.append(f"{signed(one_off, Unit.MONEY, currency)} once")
    if monthly:
        start = f" from {short_name(from_month)}" if from_month else ""
        parts.append(f"{signed(monthly, Unit.MONEY, currency)} a month{start}")
    if parts:
        return ", ".join(parts)
    return "no money told" if one_off is None and monthly is None else "no effect on money"


def money_to_type(value: float | None) -> float | None:
    """Money as it stands in a form, to the cent."""
    return None if value is None else round(value, 2)


@dataclass(frozen=True, kw_only=True)
class QueueItem:
    """One pending decision, written: `rank` is its money at stake per day left."""

    id: str
    text: str
    owner: str
    money: str
    due: str
    rank: str
    late: bool
    level: str


def queue_items(
    waiting: Sequence[Waiting], level: Callable[[Decision], Level], currency: str, today: date
) -> list[QueueItem]:
    """The queue in the order given, each with where it is approved."""
    return [
        QueueItem(
            id=one.decision.id,
            text=one.decision.text,
            owner=one.decision.owner,
            money=money_words(
                one.decision.one_off_value,
                one.decision.recurring_value_per_month,
                one.decision.from_month,
                currency,
            ),
            due=due_words(one.decision.due_date, today),
            rank=f"{money(one.per_day_value, currency)} a day" if one.per_day_value is not None else MISSING,
            late=one.days_left is not None and one.days_left < 0,
            level=level(one.decision).value,
        )
        for one in waiting
    ]


@dataclass(frozen=True, kw_only=True)
class OptionRow:
    """One option of a case, written; `place` is its position among the options of the case."""

    place: int
    name: str
    margin: str
    service: str
    stock: str
    last: str
    note: str
    feasible: bool
    recommended: bool
    in_plan: bool


def option_rows(case: Case, currency: str) -> list[OptionRow]:
    """All options of a case against doing nothing, with why not where one cannot be chosen."""
    return [_option_row(place, option, currency) for place, option in enumerate(case.options)]


def _option_row(place: int, option: Option, currency: str) -> OptionRow:
    notes = [option.reason] if option.reason else []
    if option.break_even_per_hour is not None and option.break_even_per_hour > 0.0:
        notes.append(f"Pay for themselves up to {money(option.break_even_per_hour, currency)} each.")
    return OptionRow(
        place=place,
        name=option.name,
        margin=signed(option.margin_change, Unit.MONEY, currency),
        service=percent(option.service_ratio),
        stock=signed(option.stock_change_value, Unit.MONEY, currency),
        last=short_name(option.last_month) if option.last_month else MISSING,
        note=" ".join(notes),
        feasible=option.feasible,
        recommended=option.recommended,
        in_plan=option.in_plan,
    )


def agenda_words(slots: Sequence[Slot]) -> str:
    """The sum of the agenda, and how it came to fit."""
    booked = sum(slot.minutes for slot in slots)
    if booked == ASKED_MINUTES:
        return f"{booked} min"
    return f"{booked} min, scaled from {ASKED_MINUTES}"
