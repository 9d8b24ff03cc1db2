"""The forecast as a sheet that leaves the house and comes back: what is written, and what was found in it. Units.

A row has a short key and a month its own name, both hidden in the workbook, so that rows and columns may be sorted,
moved and added beside ours without losing which cell is which.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from sop_dash.core.model.errors import SopError

ADJUSTMENT_HEADS = (
    *("Number", "Family", "Channel", "From", "To", "Line", "Type", "Value", "Reason", "Owner", "Status"),
    "Kept (UTC)",
)


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """One row of the sheet.

    Args:
        key: Its hidden name.
        family: Family.
        channel: Channel; empty for all of them.
        line: "consensus" or "sales" where it may be written over; else empty.
        title: What the row is, in words.
        values: One for each month; None where unknown.
    """

    key: str
    family: str
    channel: str
    line: str
    title: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, kw_only=True)
class ForecastSheet:
    """What is written into the workbook.

    Args:
        company, cycle, load_id, made_at: What it was made from and when (UTC).
        months: `YYYY-MM` of each column.
        locked: Months at the start that cannot be changed.
        rows: In order.
        seen: Version of each cell that may be written over, by row key and month.
        adjustments: The adjustments in force, for reading; values in the order of `ADJUSTMENT_HEADS`.
    """

    company: str
    cycle: str
    load_id: str
    made_at: str
    months: tuple[str, ...]
    locked: int
    rows: tuple[SheetRow, ...]
    seen: Mapping[tuple[str, str], int]
    adjustments: tuple[tuple[str | float | None, ...], ...] = ()


@dataclass(frozen=True, kw_only=True)
class FoundCell:
    """A cell of ours in a workbook that came back.

    Args:
        key, month: Which cell.
        before: Value when it left.
        seen: Version of the cell when it left.
        value: Number now, text that is none, or None when it is empty.
        place: Where it stands, like `F12`.
        missing: True when its row or column was deleted.
    """

    key: str
    month: str
    before: float
    seen: int
    value: float | str | None
    place: str = ""
    missing: bool = False


@dataclass(frozen=True, kw_only=True)
class FoundSheet:
    """What came back.

    Args:
        company, cycle, load_id, made_at: Of the plan it was made from.
        rows: Row key -> family, channel and line.
        cells: Every cell of ours.
        reasons: Row key -> what stands in the column of reasons.
    """

    company: str
    cycle: str
    load_id: str
    made_at: str
    rows: Mapping[str, tuple[str, str, str]]
    cells: tuple[FoundCell, ...]
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RenewedBook:
    """A copy with the figures of now.

    Args:
        content: The workbook.
        notes: What was left as it is, and why.
    """

    content: bytes
    notes: tuple[str, ...] = ()


class NotOurSheet(SopError):
    """The file is no workbook that was exported here, or its hidden parts are gone."""


class ForecastBook(Protocol):
    """Writes and reads the workbook; an adapter knows its cells."""

    def write(self, sheet: ForecastSheet) -> bytes:
        """A new workbook."""

    def read(self, content: bytes) -> FoundSheet:
        """What is in one that came back. Raises `NotOurSheet`."""

    def renew(self, content: bytes, sheet: ForecastSheet) -> RenewedBook:
        """The same workbook with the values of now; everything else in it stays. Raises `NotOurSheet`."""
