"""Records a data load brings along: its decisions and actions become records that people carry on with."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from sop_dash.core.model.records import Execution, Outcome
from sop_dash.services.decisions import action_body, decision_body
from sop_dash.services.kept_records import ACTION, DECISION
from sop_dash.services.ports import Change

_DONE = frozenset({"delivered", "not delivered", "done", "completed", "closed"})


def seed_records(frames: Mapping[str, pd.DataFrame], company: str, cycle: str) -> tuple[Change, ...]:
    """One change per decision and action of the tables, under the ids they have there; empty without such tables.

    Raises:
        BadValue: A field cannot be used; the checks of the tables find it first.
    """
    decisions = (_decision(row, company, cycle) for row in _rows(frames.get("decisions")))
    known = {str(row["id"]) for row in _rows(frames.get("decisions"))}
    actions = (_action(row, company, cycle, known) for row in _rows(frames.get("actions")))
    return (*decisions, *actions)


def _rows(frame: pd.DataFrame | None) -> Iterator[dict[str, Any]]:
    if frame is None:
        return
    for values in frame.astype(object).where(frame.notna(), None).itertuples(index=False):
        row = dict(zip(frame.columns, values, strict=True))
        if row["id"]:
            yield row


def _decision(row: Mapping[str, Any], company: str, cycle: str) -> Change:
    state = str(row.get("state") or "").lower()
    settled = row.get("outcome") == Outcome.APPROVED
    done = Execution.DONE if state in _DONE else Execution.IN_PROGRESS if settled else Execution.NOT_STARTED
    body = decision_body({**row, "category": row.get("category") or "supply", "execution": done}, cycle=cycle)
    return Change(kind=DECISION, company=company, id=str(row["id"]), body=body, action="bring decision")


def _action(row: Mapping[str, Any], company: str, cycle: str, known: set[str]) -> Change:
    decision_id = str(row.get("decision_id") or "")
    given = {**row, "decision_id": decision_id if decision_id in known else ""}
    return Change(
        kind=ACTION, company=company, id=str(row["id"]), body=action_body(given, cycle=cycle), action="bring action"
    )
