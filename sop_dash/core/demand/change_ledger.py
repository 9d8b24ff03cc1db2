"""What people's changes of past forecasts brought: by owner, reason, size and direction, judged on what happened.

Each change is judged alone against the statistical forecast frozen in its cycle: the error without it less the error
with it. Units of unlike families are added as money at one price per family. A change that helped has taken error off;
under 12 changes the count is shown and no verdict. Names are hidden on request: the question is which changes help, not
who is to blame.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from sop_dash.core.demand.value_added import FEWEST_PAIRS, judged
from sop_dash.core.model.arrays import Array
from sop_dash.core.model.inputs import ForecastSnapshots
from sop_dash.core.model.records import AdjustmentType, PastAdjustment

_STATISTICAL = "statistical"
_SMALL, _LARGE = 0.06, 0.15
_Key = Callable[["JudgedChange"], str]


@dataclass(frozen=True, kw_only=True)
class JudgedChange:
    """A past change with what came of it.

    Args:
        change: The record.
        ratio: Its size as a fraction of the forecast it changed; NaN where that was zero.
        before, after, actual: Units forecast without it, with it, and wanted.
        price: Money of a unit, the weight of the change; 1 where no price is known.
    """

    change: PastAdjustment
    ratio: float
    before: float
    after: float
    actual: float
    price: float

    @property
    def gain(self) -> float:
        """Error it took off, in money (or units without a price); negative when it made the forecast worse."""
        return (abs(self.before - self.actual) - abs(self.after - self.actual)) * self.price


@dataclass(frozen=True, kw_only=True)
class LedgerRow:
    """A group of changes.

    Args:
        name: The owner, reason, size or direction.
        changes: How many could be judged.
        mean_ratio: Their average size, signed.
        helped_ratio: Share that made the forecast better.
        added_points: Error without them less error with them, in points of WAPE; positive is better.
        gain: The same in money.
        verdict: "better", "worse", "equal"; None under 12 changes.
    """

    name: str
    changes: int
    mean_ratio: float
    helped_ratio: float
    added_points: float
    gain: float
    verdict: str | None


def judged_changes(
    changes: Sequence[PastAdjustment],
    kept: ForecastSnapshots,
    demand: Array,
    history: Sequence[str],
    price: Array,
) -> tuple[JudgedChange, ...]:
    """The changes whose statistical forecast was frozen and whose month is closed.

    Args:
        changes: As brought; those of a single channel are left out, because forecasts are frozen by family.
        kept: Frozen forecasts.
        demand: [F, H] units wanted.
        history: [H] closed months.
        price: [F] money of a unit; 1 for all where unknown.
    """
    rows = zip(kept.cycles, kept.months, kept.families, kept.steps, kept.units, strict=True)
    base = {(cycle, month, f): float(units) for cycle, month, f, step, units in rows if step == _STATISTICAL}
    place = {month: h for h, month in enumerate(history)}
    found = []
    for change in changes:
        before, h = base.get((change.cycle, change.month, change.family)), place.get(change.month)
        if before is None or h is None or change.channel or np.isnan(demand[change.family, h]):
            continue
        after = _changed(before, change)
        found.append(
            JudgedChange(
                change=change,
                ratio=after / before - 1.0 if before else float("nan"),
                before=before,
                after=after,
                actual=float(demand[change.family, h]),
                price=float(price[change.family]),
            )
        )
    return tuple(found)


def by_owner(changes: Sequence[JudgedChange], *, hide_names: bool = False) -> tuple[LedgerRow, ...]:
    """One row per owner; hidden names are numbered in alphabetical order."""
    rows = _grouped(changes, lambda judged: judged.change.owner)
    if not hide_names:
        return rows
    number = {name: n for n, name in enumerate(sorted(row.name for row in rows), start=1)}
    return tuple(_renamed(row, f"Owner {number[row.name]}") for row in rows)


def by_reason(changes: Sequence[JudgedChange]) -> tuple[LedgerRow, ...]:
    """One row per reason."""
    return _grouped(changes, lambda judged: judged.change.reason)


def by_size_and_direction(changes: Sequence[JudgedChange]) -> tuple[LedgerRow, ...]:
    """Small (to 6 %), middle and large (from 15 %) changes, up and down; changes of zero are left out."""
    return _grouped([judged for judged in changes if judged.ratio != 0.0], _size_and_direction)


def by_direction(changes: Sequence[JudgedChange]) -> tuple[LedgerRow, ...]:
    """Changes up and changes down; those of zero are left out."""
    return _grouped([judged for judged in changes if judged.after != judged.before], _direction)


def _direction(judged: JudgedChange) -> str:
    return "up" if judged.after > judged.before else "down"


def _size_and_direction(judged: JudgedChange) -> str:
    if np.isnan(judged.ratio):
        return "from zero"
    size = abs(judged.ratio)
    words = "small" if size <= _SMALL else "large" if size >= _LARGE else "middle"
    return f"{words}, {_direction(judged)}"


def _grouped(changes: Sequence[JudgedChange], key: _Key) -> tuple[LedgerRow, ...]:
    """Rows by name, the largest gain first."""
    groups: dict[str, list[JudgedChange]] = {}
    for judged_change in changes:
        groups.setdefault(key(judged_change), []).append(judged_change)
    rows = [_row(name, members) for name, members in groups.items()]
    return tuple(sorted(rows, key=lambda row: (-row.gain, row.name)))


def _row(name: str, members: Sequence[JudgedChange]) -> LedgerRow:
    gain = sum(member.gain for member in members)
    sold = sum(abs(member.actual) * member.price for member in members)
    known = [member.ratio for member in members if not np.isnan(member.ratio)]
    points = 100.0 * gain / sold if sold > 0.0 else float("nan")
    return LedgerRow(
        name=name,
        changes=len(members),
        mean_ratio=float(np.mean(known)) if known else float("nan"),
        helped_ratio=sum(member.gain > 0.0 for member in members) / len(members),
        added_points=points,
        gain=gain,
        verdict=judged(points) if len(members) >= FEWEST_PAIRS else None,
    )


def _renamed(row: LedgerRow, name: str) -> LedgerRow:
    return LedgerRow(**{**vars(row), "name": name})


def _changed(before: float, change: PastAdjustment) -> float:
    if change.type is AdjustmentType.PERCENTAGE:
        return max(before * (1.0 + change.value), 0.0)
    if change.type is AdjustmentType.ADDITIVE:
        return max(before + change.value, 0.0)
    return max(change.value, 0.0)
