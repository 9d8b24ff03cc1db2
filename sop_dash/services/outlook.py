"""Assumptions, risks, events and transitions: added, changed and taken out; they lie on top of the data load."""

from collections.abc import Mapping
from typing import Any

from sop_dash.core.model.additions import Kept, event_key
from sop_dash.core.model.errors import BadValue, Conflict, UnknownKey
from sop_dash.core.model.outlook import Assumption, Event, LevelCause, Risk, Succession
from sop_dash.services.access import Right, User, require
from sop_dash.services.demand_lock import require_open_review
from sop_dash.services.fields import choice_of, month_field, text_of
from sop_dash.services.kept_outlook import (
    LEVEL_ANSWER,
    Names,
    OutlookKind,
    Row,
    checked_row,
    kept_row,
    plain_row,
    record_id,
)
from sop_dash.services.plans import Plans
from sop_dash.services.ports import Change, Store

_PREFIX = {
    OutlookKind.ASSUMPTION: "ASM",
    OutlookKind.RISK: "RSK",
    OutlookKind.EVENT: "EVT",
    OutlookKind.TRANSITION: "TRN",
}
_ACT_ON_FORECAST = (OutlookKind.EVENT, OutlookKind.TRANSITION)


def row_key(row: Row) -> str:
    """What names a row on the page: its number, or what tells an event or a transition from the others."""
    if isinstance(row, Assumption | Risk):
        return row.id
    return event_key(row) if isinstance(row, Event) else transition_key(row)


def transition_key(row: Succession) -> str:
    """The items of a transition."""
    return f"{row.family}|{row.sku}|{row.predecessor}"


class Outlook:
    """What people know about the months ahead, kept for the company in use."""

    def __init__(self, store: Store, plans: Plans) -> None:
        self._store, self._plans = store, plans

    def kept(self, kind: OutlookKind) -> dict[str, Kept[Any]]:
        """The rows that people changed or added, by the key of the row; those taken out are left out."""
        records = (kept_row(record) for record in self._store.records(kind, self._plans.company))
        return {row_key(one.row): one for one in records if one.row is not None}

    def find(self, kind: OutlookKind, key: str) -> tuple[Row, Kept[Any] | None]:
        """The row under this key, and its record once somebody has kept one. Raises `UnknownKey`."""
        inputs = self._plans.prepared().inputs
        rows: dict[OutlookKind, tuple[Row, ...]] = {
            OutlookKind.ASSUMPTION: inputs.stated_assumptions,
            OutlookKind.RISK: inputs.risks,
            OutlookKind.EVENT: inputs.events,
            OutlookKind.TRANSITION: inputs.successions,
        }
        row = next((one for one in rows[kind] if row_key(one) == key), None)
        if row is None:
            raise UnknownKey(kind, key, [row_key(one) for one in rows[kind]])
        return row, self.kept(kind).get(key)

    def add(self, kind: OutlookKind, given: Mapping[str, Any], user: User) -> str:
        """Keep a row of its own; answers its number.

        Raises:
            BadValue, UnknownKey: A field cannot be used; nothing was kept.
            SopError: The review is approved and the row would change the forecast.
        """
        body = {"replaces": "", "removed": False, "row": self._checked(kind, given, user)}
        change = Change(kind=kind, company=self._plans.company, prefix=_PREFIX[kind], body=body, action=f"add {kind}")
        return self._store.write((change,), user.name)[0].id

    def change(
        self, kind: OutlookKind, key: str, seen_version: int | None, given: Mapping[str, Any], user: User
    ) -> None:
        """Keep a row in its new words; the data load stays as it was brought.

        Args:
            kind: Assumption, risk, event or transition.
            key: Of the row.
            seen_version: Version of its record that the person saw; None where there was none yet.
            given: Its fields.
            user: Who changes it.

        Raises:
            Conflict: Somebody changed it first.
            BadValue, UnknownKey: As for `add`.
        """
        self._write(kind, key, seen_version, {"removed": False, "row": self._checked(kind, given, user)}, user)

    def remove(self, kind: OutlookKind, key: str, seen_version: int | None, user: User) -> None:
        """Take a row out; the audit log keeps it. Raises as `change`."""
        require(user, Right.EDIT)
        if kind in _ACT_ON_FORECAST:
            require_open_review(self._store, self._plans)
        row, _ = self.find(kind, key)
        self._write(kind, key, seen_version, {"removed": True, "row": plain_row(row)}, user)

    def _write(self, kind: OutlookKind, key: str, seen_version: int | None, body: dict[str, Any], user: User) -> None:
        try:
            _, kept = self.find(kind, key)
        except UnknownKey as error:
            raise Conflict(
                "This row was changed in the meantime; nothing was saved.", remedy="Open it again."
            ) from error
        replaces = kept.replaces if kept else key
        change = Change(
            kind=kind,
            company=self._plans.company,
            id=kept.id if kept else record_id(kind, key),
            body={**body, "replaces": replaces},
            seen_version=seen_version,
            action=f"{'remove' if body['removed'] else 'change'} {kind}",
        )
        self._store.write((change,), user.name)

    def _checked(self, kind: OutlookKind, given: Mapping[str, Any], user: User) -> dict[str, Any]:
        require(user, Right.EDIT)
        if kind in _ACT_ON_FORECAST:
            require_open_review(self._store, self._plans)
        inputs = self._plans.prepared().inputs
        owned = {**given, "owner": given.get("owner") or user.name}
        return checked_row(kind, owned, Names(grain=inputs.grain, skus=inputs.items.skus))

    def answer_level(self, given: Mapping[str, Any], seen_version: int | None, user: User) -> None:
        """Say whether a new level is a launch that stays or a season that passes; the forecast follows.

        Raises:
            BadValue: There is no such question.
            Conflict: Somebody answered it first.
        """
        require(user, Right.EDIT)
        require_open_review(self._store, self._plans)
        family = text_of(given, "family", label="The family", longest=200)
        month = month_field(given, "month", label="The month")
        asked = {(step.family, step.month) for step in self._plans.prepared().history.level_breaks}
        if (family, month) not in asked and seen_version is None:
            raise BadValue("month", f"Nothing is asked about {family} in {month}.", remedy="Open the page again.")
        body = {
            "family": family,
            "month": month,
            "cause": choice_of(given, "cause", LevelCause, label="The answer"),
            "owner": user.name,
        }
        change = Change(
            kind=LEVEL_ANSWER,
            company=self._plans.company,
            id=record_id(OutlookKind.EVENT, f"{family}|{month}").replace("event", "level"),
            body=body,
            seen_version=seen_version,
            action="answer season or launch",
        )
        self._store.write((change,), user.name)
