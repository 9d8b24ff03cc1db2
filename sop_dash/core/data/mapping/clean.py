"""Rows that are no data: totals, repeated headings, notes; and names that stand only in the first row of a group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sop_dash.core.data.checks.keys import TOTAL_ROWS
from sop_dash.core.data.checks.reporting import MOST_ROWS, examples
from sop_dash.core.data.grid import UNEVEN_ROWS
from sop_dash.core.data.mapping.corrections import FILLED_DOWN, NOTES_LEFT_OUT, REPEATED_HEADINGS, UNNAMED_TOTALS
from sop_dash.core.data.mapping.headings import Headed
from sop_dash.core.data.mapping.words import is_total
from sop_dash.core.data.texts import Texts
from sop_dash.core.model.arrays import BoolArray
from sop_dash.core.model.findings import Finding, FindingKind

_NAMING = (
    "date",
    "sku",
    "name",
    "family",
    "category",
    "region",
    "channel",
    "order_id",
    "month_number",
    "year",
    "status",
)
_CARRIED = ("family", "category", "sku", "name", "region", "channel", "order_id", "date", "year")
_SHARE_TO_CARRY = 0.3
_DIGITS = frozenset("0123456789")
"""No word for a total begins with one, and most codes do."""


@dataclass(frozen=True, kw_only=True, eq=False)
class DataRows:
    """The rows of a sheet that are data.

    Args:
        places: Positions of the records.
        cells: Meaning -> text of these rows.
        totals: Positions of the total rows that were left out.
        findings: What was left out or carried down.
    """

    places: NDArray[np.intp]
    cells: dict[str, Texts]
    totals: NDArray[np.intp]
    findings: tuple[Finding, ...]


def data_rows(
    sheet: Headed, columns: dict[str, int], quantities: Sequence[int], undo: frozenset[str] = frozenset()
) -> DataRows:
    """Keep the rows of a sheet that are data.

    Args:
        sheet: The sheet with its headings.
        columns: Meaning -> position of the column.
        quantities: Positions of the columns that hold quantities.
        undo: Codes of corrections that are not to be made.
    """
    grid, body = sheet.grid, sheet.body
    naming = [columns[target] for target in _NAMING if target in columns]
    total = _says_total(sheet, naming if TOTAL_ROWS.code not in undo else [])
    heading = _is_heading(sheet)
    filled = np.zeros(len(body), dtype=np.int64)
    written = [column[sheet.below].filled() for column in grid.columns]
    for column in written:
        filled += column
    has_quantity = np.zeros(len(body), dtype=np.bool_)
    for place in quantities:
        has_quantity |= written[place]
    note = ~has_quantity & (filled <= max(1, len(grid.columns) // 3)) & (len(grid.columns) > 1) & ~heading & ~total
    named = np.zeros(len(body), dtype=np.bool_)
    for place in naming:
        named |= written[place]
    unnamed = (
        has_quantity & ~named & ~total
        if naming and UNNAMED_TOTALS.code not in undo
        else np.zeros(len(body), dtype=np.bool_)
    )
    findings = [
        *rows_finding(TOTAL_ROWS, sheet, body[total]),
        *rows_finding(REPEATED_HEADINGS, sheet, body[heading]),
        *rows_finding(NOTES_LEFT_OUT, sheet, body[note & (filled > 0)]),
        *rows_finding(UNNAMED_TOTALS, sheet, body[unnamed]),
    ]
    kept = ~(total | heading | note | unnamed | (filled == 0))
    places = body if kept.all() else body[kept]
    findings += rows_finding(UNEVEN_ROWS, sheet, places[_beyond(sheet, places)])
    at = sheet.below if kept.all() else places  # all rows need no copy
    cells = {target: grid.columns[place][at] for target, place in columns.items()}
    if FILLED_DOWN.code not in undo:
        empty = {target: ~written[columns[target]][kept] for target in _CARRIED if target in columns}
        findings += _carry_down(sheet, cells, places, empty)
    return DataRows(places=places, cells=cells, totals=body[total | unnamed], findings=tuple(findings))


def _beyond(sheet: Headed, places: NDArray[np.intp]) -> BoolArray:
    """True where a record of a text file has more cells than there are headings: a sign inside a cell split it."""
    grid, mask = sheet.grid, np.zeros(len(places), dtype=np.bool_)
    if grid.is_sheet or sheet.header < 0:
        return mask
    named = max((place + 1 for place, cell in enumerate(grid.record(sheet.header)) if cell.strip()), default=0)
    for column in grid.columns[named:]:
        mask |= column[places].filled()
    return mask


def _says_total(sheet: Headed, places: Sequence[int]) -> BoolArray:
    mask = np.zeros(len(sheet.body), dtype=np.bool_)
    for place in places:
        cells = sheet.grid.columns[place][sheet.below]
        mask |= cells.where(lambda text: text[:1] not in _DIGITS and is_total(text))
    return mask


def _is_heading(sheet: Headed) -> BoolArray:
    """True where a record repeats the headings, as pages of a printed report do."""
    same = np.full(len(sheet.body), sheet.header >= 0, dtype=np.bool_)
    for column in sheet.grid.columns if sheet.header >= 0 else ():
        if not same.any():
            break
        if column[sheet.header].strip():
            same &= column[sheet.below].equals(column[sheet.header])
    return same


def _carry_down(
    sheet: Headed, cells: dict[str, Texts], places: NDArray[np.intp], empties: Mapping[str, BoolArray]
) -> list[Finding]:
    found: list[Finding] = []
    for target, empty in empties.items():
        if not len(places) or empty.mean() < _SHARE_TO_CARRY or empty[0] or empty.all():
            continue
        texts = cells[target]
        last = np.maximum.accumulate(np.where(empty, 0, np.arange(len(texts))))
        cells[target] = texts[last]
        detail = f"{target}: {examples(texts[~empty].used().texts)}."
        found += rows_finding(FILLED_DOWN, sheet, places[empty], detail=detail)
    return found


def rows_finding(
    kind: FindingKind,
    sheet: Headed,
    places: NDArray[np.intp],
    *,
    detail: str = "",
    place: str = "",
    value: float | None = None,
) -> list[Finding]:
    """A finding about these records of a sheet; none when there are none."""
    if not len(places):
        return []
    rows = tuple(int(row) for row in sheet.grid.rows[places][:MOST_ROWS])
    told = detail or f"{len(places):,} row{'s' * (len(places) > 1)}."
    finding = Finding(kind=kind, table="sales", rows=rows, place=place, detail=told, value=value, count=len(places))
    return [sheet.grid.origin.told(finding)]
