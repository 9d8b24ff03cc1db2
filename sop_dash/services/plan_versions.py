"""The plan approved, frozen and opened again; how far it is, what it waits for, and every plan approved before."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sop_dash.core.meeting.checklist import Check, checklist
from sop_dash.core.model.errors import Conflict, SopError, UnknownKey
from sop_dash.core.model.levers import Levers, to_plain
from sop_dash.core.model.result import PlanResult
from sop_dash.core.plan.frozen_plan import FrozenPlan, freeze, plain_of, same_figures
from sop_dash.core.plan.plan_basis import basis_hash, changes
from sop_dash.services.access import NotAllowed, Right, User, require
from sop_dash.services.decisions import Decisions
from sop_dash.services.demand_approval import DemandApproval, approval_words
from sop_dash.services.fields import text_of
from sop_dash.services.kept_outlook import LEVEL_ANSWER, OutlookKind
from sop_dash.services.kept_records import ADJUSTMENT, CORRECTION, DECISION, SETTINGS
from sop_dash.services.kept_versions import (
    PLAN_STATE,
    PLAN_VERSION,
    ApprovalException,
    PlanVersion,
    hashed,
    version_of,
)
from sop_dash.services.plans import Newest, Plans
from sop_dash.services.ports import Change, Store, StoredRecord
from sop_dash.services.selection import Selection

_EDITS = (ADJUSTMENT, DECISION, SETTINGS, CORRECTION, LEVEL_ANSWER, *OutlookKind)
"""Kinds of records whose change is an edit of the plan."""
_OTHER_FIGURES = "figures calculated anew"


@dataclass(frozen=True, kw_only=True, eq=False)
class PlanState:
    """Where the plan of the open cycle stands.

    Args:
        cycle: The open cycle.
        approved: True while it stands approved.
        proposed: True while somebody has proposed it as it is now; any change makes it a draft again.
        by, at: Who proposed, approved or opened it again last, and when (UTC); empty before.
        version: Of this state, for conflict checks; None before anybody said anything.
        plan: The plan approved last in this cycle; None before the first approval.
        changes: What has changed since; empty while nothing has, and while the plan is not approved.
    """

    cycle: str
    approved: bool = False
    proposed: bool = False
    by: str = ""
    at: str = ""
    version: int | None = None
    plan: PlanVersion | None = None
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a person looked at before approving.

    Args:
        version: Of the state of the plan.
        basis: Mark of what the plan rests on.
    """

    version: int | None
    basis: str


