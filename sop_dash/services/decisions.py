"""Decisions and actions: recorded, edited and kept; approved decisions with levers become part of the plan."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from sop_dash.core.meeting.decision_rights import Level, level_of, reaches
from sop_dash.core.model.errors import SopError
from sop_dash.core.model.levers import from_plain, to_plain
from sop_dash.core.model.records import (
    Action,
    ActionStatus,
    Decision,
    DecisionCategory,
    Execution,
    Outcome,
    Priority,
)
from sop_dash.services.access import NotAllowed, Right, Role, User, require
from sop_dash.services.fields import choice_of, day_of, month_field, number_of, text_of
from sop_dash.services.kept_records import ACTION, DECISION, action_of, decision_of
from sop_dash.services.plans import Plans
from sop_dash.services.ports import Change, Store, StoredRecord

_LEVELS = {
    Role.PLANNER: Level.PLANNER,
    Role.FACILITATOR: Level.RECONCILIATION,
    Role.EXECUTIVE: Level.EXECUTIVE,
}


class Decisions:
    """The decision log and the actions of the company in use."""

    def __init__(self, store: Store, plans: Plans) -> None:
        self._store, self._plans = store, plans

    def decisions(self) -> tuple[Decision, ...]:
        """All decisions, oldest first; empty when none."""
        return tuple(decision_of(r) for r in self._store.records(DECISION, self._plans.company))

    def actions(self) -> tuple[Action, ...]:
        """All actions, oldest first; empty when none."""
        return tuple(action_of(r) for r in self._store.records(ACTION, self._plans.company))

    def rights(self) -> Callable[[Decision], Level]:
        """Says where a decision is approved, by its money and the months that are fixed now."""
        prepared = self._plans.prepared()
        locked = prepared.inputs.grain.horizon[: prepared.locked_months]
        return partial(level_of, settings=self._plans.settings, locked=locked)

    def record(self, given: Mapping[str, Any], user: User, *, seen: tuple[str, int] | None = None) -> Decision:
        """Save a decision: a new one, or the one named in `seen` (id, version the person saw).

        Raises:
            BadValue: A field is missing or out of range; nothing was saved.
            Conflict: Somebody saved it first.
            NotAllowed: It is approved, and its money or month asks for more than the person's roles.
        """
        require(user, Right.DECIDE)
        body = decision_body(given, cycle=self._plans.cycle)
        levers = from_plain(body["levers"])
        if levers.moved:
            self._plans.check(levers)
        if body["in_plan"] and body["outcome"] != Outcome.APPROVED:
            raise SopError("Only an approved decision can be part of the plan.", remedy="Set its outcome to approved.")
        self._may_approve(body, user, seen)
        return decision_of(self._save(DECISION, "DEC", body, user, seen))

    def _may_approve(self, body: Mapping[str, Any], user: User, seen: tuple[str, int] | None) -> None:
        """What was approved before may be carried on as long as its money and levers stay."""
        if body["outcome"] != Outcome.APPROVED:
            return
        wanted = Decision(id="", **{**body, "levers": from_plain(body["levers"])})
        before = next((d for d in self.decisions() if seen and d.id == seen[0]), None)
        if before is not None and _same_stake(before, wanted):
            return
        asked = self.rights()(wanted)
        if not any(reaches(_LEVELS[role], asked) for role in user.roles):
            raise NotAllowed(
                f"This decision is for the {asked}: its money or its month is beyond what you may approve.",
                remedy="Leave it pending; it waits in the queue for that meeting.",
            )

    def switch(self, decision_id: str, seen_version: int, in_plan: bool, user: User) -> Decision:
        """Put an approved decision into the plan or take it out to read its worth."""
        kept = next((d for d in self.decisions() if d.id == decision_id), None)
        if kept is None:
            raise SopError("This decision is not kept here.", remedy="Choose one of the log.")
        body = {**plain_decision(kept), "in_plan": in_plan}
        return self.record(body, user, seen=(decision_id, seen_version))

    def record_action(self, given: Mapping[str, Any], user: User, *, seen: tuple[str, int] | None = None) -> Action:
        """Save an action: a new one, or the one named in `seen`. Raises like `record`."""
        require(user, Right.DECIDE)
        body = action_body(given, cycle=self._plans.cycle)
        known = {d.id for d in self.decisions()}
        if body["decision_id"] and body["decision_id"] not in known:
            raise SopError(
                f"There is no decision {body['decision_id']}.", remedy="Choose one of the log or leave it empty."
            )
        return action_of(self._save(ACTION, "ACT", body, user, seen))

    def _save(
        self, kind: str, prefix: str, body: dict[str, Any], user: User, seen: tuple[str, int] | None
    ) -> StoredRecord:
        change = Change(
            kind=kind,
            company=self._plans.company,
            id=seen[0] if seen else "",
            prefix=prefix,
            body=body,
            seen_version=seen[1] if seen else None,
            action=f"{'change' if seen else 'record'} {kind}",
        )
        return self._store.write((change,), user.name)[0]


def _same_stake(before: Decision, wanted: Decision) -> bool:
    kept = ("outcome", "one_off_value", "recurring_value_per_month", "from_month", "levers")
    return all(getattr(before, name) == getattr(wanted, name) for name in kept)


def decision_body(given: Mapping[str, Any], *, cycle: str) -> dict[str, Any]:
    """The fields of a decision, checked. Raises `BadValue` naming the first field that cannot be used."""
    return {
        "text": text_of(given, "text", label="The decision"),
        "category": choice_of(given, "category", DecisionCategory, label="The category"),
        "owner": text_of(given, "owner", label="The owner", longest=80),
        "due_date": day_of(given, "due_date", label="The due date"),
        "outcome": choice_of(given, "outcome", Outcome, label="The outcome", default=Outcome.PENDING),
        "execution": choice_of(given, "execution", Execution, label="The progress", default=Execution.NOT_STARTED),
        "rationale": text_of(given, "rationale", label="The rationale", required=False),
        "one_off_value": number_of(given, "one_off_value", label="The one-off money", required=False),
        "recurring_value_per_month": number_of(
            given, "recurring_value_per_month", label="The monthly money", required=False
        ),
        "from_month": month_field(given, "from_month", label="The first month", required=False),
        "levers": to_plain(from_plain(given.get("levers"))),
        "in_plan": given.get("in_plan") is True,
        "cycle": text_of(given, "cycle", label="The cycle", required=False, longest=10) or cycle,
        "decided_on": day_of(given, "decided_on", label="The day of the decision"),
        "measured_against": text_of(
            given, "measured_against", label="The plan compared with", required=False, longest=200
        ),
    }


def action_body(given: Mapping[str, Any], *, cycle: str) -> dict[str, Any]:
    """The fields of an action, checked. Raises `BadValue` naming the first field that cannot be used."""
    return {
        "text": text_of(given, "text", label="The action"),
        "owner": text_of(given, "owner", label="The owner", longest=80),
        "due_date": day_of(given, "due_date", label="The due date", required=True),
        "status": choice_of(given, "status", ActionStatus, label="The status", default=ActionStatus.OPEN),
        "priority": choice_of(given, "priority", Priority, label="The priority", default=Priority.MEDIUM),
        "decision_id": text_of(given, "decision_id", label="The decision", required=False, longest=40),
        "cycle": text_of(given, "cycle", label="The cycle", required=False, longest=10) or cycle,
    }


def plain_decision(decision: Decision) -> dict[str, Any]:
    """A decision as the plain values `record` takes."""
    plain = {name: value for name, value in vars(decision).items() if name not in ("id", "created_at", "version")}
    return {**plain, "levers": to_plain(decision.levers)}
