"""Cells of the demand sheet, written over: what each becomes, family by family, before anything is kept.

Cells apply in the order given, each on what the ones before it left. A row of a category counts money and goes down
to its families, a row of a family to its channels, both in proportion to the running forecast. Units a month.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from sop_dash.core.demand.consensus import changed
from sop_dash.core.demand.entries import Entry
from sop_dash.core.demand.hierarchy import split_down
from sop_dash.core.model.arrays import Array, worth
from sop_dash.core.model.errors import BadValue, SopError, UnknownKey
from sop_dash.core.model.periods import short_name
from sop_dash.core.model.records import AdjustmentType, Stream
from sop_dash.core.plan.prepared import Prepared

THOUSAND = 1_000.0
"""Rows of categories count thousands of money, shown and written with one decimal."""
CATEGORY_DECIMALS = 1
_SAME = 1e-9


@dataclass(frozen=True, kw_only=True)
class SheetCell:
    """One cell and what is written into it.

    Args:
        name: A family, or a category when `whole_category`.
        channel: One channel, or None for all.
        month: `YYYY-MM`.
        stream: The line.
        entry: What is written.
        whole_category: The row adds families up in money.
    """

    name: str
    channel: str | None
    month: str
    stream: Stream
    entry: Entry
    whole_category: bool = False


@dataclass(frozen=True, kw_only=True)
class FamilyChange:
    """What a cell does to one family: units of its channels in one month, before and after."""

    family: int
    month: int
    before_units: float
    after_units: float


@dataclass(frozen=True, kw_only=True)
class CellChange:
    """What a cell becomes.

    Args:
        cell: As written.
        before, after: Units, or thousands of money on a row of a category; before is NaN where sales had said nothing.
        families: What it does to each family; empty when it changes nothing.
    """

    cell: SheetCell
    before: float
    after: float
    families: tuple[FamilyChange, ...]


@dataclass(kw_only=True)
class SheetChanges:
    """What a block of cells would do.

    Args:
        changes: By position of the cell.
        refused: Position of each cell that cannot be kept, and why.
    """

    changes: dict[int, CellChange] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)


def sheet_changes(prepared: Prepared, cells: Sequence[SheetCell]) -> SheetChanges:
    """What the cells would do to the plan; nothing is kept and nothing raised, refusals are told per cell."""
    sheet, result = _Sheet(prepared), SheetChanges()
    for place, cell in enumerate(cells):
        try:
            result.changes[place] = sheet.write(cell)
        except SopError as error:
            result.refused[place] = error.sentence
    result.refused |= sheet.beyond_limits(result.changes)
    for place in result.refused:
        result.changes.pop(place, None)
    return result


def restricted_limits(prepared: Prepared) -> tuple[slice, Array, Array]:
    """The restricted months and how far the consensus of each family may move in them.

    Returns:
        Positions of the months, lowest and highest units [F, R]: the reference less and plus the allowed ratio. The
        reference is what last cycle agreed, the statistical forecast where it agreed nothing.
    """
    settings, first = prepared.settings, prepared.locked_months
    months = slice(first, first + settings.restricted_months)
    agreed = prepared.last_cycle_units[:, months]
    reference = np.where(np.isnan(agreed), prepared.baseline.family_units[:, months], agreed)
    return months, reference * (1.0 - settings.restricted_ratio), reference * (1.0 + settings.restricted_ratio)


def added_value(prepared: Prepared, changes: Sequence[CellChange]) -> float:
    """Money the changes add to the consensus at its price (negative: take away); NaN where a price is unknown."""
    price = prepared.consensus_price
    parts = [part for change in changes if change.cell.stream is Stream.CONSENSUS for part in change.families]
    return float(sum((part.after_units - part.before_units) * price[part.family, part.month] for part in parts))


class _Sheet:
    """The running lines while cells are written one after another."""

    def __init__(self, prepared: Prepared) -> None:
        self._prepared, self._grain = prepared, prepared.inputs.grain
        self._running = {
            Stream.CONSENSUS: prepared.consensus.units.copy(),
            Stream.SALES: prepared.sales.running.copy(),
        }

    def write(self, cell: SheetCell) -> CellChange:
        month, channels = self._month(cell.month), self._channels(cell.channel)
        if cell.whole_category:
            return self._category(cell, month, channels)
        if cell.name not in self._grain.families:
            raise UnknownKey("family", cell.name, self._grain.families)
        family = self._grain.families.index(cell.name)
        running = self._running[cell.stream]
        parts = running[family, channels, month]
        before = float(parts.sum())
        after = self._written(before, cell.entry)
        running[family, channels, month] = split_down(np.array([after]), parts[:, None])[:, 0]
        change = FamilyChange(family=family, month=month, before_units=before, after_units=after)
        told = cell.stream is Stream.CONSENSUS or not np.isnan(self._prepared.sales.units[family, 0, month])
        same = told and abs(after - before) <= _SAME * max(abs(before), 1.0)
        return CellChange(cell=cell, before=before if told else np.nan, after=after, families=() if same else (change,))

    def _category(self, cell: SheetCell, month: int, channels: list[int]) -> CellChange:
        members = [f for f, name in enumerate(self._grain.categories) if name == cell.name]
        if not members:
            raise UnknownKey("category", cell.name, self._grain.category_names)
        running, at = self._running[cell.stream], np.ix_(members, channels, [month])
        units, price = running[at], self._prepared.money.price[at]
        value = worth(units, price)
        if np.isnan(value).any():
            raise BadValue("value", f"{cell.name} has families without a price.", remedy="Change them one by one.")
        before = float(value.sum()) / THOUSAND
        if before <= 0.0:
            raise BadValue("value", f"{cell.name} has no forecast to share by.", remedy="Change its families.")
        after = self._written(before, cell.entry, CATEGORY_DECIMALS)
        running[at] = units * (after / before)  # every part in proportion to its forecast
        now = running[at].sum(axis=(1, 2))
        changes = tuple(
            FamilyChange(family=f, month=month, before_units=float(old), after_units=float(new))
            for f, old, new in zip(members, units.sum(axis=(1, 2)), now, strict=True)
            if abs(new - old) > _SAME * max(abs(old), 1.0)
        )
        return CellChange(cell=cell, before=before, after=after, families=changes)

    def beyond_limits(self, changes: dict[int, CellChange]) -> dict[int, str]:
        """Cells of restricted months that would take a family out of its limits, further than it was."""
        months, low, high = restricted_limits(self._prepared)
        was = self._prepared.consensus.units[:, :, months].sum(axis=1)
        now = self._running[Stream.CONSENSUS][:, :, months].sum(axis=1)
        nearest = np.clip(now, low, high)
        outside = (np.abs(now - nearest) > _SAME * np.maximum(now, 1.0)) & (
            np.abs(now - nearest) > np.abs(was - np.clip(was, low, high)) * (1.0 + _SAME)
        )
        found: dict[int, str] = {}
        for place, change in changes.items():
            for part in change.families:
                column = part.month - months.start
                inside = change.cell.stream is Stream.CONSENSUS and 0 <= column < outside.shape[1]
                if inside and outside[part.family, column]:
                    found[place] = self._limit_words(part.family, part.month, low, high, column)
        return found

    def _limit_words(self, family: int, month: int, low: Array, high: Array, column: int) -> str:
        ratio = self._prepared.settings.restricted_ratio
        return (
            f"{short_name(self._grain.horizon[month])} is restricted to ±{ratio:.0%} of the plan of last cycle: "
            f"{self._grain.families[family]} may lie between {low[family, column]:,.0f} and "
            f"{high[family, column]:,.0f} units; a change towards that is taken."
        )

    def _month(self, month: str) -> int:
        horizon, locked = self._grain.horizon, self._prepared.locked_months
        if month not in horizon:
            span = f"{short_name(horizon[0])} to {short_name(horizon[-1])}"
            raise BadValue("month", f"“{month}” is outside the months planned.", remedy=f"They are {span}.")
        place = horizon.index(month)
        if place < locked:
            raise BadValue("month", f"{short_name(month)} is in progress and locked.")
        return place

    def _channels(self, channel: str | None) -> list[int]:
        names = self._grain.channels
        if channel is None:
            return list(range(len(names)))
        if channel not in names:
            raise UnknownKey("channel", channel, names)
        return [names.index(channel)]

    @staticmethod
    def _written(before: float, entry: Entry, decimals: int = 0) -> float:
        if entry.type is AdjustmentType.ABSOLUTE and entry.value == round(before, decimals):
            return before  # what was shown, written back
        after = float(changed(np.array([before]), entry.type, entry.value)[0])
        if after < 0.0:
            raise BadValue("value", f"{before:,.{decimals}f} would fall below zero.")
        return after