class PlanVersions:
    """Approves the plan and keeps every plan approved.

    Args:
        store: Where they are kept.
        plans: Reads the plan.
        demand: How far the demand review is.
        decisions: Decisions that are still pending.
        alone: True where one person has all roles; else nobody approves a plan they changed last.
    """

    def __init__(
        self, store: Store, plans: Plans, demand: DemandApproval, decisions: Decisions, *, alone: bool = True
    ) -> None:
        self._store, self._plans, self._demand, self._decisions = store, plans, demand, decisions
        self._alone = alone
        self._kept = Newest[tuple[int, str], tuple[PlanVersion, ...]](2)
        self._standing = Newest[tuple[int, str], PlanState](2)

    def versions(self) -> tuple[PlanVersion, ...]:
        """Every plan approved, the newest first."""
        company = self._plans.company

        def read() -> tuple[PlanVersion, ...]:
            found = [version_of(kept) for kept in self._store.records(PLAN_VERSION, company)]
            return tuple(sorted(found, key=lambda one: (one.cycle, one.number), reverse=True))

        return self._kept.get((self._store.revision(), company), read)

    def in_force(self) -> PlanVersion | None:
        """The plan that stands approved, of the latest cycle that has one."""
        standing = {kept.body["plan"] for kept in self._states() if kept.body["approved"]}
        return next((one for one in self.versions() if one.id in standing), None)

    def approved(self, plan_id: str | None = None) -> PlanVersion:
        """One approved plan by its id; without one, the plan in force. Raises `SopError` where there is none."""
        if plan_id is None:
            plan = self.in_force()
            if plan is None:
                raise SopError("No plan stands approved.", remedy="Approve one on the Decisions page.")
            return plan
        known = {one.id: one for one in self.versions()}
        if plan_id not in known:
            raise UnknownKey("approved plan", plan_id, tuple(known))
        return known[plan_id]

    def state(self) -> PlanState:
        """Where the plan of the open cycle stands; worked out once after each write, every page asks for it."""
        return self._standing.get((self._store.revision(), self._plans.company), self._state)

    def present(self) -> FrozenPlan:
        """The figures of the plan as it is now, beside which approved ones are laid."""
        return freeze(self._plan())

    def checklist(self) -> tuple[Check, ...]:
        """What must hold before the plan is approved."""
        return checklist(self._plan(), self._decisions.decisions(), self._demand_check())

    def seen(self) -> Seen:
        """What the plan rests on now; sent back with an approval, so that nobody approves what they did not see."""
        return Seen(version=self.state().version, basis=basis_hash(self._plans.basis()))

    def approve(self, exceptions: Mapping[str, Mapping[str, Any]], seen: Seen, user: User) -> PlanVersion:
        """Approve the plan as it stands, without own levers, and freeze it.

        Args:
            exceptions: Check id -> `owner` and `reason`, for every check that does not hold.
            seen: What the person looked at.
            user: Who approves.

        Raises:
            NotAllowed: The person may not approve, or changed the plan last.
            SopError: The arithmetic of the plan fails; nothing was approved.
            BadValue: An open check has no owner or reason.
            Conflict: The plan was approved, opened or changed in the meantime; nothing was approved.
        """
        require(user, Right.APPROVE)
        self._require_second_person(user)
        state, basis = self.state(), self._plans.basis()
        if seen != Seen(version=state.version, basis=basis_hash(basis)):
            raise self._conflict(state, seen)
        checks = self.checklist()
        for check in checks:
            if check.blocks and not check.holds:
                raise SopError(
                    f"{check.text}: {check.detail}. A plan whose arithmetic fails is not approved.",
                    remedy="Tell your administrator which balance it is.",
                )
        answered = [_answered(check, exceptions.get(check.id, {})) for check in checks if not check.holds]
        number = sum(one.cycle == state.cycle for one in self.versions()) + 1
        plan_id = f"{state.cycle}-{number}"
        body = {
            "cycle": state.cycle,
            "number": number,
            "data_name": self._load_name(),
            "basis": {part: dict(marks) for part, marks in basis.items()},
            "levers": to_plain(self._plans.prepared().plan_levers),
            "exceptions": [vars(one) for one in answered],
            "plan": plain_of(self.present()),
        }
        words = "approve plan with exceptions" if answered else "approve plan"
        self._store.write(
            (
                self._change(PLAN_STATE, state.cycle, {"approved": True, "plan": plan_id}, words, state.version),
                self._change(PLAN_VERSION, plan_id, hashed(body), "freeze plan", None),
            ),
            user.name,
        )
        return next(one for one in self.versions() if one.id == plan_id)

    def propose(self, seen: Seen, user: User) -> None:
        """Say that the plan as it stands is ready to be approved.

        Raises:
            NotAllowed: The person may not change the plan.
            SopError: The plan is approved already.
            Conflict: The plan was proposed, approved or changed in the meantime; nothing was proposed.
        """
        require(user, Right.EDIT)
        state = self.state()
        if seen != self.seen():
            raise self._conflict(state, seen)
        if state.approved:
            raise SopError("The plan is approved already.", remedy="Approve it anew, or open it again first.")
        body = {"approved": False, "plan": state.plan.id if state.plan else "", "proposed": seen.basis}
        self._store.write((self._change(PLAN_STATE, state.cycle, body, "propose plan", state.version),), user.name)

    def reopen(self, seen: int, user: User) -> None:
        """Take the approval of the open cycle back; the plan approved stays readable.

        Raises:
            NotAllowed: The person may not approve.
            SopError: The plan is not approved.
            Conflict: Somebody approved or opened it first.
        """
        require(user, Right.APPROVE)
        state = self.state()
        if state.plan is None or not state.approved:
            raise SopError("The plan is not approved; there is nothing to open.")
        if seen != state.version:
            raise self._conflict(state, Seen(version=seen, basis=""))
        body = {"approved": False, "plan": state.plan.id}
        self._store.write((self._change(PLAN_STATE, state.cycle, body, "open plan again", seen),), user.name)

    def _state(self) -> PlanState:
        cycle = self._plans.cycle
        kept = next((record for record in self._states() if record.id == cycle), None)
        if kept is None:
            return PlanState(cycle=cycle)
        approved = bool(kept.body["approved"])
        plan = next((one for one in self.versions() if one.id == kept.body["plan"]), None)
        return PlanState(
            cycle=cycle,
            approved=approved,
            proposed=not approved and kept.body.get("proposed") == basis_hash(self._plans.basis()),
            by=kept.changed_by,
            at=kept.changed_at,
            version=kept.version,
            plan=plan,
            changes=self._changes(plan) if plan and approved else (),
        )

    def _states(self) -> tuple[StoredRecord, ...]:
        return self._store.records(PLAN_STATE, self._plans.company)

    def _plan(self) -> PlanResult:
        return self._plans.view(Selection(), Levers()).base

    def _load_name(self) -> str:
        return self._plans.view(Selection(), Levers()).load.name

    def _changes(self, plan: PlanVersion) -> tuple[str, ...]:
        told = changes(plan.basis, self._plans.basis())
        return told if told or same_figures(plan.frozen, self.present()) else (_OTHER_FIGURES,)

    def _demand_check(self) -> Check:
        review = self._demand.state()
        left = [row.family for row in review.families if not row.through]
        return Check(
            id="demand-review",
            stage="demand",
            holds=review.approved and not review.changed,
            text=approval_words(review),
            detail=", ".join(left),
        )

    def _require_second_person(self, user: User) -> None:
        if not self._alone and self._last_editor() == user.name:
            raise NotAllowed(
                "You changed this plan last, so somebody else approves it.",
                remedy="Ask another person who may approve plans.",
            )

    def _last_editor(self) -> str:
        """Who changed last what the plan rests on."""
        load = self._plans.view(Selection(), Levers()).load
        edits = [(load.accepted_at, load.accepted_by)]
        for kind in _EDITS:
            edits += [(kept.changed_at, kept.changed_by) for kept in self._store.records(kind, self._plans.company)]
        return max(edits)[1]

    def _conflict(self, state: PlanState, seen: Seen) -> Conflict:
        if seen.version != state.version:
            done = "approved" if state.approved else "proposed" if state.proposed else "opened again"
            return Conflict(f"The plan was {done} by {state.by} in the meantime; nothing was saved.")
        return Conflict(
            f"The plan was changed by {self._last_editor()} in the meantime; nothing was saved.",
            remedy="Look at it as it is now, then go on if you still want to.",
        )

    def _change(self, kind: str, record_id: str, body: dict[str, Any], action: str, seen: int | None) -> Change:
        return Change(kind=kind, company=self._plans.company, id=record_id, body=body, seen_version=seen, action=action)


def _answered(check: Check, given: Mapping[str, Any]) -> ApprovalException:
    about = f"“{check.text}”"
    return ApprovalException(
        check=check.id,
        text=check.text,
        detail=check.detail,
        owner=text_of(given, "owner", label=f"Who answers for {about}", longest=80),
        reason=text_of(given, "reason", label=f"The reason to approve with {about}", longest=400),
    )


def state_words(state: PlanState) -> str:
    """Where the plan stands, for the pages of the cycle."""
    if state.approved:
        changed = f", changed since: {', '.join(state.changes)}" if state.changes else ""
        return f"Plan approved by {state.by}{changed}"
    if state.proposed:
        return f"Plan proposed by {state.by}, not approved yet"
    return "Plan not approved yet"
