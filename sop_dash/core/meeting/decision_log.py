"""What the decision log adds up to: money by category and outcome, and which pending decision waits most dearly.

Money is favourable to profit when positive. One-off and monthly money are never added up (D-68).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sop_dash.core.model.records import Action, ActionStatus, Decision, DecisionCategory, Outcome

_MONTHS_A_YEAR = 12


@dataclass(frozen=True, kw_only=True)
class SummaryRow:
    """The decisions of one category with one outcome.

    Args:
        category: The category; None for all of them.
        outcome: The outcome; None for all of them.
        count: How many decisions.
        one_off_value: Their one-off money; None when none of them has any.
        recurring_value_per_month: Their monthly money; None likewise.
        unpriced: How many have no money at all.
    """

    category: DecisionCategory | None
    outcome: Outcome | None
    count: int
    one_off_value: float | None
    recurring_value_per_month: float | None
    unpriced: int


def summary(decisions: Sequence[Decision]) -> tuple[SummaryRow, ...]:
    """One row per category and outcome that occurs (S-249), then one per outcome; empty without decisions."""
    rows = [
        _row(category, outcome, [d for d in decisions if d.category is category and d.outcome is outcome])
        for category in DecisionCategory
        for outcome in Outcome
    ]
    rows += [_row(None, outcome, [d for d in decisions if d.outcome is outcome]) for outcome in Outcome]
    return tuple(row for row in rows if row.count)


def _row(category: DecisionCategory | None, outcome: Outcome | None, chosen: Sequence[Decision]) -> SummaryRow:
    return SummaryRow(
        category=category,
        outcome=outcome,
        count=len(chosen),
        one_off_value=_known_sum(d.one_off_value for d in chosen),
        recurring_value_per_month=_known_sum(d.recurring_value_per_month for d in chosen),
        unpriced=sum(not priced(d) for d in chosen),
    )


def _known_sum(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return math.fsum(known) if known else None


def priced(decision: Decision) -> bool:
    """True when a decision has one-off or monthly money."""
    return decision.one_off_value is not None or decision.recurring_value_per_month is not None


def stake_value(decision: Decision) -> float | None:
    """Size of its one-off money and of a year of its monthly money; None without money."""
    if not priced(decision):
        return None
    return abs(decision.one_off_value or 0.0) + _MONTHS_A_YEAR * abs(decision.recurring_value_per_month or 0.0)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A pending decision in the queue.

    Args:
        decision: The decision.
        stake_value: Size of its one-off money and of a year of its monthly money, to rank by; None without money.
        days_left: Calendar days to its due date, negative when late; None without one.
        per_day_value: Stake per day left; a decision due today or late counts as one day. None without money or date.
    """

    decision: Decision
    stake_value: float | None
    days_left: int | None
    per_day_value: float | None


def queue(decisions: Iterable[Decision], today: date) -> tuple[Waiting, ...]:
    """Pending decisions by money at stake per day left, largest first; then those without money or date, by date."""
    waiting = [_waiting(d, today) for d in decisions if d.outcome is Outcome.PENDING]
    return tuple(sorted(waiting, key=_urgency))


def _waiting(decision: Decision, today: date) -> Waiting:
    stake = stake_value(decision)
    days = (date.fromisoformat(decision.due_date) - today).days if decision.due_date else None
    per_day = stake / max(days, 1) if stake is not None and days is not None else None
    return Waiting(decision=decision, stake_value=stake, days_left=days, per_day_value=per_day)


def _urgency(one: Waiting) -> tuple[bool, float, str, str]:
    rank = one.per_day_value
    return rank is None, -(rank or 0.0), one.decision.due_date or "9999", one.decision.id


def open_actions(actions: Iterable[Action]) -> tuple[Action, ...]:
    """Actions not completed, the first due first."""
    open_ones = (action for action in actions if action.status is not ActionStatus.COMPLETED)
    return tuple(sorted(open_ones, key=lambda action: (action.due_date or "9999", action.id)))


def late(action: Action, today: date) -> bool:
    """True when an action is open after its due date."""
    return bool(action.due_date) and action.status is not ActionStatus.COMPLETED and action.due_date < today.isoformat()
