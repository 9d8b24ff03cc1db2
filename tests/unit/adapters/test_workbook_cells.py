"""Values written into the bytes of a sheet: only the cells meant change, in whatever manner a program wrote them."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.adapters.workbook_cells import has_its_own, to_be_calculated, with_rows, with_values

SHEET = (
    b'\xef\xbb\xbf<?xml version="1.0" encoding="UTF-8"?>\n'
    b'<worksheet xmlns="m" xmlns:x14ac="a" mc:Ignorable="x14ac" xmlns:mc="c"><dimension ref="A1:C2"/>'
    b'<sheetData><row r="1" x14ac:dyDescent="0.25"><c r="A1" t="s"><v>0</v></c><c r="C1" s="7"><v>5</v></c></row>\n'
    b'<row r="2"><c r="A2" s="3"/><c r="B2"><f>SUM(A1,">")</f><v>5</v></c></row><row r="9"/></sheetData>'
    b'<!-- <c r="A1"/> --><extLst note="/>"><ext><c r="A1"/></ext></extLst></worksheet>'
)


def test_a_value_goes_into_its_cell_with_its_format_and_nothing_else_moves() -> None:
    made = with_values(SHEET, {(1, 3): 7.25, (2, 1): 150.0})
    assert made == (
        SHEET.replace(b'<c r="C1" s="7"><v>5</v></c>', b'<c r="C1" s="7"><v>7.25</v></c>')
        .replace(b'<c r="A2" s="3"/>', b'<c r="A2" s="3"><v>150.0</v></c>')
        .replace(b"</f><v>5</v>", b"</f>")
    )


def test_a_cell_that_is_not_there_is_put_in_its_order_and_an_unknown_value_empties_one() -> None:
    made = with_values(SHEET, {(1, 2): 1.5, (1, 4): 2.5, (1, 3): None, (7, 1): 9.0, (9, 1): 9.0})
    assert b'</c><c r="B1"><v>1.5</v></c><c r="C1" s="7"/><c r="D1"><v>2.5</v></c></row>' in made
    assert b"9.0" not in made


def test_a_formula_is_never_written_over_and_loses_its_old_result() -> None:
    made = with_values(SHEET, {(2, 2): 1.0})
    assert b'<c r="B2"><f>SUM(A1,">")</f></c>' in made


def test_prefixes_of_other_programs_are_kept() -> None:
    sheet = b'<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    assert b'<x:row><x:c r="A1"><x:v>2.0</x:v></x:c></x:row>' in with_values(sheet, {(1, 1): 2.0})
    assert b'<x:sheetData><x:row r="1"><x:c r="A1"><x:v>3.0</x:v></x:c></x:row></x:sheetData>' in with_rows(
        sheet, [[3.0]]
    )


def test_new_rows_take_the_place_of_the_old_ones_and_text_stays_text() -> None:
    made = with_rows(SHEET, [["=1+1", None, "a<b"], [4.0]])
    assert b'<c r="A1" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c><c r="B1"/>' in made
    assert b'<c r="C1" s="7" t="inlineStr"><is><t xml:space="preserve">a&lt;b</t></is></c></row>' in made
    assert b"dimension" not in made
    assert made.endswith(SHEET[SHEET.index(b"<!--") :])


@pytest.mark.parametrize(
    "book, calculated",
    [
        (b"<workbook><sheets/></workbook>", b'<workbook><sheets/><calcPr fullCalcOnLoad="1"/></workbook>'),
        (
            b"<workbook><sheets><sheet/></sheets><definedNames>x</definedNames></workbook>",
            b'<workbook><sheets><sheet/></sheets><definedNames>x</definedNames><calcPr fullCalcOnLoad="1"/></workbook>',
        ),
        (
            b'<x:workbook><x:sheets></x:sheets><x:calcPr calcId="1" fullCalcOnLoad="0"/></x:workbook>',
            b'<x:workbook><x:sheets></x:sheets><x:calcPr calcId="1" fullCalcOnLoad="1"/></x:workbook>',
        ),
        (
            b"<x:workbook><x:sheets></x:sheets></x:workbook>",
            b'<x:workbook><x:sheets></x:sheets><x:calcPr fullCalcOnLoad="1"/></x:workbook>',
        ),
    ],
)
def test_programs_are_asked_to_calculate_when_they_open_the_workbook(book: bytes, calculated: bytes) -> None:
    assert to_be_calculated(book) == calculated


def test_tables_pictures_and_formulas_of_an_owner_are_seen() -> None:
    assert has_its_own(SHEET)
    assert has_its_own(b"<worksheet><sheetData/><drawing r:id='rId1'/></worksheet>")
    assert not has_its_own(b"<worksheet><sheetFormatPr/><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>")


@given(
    values=st.dictionaries(st.tuples(st.integers(1, 4), st.integers(1, 30)), st.floats(-1e12, 1e12), max_size=20),
    filled=st.sets(st.tuples(st.integers(1, 4), st.integers(1, 30)), max_size=20),
)
def test_whatever_is_written_is_read_back_and_all_other_cells_stay(
    values: dict[tuple[int, int], float], filled: set[tuple[int, int]]
) -> None:
    rows = [[7.0 if (r, c) in filled else None for c in range(1, 31)] for r in range(1, 5)]
    sheet = with_rows(b"<worksheet><sheetData/></worksheet>", rows).replace(b"/>", b"/>\n")
    made = ET.fromstring(with_values(sheet, values))
    cells = [(c.get("r"), c.findtext("v")) for c in made.iter("c")]
    found = {name: float(text) for name, text in cells if text is not None}
    expected = dict.fromkeys(filled, 7.0) | values
    letters = {place: f"{_letters(place[1])}{place[0]}" for place in expected}
    assert found == {letters[place]: value for place, value in expected.items()}


def _letters(column: int) -> str:
    return chr(64 + column) if column <= 26 else "A" + chr(64 + column - 26)
