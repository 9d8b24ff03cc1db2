"""Any table of sales, written in any form people use, is read back the same; what could mean two things is asked.

Forms: twelve ways of writing numbers and dates, rows or months across or a sheet a year, text in several encodings or
a workbook, with or without a title above and a total below.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.corpus.cases import LOCALES, Locale, text_of
from tests.own_files import Outcome, outcome
from tests.workbooks import workbook

Sales = dict[tuple[str, str], float]
Form = tuple[dict[str, list[list[str]]], bool]

_CODES = st.text("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789-.", min_size=1, max_size=8).map(lambda text: f"P{text}")
_CENTS = st.integers(1, 9_999_999).map(lambda cents: cents / 100)
_DAY = 17


@st.composite
def tables(draw: st.DrawFn) -> Sales:
    """Units by item and month: some items, up to two years, with gaps."""
    items = draw(st.lists(_CODES, min_size=1, max_size=4, unique_by=str.casefold))
    first, count = draw(st.integers(0, 11)), draw(st.integers(2, 20))
    months = [f"{2024 + (first + n) // 12}-{(first + n) % 12 + 1:02d}" for n in range(count)]
    found = {(item, month): draw(_CENTS) for item in items for month in months if draw(st.integers(0, 4))}
    return found | {(items[0], month): draw(_CENTS) for month in (months[0], months[-1])}


def _rows(sales: Sales, locale: Locale) -> Form:
    date, item, units, _ = locale.headings
    body = [[_day(locale, month), sku, locale.number(value)] for (sku, month), value in sorted(sales.items())]
    return {"Data": [[date, item, units], *body]}, True


def _parts_of_dates(sales: Sales, locale: Locale) -> Form:
    _, item, units, _ = locale.headings
    body = [[month[:4], str(int(month[5:])), sku, locale.number(v)] for (sku, month), v in sorted(sales.items())]
    return {"Data": [["Year", "Month", item, units], *body]}, True


def _across(sales: Sales, locale: Locale) -> Form:
    items, months = sorted({sku for sku, _ in sales}), sorted({month for _, month in sales})
    cells = {key: locale.number(value) for key, value in sales.items()}
    body = [[sku, *(cells.get((sku, month), "") for month in months)] for sku in items]
    return {"Data": [[locale.headings[1], *months], *body]}, False


def _sheet_a_year(sales: Sales, locale: Locale) -> Form:
    years = sorted({month[:4] for _, month in sales})
    parts = {year: {key: value for key, value in sales.items() if key[1][:4] == year} for year in years}
    return {year: _rows(part, locale)[0]["Data"] for year, part in parts.items()}, True


def _day(locale: Locale, month: str) -> str:
    names = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]
    return locale.date.format(y=int(month[:4]), m=int(month[5:]), d=_DAY, n=names[int(month[5:]) - 1])


FORMS: dict[str, Callable[[Sales, Locale], Form]] = {
    "rows": _rows,
    "parts of dates": _parts_of_dates,
    "months across": _across,
    "a sheet a year": _sheet_a_year,
}


def _files(sheets: Mapping[str, list[list[str]]], locale: Locale, encoding: str) -> dict[str, bytes]:
    if encoding == "workbook":
        return {"export.xlsx": workbook(sheets)}
    return {f"{name}.csv": text_of(rows, locale.delimiter).encode(encoding) for name, rows in sheets.items()}


def _dressed(rows: list[list[str]], *, title: bool, total: bool, locale: Locale, sales: Sales) -> list[list[str]]:
    """A title above and a total below, as reports have them."""
    width = len(rows[0])
    above = [["Sales report", *[""] * (width - 1)], ["printed today", *[""] * (width - 1)]] if title else []
    below = [[locale.total, *[""] * (width - 2), locale.number(math.fsum(sales.values()))]] if total else []
    return [*above, *rows, *below]


def _answered(files: Mapping[str, bytes], locale: Locale) -> Outcome:
    """What a person of the country answers when asked."""
    found, mapping = outcome(files), dict[str, Any]()
    for question in found.brought.questions:
        right = {"decimal": locale.decimal, "date_order": _order(locale)}[question.key]
        assert right in [reading.answer for reading in question.readings]
        mapping.setdefault(question.key, {})[question.name] = right
    return outcome(files, mapping) if mapping else found


def _order(locale: Locale) -> str:
    month, day = locale.date.index("{m"), locale.date.index("{d")
    return "month-day-year" if month < day else "day-month-year"


@given(
    sales=tables(),
    locale=st.sampled_from(LOCALES),
    form=st.sampled_from(sorted(FORMS)),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "workbook"]),
    title=st.booleans(),
    total=st.booleans(),
)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_was_written_is_read_back(
    sales: Sales, locale: Locale, form: str, encoding: str, title: bool, total: bool
) -> None:
    sheets, may_total = FORMS[form](sales, locale)
    dressed = {
        name: _dressed(rows, title=title, total=total and may_total and len(sheets) == 1, locale=locale, sales=sales)
        for name, rows in sheets.items()
    }
    found = _answered(_files(dressed, locale, encoding), locale)
    assert found.accepted, [(f.kind.code, f.detail) for f in found.checked.findings if f.blocks]
    frame = found.checked.frames["sales"]
    read = dict(zip(zip(frame["sku"], frame["month"], strict=True), frame["units"], strict=True))
    assert read.keys() == sales.keys()
    assert all(math.isclose(read[key], value, rel_tol=1e-12) for key, value in sales.items())
