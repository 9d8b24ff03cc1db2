"""What the plan weighs: prices, costs and penalties per unit and per hour. Plan currency.

Reported money uses the given prices and standard costs and stays unknown where they are. The planning costs fill gaps
with stand-ins and use the avoidable part of the cost, because a decision only moves that part. Source: core 2.5, 2.5b.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array, BoolArray, ratio_or_nan
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.supply.capacity import overtime_premium_per_hour

_COST_OF_PRICE_RATIO = 0.6
_GLIDE_OF_HOLDING = 1.5
_BELOW_TARGET_OF_HOLDING = 1.5
_BELOW_TARGET_OF_OVERTIME = 0.5
_OUTSIDE_BAND_OF_COST = 0.5


@dataclass(frozen=True, kw_only=True, eq=False)
class PriceAndCost:
    """Reported money per unit over the horizon, NaN where unknown: `price` [F, C, T], `unit_cost` [F, T].

    `price_assumed` [F, C] and `cost_assumed` [F] are True where the horizon had none and the last known one goes on.
    """

    price: Array
    unit_cost: Array
    price_assumed: BoolArray
    cost_assumed: BoolArray


def price_and_cost(inputs: PlanInputs) -> PriceAndCost:
    """Planned prices and costs; where none is given, the achieved price of the last twelve months and the last cost."""
    months = len(inputs.grain.history)
    planned, past_cost = inputs.money.price[:, :, months:], inputs.money.unit_cost[:, :months]
    revenue = np.nansum(inputs.sales.net_revenue_value[:, :, -12:], axis=2)
    units = np.nansum(inputs.sales.units[:, :, -12:], axis=2)
    achieved = np.where(units > 0.0, ratio_or_nan(revenue, units), np.nan)
    achieved = np.where(revenue == 0.0, np.nan, achieved)
    price = np.where(np.isnan(planned), achieved[:, :, None], planned)
    known = ~np.isnan(past_cost)
    last = past_cost.shape[1] - 1 - np.argmax(known[:, ::-1], axis=1) if months else np.zeros(len(planned), np.int64)
    last_cost = (
        np.where(known.any(axis=1), past_cost[np.arange(len(planned)), last], np.nan)
        if months
        else np.full(len(planned), np.nan)
    )
    given = inputs.money.unit_cost[:, months:]
    cost = np.where(np.isnan(given), last_cost[:, None], given)
    return PriceAndCost(
        price=price,
        unit_cost=cost,
        price_assumed=np.asarray((np.isnan(planned) & ~np.isnan(price)).any(axis=2)),
        cost_assumed=np.asarray((np.isnan(given) & ~np.isnan(cost)).any(axis=1)),
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class PlanningCosts:
    """What the supply plan is decided on; never unknown.

    Args:
        price: [F, C, T] net price with stand-ins.
        standard_cost: [F, T] with stand-ins.
        make_cost: [F, T] avoidable part of the standard cost.
        outsource_cost: [F, T] delivered cost: standard cost and premium.
        outsource_premium: [F, T] per unit, on the known standard cost; NaN where that is unknown and none is given.
        overtime_premium_per_hour: [R].
        overtime_known: [F] whether the premium of its overtime rests on figures of the company: a premium given, or a
            known standard cost.
        holding_cost: [F] per unit-month.
        target_penalty, glide_penalty: [F] per unit-month.
        band_penalty: [F] per unit outside a restricted month's band.
        goodwill: [F] per lost unit; counts under the money objective only.
    """

    price: Array
    standard_cost: Array
    make_cost: Array
    outsource_cost: Array
    outsource_premium: Array
    overtime_premium_per_hour: Array
    overtime_known: BoolArray
    holding_cost: Array
    target_penalty: Array
    glide_penalty: Array
    band_penalty: Array
    goodwill: Array


def planning_costs(
    inputs: PlanInputs, settings: PlanningSettings, money: PriceAndCost, mean_demand: Array
) -> PlanningCosts:
    """The cost ladder: carrying < glide < below target < overtime < outsourcing ≪ lost.

    Args:
        inputs: Given premiums, routing and shares.
        settings: Defaults for what is not given.
        money: Prices and standard costs.
        mean_demand: [F] units a month, the weights with which premiums per unit become premiums per hour.
    """
    price, cost = _with_stand_ins(money)
    supply = inputs.supply
    mean_cost = cost.mean(axis=1)
    made = np.asarray(inputs.grain.made, dtype=np.bool_)
    avoidable = np.where(made, settings.avoidable_cost_ratio, 1.0)
    avoidable = np.where(np.isnan(inputs.money.avoidable_cost_ratio), avoidable, inputs.money.avoidable_cost_ratio)
    per_unit = supply.overtime_premium_per_unit
    overtime_unit = np.where(np.isnan(per_unit), settings.overtime_premium_ratio * mean_cost, per_unit)
    given, share = supply.outsource_premium_per_unit[:, None], settings.outsource_premium_ratio
    holding = carrying_ratio(inputs, settings) / 12.0 * mean_cost + storage_cost(inputs)
    goodwill = np.where(
        np.isnan(supply.goodwill_per_unit),
        settings.goodwill_ratio * np.nanmean(price, axis=(1, 2)),
        supply.goodwill_per_unit,
    )
    return PlanningCosts(
        price=price,
        standard_cost=cost,
        make_cost=cost * avoidable[:, None],
        outsource_cost=cost + np.where(np.isnan(given), share * cost, given),
        outsource_premium=np.where(np.isnan(given), share * money.unit_cost, given),
        overtime_premium_per_hour=_premium_per_hour(inputs, overtime_unit, mean_demand),
        overtime_known=_overtime_known(inputs, money),
        holding_cost=holding,
        target_penalty=np.maximum(_BELOW_TARGET_OF_HOLDING * holding, _BELOW_TARGET_OF_OVERTIME * overtime_unit),
        glide_penalty=_GLIDE_OF_HOLDING * holding,
        band_penalty=_OUTSIDE_BAND_OF_COST * mean_cost,
        goodwill=goodwill,
    )


def carrying_ratio(inputs: PlanInputs, settings: PlanningSettings) -> float:
    """Cost of holding stock, share of its cost a year: the company's own, else the setting."""
    given = inputs.company.carrying_ratio_per_year
    return settings.carrying_ratio_per_year if given is None else given


