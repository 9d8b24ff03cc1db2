"""An exception that was reviewed stays out of the way until what it says changes."""

from pathlib import Path

import pytest

from sop_dash.core.model.errors import Conflict
from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.services.access import LOCAL_USER, Role, User
from sop_dash.services.exception_marks import MarkState
from tests.desk import desk, opened

KIND = FindingKind(code="x", severity=Severity.WARNS, title="Something", remedy="Look.")
BEA = User(name="Bea", roles=frozenset({Role.PLANNER}))


def finding(place: str, value: float) -> Finding:
    return Finding(kind=KIND, place=place, detail=f"{value:.0f} units.", value=value)


def test_a_reviewed_exception_keeps_its_note_stands_last_and_returns_when_its_figures_change(tmp_path: Path) -> None:
    found = (finding("Kettles", 500.0), finding("Lamps", 200.0))
    marks = desk(tmp_path).exception_marks
    marks.review(marks.marked(found)[0], " one large order ", LOCAL_USER)
    again = opened(tmp_path).exception_marks
    rows = again.marked(found)
    assert [(row.finding.place, row.state, row.note) for row in rows] == [
        ("Lamps", MarkState.OPEN, ""),
        ("Kettles", MarkState.REVIEWED, "one large order"),
    ]
    returned = again.marked((finding("Kettles", 900.0),))[0]
    assert (returned.state, returned.by) == (MarkState.RETURNED, LOCAL_USER.name)


def test_two_people_do_not_overwrite_each_others_marks(tmp_path: Path) -> None:
    found = (finding("Kettles", 500.0),)
    marks = desk(tmp_path).exception_marks
    (seen,) = marks.marked(found)
    marks.review(seen, "mine", LOCAL_USER)
    with pytest.raises(Conflict, match="saved by local user"):
        marks.review(seen, "yours", BEA)
    (kept,) = marks.marked(found)
    marks.open_again(kept, BEA)
    assert marks.marked(found)[0].state is MarkState.OPEN
