"""From text tables to typed tables with all findings at once.

A typed table has every column of its definition, in that order: names, months, dates and words as categoricals with
sorted categories (empty text where empty; a month is `YYYY-MM`), numbers as float64 (NaN where empty). Its index is the
row number in the file.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from sop_dash.core.data import cells
from sop_dash.core.data.checks import headers, keys, months, references, series, values
from sop_dash.core.data.checks.price_breaks import price_break_findings
from sop_dash.core.data.checks.reporting import with_sources
from sop_dash.core.data.checks.running_time import running_time_findings
from sop_dash.core.data.items import Items, items_of
from sop_dash.core.data.origin import Origin
from sop_dash.core.data.raw import RawTable
from sop_dash.core.data.texts import Texts
from sop_dash.core.model.arrays import Array, BoolArray
from sop_dash.core.model.findings import Finding, by_importance
from sop_dash.core.model.tables import TABLES, Column, Kind, Table


@dataclass(frozen=True, kw_only=True, eq=False)
class CheckedTables:
    """Typed tables and what is to be said about them.

    Args:
        frames: Typed frame of each table that was brought, in registry order.
        findings: Most important first.
        items: Items of these tables and their families.
        origins: File and sheet of each table.
    """

    frames: Mapping[str, pd.DataFrame]
    findings: tuple[Finding, ...]
    items: Items
    origins: Mapping[str, Origin] = field(default_factory=dict)

    @property
    def accepted(self) -> bool:
        """False when a finding refuses the import."""
        return not any(finding.blocks for finding in self.findings)


def read_tables(raw: Mapping[str, RawTable], *, found: Iterable[Finding] = ()) -> CheckedTables:
    """Read and check every table; nothing raises, every problem is a finding.

    Args:
        raw: Text tables by name.
        found: Findings of whoever read the files, kept with ours.

    Returns:
        Typed tables (tables and columns nobody knows are left out) with all findings.
    """
    given = {headers.plain_name(name): table for name, table in raw.items()}
    findings = [*found]
    frames: dict[str, pd.DataFrame] = {}
    for name, table in TABLES.items():
        if name in given and given[name].size:
            frame, of_table = _read(given[name], table)
            findings += of_table
            if len(frame):
                frames[name] = frame
    explained = any(finding.blocks for finding in findings)
    findings += [f for f in headers.table_findings(given, frames) if not (explained and f.kind is headers.NO_SALES)]
    items = items_of(frames)
    findings += months.far_months(frames)
    findings += series.history_findings(frames)
    findings += references.reference_findings(frames, items)
    findings += running_time_findings(frames)
    findings += price_break_findings(frames)
    origins = {n: Origin(name=table.source, sheets=table.sheets) for n, table in given.items() if table.source}
    ordered = by_importance(with_sources(findings, origins))
    return CheckedTables(frames=frames, findings=ordered, items=items, origins=origins)


def _read(raw: RawTable, table: Table) -> tuple[pd.DataFrame, list[Finding]]:
    findings = headers.header_findings(raw, table)
    given = {headers.plain_name(name): column for name, column in zip(raw.header, raw.columns, strict=True)}
    columns = [column for column in table.columns if column.name in given]
    words = {column.name: given[column.name] for column in columns if not column.kind.numeric}
    totals = np.zeros(raw.size, dtype=np.bool_) if raw.keeps_totals else keys.total_rows(words, table, raw.size)
    findings += keys.total_row_findings(raw, table, totals)
    kept = ~totals & ~_blank(raw)
    index = pd.Index(raw.rows[kept], name="row")
    typed: dict[str, pd.Categorical[str] | Array] = {c.name: _absent(c, len(index)) for c in table.columns}
    unread: dict[str, BoolArray] = {}
    for column in columns:
        name = column.name
        if name in words:
            typed[name], unread[name] = _words(column, words[name][kept])
        else:
            typed[name], unread[name] = cells.read_numbers(given[name][kept])
    frame = pd.DataFrame(typed, index=index)
    for column in columns:
        findings += values.unreadable(table, column, frame, given[column.name][kept], unread[column.name])
    findings += values.not_filled(table, frame, set(unread), unread)
    findings += values.limits(table, frame)
    findings += keys.repeated_keys(table, frame)
    return frame, findings


def _blank(raw: RawTable) -> BoolArray:
    """True where a record has no text at all; such rows are no data."""
    blank = np.ones(raw.size, dtype=np.bool_)
    for column in sorted(raw.columns, key=lambda column: len(column.texts)):
        if not blank.any():
            break
        blank &= column.where(lambda text: not text.strip())
    return blank


def _words(column: Column, texts: Texts) -> tuple["pd.Categorical[str]", BoolArray]:
    if column.kind is Kind.MONTH:
        return cells.read_months(texts)
    if column.kind is Kind.DATE:
        return cells.read_dates(texts)
    if column.kind is Kind.CHOICE:
        return cells.read_choices(texts, column.choices)
    return cells.read_text(texts)


def _absent(column: Column, rows: int) -> "pd.Categorical[str] | Array":
    if column.kind.numeric:
        return np.full(rows, np.nan)
    return pd.Categorical.from_codes(np.zeros(rows, dtype=np.intp), categories=pd.Index([""], dtype=object))
