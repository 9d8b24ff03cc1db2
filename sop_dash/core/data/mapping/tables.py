"""Tables beside the sales under names of a company's own: stock, items, prices, … known by file name and headings.

A file is taken for a table only when its name says so (or a person does) and it has every column the table must have.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from sop_dash.core.data.checks.headers import plain_name
from sop_dash.core.data.grid import Grid
from sop_dash.core.data.mapping import corrections as told
from sop_dash.core.data.mapping.choices import Choices
from sop_dash.core.data.mapping.contract import in_plain_form
from sop_dash.core.data.mapping.finer import at_our_grain
from sop_dash.core.data.mapping.headings import Headed, headed
from sop_dash.core.data.mapping.holds import SALES, table_said
from sop_dash.core.data.mapping.questions import Question, finding_of
from sop_dash.core.data.mapping.sheets import candidate
from sop_dash.core.data.mapping.table_words import COLUMN_WORDS, CURRENCIES, SALES_FILE, TABLE_FILES
from sop_dash.core.data.mapping.words import plain_words
from sop_dash.core.data.raw import RawTable
from sop_dash.core.data.reading import read_tables
from sop_dash.core.data.texts import Texts
from sop_dash.core.model.findings import Finding
from sop_dash.core.model.tables import TABLES

_FEWEST_COLUMNS = 2


@dataclass(frozen=True, kw_only=True, eq=False)
class Recognised:
    """A file or sheet that is one of our tables.

    Args:
        table: Which one.
        sheet: The file with its headings.
        places: Our column -> position in the file.
        sure: True when the file is called exactly like the table, or a person said so.
    """

    table: str
    sheet: Headed
    places: dict[str, int]
    sure: bool

    @property
    def source(self) -> str:
        """Where it came from, for display."""
        return self.sheet.grid.source

    @property
    def rank(self) -> tuple[bool, int, bool, int]:
        """The file to take when several are the same table comes first when sorted downwards."""
        return self.sure, len(self.places), "sku" in self.places, len(self.sheet.body)

    @cached_property
    def told(self) -> Finding:
        """Which heading was taken for which column."""
        labels = self.sheet.labels
        parts = "; ".join(f"{name} ← “{labels[place]}”" for name, place in self.places.items())
        rest = [label for place, label in enumerate(labels) if place not in self.places.values()]
        unused = f" Not used: {', '.join(f'“{label}”' for label in rest)}." if rest else ""
        detail = f"{self.source}: {parts}.{unused}"
        return Finding(kind=told.TABLE_READ, table=self.table, detail=detail, count=len(self.places))


@dataclass(frozen=True, kw_only=True, eq=False)
class Beside:
    """What was found beside the sales: tables, their files, what is to be said, questions, and grids that are none."""

    tables: dict[str, RawTable]
    sources: dict[str, str]
    findings: list[Finding]
    questions: list[Question]
    others: list[Grid]


def tables_beside(grids: Sequence[Grid], choices: Choices, taken: frozenset[str]) -> Beside:
    """Find the tables among grids that hold no sales.

    Args:
        grids: Files and sheets, in the order given.
        choices: What a person decided.
        taken: Tables that are there already.
    """
    found = {id(grid): one for grid in grids if grid.size and (one := _recognised(grid, choices)) is not None}
    best: dict[str, Recognised] = {}
    for one in sorted(found.values(), key=lambda one: one.rank, reverse=True):
        if one.table not in taken:
            best.setdefault(one.table, one)
    beside = Beside(tables={}, sources={}, findings=[], questions=[], others=[])
    for grid in grids:
        one = found.get(id(grid))
        if one is None and grid.name in TABLES and grid.name != SALES and table_said(grid, choices):
            beside.findings.append(_lacking(grid))
        elif one is None:
            beside.others.append(grid)
        elif best.get(one.table) is one:
            _take(one, choices, beside)
        else:
            taken_by = best[one.table].source if one.table in best else f"another file called {one.table}"
            why = f"{taken_by} is read as {one.table}."
            beside.findings.append(Finding(kind=told.SHEET_NOT_USED, place=one.source, detail=why))
    return beside


def _recognised(grid: Grid, choices: Choices) -> Recognised | None:
    sheet = headed(grid, None)
    table = _table_called(grid)
    if not table and candidate(grid, Choices()).is_products:
        table = "products"
    said = bool(table_said(grid, choices))
    if table == SALES or table not in (TABLES if said else COLUMN_WORDS):
        return None
    places = _places(sheet, table)
    sure = grid.name == table
    if not _is_complete(table, places) or not len(sheet.body):
        return None
    if table == "products" and not sure and candidate(grid, Choices()).is_sales:
        return None  # order items, not a list of items
    return Recognised(table=table, sheet=sheet, places=places, sure=sure)


def _table_called(grid: Grid) -> str:
    """The table the name of a file or sheet speaks of; empty when it speaks of sales or of nothing we know."""
    if grid.name in TABLES:
        return grid.name
    words = f" {plain_words(grid.name)} "
    phrases = ((phrase.count(" "), len(phrase), table) for table, known in TABLE_FILES.items() for phrase in known
               if f" {phrase} " in words)  # fmt: skip
    spaces, _, table = max(phrases, default=(0, 0, ""))
    return "" if not spaces and set(words.split()) & SALES_FILE else table


def _places(sheet: Headed, table: str) -> dict[str, int]:
    """Our column -> position of the heading that says exactly this."""
    names = [plain_name(label) for label in sheet.labels]
    words = [_without_currency(plain_words(label)) for label in sheet.labels]
    places = {column: names.index(column) for column in TABLES[table].names if column in names}
    for column, phrases in COLUMN_WORDS.get(table, {}).items():
        free = {text: place for place, text in reversed(list(enumerate(words))) if place not in places.values()}
        place = next((free[phrase] for phrase in phrases if phrase in free), None)
        if column not in places and place is not None:
            places[column] = place
    return {column: places[column] for column in TABLES[table].names if column in places}


def _without_currency(words: str) -> str:
    *rest, last = words.split() or [""]
    return " ".join(rest) if rest and last in CURRENCIES else words


def _is_complete(table: str, places: dict[str, int]) -> bool:
    return not _missing(table, places) and len(places) >= _FEWEST_COLUMNS


def _missing(table: str, places: dict[str, int]) -> list[str]:
    """Columns the table must have and the file lacks."""
    definition = TABLES[table]
    required = [column.name for column in definition.columns if column.required and column.name not in places]
    return [*required, *(" or ".join(group) for group in definition.one_of if not set(group) & set(places))]


def _lacking(grid: Grid) -> Finding:
    """A person said what it holds, but it does not look like it."""
    missing = _missing(grid.name, _places(headed(grid, None), grid.name))
    detail = f"{grid.source}: No heading for {', '.join(missing)}." if missing else f"{grid.source}: No rows."
    return Finding(kind=told.TABLE_OF_OTHER_FORM, table=grid.name, place=grid.source, detail=detail)


def _take(one: Recognised, choices: Choices, beside: Beside) -> None:
    """Read the table in plain form; one that is only probable and cannot be read is left out, not refused."""
    plain, questions, said = in_plain_form(_renamed(one), choices)
    beside.sources[one.source] = one.table
    if questions:
        beside.questions.extend(questions)
        beside.findings.extend(finding_of(question, one.table) for question in questions)
        return
    table, added = at_our_grain(plain)
    blocking = [f for f in read_tables({one.table: table}).findings if f.blocks and f.table == one.table]
    if blocking and not one.sure:
        why = blocking[0]
        rows = f", row {why.rows[0]}" if why.rows else ""
        detail = f"{one.source}: {why.kind.title.lower()}{rows}. {why.detail}".strip()
        beside.findings.append(Finding(kind=told.TABLE_LEFT_OUT, table=one.table, detail=detail))
        del beside.sources[one.source]
        return
    beside.tables[one.table] = table
    beside.findings.extend((one.told, *said, *added))


def _renamed(one: Recognised) -> Grid:
    """Our columns under our names, without what stands above the headings."""
    grid, body = one.sheet.grid, one.sheet.body
    columns = [
        Texts.joined([Texts.of([name]), grid.columns[place][body].mapped(str.strip)])
        for name, place in one.places.items()
    ]
    numeric = [np.concatenate([[False], grid.typed(place)[body]]) for place in one.places.values()]
    rows = np.concatenate([[one.sheet.header_row], grid.rows[body]]).astype(np.int64)
    return replace(
        grid,
        name=one.table,
        columns=tuple(columns),
        rows=rows,
        lengths=np.full(len(rows), len(columns), dtype=np.int64),
        numeric=tuple(np.asarray(mask, dtype=np.bool_) for mask in numeric),
    )
