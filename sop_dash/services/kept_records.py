"""Records as the store keeps them, and back: the one place that knows how a record is written down."""

from collections.abc import Mapping
from typing import Any

from sop_dash.core.model.levers import from_plain
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.model.records import (
    Action,
    ActionStatus,
    Adjustment,
    AdjustmentStatus,
    AdjustmentType,
    CorrectionKind,
    Decision,
    DecisionCategory,
    Execution,
    Outcome,
    Priority,
    RejectedCorrection,
    Scenario,
    Stream,
)
from sop_dash.core.model.setting_values import changed_settings
from sop_dash.services.ports import StoredRecord

ADJUSTMENT, SCENARIO, DECISION, ACTION, SETTINGS = "adjustment", "scenario", "decision", "action", "settings"
SHEET = "sheet"
"""The demand sheet of a cycle: counts up with every block of adjustments, so that two writers never pass each other."""
CORRECTION = "correction"
"""A proposed correction of history that somebody has rejected."""


def adjustment_of(kept: StoredRecord) -> Adjustment:
    """An adjustment as kept in the store."""
    body = dict(kept.body)
    body["type"] = AdjustmentType(body["type"])
    for name in ("status", "before_undo"):
        body[name] = AdjustmentStatus(body.get(name, AdjustmentStatus.ACCEPTED))
    body["stream"] = Stream(body.get("stream", Stream.CONSENSUS))
    body.setdefault("created_at", kept.changed_at)
    return Adjustment(id=kept.id, version=kept.version, changed_at=kept.changed_at, changed_by=kept.changed_by, **body)


def rejected_correction_of(kept: StoredRecord) -> RejectedCorrection:
    """A rejected correction as kept in the store."""
    body = {**kept.body, "kind": CorrectionKind(kept.body["kind"])}
    return RejectedCorrection(id=kept.id, version=kept.version, created_at=kept.changed_at, **body)


def scenario_of(kept: StoredRecord) -> Scenario:
    """A scenario as kept in the store."""
    body = {**kept.body, "levers": from_plain(kept.body["levers"])}
    return Scenario(id=kept.id, version=kept.version, created_at=kept.changed_at, **body)


def decision_of(kept: StoredRecord) -> Decision:
    """A decision as kept in the store."""
    body = dict(kept.body)
    body["category"], body["outcome"] = DecisionCategory(body["category"]), Outcome(body["outcome"])
    body["execution"], body["levers"] = Execution(body["execution"]), from_plain(body["levers"])
    return Decision(id=kept.id, version=kept.version, created_at=kept.changed_at, **body)


def action_of(kept: StoredRecord) -> Action:
    """An action as kept in the store."""
    body = dict(kept.body)
    body["status"], body["priority"] = ActionStatus(body["status"]), Priority(body["priority"])
    return Action(id=kept.id, version=kept.version, created_at=kept.changed_at, **body)


def settings_of(body: Mapping[str, Any]) -> PlanningSettings:
    """Planning settings with the values given; the others keep their default. Raises `BadValue` for an unknown name."""
    return changed_settings(PlanningSettings(), body)
