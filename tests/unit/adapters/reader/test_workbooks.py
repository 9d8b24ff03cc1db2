"""A workbook to rows: what it says is read as it is meant, and what is unsafe is refused before it is read."""

import datetime as dt
import io
import time
import zipfile

import openpyxl
import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sop_dash.adapters.reader.limits import Refused, WorkbookLimits
from sop_dash.adapters.reader.process import reading
from tests.workbooks import SHEET, packed, parts, workbook

PLAIN = {"Sales": [["month", "sku", "units"], ["2026-01", "00123", 12.5], [None, "x", -3]]}
NOON = dt.datetime(2026, 2, 1, 12)  # noqa: DTZ001  # a spreadsheet has no zones
SMALL = WorkbookLimits(file_bytes=20_000, unpacked_bytes=50_000, parts=12, cells=50, rows=20, columns=10)


def sheets_of(content, limits=None):
    with reading() as reader:
        return reader.workbook(content, limits or WorkbookLimits())


def rows_of(content):
    (sheet,) = sheets_of(content)
    return sheet.records()


def refusal(content, limits=None):
    with pytest.raises(Refused) as refused:
        sheets_of(content, limits)
    return refused.value.reason


def spoiled(name, content):
    return packed({**parts(PLAIN), name: content})


def test_cells_come_as_text_and_numbers_with_their_row_numbers():
    (sheet,) = sheets_of(workbook(PLAIN))
    assert (sheet.opened.name, sheet.opened.hidden) == ("Sales", False)
    assert sheet.records() == [[1, "month", "sku", "units"], [2, "2026-01", "00123", 12.5], [3, "", "x", -3]]


def test_what_a_spreadsheet_program_shows_is_what_is_read():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([dt.date(2026, 1, 31), 7, 0.1 + 0.2, True, "Müller €", "=1+1", NOON, 46_023])
    sheet["B1"].number_format = "00000"
    sheet["H1"].number_format = "mmm yyyy"
    file = io.BytesIO()
    book.save(file)
    assert rows_of(file.getvalue()) == [
        [1, "2026-01-31", "00007", 0.3, "TRUE", "Müller €", "#FORMULA", "2026-02-01T12:00:00", "2026-01-01"]
    ]


def test_hidden_sheets_are_marked():
    content = workbook({"A": [["x"]], "B": [["y"]]}, hidden=["B"])
    assert [sheet.opened.hidden for sheet in sheets_of(content)] == [False, True]


def test_names_with_a_prefix_are_the_same_names():
    plain = parts(PLAIN)[SHEET].decode()
    prefixed = plain.replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?").replace("xmlns=", "xmlns:x=")
    assert rows_of(spoiled(SHEET, prefixed.encode())) == rows_of(workbook(PLAIN))


def _twin() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts(PLAIN).items():
            archive.writestr(name, content)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr(SHEET, b"other")
    return file.getvalue()


def _encrypted() -> bytes:
    content = bytearray(workbook(PLAIN))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(mark, at + 1)
    return bytes(content)


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    b'<worksheet><row r="1">&b;</row></worksheet>'
)
OUTSIDE = b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]><worksheet>&a;</worksheet>'


@pytest.mark.parametrize(
    "content, reason",
    [
        (b"", "damaged"),
        (b"month,units\n", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "locked"),
        (workbook(PLAIN)[:300], "damaged"),
        (packed({"readme.txt": b"hello"}), "damaged"),
        (spoiled("xl/vbaProject.bin", b"x"), "macros"),
        (spoiled("xl/macrosheets/sheet1.xml", b"<x/>"), "macros"),
        (spoiled("../outside.xml", b"<x/>"), "unsafe"),
        (spoiled("/etc/passwd", b"x"), "unsafe"),
        (spoiled("C:\\outside.xml", b"<x/>"), "unsafe"),
        (spoiled("XL/WORKBOOK.XML", b"<x/>"), "unsafe"),
        (spoiled(SHEET, LAUGHS), "unsafe"),
        (spoiled(SHEET, OUTSIDE), "unsafe"),
        (spoiled("docProps/core.xml", LAUGHS), "unsafe"),
        (spoiled(SHEET, LAUGHS.decode().encode("utf-16")), "unsafe"),
        (spoiled(SHEET, b'<?xml version="1.0" encoding="utf-7"?><worksheet/>'), "unsafe"),
        (spoiled(SHEET, b"<worksheet><row>"), "damaged"),
        (spoiled(SHEET, b'<worksheet><row r="1"><c r="A1" t="s"><v>9</v></c></row></worksheet>'), "damaged"),
        (spoiled(SHEET, b'<worksheet><row r="1"><c r="A1"><v>many</v></c></row></worksheet>'), "damaged"),
        (_twin(), "unsafe"),
        (_encrypted(), "locked"),
    ],
)
def test_what_is_unsafe_or_broken_is_refused(content, reason):
    assert refusal(content) == reason


@pytest.mark.parametrize(
    "content",
    [
        workbook({"S": [["x"] * 11]}),
        workbook({"S": [["x"]] * 21}),
        workbook({"S": [["x"] * 6] * 10}),
        workbook({"S": [["y" * 60_000]]}),
        workbook({f"S{n}": [["x"]] for n in range(12)}),
        spoiled(SHEET, b'<worksheet><row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row></worksheet>'),
        spoiled(SHEET, b'<worksheet><row r="1048576"><c><v>1</v></c></row></worksheet>'),
    ],
)
def test_limits_are_kept(content):
    assert refusal(content, SMALL) == "large"


def _bomb(megabytes: int) -> bytes:
    cells = b"<c><v>1</v></c>"
    return spoiled(SHEET, b"<worksheet><row>" + cells * (megabytes * 1_000_000 // len(cells)) + b"</row></worksheet>")


@pytest.mark.parametrize(
    "content, reason",
    [
        (_bomb(30), "unsafe"),
        (spoiled("xl/media/picture.bin", b"\0" * 250_000_000), "unsafe"),
        (
            spoiled(
                SHEET, b'<worksheet><row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row></worksheet>'
            ),
            "large",
        ),
    ],
)
def test_bombs_are_refused_at_once_and_cost_this_process_nothing(content, reason):
    process = psutil.Process()
    before = process.memory_info().rss
    assert refusal(content) == reason
    assert process.memory_info().rss - before < 100_000_000


def test_a_reader_that_runs_out_of_time_is_ended():
    began = time.monotonic()
    rows = [["text", 1.5, 2.5, 3.5]] * 40_000
    assert refusal(workbook({"S": rows}), WorkbookLimits(wall_seconds=0)) == "large"
    assert time.monotonic() - began < 60


def test_a_reader_that_runs_out_of_memory_is_refused():
    rows = [[f"text {n}", n + 0.5] for n in range(60_000)]
    assert refusal(workbook({"S": rows}), WorkbookLimits(memory_bytes=40_000_000)) == "large"


_CELLS = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=6),
    st.integers(-(10**12), 10**12),
    st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: float(f"{value:.10g}")),
)


@given(rows=st.lists(st.lists(_CELLS, min_size=1, max_size=4), min_size=1, max_size=5))
@settings(max_examples=6)
def test_what_was_written_is_read_back(rows):
    read = rows_of(workbook({"S": [["first"], *rows]}))
    found = {line[0]: line[1:] for line in read}
    for number, row in enumerate(rows, 2):
        filled = [("" if cell is None else cell) for cell in row]
        while filled and filled[-1] == "":
            filled.pop()
        assert found.get(number, []) == filled
