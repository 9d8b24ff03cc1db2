"""Is every cell readable, filled where it must be, and within its limits?"""

import numpy as np
import pandas as pd

from sop_dash.core.data.checks.reporting import at_rows, examples, money_at
from sop_dash.core.data.texts import Texts
from sop_dash.core.model.arrays import BoolArray
from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.tables import Column, Kind, Table, either

BAD_NUMBER = FindingKind(
    code="bad-number",
    severity=Severity.BLOCKS,
    title="Not a number",
    remedy="Write numbers with a decimal point and without thousands signs or units; leave unknown cells empty.",
)
BAD_MONTH = FindingKind(
    code="bad-month",
    severity=Severity.BLOCKS,
    title="Not a month",
    remedy="Write months as YYYY-MM, for example 2026-11.",
)
BAD_DATE = FindingKind(
    code="bad-date",
    severity=Severity.BLOCKS,
    title="Not a date",
    remedy="Write dates as YYYY-MM-DD, for example 2026-11-30.",
)
BAD_CHOICE = FindingKind(
    code="bad-choice",
    severity=Severity.BLOCKS,
    title="Word not allowed here",
    remedy="Use one of the words the data dictionary lists for this column.",
)
MISSING_VALUE = FindingKind(
    code="missing-value",
    severity=Severity.BLOCKS,
    title="Cell must be filled",
    remedy="Fill the cell or remove the row.",
)
OUT_OF_RANGE = FindingKind(
    code="out-of-range",
    severity=Severity.BLOCKS,
    title="Number out of range",
    remedy="Correct the number; ratios are fractions, so 5 % is 0.05.",
)
NEGATIVE_UNITS = FindingKind(
    code="negative-units",
    severity=Severity.WARNS,
    title="Sales below zero",
    remedy="They are netted against the sales of their month; book returns in returned_units to keep demand apart.",
)
NEGATIVE_STOCK = FindingKind(
    code="negative-stock",
    severity=Severity.WARNS,
    title="Stock below zero",
    remedy="Correct the booking; the plan starts such an item with no stock.",
)
SPACES_REMOVED = FindingKind(
    code="spaces-removed",
    severity=Severity.INFORMS,
    title="Spaces around names removed",
    remedy="Nothing to do unless the spaces were meant.",
)

LARGEST = 1e15
"""No company counts further; beyond it sums lose their cents."""

_UNREADABLE = {Kind.MONTH: BAD_MONTH, Kind.DATE: BAD_DATE, Kind.CHOICE: BAD_CHOICE}


def unreadable(table: Table, column: Column, frame: pd.DataFrame, cells: Texts, bad: BoolArray) -> list[Finding]:
    """Cells whose text is not of the column's kind; for names, cells that lost their outer spaces."""
    if not bad.any():
        return []
    if column.kind in {Kind.CODE, Kind.TEXT}:
        return at_rows(SPACES_REMOVED, table.name, frame, bad, place=column.name) if column.kind is Kind.CODE else []
    kind = _UNREADABLE.get(column.kind, BAD_NUMBER)
    allowed = f" Allowed: {', '.join(column.choices)}." if column.choices else ""
    return at_rows(kind, table.name, frame, bad, place=column.name, detail=f"Found {examples(cells[bad])}.{allowed}")


def not_filled(table: Table, frame: pd.DataFrame, given: set[str], unread: dict[str, BoolArray]) -> list[Finding]:
    """Rows that leave a required column, or all of a one-of group, empty; cells reported as unreadable do not count."""
    found: list[Finding] = []

    def empty_in(name: str) -> BoolArray:
        empty = is_empty(frame[name])
        told = name in unread and table.column(name).kind not in {Kind.CODE, Kind.TEXT}
        return np.asarray(empty & ~unread[name], dtype=np.bool_) if told else empty

    for column in table.columns:
        if column.required and not column.may_be_empty and column.name in given:
            found += at_rows(MISSING_VALUE, table.name, frame, empty_in(column.name), place=column.name)
    unfilled: dict[bytes, tuple[BoolArray, list[tuple[str, ...]]]] = {}
    for group in table.one_of:
        if any(name in given for name in group):
            empty = np.logical_and.reduce([empty_in(name) for name in group])
            unfilled.setdefault(empty.tobytes(), (empty, []))[1].append(group)
    for empty, groups in unfilled.values():
        for words in either(groups):
            found += at_rows(MISSING_VALUE, table.name, frame, empty, place=words)
    return found


def is_empty(column: pd.Series) -> BoolArray:
    """True where a typed column has no value."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        names = column.cat.categories
        return np.asarray(column.cat.codes == (names.get_loc("") if "" in names else -1), dtype=np.bool_)
    return np.asarray(column.isna(), dtype=np.bool_)


def limits(table: Table, frame: pd.DataFrame) -> list[Finding]:
    """Numbers outside the limits of their column; sales and stock below zero are told apart."""
    found: list[Finding] = []
    for column in table.columns:
        if not column.kind.numeric:
            continue
        values = frame[column.name].to_numpy()
        outside = np.asarray(np.abs(values) > LARGEST)
        if column.low is not None:
            outside |= values < column.low
        if column.high is not None:
            outside |= values > column.high
        if outside.any():
            found += at_rows(OUT_OF_RANGE, table.name, frame, outside, place=column.name, detail=_limits(column))
    if table.name == "sales":
        negative = frame["units"].to_numpy() < 0.0
        found += at_rows(NEGATIVE_UNITS, "sales", frame, negative, place="units", value=money_at(frame, negative))
    if table.name == "inventory":
        found += at_rows(
            NEGATIVE_STOCK, "inventory", frame, frame["closing_units"].to_numpy() < 0.0, place="closing_units"
        )
    return found


def _limits(column: Column) -> str:
    low = "" if column.low is None else f"at least {column.low:g}"
    high = "" if column.high is None else f"at most {column.high:g}"
    return f"It must be {' and '.join(part for part in (low, high) if part) or f'at most {LARGEST:g} in size'}."
