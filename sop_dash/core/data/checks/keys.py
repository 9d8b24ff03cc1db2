"""Does every row stand for itself: no doubled keys, no total rows between the others?"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sop_dash.core.data.checks.reporting import at_rows, examples
from sop_dash.core.data.groups import group_numbers
from sop_dash.core.data.raw import RawTable
from sop_dash.core.data.texts import Texts
from sop_dash.core.model.arrays import Array, BoolArray
from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.tables import Kind, Repeats, Table

DUPLICATE_KEY = FindingKind(
    code="duplicate-key",
    severity=Severity.BLOCKS,
    title="The same row twice",
    remedy="Keep one row for each combination of the columns named.",
)
REPEATED_KEY = FindingKind(
    code="repeated-key",
    severity=Severity.INFORMS,
    title="Several rows for the same month and item",
    remedy="They are added up; remove the earlier row if the later one replaces it.",
)
TOTAL_ROWS = FindingKind(
    code="total-rows",
    severity=Severity.WARNS,
    title="Total rows left out",
    remedy="Export without totals; rename the item if this is no total.",
)

_TOTALS = frozenset(
    {
        *("total", "totals", "grand total", "subtotal", "sub total", "sum", "overall total", "total general"),
        *("gesamt", "summe", "gesamtsumme", "zwischensumme", "gesamtergebnis", "somme", "totale"),
    }
)
_TELLING = 3
_STARTS = frozenset(word[:_TELLING] for word in _TOTALS)


def total_rows(columns: Mapping[str, Texts], table: Table, size: int) -> BoolArray:
    """[n] True where a name or month of the row reads "Total" or the like."""
    mask = np.zeros(size, dtype=np.bool_)
    naming = {*table.key, "month", "sku", "family"}
    for name, cells in columns.items():
        if name in naming and table.column(name).kind in {Kind.CODE, Kind.MONTH}:
            mask |= cells.where(_says_total)
    return mask


def _says_total(text: str) -> bool:
    """Most names begin otherwise and need no closer look."""
    return text.lstrip(" :")[:_TELLING].lower() in _STARTS and " ".join(text.lower().strip(" :").split()) in _TOTALS


def total_row_findings(raw: RawTable, table: Table, mask: BoolArray) -> list[Finding]:
    """One finding for the total rows of a table."""
    return at_rows(TOTAL_ROWS, table.name, pd.DataFrame(index=raw.rows), mask)


def repeated_keys(table: Table, frame: pd.DataFrame) -> list[Finding]:
    """Rows that share a key; whether that refuses the table, is said, or is fine, is a rule of the table."""
    if table.single_row:
        extra = np.arange(len(frame)) > 0
        return at_rows(DUPLICATE_KEY, table.name, frame, extra, detail="This table holds one row only.")
    if not table.key or table.repeats is Repeats.ADDED:
        return []
    columns = list(table.key)
    repeated = _duplicated(frame, columns)
    if not repeated.any():
        return []
    place = ", ".join(name for name in columns)
    if table.repeats is Repeats.REFUSED:
        return at_rows(DUPLICATE_KEY, table.name, frame, repeated, place=place, detail=_which(frame, columns, repeated))
    same = _duplicated(frame, list(table.names))
    return [
        *at_rows(
            DUPLICATE_KEY, table.name, frame, same, detail="Every column is the same, so it may be counted twice."
        ),
        *at_rows(REPEATED_KEY, table.name, frame, repeated & ~same, place=place),
    ]


def _duplicated(frame: pd.DataFrame, columns: list[str]) -> BoolArray:
    """True on every row that has a twin in these columns."""
    group = group_numbers([_key(frame[name]) for name in columns])
    return np.asarray((np.bincount(group) > 1)[group], dtype=np.bool_)


def _key(column: pd.Series) -> NDArray[np.int64] | Array:
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy().astype(np.int64)
    return column.to_numpy(dtype=np.float64)


def _which(frame: pd.DataFrame, columns: list[str], mask: BoolArray) -> str:
    rows = zip(*(frame.loc[mask, name] for name in columns), strict=True)
    return f"{examples(' · '.join(str(value) for value in row if value != '') for row in rows)}."
