"""A workbook as grids, one per sheet; what cannot be read is a finding."""

import numpy as np

from sop_dash.adapters.workbook.limits import Refused, WorkbookLimits
from sop_dash.adapters.workbook.reader import SheetRows, read_workbook
from sop_dash.core.data.checks.headers import plain_name
from sop_dash.core.data.grid import Grid
from sop_dash.core.data.raw import TextArray, text_array
from sop_dash.core.model.findings import Finding, FindingKind, Severity

HIDDEN_SHEET = FindingKind(
    code="hidden-sheet",
    severity=Severity.INFORMS,
    title="Hidden sheet not read",
    remedy="Unhide it if it belongs to the data.",
)
_REFUSALS = {
    "damaged": FindingKind(
        code="workbook-damaged",
        severity=Severity.BLOCKS,
        title="Workbook cannot be read",
        remedy="Open it in the program that made it and save it again as .xlsx, or save the sheet as CSV.",
    ),
    "locked": FindingKind(
        code="workbook-locked",
        severity=Severity.BLOCKS,
        title="Workbook with a password or of an old format",
        remedy="Save it as .xlsx without a password.",
    ),
    "macros": FindingKind(
        code="workbook-macros",
        severity=Severity.BLOCKS,
        title="Workbook with macros",
        remedy="Save it as .xlsx, which holds no macros.",
    ),
    "unsafe": FindingKind(
        code="workbook-unsafe",
        severity=Severity.BLOCKS,
        title="Workbook made of parts that no spreadsheet program writes",
        remedy="Open it in a spreadsheet program and save it again as .xlsx.",
    ),
    "large": FindingKind(
        code="workbook-large",
        severity=Severity.BLOCKS,
        title="Workbook too large",
        remedy="Delete unused rows and columns, leave out sheets that are not needed, or save the sheet as CSV.",
    ),
}


def read_sheets(file: str, content: bytes, limits: WorkbookLimits) -> tuple[list[Grid], list[Finding]]:
    """Grids of all visible sheets that hold anything, and what is to be said about the workbook.

    Args:
        file: Its name, for display.
        content: Its bytes.
        limits: Largest sizes allowed.
    """
    try:
        sheets = read_workbook(content, limits)
    except Refused as refused:
        return [], [Finding(kind=_REFUSALS[refused.reason], detail=f"“{file}”: {refused}")]
    hidden = [sheet.name for sheet in sheets if sheet.hidden and sheet.rows]
    found = [Finding(kind=HIDDEN_SHEET, place=name, detail=f"“{file}”.") for name in hidden]
    return [_grid(file, sheet) for sheet in sheets if sheet.rows and not sheet.hidden], found


def _grid(file: str, sheet: SheetRows) -> Grid:
    width = max(map(len, sheet.rows)) - 1
    columns: list[TextArray] = []
    numeric = []
    for place in range(1, width + 1):
        cells = [row[place] if place < len(row) else "" for row in sheet.rows]
        columns.append(text_array([cell if isinstance(cell, str) else repr(cell) for cell in cells]))
        numeric.append(np.array([not isinstance(cell, str) for cell in cells], dtype=np.bool_))
    return Grid(
        name=plain_name(sheet.name),
        source=f"{file} · {sheet.name}",
        file=file,
        columns=tuple(columns),
        rows=np.array([row[0] for row in sheet.rows], dtype=np.int64),
        lengths=np.full(len(sheet.rows), width, dtype=np.int64),  # a sheet has no ends of rows
        numeric=tuple(numeric),
    )
