"""Tables that are finer than ours, such as stock by warehouse and day: brought to one row for each of our keys."""

import numpy as np
import pandas as pd

from sop_dash.core.data.cells import read_numbers
from sop_dash.core.data.grid import Grid, as_table
from sop_dash.core.data.mapping import corrections as told
from sop_dash.core.data.mapping.table_words import PER_UNIT
from sop_dash.core.data.raw import RawTable
from sop_dash.core.data.texts import Texts
from sop_dash.core.model.findings import Finding
from sop_dash.core.model.tables import TABLES, Table

_ADDED_UP = frozenset({"inventory", "production", "service", "budget"})
_MONTH = 7


def at_our_grain(grid: Grid) -> tuple[RawTable, list[Finding]]:
    """One row for each key of the table: of several days of stock the last one counts, other quantities are added up.

    Amounts per unit are averaged. Rows that cannot be read are left as they are, for the checks to name.
    """
    raw = as_table(grid)[0]
    if raw is None:
        raise ValueError(f"{grid.source}: rows do not fit under the headings")  # a renamed grid is even
    table = TABLES[raw.name]
    if raw.name not in _ADDED_UP:
        return raw, []
    raw, found = _last_days(raw) if raw.name == "inventory" else (raw, [])
    keys = [name for name in table.key if name in raw.header]
    frame = pd.DataFrame({name: _cells(raw, name).array() for name in keys})
    if "month" in keys:
        frame["month"] = [text[:_MONTH] for text in frame["month"]]
    if not frame.duplicated().any():
        return raw, found
    summed = _summed(raw, table, frame)
    if summed is None:
        return raw, found
    detail = f"{raw.source}: {raw.size:,} rows become {summed.size:,}, one for each {', '.join(keys)}."
    return summed, [*found, Finding(kind=told.ROWS_ADDED_UP, table=raw.name, detail=detail, count=raw.size)]


def _cells(raw: RawTable, name: str) -> Texts:
    return raw.columns[raw.header.index(name)]


def _last_days(raw: RawTable) -> tuple[RawTable, list[Finding]]:
    """Stock on several days of a month: the last one is the closing stock."""
    days = pd.Series(_cells(raw, "month").array(), dtype=object)
    last = days.groupby(days.str[:_MONTH]).transform("max")
    kept = np.asarray(days == last, dtype=np.bool_)
    if kept.all():
        return raw, []
    detail = f"{raw.source}: {int((~kept).sum()):,} rows of earlier days left out."
    found = [Finding(kind=told.LAST_DAY_TAKEN, table=raw.name, detail=detail, count=int((~kept).sum()))]
    columns = tuple(column[kept] for column in raw.columns)
    return RawTable(name=raw.name, header=raw.header, columns=columns, rows=raw.rows[kept], source=raw.source), found


def _summed(raw: RawTable, table: Table, keys: pd.DataFrame) -> RawTable | None:
    """None when a number cannot be read."""
    place = keys.groupby(list(keys.columns), sort=False).ngroup().to_numpy()
    first = np.unique(place, return_index=True)[1]
    columns = []
    for name, cells in zip(raw.header, raw.columns, strict=True):
        if name in keys:
            columns.append(Texts.of(keys[name].to_numpy(dtype=object)[first].tolist()))
        elif table.column(name).kind.numeric:
            values, bad = read_numbers(cells)
            if bad.any():
                return None
            grouped = pd.Series(values).groupby(place)
            totals = grouped.mean() if name in PER_UNIT else grouped.sum(min_count=1)
            columns.append(Texts.of(["" if np.isnan(value) else repr(value) for value in totals.tolist()]))
        else:
            columns.append(cells[first])
    return RawTable(name=raw.name, header=raw.header, columns=tuple(columns), rows=raw.rows[first], source=raw.source)
