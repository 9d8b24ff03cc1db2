"""How far the demand review is: what was approved for each family, and how the consensus has moved since. Units, money.

A family is through once its consensus was approved, or its statistical forecast is taken as it is; any later change of
its consensus opens it again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from sop_dash.core.model.arrays import Array, worth
from sop_dash.core.plan.prepared import Prepared

_SAME_RATIO, _SAME_UNITS = 1e-6, 1e-3


class ReviewState(StrEnum):
    """How far one family is."""

    OPEN = "to review"
    APPROVED = "approved"
    AUTO = "forecast kept as it is"
    CHANGED = "changed since approval"


@dataclass(frozen=True, kw_only=True)
class FamilyMark:
    """What somebody said of one family in the open cycle.

    Args:
        family: Its name.
        auto: True when the statistical forecast is taken as it is.
        months: Months approved.
        units: By channel name, units of those months.
        note: Why, if said.
        by, at: Who, and when (UTC).
        version: Of the record, for conflict checks.
        withdrawn: True when the approval was taken back.
    """

    family: str
    auto: bool
    months: tuple[str, ...]
    units: Mapping[str, Sequence[float]]
    note: str
    by: str
    at: str
    version: int
    withdrawn: bool = False


@dataclass(frozen=True, kw_only=True)
class FamilyReview:
    """One family in the review.

    Args:
        family: Its name.
        state: How far it is.
        mark: What was said of it; None while nobody has.
        change_units: Consensus now less the one approved, over the months both know; 0 without an approval.
        change_value: The same in money; NaN where no price is known.
    """

    family: str
    state: ReviewState
    mark: FamilyMark | None = None
    change_units: float = 0.0
    change_value: float = 0.0

    @property
    def version(self) -> int | None:
        """Of what was said last, for conflict checks; None before anybody said anything."""
        return self.mark.version if self.mark else None

    @property
    def through(self) -> bool:
        """True when nothing is left to do."""
        return self.state in (ReviewState.APPROVED, ReviewState.AUTO)


def family_reviews(prepared: Prepared, marks: Sequence[FamilyMark]) -> tuple[FamilyReview, ...]:
    """One row per family, in the order of the grain."""
    said = {mark.family: mark for mark in marks}
    return tuple(_reviewed(prepared, f, said.get(name)) for f, name in enumerate(prepared.inputs.grain.families))


def _reviewed(prepared: Prepared, family: int, mark: FamilyMark | None) -> FamilyReview:
    name = prepared.inputs.grain.families[family]
    if mark is None or mark.withdrawn:
        return FamilyReview(family=name, state=ReviewState.OPEN, mark=mark)
    before = approved_units(prepared, mark)
    now = prepared.consensus.units[family]
    both = ~np.isnan(before)
    change = np.where(both, now - np.nan_to_num(before), 0.0)
    if not (np.abs(change) > np.maximum(_SAME_RATIO * np.abs(now), _SAME_UNITS)).any():
        return FamilyReview(family=name, state=ReviewState.AUTO if mark.auto else ReviewState.APPROVED, mark=mark)
    return FamilyReview(
        family=name,
        state=ReviewState.CHANGED,
        mark=mark,
        change_units=float(change.sum()),
        change_value=float(worth(change, prepared.money.price[family]).sum()),
    )


def approved_units(prepared: Prepared, mark: FamilyMark) -> Array:
    """[C, T] what was approved of a family for the months now planned; NaN where it did not reach."""
    grain = prepared.inputs.grain
    place = {month: t for t, month in enumerate(mark.months)}
    units = np.full((len(grain.channels), len(grain.horizon)), np.nan)
    for c, channel in enumerate(grain.channels):
        kept = mark.units.get(channel)
        if kept is None:
            continue
        for t, month in enumerate(grain.horizon):
            if month in place:
                units[c, t] = kept[place[month]]
    return units


def in_line(prepared: Prepared, asked: set[str]) -> tuple[str, ...]:
    """Families without a question and without an accepted adjustment: they can be approved together.

    Args:
        prepared: The plan.
        asked: Families with a question beyond the noise.
    """
    touched = {effect.family for effect in prepared.consensus.effects}
    return tuple(
        name for f, name in enumerate(prepared.inputs.grain.families) if name not in asked and f not in touched
    )
