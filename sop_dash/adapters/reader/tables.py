"""What the reading process handed back, unpacked into columns."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sop_dash.adapters.reader.frames import BETWEEN_CELLS, Block, Opened
from sop_dash.core.data.texts import Texts, text_array

Cell = str | int | float


@dataclass(frozen=True, kw_only=True, eq=False)
class ReadTable:
    """A text file or one sheet of a workbook.

    Args:
        opened: Its name and what is to be said about it.
        columns: One column of text each, all of the same length.
        rows: [n] row number of each record as the planner sees it.
        lengths: [n] cells of each record as written.
        numeric: [n] per column: True where the file itself says that the cell is a number; empty when it never does.
    """

    opened: Opened
    columns: tuple[Texts, ...]
    rows: NDArray[np.int64]
    lengths: NDArray[np.int64]
    numeric: tuple[NDArray[np.bool_], ...]

    def records(self) -> list[list[Cell]]:
        """Row number followed by the cells up to the last filled one, numbers as numbers."""
        found: list[list[Cell]] = []
        for place, row in enumerate(self.rows.tolist()):
            cells: list[Cell] = [column[place] for column in self.columns]
            for at, mask in enumerate(self.numeric):
                if mask[place]:
                    cells[at] = _number(str(cells[at]))
            while cells and cells[-1] == "":
                cells.pop()
            found.append([row, *cells])
        return found


def _number(text: str) -> int | float:
    return int(text) if text.removeprefix("-").isdecimal() else float(text)


class Unpacking:
    """A table whose blocks arrive one after the other."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._size = 0
        self._columns: list[_Column] = []
        self._numeric: list[NDArray[np.bool_]] = []
        self._rows = [np.zeros(0, dtype=np.int64)]
        self._lengths = [np.zeros(0, dtype=np.int64)]

    def add(self, block: Block) -> None:
        """Take over some rows. Raises `ValueError` when they are not as many or as wide as announced."""
        size, width = block.size, len(block.columns)
        numbers, lengths = (np.frombuffer(buffer, dtype=np.int64) for buffer in (block.numbers, block.lengths))
        self._rows.append(numbers if block.numbers else np.arange(block.first, block.first + size, dtype=np.int64))
        self._lengths.append(lengths if block.lengths else np.full(size, width, dtype=np.int64))
        while len(self._columns) < width:
            self._columns.append(_Column(self._size))
        for place, column in enumerate(self._columns):
            column.add(size, *(block.columns[place] if place < width else (bytes(4 * size), b"")))
        numeric = np.frombuffer(block.numeric or bytes(size * width), dtype=np.bool_)
        self._numeric.append(numeric.reshape(size, width))
        self._size += size

    def whole(self) -> ReadTable:
        """Every column over all blocks; blocks with fewer columns are padded with empty cells."""
        typed = any(bool(block.any()) for block in self._numeric)
        return ReadTable(
            opened=self._opened,
            columns=tuple(column.whole() for column in self._columns),
            rows=np.concatenate(self._rows),
            lengths=np.concatenate(self._lengths),
            numeric=tuple(
                np.concatenate([_flags(block, place) for block in self._numeric])
                for place in range(len(self._columns) if typed else 0)
            ),
        )


class _Column:
    """Texts of one column and which of them stands in each cell so far; those before it appeared are empty."""

    def __init__(self, before: int) -> None:
        self._texts = [""]
        self._codes = [np.zeros(before, dtype=np.int32)]
        self._once = True

    def add(self, size: int, codes: bytes, texts: bytes) -> None:
        """Take over some cells. Raises `ValueError` when they are not as many, or no text is known for one."""
        before, plain = len(self._texts), size > 0 and not codes
        if texts or plain:
            self._texts += texts.decode().split(BETWEEN_CELLS)
        found = np.arange(before, len(self._texts), dtype=np.int32) if plain else np.frombuffer(codes, dtype=np.int32)
        if len(found) != size or (size and not 0 <= int(found.min()) <= int(found.max()) < len(self._texts)):
            raise ValueError(f"{len(found)} cells in {size} rows")
        self._codes.append(found)
        self._once = self._once and not plain

    def whole(self) -> Texts:
        """The column."""
        return Texts(np.concatenate(self._codes), text_array(self._texts), once=self._once)


def _flags(block: NDArray[np.bool_], place: int) -> NDArray[np.bool_]:
    return block[:, place] if place < block.shape[1] else np.zeros(len(block), dtype=np.bool_)
