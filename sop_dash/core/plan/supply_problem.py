"""From prepared arrays and levers to the supply problem: the base once, then only what levers move.

The months that are locked keep their target, output, limits and lead times whatever is moved.
"""

from dataclasses import dataclass, replace

import numpy as np

from sop_dash.core.inventory.demand_curve import demand_curve
from sop_dash.core.inventory.targets import StockBand, stock_band, stock_days
from sop_dash.core.model.arrays import Array, BoolArray
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.planning_settings import Objective, PlanningSettings
from sop_dash.core.model.reference_plan import last_plan, plan_before
from sop_dash.core.plan.capacity import Capacity
from sop_dash.core.plan.costs import PlanningCosts
from sop_dash.core.plan.lever_effects import LeverEffects
from sop_dash.core.plan.limits import calm_group, limit_groups, shelf_life_limit, shelf_life_max, within_shelf_life
from sop_dash.core.plan.locked import LockedPlan
from sop_dash.core.plan.other_costs import planned_crew
from sop_dash.core.supply.build_ahead import with_nothing_built_ahead
from sop_dash.core.supply.capacity import ramp_limit
from sop_dash.core.supply.groups import Ramp, Restricted
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.stock_path import StockPath, stock_path
from sop_dash.core.supply.weights import money_weights, service_first_weights


@dataclass(frozen=True, kw_only=True, eq=False)
class ProblemParts:
    """What supply problems of one prepared plan are made of; see `Prepared` for the fields it shares.

    Args:
        consensus: [F, C, T] units before levers.
        consensus_units: [F, T] the same, channels summed.
        price_factor: [F, C, T] of the plan itself, before own levers.
        calendar_days: [T + months beyond].
    """

    inputs: PlanInputs
    settings: PlanningSettings
    costs: PlanningCosts
    capacity: Capacity
    locked: LockedPlan
    opening_units: Array
    consensus: Array
    consensus_units: Array
    price_factor: Array
    calendar_days: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class StockTargets:
    """[F, T] month-end stock: the policy band, and the path from today's stock that the plan is held to."""

    band: StockBand
    path: StockPath


def stock_targets(parts: ProblemParts, demand_units: Array, cover_days: float | None) -> StockTargets:
    """Stock targets for this demand; `cover_days` of None is the plan value, own limits of a family always hold."""
    settings, supply = parts.settings, parts.inputs.supply
    days = stock_days(
        settings.cover_days if cover_days is None else cover_days,
        settings.cover_high_days,
        supply.min_stock_days,
        supply.max_stock_days,
    )
    band = stock_band(demand_curve(demand_units, parts.calendar_days), days)
    return StockTargets(band=band, path=stock_path(parts.opening_units, band.target, parts.consensus_units))


def with_end_stock(targets: StockTargets, units: Array) -> StockTargets:
    """Targets of which the last month asks for at least these units [F]."""
    band = {name: getattr(targets.band, name).copy() for name in ("target", "high")}
    for values in band.values():
        values[:, -1] = np.maximum(values[:, -1], units)
    return replace(targets, band=replace(targets.band, **band))


def end_stock_units(parts: ProblemParts, demand_units: Array) -> Array:
    """[F] stock that the plan must end with: the demand of so many days after the horizon."""
    days = np.full((len(demand_units), 1), parts.settings.end_stock_days)
    return np.asarray(demand_curve(demand_units, parts.calendar_days).cover_units(days)[:, 0, -1])


def with_locked_months(targets: StockTargets, locked: StockTargets, months: int) -> StockTargets:
    """New targets whose locked months are those of `locked`."""

    def kept(name: str, part: str) -> Array:
        values = getattr(getattr(targets, part), name).copy()
        values[:, :months] = getattr(getattr(locked, part), name)[:, :months]
        return np.asarray(values)

    return StockTargets(
        band=StockBand(**{name: kept(name, "band") for name in ("low", "target", "high")}),
        path=StockPath(**{name: kept(name, "path") for name in ("target_units", "glide_units")}),
    )


