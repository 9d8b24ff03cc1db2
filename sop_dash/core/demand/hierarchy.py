"""From families to their items and up to categories: middle-out. Units a month, money where units are unlike.

The family is forecast, because it is steady; its items share it in proportion to their own forecasts (forecast
proportions), so that growing and dying items keep their course. A change at a higher level goes down the same way.
"""

from collections.abc import Sequence

import numpy as np

from sop_dash.core.demand.engine import forecast
from sop_dash.core.model.arrays import Array
from sop_dash.core.model.inputs import ItemHistory


def split_down(total: Array, parts: Array) -> Array:
    """[P, T] parts that add up to `total` [T], in the proportions of `parts` [P, T]; equal where all of them are zero.

    Unknown parts count as zero. No parts give no rows.
    """
    size = np.maximum(np.nan_to_num(parts), 0.0)
    whole = size.sum(axis=0)
    equal = np.full_like(size, 1.0 / max(len(size), 1))
    return np.asarray(np.divide(size, whole, out=equal, where=whole > 0.0) * total)


def item_forecasts(items: ItemHistory, family_units: Array, horizon: Sequence[str]) -> Array:
    """[S, T] every item's part of its family's forecast.

    Args:
        items: Histories of the items.
        family_units: [F, T] forecast of the families.
        horizon: [T] months; an item has no share before its launch and after its end.

    Returns:
        Rows that add up to their family in every month; a family without items has no rows. An item to be launched
        takes the forecast of the item it replaces, as long as the two overlap both are in the shares.
    """
    if not items.skus:
        return np.zeros((0, len(horizon)))
    names = [str(family) for family in items.families]
    own = np.nan_to_num(forecast(items.units, len(horizon), family=names).mean)
    place = {sku: row for row, sku in enumerate(items.skus)}
    for row, before in enumerate(items.predecessors):
        if np.isnan(items.units[row]).all() and before in place:
            own[row] = own[place[before]]
    for row in range(len(own)):
        own[row] *= [_sold_in(items, row, month) for month in horizon]
    result = np.zeros_like(own)
    families = np.array(items.families)
    for family in np.unique(families):
        rows = np.flatnonzero(families == family)
        result[rows] = split_down(family_units[family], own[rows])
    return result


def rolled_up(values: Array, groups: Sequence[str]) -> tuple[tuple[str, ...], Array]:
    """Names of the groups in order of appearance, and the sum of their rows [G, …]; NaN where no row is known.

    Args:
        values: [F, …] money, or units of one kind.
        groups: [F] the category of each row.
    """
    names = tuple(dict.fromkeys(groups))
    of = np.array([names.index(group) for group in groups], dtype=np.int64)
    rows = [values[of == place] for place in range(len(names))]
    unknown = [np.isnan(part).all(axis=0) for part in rows]
    sums = [np.where(none, np.nan, np.nansum(part, axis=0)) for part, none in zip(rows, unknown, strict=True)]
    return names, np.stack(sums) if sums else np.zeros((0, *values.shape[1:]))


def _sold_in(items: ItemHistory, row: int, month: str) -> bool:
    launch, end = items.launch_months[row], items.end_months[row]
    return (not launch or launch <= month) and (not end or month <= end)