def storage_cost(inputs: PlanInputs) -> Array:
    """[F] what the space of a unit costs a month; 0 where space or its cost is not known."""
    if inputs.limits is None:
        return np.zeros(len(inputs.grain.families))
    warehouse = inputs.limits.warehouse
    known = warehouse.cost_per_unit[~np.isnan(warehouse.cost_per_unit)]
    rate = float(known.mean()) if known.size else 0.0
    return np.asarray(np.maximum(np.nan_to_num(warehouse.use_per_unit, nan=0.0), 0.0) * rate)


def _with_stand_ins(money: PriceAndCost) -> tuple[Array, Array]:
    """Prices [F, C, T] and costs [F, T] without gaps: 60 % of the price for a cost, a cost / 60 % for a price.

    A family with neither takes the middle cost of the others, or 1 where no family has one.
    """
    known_price = ~np.isnan(money.price)
    total = np.where(known_price, money.price, 0.0).sum(axis=(1, 2))
    mean_price = ratio_or_nan(total, known_price.sum(axis=(1, 2)).astype(np.float64))
    known_cost = ~np.isnan(money.unit_cost)
    mean_cost = ratio_or_nan(np.where(known_cost, money.unit_cost, 0.0).sum(axis=1), known_cost.sum(axis=1))
    mean_cost = np.where(np.isnan(mean_cost), _COST_OF_PRICE_RATIO * mean_price, mean_cost)
    middle = float(np.median(mean_cost[~np.isnan(mean_cost)])) if (~np.isnan(mean_cost)).any() else 1.0
    mean_cost = np.maximum(np.where(np.isnan(mean_cost), middle, mean_cost), 0.0)
    mean_price = np.where(np.isnan(mean_price), mean_cost / _COST_OF_PRICE_RATIO, mean_price)
    price = np.where(known_price, money.price, mean_price[:, None, None])
    return price, np.where(known_cost, np.maximum(money.unit_cost, 0.0), mean_cost[:, None])


def _overtime_known(inputs: PlanInputs, money: PriceAndCost) -> BoolArray:
    supply = inputs.supply
    unpriced = (supply.hours_per_unit > 0.0) & np.isnan(supply.overtime_premium_per_hour)[:, None]
    given = ~np.isnan(supply.overtime_premium_per_unit) | ~unpriced.any(axis=0)
    return np.asarray(given | ~np.isnan(money.unit_cost).all(axis=1))


def _premium_per_hour(inputs: PlanInputs, overtime_unit: Array, mean_demand: Array) -> Array:
    """[R] overtime premium per hour.

    Premiums per unit become one rate for all resources: Σ premium × demand / Σ hours of that demand. A premium per
    hour given for a resource counts for the share of its hours whose families give none per unit.
    """
    supply = inputs.supply
    made = np.asarray(inputs.grain.made, dtype=np.bool_)
    weight = np.where(made & (supply.hours_per_unit.sum(axis=0) > 0.0), np.maximum(mean_demand, 1e-9), 0.0)
    hours = supply.hours_per_unit * weight
    usage = np.where(made, supply.hours_per_unit, 0.0)
    named = ~np.isnan(supply.overtime_premium_per_unit)
    pool = overtime_premium_per_hour(overtime_unit, usage, weight)
    named_pool = overtime_premium_per_hour(overtime_unit[named], usage[:, named], weight[named])
    named_share = np.nan_to_num(ratio_or_nan(hours[:, named].sum(axis=1), hours.sum(axis=1)), nan=0.0)
    given = supply.overtime_premium_per_hour
    mixed = np.where(named_share > 0.0, named_share * named_pool, 0.0) + (1.0 - named_share) * given
    return np.asarray(np.maximum(np.where(np.isnan(given), pool, mixed), 0.0))
