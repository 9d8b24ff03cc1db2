"""Order lines: states that make them no sale, lines that stand there twice, and adding up to months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sop_dash.core.data.groups import group_numbers
from sop_dash.core.data.mapping import corrections as told
from sop_dash.core.data.mapping.choices import Choices
from sop_dash.core.data.mapping.words import NOT_ORDERED, plain_words
from sop_dash.core.data.texts import Texts
from sop_dash.core.model.arrays import Array, BoolArray


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


def states(cells: Texts | None, size: int, choices: Choices) -> States:
    """Read the state of every line; without a column of states every line is sold."""
    none = np.zeros(size, dtype=np.bool_)
    if cells is None:
        return States(cancelled=none, returned=none, not_ordered=none)
    used = cells.used()
    codes, words = used.codes, [plain_words(text) for text in used.texts]

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


def same_lines(columns: Sequence[Texts], places: NDArray[np.intp]) -> BoolArray:
    """[n] True on every row after the first that is the same in all columns.

    Only rows that have a twin in the columns whose texts are known once each are looked at in the others.
    """
    left = np.arange(len(places))
    group = np.zeros(len(places), dtype=np.int64)
    for some in ([c for c in columns if c.once], *([c] for c in columns if not c.once)):
        group = group_numbers([group, *(column[places[left]] for column in some)])
        twins = (np.bincount(group) > 1)[group]
        left, group = left[twins], group[twins]
    same = np.zeros(len(places), dtype=np.bool_)
    same[left] = pd.Series(group).duplicated(keep="first").to_numpy()
    return same


def added_up(
    keys: Sequence[Texts | NDArray[np.int64]], values: Mapping[str, Array]
) -> tuple[dict[str, Array], NDArray[np.intp]]:
    """Rows with the same key added up; a value none of them has stays unknown.

    Args:
        keys: [n] text or whole numbers each.
        values: Name -> [n] numbers, NaN where unknown.

    Returns:
        Values of each group, in the order of their first row, and that row.
    """
    place = group_numbers(keys)
    groups = int(place.max()) + 1 if len(place) else 0
    first = np.zeros(groups, dtype=np.intp)
    first[place[::-1]] = np.arange(len(place))[::-1]  # what is written last stays: the first row of each group
    summed: dict[str, Array] = {}
    for name, column in values.items():
        unknown = np.isnan(column)
        total = np.bincount(place, weights=np.where(unknown, 0.0, column), minlength=groups)
        some = np.bincount(place[~unknown], minlength=groups) > 0 if unknown.any() else True
        summed[name] = np.where(some, total, np.nan)
    return summed, first
