"""The process that reads files may be killed, run out of memory or time, or speak nonsense: one clear refusal each."""

import subprocess
import sys
from pathlib import Path

import psutil
import pytest

import sop_dash
from sop_dash.adapters.files import FileLimits, read_files
from sop_dash.adapters.reader import process as reading_process
from sop_dash.adapters.reader.frames import Block, Opened, write_frame, write_part
from sop_dash.adapters.reader.limits import ReadingLimits, Refused, WorkbookLimits
from sop_dash.adapters.reader.process import reading
from sop_dash.core.data import read_tables
from tests.workbooks import workbook

SALES = b"month,sku,units\n2026-01,A,1\n2026-02,A,2\n"
QUOTED = b"month,sku,units\n" + b'"2026-01","A","1"\n' * 600_000
ANSWER_ONLY = "import sys; sys.stdin.buffer.readline(); sys.stdout.buffer.write(bytes.fromhex({!r}))"


def text(reader, content=SALES, **limits):
    return reader.text(content, ReadingLimits(**limits), ())


def refusal(content=SALES, **limits):
    with reading() as reader, pytest.raises(Refused) as refused:
        text(reader, content, **limits)
    return refused.value.reason, str(refused.value)


@pytest.fixture
def killed_once(monkeypatch):
    """The first process is killed as soon as it runs."""
    start, killed = reading_process._started, []

    def started():
        process = start()
        if not killed:
            process.kill()
            killed.append(process.wait())
        return process

    monkeypatch.setattr(reading_process, "_started", started)


def answers(monkeypatch, *frames):
    """Instead of the reader a program that answers with these bytes and ends."""
    written = b"".join(frames)
    monkeypatch.setattr(reading_process, "_START", ANSWER_ONLY.format(written.hex()))


def frame(tmp_path, write):
    path = tmp_path / "frame"
    with path.open("wb") as stream:
        write(stream)
    return path.read_bytes()


@pytest.mark.usefixtures("killed_once")
def test_a_killed_reader_is_one_refusal_and_the_next_file_gets_a_new_one():
    with reading() as reader:
        with pytest.raises(Refused) as refused:
            text(reader)
        assert refused.value.reason == "ended"
        assert text(reader).records()[2] == [3, "2026-02", "A", "2"]


@pytest.mark.usefixtures("killed_once")
@pytest.mark.parametrize("name, content", [("sales.csv", SALES), ("sales.xlsx", workbook({"sales": [["month"]]}))])
def test_an_import_whose_reader_was_killed_accepts_nothing_and_says_what_to_do(name, content):
    contents = read_files([(name, content)])
    (finding,) = contents.file_findings
    assert (finding.kind.code, finding.blocks, finding.source) == ("not-read", True, name)
    assert "Try again" in finding.kind.remedy
    assert not contents.grids
    assert not read_tables(contents.tables, found=contents.findings).accepted


def test_a_reader_out_of_memory_says_so():
    assert refusal(QUOTED, memory_bytes=30_000_000) == ("large", "Reading it takes more memory than allowed.")


def test_a_reader_out_of_processor_time_says_so():
    told = "Reading it took more than 0 seconds of processor time."
    assert refusal(QUOTED * 6, cpu_seconds=0, file_bytes=100_000_000, rows=9_000_000, cells=90_000_000) == (
        "large",
        told,
    )


def test_a_reader_that_takes_too_long_is_ended():
    assert refusal(QUOTED, wall_seconds=0) == ("large", "Reading it took longer than 0 seconds.")


def test_a_reader_that_cannot_be_started_is_a_refusal(monkeypatch):
    monkeypatch.setattr(reading_process.sys, "executable", "/nowhere/python")
    assert refusal()[0] == "ended"


def test_half_an_answer_does_not_count(monkeypatch, tmp_path):
    opened = frame(tmp_path, lambda stream: write_part(stream, Opened()))
    empty = (bytes(4), b"")
    block = frame(tmp_path, lambda stream: write_part(stream, Block(size=1, first=1, columns=(empty, empty))))
    answers(monkeypatch, opened, block)
    assert refusal()[0] == "ended"


@pytest.mark.parametrize(
    "said",
    [
        b"hello\n",
        b'{"kind": "block"}\n',
        b'{"kind": "done", "sizes": [99]}\nfew',
        b'{"kind": "block", "size": 9, "width": 9, "first": 1, "sizes": [0, 0, 1, 0]}\na',
    ],
)
def test_nonsense_does_not_count(monkeypatch, tmp_path, said):
    opened = frame(tmp_path, lambda stream: write_part(stream, Opened()))
    answers(monkeypatch, opened, said, frame(tmp_path, lambda stream: write_frame(stream, {"kind": "done"})))
    assert refusal()[0] == "ended"


def test_files_of_one_import_share_a_process_and_none_is_left_behind(monkeypatch):
    start, started = reading_process._started, []
    monkeypatch.setattr(reading_process, "_started", lambda: started.append(start()) or started[-1])
    before = {child.pid for child in psutil.Process().children()}
    contents = read_files([("sales.csv", SALES), ("b.csv", SALES), ("c.xlsx", workbook({"c": [["x"]]}))])
    assert len(contents.grids) == 3
    assert len(started) == 1
    assert {child.pid for child in psutil.Process().children()} <= before


def test_a_refused_file_does_not_meet_the_next_one():
    contents = read_files(
        [("a.csv", b"month\n" + b"x" * 99), ("sales.csv", SALES)],
        limits=FileLimits(text=ReadingLimits(field_characters=50), workbook=WorkbookLimits()),
    )
    assert [(finding.kind.code, finding.rows) for finding in contents.file_findings] == [("uneven-rows", (2,))]
    assert [grid.name for grid in contents.grids] == ["sales"]


def test_the_reader_knows_the_standard_library_only():
    modules = "child", "text", "sheets", "parts", "inspection", "styles", "frames", "limits"
    lines = [f"import sop_dash.adapters.reader.{name}" for name in modules]
    root = str(Path(sop_dash.__file__).parents[1])
    program = "; ".join(["import sys", "sys.path.append(sys.argv[1])", *lines, "print(*sys.modules)"])
    found = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program, root], check=True, capture_output=True, text=True
    )
    tops = {name.partition(".")[0] for name in found.stdout.split()}
    assert tops - set(sys.stdlib_module_names) <= {"sop_dash", "__main__", "sitecustomize"}
