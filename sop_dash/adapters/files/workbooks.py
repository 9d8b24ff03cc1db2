"""A workbook as grids, one per sheet; what cannot be read is a finding."""

import numpy as np

from sop_dash.adapters.files.text import NOT_READ
from sop_dash.adapters.reader.limits import Refused, WorkbookLimits
from sop_dash.adapters.reader.process import Reader
from sop_dash.adapters.reader.tables import ReadTable
from sop_dash.core.data.checks.headers import plain_name
from sop_dash.core.data.grid import Grid
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
    "ended": NOT_READ,
}


def read_sheets(reader: Reader, file: str, content: bytes, limits: WorkbookLimits) -> tuple[list[Grid], list[Finding]]:
    """Grids of all visible sheets that hold anything, and what is to be said about the workbook.

    Args:
        reader: Where it is read.
        file: Its name, for display.
        content: Its bytes.
        limits: Largest sizes allowed.
    """
    try:
        sheets = reader.workbook(content, limits)
    except Refused as refused:
        return [], [Finding(kind=_REFUSALS[refused.reason], detail=f"“{file}”: {refused}")]
    filled = [sheet for sheet in sheets if len(sheet.rows)]
    hidden = [sheet.opened.name for sheet in filled if sheet.opened.hidden]
    found = [Finding(kind=HIDDEN_SHEET, place=name, detail=f"“{file}”.") for name in hidden]
    return [_grid(file, sheet) for sheet in filled if not sheet.opened.hidden], found


def _grid(file: str, sheet: ReadTable) -> Grid:
    return Grid(
        name=plain_name(sheet.opened.name),
        source=f"{file} · {sheet.opened.name}",
        file=file,
        columns=sheet.columns,
        rows=sheet.rows,
        lengths=np.full(len(sheet.rows), len(sheet.columns), dtype=np.int64),  # a sheet has no ends of rows
        numeric=sheet.numeric,
    )
