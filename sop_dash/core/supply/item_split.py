"""Family plan to items by fair share: supply goes where stock would run out first, so that all items last equally long.

Units a month. Families decide the volume, items only the mix: supply of items adds up to that of their family. What an
item has too much of cannot serve another one: demand not served for that reason alone is the mix loss.
Shapes: F families, S items in the order of their families, T months. Source: core specification 5.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sop_dash.core.model.arrays import Array, IntArray, ratio_or_nan

_PASSES = 4
_YEAR = 12


@dataclass(frozen=True, kw_only=True, eq=False)
class ItemMix:
    """What no lever changes of the items; made once for a data load.

    Args:
        family: [S] position of each item's family; never falls.
        families: F.
        opening_units: [S] saleable stock of the items, adding up to that of the family.
        demand_share: [T, S] share of each item in the demand of its family, month by month.
        past_share: [S] share of what was sold; for months in which nothing is asked for or aimed at.
    """

    family: IntArray
    families: int
    opening_units: Array
    demand_share: Array
    past_share: Array

    @cached_property
    def starts(self) -> IntArray:
        """First item of every family that has any."""
        return np.flatnonzero(np.diff(self.family, prepend=-1)).astype(np.int64)

    @cached_property
    def present(self) -> IntArray:
        """Families that have items."""
        return self.family[self.starts]

    @cached_property
    def counts(self) -> IntArray:
        """How many items each of them has."""
        return np.diff(self.starts, append=len(self.family))

    @cached_property
    def next_share(self) -> Array:
        """[T, S] share of the month that follows, which stock at month end is there for."""
        return np.concatenate((self.demand_share[1:], self.demand_share[-1:]))


@dataclass(frozen=True, kw_only=True, eq=False)
class ItemSplit:
    """The plan by item.

    Args:
        demand_units, supply_units, served_units, closing_units, target_units: [S, T].
        mix_loss_units: [F, T] shipments of the family plan that its items cannot make because the stock is in the
            wrong items; stock of items exceeds that of the family by what was lost up to then.
    """

    demand_units: Array
    supply_units: Array
    served_units: Array
    closing_units: Array
    target_units: Array
    mix_loss_units: Array


def item_mix(
    family: IntArray, demand_ahead: Array, demand_past: Array, saleable: Array, opening_units: Array, months: int
) -> ItemMix:
    """Shares and opening stock of the items.

    Args:
        family: [S] position of each item's family; never falls.
        demand_ahead: [S, n] expected demand of the items, n months or more than `months`.
        demand_past: [S, H] history; NaN before the first sale.
        saleable: [S] stock by item; NaN where unknown. Scaled to the stock of the family; split by demand where no
            item of the family is known to hold any.
        opening_units: [F] opening stock of the family plan.
        months: T.
    """
    count = len(opening_units)
    past_share = _past_share(np.maximum(np.nan_to_num(demand_past), 0.0), family, count)
    share = _share(np.ascontiguousarray(demand_ahead[:, :months].T), family, count)
    given = np.maximum(np.nan_to_num(saleable), 0.0)
    held = np.bincount(family, given, minlength=count)
    alone = np.where(held[family] > 0.0, given, np.where(share[0] > 0.0, share[0], past_share))
    whole = np.bincount(family, alone, minlength=count)
    opening = np.nan_to_num(alone * ratio_or_nan(opening_units, whole)[family])
    return ItemMix(family=family, families=count, opening_units=opening, demand_share=share, past_share=past_share)


def split_to_items(
    mix: ItemMix, *, demand_units: Array, target_units: Array, supply_units: Array, shipped_units: Array
) -> ItemSplit:
    """Split the family plan month by month.

    Args:
        mix: The items.
        demand_units: [F, T] committed demand.
        target_units: [F, T] stock target at month end, shared as the demand of the month after.
        supply_units: [F, T] what arrives: made, bought, outsourced and on order.
        shipped_units: [F, T] what the family plan ships.
    """
    asked = mix.demand_share * _spread(demand_units, mix)
    aimed = mix.next_share * _spread(target_units, mix)
    # Above 1 where a backlog is caught up.
    more = np.maximum(np.nan_to_num(ratio_or_nan(shipped_units, demand_units), nan=1.0), 1.0)
    able = asked * _spread(more, mix) if (more > 1.0).any() else asked
    supply, shipped = (np.maximum(units[mix.present].T, 0.0) for units in (supply_units, shipped_units))
    given, served, closing = (np.empty_like(asked) for _ in range(3))
    loss = np.zeros((mix.families, asked.shape[0]))
    stock, need = mix.opening_units, asked + aimed
    for month in range(asked.shape[0]):
        given[month] = _fair_share(mix, supply[month], stock, need[month])
        there = stock + given[month]
        out = np.minimum(there, able[month])
        total, planned = np.add.reduceat(out, mix.starts), shipped[month]
        fits = np.divide(planned, total, out=np.ones_like(total), where=total > planned)
        out *= np.repeat(fits, mix.counts)
        loss[mix.present, month] = np.maximum(planned - total, 0.0)
        served[month], stock = out, there - out
        closing[month] = stock
    return ItemSplit(
        demand_units=asked.T,
        supply_units=given.T,
        served_units=served.T,
        closing_units=closing.T,
        target_units=aimed.T,
        mix_loss_units=loss,
    )


def _fair_share(mix: ItemMix, supply: Array, stock: Array, need: Array) -> Array:
    """[S] water filling: (stock + share) ÷ need alike for all items that get any; items that have more get nothing.

    Adds up to the `supply` of each family; where nothing is needed it is split as past months sold.
    """
    active_need, active_stock = need.copy(), np.where(need > 0.0, stock, 0.0)
    share = np.zeros_like(need)
    for _ in range(_PASSES):
        needed = np.add.reduceat(active_need, mix.starts)
        level = np.divide(
            supply + np.add.reduceat(active_stock, mix.starts), needed, out=np.zeros_like(needed), where=needed > 0.0
        )
        share = np.repeat(level, mix.counts) * active_need - active_stock
        enough = share < 0.0
        if not enough.any():
            break
        active_need[enough] = 0.0
        active_stock[enough] = 0.0
        share[enough] = 0.0
    total = np.add.reduceat(share, mix.starts)
    factor = np.divide(supply, total, out=np.zeros_like(total), where=total > 0.0)
    split = share * np.repeat(factor, mix.counts)
    idle = (np.add.reduceat(need, mix.starts) <= 0.0) & (supply > 0.0)
    if idle.any():
        split += mix.past_share * np.repeat(np.where(idle, supply, 0.0), mix.counts)
    return np.asarray(split)


def _past_share(sold: Array, family: IntArray, families: int) -> Array:
    """[S] by the last twelve months, else all months known, else alike; adds up to 1 in every family."""
    share = np.zeros(len(family))
    for units in (sold[:, -_YEAR:].sum(axis=1), sold.sum(axis=1), np.ones(len(family))):
        known = np.bincount(family, share, minlength=families)[family] > 0.0
        share = np.where(known, share, _share(units[None, :], family, families)[0])
    return share


def _share(units: Array, family: IntArray, families: int) -> Array:
    """[n, S] share of each item in the sum of its family; 0 where the family has none."""
    total = np.stack([np.bincount(family, row, minlength=families) for row in units])
    return np.asarray(np.nan_to_num(ratio_or_nan(units, total[:, family])))


def _spread(units: Array, mix: ItemMix) -> Array:
    """[T, S] the figure of each item's family."""
    return np.asarray(np.repeat(units[mix.present].T, mix.counts, axis=1))
