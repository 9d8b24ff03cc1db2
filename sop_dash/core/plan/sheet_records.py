"""Changed cells as adjustments: one per family and run of months that change alike, in the order they were written."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sop_dash.core.model.inputs import Grain
from sop_dash.core.model.periods import shift
from sop_dash.core.model.records import AdjustmentType, Stream
from sop_dash.core.plan.sheet import CellChange, FamilyChange


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An adjustment still without number, reason and owner; fields as in `Adjustment`."""

    family: str
    channel: str | None
    first_month: str
    last_month: str
    type: AdjustmentType
    value: float
    stream: Stream


def drafts(changes: Iterable[CellChange], grain: Grain, as_type: AdjustmentType | None = None) -> tuple[Draft, ...]:
    """The adjustments that make these changes.

    Args:
        changes: In the order written.
        grain: Names of families and months.
        as_type: Record all of them as this type; None keeps the type each was written in. A percentage of nothing
            cannot be told and is recorded as a value.
    """
    made: list[Draft] = []
    latest: dict[tuple[str, Stream], int] = {}
    for change in changes:
        for part in change.families:
            draft = _draft(change, part, grain, as_type)
            at = latest.get((draft.family, draft.stream))
            if at is not None and _goes_on(made[at], draft):
                made[at] = replace(made[at], last_month=draft.last_month)
            else:
                latest[draft.family, draft.stream] = len(made)
                made.append(draft)
    return tuple(made)


def _draft(change: CellChange, part: FamilyChange, grain: Grain, as_type: AdjustmentType | None) -> Draft:
    cell = change.cell
    kind = as_type or cell.entry.type
    if kind is AdjustmentType.PERCENTAGE and part.before_units == 0.0:
        kind = AdjustmentType.ABSOLUTE
    if kind is AdjustmentType.PERCENTAGE:
        written = cell.entry.type is kind
        value = cell.entry.value if written else part.after_units / part.before_units - 1.0
    else:
        value = part.after_units - (part.before_units if kind is AdjustmentType.ADDITIVE else 0.0)
    month = grain.horizon[part.month]
    return Draft(
        family=grain.families[part.family],
        channel=cell.channel,
        first_month=month,
        last_month=month,
        type=kind,
        value=value,
        stream=cell.stream,
    )


def _goes_on(before: Draft, draft: Draft) -> bool:
    """Whether a draft only carries the one before it into the next month."""
    return (
        shift(before.last_month, 1) == draft.first_month
        and replace(before, first_month=draft.first_month, last_month=draft.last_month) == draft
    )
