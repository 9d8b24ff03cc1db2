"""The best order of an item whose price falls with the order, within what can be ordered and kept. Units, money a year.

Each tier offers its economic lot; smallest order, multiple, shelf life and longest cover turn it into one that can be
ordered, and what that one costs a year decides. Source: core specification 7.2.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from sop_dash.core.inventory.discounts import all_units_discount, incremental_discount
from sop_dash.core.inventory.lots import lot_cost, practical_lot
from sop_dash.core.model.arrays import Array
from sop_dash.core.model.items import ItemInputs
from sop_dash.core.model.price_ladder import PriceLadder


@dataclass(frozen=True, kw_only=True, eq=False)
class PriceLots:
    """Orders by tier, [N] each.

    Args:
        ladder: The prices.
        lot: What can be ordered in the tier or nearest to it; NaN where another tier is always better.
        cost: Purchase, ordering and holding a year at that order; NaN likewise.
        economic: Of the best order, before limits.
        plain_cost: The same with the best order at the plain price alone.
    """

    ladder: PriceLadder
    lot: Array
    cost: Array
    economic: float
    plain_cost: float

    @property
    def best(self) -> int:
        """The tier whose order costs least; the first among equals."""
        return int(np.nanargmin(self.cost))

    @property
    def price(self) -> float:
        """Mean price of a unit of the best order."""
        units = float(self.lot[self.best])
        return self.ladder.purchase_value(units) / units

    @property
    def saving(self) -> float:
        """Saved a year against the plain price; 0 where that stays the best."""
        return max(self.plain_cost - float(self.cost[self.best]), 0.0)


def price_lots(
    ladder: PriceLadder,
    *,
    demand: float,
    order_cost: float,
    holding_ratio: float,
    orderable: Callable[[Array], Array],
) -> PriceLots | None:
    """The order of every tier; None where demand, order cost or holding say nothing.

    Args:
        ladder: The prices.
        demand: Units a year.
        order_cost: Of one order.
        holding_ratio: Cost of holding stock, share of its price a year.
        orderable: Lots that can be ordered and kept, for lots [n].
    """
    if not (demand > 0.0 and order_cost > 0.0 and holding_ratio > 0.0):
        return None
    discount = incremental_discount if ladder.incremental else all_units_discount
    found = discount(demand, order_cost, holding_ratio, ladder.tiers)
    plain = PriceLadder(tiers=ladder.tiers[:1], incremental=False)
    alone = all_units_discount(demand, order_cost, holding_ratio, plain.tiers).lot
    # A limit may cut a larger order down to a worse one than the plain lot, which no tier then offers.
    wanted = np.concatenate((np.where(np.isnan(found.lot[:1]), alone, found.lot[:1]), found.lot[1:]))
    lot = orderable(wanted)
    cost = np.array([_year_cost(ladder, units, demand, order_cost, holding_ratio) for units in lot.tolist()])
    best = int(np.nanargmin(cost))
    return PriceLots(
        ladder=ladder,
        lot=lot,
        cost=cost,
        economic=float(wanted[best]),
        plain_cost=_year_cost(plain, float(orderable(alone)[0]), demand, order_cost, holding_ratio),
    )


def item_price_lots(items: ItemInputs, year: Array, largest: Array, holding_ratio: float) -> dict[int, PriceLots]:
    """By position, what the prices of items offer where they can be weighed.

    Args:
        items: With their ladders.
        year: [S] demand of a year.
        largest: [S] the largest order that may be kept.
        holding_ratio: As in `price_lots`.
    """
    found: dict[int, PriceLots] = {}
    for item, ladder in items.price_ladders.items():
        smallest, multiple = items.smallest_order[item], items.lot_multiple[item]
        lots = price_lots(
            ladder,
            demand=float(year[item]),
            order_cost=float(items.order_cost[item]),
            holding_ratio=holding_ratio,
            orderable=partial(practical_lot, smallest=smallest, multiple=multiple, largest=largest[item]),
        )
        if lots is not None:
            found[item] = lots
    return found


def _year_cost(ladder: PriceLadder, units: float, demand: float, order_cost: float, holding_ratio: float) -> float:
    """Purchase, ordering and holding a year; NaN without an order."""
    if not units > 0.0:
        return np.nan
    price = ladder.purchase_value(units) / units
    return demand * price + float(lot_cost(units, demand, order_cost, holding_ratio * price))
