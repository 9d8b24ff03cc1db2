"""The import workbook says what the table definitions say, and a filled-in copy is read without a mapping."""

import io

import openpyxl

from data.make_template import template
from sop_dash.adapters.workbook.reader import read_workbook
from sop_dash.core.model.tables import TABLES
from sop_dash.settings import data_folder
from tests.own_files import of

SHIPPED = (data_folder() / "template.xlsx").read_bytes()


def test_the_template_that_ships_is_the_one_the_definitions_make():
    shipped = {sheet.name: sheet.rows for sheet in read_workbook(SHIPPED)}
    made = {sheet.name: sheet.rows for sheet in read_workbook(template())}
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
