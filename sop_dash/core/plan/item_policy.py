"""The inventory policy of a plan: items forecast by the engine, tied to the consensus of their family. Units a month.

Volume is decided by family, mix by item: each item takes the share of its family's consensus that its own forecast has.
"""

from dataclasses import replace

import numpy as np

from sop_dash.core.data.assembly.item_inputs import families_as_items
from sop_dash.core.demand.backtest import ENGINE, backtest, rolling_origins
from sop_dash.core.demand.edges import gaps_filled
from sop_dash.core.demand.engine import forecast
from sop_dash.core.demand.portfolio import pack
from sop_dash.core.demand.seasonality import seasonal_indices, seasonally_adjusted
from sop_dash.core.inventory.demand_curve import demand_curve
from sop_dash.core.inventory.policy import ItemDemand, ItemPolicy, cover_service, item_policy
from sop_dash.core.inventory.safety_stock import ImpliedService
from sop_dash.core.model.arrays import Array, ratio_or_nan
from sop_dash.core.model.items import ItemInputs
from sop_dash.core.model.periods import DAYS_PER_MONTH
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.plan.costs import carrying_ratio
from sop_dash.core.plan.prepared import Prepared

_LONGEST_TESTED = 6


def family_policy(prepared: Prepared) -> ItemPolicy:
    """The policy with families in the place of items; as the plan is made once a month, so is the look at stock."""
    settings = replace(prepared.settings, review_days=max(prepared.settings.review_days, DAYS_PER_MONTH))
    inputs = prepared.inputs
    items = families_as_items(inputs)
    demand = item_demand(items, prepared.consensus.units.sum(axis=1), settings)
    return item_policy(items, demand, settings, carrying_ratio(inputs, settings))


def family_cover_service(prepared: Prepared, families: ItemPolicy, cover_days: float) -> ImpliedService:
    """[F] the service that so many days of the demand that follows give, when they are kept as safety stock."""
    days = np.full(len(families.items.skus), cover_days)
    demand = prepared.consensus.units.sum(axis=1)
    return cover_service(families, demand_curve(demand, prepared.parts.calendar_days).first_cover_units(days))


def item_demand(items: ItemInputs, consensus_units: Array, settings: PlanningSettings) -> ItemDemand:
    """Demand ahead, errors of past forecasts and history without its season, of every item."""
    history = items.demand_units
    horizon = consensus_units.shape[1]
    if not items.skus or not items.grain.history:
        empty = np.zeros((len(items.skus), horizon))
        return ItemDemand(ahead=empty, errors=np.full((1, *empty.shape[:1], 1), np.nan), without_season=history)
    alone = np.nan_to_num(forecast(history, horizon, family=items.families).mean)
    sold = np.arange(horizon) < items.months_left[:, None]
    lags = _lags(items, settings)
    origins = rolling_origins(history.shape[1], lags)
    errors = backtest(history, lags, origins).errors(ENGINE) if origins else np.full((1, len(history), 1), np.nan)
    return ItemDemand(
        ahead=_shares(np.where(sold, np.maximum(alone, 0.0), 0.0), items, consensus_units),
        errors=errors,
        without_season=_without_season(history),
    )


def _lags(items: ItemInputs, settings: PlanningSettings) -> int:
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
