"""What the reading process handed back, unpacked into columns."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sop_dash.adapters.reader.frames import BETWEEN_CELLS, Block, Opened
from sop_dash.core.data.raw import TextArray, repeats

Cell = str | int | float


@dataclass(frozen=True, kw_only=True, eq=False)
class ReadTable:
    """A text file or one sheet of a workbook.

    Args:
        opened: Its name and what is to be said about it.
        columns: One array of text per column, all of the same length.
        rows: [n] row number of each record as the planner sees it.
        lengths: [n] cells of each record as written.
        numeric: [n] per column: True where the file itself says that the cell is a number; empty when it never does.
    """

    opened: Opened
    columns: tuple[TextArray, ...]
    rows: NDArray[np.int64]
    lengths: NDArray[np.int64]
    numeric: tuple[NDArray[np.bool_], ...]

    def records(self) -> list[list[Cell]]:
        """Row number followed by the cells up to the last filled one, numbers as numbers."""
        found: list[list[Cell]] = []
        for place, row in enumerate(self.rows.tolist()):
            cells: list[Cell] = [str(column[place]) for column in self.columns]
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
        self._cells: list[TextArray] = []
        self._numeric: list[NDArray[np.bool_]] = []
        self._rows = [np.zeros(0, dtype=np.int64)]
        self._lengths = [np.zeros(0, dtype=np.int64)]

    def add(self, block: Block) -> None:
        """Take over some rows. Raises `ValueError` when they are not as many or as wide as announced."""
        size, width = block.size, block.width
        numbers, lengths = (np.frombuffer(buffer, dtype=np.int64) for buffer in (block.numbers, block.lengths))
        self._rows.append(numbers if block.numbers else np.arange(block.first, block.first + size, dtype=np.int64))
        self._lengths.append(lengths if block.lengths else np.full(size, width, dtype=np.int64))
        texts = block.cells.decode().split(BETWEEN_CELLS) if width else []
        if len(texts) != size * width:
            raise ValueError(f"{len(texts)} cells in {size} rows of {width}")
        cells = np.empty(size * width, dtype=object)
        cells[:] = texts
        self._cells.append(cells.reshape(size, width))
        numeric = np.frombuffer(block.numeric or bytes(size * width), dtype=np.bool_)
        self._numeric.append(numeric.reshape(size, width))

    def whole(self) -> ReadTable:
        """Every column over all blocks; blocks with fewer columns are padded with empty cells."""
        width = max((block.shape[1] for block in self._cells), default=0)
        typed = any(bool(block.any()) for block in self._numeric)
        return ReadTable(
            opened=self._opened,
            columns=tuple(
                _shared(np.concatenate([_column(block, place, "") for block in self._cells])) for place in range(width)
            ),
            rows=np.concatenate(self._rows),
            lengths=np.concatenate(self._lengths),
            numeric=tuple(
                np.concatenate([_column(block, place, False) for block in self._numeric])
                for place in range(width if typed else 0)
            ),
        )


def _shared(cells: TextArray) -> TextArray:
    """Equal texts become one and the same: less memory, and quicker to compare."""
    if not repeats(cells):
        return cells
    codes, different = pd.factorize(cells)
    return different[codes]


def _column(block: NDArray[Any], place: int, empty: object) -> NDArray[Any]:
    return block[:, place] if place < block.shape[1] else np.full(len(block), empty, dtype=block.dtype)
