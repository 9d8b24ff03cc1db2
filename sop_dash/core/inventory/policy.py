"""Inventory policy: class, safety stock, lot and reorder point of every item, and what to order now. Units and months.

Vectorised over items; every rule stands in a module of its own. Source: core specification 7.1–7.4.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from sop_dash.core.inventory.classes import (
    UNRANKED,
    Classes,
    RankedBy,
    abc_classes,
    demand_patterns,
    xyz_classes,
    yearly_value,
)
from sop_dash.core.inventory.health import at_risk_units, demand_within, excess_units, forward_days, obsolete
from sop_dash.core.inventory.lots import economic_lot, practical_lot
from sop_dash.core.inventory.price_lots import PriceLots, item_price_lots
from sop_dash.core.inventory.protection import (
    ErrorSpread,
    error_spread,
    with_lead_time_spread,
    with_shared_lead_time_spread,
)
from sop_dash.core.inventory.safety_stock import (
    ImpliedService,
    cycle_service_stock,
    economic_service,
    fill_rate_stock,
    implied_service,
)
from sop_dash.core.inventory.slow_movers import SLOW_UNITS, slow_mover_reorder_point
from sop_dash.core.model.arrays import Array, BoolArray, ratio_or_nan
from sop_dash.core.model.items import ItemInputs
from sop_dash.core.model.periods import DAYS_PER_MONTH, calendar_days
from sop_dash.core.model.planning_settings import PlanningSettings, SafetyStockRule

_YEAR = 12
LEAST_SERVICE = 0.5
"""Where a shortage costs less than the stock that prevents it, no safety stock is kept."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ItemDemand:
    """What is known of the demand of items.

    Args:
        ahead: [S, T] expected, month by month; items add up to their family.
        errors: [O, S, L] forecast − actual of past forecasts, by months ahead from one.
        without_season: [S, H] history without its season; NaN before the first sale.
    """

    ahead: Array
    errors: Array
    without_season: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class ItemPolicy:
    """The policy; [S] each, NaN where something it needs is unknown.

    Args:
        items: What it was made from.
        abc: Class by the coming year's demand in `ranked_by`; unranked items are aimed at like C.
        ranked_by: What the value of items is counted in.
        year_value: The coming year's demand in it.
        xyz: Class by the spread of demand without its season; "N" for items too new to tell.
        pattern: "smooth", "erratic", "intermittent", "lumpy" or "none".
        year_units: Demand of the coming twelve months.
        service_ratio: Service aimed at, in the terms of the rule in force.
        lead_months, protection_months: Lead time, and with the review interval.
        protection_demand: Demand over the protection interval.
        spread: Errors of the forecast behind the safety stock.
        sigma: Spread over the protection interval, that of the lead time included.
        slow: True where demand over the interval is below ten units and counted one by one.
        safety_stock: May be below zero under a fill rate.
        economic_lot: Before limits; NaN without an order cost.
        lot: What can be ordered.
        price_lots: By position, of the items whose price falls with the order: what each price offers.
        reorder_point: Order when the position is at or below it.
        order_up_to: Reorder point and lot.
        position: Saleable stock + open orders − backlog.
        order_now: What to order today; 0 where the position is above the reorder point.
        days_of_supply: How long saleable stock lasts.
        excess, at_risk, obsolete_units: Parts of the stock, of which each unit may count in several.
        in_force: Service that the safety stock in force gives with the lot of this policy.
    """

    items: ItemInputs
    abc: Classes
    ranked_by: RankedBy
    year_value: Array
    xyz: Classes
    pattern: Classes
    year_units: Array
    service_ratio: Array
    lead_months: Array
    protection_months: Array
    protection_demand: Array
    spread: ErrorSpread
    sigma: Array
    slow: BoolArray
    safety_stock: Array
    economic_lot: Array
    lot: Array
    price_lots: Mapping[int, PriceLots]
    reorder_point: Array
    order_up_to: Array
    position: Array
    order_now: Array
    days_of_supply: Array
    excess: Array
    at_risk: Array
    obsolete_units: Array
    in_force: ImpliedService

    @property
    def protection_pace(self) -> Array:
        """[S] demand of the protection interval ÷ the year's average over as long: above 1 before a peak; NaN without.

        The reorder point rests on the demand expected in that interval, because it is what stock must last for; a
        year's average would order too little before a peak and too much after it.
        """
        return ratio_or_nan(self.protection_demand, self.year_units / _YEAR * self.protection_months)

    @property
    def average_stock(self) -> Array:
        """[S] what the policy keeps on average: safety stock and half a lot."""
        return np.asarray(np.maximum(self.safety_stock, 0.0) + self.lot / 2.0)

    @property
    def notes(self) -> tuple[str, ...]:
        """[S] what is missing or thin in a policy, in words; empty where nothing is."""
        items, spread = self.items, self.spread
        reasons = (
            ("no longer sold", items.ended),
            ("no demand ahead", (self.year_units == 0.0) & ~items.ended),
            ("no lead time", np.isnan(self.lead_months)),
            ("stock unknown", np.isnan(self.position)),
            ("no cost", np.isnan(items.unit_cost)),
            (f"no class: {self.ranked_by} unknown", self.abc == UNRANKED),
            ("no order cost", np.isnan(items.order_cost)),
            ("order size by a price break", self.price_saving_value > 0.0),
            ("too new: spread of its family", spread.borrowed & ~np.isnan(self.sigma)),
            ("few forecast errors", spread.thin & ~spread.borrowed),
        )
        rows = range(len(items.skus))
        return tuple("; ".join(words for words, where in reasons if where[row]) for row in rows)

    @property
    def lot_price(self) -> Array:
        """[S] mean price of a unit of the lot, where the price falls with the order; NaN elsewhere."""
        return self._of_prices(lambda found: found.price)

    @property
    def price_saving_value(self) -> Array:
        """[S] purchase, ordering and holding saved a year by price breaks; NaN where none are known."""
        return self._of_prices(lambda found: found.saving)

    def _of_prices(self, figure: Callable[[PriceLots], float]) -> Array:
        values = np.full(len(self.items.skus), np.nan)
        for item, found in self.price_lots.items():
            values[item] = figure(found)
        return values

    @property
    def safety_change_value(self) -> Array:
        """[S] money more in stock when this safety stock replaces the one in force; NaN where none is in force."""
        return np.asarray(
            (np.maximum(self.safety_stock, 0.0) - self.items.safety_stock_in_force) * self.items.unit_cost
        )


