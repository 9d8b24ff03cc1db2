"""Are these tables and columns we know, each once, with all that a table must have?"""

from collections import Counter
from collections.abc import Collection, Iterable

from sop_dash.core.data.checks.reporting import examples
from sop_dash.core.data.raw import RawTable
from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.tables import TABLES, Table, either

NO_SALES = FindingKind(
    code="no-sales",
    severity=Severity.BLOCKS,
    title="No sales",
    remedy="Bring a table “sales” with month, sku or family, and units: everything else is optional.",
)
UNKNOWN_TABLE = FindingKind(
    code="unknown-table",
    severity=Severity.INFORMS,
    title="Table not used",
    remedy="Rename it if it was meant to be one of the tables of the data dictionary.",
)
EMPTY_TABLE = FindingKind(
    code="empty-table",
    severity=Severity.INFORMS,
    title="Table without rows",
    remedy="Fill it or leave it out.",
)
MISSING_COLUMN = FindingKind(
    code="missing-column",
    severity=Severity.BLOCKS,
    title="Column missing",
    remedy="Add the column or correct its name in the first row.",
)
DUPLICATE_HEADER = FindingKind(
    code="duplicate-header",
    severity=Severity.BLOCKS,
    title="The same column twice",
    remedy="Keep one of the columns of this name.",
)
EXTRA_COLUMN = FindingKind(
    code="extra-column",
    severity=Severity.INFORMS,
    title="Columns not used",
    remedy="Nothing to do; they are kept with the data. Rename them if they were meant to be used.",
)


def plain_name(name: str) -> str:
    """A table or column name as the dictionary writes it: small letters, underscores for spaces."""
    return "_".join(name.strip().lower().replace("-", " ").split())


def table_findings(given: Iterable[str], filled: Collection[str]) -> list[Finding]:
    """Tables nobody knows, tables without rows, and sales missing; `filled` are the tables that have rows."""
    found = [Finding(kind=UNKNOWN_TABLE, table=name) for name in given if name not in TABLES]
    found += [Finding(kind=EMPTY_TABLE, table=name) for name in given if name in TABLES and name not in filled]
    if "sales" not in filled:
        found.append(Finding(kind=NO_SALES, table="sales"))
    return found


def header_findings(raw: RawTable, table: Table) -> list[Finding]:
    """Columns that are missing, doubled or not used, in one table."""
    given = Counter(plain_name(name) for name in raw.header)
    found = [
        Finding(kind=MISSING_COLUMN, table=table.name, rows=(1,), place=column.name)
        for column in table.columns
        if column.required and column.name not in given
    ]
    found += [
        Finding(kind=MISSING_COLUMN, table=table.name, rows=(1,), place=words)
        for words in either(group for group in table.one_of if not any(name in given for name in group))
    ]
    found += [
        Finding(kind=DUPLICATE_HEADER, table=table.name, rows=(1,), place=name, count=times)
        for name, times in given.items()
        if times > 1 and name in table.names
    ]
    extra = [name for name in given if name and name not in table.names]
    if extra:
        found.append(
            Finding(kind=EXTRA_COLUMN, table=table.name, rows=(1,), detail=f"{examples(extra)}.", count=len(extra))
        )
    return found
