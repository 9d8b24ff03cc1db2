"""What the Decisions page says: what waits for an answer and what it costs to wait, and what is late."""

from collections.abc import Sequence
from datetime import date

from sop_dash.core.meeting.decision_log import late, queue
from sop_dash.core.model.records import Action, Decision
from sop_dash.core.performance.effects import Effect
from sop_dash.figures.executive_tables import due_words
from sop_dash.figures.formats import MISSING, listed, money, plural
from sop_dash.figures.scenario_tables import effect_text


def decisions_story(
    decisions: Sequence[Decision], actions: Sequence[Action], today: date, currency: str
) -> tuple[str, str]:
    """The queue in one sentence; what is in the plan and what is late in another."""
    return _queue(decisions, today, currency), _carried_out(decisions, actions, today)


def _queue(decisions: Sequence[Decision], today: date, currency: str) -> str:
    waiting = queue(decisions, today)
    if not waiting:
        return "No decision is pending."
    first = waiting[0]
    name = f"{first.decision.id}, {_lower(first.decision.text)}"
    count = f"{plural(len(waiting), 'decision')} pending"
    due = due_words(first.decision.due_date, today)
    if first.per_day_value is None:
        return f"{count}; next is {name} ({due})."
    return f"{count}; the dearest to wait for is {name} ({money(first.stake_value, currency)} at stake, {due})."


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _carried_out(decisions: Sequence[Decision], actions: Sequence[Action], today: date) -> str:
    within = sum(decision.in_plan for decision in decisions)
    overdue = [action for action in actions if late(action, today)]
    plan = f"{plural(within, 'decision')} in the plan" if within else "No decision is part of the plan yet"
    if not overdue:
        return f"{plan}; no action is late."
    owners = listed(sorted({action.owner for action in overdue}))
    return f"{plan}; {plural(len(overdue), 'action')} late, with {owners}."


def worth_words(effects: Sequence[Effect], currency: str) -> str:
    """What a decision changes in the plan, in one sentence."""
    words = ("margin", "service", "stock value", "of overtime")
    said = [(effect_text(found, currency), word) for found, word in zip(effects, words, strict=True)]
    parts = [f"{text.change} {word}" for text, word in said if text.change not in {"", MISSING}]
    if not parts:
        return "The plan is the same with and without it."
    return f"With it the next twelve months have {listed(parts, most=4)}."
