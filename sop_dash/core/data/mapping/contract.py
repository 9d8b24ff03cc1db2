"""Tables that follow the contract but write numbers and dates as people of a country do: brought to the plain form."""

import re
from dataclasses import replace

import numpy as np

from sop_dash.core.data.checks.headers import plain_name
from sop_dash.core.data.grid import Grid
from sop_dash.core.data.mapping.choices import Choices
from sop_dash.core.data.mapping.corrections import WEEKLY_DATES
from sop_dash.core.data.mapping.dates import Months, read_months_of
from sop_dash.core.data.mapping.numerals import Numbers, is_plain
from sop_dash.core.data.mapping.questions import Question
from sop_dash.core.data.mapping.reading import NumberColumn, read_dates, read_numbers_together
from sop_dash.core.data.mapping.weeks import is_weekly
from sop_dash.core.data.texts import Texts
from sop_dash.core.model.findings import Finding
from sop_dash.core.model.periods import month_of
from sop_dash.core.model.tables import TABLES, Kind, Table

_PLAIN_MONTHS = re.compile(r"(?:\d{4}-\d{2}(?:-\d{2}(?:[T ]00:00(?::00)?)?)?)?")


def follows_contract(grid: Grid) -> bool:
    """True when the sheet is called like a table and its first record has all that the table must have."""
    table = TABLES.get(grid.name)
    if table is None or not grid.size:
        return False
    names = {plain_name(cell) for cell in grid.record(0)}
    required = {column.name for column in table.columns if column.required}
    return required <= names and all(set(group) & names for group in table.one_of)


def in_plain_form(grid: Grid, choices: Choices) -> tuple[Grid, list[Question], list[Finding]]:
    """Numbers and dates of a contract table in the form the contract names; codes and text stay as they are."""
    table = TABLES[grid.name]
    columns = list(grid.columns)
    places = {plain_name(cell): place for place, cell in reversed(list(enumerate(grid.record(0))))}
    questions: list[Question] = []
    findings: list[Finding] = []
    numeric = _numbers(grid, table, places)
    read, asked, told = read_numbers_together(numeric, choices.decimal, table=table.name)
    questions += asked
    findings += told
    for name, numbers in read.items():
        if not is_plain(numeric[name].cells) and not numbers.open:
            columns[places[name]] = _with_header(grid, places[name], _number_texts(numeric[name].cells, numbers))
    for column in table.columns:
        if column.kind in {Kind.MONTH, Kind.DATE} and column.name in places:
            cells = grid.columns[places[column.name]][1:]
            if all(_PLAIN_MONTHS.fullmatch(text) for text in cells.used().texts):
                findings += _weeks_said(table, column.name, cells)
                continue
            months, asked, told = read_dates(column.name, cells, choices.date_order, table=table.name)
            questions += asked
            findings += told
            columns[places[column.name]] = _with_header(
                grid, places[column.name], _date_texts(cells, months, whole=column.kind is Kind.DATE)
            )
    return replace(grid, columns=tuple(columns)), questions, findings


def _numbers(grid: Grid, table: Table, places: dict[str, int]) -> dict[str, NumberColumn]:
    """Columns of numbers, when at least one of them is not plain; nothing to do otherwise."""
    found = {
        column.name: NumberColumn(
            label=column.name,
            cells=_without_percent(grid.columns[places[column.name]][1:], column.kind),
            typed=grid.typed(places[column.name])[1:],
        )
        for column in table.columns
        if column.kind.numeric and column.name in places
    }
    return {} if all(is_plain(column.cells) or column.typed.all() for column in found.values()) else found


def _weeks_said(table: Table, name: str, cells: Texts) -> list[Finding]:
    """The contract takes a day to its month; of days a week apart that is worth saying."""
    if table.name != "sales" or not is_weekly(read_months_of(cells)):
        return []
    return [Finding(kind=WEEKLY_DATES, table=table.name, place=name, detail=f"“{name}”.")]


def _without_percent(cells: Texts, kind: Kind) -> Texts:
    """Shares written as "5 %" as fractions."""
    if kind is not Kind.RATIO or not any(text.rstrip().endswith("%") for text in cells.used().texts):
        return cells
    return cells.mapped(lambda text: _share(text.strip()))


def _share(text: str) -> str:
    if not text.endswith("%"):
        return text
    try:
        return repr(float(text[:-1].strip().replace(",", ".")) / 100.0)
    except ValueError:
        return text


def _number_texts(cells: Texts, numbers: Numbers) -> Texts:
    return Texts.of(
        [
            text if bad else "" if np.isnan(value) else repr(value)
            for text, value, bad in zip(cells, numbers.values.tolist(), numbers.bad, strict=True)
        ]
    )


def _date_texts(cells: Texts, months: Months, *, whole: bool) -> Texts:
    texts = []
    for text, month, day in zip(cells, months.ordinals.tolist(), months.days.tolist(), strict=True):
        if not month or (whole and not day):
            texts.append(text)
        else:
            texts.append(f"{month_of(month)}-{day:02d}" if whole else month_of(month))
    return Texts.of(texts)


def _with_header(grid: Grid, place: int, cells: Texts) -> Texts:
    return Texts.joined([grid.columns[place][:1], cells])
