"""The cells of a workbook, sheet by sheet: text, and numbers as the text that reads back as the same number."""

import zipfile
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from sop_dash.adapters.reader.coding import Coding
from sop_dash.adapters.reader.frames import Block, Opened
from sop_dash.adapters.reader.inspection import column_number, inspected
from sop_dash.adapters.reader.limits import Refused, WorkbookLimits
from sop_dash.adapters.reader.parts import Attributes, Book, Sheet, local, open_book, parse
from sop_dash.adapters.reader.styles import PLAIN, shown

Cell = str | int | float
UNKNOWN_RESULT = "#FORMULA"
"""Stands for a formula whose result the workbook does not hold."""

_DIGITS = "0123456789"
_LONGEST_WHOLE = 15


_BLOCK = 10_000


@dataclass(kw_only=True)
class _Rows:
    """The filled rows of a sheet: row numbers as the program shows them, and cells by column from 0."""

    numbers: list[int] = field(default_factory=list)
    cells: list[dict[int, Cell]] = field(default_factory=list)
    characters: int = 0
    count: int = 0


def read_sheets(content: bytes, limits: WorkbookLimits) -> Iterator[Opened | Block]:
    """All sheets in the order of the tabs; empty text where a row has no cell.

    Raises:
        Refused: The workbook breaks a rule or a limit, or a part of it is damaged.
    """
    archive = inspected(content, limits)
    book = open_book(archive, limits)
    characters = cells = 0
    for sheet in book.sheets:
        rows = _read_sheet(archive, sheet, book, limits)
        characters += rows.characters
        cells += rows.count
        if characters > limits.unpacked_bytes or cells > limits.cells:
            raise Refused("large", f"At most {limits.cells:,} cells a workbook.")
        yield Opened(name=sheet.name, hidden=sheet.hidden)
        coding = Coding()
        for place in range(0, len(rows.numbers), _BLOCK):
            yield _block(rows.numbers[place : place + _BLOCK], rows.cells[place : place + _BLOCK], coding)


def _block(numbers: list[int], rows: list[dict[int, Cell]], coding: Coding) -> Block:
    width = max(map(max, rows)) + 1
    cells = [row.get(place, "") for row in rows for place in range(width)]
    return coding.block(
        [cell if isinstance(cell, str) else repr(cell) for cell in cells],
        size=len(numbers),
        numbers=array("q", numbers).tobytes(),
        numeric=bytes([type(cell) is not str for cell in cells]),
    )


def _read_sheet(archive: zipfile.ZipFile, sheet: Sheet, book: Book, limits: WorkbookLimits) -> _Rows:
    """Read all filled cells. Raises `Refused` when the part is damaged or holds more than allowed."""
    walk = _Walk(_Values(book), limits)
    parse(archive, sheet.part, start=walk.start, end=walk.end, text=walk.text)
    return walk.rows


class _Values:
    """Turns the text of a cell into its value, by kind and format."""

    def __init__(self, book: Book) -> None:
        self._texts, self._meanings, self._from_1904 = book.texts, book.meanings, book.from_1904

    def value(self, kind: str, style: str, text: str) -> Cell:
        """Raises `ValueError`, `IndexError` or `OverflowError` for what no spreadsheet program writes."""
        if kind == "s":
            return self._texts[_place(text)]
        if kind == "n":
            place = int(style)
            meaning = self._meanings[place] if place < len(self._meanings) else PLAIN
            if meaning == PLAIN and len(text) <= _LONGEST_WHOLE and text.isdecimal():
                return int(text)
            return shown(text, meaning, from_1904=self._from_1904)
        if kind == "b":
            return "TRUE" if text.strip() == "1" else "FALSE"
        return text


def _place(text: str) -> int:
    """Position of a shared text. Raises `ValueError` for what is no plain whole number, such as one from the end."""
    if not text.isdecimal():
        raise ValueError(text)
    return int(text)


class _Walk:
    """Walks through a sheet and collects its cells; runs several times a cell, so it keeps to plain steps."""

    __slots__ = (
        *("aid", "cells", "column", "formula", "kind", "known", "limits", "listening", "pieces", "row", "rows"),
        *("style", "values"),
    )

    def __init__(self, values: _Values, limits: WorkbookLimits) -> None:
        self.values, self.limits, self.rows = values, limits, _Rows()
        self.row, self.column = 0, -1
        self.cells: dict[int, Cell] = {}
        self.known: dict[str, int] = {}
        self.pieces: list[str] = []
        self.kind, self.style = "n", "0"
        self.listening = self.aid = self.formula = False

    def start(self, tag: str, given: Attributes) -> None:
        if tag == "c":
            letters = given.get("r", "").rstrip(_DIGITS)
            column = self.known.get(letters)
            self.column = self._new_column(letters) if column is None else column
            self.kind, self.style = given.get("t", "n"), given.get("s", "0")
            self.formula = False
            self.pieces = []
        elif tag in {"v", "t"}:
            self.listening = not self.aid
        elif tag == "row":
            self._new_row(given.get("r", ""))
        elif tag == "f":
            self.formula = True
        elif tag == "rPh":
            self.aid = True
        elif ":" in tag:
            self.start(local(tag), given)

    def end(self, tag: str) -> None:
        if tag in {"v", "t"}:
            self.listening = False
        elif tag == "c":
            if self.pieces or self.formula:
                self._keep("".join(self.pieces))
        elif tag == "row":
            if self.cells:
                self.rows.numbers.append(self.row)
                self.rows.cells.append(self.cells)
        elif tag == "rPh":
            self.aid = False
        elif ":" in tag:
            self.end(local(tag))

    def text(self, characters: str) -> None:
        if self.listening:
            self.pieces.append(characters)

    def _new_row(self, number: str) -> None:
        row = int(number) if number.isdecimal() else self.row + 1
        if row <= self.row:
            raise Refused("damaged", f"Row {row:,} stands there twice or in the wrong place.")
        self.row = row
        self.column, self.cells = -1, {}
        if self.row > self.limits.rows:
            raise Refused("large", f"At most {self.limits.rows:,} rows a sheet.")

    def _new_column(self, letters: str) -> int:
        """Position of a column from 0; the one after the last when the cell does not say."""
        if letters.isalpha() and letters.isascii() and letters.isupper():
            column = self.known[letters] = column_number(letters) - 1
        else:
            column = self.column + 1
        if column >= self.limits.columns:
            raise Refused("large", f"At most {self.limits.columns:,} columns a sheet.")
        return column

    def _keep(self, text: str) -> None:
        """Take over the cell that has just ended."""
        try:
            value = self.values.value(self.kind, self.style, text) if text or self.kind == "str" else UNKNOWN_RESULT
        except (ValueError, IndexError, OverflowError) as error:
            raise Refused("damaged", f"A cell in row {self.row:,} cannot be read.") from error
        if value == "":
            return
        rows, limits = self.rows, self.limits
        rows.count += 1
        if isinstance(value, str):
            rows.characters += len(value)
            if len(value) > limits.field_characters:
                raise Refused("large", f"A cell in row {self.row:,} is longer than allowed.")
        if rows.count > limits.cells or rows.characters > limits.unpacked_bytes:
            raise Refused("large", f"At most {limits.cells:,} cells a workbook.")
        if self.column in self.cells:
            raise Refused("damaged", f"A cell in row {self.row:,} stands there twice.")
        self.cells[self.column] = value
