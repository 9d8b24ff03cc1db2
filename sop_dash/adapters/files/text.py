"""Bytes of one delimited text file to a grid of text: encoding, delimiter, records. Nothing is interpreted.

Encoding: see `encoding.py`. Delimiter: the one of `, ; tab |` that
splits most records into the same number of cells. Parsing happens in this process: the parser of the standard library
takes time in proportion to the file, and files, records and cells are limited before and while it reads.
"""

import csv
import io
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice

import numpy as np
import pandas as pd

from sop_dash.adapters.files.encoding import decoded
from sop_dash.adapters.files.limits import FileLimits
from sop_dash.core.data.grid import UNEVEN_ROWS, Grid
from sop_dash.core.data.raw import TextArray, text_array
from sop_dash.core.model.findings import Finding, FindingKind, Severity

ENCODING_GUESSED = FindingKind(
    code="encoding-guessed",
    severity=Severity.WARNS,
    title="Encoding of the file guessed",
    remedy="Check names with accents, or save the file as UTF-8.",
)
NOT_TEXT = FindingKind(
    code="not-text",
    severity=Severity.BLOCKS,
    title="Not a text table",
    remedy="Save it as CSV from the program that made it.",
)
TOO_LARGE = FindingKind(
    code="too-large",
    severity=Severity.BLOCKS,
    title="File too large",
    remedy="Split the file, leave out what is not needed, or raise the limits in the settings.",
)

_DELIMITERS = (",", ";", "\t", "|")
_BINARY_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b", b"\x89PNG", b"SQLite format", b"PAR1")
_SAMPLE_CHARACTERS = 1 << 16
_SAMPLE_RECORDS = 100
_LONGEST_EXAMPLE = 60
_ANNOUNCED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_BLOCK = 10_000
"""Records held as lists at a time; arrays of text, unlike lists, cost the garbage collector nothing."""


