"""Columns of one table read together: what one column leaves open another one of the same file may decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sop_dash.core.data.checks.reporting import examples
from sop_dash.core.data.mapping.corrections import DATE_ORDER, NUMBER_SIGNS, PLACEHOLDERS, SERIAL_DATES
from sop_dash.core.data.mapping.dates import DAY_FIRST, MONTH_FIRST, YEAR_FIRST, Months, read_months_of
from sop_dash.core.data.mapping.numerals import COMMA, POINT, Numbers, read_column
from sop_dash.core.data.mapping.questions import Question, Reading
from sop_dash.core.data.texts import Texts
from sop_dash.core.model.arrays import BoolArray
from sop_dash.core.model.findings import Finding
from sop_dash.core.model.periods import month_of, short_name

_PREVIEWS = 3
_ORDER_WORDS = {DAY_FIRST: "day first", MONTH_FIRST: "month first", YEAR_FIRST: "year first"}
_SIGN_WORDS = {POINT: "decimal point", COMMA: "decimal comma"}


@dataclass(frozen=True, kw_only=True, eq=False)
class NumberColumn:
    """A column of numbers to read.

    Args:
        label: Its heading.
        cells: The column.
        typed: [n] True where the file says that the cell is a number.
    """

    label: str
    cells: Texts
    typed: BoolArray


def read_numbers_together(
    columns: Mapping[str, NumberColumn], chosen: Mapping[str, str], *, table: str = "sales"
) -> tuple[dict[str, Numbers], list[Question], list[Finding]]:
    """Read all columns of numbers; one that is open is decided by the others when they agree, else it is a question.

    Args:
        columns: Meaning -> column.
        chosen: Heading -> decimal sign a person chose.
        table: Table the findings are about.
    """
    by_person = {label.casefold(): sign for label, sign in chosen.items()}
    read = {
        name: read_column(column.cells, column.typed, by_person.get(column.label.casefold()))
        for name, column in columns.items()
    }
    signs = {numbers.decimal for numbers in read.values() if numbers.decided}
    sign = next(iter(signs)) if len(signs) == 1 else None
    questions: list[Question] = []
    findings: list[Finding] = []
    for name, column in columns.items():
        if read[name].open and sign:
            read[name] = read_column(column.cells, column.typed, sign)
        if read[name].open:
            questions.append(_sign_question(column))
        elif read[name].decimal == COMMA and read[name].local:
            detail = f"“{column.label}”: {_shown(column, COMMA)[0][0]} is {_shown(column, COMMA)[0][1]}."
            findings.append(Finding(kind=NUMBER_SIGNS, table=table, place=column.label, detail=detail))
        if read[name].placeholders:
            count = read[name].placeholders
            detail = f"“{column.label}”: {count:,} cells."
            findings.append(Finding(kind=PLACEHOLDERS, table=table, place=column.label, detail=detail, count=count))
    return read, questions, findings


def _sign_question(column: NumberColumn) -> Question:
    return Question(
        key="decimal",
        name=column.label,
        text=f"The numbers in “{column.label}” can be read in two ways.",
        readings=tuple(
            Reading(answer=sign, label=_SIGN_WORDS[sign], preview=_shown(column, sign)) for sign in (POINT, COMMA)
        ),
    )


def _shown(column: NumberColumn, sign: str) -> tuple[tuple[str, str], ...]:
    """A few cells with a sign in them, and their value in a reading."""
    texts = [t for t in column.cells[~column.typed].distinct().texts if POINT in t or COMMA in t]
    texts = texts[:_PREVIEWS] or ["1,5"]
    values = read_column(Texts.of(texts), np.zeros(len(texts), dtype=np.bool_), sign).values
    return tuple((f"“{text.strip()}”", f"{value:,.10g}") for text, value in zip(texts, values, strict=True))


def read_dates(
    label: str, cells: Texts, chosen: Mapping[str, str], others: Sequence[Texts] = (), *, table: str = "sales"
) -> tuple[Months, list[Question], list[Finding]]:
    """Read a column of dates; an open order is decided by other date columns of the file when they agree."""
    by_person = {name.casefold(): order for name, order in chosen.items()}
    order = by_person.get(label.casefold())
    months = read_months_of(cells, order)
    if months.open:
        decided = {read.order for read in map(read_months_of, others) if read.decided and not read.bad.any()}
        if len(decided) == 1:
            months = read_months_of(cells, next(iter(decided)))
    if months.open:
        return months, [_order_question(label, cells)], []
    findings: list[Finding] = []
    if months.order in {DAY_FIRST, MONTH_FIRST}:
        text, shown = _previewed(cells, months.order)[0]
        rule = " Dates with dots have the day first." if months.order == DAY_FIRST and "." in text else ""
        detail = f"“{label}” is read {_ORDER_WORDS[months.order]}: {text} is {shown}.{rule}"
        findings.append(Finding(kind=DATE_ORDER, table=table, place=label, detail=detail))
    if months.serials:
        findings.append(Finding(kind=SERIAL_DATES, table=table, place=label, detail=f"“{label}”."))
    return months, [], findings


def _order_question(label: str, cells: Texts) -> Question:
    orders = [order for order in _ORDER_WORDS if not read_months_of(cells, order).bad.any()]
    return Question(
        key="date_order",
        name=label,
        text=f"The dates in “{label}” can be read in two ways.",
        readings=tuple(
            Reading(answer=order, label=_ORDER_WORDS[order], preview=_previewed(cells, order)) for order in orders
        ),
    )


def _previewed(cells: Texts, order: str) -> tuple[tuple[str, str], ...]:
    texts = [text for text in dict.fromkeys(cell.strip() for cell in cells.distinct().texts) if text]
    column = Texts.of(texts)
    read = read_months_of(column, order)
    other = read_months_of(column, MONTH_FIRST if order == DAY_FIRST else DAY_FIRST)
    telling = [place for place in range(len(texts)) if read.ordinals[place] != other.ordinals[place]] or [0]
    return tuple(
        (f"“{texts[place]}”", _day(int(read.ordinals[place]), int(read.days[place]))) for place in telling[:_PREVIEWS]
    )


def _day(month: int, day: int) -> str:
    return f"{day or ''} {short_name(month_of(month))}".strip() if month else "no date"


def unreadable_examples(cells: Texts, bad: BoolArray) -> str:
    """The texts that could not be read, for the sentence of a finding."""
    return f"Found {examples(cells[bad].used().texts)}."
