"""Exceptions somebody has looked at: kept with a note; they return only when what they say has changed."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sop_dash.core.model.errors import SopError
from sop_dash.core.model.findings import Finding
from sop_dash.core.performance.exceptions import finding_facts, finding_key
from sop_dash.services.access import Right, User, require
from sop_dash.services.plans import Plans
from sop_dash.services.ports import Change, Store

EXCEPTION_MARK = "exception-mark"
_LONGEST_NOTE = 400


class MarkState(StrEnum):
    """Whether somebody has looked at it."""

    OPEN = "open"
    RETURNED = "changed since reviewed"
    REVIEWED = "reviewed"


@dataclass(frozen=True, kw_only=True)
class MarkedFinding:
    """An exception with what was said of it.

    Args:
        finding: The exception.
        state: Open, reviewed, or returned because something changed.
        note: What was noted; empty without one.
        by, at: Who reviewed it, and when (UTC); empty while open.
        version: Of the mark, for conflict checks; None before the first.
    """

    finding: Finding
    state: MarkState
    note: str = ""
    by: str = ""
    at: str = ""
    version: int | None = None

    @property
    def key(self) -> str:
        """What names it on the page."""
        return finding_key(self.finding)


class ExceptionMarks:
    """Marks of the company in use."""

    def __init__(self, store: Store, plans: Plans) -> None:
        self._store, self._plans = store, plans

    def marked(self, findings: Sequence[Finding]) -> tuple[MarkedFinding, ...]:
        """The exceptions in their order, reviewed ones last."""
        kept = {record.id: record for record in self._store.records(EXCEPTION_MARK, self._plans.company)}
        rows = []
        for finding in findings:
            record = kept.get(_mark_id(finding))
            if record is None:
                rows.append(MarkedFinding(finding=finding, state=MarkState.OPEN))
                continue
            same = record.body["facts"] == finding_facts(finding)
            state = MarkState.OPEN if record.body["open"] else MarkState.REVIEWED if same else MarkState.RETURNED
            rows.append(
                MarkedFinding(
                    finding=finding,
                    state=state,
                    note=record.body["note"],
                    by=record.changed_by,
                    at=record.changed_at,
                    version=record.version,
                )
            )
        return tuple(sorted(rows, key=lambda row: row.state is MarkState.REVIEWED))

    def review(self, marked: MarkedFinding, note: str | None, user: User) -> None:
        """Note that somebody has looked at it. Raises `Conflict` when a colleague marked it first."""
        self._write(marked, note or "", user, is_open=False)

    def open_again(self, marked: MarkedFinding, user: User) -> None:
        """Take the mark back."""
        if marked.version is None:
            raise SopError("This exception is open already.")
        self._write(marked, marked.note, user, is_open=True)

    def _write(self, marked: MarkedFinding, note: str, user: User, *, is_open: bool) -> None:
        require(user, Right.EDIT)
        finding = marked.finding
        change = Change(
            kind=EXCEPTION_MARK,
            company=self._plans.company,
            id=_mark_id(finding),
            body={
                "key": finding_key(finding),
                "facts": finding_facts(finding),
                "note": note.strip()[:_LONGEST_NOTE],
                "open": is_open,
            },
            seen_version=marked.version,
            action="open exception again" if is_open else "review exception",
        )
        self._store.write((change,), user.name)


def _mark_id(finding: Finding) -> str:
    return hashlib.sha256(finding_key(finding).encode()).hexdigest()[:32]