def item_policy(
    items: ItemInputs,
    demand: ItemDemand,
    settings: PlanningSettings,
    carrying_ratio_per_year: float,
    shortage_value: Array | None = None,
) -> ItemPolicy:
    """The policy of every item under the settings.

    Args:
        items: The items.
        demand: Their demand.
        settings: Rule, aims and limits.
        carrying_ratio_per_year: Cost of holding stock, share of cost.
        shortage_value: [S] what each unit short costs, which the rule of least cost weighs; None where unknown.

    Raises:
        BadValue: A service target that no stock can give.
    """
    days = calendar_days(items.grain.horizon)
    year = demand_within(demand.ahead, np.full(len(items.skus), float(_YEAR)))
    value, ranked_by = yearly_value(year, items.unit_cost, items.unit_revenue)
    abc = abc_classes(value, items.skus, (settings.abc_a_share, settings.abc_b_share)).abc
    lead = items.lead_time_days / DAYS_PER_MONTH
    protection = lead + settings.review_days / DAYS_PER_MONTH
    needed = demand_within(demand.ahead, protection)
    spread = error_spread(demand.errors, protection, year / _YEAR, items.families)
    widened = with_shared_lead_time_spread if settings.lead_time_moves_with_demand else with_lead_time_spread
    sigma = widened(spread.protection_units, year / _YEAR, np.nan_to_num(items.lead_time_sd_days) / DAYS_PER_MONTH)
    economic = economic_lot(year, items.order_cost, carrying_ratio_per_year * items.unit_cost)
    largest = _largest(items, year, settings)
    lot = _lot(items, economic, year, largest)
    priced = item_price_lots(items, year, largest, carrying_ratio_per_year)
    for item, found in priced.items():
        economic[item], lot[item] = found.economic, found.lot[found.best]
    holding = carrying_ratio_per_year * items.unit_cost
    service = _service(abc, settings, economic_service(holding, lot, _or_nan(shortage_value, lot), year))
    slow = np.asarray(needed < SLOW_UNITS)
    safety = _safety_stock(demand, needed, sigma, lot, service, slow, settings, days)
    point = np.where(year == 0.0, 0.0, needed + safety)
    position = items.saleable_units + np.nan_to_num(items.on_order_units) - np.nan_to_num(items.backlog_units)
    asked = np.where((position <= point) & (year > 0.0), np.maximum(lot, point - position), 0.0)
    on_hand, on_order = items.saleable_units, np.nan_to_num(items.on_order_units)
    gone = obsolete(items.on_hand_units, demand.ahead, items.demand_units[:, -_YEAR:], items.ended)
    life = np.fmin(items.shelf_life_months, items.months_left)
    return ItemPolicy(
        items=items,
        abc=abc,
        ranked_by=ranked_by,
        year_value=value,
        xyz=xyz_classes(demand.without_season, (settings.xyz_x_cv, settings.xyz_y_cv)),
        pattern=demand_patterns(items.demand_units),
        year_units=year,
        service_ratio=service,
        lead_months=lead,
        protection_months=protection,
        protection_demand=needed,
        spread=spread,
        sigma=sigma,
        slow=slow,
        safety_stock=np.where(year == 0.0, 0.0, safety),
        economic_lot=economic,
        lot=lot,
        price_lots=priced,
        reorder_point=point,
        order_up_to=point + lot,
        position=position,
        order_now=np.where(np.isnan(position) | np.isnan(point), np.nan, _orderable(items, asked)),
        days_of_supply=forward_days(on_hand, demand.ahead, days),
        excess=excess_units(on_hand, on_order, demand_within(demand.ahead, _excess_months(abc, settings)), safety),
        at_risk=at_risk_units(on_hand, demand.ahead, life),
        obsolete_units=np.where(gone, items.on_hand_units, items.on_hand_units * 0.0),
        in_force=implied_service(items.safety_stock_in_force, sigma, lot),
    )


