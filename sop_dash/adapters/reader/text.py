"""Bytes of one delimited text file to columns of text: encoding, delimiter, records. Nothing is interpreted.

Delimiter: the one of `, ; tab |` that splits most records into the same number of cells, or the one the first line
announces (`sep=;`). Blocks of plain lines are split as a whole; from the first quote, blank or uneven line on every
record is read on its own, which takes three times as long.
"""

import codecs
import csv
import io
import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain, count, islice

from sop_dash.adapters.reader.coding import Coding
from sop_dash.adapters.reader.frames import Block, Opened
from sop_dash.adapters.reader.limits import ReadingLimits, Refused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ("utf-16-le", "utf-16-be")
_MOSTLY = 0.4
_DELIMITERS = (",", ";", "\t", "|")
_BINARY_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b", b"\x89PNG", b"SQLite format", b"PAR1")
_SAMPLE_BYTES, _SAMPLE_CHARACTERS, _SAMPLE_RECORDS = 4_000, 1 << 16, 100
_LONGEST_EXAMPLE = 60
_ANNOUNCED = re.compile(r"sep=([^\w\r\n\"])\r?\n", re.IGNORECASE)
_BLOCK_CHARACTERS, _BLOCK_RECORDS = 1 << 20, 2_000
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")


def read_text(content: bytes, limits: ReadingLimits, encodings: Sequence[str]) -> Iterator[Opened | Block]:
    """The one table of a text file.

    Args:
        content: Its bytes.
        limits: Largest sizes allowed.
        encodings: Old encodings to try where there is no mark and it is no UTF-8, the likeliest first.

    Raises:
        Refused: It is no text, is too large, or its quotes do not close.
    """
    if content.startswith(_BINARY_STARTS):
        raise Refused("not-text", "The file is a workbook, archive or picture.")
    text, guessed = _decoded(content, encodings)
    del content
    if "\0" in text:
        raise Refused("not-text", "It holds characters no text has.")
    yield Opened(guessed=guessed, example=_example(text) if guessed else "")
    yield from _counted(_blocks(text, limits), limits)


def _decoded(content: bytes, encodings: Sequence[str]) -> tuple[str, str]:
    """The text, and the encoding when it was not certain."""
    with suppress(UnicodeDecodeError):
        for mark, encoding in _MARKS:
            if content.startswith(mark):
                return content[len(mark) :].decode(encoding), ""
        if wide := _wide(content):
            return content.decode(wide), wide
        for encoding in ("utf-8", *encodings):
            with suppress(UnicodeDecodeError):
                return content.decode(encoding), "" if encoding == "utf-8" else encoding
    raise Refused("not-text", "Its characters cannot be read in the encoding it announces, nor in any other we know.")


def _wide(content: bytes) -> str:
    """Two bytes a letter: every other byte of plain letters is zero."""
    sample = content[:_SAMPLE_BYTES]
    half = len(sample) // 2
    if not half or b"\0" not in sample:
        return ""
    shares = {encoding: sample[place::2].count(0) / half for place, encoding in ((1, _WIDE[0]), (0, _WIDE[1]))}
    best = max(shares, key=lambda encoding: shares[encoding])
    return best if shares[best] > _MOSTLY and min(shares.values()) == 0.0 else ""


def _example(text: str) -> str:
    letters = next((line.strip() for line in text[:_SAMPLE_CHARACTERS].splitlines() if not line.isascii()), "")
    return letters[:_LONGEST_EXAMPLE]


def _counted(blocks: Iterator[Block], limits: ReadingLimits) -> Iterator[Block]:
    """The blocks until a limit is passed; the last row of a block tells how many came before it."""
    width = 0
    for block in blocks:
        last = memoryview(block.numbers).cast("q")[-1] if block.numbers else block.first + block.size - 1
        width = max(width, len(block.columns))
        if width > limits.columns or last > limits.rows or last * width > limits.cells:
            raise _beyond(limits)
        if block.size:
            yield block


def _beyond(limits: ReadingLimits) -> Refused:
    most = f"{limits.rows:,} rows, {limits.columns:,} columns and {limits.cells:,} cells"
    return Refused("large", f"At most {most}.")


