"""From families to their items and up to categories: middle-out. Units a month, money where units are unlike.

The family is forecast, because it is steady; its items share it in proportion to their own forecasts (forecast
proportions), so that growing and dying items keep their course. A change at a higher level goes down the same way.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sop_dash.core.demand.engine import forecast
from sop_dash.core.model.arrays import Array
from sop_dash.core.model.inputs import ItemHistory

_YEAR = 12


@dataclass(frozen=True, kw_only=True, eq=False)
class ItemShares:
    """How families spread over their items, month by month.

    Args:
        families: [S] position of each item's family.
        ratio: [S, T] share of the family; the items of a family add up to 1 in every month.
        own_units: [S, T] each item's forecast by itself, before it is tied to the family.
        methods: [S] the rule behind it, in plain words.
    """

    families: tuple[int, ...]
    ratio: Array
    own_units: Array
    methods: tuple[str, ...]

    def of(self, family_units: Array) -> Array:
        """[S, T] items that add up to `family_units` [F, T], whichever stream that is; no items give no rows."""
        return np.asarray(self.ratio * family_units[list(self.families)])


def item_shares(items: ItemHistory, horizon: Sequence[str]) -> ItemShares:
    """Shares of the items in their families, by the engine's own forecast of every item.

    An item has no share before its launch and after its end. One to be launched takes the forecast of the item it
    replaces; as long as the two overlap both are in the shares. Where no item of a family has a forecast its items
    share by their last twelve months, and where they sold nothing either, equally.
    """
    months = len(horizon)
    if not items.skus:
        return ItemShares(families=(), ratio=np.zeros((0, months)), own_units=np.zeros((0, months)), methods=())
    made = forecast(items.units, months, family=[str(family) for family in items.families])
    own, methods = np.maximum(np.nan_to_num(made.mean), 0.0), list(made.method)
    place = {sku: row for row, sku in enumerate(items.skus)}
    for row, before in enumerate(items.predecessors):
        if before in place and np.isnan(items.units[row]).all():
            own[row] = own[place[before]]
            methods[row] = f"as {before}, which it replaces"
    own *= np.array([[_sold_in(items, row, month) for month in horizon] for row in range(len(own))])
    latest = np.nan_to_num(items.units[:, -_YEAR:]).sum(axis=1, keepdims=True)
    ratio = np.zeros_like(own)
    families = np.array(items.families)
    for family in np.unique(families):
        rows = np.flatnonzero(families == family)
        by_sales = split_down(np.ones(months), np.repeat(latest[rows], months, axis=1))
        ratio[rows] = np.where(own[rows].sum(axis=0) > 0.0, split_down(np.ones(months), own[rows]), by_sales)
    return ItemShares(families=items.families, ratio=ratio, own_units=own, methods=tuple(methods))


def split_down(total: Array, parts: Array) -> Array:
    """[P, T] parts that add up to `total` [T], in the proportions of `parts` [P, T]; equal where all of them are zero.

    Unknown parts count as zero. No parts give no rows.
    """
    size = np.maximum(np.nan_to_num(parts), 0.0)
    whole = size.sum(axis=0)
    equal = np.full_like(size, 1.0 / max(len(size), 1))
    return np.asarray(np.divide(size, whole, out=equal, where=whole > 0.0) * total)


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