def base_problem(parts: ProblemParts) -> SupplyProblem:
    """The supply problem without any lever."""
    inputs, costs, locked = parts.inputs, parts.costs, parts.locked.make_units.shape[1]
    supply, grain = inputs.supply, inputs.grain
    made = np.asarray(grain.made, dtype=np.bool_)
    demand_units = parts.consensus_units
    path = stock_targets(parts, demand_units, None).path
    horizon = len(grain.horizon)
    problem = SupplyProblem(
        demand_units=demand_units,
        target_units=path.target_units,
        glide_units=path.glide_units,
        opening_units=parts.opening_units,
        receipts_units=np.maximum(np.nan_to_num(inputs.stock.receipts_units, nan=0.0), 0.0),
        lost_weight=_lost_weight(parts, parts.price_factor, locked),
        unit_cost=costs.make_cost,
        outsource_unit_cost=costs.outsource_cost,
        holding_cost=costs.holding_cost,
        target_penalty=costs.target_penalty,
        glide_penalty=costs.glide_penalty,
        end_value=costs.standard_cost[:, -1],
        hours_per_unit=np.nan_to_num(supply.hours_per_unit, nan=0.0),
        available_hours=parts.capacity.hours,
        overtime_max_ratio=parts.capacity.overtime_ratio,
        overtime_premium_per_hour=costs.overtime_premium_per_hour,
        outsource_min_units=_open_months(supply.outsource_min_units, horizon, locked),
        outsource_max_units=_open_months(
            np.fmax(supply.outsource_max_units, supply.outsource_min_units), horizon, locked
        ),
        calendar_days=parts.calendar_days[:horizon],
        made=made,
        lead_time_months=np.ceil(np.nan_to_num(supply.lead_time_months, nan=0.0)),
        outsource_lead_time_months=np.ceil(np.nan_to_num(supply.outsource_lead_time_months, nan=0.0)),
        locked_make_units=parts.locked.make_units,
    )
    groups = limit_groups(inputs, parts.settings, costs, problem.lost_weight)
    shelf = shelf_life_limit(inputs, costs, demand_units)
    target, path_units = within_shelf_life(problem.target_units, problem.glide_units, shelf)
    return replace(
        problem,
        target_units=target,
        glide_units=path_units,
        stock_limit=shelf,
        restricted=_restricted(parts, made),
        calm=_calm(parts, made, problem),
        ramp=_ramp(parts, problem),
        warehouse=groups.warehouse,
        transport=groups.transport,
        materials=groups.materials,
        backlog=groups.backlog,
        crew=planned_crew(inputs),
    )


def problem_under(
    parts: ProblemParts, base: SupplyProblem, effects: LeverEffects, demand_units: Array, targets: StockTargets
) -> SupplyProblem:
    """The base problem with what the levers move.

    Args:
        parts: Of this prepared plan.
        base: `base_problem(parts)`.
        effects: The levers as numbers.
        demand_units: [F, T] committed demand.
        targets: Stock targets for it, locked months put back.
    """
    locked = base.locked_months
    hours, ratio, weight = base.available_hours, base.overtime_max_ratio, base.lost_weight
    if effects.extra_hours.any():
        hours = hours + effects.extra_hours
    if effects.price_factor is not parts.price_factor:
        weight = _lost_weight(parts, effects.price_factor, locked)
    if effects.overtime_max_ratio is not None:
        ratio = ratio.copy()
        ratio[:, locked:] = effects.overtime_max_ratio
    outsource_max = base.outsource_max_units
    if effects.outsource_max_ratio is not None:
        able = base.made | (base.outsource_max_units > 0.0).any(axis=1)
        outsource_max = effects.outsource_max_ratio * demand_units * able[:, None]
        outsource_max[:, :locked] = 0.0
    shelf = base.stock_limit
    if shelf is not None:
        shelf = replace(shelf, max_units=shelf_life_max(parts.inputs, demand_units))
    base = _later(base, effects.lead_time_extra_months)
    target, path = within_shelf_life(targets.path.target_units, targets.path.glide_units, shelf)
    moved = replace(
        base,
        demand_units=demand_units,
        target_units=target,
        glide_units=path,
        lost_weight=weight,
        available_hours=hours,
        overtime_max_ratio=ratio,
        outsource_max_units=outsource_max,
        stock_limit=shelf,
    )
    return moved if effects.build_ahead else with_nothing_built_ahead(moved)


