"""Adjustments: recorded changes of the forecast, stacked in order, each with a reason and an owner, each undoable."""

from collections.abc import Mapping
from typing import Any

from sop_dash.core.model.errors import BadValue, SopError, UnknownKey
from sop_dash.core.model.periods import ordinal
from sop_dash.core.model.records import Adjustment, AdjustmentType
from sop_dash.services.access import Right, User, require
from sop_dash.services.fields import choice_of, month_field, number_of, text_of
from sop_dash.services.kept_records import ADJUSTMENT, adjustment_of
from sop_dash.services.plans import Plans
from sop_dash.services.ports import Change, Store


class Adjustments:
    """The adjustments of the open cycle."""

    def __init__(self, store: Store, plans: Plans) -> None:
        self._store, self._plans = store, plans

    def all(self) -> tuple[Adjustment, ...]:
        """Adjustments of the open cycle in the order they stack; empty when none."""
        kept = (adjustment_of(r) for r in self._store.records(ADJUSTMENT, self._plans.company))
        return tuple(sorted((a for a in kept if a.cycle == self._plans.cycle), key=lambda a: (a.order, a.id)))

    def add(self, given: Mapping[str, Any], user: User) -> Adjustment:
        """Put one adjustment on top of the stack.

        Raises:
            BadValue: A field is missing or out of range; a month is locked or outside the horizon.
            UnknownKey: The family or channel is not in this data load.
        """
        require(user, Right.EDIT)
        body = self._checked(given, user)
        change = Change(kind=ADJUSTMENT, company=self._plans.company, body=body, prefix="ADJ", action="add adjustment")
        return adjustment_of(self._store.write((change,), user.name)[0])

    def remove(self, adjustment_id: str, seen_version: int, user: User) -> None:
        """Take one adjustment out of the stack (undo); the audit log keeps it."""
        require(user, Right.EDIT)
        for kept in self._store.records(ADJUSTMENT, self._plans.company):
            if kept.id == adjustment_id:
                change = Change(
                    kind=ADJUSTMENT,
                    company=self._plans.company,
                    id=kept.id,
                    body=kept.body,
                    seen_version=seen_version,
                    action="undo adjustment",
                    deleted=True,
                )
                self._store.write((change,), user.name)
                return
        raise SopError("This adjustment is not in the stack any more.")

    def _checked(self, given: Mapping[str, Any], user: User) -> dict[str, Any]:
        grain, settings = self._plans.prepared().inputs.grain, self._plans.settings
        family = text_of(given, "family", label="The family", longest=200)
        if family not in grain.families:
            raise UnknownKey("family", family, grain.families)
        channel = text_of(given, "channel", label="The channel", required=False, longest=200) or None
        if channel is not None and channel not in grain.channels:
            raise UnknownKey("channel", channel, grain.channels)
        first = month_field(given, "first_month", label="The first month")
        last = month_field(given, "last_month", label="The last month", required=False) or first
        open_months = grain.horizon[settings.locked_months :]
        if not open_months or first not in open_months or last not in open_months or ordinal(last) < ordinal(first):
            raise BadValue(
                "first_month",
                f"{first} to {last} cannot be changed.",
                remedy=f"Choose months from {open_months[0]} to {open_months[-1]}." if open_months else "",
            )
        kind = choice_of(given, "type", AdjustmentType, label="The type")
        low, high = (-1.0, 10.0) if kind is AdjustmentType.PERCENTAGE else (-1e9, 1e9)
        return {
            "cycle": grain.cycle,
            "family": family,
            "channel": channel,
            "first_month": first,
            "last_month": last,
            "type": kind,
            "value": number_of(
                given, "value", label="The value", low=0.0 if kind is AdjustmentType.ABSOLUTE else low, high=high
            ),
            "reason": text_of(given, "reason", label="The reason", longest=400),
            "owner": text_of(given, "owner", label="The owner", required=False, longest=80) or user.name,
            "order": max((a.order for a in self.all()), default=0) + 1,
        }
