"""The workbook of the round trip: written with formats, sums and hidden keys; read in the limited process; renewed.

Text is always written as text, never as a formula. Column A and row 3 of the sheet "Forecast" hold the keys of rows and
months, hidden; the sheet "plan data", hidden too, holds what every cell was when it left.
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from sop_dash.adapters.forecast_lines import (
    ADJUSTMENTS,
    FORECAST,
    KEYS,
    Line,
    adjustment_lines,
    key_lines,
    plain_text,
)
from sop_dash.adapters.forecast_renewal import month_columns, renewed
from sop_dash.adapters.reader.limits import Refused, WorkbookLimits
from sop_dash.adapters.reader.process import reading
from sop_dash.adapters.reader.tables import Cell as FoundValue
from sop_dash.core.model.periods import short_name
from sop_dash.services.forecast_sheet import (
    ForecastSheet,
    FoundCell,
    FoundSheet,
    NotOurSheet,
    RenewedBook,
    SheetRow,
)

_KEY_ROW, _HEAD_ROW, _FIRST_ROW = 3, 4, 5
_KEY_COLUMN, _FIRST_MONTH = 1, 5
_REASON = "reason"
_LIMITS = WorkbookLimits(file_bytes=10_000_000, unpacked_bytes=100_000_000, cells=300_000, range_cells=2_000_000)
_HEAD, _LOCKED, _OPEN = (PatternFill("solid", fgColor=colour) for colour in ("E8EEF4", "F1F1F1", "FFF8E1"))
_BOLD, _QUIET = Font(bold=True), Font(color="667085")
_LINE = Border(bottom=Side(style="thin", color="C9D1DA"))
_UNITS = "#,##0"


class ForecastWorkbook:
    """Implements `services.forecast_sheet.ForecastBook` with openpyxl."""

    def write(self, sheet: ForecastSheet) -> bytes:
        """A new workbook."""
        book = Workbook()
        _forecast(book.active, sheet)
        _adjustments(book.create_sheet(ADJUSTMENTS), sheet)
        _keys(book.create_sheet(KEYS), sheet)
        return _saved(book)

    def read(self, content: bytes) -> FoundSheet:
        """What is in a workbook that came back, read in a limited process."""
        tables = _tables(content)
        return _found(tables[FORECAST], tables[KEYS])

    def renew(self, content: bytes, sheet: ForecastSheet) -> RenewedBook:
        """The same workbook with the values of now; only cells of ours that hold no formula are written."""
        tables = _tables(content)  # inspected in the limited process before anything is opened here
        return renewed(content, sheet, _found(tables[FORECAST], tables[KEYS]), tables, _LIMITS)


def _tables(content: bytes) -> dict[str, list[list[FoundValue]]]:
    """The cells of every sheet by its name. Raises `NotOurSheet` when it cannot be read or lacks our sheets."""
    try:
        with reading() as reader:
            tables = {sheet.opened.name: sheet.records() for sheet in reader.workbook(content, _LIMITS)}
    except Refused as refused:
        raise NotOurSheet(f"The workbook cannot be read. {refused}", remedy="Save it as .xlsx again.") from refused
    if KEYS not in tables or FORECAST not in tables:
        raise NotOurSheet(
            "This is no workbook that was exported here, or its hidden sheet is gone.",
            remedy="Export the forecast, change that file and bring it back.",
        )
    return tables


def _forecast(page: Worksheet, sheet: ForecastSheet) -> None:
    page.title = FORECAST
    _text(
        page.cell(row=1, column=2), f"{sheet.company}: forecast of the cycle {short_name(sheet.cycle)}, units a month"
    )
    page.cell(row=1, column=2).font = Font(bold=True, size=14)
    _text(
        page.cell(row=2, column=2),
        "Change the yellow cells, say why in the last column, and bring the file back on the page Data. "
        "Grey months are locked. Columns, sheets and formulas of your own may stand beside these.",
    )
    total, reason = _FIRST_MONTH + len(sheet.months), _FIRST_MONTH + len(sheet.months) + 1
    heads = ["key", "Family", "Channel", "Line", *map(short_name, sheet.months), "Total", "Reason for the changes"]
    for column, text in enumerate(heads, 1):
        cell = page.cell(row=_HEAD_ROW, column=column)
        _text(cell, text)
        cell.font, cell.fill = _BOLD, _HEAD
        cell.alignment = Alignment(horizontal="left" if column < _FIRST_MONTH or column == reason else "right")
    for column, key in [*enumerate(sheet.months, _FIRST_MONTH), (reason, _REASON)]:
        _text(page.cell(row=_KEY_ROW, column=column), key)
    for place, row in enumerate(sheet.rows, _FIRST_ROW):
        _row(page, place, row, sheet)
        first, last = (f"{get_column_letter(c)}{place}" for c in (_FIRST_MONTH, total - 1))
        summed = page.cell(row=place, column=total, value=f"=SUM({first}:{last})")
        summed.number_format, summed.font = _UNITS, _BOLD
        if row.line:
            page.cell(row=place, column=reason).fill = _OPEN
    page.row_dimensions[_KEY_ROW].hidden = True
    page.column_dimensions["A"].hidden = True
    for letter, width in zip("BCD", (24, 12, 20), strict=True):
        page.column_dimensions[letter].width = width
    page.column_dimensions[get_column_letter(reason)].width = 40
    page.freeze_panes = page.cell(row=_FIRST_ROW, column=_FIRST_MONTH)


def _row(page: Worksheet, place: int, row: SheetRow, sheet: ForecastSheet) -> None:
    for column, text in ((_KEY_COLUMN, row.key), (2, row.family), (3, row.channel or "all"), (4, row.title)):
        _text(page.cell(row=place, column=column), text)
    for offset, value in enumerate(row.values):
        cell = page.cell(row=place, column=_FIRST_MONTH + offset, value=value)
        cell.number_format = _UNITS
        if row.line:
            cell.fill = _LOCKED if offset < sheet.locked else _OPEN
        else:
            cell.font = _QUIET
    if row.line == "consensus":
        for column in range(2, _FIRST_MONTH + len(row.values) + 2):
            page.cell(row=place, column=column).border = _LINE
        page.cell(row=place, column=4).font = _BOLD


def _adjustments(page: Worksheet, sheet: ForecastSheet) -> None:
    lines = adjustment_lines(sheet)
    _fill(page, lines)
    for column, text in enumerate(lines[0], 1):
        head = page.cell(row=1, column=column)
        head.font, head.fill = _BOLD, _HEAD
        page.column_dimensions[get_column_letter(column)].width = 40 if text == "Reason" else 16
    page.freeze_panes = "A2"


def _fill(page: Worksheet, lines: Sequence[Line]) -> None:
    for place, line in enumerate(lines, 1):
        for column, value in enumerate(line, 1):
            cell = page.cell(row=place, column=column)
            if isinstance(value, str):
                _text(cell, value)
            else:
                cell.value = value


def _keys(page: Worksheet, sheet: ForecastSheet) -> None:
    page.title, page.sheet_state = KEYS, "hidden"
    _fill(page, key_lines(sheet))


def _text(cell: Cell, text: str) -> None:
    """Text that stays text, whatever it begins with."""
    cell.value = plain_text(text)
    if cell.value is not None and cell.data_type != "s":
        cell.data_type = "s"
    cell.number_format = "@"


def _saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _found(page: list[list[FoundValue]], keys: list[list[FoundValue]]) -> FoundSheet:
    facts = {str(row[2]): str(row[3]) for row in keys if len(row) > 3 and row[1] == "fact"}
    owners = {str(r[2]): (str(r[3]), str(r[4] or ""), str(r[5])) for r in keys if len(r) > 5 and r[1] == "row"}
    left = [row for row in keys if len(row) > 5 and row[1] == "cell" and str(row[2]) in owners]
    if not {"company", "cycle", "load", "made"} <= set(facts) or not left:
        raise NotOurSheet("The hidden sheet of this workbook is damaged.", remedy="Export the forecast again.")
    grid = {int(row[0]): row for row in page}
    wanted = {str(row[3]) for row in left} | {_REASON}
    columns = month_columns(page, wanted)
    rows = {str(cell): at for at, row in grid.items() for cell in row[1:] if str(cell) in owners}
    reasons = {
        key: str(grid[at][columns[_REASON]])
        for key, at in rows.items()
        if _REASON in columns and columns[_REASON] < len(grid[at]) and grid[at][columns[_REASON]] not in (None, "")
    }
    cells = tuple(_cell(line, grid, rows, columns) for line in left)
    return FoundSheet(
        company=facts["company"],
        cycle=facts["cycle"],
        load_id=facts["load"],
        made_at=facts["made"],
        rows=owners,
        cells=cells,
        reasons=reasons,
    )


def _cell(
    line: list[Any], grid: Mapping[int, list[Any]], rows: Mapping[str, int], columns: Mapping[str, int]
) -> FoundCell:
    key, month = str(line[2]), str(line[3])
    before = float(line[4]) if isinstance(line[4], int | float) else float("nan")
    seen = int(line[5]) if isinstance(line[5], int | float) else 0
    if key not in rows or month not in columns:
        return FoundCell(key=key, month=month, before=before, seen=seen, value=None, missing=True)
    row, column = rows[key], columns[month]
    value = grid[row][column] if column < len(grid[row]) else None
    return FoundCell(
        key=key,
        month=month,
        before=before,
        seen=seen,
        value=float(value)
        if isinstance(value, int | float)
        else (str(value).strip() or None if value is not None else None),
        place=f"{get_column_letter(column)}{row}",
    )
