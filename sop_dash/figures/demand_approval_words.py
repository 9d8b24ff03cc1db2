"""The state of the demand review in words: how far it is, what changed since, what is due."""

from collections.abc import Sequence
from datetime import date

from sop_dash.core.model.outlook import LevelCause
from sop_dash.core.model.periods import short_name
from sop_dash.core.plan.assumption_checks import CheckedAssumption, State
from sop_dash.core.plan.demand_approval import FamilyReview, ReviewState
from sop_dash.figures.formats import compact, known, moment_in_words, money, plural
from sop_dash.services.demand_approval import DemandState

_SOON_DAYS = 31


def progress_words(state: DemandState) -> str:
    """How many families are through."""
    return f"{state.through} of {plural(len(state.families), 'family', 'families')} approved"


def review_words(state: DemandState) -> str:
    """Who approved or opened the review, and whether something moved since; empty before the first approval."""
    if not state.at:
        return ""
    done = f"{'Approved' if state.approved else 'Opened again'} by {state.by}, {moment_in_words(state.at)}"
    return f"{done}; changed since approval" if state.changed else done


def change_words(row: FamilyReview, currency: str) -> str:
    """How a family moved since it was approved."""
    size = money(row.change_value, currency) if known(row.change_value) else f"{compact(row.change_units)} units"
    sign = "" if size.startswith("−") else "+"
    return f"{row.family} {sign}{size}"


def family_words(row: FamilyReview, currency: str) -> str:
    """The state of one family, with who said so."""
    if row.mark is None or row.state is ReviewState.OPEN:
        return "not approved yet"
    said = f"{row.state.value} by {row.mark.by}" if row.state is not ReviewState.CHANGED else row.state.value
    if row.state is ReviewState.CHANGED:
        return f"{said}: {change_words(row, currency).removeprefix(row.family).strip()}"
    return f"{said}: {row.mark.note}" if row.mark.note else said


def due_words(checked: Sequence[CheckedAssumption], today: date) -> list[str]:
    """Assumptions that need somebody: contradicted ones, and those that run out within a month."""
    wrong = [row.assumption.id for row in checked if row.state is State.CONTRADICTED]
    soon = [
        row.assumption.id
        for row in checked
        if row.assumption.valid_until
        and 0 <= (date.fromisoformat(row.assumption.valid_until[:10]) - today).days <= _SOON_DAYS
    ]
    said = []
    if wrong:
        said.append(f"{plural(len(wrong), 'assumption')} contradicted: {', '.join(wrong[:4])}")
    if soon:
        said.append(f"{plural(len(soon), 'assumption')} to renew within a month: {', '.join(soon[:4])}")
    return said


def answer_words(family: str, month: str, cause: LevelCause) -> str:
    """What an answer to "season or launch?" does."""
    if cause is LevelCause.SEASON:
        return f"{family}: the step of {short_name(month)} is taken as a season that passes."
    return f"{family}: the new level since {short_name(month)} stays."
