"""The best lot where the price depends on how much is ordered. Units, plan currency a year (or any one time unit).

Sources: Heizer & Render (all units); Snyder & Shen ch. 3 (incremental); core specification 7.2.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sop_dash.core.inventory.lots import economic_lot, lot_cost
from sop_dash.core.model.arrays import Array
from sop_dash.core.model.errors import BadValue
from sop_dash.core.model.price_ladder import PriceTier


@dataclass(frozen=True, kw_only=True, eq=False)
class TierLots:
    """Candidates by tier.

    Args:
        economic: [N] economic lot at the terms of each tier.
        lot: [N] the lot that can be ordered in the tier; NaN where its economic lot lies beyond the tier.
        cost: [N] purchase, ordering and holding at that lot; NaN likewise.
    """

    economic: Array
    lot: Array
    cost: Array

    @property
    def best(self) -> int:
        """The cheapest tier; the first among equals."""
        return int(np.nanargmin(self.cost))


def all_units_discount(demand: float, order_cost: float, holding_ratio: float, tiers: Sequence[PriceTier]) -> TierLots:
    """The tier's price holds for every unit of the order.

    Args:
        demand: D, above 0.
        order_cost: K.
        holding_ratio: Cost of holding, share of the price over the time of D, above 0.
        tiers: From small lots to large.

    Raises:
        BadValue: No tier, or tiers out of order.
    """
    start, price, end = _tiers(tiers)
    holding = holding_ratio * price
    economic = economic_lot(np.full(price.shape, demand), order_cost, holding)
    lot = np.where(economic < end, np.maximum(economic, start), np.nan)
    return TierLots(economic=economic, lot=lot, cost=demand * price + lot_cost(lot, demand, order_cost, holding))


def incremental_discount(
    demand: float, order_cost: float, holding_ratio: float, tiers: Sequence[PriceTier]
) -> TierLots:
    """The tier's price holds only for the units beyond its start; arguments and errors as in `all_units_discount`.

    What the first units cost more than the tier's price, K_j, is paid once an order and so acts as an order cost.
    """
    start, price, end = _tiers(tiers)
    extra = np.concatenate(([0.0], np.cumsum((price[:-1] - price[1:]) * start[1:])))
    holding = holding_ratio * price
    economic = economic_lot(np.full(price.shape, demand), order_cost + extra, holding)
    lot = np.where((economic >= start) & (economic < end), economic, np.nan)
    once = holding_ratio * extra / 2.0
    cost = demand * price + once + lot_cost(lot, demand, order_cost + extra, holding)
    return TierLots(economic=economic, lot=lot, cost=cost)


def _tiers(tiers: Sequence[PriceTier]) -> tuple[Array, Array, Array]:
    """[N] start, price and end of each tier."""
    start = np.array([tier.smallest for tier in tiers], dtype=np.float64)
    price = np.array([tier.price for tier in tiers], dtype=np.float64)
    if not len(tiers) or (np.diff(start) <= 0.0).any():
        raise BadValue("discount", "Price tiers must stand from small lots to large.")
    return start, price, np.append(start[1:], np.inf)
