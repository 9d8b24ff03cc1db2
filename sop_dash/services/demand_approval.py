"""The demand review of the open cycle: families approved one by one, the whole approved, frozen, and opened again."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sop_dash.core.demand.frozen import CONSENSUS, SALES, STATISTICAL
from sop_dash.core.model.arrays import Array
from sop_dash.core.model.errors import SopError, UnknownKey
from sop_dash.core.plan.demand_approval import FamilyMark, FamilyReview, ReviewState, family_reviews, in_line
from sop_dash.core.plan.demand_issues import demand_issues
from sop_dash.core.plan.prepared import Prepared
from sop_dash.services.access import Right, User, require
from sop_dash.services.demand_lock import cycle_record, require_open_review
from sop_dash.services.kept_outlook import DEMAND_CYCLE
from sop_dash.services.plans import Plans
from sop_dash.services.ports import Change, Store, StoredRecord

FAMILY_REVIEW = "family-review"


@dataclass(frozen=True, kw_only=True)
class DemandState:
    """How far the demand review is.

    Args:
        cycle: The open cycle.
        families: One row per family.
        approved: True while the whole review is approved.
        by, at: Who approved or opened it last, and when (UTC); empty before.
        version: Of the approval, for conflict checks; None before the first.
        in_line: Families without a question that nobody has looked at yet.
    """

    cycle: str
    families: tuple[FamilyReview, ...]
    approved: bool
    by: str
    at: str
    version: int | None
    in_line: tuple[str, ...]

    @property
    def through(self) -> int:
        """How many families are through."""
        return sum(row.through for row in self.families)

    @property
    def changed(self) -> tuple[FamilyReview, ...]:
        """Families whose consensus moved after they were approved, the largest change first."""
        rows = [row for row in self.families if row.state is ReviewState.CHANGED]
        return tuple(sorted(rows, key=lambda row: -abs(np.nan_to_num(row.change_value))))


class DemandApproval:
    """Who approved what of the demand review."""

    def __init__(self, store: Store, plans: Plans) -> None:
        self._store, self._plans = store, plans

    def state(self) -> DemandState:
        """The review of the open cycle."""
        prepared = self._plans.prepared()
        kept, marks = cycle_record(self._store, self._plans), self._marks()
        asked = {issue.family for issue in demand_issues(prepared) if issue.question is not None}
        families = family_reviews(prepared, marks)
        said = {mark.family for mark in marks if not mark.withdrawn}
        return DemandState(
            cycle=prepared.inputs.grain.cycle,
            families=families,
            approved=bool(kept and kept.body["approved"]),
            by=kept.changed_by if kept else "",
            at=kept.changed_at if kept else "",
            version=kept.version if kept else None,
            in_line=tuple(name for name in in_line(prepared, asked) if name not in said),
        )

    def approve(
        self, families: Sequence[str], user: User, *, seen: Sequence[int | None], auto: bool = False, note: str = ""
    ) -> None:
        """Approve the consensus of these families as it stands.

        Args:
            families: Their names.
            user: Who approves.
            seen: Version of each family's mark that the person saw; None where there was none.
            auto: The statistical forecast is taken as it is.
            note: Why, if said.

        Raises:
            Conflict: A colleague said something of one of them first; nothing was kept.
            UnknownKey: A family is not in the data load.
            SopError: An adjusted family cannot keep its forecast as it is.
        """
        require(user, Right.EDIT)
        require_open_review(self._store, self._plans)
        prepared = self._plans.prepared()
        grain = prepared.inputs.grain
        for name in families:
            if name not in grain.families:
                raise UnknownKey("family", name, grain.families)
        touched = {grain.families[effect.family] for effect in prepared.consensus.effects}
        if auto and touched.intersection(families):
            raise SopError(
                f"{', '.join(sorted(touched.intersection(families)))}: people have changed the forecast.",
                remedy="Undo the adjustments first, or approve the consensus.",
            )
        changes = [
            self._mark(prepared, name, auto=auto, note=note, seen=version)
            for name, version in zip(families, seen, strict=True)
        ]
        self._store.write(tuple(changes), user.name)

    def reopen_family(self, family: str, seen: int, user: User) -> None:
        """Take the approval of one family back. Raises `Conflict` when a colleague changed it first."""
        require(user, Right.EDIT)
        require_open_review(self._store, self._plans)
        cycle = self._plans.cycle
        body = {"cycle": cycle, "family": family, "withdrawn": True}
        self._write(FAMILY_REVIEW, _family_id(cycle, family), body, seen, "open family again", user)

    def approve_review(self, seen: int | None, user: User) -> None:
        """Approve the demand review as a whole and freeze its forecasts.

        Raises:
            SopError: A family is not through.
            Conflict: A colleague approved or opened it first.
        """
        require(user, Right.EDIT)
        state = self.state()
        left = [row.family for row in state.families if not row.through]
        if left:
            listed = ", ".join(left[:6]) + (f" and {len(left) - 6} more" if len(left) > 6 else "")
            raise SopError(f"Not through yet: {listed}.", remedy="Approve these families first.")
        prepared = self._plans.prepared()
        body = {"cycle": state.cycle, "approved": True, "data_load": self._plans.data_load_id, **_frozen(prepared)}
        self._write(DEMAND_CYCLE, state.cycle, body, seen, "approve demand review", user)

    def open_review(self, seen: int, user: User) -> None:
        """Open an approved review again; what was frozen stays until it is approved anew."""
        require(user, Right.EDIT)
        kept = cycle_record(self._store, self._plans)
        if kept is None:
            raise SopError("The demand review is open already.")
        self._write(DEMAND_CYCLE, kept.id, {**kept.body, "approved": False}, seen, "open demand review", user)

    def _marks(self) -> tuple[FamilyMark, ...]:
        cycle = self._plans.cycle
        return tuple(
            _mark_of(kept)
            for kept in self._store.records(FAMILY_REVIEW, self._plans.company)
            if kept.body["cycle"] == cycle
        )

    def _mark(self, prepared: Prepared, family: str, *, auto: bool, note: str, seen: int | None) -> Change:
        grain = prepared.inputs.grain
        units = prepared.consensus.units[grain.families.index(family)]
        body = {
            "cycle": grain.cycle,
            "family": family,
            "withdrawn": False,
            "auto": auto,
            "note": note.strip()[:400],
            "months": list(grain.horizon),
            "units": {channel: units[c].tolist() for c, channel in enumerate(grain.channels)},
        }
        return Change(
            kind=FAMILY_REVIEW,
            company=self._plans.company,
            id=_family_id(grain.cycle, family),
            body=body,
            seen_version=seen,
            action="keep forecast as it is" if auto else "approve family",
        )

    def _write(
        self, kind: str, record_id: str, body: dict[str, Any], seen: int | None, action: str, user: User
    ) -> None:
        change = Change(
            kind=kind, company=self._plans.company, id=record_id, body=body, seen_version=seen, action=action
        )
        self._store.write((change,), user.name)


def _family_id(cycle: str, family: str) -> str:
    return f"{cycle}-{hashlib.sha256(family.encode()).hexdigest()[:16]}"


def _mark_of(kept: StoredRecord) -> FamilyMark:
    body = kept.body
    return FamilyMark(
        family=body["family"],
        auto=bool(body.get("auto")),
        months=tuple(body.get("months", ())),
        units=body.get("units", {}),
        note=body.get("note", ""),
        by=kept.changed_by,
        at=kept.changed_at,
        version=kept.version,
        withdrawn=bool(body["withdrawn"]),
    )


def _frozen(prepared: Prepared) -> dict[str, Any]:
    """Statistical forecast, sales input and consensus of every family, as plain values; unknown months are None."""
    grain = prepared.inputs.grain
    streams: dict[str, Array] = {
        STATISTICAL: prepared.baseline.family_units,
        SALES: prepared.sales.units.sum(axis=1),
        CONSENSUS: prepared.consensus.units.sum(axis=1),
    }
    rows = [
        [step, family, [None if np.isnan(value) else float(value) for value in units[f]]]
        for step, units in streams.items()
        for f, family in enumerate(grain.families)
        if not np.isnan(units[f]).all()
    ]
    return {"months": list(grain.horizon), "frozen": rows}


def approval_words(state: DemandState) -> str:
    """How far the review is in one sentence, for the pages of the cycle."""
    if state.approved and state.changed:
        return f"Demand review approved by {state.by}, changed since"
    if state.approved:
        return f"Demand review approved by {state.by}"
    return f"Demand review: {state.through} of {len(state.families)} families approved"
