"""Sheets with the same headings under one another; months across that differ from sheet to sheet side by side."""

from collections.abc import Sequence

import numpy as np

from sop_dash.core.data.checks.headers import plain_name
from sop_dash.core.data.grid import Grid, as_table
from sop_dash.core.data.mapping import corrections as told
from sop_dash.core.data.mapping.contract import follows_contract
from sop_dash.core.data.mapping.headings import Headed, headed
from sop_dash.core.data.mapping.words import is_summary
from sop_dash.core.data.origin import numbered
from sop_dash.core.data.texts import Texts
from sop_dash.core.model.arrays import BoolArray
from sop_dash.core.model.findings import Finding
from sop_dash.core.model.periods import month_of

MONTH_OF_SHEET = "Month of the sheet"
_FEWEST_TO_SUM_UP = 2


def without_twins(sheets: Sequence[Headed]) -> tuple[list[Headed], list[Headed]]:
    """Sheets to read, and sheets that would count the same rows again: copies, and summaries of the others."""
    parts = [sheet for sheet in sheets if not is_summary(_title(sheet))]
    if len(sheets) > _FEWEST_TO_SUM_UP and len(parts) >= _FEWEST_TO_SUM_UP:
        summaries = [sheet for sheet in sheets if is_summary(_title(sheet))]
    else:
        parts, summaries = list(sheets), []
    kept: list[Headed] = []
    for sheet in parts:
        if not any(_same_rows(sheet, other) for other in kept):
            kept.append(sheet)
    return kept, [*summaries, *(sheet for sheet in parts if sheet not in kept)]


def one_of_each(grids: Sequence[Grid]) -> tuple[list[Grid], list[Finding]]:
    """Files or sheets that follow the contract for the same table as one grid, when they have the same columns."""
    several: dict[str, list[Grid]] = {}
    for grid in grids:
        if follows_contract(grid):
            several.setdefault(grid.name, []).append(grid)
    kept, found = list(grids), list[Finding]()
    for name, group in several.items():
        if len(group) == 1:
            continue
        one, told_of = _as_one(name, group)
        found += told_of
        place = kept.index(group[0])
        kept = [grid for grid in kept if grid not in group]
        kept.insert(place, one)
    return kept, found


def _as_one(table: str, group: Sequence[Grid]) -> tuple[Grid, list[Finding]]:
    named = ", ".join(f"“{grid.source}”" for grid in group)
    columns = {frozenset(plain_name(cell) for cell in grid.record(0) if cell.strip()) for grid in group}
    if len(columns) > 1 or any(as_table(grid)[0] is None for grid in group):
        return group[0], [Finding(kind=told.SAME_TABLE_TWICE, table=table, detail=f"{named}.")]
    kept, twins = without_twins([headed(grid, int(grid.rows[0])) for grid in group])
    why = "It holds the same rows as another one."
    found = [Finding(kind=told.SHEET_NOT_USED, place=sheet.grid.source, detail=why) for sheet in twins]
    if len(kept) == 1:
        return kept[0].grid, found
    read = ", ".join(sheet.grid.source for sheet in kept)
    found.append(Finding(kind=told.SHEETS_STACKED, table=table, detail=f"{read}."))
    return stacked_grid(kept, [None] * len(kept)), found


def _title(sheet: Headed) -> str:
    return sheet.grid.source.partition(" · ")[2] or sheet.grid.name.replace("_", " ")


def _same_rows(one: Headed, other: Headed) -> bool:
    if one.labels != other.labels or len(one.body) != len(other.body):
        return False
    pairs = zip(one.grid.columns, other.grid.columns, strict=False)
    return all(bool((a[one.below].array() == b[other.below].array()).all()) for a, b in pairs)


def stacked_grid(sheets: Sequence[Headed], months: Sequence[int | None]) -> Grid:
    """One grid with its headings in the first record.

    Args:
        sheets: All with the same headings apart from months across.
        months: Month each sheet is named after; where all are, and no column is a month, it becomes a column.
    """
    labels = list(dict.fromkeys(label for sheet in sheets for label in _labels(sheet)))
    columns = [[Texts.of([label])] for label in labels]
    numeric: list[list[BoolArray]] = [[np.zeros(1, dtype=np.bool_)] for _ in labels]
    for sheet in sheets:
        size, places = len(sheet.body), {label: place for place, label in enumerate(_labels(sheet))}
        for at, label in enumerate(labels):
            place = places.get(label)
            columns[at].append(Texts.of([""] * size) if place is None else sheet.grid.columns[place][sheet.body])
            typed = np.zeros(size, dtype=np.bool_) if place is None else sheet.grid.typed(place)[sheet.body]
            numeric[at].append(typed)
    stacked, typed_columns = [Texts.joined(parts).distinct() for parts in columns], [np.concatenate(p) for p in numeric]
    if not sheets[0].months and all(month is not None for month in months):
        stacked.append(_month_column(sheets, months))
        typed_columns.append(np.zeros(len(stacked[0]), dtype=np.bool_))
    rows = np.concatenate([np.ones(1, dtype=np.int64), numbered([sheet.grid.rows[sheet.body] for sheet in sheets])])
    return Grid(
        name=sheets[0].grid.name,
        source=" + ".join(sheet.grid.source for sheet in sheets),
        file=sheets[0].grid.file,
        sheets=tuple(sheet.grid.source for sheet in sheets),
        columns=tuple(stacked),
        rows=rows,
        lengths=np.full(len(rows), len(stacked), dtype=np.int64),
        numeric=tuple(typed_columns),
    )


def _labels(sheet: Headed) -> list[str]:
    """Headings; a month across is called the same in every sheet."""
    across = {column.place: column for column in sheet.months if column.month > _LAST_MONTH_NUMBER}
    named = {place: f"{month_of(c.month)} {c.measure}".strip() for place, c in across.items()}
    return [named.get(place, label) for place, label in enumerate(sheet.labels)]


_LAST_MONTH_NUMBER = 12


def _month_column(sheets: Sequence[Headed], months: Sequence[int | None]) -> Texts:
    cells = [[month_of(month)] * len(sheet.body) for sheet, month in zip(sheets, months, strict=True) if month]
    return Texts.of([MONTH_OF_SHEET, *(cell for part in cells for cell in part)])
