"""The season of a family lent to its young items, where the item's own months do not speak against it."""

from collections.abc import Sequence

import numpy as np

from sop_dash.core.demand.portfolio import MONTHS_PER_YEAR, IntArray
from sop_dash.core.demand.seasonality import SHORTEST_HISTORY, over_history, seasonal_indices
from sop_dash.core.model.arrays import Array

_FEWEST_MONTHS = 4
_LEAST_CORRELATION = 0.3


def family_season(values: Array, length: IntArray, family: Sequence[str]) -> Array:
    """Seasonal indices of the family for every item under 25 months whose months move with them; 1 elsewhere.

    Args:
        values: Items × months, right-aligned at a month shared by all, NaN before the start, no gaps.
        length: Known months of every item.
        family: Name of each item's family.

    Returns:
        Items × 12, index 0 for the month after the last one. The family's indices come from the sum of its items that
        have 25 months or more; a family without such an item lends nothing. An item under 4 months takes none.
    """
    result = np.ones((len(values), MONTHS_PER_YEAR))
    names = np.asarray(family, dtype=object)
    young = (length >= _FEWEST_MONTHS) & (length < SHORTEST_HISTORY)
    for name in sorted({str(names[row]) for row in np.flatnonzero(young)}):
        grown = np.flatnonzero((names == name) & (length >= SHORTEST_HISTORY))
        if grown.size == 0:
            continue
        months = int(length[grown].min())
        total = np.sort(values[grown][:, -months:], axis=0).sum(axis=0)[None]
        indices = seasonal_indices(total, np.array([months]))[0]
        for row in np.flatnonzero((names == name) & young):
            if _moves_with(values[row, -length[row] :], indices):
                result[row] = indices
    return result


def _moves_with(history: Array, indices: Array) -> bool:
    """Whether the months of an item correlate with the family's indices, after a straight line is taken off both."""
    usual = over_history(indices[None], len(history))[0]
    position = np.arange(len(history)) - (len(history) - 1) / 2.0
    own, lent = (part - part.mean() - position * (part @ position) / (position @ position) for part in (history, usual))
    size = float(np.sqrt((own @ own) * (lent @ lent)))
    return size > 0.0 and float(own @ lent) / size >= _LEAST_CORRELATION
