"""A person's own copy of the forecast workbook with the figures of now; all else in it stays as its owner made it.

Rows are found by family, wherever people have moved them, for a later data load may count its families differently.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from xml.parsers.expat import ExpatError

from sop_dash.adapters.forecast_lines import ADJUSTMENTS, FORECAST, KEYS, adjustment_lines, key_lines
from sop_dash.adapters.reader.inspection import inspected
from sop_dash.adapters.reader.limits import Refused, WorkbookLimits
from sop_dash.adapters.reader.parts import open_book, workbook_part
from sop_dash.adapters.reader.tables import Cell as FoundValue
from sop_dash.adapters.workbook_cells import has_its_own, to_be_calculated, with_parts, with_rows, with_values
from sop_dash.services.forecast_sheet import ADJUSTMENT_HEADS, ForecastSheet, FoundSheet, NotOurSheet, RenewedBook

_ROW_KEY = re.compile(r"r\d+\.\d+")
Records = Sequence[Sequence[FoundValue]]
"""Row number and cells of each row of a sheet."""


def renewed(
    content: bytes, sheet: ForecastSheet, found: FoundSheet, tables: Mapping[str, Records], limits: WorkbookLimits
) -> RenewedBook:
    """Write the figures of now into the cells of ours.

    Args:
        content: The copy, read before in the limited process.
        sheet: The forecast of now.
        found: What its hidden sheet said.
        tables: The cells of its sheets by name.
        limits: Largest sizes allowed.

    Raises:
        NotOurSheet: It is signed, or a part of it cannot be written into.
    """
    archive = inspected(content, limits)
    if any(name.startswith("_xmlsignatures/") for name in archive.namelist()):
        raise NotOurSheet(
            "The workbook is signed; new figures would break its signature.", remedy="Download a new one instead."
        )
    parts = {one.name: one.part for one in open_book(archive, limits).sheets}
    mine = as_in_copy(sheet, found)
    rows = {str(cell): int(str(line[0])) for line in tables[FORECAST] for cell in line[1:] if is_key(cell)}
    columns = month_columns(tables[FORECAST], sheet.months)
    values = {
        (rows[row.key], columns[month]): value
        for row in mine.rows
        for month, value in zip(sheet.months, row.values, strict=True)
        if row.key in rows and month in columns
    }
    own_list = ADJUSTMENTS in parts and _is_its_own(archive.read(parts[ADJUSTMENTS]), tables.get(ADJUSTMENTS, ()))
    try:
        changed = {part: with_values(archive.read(part), {}) for part in parts.values()}
        changed[parts[FORECAST]] = with_values(archive.read(parts[FORECAST]), values)
        changed[parts[KEYS]] = with_rows(archive.read(parts[KEYS]), key_lines(mine))
        if ADJUSTMENTS in parts and not own_list:
            changed[parts[ADJUSTMENTS]] = with_rows(archive.read(parts[ADJUSTMENTS]), adjustment_lines(sheet))
        main = workbook_part(archive)
        changed[main] = to_be_calculated(archive.read(main))
        made = with_parts(archive, changed)
    except (ExpatError, ValueError, Refused) as error:
        raise NotOurSheet("The workbook cannot be written into.", remedy="Export a new one.") from error
    return RenewedBook(content=made, notes=(*_gone(sheet, found, columns), *_kept(own_list)))


def is_key(cell: FoundValue) -> bool:
    """True for the hidden name of a row."""
    return isinstance(cell, str) and _ROW_KEY.fullmatch(cell) is not None


def month_columns(table: Records, names: Collection[str]) -> dict[str, int]:
    """Name -> column of the first row that holds two or more of the hidden names of columns; empty without one."""
    wanted = set(names)
    for line in table:
        found = {str(cell): place for place, cell in enumerate(line) if place and str(cell) in wanted}
        if len(found) > 1:
            return found
    return {}


def as_in_copy(sheet: ForecastSheet, found: FoundSheet) -> ForecastSheet:
    """The forecast of now under the row keys of the copy, without families that the copy does not have."""
    numbers = {family: key.partition(".")[0] for key, (family, _, _) in found.rows.items()}
    names = {
        row.key: f"{numbers[row.family]}.{row.key.partition('.')[2]}" for row in sheet.rows if row.family in numbers
    }
    return replace(
        sheet,
        rows=tuple(replace(row, key=names[row.key]) for row in sheet.rows if row.key in names),
        seen={(names[key], month): seen for (key, month), seen in sheet.seen.items() if key in names},
    )


def _is_its_own(xml: bytes, table: Records) -> bool:
    """True when the owner of the copy has added something to the list of adjustments."""
    heads = [str(cell) for cell in next(iter(table), (0,))[1:] if cell not in (None, "")]
    width = max((len(line) for line in table), default=0) - 1
    return has_its_own(xml) or (width > 1 and tuple(heads) != ADJUSTMENT_HEADS)


def _gone(sheet: ForecastSheet, found: FoundSheet, columns: Collection[str]) -> list[str]:
    now, then = {row.family for row in sheet.rows}, {family for family, _, _ in found.rows.values()}
    notes = []
    if lost := sorted(then - now):
        notes.append(f"No longer planned, so left as they were: {', '.join(lost)}.")
    if new := sorted(now - then):
        notes.append(f"Not in your copy, for they are new: {', '.join(new)}.")
    if len(columns) < len(sheet.months):
        notes.append(f"Your copy lacks {len(sheet.months) - len(columns)} of the months planned now.")
    return notes


def _kept(own_list: bool) -> list[str]:
    said = "The sheet Adjustments holds things of your own and was left as it is; its list is that of before."
    return [said] if own_list else []
