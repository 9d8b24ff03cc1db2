"""A file or sheet as it came: every record as text, before anyone knows which one is the header."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sop_dash.core.data.origin import Origin
from sop_dash.core.data.raw import RawTable
from sop_dash.core.data.texts import Texts
from sop_dash.core.model.arrays import BoolArray
from sop_dash.core.model.findings import Finding, FindingKind, Severity

UNEVEN_ROWS = FindingKind(
    code="uneven-rows",
    severity=Severity.BLOCKS,
    title="Rows with another number of columns than the header",
    remedy="Put quotes around cells that contain the delimiter, and give every row all its columns.",
)

_MOST_ROWS = 1_000


@dataclass(frozen=True, kw_only=True, eq=False)
class Grid:
    """Records of text, all padded to the same number of cells.

    Args:
        name: Name of the file without its ending, or of the sheet, as a table would be called.
        source: Where it came from, for display ("orders.xlsx · Lines").
        file: Name of the file it was read from.
        sheets: Files or sheets it was put together from, when there are several; their rows are `origin.numbered`.
        columns: One column of text each, all of the same length.
        rows: [n] row number of each record as the planner sees it.
        lengths: [n] cells of each record as written.
        numeric: [n] per column: True where the file itself says that the cell is a number; empty when it never does.
    """

    name: str
    source: str
    file: str = ""
    sheets: tuple[str, ...] = ()
    columns: tuple[Texts, ...]
    rows: NDArray[np.int64]
    lengths: NDArray[np.int64]
    numeric: tuple[BoolArray, ...] = field(default=())

    @property
    def size(self) -> int:
        """Number of records, headers included."""
        return len(self.rows)

    @property
    def origin(self) -> Origin:
        """Where its rows stand."""
        return Origin(name=self.source, sheets=self.sheets)

    @property
    def is_sheet(self) -> bool:
        """True for a sheet of a workbook, False for a file of its own."""
        return self.source != self.file

    def record(self, place: int) -> tuple[str, ...]:
        """The cells of one record."""
        return tuple(column[place] for column in self.columns)

    def typed(self, column: int) -> BoolArray:
        """[n] True where the file says that a cell of this column is a number."""
        return self.numeric[column] if self.numeric else np.zeros(self.size, dtype=np.bool_)


def as_table(grid: Grid) -> tuple[RawTable | None, list[Finding]]:
    """The grid as a table whose first record is the header; None with a finding when rows do not fit under it."""
    if not grid.size:
        empty = np.zeros(0, dtype=np.int64)
        return RawTable(name=grid.name, header=(), columns=(), rows=empty, source=grid.source), []
    header = _without_empty_end(grid.record(0))
    width = len(header)
    body = slice(1, None)
    lengths, rows = grid.lengths[body], grid.rows[body]
    blank = lengths == 0
    uneven = ~blank & ((lengths > width) | (lengths < width)) & ~_only_empty_beyond(grid, width)
    if uneven.any():
        listed = tuple(int(row) for row in rows[uneven][:_MOST_ROWS])
        return None, [Finding(kind=UNEVEN_ROWS, table=grid.name, rows=listed, count=int(uneven.sum()))]
    kept = ~blank
    columns = tuple(column[body][kept] for column in grid.columns[:width])
    return RawTable(name=grid.name, header=header, columns=columns, rows=rows[kept], source=grid.source), []


def _only_empty_beyond(grid: Grid, width: int) -> BoolArray:
    """[n-1] True where a longer record has nothing but empty cells beyond the header."""
    longer = grid.lengths[1:] > width
    for place in np.flatnonzero(longer).tolist():
        longer[place] = not any(column[place + 1].strip() for column in grid.columns[width:])
    return np.asarray(longer, dtype=np.bool_)


def _without_empty_end(record: Iterable[str]) -> tuple[str, ...]:
    cells = list(record)
    while cells and not cells[-1].strip():
        cells.pop()
    return tuple(cells)
