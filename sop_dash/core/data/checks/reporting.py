"""How a check writes a finding: rows in file order, a bounded list of them, and the full count."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from sop_dash.core.data.origin import Origin
from sop_dash.core.model.arrays import BoolArray
from sop_dash.core.model.findings import Finding, FindingKind

MOST_ROWS = 1_000
"""Rows listed in one finding; `count` always tells all of them."""

_MOST_EXAMPLES, _LONGEST_EXAMPLE = 5, 80


def at_rows(
    kind: FindingKind,
    table: str,
    frame: pd.DataFrame,
    mask: BoolArray,
    *,
    place: str = "",
    detail: str = "",
    value: float | None = None,
) -> list[Finding]:
    """One finding for all rows of `frame` where `mask` is true; empty when there is none."""
    rows = np.sort(frame.index.to_numpy()[mask])
    if not len(rows):
        return []
    listed = tuple(int(row) for row in rows[:MOST_ROWS])
    return [Finding(kind=kind, table=table, rows=listed, place=place, detail=detail, value=value, count=len(rows))]


def with_sources(findings: Iterable[Finding], origins: Mapping[str, Origin]) -> tuple[Finding, ...]:
    """The findings with the file of their table; one that knows its file keeps it.

    Args:
        findings: About tables or anything else.
        origins: Table -> file and sheet it was read from.
    """
    return tuple(f if f.source or f.table not in origins else origins[f.table].told(f) for f in findings)


def money_at(sales: pd.DataFrame, mask: BoolArray) -> float | None:
    """Net revenue of the rows, each without its sign; None when none of them tells it."""
    amount = np.abs(sales["net_revenue"].to_numpy()[mask])
    return None if np.isnan(amount).all() else float(np.nansum(amount))


def examples(values: Iterable[object]) -> str:
    """The first few different values in alphabetical order, quoted, for the sentence of a finding."""
    different = sorted({str(value) for value in values})
    shown = ", ".join(f"“{_shortened(value)}”" for value in different[:_MOST_EXAMPLES])
    return shown + (f" and {len(different) - _MOST_EXAMPLES} more" if len(different) > _MOST_EXAMPLES else "")


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_EXAMPLE else f"{text[:_LONGEST_EXAMPLE]}…"
