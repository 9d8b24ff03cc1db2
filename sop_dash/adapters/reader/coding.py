"""Rows of text to columns of numbers: each different text of a column is handed over once, then only its number.

Numbers count from 0, the empty text, in the order in which the texts come. A column whose cells hardly repeat is handed
over as it stands from then on, for numbering it would take more memory than it saves.
"""

from array import array
from collections import defaultdict
from collections.abc import Sequence
from itertools import count, islice

from sop_dash.adapters.reader.frames import BETWEEN_CELLS, Block

_MOST_TEXTS = 2_000_000
_FEWEST_TEXTS, _NEW_SHARE = 30_000, 0.25


class Coding:
    """The columns of one table, block after block."""

    def __init__(self) -> None:
        self._columns: list[_Column] = []

    def block(
        self, cells: Sequence[str], *, size: int, first: int = 0, numbers: bytes = b"", lengths: bytes = b"",
        numeric: bytes = b"",
    ) -> Block:  # fmt: skip
        """Rows as they are handed over; see `Block` for what is said of them.

        Args:
            cells: Row after row, all rows of the same number of cells.
            size: Number of rows.
            first: Row number of the first one, when they follow one another without a gap.
            numbers: Row numbers when they do not.
            lengths: Cells of each row as written, when they differ.
            numeric: One byte for each cell, 1 where the file says that it is a number.
        """
        width = len(cells) // size if size else 0
        while len(self._columns) < width:
            self._columns.append(_Column())
        full = sum(len(column.known) for column in self._columns) > _MOST_TEXTS
        columns = tuple(self._columns[place].coded(cells[place::width], full) for place in range(width))
        return Block(size=size, first=first, numbers=numbers, lengths=lengths, numeric=numeric, columns=columns)


class _Column:
    """Texts of one column met so far, each with its number."""

    def __init__(self) -> None:
        self.known = defaultdict[str, int](count(1).__next__, {"": 0})
        self._plain = False

    def coded(self, cells: Sequence[str], full: bool) -> tuple[bytes, bytes]:
        """Numbers of the cells and the texts that are new; no numbers when all cells stand there as they are."""
        if self._plain or full:
            return b"", BETWEEN_CELLS.join(cells).encode()
        before = len(self.known)
        codes = array("i", list(map(self.known.__getitem__, cells)))
        new = list(islice(reversed(self.known), len(self.known) - before))[::-1]
        self._plain = before > _FEWEST_TEXTS and len(new) > _NEW_SHARE * len(cells)
        return codes.tobytes(), BETWEEN_CELLS.join(new).encode()
