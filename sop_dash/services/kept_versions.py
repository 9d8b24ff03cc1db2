"""Approved plans as the store keeps them: one record says where a cycle stands, one more for every plan approved."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sop_dash.core.model.additions import ApprovedPlan
from sop_dash.core.model.periods import short_name
from sop_dash.core.plan.frozen_plan import FrozenPlan, frozen_of
from sop_dash.core.plan.plan_basis import Basis
from sop_dash.services.ports import Store, StoredRecord

PLAN_STATE, PLAN_VERSION = "plan-state", "plan-version"
"""Kinds of records: whether the plan of a cycle is approved, and the plans that were, which are never changed."""
_HASH = "hash"


@dataclass(frozen=True, kw_only=True)
class ApprovalException:
    """An open check that somebody answered for.

    Args:
        check: Id of the check.
        text: What it said.
        detail: Where it failed.
        owner: Who answers for it.
        reason: Why the plan was approved all the same.
    """

    check: str
    text: str
    detail: str
    owner: str
    reason: str


@dataclass(frozen=True, kw_only=True, eq=False)
class PlanVersion:
    """A plan as it was approved.

    Args:
        id: Cycle and number (`2026-11-1`).
        cycle: The cycle it was approved in.
        number: Counts up with every approval of the cycle.
        by, at: Who approved it, and when (UTC).
        data_name: What people call its data load.
        basis: What it rests on.
        exceptions: Checks that did not hold, and who answered for them.
        body: Everything as kept.
    """

    id: str
    cycle: str
    number: int
    by: str
    at: str
    data_name: str
    basis: Basis
    exceptions: tuple[ApprovalException, ...]
    body: Mapping[str, Any]

    @property
    def name(self) -> str:
        """As people say it: `Nov 26, plan 1`."""
        return f"{short_name(self.cycle)}, plan {self.number}"

    @property
    def hash(self) -> str:
        """Content hash of data, adjustments, decisions, levers, settings and result."""
        return str(self.body[_HASH])

    @property
    def intact(self) -> bool:
        """Whether the content still has the hash it was approved with."""
        return bool(hashed(self.body)[_HASH] == self.hash)

    @cached_property
    def frozen(self) -> FrozenPlan:
        """Its figures."""
        return frozen_of(self.body["plan"])


def hashed(body: Mapping[str, Any]) -> dict[str, Any]:
    """The body with its content hash."""
    content = {key: value for key, value in body.items() if key != _HASH}
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, allow_nan=False)
    return {**content, _HASH: hashlib.sha256(canonical.encode()).hexdigest()}


def version_of(kept: StoredRecord) -> PlanVersion:
    """An approved plan as kept in the store."""
    body = kept.body
    return PlanVersion(
        id=kept.id,
        cycle=body["cycle"],
        number=body["number"],
        by=kept.changed_by,
        at=kept.changed_at,
        data_name=body["data_name"],
        basis=body["basis"],
        exceptions=tuple(ApprovalException(**one) for one in body["exceptions"]),
        body=body,
    )


def approved_plans(store: Store, company: str) -> tuple[ApprovedPlan, ...]:
    """Output of the plan that stands approved in each cycle; a cycle opened again has none."""
    standing = {kept.body["plan"] for kept in store.records(PLAN_STATE, company) if kept.body["approved"]}
    plans = (kept for kept in store.records(PLAN_VERSION, company) if kept.id in standing)
    return tuple(
        ApprovedPlan(
            cycle=kept.body["cycle"],
            by=kept.changed_by,
            at=kept.changed_at,
            months=tuple(kept.body["plan"]["months"]),
            make_units=tuple(
                (family, tuple(units))
                for family, units in zip(
                    kept.body["plan"]["families"], kept.body["plan"]["figures"]["make_units"], strict=True
                )
            ),
        )
        for kept in plans
    )