class _Refused(Exception):
    """One file cannot be read; carries the finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.kind.title)
        self.finding = finding


def read_grid(name: str, content: bytes, *, source: str, limits: FileLimits) -> tuple[Grid | None, list[Finding]]:
    """Read one file that was already found small enough; None with a blocking finding when it is no text table."""
    try:
        text, found = _decode(name, content)
        return _parsed(name, text, source, limits), found
    except _Refused as refused:
        return None, [refused.finding]


def _decode(name: str, content: bytes) -> tuple[str, list[Finding]]:
    if content.startswith(_BINARY_STARTS):
        raise _Refused(Finding(kind=NOT_TEXT, table=name, detail="The file is a workbook, archive or picture."))
    try:
        found = decoded(content)
    except UnicodeDecodeError as error:
        detail = "Its characters cannot be read in the encoding it announces, nor in any other we know."
        raise _Refused(Finding(kind=NOT_TEXT, table=name, detail=detail)) from error
    text = _printable(name, found.text)
    if not found.guessed:
        return text, []
    letters = next((line.strip() for line in text[:_SAMPLE_CHARACTERS].splitlines() if not line.isascii()), "")
    example = f", for example “{letters[:_LONGEST_EXAMPLE]}”" if letters else ""
    return text, [Finding(kind=ENCODING_GUESSED, table=name, detail=f"Read as {found.guessed}{example}.")]


def _printable(name: str, text: str) -> str:
    if "\0" in text:
        raise _Refused(Finding(kind=NOT_TEXT, table=name, detail="It holds characters no text has."))
    return text


def _parsed(name: str, text: str, source: str, limits: FileLimits) -> Grid:
    """All records, read in blocks; the position of a record is its row in the file, blank ones count."""
    csv.field_size_limit(limits.field_characters)
    announced = _ANNOUNCED.match(text)
    delimiter = announced[1] if announced else _delimiter(text)
    even = None if announced else _even_columns(text, delimiter, limits)
    if even is not None:
        return _even_grid(name, source, even)
    body = _Body(row=1 if announced else 0)
    deadline = time.monotonic() + limits.seconds
    try:
        reader = _reader(text[announced.end() :] if announced else text, delimiter)
        while block := list(islice(reader, _BLOCK)):
            body.add(block)
            if body.width > limits.columns or body.row > limits.rows or body.row * body.width > limits.cells:
                raise _Refused(_beyond(name, limits))
            if time.monotonic() > deadline:
                detail = f"Reading it took longer than {limits.seconds} seconds."
                raise _Refused(Finding(kind=TOO_LARGE, table=name, detail=detail))
    except csv.Error as error:
        detail = (
            "A cell is longer than allowed." if "field larger" in str(error) else "The quotes of a cell do not close."
        )
        row = _row_of_error(text, delimiter)
        raise _Refused(Finding(kind=UNEVEN_ROWS, table=name, rows=(row,), detail=detail)) from error
    return Grid(
        name=name,
        source=source,
        file=source,
        columns=body.columns(),
        rows=np.concatenate(body.rows),
        lengths=np.concatenate(body.lengths),
    )


def _even_columns(text: str, delimiter: str, limits: FileLimits) -> list[TextArray] | None:
    """Columns of a file in which every line is a record and all have as many cells; None when it is not so plain.

    Plain files are long ones, and reading them line by line in Python would take ten times as long.
    """
    text = text.replace("\r\n", "\n")
    if '"' in text or "\r" in text or "\n\n" in text or text.startswith("\n") or len(text) < _SAMPLE_CHARACTERS:
        return None
    first = text.partition("\n")[0]
    width, rows = first.count(delimiter) + 1, text.count("\n") + (not text.endswith("\n"))
    within = width <= limits.columns and rows <= limits.rows and rows * width <= limits.cells
    if not within or text.count(delimiter) != (width - 1) * rows:
        return None
    if max(map(len, text.split("\n"))) > limits.field_characters:
        return None
    try:
        table = pd.read_csv(
            io.StringIO(text),
            sep=delimiter,
            header=None,
            dtype=object,
            na_filter=False,
            quoting=csv.QUOTE_NONE,
            skip_blank_lines=False,
            engine="c",
            low_memory=False,
        )
    except pd.errors.ParserError:
        return None  # some lines are longer, others shorter
    if table.shape != (rows, width):
        return None
    return [table[place].to_numpy(dtype=object) for place in table.columns]


def _even_grid(name: str, source: str, columns: list[TextArray]) -> Grid:
    size = len(columns[0])
    return Grid(
        name=name,
        source=source,
        file=source,
        columns=tuple(columns),
        rows=np.arange(1, size + 1, dtype=np.int64),
        lengths=np.full(size, len(columns), dtype=np.int64),
    )


def _delimiter(text: str) -> str:
    """The sign that splits most of the first records into the same number of cells, the most cells among equals."""
    sample = text[:_SAMPLE_CHARACTERS]
    if len(text) > len(sample):
        sample = sample.rpartition("\n")[0] or sample
    return max(_DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: str, delimiter: str) -> tuple[float, int]:
    """Share of records that have the usual number of cells, and that number; nothing when it does not split."""
    lengths: Counter[int] = Counter()
    with suppress(csv.Error):
        for record in islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), _SAMPLE_RECORDS):
            if any(cell.strip() for cell in record):
                lengths[len(record)] += 1
    usual = max((length for length in lengths if length > 1), key=lambda length: lengths[length], default=0)
    return (lengths[usual] / lengths.total(), usual) if usual else (0.0, 0)


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _row_of_error(text: str, delimiter: str) -> int:
    """The record that cannot be read, counted from 1."""
    read = 0
    with suppress(csv.Error):
        for _ in _reader(text, delimiter):
            read += 1
    return read + 1


def _beyond(name: str, limits: FileLimits) -> Finding:
    detail = f"At most {limits.rows:,} rows, {limits.columns:,} columns and {limits.cells:,} cells."
    return Finding(kind=TOO_LARGE, table=name, detail=detail)


class _Body:
    """Columns of the records read so far, shorter records padded; blank ones between them are left out but counted."""

    def __init__(self, row: int) -> None:
        self._blocks: list[list[TextArray]] = []
        self.rows = [np.zeros(0, dtype=np.int64)]
        self.lengths = [np.zeros(0, dtype=np.int64)]
        self.row, self.width = row, 0

    def add(self, block: list[list[str]]) -> None:
        """Take over a block of records."""
        rows: Sequence[int] = range(self.row + 1, self.row + 1 + len(block))
        self.row += len(block)
        lengths = list(map(len, block))
        width = max(lengths)
        if min(lengths) != width:
            filled = [any(cell.strip() for cell in record) for record in block]
            rows = [row for row, kept in zip(rows, filled, strict=True) if kept]
            block = [record for record, kept in zip(block, filled, strict=True) if kept]
            lengths = list(map(len, block))
            width = max(lengths, default=0)
            block = [record + [""] * (width - len(record)) for record in block]
        self.width = max(self.width, width)
        self.rows.append(np.array(rows, dtype=np.int64))
        self.lengths.append(np.array(lengths, dtype=np.int64))
        self._blocks.append([text_array(cells) for cells in zip(*block, strict=True)])

    def columns(self) -> tuple[TextArray, ...]:
        """Every column over all blocks."""
        sizes = [len(rows) for rows in self.rows[1:]]
        return tuple(
            np.concatenate(
                [text_array(())]
                + [
                    block[place] if place < len(block) else text_array([""] * size)
                    for block, size in zip(self._blocks, sizes, strict=True)
                ]
            )
            for place in range(self.width)
        )
