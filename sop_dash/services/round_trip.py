"""The spreadsheet round trip: the forecast leaves as a workbook, comes back, and each changed cell is decided on."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.errors import BadValue, SopError
from sop_dash.core.model.periods import short_name
from sop_dash.core.model.records import Adjustment, Stream
from sop_dash.core.plan.adjustment_log import cell_version, touching
from sop_dash.core.plan.prepared import Prepared
from sop_dash.services.access import User
from sop_dash.services.adjustments import Adjustments, CellPreview
from sop_dash.services.fields import text_of
from sop_dash.services.forecast_sheet import (
    ForecastBook,
    ForecastSheet,
    FoundCell,
    FoundSheet,
    RenewedBook,
    SheetRow,
)
from sop_dash.services.plans import Plans

_SAME = 1e-9
_UNKNOWN_RESULT = "#FORMULA"
_TITLES = {Stream.SALES: "Sales input", Stream.CONSENSUS: "Consensus"}


@dataclass(frozen=True, kw_only=True)
class ReturnedCell:
    """One cell that differs from what was exported.

    Args:
        family, channel, line, month: Which cell; a channel of "" is all of them.
        place: Where it stands in the file.
        exported: Value when it left.
        now: Value in the plan now; None when it cannot be changed.
        wanted: Value in the file; None when it is no number.
        seen: Version of the cell now.
        clash: Who changed it since it left, in words; empty when nobody did.
        refused: Why it cannot be kept; empty when it can.
        reason: What the file says in the column of reasons.
    """

    family: str
    channel: str
    line: str
    month: str
    place: str
    exported: float
    now: float | None
    wanted: float | None
    seen: int
    clash: str
    refused: str
    reason: str

    @property
    def key(self) -> str:
        """Name of the cell."""
        return f"{self.family}|{self.channel}|{self.line}|{self.month}"


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A workbook that came back beside the plan of now.

    Args:
        cells: Changed cells, in the order of the file.
        unchanged: How many of our cells stayed as they were.
        missing: How many were deleted with their row or column; they count as unchanged.
        notes: What else is to be said.
    """

    cells: tuple[ReturnedCell, ...]
    unchanged: int
    missing: int
    notes: tuple[str, ...]


class RoundTrip:
    """Exports the forecast as a workbook and takes changes back in."""

    def __init__(self, plans: Plans, adjustments: Adjustments, book: ForecastBook, now: Callable[[], str]) -> None:
        self._plans, self._adjustments, self._book, self._now = plans, adjustments, book, now

    def export(self) -> bytes:
        """The workbook of the plan of now: forecast lines by family and month, and the adjustments in force."""
        return self._book.write(self._sheet())

    def renew(self, content: bytes) -> RenewedBook:
        """A person's own copy with the figures of now; own columns, formulas, formats, charts and pictures stay.

        Raises:
            NotOurSheet: The file is no workbook that was exported here.
        """
        self._found(content)
        return self._book.renew(content, self._sheet())

    def compare(self, content: bytes) -> Comparison:
        """What was changed in the workbook, beside the plan of now; keeps nothing.

        Raises:
            NotOurSheet: The file is no workbook that was exported here.
            SopError: It belongs to another company or cycle.
        """
        found = self._found(content)
        changed = [cell for cell in found.cells if not cell.missing and not _same(cell.value, cell.before)]
        previews = self._adjustments.preview([_posted(cell, found) for cell in changed]).cells if changed else ()
        missing = sum(cell.missing for cell in found.cells)
        notes = []
        if found.load_id != self._plans.data_load_id:
            notes.append("It was exported from another data load: the statistical forecast may differ by now.")
        told = [_returned(cell, found, preview) for cell, preview in zip(changed, previews, strict=True)]
        cells = tuple(one for one in told if one.now is None or not _same(one.wanted, one.now))
        if len(cells) < len(told):
            notes.append(f"Left out because the plan has the same figure by now: {len(told) - len(cells):,}.")
        if missing:
            notes.append(f"{missing:,} cells are gone with their row or column; they stay as they are in the plan.")
        return Comparison(
            cells=cells,
            unchanged=len(found.cells) - len(changed) - missing,
            missing=missing,
            notes=tuple(notes),
        )

    def keep(self, decided: Sequence[Mapping[str, Any]], reason: Any, user: User) -> tuple[Adjustment, ...]:
        """Keep the cells a person accepted, as adjustments; the others change nothing.

        Args:
            decided: Accepted cells with `family`, `channel`, `line`, `month`, `wanted`, `seen` and `reason`.
            reason: Reason of the cells that have none of their own.
            user: Who asks.

        Raises:
            BadValue: No cell, or one without a reason.
            SopError: A cell cannot be kept, or was changed since it was shown; nothing is kept.
        """
        if not decided:
            raise BadValue("cells", "No change is accepted.", remedy="Set the changes you want to “accept”.")
        groups: dict[str, list[dict[str, Any]]] = {}
        for cell in decided:
            own = text_of(cell, "reason", label="The reason", required=False, longest=400)
            said = own or text_of({"reason": reason}, "reason", label="The reason", required=False, longest=400)
            if not said:
                where = f"{cell.get('family')}, {short_name(str(cell.get('month')))}"
                raise BadValue("reason", f"The change of {where} has no reason.", remedy="Write why, then keep again.")
            groups.setdefault(said, []).append(_cell(cell))
        preview = self._adjustments.preview([cell for cells in groups.values() for cell in cells])
        if refused := preview.refused:
            raise SopError(f"Nothing was kept: {refused[0].refused}")
        if preview.conflicts:
            posted = preview.conflicts[0].posted
            raise SopError(
                f"{posted.name}, {short_name(posted.month)} was changed after you looked; nothing was kept.",
                remedy="Choose the file again to see what stands there now.",
            )
        blocks = [{"cells": cells, "reason": why} for why, cells in groups.items()]
        return self._adjustments.keep_together(blocks, user)

    def _found(self, content: bytes) -> FoundSheet:
        found = self._book.read(content)
        if found.company != self._plans.company:
            raise SopError(f"This workbook was exported for {found.company}, not for {self._plans.company}.")
        if found.cycle != self._plans.cycle:
            raise SopError(
                f"This workbook was exported in the cycle {found.cycle}; the open one is {self._plans.cycle}.",
                remedy="Export the forecast again and change that one.",
            )
        return found

    def _sheet(self) -> ForecastSheet:
        prepared = self._plans.prepared()
        grain = prepared.inputs.grain
        rows = tuple(row for f, _ in enumerate(grain.families) for row in _rows(prepared, f))
        seen = {
            (row.key, month): cell_version(
                touching(prepared.adjustments, family=row.family, channel=None, month=month, stream=Stream(row.line))
            )
            for row in rows
            if row.line
            for month in grain.horizon
        }
        return ForecastSheet(
            company=self._plans.company,
            cycle=grain.cycle,
            load_id=self._plans.data_load_id,
            made_at=self._now(),
            months=grain.horizon,
            locked=prepared.locked_months,
            rows=rows,
            seen=seen,
            adjustments=tuple(_said(adjustment) for adjustment in self._adjustments.all()),
        )


