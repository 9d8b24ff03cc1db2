"""Which table each file or sheet holds: what a person said goes before what its name and headings say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sop_dash.core.data.grid import Grid
from sop_dash.core.data.mapping import corrections as told
from sop_dash.core.data.mapping.choices import Choices
from sop_dash.core.data.raw import RawTable
from sop_dash.core.model.findings import Finding
from sop_dash.core.model.tables import TABLES

SALES = "sales"
_WHY_NOT = {told.SHEET_NOT_USED, told.TABLE_LEFT_OUT, told.TABLE_OF_OTHER_FORM}


@dataclass(frozen=True, kw_only=True)
class SheetUse:
    """A file or sheet and what it is read as.

    Args:
        name: The file, and the sheet in it.
        table: The table it holds; empty for none.
        rows: Records in it, headings included.
        said: True when a person said so.
        note: Why it is not used, where that is known.
    """

    name: str
    table: str
    rows: int
    said: bool
    note: str = ""


def table_said(grid: Grid, choices: Choices) -> str | None:
    """The table a person named for this file or sheet; empty for none of them, None when nothing was said."""
    named = {name.casefold(): table for name, table in choices.tables.items()}
    names = (grid.source, grid.file, grid.name, grid.source.partition(" · ")[2])
    return next((named[name.casefold()] for name in names if name and name.casefold() in named), None)


def as_said(grids: Sequence[Grid], choices: Choices) -> tuple[list[Grid], Choices, list[Finding]]:
    """The grids under the names of the tables that a person gave them, without those to be left out.

    A file called like a table that was given to another file gives way, for a person knows better than a name.
    """
    said = {grid.source: table for grid in grids if (table := table_said(grid, choices)) is not None}
    given = set(said.values()) - {""}
    sales = tuple(source for source, table in said.items() if table == SALES)
    kept: list[Grid] = []
    found: list[Finding] = []
    for grid in grids:
        table = said.get(grid.source)
        if table == "" or (table is None and grid.name in given):
            why = "Left out as you said." if table == "" else f"Another one was said to hold {grid.name}."
            found.append(Finding(kind=told.SHEET_NOT_USED, place=grid.source, detail=why))
        elif table is None:
            kept.append(grid)
        else:
            # Several that hold sales are read as one: none of them is the table by itself.
            name = f"{SALES} {len(kept)}" if table == SALES and len(sales) > 1 else table
            kept.append(replace(grid, name=name))
    return kept, replace(choices, sheets=sales) if sales else choices, found


def sheet_uses(
    grids: Sequence[Grid],
    choices: Choices,
    tables: Mapping[str, RawTable],
    sources: Mapping[str, str],
    findings: Sequence[Finding],
) -> tuple[SheetUse, ...]:
    """What every file or sheet with content was read as, in the order given.

    Args:
        grids: As they came.
        choices: What a person decided.
        tables: What was made of them.
        sources: File or sheet -> table, where a table is recognised but a question is open.
        findings: What was said on the way.
    """
    read = {table.source: name for name, table in tables.items() if name != SALES} | dict(sources)
    parts = {SALES: tables[SALES].source} if SALES in tables else {}
    whole = " + ".join([*parts.values(), *(source for source, name in sources.items() if name == SALES)])
    sold = set(whole.split(" + ")) | {whole}

    def use(grid: Grid) -> SheetUse:
        table = SALES if grid.source in sold else read.get(grid.source, "")
        return SheetUse(
            name=grid.source,
            table=table if table in TABLES else "",
            rows=grid.size,
            said=table_said(grid, choices) is not None,
            note="" if table in TABLES else _why_not(grid.source, findings),
        )

    return tuple(use(grid) for grid in grids if grid.size > 1)


def _why_not(source: str, findings: Sequence[Finding]) -> str:
    for finding in findings:
        if finding.kind in _WHY_NOT and (finding.place == source or finding.detail.startswith(f"{source}: ")):
            return finding.detail.removeprefix(f"{source}: ")
    return ""
