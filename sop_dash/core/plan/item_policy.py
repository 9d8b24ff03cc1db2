"""The inventory policy of a plan: items forecast by the engine, tied to the consensus of their family. Units a month.

Volume is decided by family, mix by item: each item takes the share of its family's consensus that its own forecast has.
"""

from dataclasses import dataclass, replace

import numpy as np

from sop_dash.core.demand.backtest import FEWEST_MONTHS, rolling_origins
from sop_dash.core.demand.edges import gaps_filled
from sop_dash.core.demand.engine import forecast
from sop_dash.core.demand.portfolio import pack
from sop_dash.core.demand.seasonality import seasonal_indices, seasonally_adjusted
from sop_dash.core.inventory.demand_curve import demand_curve
from sop_dash.core.inventory.policy import ItemDemand, ItemPolicy, cover_service
from sop_dash.core.inventory.safety_stock import ImpliedService
from sop_dash.core.model.arrays import Array, ratio_or_nan
from sop_dash.core.model.items import ItemInputs
from sop_dash.core.model.periods import DAYS_PER_MONTH
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.model.result import PlanResult
from sop_dash.core.plan.prepared import Prepared

_LONGEST_TESTED = 6
_MANY_ITEMS = 2_000


def monthly_review(settings: PlanningSettings) -> PlanningSettings:
    """The settings for families: as the plan is made once a month, so is the look at their stock."""
    return replace(settings, review_days=max(settings.review_days, DAYS_PER_MONTH))


def output_a_year(result: PlanResult, items: ItemInputs) -> Array:
    """[S] what the line of an item makes while it runs: twelve times the best month of its family; NaN where bought."""
    best = result.supply.make.max(axis=1, initial=0.0)[items.family] * 12.0
    return np.where(items.made & (best > 0.0), best, np.nan)


def family_cover_service(prepared: Prepared, families: ItemPolicy, cover_days: float) -> ImpliedService:
    """[F] the service that so many days of the demand that follows give, when they are kept as safety stock."""
    days = np.full(len(families.items.skus), cover_days)
    demand = prepared.consensus.units.sum(axis=1)
    return cover_service(families, demand_curve(demand, prepared.parts.calendar_days).first_cover_units(days))


@dataclass(frozen=True, kw_only=True, eq=False)
class ItemForecast:
    """What the engine says of items on their own; the slow part, which only another data load changes.

    Args:
        alone: [S, T] forecast of each item by itself, zero or more; 0 after its last month.
        errors: [O, S, L] forecast − actual of past forecasts, by months ahead from one.
        without_season: [S, H] history without its season; NaN before the first sale.
    """

    alone: Array
    errors: Array
    without_season: Array


def item_demand(items: ItemInputs, consensus_units: Array, settings: PlanningSettings) -> ItemDemand:
    """Demand ahead, errors of past forecasts and history without its season, of every item."""
    made = item_forecast(items, consensus_units.shape[1], tested_lags(items, settings))
    return tied_demand(made, items, consensus_units)


def item_forecast(items: ItemInputs, horizon: int, lags: int) -> ItemForecast:
    """Forecast the items and test the forecast on past months, so many months ahead."""
    history = items.demand_units
    if not items.skus or not items.grain.history:
        empty = np.zeros((len(items.skus), horizon))
        return ItemForecast(alone=empty, errors=np.full((1, len(items.skus), 1), np.nan), without_season=history)
    alone = np.nan_to_num(forecast(history, horizon, family=items.families).mean)
    sold = np.arange(horizon) < items.months_left[:, None]
    return ItemForecast(
        alone=np.where(sold, np.maximum(alone, 0.0), 0.0),
        errors=_past_errors(history, lags),
        without_season=_without_season(history),
    )


def tied_demand(made: ItemForecast, items: ItemInputs, consensus_units: Array) -> ItemDemand:
    """The forecasts of the items tied to the consensus of their families."""
    return ItemDemand(
        ahead=_shares(made.alone, items, consensus_units), errors=made.errors, without_season=made.without_season
    )


def shortage_values(prepared: Prepared, items: ItemInputs) -> Array:
    """[S] what a unit short costs: the margin lost with it and the goodwill; NaN where price or cost is unknown.

    Prices are those of the family, its channels by their consensus, in proportion to the cost of the item.
    """
    units = np.nan_to_num(prepared.consensus.units)
    price = ratio_or_nan(np.nansum(prepared.money.price * units, axis=(1, 2)), units.sum(axis=(1, 2)))
    markup = ratio_or_nan(price, prepared.money.unit_cost[:, 0])[items.family]
    return np.asarray(items.unit_cost * (np.maximum(markup - 1.0, 0.0) + prepared.settings.goodwill_ratio * markup))


def _past_errors(history: Array, lags: int) -> Array:
    """[O, S, L] errors of the engine from past dates; for very many items from every second month only."""
    origins = rolling_origins(history.shape[1], lags)
    if not origins:
        return np.full((1, len(history), 1), np.nan)
    if len(history) > _MANY_ITEMS:
        origins = origins[-1::-2][::-1]
    errors = np.full((len(origins), len(history), lags), np.nan)
    for place, left_out in enumerate(origins):
        training = history[:, : history.shape[1] - left_out]
        usable = np.flatnonzero((~np.isnan(training)).sum(axis=1) >= FEWEST_MONTHS)
        if not usable.size:
            continue
        made = forecast(training[usable], lags).mean
        later = history[usable, training.shape[1] :][:, :lags]
        errors[place, usable, : later.shape[1]] = made[:, : later.shape[1]] - later
    return errors


def tested_lags(items: ItemInputs, settings: PlanningSettings) -> int:
    """Months ahead that the longest protection interval needs, within what history can test."""
    months = (items.lead_time_days + settings.review_days) / DAYS_PER_MONTH
    longest = np.nanmax(months) if not np.isnan(months).all() else 1.0
    return int(np.clip(np.ceil(longest), 1, _LONGEST_TESTED))


def _shares(alone: Array, items: ItemInputs, consensus_units: Array) -> Array:
    """[S, T] the consensus of each family split by the forecasts of its items; equal to them where it sums to them."""
    total = np.zeros(consensus_units.shape)
    np.add.at(total, items.family, alone)
    return np.nan_to_num(alone * ratio_or_nan(consensus_units, total)[items.family])


def _without_season(history: Array) -> Array:
    """[S, H] what each month would have sold in an average season; NaN before the first sale."""
    packed = pack(history, most_months=history.shape[1])
    values = gaps_filled(packed)
    adjusted = seasonally_adjusted(values, seasonal_indices(values, packed.length))
    result = np.full(history.shape, np.nan)
    result[:, -adjusted.shape[1] :] = adjusted
    return np.where(np.isnan(history), np.nan, result)