def _rows(prepared: Prepared, family: int) -> tuple[SheetRow, ...]:
    grain = prepared.inputs.grain
    history = prepared.inputs.sales.demand_units[family].sum(axis=0)
    year_before = np.concatenate((np.full(12, np.nan), history))[len(history) : len(history) + 12]
    before = np.full(len(grain.horizon), np.nan)
    before[:12] = year_before[: before.size]
    lines: tuple[tuple[str, str, Array], ...] = (
        ("", "Last year", before),
        ("", "Statistical forecast", prepared.baseline.units[family].sum(axis=0)),
        (Stream.SALES, _TITLES[Stream.SALES], prepared.sales.units[family].sum(axis=0)),
        (Stream.CONSENSUS, _TITLES[Stream.CONSENSUS], prepared.consensus.units[family].sum(axis=0)),
    )
    return tuple(
        SheetRow(
            key=f"r{family}.{place}",
            family=grain.families[family],
            channel="",
            line=str(line),
            title=title,
            values=tuple(float(value) if math.isfinite(value) else None for value in values),
        )
        for place, (line, title, values) in enumerate(lines)
    )


def _said(adjustment: Adjustment) -> tuple[str | float | None, ...]:
    """Its values in the order of `ADJUSTMENT_HEADS`."""
    return (
        adjustment.id,
        adjustment.family,
        adjustment.channel or "all",
        adjustment.first_month,
        adjustment.last_month,
        _TITLES[adjustment.stream],
        str(adjustment.type),
        adjustment.value,
        adjustment.reason,
        adjustment.owner,
        str(adjustment.status),
        adjustment.created_at[:16].replace("T", " "),
    )


def _same(value: float | str | None, before: float) -> bool:
    if value is None:
        return math.isnan(before)
    if isinstance(value, str) or math.isnan(before):
        return False
    return abs(value - before) <= _SAME * max(abs(before), 1.0)


def _posted(cell: FoundCell, found: FoundSheet) -> dict[str, Any]:
    family, channel, line = found.rows[cell.key]
    text = cell.value if isinstance(cell.value, float) else str(cell.value or "")
    place = {"name": family, "whole": False, "channel": channel, "line": line, "month": cell.month}
    return {**place, "text": text, "seen": cell.seen}


def _cell(given: Mapping[str, Any]) -> dict[str, Any]:
    """A decided cell as the demand sheet takes it."""
    place = {"name": given.get("family"), "whole": False, "channel": given.get("channel") or ""}
    return {
        **place,
        "line": given.get("line"),
        "month": given.get("month"),
        "text": given.get("wanted"),
        "seen": given.get("seen"),
    }


def _returned(cell: FoundCell, found: FoundSheet, told: CellPreview) -> ReturnedCell:
    family, channel, line = found.rows[cell.key]
    one = ReturnedCell(
        family=family,
        channel=channel,
        line=line,
        month=cell.month,
        place=cell.place,
        exported=cell.before,
        now=None if told.change is None else told.change.before,
        wanted=cell.value if isinstance(cell.value, float) else None,
        seen=told.version,
        clash="",
        refused="" if isinstance(cell.value, float) else _no_number(cell),
        reason=found.reasons.get(cell.key, ""),
    )
    if one.refused or told.refused:
        return replace(one, refused=one.refused or told.refused)
    if not told.conflict:
        return one
    latest = told.latest
    by = f"{latest.owner}: {latest.reason}" if latest else "somebody"
    return replace(one, clash=f"changed since by {by}")


def _no_number(cell: FoundCell) -> str:
    if cell.value is None or cell.value == _UNKNOWN_RESULT:
        return (
            "The cell is empty, or a formula without a stored result: calculate and save it in a spreadsheet program."
        )
    return f"“{str(cell.value)[:40]}” is not a number."
