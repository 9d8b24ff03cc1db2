"""How much of one item to order at a time, from all sides: economic, practical, as made, by month, at a price break.

Units; plan currency a year. Sources as in `lots`, `discounts` and `wagner_whitin`; core specification 7.2.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.inventory.discounts import all_units_discount, incremental_discount
from sop_dash.core.inventory.lots import cost_of_rounding, economic_lot, lot_cost, planned_backorder_lot, production_lot
from sop_dash.core.inventory.policy import ItemDemand, ItemPolicy
from sop_dash.core.inventory.price_lots import PriceLots
from sop_dash.core.inventory.safety_stock import newsvendor_cost, newsvendor_level
from sop_dash.core.inventory.wagner_whitin import lot_plan
from sop_dash.core.model.errors import BadValue
from sop_dash.core.model.price_ladder import PriceTier

_YEAR = 12


@dataclass(frozen=True, kw_only=True)
class ItemLots:
    """Lots of one item; NaN where something needed is unknown.

    Args:
        economic: Without limits.
        made: The same where the lot arrives as it is made; NaN for bought items.
        waiting: The same where orders may wait at a cost; NaN where that cost is unknown.
        waiting_ratio: Share of demand that then waits.
        practical: Within smallest order, multiple, shelf life and longest cover.
        practical_cost: Ordering and holding a year with it.
        rounding_factor: That cost over the least possible; NaN where prices fall with the order.
        by_month: What to order in each of the coming twelve months, when demand is taken month by month.
        by_month_cost: Ordering and holding of that year.
        season: What to have for the demand until the next order, were there no other; NaN where a shortage has no cost.
        season_cost: Expected cost of having too much or too little of it.
        prices: The orders of the prices that fall with them; None where none are known.
    """

    economic: float
    made: float
    waiting: float
    waiting_ratio: float
    practical: float
    practical_cost: float
    rounding_factor: float
    by_month: tuple[float, ...]
    by_month_cost: float
    season: float
    season_cost: float
    prices: PriceLots | None = None


def lots_of_item(
    policy: ItemPolicy,
    item: int,
    demand: ItemDemand,
    *,
    carrying_ratio_per_year: float,
    output_a_year: float,
    waiting_a_year: float,
    shortage_value: float,
) -> ItemLots:
    """All lots of the item at a position.

    Args:
        policy: The policy in force.
        item: Its position.
        demand: What the policy rests on.
        carrying_ratio_per_year: Cost of holding stock, share of cost.
        output_a_year: What its line can make of it a year; NaN where bought or unknown.
        waiting_a_year: What a unit costs that waits for a year; NaN where orders may not wait.
        shortage_value: What a unit short costs; NaN unknown.
    """
    year, cost, order_cost = _terms(policy, item)
    prices = policy.price_lots.get(item)
    holding = carrying_ratio_per_year * cost
    at_lot = carrying_ratio_per_year * prices.price if prices else holding
    economic, practical = float(policy.economic_lot[item]), float(policy.lot[item])
    priced = order_cost >= 0.0 and holding > 0.0
    plan = lot_plan(np.maximum(demand.ahead[item, :_YEAR], 0.0), order_cost, holding / _YEAR) if priced else None
    waiting, share = planned_backorder_lot(year, order_cost, holding, waiting_a_year)
    season, season_cost = _season(policy, item, holding, shortage_value)
    return ItemLots(
        economic=economic,
        waiting=float(waiting) if waiting_a_year > 0.0 else np.nan,
        waiting_ratio=float(share),
        made=float(production_lot(year, order_cost, holding, output_a_year)) if output_a_year > year else np.nan,
        practical=practical,
        practical_cost=float(lot_cost(practical, year, order_cost, at_lot)) if priced else np.nan,
        rounding_factor=np.nan if prices else float(cost_of_rounding(practical, economic)),
        by_month=tuple(plan.lots.tolist()) if plan else (),
        by_month_cost=plan.cost if plan else np.nan,
        season=season,
        season_cost=season_cost,
        prices=prices,
    )


def _season(policy: ItemPolicy, item: int, holding: float, shortage: float) -> tuple[float, float]:
    """Newsvendor level and its expected cost; too much costs its holding over the protection interval."""
    mean, spread = float(policy.protection_demand[item]), float(policy.sigma[item])
    overage = holding * float(policy.protection_months[item]) / _YEAR
    if not (overage > 0.0 and shortage > 0.0):
        return np.nan, np.nan
    level = newsvendor_level(mean, spread, overage=overage, underage=shortage)
    return float(level), float(newsvendor_cost(level, mean, spread, overage=overage, underage=shortage))


@dataclass(frozen=True, kw_only=True)
class PriceBreak:
    """What a lower price from so many units on is worth.

    Args:
        lot: Best lot with the lower price for every unit.
        saving: Purchase, ordering and holding saved a year; 0 where a price known already is as good.
        incremental_lot, incremental_saving: The same where the lower price holds only for the units beyond the break.
    """

    lot: float
    saving: float
    incremental_lot: float
    incremental_saving: float


def price_break(
    policy: ItemPolicy, item: int, *, from_units: float, price: float, carrying_ratio_per_year: float
) -> PriceBreak:
    """Judge an offer: `price` a unit from `from_units` on, against the prices known, else the standard cost.

    Raises:
        BadValue: The offer is none, or demand, cost or order cost of the item are unknown.
    """
    year, cost, order_cost = _terms(policy, item)
    known = policy.price_lots.get(item)
    cost = known.ladder.tiers[0].price if known else cost
    if not all(np.isfinite(value) and value > 0.0 for value in (year, cost, order_cost)):
        raise BadValue("item", "Demand, unit cost and order cost of the item must be known to judge a price break.")
    if not (from_units > 0.0 and 0.0 < price < cost):
        raise BadValue("price", f"A price break needs units above 0 and a price below the cost of {cost:,.2f}.")
    tiers = (PriceTier(smallest=0.0, price=cost), PriceTier(smallest=from_units, price=price))
    whole = all_units_discount(year, order_cost, carrying_ratio_per_year, tiers)
    part = incremental_discount(year, order_cost, carrying_ratio_per_year, tiers)
    holding = carrying_ratio_per_year * cost
    plain = year * cost + float(lot_cost(economic_lot(year, order_cost, holding), year, order_cost, holding))
    plain = min(plain, float(known.cost[known.best])) if known else plain
    return PriceBreak(
        lot=float(whole.lot[whole.best]),
        saving=max(plain - float(whole.cost[whole.best]), 0.0),
        incremental_lot=float(part.lot[part.best]),
        incremental_saving=max(plain - float(part.cost[part.best]), 0.0),
    )


def _terms(policy: ItemPolicy, item: int) -> tuple[float, float, float]:
    items = policy.items
    return float(policy.year_units[item]), float(items.unit_cost[item]), float(items.order_cost[item])
