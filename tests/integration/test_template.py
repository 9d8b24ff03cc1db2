"""The import workbook says what the table definitions say, and a filled-in copy is read without a mapping."""

import csv
import datetime as dt
import io

import openpyxl
import pandas as pd
import pytest

from data.make_template import template
from sop_dash.adapters.reader.limits import WorkbookLimits
from sop_dash.adapters.reader.process import reading
from sop_dash.core.model.tables import TABLES, Kind
from sop_dash.settings import data_folder
from tests.own_files import lines, of, outcome

BRIGHTWATER = data_folder() / "brightwater"
FIRST_MONTH = "2026-07"
"""Of the long tables the last months are enough."""
NUMBERS = {Kind.NUMBER, Kind.COUNT, Kind.MONEY, Kind.RATIO}
SHIPPED = (data_folder() / "template.xlsx").read_bytes()


def test_the_template_that_ships_is_the_one_the_definitions_make():
    with reading() as reader:
        shipped, made = (
            {sheet.opened.name: sheet.records() for sheet in reader.workbook(book, WorkbookLimits())}
            for book in (SHIPPED, template())
        )
    assert shipped == made
    for name, table in TABLES.items():
        assert shipped[name] == [[1, *table.names]]


def test_the_same_template_is_the_same_file():
    assert template() == template()


def test_a_filled_in_template_is_a_company():
    book = openpyxl.load_workbook(io.BytesIO(SHIPPED))
    places = {cell.value: cell.column for cell in book["sales"][1]}
    for row, (month, units) in enumerate((("2026-01", 10), ("2026-02", 12.5)), 2):
        for name, value in (("month", month), ("sku", "00123"), ("units", units)):
            book["sales"].cell(row=row, column=places[name], value=value)
    book["products"].append(["00123", "Kettle", "Kettles"])
    file = io.BytesIO()
    book.save(file)
    found = of(file.getvalue(), name="my company.xlsx")
    assert found.accepted
    assert (found.units, found.items) == (22.5, ["00123"])
    assert list(found.checked.frames["products"]["family"]) == ["Kettles"]
    assert "empty-table" not in found.codes
    assert found.brought.choices is None


def company() -> dict[str, str]:
    """A company with every table: the recent months of Brightwater, and by hand the two tables it has no use for."""
    tables = {
        "capacity": lines("family,month,available_units", ("Toasters", "2026-11", 9000), ("Toasters", "2026-12", 9500)),
        "labour": lines(
            "pool,month,workers,hours_per_worker,hire_cost,fire_cost,wage_per_month",
            ("Line 1", "2026-11", 40, 152.5, 900, 2500, 3200),
        ),
    }
    for path in BRIGHTWATER.glob("*.csv"):
        header, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
        place = header.index("month") if "month" in header else None
        kept = [row for row in rows if place is None or not row[place] or row[place] >= FIRST_MONTH]
        text = io.StringIO()
        csv.writer(text).writerows([header, *kept])
        tables[path.stem] = text.getvalue()
    return tables


def filled(tables: dict[str, str], *, real_dates: bool) -> bytes:
    """The template with every table typed in: numbers as numbers, months and dates as text or as real dates."""
    book = openpyxl.load_workbook(io.BytesIO(SHIPPED))
    for name, text in tables.items():
        sheet, kinds = book[name], {column.name: column.kind for column in TABLES[name].columns}
        places = {cell.value: cell.column for cell in sheet[1]}
        header, *rows = csv.reader(text.splitlines())
        for number, row in enumerate(rows, 2):
            for heading, value in zip(header, row, strict=True):
                if value:
                    typed = as_typed(value, kinds[heading], real_dates=real_dates)
                    sheet.cell(row=number, column=places[heading], value=typed)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_typed(value: str, kind: Kind, *, real_dates: bool) -> str | float | dt.datetime:
    if kind in NUMBERS:
        return float(value)
    if real_dates and kind in {Kind.MONTH, Kind.DATE}:
        return dt.datetime.fromisoformat(f"{value}-01"[:10])
    return value


@pytest.mark.parametrize("real_dates", [False, True], ids=["months as text", "months as dates"])
def test_every_sheet_filled_in_is_read_as_its_own_file_would_be(real_dates: bool):
    tables = company()
    assert set(tables) == set(TABLES)
    one_by_one = outcome({f"{name}.csv": text for name, text in tables.items()})
    workbook = of(filled(tables, real_dates=real_dates), name="my company.xlsx")
    assert workbook.accepted
    assert workbook.brought.choices is None
    assert workbook.checked.frames.keys() == one_by_one.checked.frames.keys() == TABLES.keys()
    for name, table in one_by_one.checked.frames.items():
        assert len(table), name
        pd.testing.assert_frame_equal(workbook.checked.frames[name], table, obj=name)
    assert workbook.codes == one_by_one.codes
