"""A table as it came: header and cells as text, with the row numbers of the file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sop_dash.core.data.texts import Texts


@dataclass(frozen=True, kw_only=True, eq=False)
class RawTable:
    """Text only; nothing has been read as a number or a date yet.

    Args:
        name: Table name, from the file or sheet.
        header: Column names as written, in file order; may hold duplicates.
        columns: One column of text per header entry, all of the same length.
        rows: [n] row number of each record as the planner sees it; the header is row 1.
        source: Where it came from, for display ("sales.csv").
        sheets: Files or sheets it was put together from, when there are several; their rows are `origin.numbered`.
        keeps_totals: True when rows called "Total" are data, as a person said.
    """

    name: str
    header: tuple[str, ...]
    columns: tuple[Texts, ...]
    rows: NDArray[np.int64]
    source: str = ""
    sheets: tuple[str, ...] = ()
    keeps_totals: bool = False

    @property
    def size(self) -> int:
        """Number of records."""
        return len(self.rows)


def from_records(name: str, header: Sequence[str], records: Iterable[Sequence[Any]], *, source: str = "") -> RawTable:
    """Build a raw table from a header and equally long records; None becomes an empty cell, other values their text.

    Rows are numbered from 2, the header being row 1. Raises `ValueError` when a record has another length.
    """
    cells = [tuple("" if value is None else str(value) for value in record) for record in records]
    columns = tuple(zip(*cells, strict=True)) if cells else tuple(() for _ in header)
    if len(columns) != len(header):
        raise ValueError(f"{name}: records of {len(columns)} cells under a header of {len(header)}")
    return RawTable(
        name=name,
        header=tuple(header),
        columns=tuple(Texts.of(column) for column in columns),
        rows=np.arange(2, len(cells) + 2, dtype=np.int64),
        source=source,
    )
