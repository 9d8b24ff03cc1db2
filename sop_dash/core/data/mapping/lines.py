"""Order lines: states that make them no sale, lines that stand there twice, and adding up to months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sop_dash.core.data.mapping import corrections as told
from sop_dash.core.data.mapping.choices import Choices
from sop_dash.core.data.mapping.words import NOT_ORDERED, plain_words
from sop_dash.core.data.raw import TextArray
from sop_dash.core.model.arrays import Array, BoolArray

_SAMPLE = 1_000


@dataclass(frozen=True, kw_only=True, eq=False)
class States:
    """What became of each line."""

    cancelled: BoolArray
    returned: BoolArray
    not_ordered: BoolArray

    @property
    def sold(self) -> BoolArray:
        """Lines that count as sales."""
        return ~(self.cancelled | self.returned | self.not_ordered)


def states(cells: TextArray | None, size: int, choices: Choices) -> States:
    """Read the state of every line; without a column of states every line is sold."""
    none = np.zeros(size, dtype=np.bool_)
    if cells is None:
        return States(cancelled=none, returned=none, not_ordered=none)
    codes, texts = pd.factorize(cells)
    words = [plain_words(str(text)) for text in texts]

    def rows(known: tuple[str, ...]) -> BoolArray:
        flags = np.array([_says(word, known) for word in words], dtype=np.bool_)
        return flags[codes]

    cancelled = rows(choices.cancelled)
    returned = rows(choices.returned) & ~cancelled
    return States(cancelled=cancelled, returned=returned, not_ordered=rows(NOT_ORDERED) & ~cancelled & ~returned)


def without(found: States, undo: frozenset[str]) -> States:
    """The states without those a person does not want to count apart from sales."""
    none = np.zeros_like(found.cancelled)
    return States(
        cancelled=none if told.CANCELLED_LINES.code in undo else found.cancelled,
        returned=none if told.RETURNED_LINES.code in undo else found.returned,
        not_ordered=none if told.NOT_ORDERED_LINES.code in undo else found.not_ordered,
    )


def _says(words: str, known: tuple[str, ...]) -> bool:
    phrases = {plain_words(word) for word in known}
    return words in phrases or any(token in phrases for token in words.split() if "not" not in words.split())


def same_lines(columns: Sequence[TextArray], places: NDArray[np.intp]) -> BoolArray:
    """[n] True on every row after the first that is the same in all columns.

    Column by column only the rows are kept that still have a twin, beginning with the column that differs most.
    """
    sample = places[:: max(1, len(places) // _SAMPLE)]
    ordered = sorted(columns, key=lambda column: -len(set(column[sample])))
    left = np.arange(len(places))
    group = np.zeros(len(places), dtype=np.int64)
    for column in ordered:
        codes, texts = pd.factorize(column[places[left]])
        group = pd.factorize(group * (len(texts) + 1) + codes)[0].astype(np.int64)
        twins = (np.bincount(group) > 1)[group] if len(group) else np.zeros(0, dtype=np.bool_)
        left, group = left[twins], group[twins]
    same = np.zeros(len(places), dtype=np.bool_)
    same[left] = pd.Series(group).duplicated(keep="first").to_numpy()
    return same


def added_up(
    keys: Sequence[TextArray | NDArray[np.int64]], values: Mapping[str, Array]
) -> tuple[dict[str, Array], NDArray[np.intp]]:
    """Rows with the same key added up; a value none of them has stays unknown.

    Args:
        keys: [n] text or months each.
        values: Name -> [n] numbers, NaN where unknown.

    Returns:
        Values of each group, in the order of their first row, and that row.
    """
    size = len(keys[0])
    place = np.zeros(size, dtype=np.int64)
    for key in keys:
        codes, texts = pd.factorize(key)
        place = pd.factorize(place * (len(texts) + 1) + codes)[0].astype(np.int64)
    groups = int(place.max()) + 1 if size else 0
    first = np.full(groups, size, dtype=np.intp)
    np.minimum.at(first, place, np.arange(size))
    summed: dict[str, Array] = {}
    for name, column in values.items():
        known = ~np.isnan(column)
        total = np.bincount(place[known], weights=column[known], minlength=groups)
        summed[name] = np.where(np.bincount(place[known], minlength=groups) > 0, total, np.nan)
    return summed, first