def _blocks(text: str, limits: ReadingLimits) -> Iterator[Block]:
    """All records; the position of a record is its row in the file, blank ones count."""
    announced = _ANNOUNCED.match(text)
    delimiter = announced[1] if announced else _delimiter(text)
    row, place = (2, announced.end()) if announced else (1, 0)
    coding, width = Coding(), 0
    while place < len(text):
        end = text.find("\n", place + _BLOCK_CHARACTERS) + 1 or len(text)
        cells, width = _plain_cells(text[place:end], delimiter, width, limits)
        if not cells:
            break
        size = len(cells) // width
        yield coding.block(cells, size=size, first=row)
        row, place = row + size, end
    yield from _careful_blocks(text, place, delimiter, row, coding, limits)


def _plain_cells(text: str, delimiter: str, width: int, limits: ReadingLimits) -> tuple[list[str], int]:
    """The cells of lines without quotes that all have as many, and how many; no cells when the text is not so plain."""
    text = text.replace("\r\n", "\n")
    if '"' in text or "\r" in text or "\n\n" in text or text.startswith("\n"):
        return [], width
    text = text.removesuffix("\n")
    rows = text.count("\n") + 1
    width = width or text.partition("\n")[0].count(delimiter) + 1
    if width > limits.columns or rows * width > limits.cells:
        raise _beyond(limits)
    if _has_long_line(text, limits.field_characters) or not _is_even(text, delimiter, rows, width):
        return [], width
    return text.replace("\n", delimiter).split(delimiter), width


def _is_even(text: str, delimiter: str, rows: int, width: int) -> bool:
    """True when every line has as many cells: all that is no delimiter and no end of a line is taken out to see it."""
    if not delimiter.isascii():
        return False
    signs = (delimiter * (width - 1) + "\n").encode()
    others = bytes(set(range(256)) - set(delimiter.encode()) - set(b"\n"))
    return text.encode().translate(None, others) + b"\n" == signs * rows


def _has_long_line(text: str, longest: int) -> bool:
    """True when a line is longer; looks for the last end of a line that a line of this length can reach."""
    place = 0
    while len(text) - place > longest:
        place = text.rfind("\n", place, place + longest + 1) + 1
        if not place:
            return True
    return False


def _careful_blocks(
    text: str, place: int, delimiter: str, row: int, coding: Coding, limits: ReadingLimits
) -> Iterator[Block]:
    """The records from a place on, read one by one."""
    csv.field_size_limit(limits.field_characters)
    rows = count(row)
    records = zip(
        rows, csv.reader(_lines(text, place, delimiter, limits), delimiter=delimiter, strict=True), strict=False
    )
    try:
        while block := list(islice(records, _BLOCK_RECORDS)):
            if max(len(record) for _, record in block) > limits.columns:
                raise _beyond(limits)
            yield _block_of([number for number, _ in block], [record for _, record in block], coding)
    except csv.Error as error:
        long = "field larger" in str(error)
        text = "A cell is longer than allowed." if long else "The quotes of a cell do not close."
        raise Refused("uneven", text, next(rows) - 1) from error


def _lines(text: str, place: int, delimiter: str, limits: ReadingLimits) -> Iterator[str]:
    """Lines with their ends; one that is longer than a block is looked at before it is taken apart."""
    while place < len(text):
        end = text.find("\n", place + _BLOCK_CHARACTERS) + 1 or len(text)
        if end - place <= 2 * _BLOCK_CHARACTERS:
            yield from io.StringIO(text[place:end], newline="")
        else:
            for line in _LINE.finditer(text, place, end):
                if line.end() - line.start() > _BLOCK_CHARACTERS and line[0].count(delimiter) >= limits.columns:
                    raise _beyond(limits)
                yield line[0]
        place = end


def _block_of(rows: list[int], records: list[list[str]], coding: Coding) -> Block:
    """Shorter records are padded; blank ones between them are left out but counted."""
    lengths = list(map(len, records))
    width = max(lengths)
    if min(lengths) != width:
        kept = [place for place, record in enumerate(records) if any(cell.strip() for cell in record)]
        rows, records = [rows[place] for place in kept], [records[place] for place in kept]
        lengths = list(map(len, records))
        width = max(lengths, default=0)
        records = [record + [""] * (width - len(record)) for record in records]
    return coding.block(
        list(chain.from_iterable(records)),
        size=len(rows),
        numbers=array("q", rows).tobytes(),
        lengths=array("q", lengths).tobytes(),
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
