"""A column of text as its different texts and which of them stands in each cell.

Whoever reads a file makes the codes once; everything that follows looks at every different text once and carries the
answer to the cells by their codes.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import overload

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sop_dash.core.model.arrays import BoolArray

TextArray = NDArray[np.object_]
Codes = NDArray[np.signedinteger]
Rows = slice | NDArray[np.intp] | NDArray[np.int64] | BoolArray


class Texts(Sequence[str]):
    """The cells of one column; not to be changed.

    Args:
        codes: [n] position of the text of each cell.
        texts: The texts; some of them may stand in no cell.
        once: True when no text is listed twice. Of cells that hardly repeat every one may bring a text of its own.
    """

    __slots__ = ("codes", "once", "texts")

    def __init__(self, codes: Codes, texts: TextArray, *, once: bool = True) -> None:
        self.codes, self.texts, self.once = codes, texts, once

    @classmethod
    def of(cls, cells: Sequence[str] | TextArray) -> "Texts":
        """The column with these cells."""
        codes, texts = pd.factorize(text_array(cells))
        return cls(codes, texts)

    @classmethod
    def joined(cls, parts: Sequence["Texts"]) -> "Texts":
        """One column with the cells of several, one after the other."""
        starts = np.cumsum([0, *(len(part.texts) for part in parts)])
        codes = [part.codes + start for part, start in zip(parts, starts.tolist(), strict=False)]
        texts = np.concatenate([text_array([]), *(part.texts for part in parts)])
        return cls(np.concatenate([np.zeros(0, dtype=np.int64), *codes]), texts, once=len(parts) == 1 and parts[0].once)

    def __len__(self) -> int:
        return len(self.codes)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: Rows) -> "Texts": ...
    def __getitem__(self, at: int | Rows) -> "str | Texts":
        if isinstance(at, (slice, np.ndarray)):
            return Texts(self.codes[at], self.texts, once=self.once)
        return str(self.texts[self.codes[at]])

    def __iter__(self) -> Iterator[str]:
        return iter(self.array().tolist())

    def array(self) -> TextArray:
        """[n] the text of each cell."""
        return self.texts[self.codes]

    def filled(self) -> BoolArray:
        """[n] True where a cell is not empty."""
        return np.asarray((self.texts != "")[self.codes], dtype=np.bool_)

    def equals(self, text: str) -> BoolArray:
        """[n] True where a cell holds this text."""
        return np.asarray((self.texts == text)[self.codes], dtype=np.bool_)

    def where(self, chosen: Callable[[str], bool]) -> BoolArray:
        """[n] True where the text of a cell is chosen."""
        flags = np.array([chosen(text) for text in self.texts], dtype=np.bool_)
        return flags[self.codes] if len(flags) else np.zeros(len(self), dtype=np.bool_)

    def used(self) -> "Texts":
        """The same cells without the texts that stand in none of them."""
        found = np.zeros(len(self.texts), dtype=np.bool_)
        found[self.codes] = True
        if found.all():
            return self
        place = np.cumsum(found, dtype=np.int32) - 1
        return Texts(place[self.codes], self.texts[found], once=self.once)

    def distinct(self) -> "Texts":
        """The same cells, every text that stands in one of them listed once."""
        used = self.used()
        if used.once:
            return used
        codes, texts = pd.factorize(used.texts)
        return Texts(codes[used.codes], texts)

    def mapped(self, change: Callable[[str], str]) -> "Texts":
        """Every cell changed by the same rule."""
        used = self.used()
        changed = text_array([change(text) for text in used.texts])
        return used if bool((changed == used.texts).all()) else Texts(used.codes, changed, once=False)

    def times(self, count: int) -> "Texts":
        """All cells so many times, one after the other."""
        return Texts(np.tile(self.codes, count), self.texts, once=self.once)


def text_array(values: Sequence[str] | TextArray) -> TextArray:
    """The values as an array of Python text."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array