def cover_service(policy: ItemPolicy, cover_units: Array) -> ImpliedService:
    """What so many units of cover [S] give against the spread of each item, ordered a month of demand at a time."""
    return implied_service(cover_units, policy.sigma, np.maximum(policy.lot, policy.year_units / _YEAR))


def _largest(items: ItemInputs, year: Array, settings: PlanningSettings) -> Array:
    """[S] the largest order that is used up within shelf life and longest cover."""
    days = np.fmin(items.shelf_life_months * DAYS_PER_MONTH, settings.largest_lot_days)
    return np.asarray(year / _YEAR * days / DAYS_PER_MONTH)


def _lot(items: ItemInputs, economic: Array, year: Array, largest: Array) -> Array:
    """[S] the practical lot; without an order cost the smallest order, or a month of demand where there is none."""
    wanted = np.where(np.isnan(economic), np.where(np.isnan(items.smallest_order), year / _YEAR, 0.0), economic)
    wanted = np.where(np.isnan(economic) & (year > 0.0), np.fmax(wanted, items.smallest_order), wanted)
    return practical_lot(wanted, smallest=items.smallest_order, multiple=items.lot_multiple, largest=largest)


def _orderable(items: ItemInputs, asked: Array) -> Array:
    """[S] at least what is asked, in an order that can be placed."""
    return practical_lot(asked, smallest=items.smallest_order, multiple=items.lot_multiple, largest=np.inf)


def _or_nan(values: Array | None, like: Array) -> Array:
    return np.full(like.shape, np.nan) if values is None else values


def _service(abc: Classes, settings: PlanningSettings, cheapest: Array) -> Array:
    if settings.safety_stock_rule is SafetyStockRule.FILL_RATE:
        return np.full(len(abc), settings.service_target)
    if settings.safety_stock_rule is SafetyStockRule.LEAST_COST:
        return np.where(cheapest > 0.0, cheapest, np.where(np.isnan(cheapest), np.nan, LEAST_SERVICE))
    return _of_class(abc, settings.cycle_service_a, settings.cycle_service_b, settings.cycle_service_c)


def _excess_months(abc: Classes, settings: PlanningSettings) -> Array:
    return _of_class(abc, settings.excess_months_a, settings.excess_months_b, settings.excess_months_c)


def _of_class(abc: Classes, a: float, b: float, c: float) -> Array:
    return np.where(abc == "A", a, np.where(abc == "B", b, c))


def _safety_stock(
    demand: ItemDemand,
    needed: Array,
    sigma: Array,
    lot: Array,
    service: Array,
    slow: BoolArray,
    settings: PlanningSettings,
    days: Array,
) -> Array:
    """[S] by the rule in force; slow movers are counted one by one whatever the rule, cover days excepted."""
    if settings.safety_stock_rule is SafetyStockRule.COVER_DAYS:
        months = np.interp(settings.cover_days, np.concatenate(([0.0], np.cumsum(days))), np.arange(len(days) + 1.0))
        return demand_within(demand.ahead, np.full(len(lot), float(months)))
    if settings.safety_stock_rule is SafetyStockRule.FILL_RATE:
        normal = fill_rate_stock(
            sigma, np.where(lot > 0.0, lot, np.nan), service, lost_sales=settings.short_demand_lost
        )
    else:
        normal = cycle_service_stock(sigma, service)
    return np.where(slow, slow_mover_reorder_point(needed, sigma**2, service) - needed, normal)