def _later(base: SupplyProblem, months: int) -> SupplyProblem:
    """What the plan orders, bought or outsourced, arrives so many months later."""
    if months == 0:
        return base
    return replace(
        base,
        lead_time_months=base.lead_time_months + np.where(base.made, 0.0, float(months)),
        outsource_lead_time_months=base.outsource_lead_time_months + float(months),
    )


def _open_months(units_per_month: Array, months: int, locked: int) -> Array:
    """[F, T] a monthly limit in the open months; 0 where none is given and in the locked months."""
    limit = np.repeat(np.maximum(np.nan_to_num(units_per_month, nan=0.0), 0.0)[:, None], months, axis=1)
    limit[:, :locked] = 0.0
    return limit


def _lost_weight(parts: ProblemParts, price_factor: Array, locked: int) -> Array:
    """[F, T] what a lost unit weighs, channels weighted by consensus.

    Locked months are served first under every objective, so that no lever moves them.
    """
    price, demand = parts.costs.price * price_factor, parts.consensus
    total = demand.sum(axis=1)
    mean = price.mean(axis=1)
    np.divide((demand * price).sum(axis=1), total, out=mean, where=total > 0.0)
    served = service_first_weights(mean, parts.costs.standard_cost, parts.costs.target_penalty)
    if parts.settings.objective is not Objective.MONEY_ONLY:
        return served
    weight = money_weights(mean, parts.costs.goodwill)
    weight[:, :locked] = served[:, :locked]
    return weight


def _restricted(parts: ProblemParts, made: BoolArray) -> Restricted | None:
    """The band around the plan this cycle began with; None where that says nothing of the restricted months."""
    first = parts.locked.make_units.shape[1]
    before = plan_before(parts.inputs).make_units[:, first : first + parts.settings.restricted_months]
    reference = np.where(made[:, None] & (before >= 0.0), before, np.nan)
    if np.isnan(reference).all():
        return None
    return Restricted(
        first_month=first,
        reference_units=reference,
        band_ratio=parts.settings.restricted_ratio,
        penalty=parts.costs.band_penalty,
    )


def _calm(parts: ProblemParts, made: BoolArray, problem: SupplyProblem) -> Restricted | None:
    """What steps away from the plan approved or released last cost after the restricted months."""
    first = problem.locked_months + parts.settings.restricted_months
    before = last_plan(parts.inputs).make_units[:, first:]
    overtime = problem.overtime_premium_per_hour @ problem.resource_hours_per_unit
    return calm_group(np.where(made[:, None], before, np.nan), parts.costs, overtime, first, parts.settings.calm_ratio)


def _ramp(parts: ProblemParts, problem: SupplyProblem) -> Ramp | None:
    """The limit on month-to-month steps; measured on the locked month, or on the mean load where none is locked."""
    settings, usage = parts.settings, problem.resource_hours_per_unit
    fixed = problem.locked_make_units[:, -1:] if problem.locked_months else problem.demand_units
    return ramp_limit(
        (usage @ fixed).mean(axis=1),
        problem.available_hours[:, max(problem.locked_months - 1, 0)],
        problem.calendar_days,
        problem.overtime_premium_per_hour,
        change_ratio=settings.ramp_ratio,
        penalty_ratio=settings.ramp_penalty_ratio,
        last_month=settings.ramp_last_month,
    )
