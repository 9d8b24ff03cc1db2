"""Assumptions, risks, events and transitions as the store keeps them, and the checks of what people enter for them.

A record's body is `{"replaces": key of the row brought, "removed": bool, "row": its fields}`.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from sop_dash.core.model.additions import Additions, ClosedCycle, Kept
from sop_dash.core.model.errors import BadValue, UnknownKey
from sop_dash.core.model.inputs import Grain
from sop_dash.core.model.outlook import (
    Acts,
    Assumption,
    AssumptionCategory,
    Event,
    Impact,
    LevelAnswer,
    LevelCause,
    Risk,
    RiskSide,
    RiskStatus,
    Succession,
)
from sop_dash.core.model.records import Adjustment
from sop_dash.services.fields import choice_of, day_of, month_field, number_of, text_of
from sop_dash.services.kept_versions import approved_plans
from sop_dash.services.ports import Store, StoredRecord

LEVEL_ANSWER, DEMAND_CYCLE = "level-answer", "demand-cycle"

Row = Assumption | Risk | Event | Succession


class OutlookKind(StrEnum):
    """What is kept: the kind of the record."""

    ASSUMPTION = "assumption"
    RISK = "risk"
    EVENT = "event"
    TRANSITION = "transition"


@dataclass(frozen=True, kw_only=True)
class Names:
    """What the data load knows, for the checks.

    Args:
        grain: Families and months.
        skus: Items.
    """

    grain: Grain
    skus: tuple[str, ...]


def record_id(kind: OutlookKind, replaces: str) -> str:
    """Id of the record over a row brought: the same for everybody, so that two people cannot both begin one."""
    if len(replaces) <= 24 and kind in (OutlookKind.ASSUMPTION, OutlookKind.RISK):
        return replaces
    return f"{kind}-{hashlib.sha256(replaces.encode()).hexdigest()[:16]}"


def row_of(kept: StoredRecord) -> Row | None:
    """The row a record keeps; None when it was taken out."""
    if kept.body.get("removed"):
        return None
    plain = dict(kept.body["row"])
    kind = OutlookKind(kept.kind)
    if kind is OutlookKind.EVENT:
        return Event(**{**plain, "acts": Acts(plain["acts"])})
    if kind is OutlookKind.TRANSITION:
        return Succession(**plain)
    named = {**plain, "id": kept.body.get("replaces") or kept.id}
    return Assumption(**named) if kind is OutlookKind.ASSUMPTION else Risk(**named)


def plain_row(row: Row) -> dict[str, Any]:
    """A row as plain values, without its number."""
    return {field.name: getattr(row, field.name) for field in fields(row) if field.name != "id"}


def checked_row(kind: OutlookKind, given: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """The fields of a row, checked. Raises `BadValue` or `UnknownKey` naming the first that cannot be used."""
    check: dict[OutlookKind, Callable[[Mapping[str, Any], Names], dict[str, Any]]] = {
        OutlookKind.ASSUMPTION: _assumption,
        OutlookKind.RISK: _risk,
        OutlookKind.EVENT: _event,
        OutlookKind.TRANSITION: _transition,
    }
    return check[kind](given, names)


def _assumption(given: Mapping[str, Any], names: Names) -> dict[str, Any]:
    value = number_of(given, "value", label="The figure assumed", required=False)
    unit = text_of(given, "unit", label="The unit", required=False, longest=40)
    if value is not None and not unit:
        raise BadValue("unit", "The unit is missing.", remedy="Say what the figure counts.")
    return {
        "text": text_of(given, "text", label="The assumption", longest=400),
        "category": choice_of(given, "category", AssumptionCategory, label="The category"),
        "impact": choice_of(given, "impact", Impact, label="The impact", default=Impact.MEDIUM),
        "family": _family(given, names, required=False),
        "month": month_field(given, "month", label="The month", required=False),
        "value": value,
        "unit": unit,
        "owner": text_of(given, "owner", label="The owner", longest=80),
        "source": text_of(given, "source", label="The source", required=False, longest=200),
        "valid_until": day_of(given, "valid_until", label="Valid until"),
    }


def _risk(given: Mapping[str, Any], names: Names) -> dict[str, Any]:
    side = choice_of(given, "side", RiskSide, label="The kind")
    size = number_of(given, "value", label="The money", low=-1e13, high=1e13)
    return {
        "text": text_of(given, "text", label="What may happen", longest=400),
        "opportunity": side is RiskSide.OPPORTUNITY,
        "value": abs(size or 0.0) * (1.0 if side is RiskSide.OPPORTUNITY else -1.0),
        "probability_ratio": number_of(given, "probability_ratio", label="The chance", low=0.0, high=1.0),
        "month": month_field(given, "month", label="The month", required=False),
        "owner": text_of(given, "owner", label="The owner", longest=80),
        "due_date": day_of(given, "due_date", label="Act by"),
        "status": choice_of(given, "status", RiskStatus, label="The status", default=RiskStatus.OPEN),
        "family": _family(given, names, required=False),
    }


def _event(given: Mapping[str, Any], names: Names) -> dict[str, Any]:
    first = month_field(given, "first_month", label="The first month")
    last = month_field(given, "last_month", label="The last month", required=False) or first
    if last < first:
        raise BadValue("last_month", f"The event ends in {last}, before it begins in {first}.")
    acts = choice_of(given, "acts", Acts, label="How it acts", default=Acts.AS_BEFORE)
    ratio = number_of(
        given, "expected_ratio", label="The effect expected", low=-1.0, high=10.0, required=acts is Acts.AS_ENTERED
    )
    return {
        "family": _family(given, names),
        "kind": text_of(given, "kind", label="The kind", longest=40),
        "first_month": first,
        "last_month": last,
        "description": text_of(given, "description", label="What happens", longest=200),
        "sku": text_of(given, "sku", label="The item", required=False, longest=80),
        "expected_units": number_of(given, "expected_units", label="The units expected", required=False),
        "expected_ratio": ratio,
        "owner": text_of(given, "owner", label="The owner", longest=80),
        "customer": text_of(given, "customer", label="The customer", required=False, longest=80),
        "acts": acts,
    }


def _transition(given: Mapping[str, Any], names: Names) -> dict[str, Any]:
    sku = text_of(given, "sku", label="The new item", required=False, longest=80)
    predecessor = text_of(given, "predecessor", label="The item it follows", required=False, longest=80)
    launch = month_field(given, "launch_month", label="The first month", required=bool(sku))
    end = month_field(given, "end_month", label="The last month of the old item", required=not sku)
    volume = number_of(given, "volume_units", label="The volume", low=0.0, high=1e9, required=False)
    if predecessor and predecessor not in names.skus:
        raise UnknownKey("item", predecessor, names.skus)
    if end and not predecessor:
        raise BadValue("predecessor", "The item that ends is missing.", remedy="Choose the item it follows.")
    if sku and not predecessor and volume is None:
        raise BadValue("volume_units", "The volume is missing.", remedy="Enter it, or choose the item it follows.")
    return {
        "sku": sku,
        "family": _family(given, names),
        "launch_month": launch if sku else "",
        "predecessor": predecessor,
        "end_month": end,
        "analogue": text_of(given, "analogue", label="The analogue", required=False, longest=80),
        "volume_units": volume,
        "taken_ratio": number_of(
            given, "taken_ratio", label="The share taken from others", low=0.0, high=1.0, required=False
        ),
        "owner": text_of(given, "owner", label="The owner", longest=80),
    }


def _family(given: Mapping[str, Any], names: Names, *, required: bool = True) -> str:
    family = text_of(given, "family", label="The family", required=required, longest=200)
    if family and family not in names.grain.families:
        raise UnknownKey("family", family, names.grain.families)
    return family


def level_answer_of(kept: StoredRecord) -> LevelAnswer:
    """An answer to "season or launch?" as kept."""
    body = kept.body
    return LevelAnswer(
        id=kept.id,
        family=body["family"],
        month=body["month"],
        cause=LevelCause(body["cause"]),
        owner=body["owner"],
        version=kept.version,
    )


def closed_cycle_of(kept: StoredRecord) -> ClosedCycle:
    """The forecasts frozen by an approval."""
    body = kept.body
    return ClosedCycle(
        cycle=body["cycle"],
        months=tuple(body["months"]),
        steps=tuple((step, family, tuple(units)) for step, family, units in body["frozen"]),
    )


def additions_of(store: Store, company: str, adjustments: Sequence[Adjustment]) -> Additions:
    """Everything people added to the data of a company."""

    def rows(kind: OutlookKind) -> tuple[Kept[Any], ...]:
        return tuple(kept_row(record) for record in store.records(kind, company))

    return Additions(
        assumptions=rows(OutlookKind.ASSUMPTION),
        risks=rows(OutlookKind.RISK),
        events=rows(OutlookKind.EVENT),
        successions=rows(OutlookKind.TRANSITION),
        level_answers=tuple(level_answer_of(record) for record in store.records(LEVEL_ANSWER, company)),
        closed_cycles=tuple(closed_cycle_of(record) for record in store.records(DEMAND_CYCLE, company)),
        approved_plans=approved_plans(store, company),
        adjustments=tuple(adjustments),
    )


def kept_row(record: StoredRecord) -> Kept[Any]:
    """A row with the record that keeps it."""
    return Kept(
        id=record.id,
        version=record.version,
        replaces=str(record.body.get("replaces", "")),
        row=row_of(record),
        changed_by=record.changed_by,
        changed_at=record.changed_at,
    )
