"""Exceptions as rows: what and where, its figures, the money at stake, and whether somebody has looked at it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sop_dash.core.model.periods import short_name
from sop_dash.core.performance.exceptions import ChangedMonth
from sop_dash.figures.formats import day_in_words, plural
from sop_dash.services.exception_marks import MarkedFinding, MarkState

Row = Mapping[str, Any]


def exception_rows(marked: Sequence[MarkedFinding]) -> list[Row]:
    """What is out of the ordinary, most money first, what has been reviewed last."""
    return [
        {
            "key": one.key,
            "what": _what(one),
            "detail": one.finding.detail or one.finding.kind.remedy,
            "value": one.finding.value,
            "state": one.state.value,
            "note": _note(one),
        }
        for one in marked
    ]


def _what(one: MarkedFinding) -> str:
    finding = one.finding
    if not finding.place:
        return finding.kind.title
    return f"{finding.place}: {finding.kind.title[0].lower()}{finding.kind.title[1:]}"


def _note(one: MarkedFinding) -> str:
    if one.state is MarkState.OPEN:
        return ""
    said = f"{one.by}, {day_in_words(date.fromisoformat(one.at[:10]))}"
    return f"{one.note} ({said})" if one.note else said


def exception_words(marked: Sequence[MarkedFinding]) -> str:
    """How many are left to look at."""
    left = sum(one.state is not MarkState.REVIEWED for one in marked)
    returned = sum(one.state is MarkState.RETURNED for one in marked)
    told = f"{left} of {plural(len(marked), 'exception')} to review"
    return f"{told}, {returned} returned" if returned else told


def changed_rows(moved: Sequence[ChangedMonth], families: set[str]) -> list[Row]:
    """Family and month against last cycle (S-097); new forecasts have no percentage."""
    return [
        {
            "key": f"{row.family} {row.month}",
            "family": row.family,
            "month": short_name(row.month),
            "units": row.units,
            "before": row.before_units,
            "change": None if row.new else row.ratio,
            "state": "new" if row.new else "",
            "value": row.value,
        }
        for row in moved
        if row.family in families
    ]
