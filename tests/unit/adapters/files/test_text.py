"""One delimited text file to a raw table: nothing is interpreted, and nothing is lost quietly."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.adapters.files.text import read_grid
from sop_dash.adapters.reader.limits import ReadingLimits
from sop_dash.adapters.reader.process import Reader
from sop_dash.core.data.grid import as_table

SMALL = ReadingLimits(rows=4, columns=3, cells=9, field_characters=20)
READER = Reader()


@pytest.fixture(scope="module", autouse=True)
def one_process():
    yield
    READER.close()


def read(content, limits=None):
    data = content if isinstance(content, bytes) else content.encode()
    grid, found = read_grid(READER, "sales", data, source="sales.csv", limits=limits or ReadingLimits())
    if grid is None:
        return None, found
    table, uneven = as_table(grid)
    return table, [*found, *uneven]


def cells(content):
    table, found = read(content)
    assert found == []
    return table.header, [list(column) for column in table.columns], table.rows.tolist()


def refused(content, limits=None):
    table, (finding,) = read(content, limits)
    assert table is None
    assert finding.blocks
    return finding.kind.code, finding.rows


def test_everything_is_text_and_codes_stay_codes():
    assert cells("sku,units\n00123,1\n1E5,2\nNA,3\nTRUE,4\n2024-01,\n") == (
        ("sku", "units"),
        [["00123", "1E5", "NA", "TRUE", "2024-01"], ["1", "2", "3", "4", ""]],
        [2, 3, 4, 5, 6],
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_seen(delimiter):
    assert cells(f"a{delimiter}b\n1{delimiter}2\n") == (("a", "b"), [["1"], ["2"]], [2])


def test_quotes_hold_delimiters_and_line_breaks():
    assert cells('name,units\n"Kettle, ""blue""\nlarge",5\n')[1] == [['Kettle, "blue"\nlarge'], ["5"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_end_of_line_will_do(end):
    assert cells(f"a,b{end}1,2{end}3,4") == (("a", "b"), [["1", "3"], ["2", "4"]], [2, 3])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_names_with_accents_survive(encoding):
    table, found = read("sku,name\n1,Kaffeemühle €\n".encode(encoding))
    assert found == []
    assert table.header == ("sku", "name")
    assert list(table.columns[1]) == ["Kaffeemühle €"]


def test_a_file_of_an_old_windows_is_read_with_a_note():
    table, found = read("sku,name\n1,Kaffeemühle\n".encode("cp1252"))
    assert [(f.kind.code, f.blocks) for f in found] == [("encoding-guessed", False)]
    assert list(table.columns[1]) == ["Kaffeemühle"]


def test_blank_lines_are_skipped_and_keep_the_row_numbers():
    assert cells("a,b\n1,2\n\n3,4\n,\n5,6\n")[2] == [2, 4, 6]


def test_empty_columns_at_the_end_do_not_count():
    assert cells("a,b,,\n1,2,,\n3,4,,\n") == (("a", "b"), [["1", "3"], ["2", "4"]], [2, 3])


def test_rows_of_another_length_are_named():
    assert refused("a,b\n1,2\n1,2,3\n1\n4,5\n") == ("uneven-rows", (3, 4))


def test_an_open_quote_is_named_by_its_row():
    assert refused('a,b\n1,2\n"3,4\n') == ("uneven-rows", (3,))


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0rest", b"%PDF-1.7", b"a,b\n1,\x002\n", b"\xff\xfea"]
)
def test_what_is_no_text_is_refused_by_its_content(content):
    assert refused(content) == ("not-text", ())


def test_a_long_even_file_is_read_as_a_short_one_is():
    rows = [(f"{n:05d}", "Müller, & Co", n * 1.5) for n in range(20_000)]
    plain = "sku;name;units\n" + "\n".join(";".join(map(str, row)) for row in rows) + "\n"
    quoted = plain.replace("00007;", '"00007";', 1)  # a quote sends the file the careful way
    (fast, _), (slow, _) = read(plain), read(quoted)
    assert fast.header == slow.header
    assert fast.rows.tolist() == slow.rows.tolist()
    assert list(map(list, fast.columns)) == list(map(list, slow.columns))


def test_a_long_file_with_one_uneven_row_names_it():
    lines = ["a,b", *("1,2" for _ in range(40_000))]
    lines[100], lines[200] = "1", "1,2,3"  # as many commas in all as an even file has
    assert refused("\n".join(lines)) == ("uneven-rows", (101, 201))


def test_an_empty_file_is_a_table_without_rows():
    table, found = read("")
    assert (table.header, table.size, found) == ((), 0, [])


@pytest.mark.parametrize(
    "content, code",
    [
        ("a,b\n" + "1,2\n" * 4, "too-large"),
        ("a,b,c,d\n1,2,3,4\n", "too-large"),
        ("a,b,c\n" + "1,2,3\n" * 3, "too-large"),
        ("a\n" + "x" * 21, "uneven-rows"),
        ("," * 100_000, "too-large"),
        ('"a",' + "," * 100_000, "too-large"),
    ],
)
def test_limits_are_kept_while_reading(content, code):
    assert refused(content, SMALL)[0] == code


_CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)


@given(
    rows=st.lists(st.tuples(_CELL, _CELL, _CELL), min_size=1, max_size=8),
    delimiter=st.sampled_from([",", ";", "\t"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_a_spreadsheet_writes_is_read_back(rows, delimiter, encoding):
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows([("sku", "name", "note"), *rows])
    table, found = read(written.getvalue().encode(encoding))
    assert found == []
    assert list(zip(*table.columns, strict=True)) == rows


@given(content=st.binary(max_size=80))
def test_no_bytes_make_the_reader_fail(content):
    table, found = read(content)
    assert (table is None) == any(finding.blocks for finding in found)
