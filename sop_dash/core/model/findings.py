"""Findings: what a person should know about data or plan. On screen they are called issues."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What a finding does: refuse the import, ask for attention, or tell."""

    BLOCKS = "blocks"
    WARNS = "warns"
    INFORMS = "informs"


@dataclass(frozen=True, kw_only=True)
class FindingKind:
    """One kind of problem.

    Args:
        code: Stable name in kebab case; tests and scripts rely on it.
        severity: What it does.
        title: What is wrong, in a few words of the planner.
        remedy: What to do about it, naming the table or page that cures it.
    """

    code: str
    severity: Severity
    title: str
    remedy: str


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One problem at one place.

    Args:
        kind: Which problem it is.
        table: Contract table (or page) it concerns; empty for the plan as a whole.
        rows: Row numbers as the planner sees them in the file (the header is row 1).
        place: Where, in words ("Blenders, Mar 27"); empty when it concerns the whole table.
        detail: One sentence with the figures of this case; empty when the title says all.
        value: Money at stake in plan currency, never negative; None when it cannot be told.
        count: How many rows or cells it stands for.
        source: File, and sheet of a workbook, that the rows stand in; empty when it is not about a file.
    """

    kind: FindingKind
    table: str = ""
    rows: tuple[int, ...] = ()
    place: str = ""
    detail: str = ""
    value: float | None = None
    count: int = 1
    source: str = ""

    @property
    def blocks(self) -> bool:
        """True when the import must be refused because of it."""
        return self.kind.severity is Severity.BLOCKS


_RANK = {Severity.BLOCKS: 0, Severity.WARNS: 1, Severity.INFORMS: 2}


def by_importance(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Sort: blocking first, then by money at stake (unknown last), then by code and place."""
    return tuple(
        sorted(findings, key=lambda f: (_RANK[f.kind.severity], -(f.value or 0.0), f.kind.code, f.table, f.place))
    )
