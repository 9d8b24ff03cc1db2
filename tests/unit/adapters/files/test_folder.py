"""A folder of files to raw tables: names and sizes are looked at before content."""

import pytest

from sop_dash.adapters.files import FileLimits, read_files, read_folder
from sop_dash.adapters.files.folder import Unreadable
from sop_dash.adapters.reader.limits import ReadingLimits

SALES = b"month,sku,units\n2026-01,A,1\n"


def codes(contents):
    return [(finding.kind.code, finding.table) for finding in contents.findings]


def test_a_folder_gives_one_table_per_file(tmp_path):
    (tmp_path / "sales.csv").write_bytes(SALES)
    (tmp_path / "Resource Profile.tsv").write_bytes(b"family\tresource\thours_per_unit\n")
    contents = read_folder(tmp_path)
    assert set(contents.tables) == {"sales", "resource_profile"}
    assert contents.tables["sales"].source == "sales.csv"
    assert codes(contents) == []


def test_a_single_file_is_a_folder_of_one(tmp_path):
    (tmp_path / "sales.csv").write_bytes(SALES)
    assert set(read_folder(tmp_path / "sales.csv").tables) == {"sales"}


@pytest.mark.parametrize("name", ["sales.xls", "sales.xlsm", "sales.ods", "sales.zip", "SALES.XLS"])
def test_other_kinds_of_files_are_refused_by_name(name):
    contents = read_files([(name, SALES)])
    assert codes(contents) == [("file-refused", "")]
    assert contents.findings[0].blocks
    assert not contents.tables


def test_notes_beside_the_tables_are_ignored_and_told():
    contents = read_files([("README.md", b"hello"), ("notes.txt", b"hello"), (".DS_Store", b"x"), ("sales.txt", SALES)])
    assert codes(contents) == [("file-ignored", ""), ("file-ignored", "")]
    assert set(contents.tables) == {"sales"}


def test_a_file_that_is_too_large_is_not_parsed():
    contents = read_files([("sales.csv", SALES)], limits=FileLimits(text=ReadingLimits(file_bytes=10)))
    assert codes(contents) == [("too-large", "sales")]
    assert not contents.tables


@pytest.mark.parametrize(
    "name", ["../../sales.csv", "C:\\data\\sales.csv", "/etc/sales.csv", "sa\x00les.csv", "\u202esales.csv"]
)
def test_a_name_is_never_a_path(name):
    contents = read_files([(name, SALES)])
    assert set(contents.tables) == {"sales"}
    assert contents.tables["sales"].source == "sales.csv"


def test_files_whose_names_look_alike_are_all_read():
    contents = read_files([("north/sales.csv", SALES), ("south/sales.csv", SALES.replace(b"A", b"B"))])
    assert [grid.record(1)[1] for grid in contents.grids] == ["A", "B"]


def test_a_path_that_cannot_be_read_gets_one_sentence_without_the_path(tmp_path):
    with pytest.raises(Unreadable) as refused:
        read_folder(tmp_path / "nowhere")
    assert refused.value.sentence.startswith("“nowhere” cannot be read")
    assert str(tmp_path) not in refused.value.sentence
