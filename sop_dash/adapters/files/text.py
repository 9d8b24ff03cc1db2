"""Bytes of one delimited text file to a raw table: encoding, delimiter, rows. Everything stays text.

Encoding: byte order mark, then strict UTF-8, then Windows-1252 with a note. Delimiter: the one of `, ; tab |` that
splits the header into most columns.
"""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice

import numpy as np

from sop_dash.adapters.files.limits import FileLimits
from sop_dash.core.data.raw import RawTable, text_array
from sop_dash.core.model.findings import Finding, FindingKind, Severity

ENCODING_GUESSED = FindingKind(
    code="encoding-guessed",
    severity=Severity.WARNS,
    title="File read as Windows-1252",
    remedy="Check names with accents, or save the file as UTF-8.",
)
NOT_TEXT = FindingKind(
    code="not-text",
    severity=Severity.BLOCKS,
    title="Not a text table",
    remedy="Save it as CSV from the program that made it.",
)
UNEVEN_ROWS = FindingKind(
    code="uneven-rows",
    severity=Severity.BLOCKS,
    title="Rows with another number of columns than the header",
    remedy="Put quotes around cells that contain the delimiter, and give every row all its columns.",
)
TOO_LARGE = FindingKind(
    code="too-large",
    severity=Severity.BLOCKS,
    title="File too large",
    remedy="Split the file, leave out what is not needed, or raise the limits in the settings.",
)

_DELIMITERS = (",", ";", "\t", "|")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b", b"\x89PNG", b"SQLite format", b"PAR1")
_MOST_ROWS = 1_000
_BLOCK = 10_000
"""Records held as lists at a time; arrays of text, unlike lists, cost the garbage collector nothing."""


class _Refused(Exception):
    """One file cannot be read; carries the finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.kind.title)
        self.finding = finding


def read_text_table(
    name: str, content: bytes, *, source: str, limits: FileLimits
) -> tuple[RawTable | None, list[Finding]]:
    """Read one file that was already found small enough; None with a blocking finding when it is no table."""
    try:
        text, found = _decode(name, content)
        return _parsed(name, text, source, limits), found
    except _Refused as refused:
        return None, [refused.finding]


def _decode(name: str, content: bytes) -> tuple[str, list[Finding]]:
    if content.startswith(_BINARY_STARTS):
        raise _Refused(Finding(kind=NOT_TEXT, table=name, detail="The file is a workbook, archive or picture."))
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            try:
                return _printable(name, content[len(mark) :].decode(encoding)), []
            except UnicodeDecodeError as error:
                detail = "The file does not keep to the encoding it announces."
                raise _Refused(Finding(kind=NOT_TEXT, table=name, detail=detail)) from error
    try:
        return _printable(name, content.decode("utf-8")), []
    except UnicodeDecodeError:
        pass
    try:
        return _printable(name, content.decode("cp1252")), [Finding(kind=ENCODING_GUESSED, table=name)]
    except UnicodeDecodeError as error:
        raise _Refused(Finding(kind=NOT_TEXT, table=name, detail="Its characters cannot be read.")) from error


def _printable(name: str, text: str) -> str:
    if "\0" in text:
        raise _Refused(Finding(kind=NOT_TEXT, table=name, detail="It holds characters no text has."))
    return text


def _parsed(name: str, text: str, source: str, limits: FileLimits) -> RawTable:
    """All records, read in blocks; the position of a record is its row in the file, blank ones count."""
    csv.field_size_limit(limits.field_characters)
    reader = _reader(text)
    try:
        header = _without_empty_end(next(reader, []))
        if len(header) > limits.columns:
            raise _Refused(_beyond(name, limits))
        body = _Body(width=len(header))
        while block := list(islice(reader, _BLOCK)):
            body.add(block)
            if body.row > limits.rows or body.row * len(header) > limits.cells:
                raise _Refused(_beyond(name, limits))
    except csv.Error as error:
        detail = (
            "A cell is longer than allowed." if "field larger" in str(error) else "The quotes of a cell do not close."
        )
        raise _Refused(Finding(kind=UNEVEN_ROWS, table=name, rows=(_row_of_error(text),), detail=detail)) from error
    if body.uneven:
        listed = tuple(body.uneven[:_MOST_ROWS])
        raise _Refused(Finding(kind=UNEVEN_ROWS, table=name, rows=listed, count=len(body.uneven)))
    return RawTable(
        name=name,
        header=tuple(header),
        columns=tuple(np.concatenate(parts) for parts in body.columns),
        rows=np.concatenate(body.rows),
        source=source,
    )


def _reader(text: str) -> Iterator[list[str]]:
    head = text.split("\n", 1)[0]
    return csv.reader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=head.count), strict=True)


def _row_of_error(text: str) -> int:
    """The record that cannot be read, counted from 1."""
    read = 0
    with suppress(csv.Error):
        for _ in _reader(text):
            read += 1
    return read + 1


def _beyond(name: str, limits: FileLimits) -> Finding:
    detail = f"At most {limits.rows:,} rows, {limits.columns:,} columns and {limits.cells:,} cells."
    return Finding(kind=TOO_LARGE, table=name, detail=detail)


class _Body:
    """Columns of the records read so far; blank records are skipped, uneven ones only listed."""

    def __init__(self, width: int) -> None:
        self.columns = [[text_array(())] for _ in range(width)]
        self.rows = [np.zeros(0, dtype=np.int64)]
        self.uneven: list[int] = []
        self.row = 1

    def add(self, block: list[list[str]]) -> None:
        """Take over a block of records."""
        width = len(self.columns)
        rows: Sequence[int] = range(self.row + 1, self.row + 1 + len(block))
        self.row += len(block)
        if set(map(len, block)) != {width}:
            fitted = [(row, _fitted(record, width)) for row, record in zip(rows, block, strict=True)]
            self.uneven += [row for row, record in fitted if record and len(record) != width]
            kept = [(row, record) for row, record in fitted if len(record) == width and record]
            rows, block = [row for row, _ in kept], [record for _, record in kept]
        self.rows.append(np.array(rows, dtype=np.int64))
        for column, cells in zip(self.columns, zip(*block, strict=True), strict=False):
            column.append(text_array(cells))


def _without_empty_end(record: list[str]) -> list[str]:
    end = len(record)
    while end and not record[end - 1].strip():
        end -= 1
    return record[:end]


def _fitted(record: list[str], width: int) -> list[str]:
    """The record without empty cells beyond the header; a record with no text at all is blank."""
    if not any(cell.strip() for cell in record):
        return []
    if len(record) > width and not any(cell.strip() for cell in record[width:]):
        return record[:width]
    return record
