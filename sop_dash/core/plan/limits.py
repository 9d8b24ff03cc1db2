"""The limits of supply besides hours, as the groups of the supply problem that a data load and the settings call for.

Space and transport may be exceeded at their overflow cost; materials and shelf life only where fixed output or stock
at hand leaves no choice. Source: core specification 2.4, constraints 3 to 7.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sop_dash.core.model.arrays import Array, IntArray
from sop_dash.core.model.cover import beyond_horizon
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.planning_settings import PlanningSettings, UnservedDemand
from sop_dash.core.model.supply_limits import ScarceSupply, SharedSpace, SupplyLimits
from sop_dash.core.plan.costs import PlanningCosts
from sop_dash.core.supply.groups import Backlog, Materials, Restricted, StockLimit, Transport, Warehouse

_BEYOND_ANY_SALE = 2.0
_CALM_FADES = 0.9


@dataclass(frozen=True, kw_only=True, eq=False)
class LimitGroups:
    """Groups that no lever moves; None where the company has none."""

    warehouse: Warehouse | None
    transport: Transport | None
    materials: Materials | None
    backlog: Backlog | None


def limit_groups(
    inputs: PlanInputs, settings: PlanningSettings, costs: PlanningCosts, lost_weight: Array
) -> LimitGroups:
    """The groups of this data load.

    Args:
        inputs: Limits as given.
        settings: Whether demand that is not served waits.
        costs: What a unit costs; prices overflow where no cost is given.
        lost_weight: [F, T] planning weight of a lost unit; a material is never used beyond what is there to save one.
    """
    limits = inputs.limits
    space = None if limits is None else _space(limits.warehouse, costs)
    load = None if limits is None else _space(limits.transport, costs)
    return LimitGroups(
        warehouse=None if space is None else Warehouse(**dict(zip(_WAREHOUSE, space, strict=True))),
        transport=None if load is None else Transport(**dict(zip(_TRANSPORT, load, strict=True))),
        materials=_materials(inputs, costs, lost_weight),
        backlog=_backlog(inputs, costs) if settings.unserved_demand is UnservedDemand.BACKLOG else None,
    )


_WAREHOUSE = ("space_per_unit", "capacity", "overflow_cost")
_TRANSPORT = ("load_per_unit", "capacity", "spot_cost")


def overflow_unpriced(space: SharedSpace) -> bool:
    """Whether a limit is given but not what it costs to go beyond it."""
    return bool((np.isnan(space.overflow_cost_per_unit) & ~np.isnan(space.capacity)).any())


def shelf_life_limit(inputs: PlanInputs, costs: PlanningCosts, demand_units: Array) -> StockLimit | None:
    """Most stock that sells within its shelf life; None where no family has one.

    What lies beyond it is priced at its standard cost.
    """
    if inputs.limits is None or np.isnan(inputs.limits.shelf_life_months).all():
        return None
    return StockLimit(max_units=shelf_life_max(inputs, demand_units), penalty=costs.standard_cost.mean(axis=1))


def within_shelf_life(target_units: Array, glide_units: Array, limit: StockLimit | None) -> tuple[Array, Array]:
    """Target and path [F, T] that ask for no more stock than sells in time; as they are without a limit."""
    if limit is None:
        return target_units, glide_units
    target = np.minimum(target_units, limit.max_units)
    return target, np.maximum(target, np.minimum(glide_units, limit.max_units))


def shelf_life_max(inputs: PlanInputs, demand_units: Array) -> Array:
    """[F, T] demand of the months of shelf life after each month, first in first out; infinite without a shelf life."""
    months, most = demand_units.shape[1], np.full(demand_units.shape, np.inf)
    if inputs.limits is None:
        return most
    known, cell, longest = _shelf_lives(inputs.limits, months)
    sold = np.zeros((known.size, 1 + months + longest))
    beyond_horizon(demand_units[known], longest).cumsum(axis=1, out=sold[:, 1:])
    most[known] = sold.take(cell) - sold[:, 1 : 1 + months]
    return most


@lru_cache(maxsize=4)
def _shelf_lives(limits: SupplyLimits, months: int) -> tuple[IntArray, IntArray, int]:
    """Families with a shelf life, the place of its end in their cumulative demand [.., months], and the longest."""
    known = np.flatnonzero(~np.isnan(limits.shelf_life_months))
    whole = np.floor(limits.shelf_life_months[known]).astype(np.int64)
    longest = int(whole.max(initial=0))
    start = np.arange(known.size) * (1 + months + longest)
    return known, start[:, None] + 1 + np.arange(months) + whole[:, None], longest


def calm_group(
    reference_units: Array, costs: PlanningCosts, overtime_per_unit: Array, first_month: int, ratio: float
) -> Restricted | None:
    """What each step away from the last plan costs after the restricted months; near months weigh more.

    Args:
        reference_units: [F, months from `first_month` on] output of the last plan; NaN where there is none.
        costs: Stands in for the overtime premium of families without hours.
        overtime_per_unit: [F] premium of a unit made in overtime.
        first_month: Index of the first month after the restricted ones.
        ratio: Price of a unit moved, × the overtime premium; 0 is off.
    """
    reference = np.where(reference_units >= 0.0, reference_units, np.nan)
    given = np.flatnonzero(~np.isnan(reference).all(axis=0))
    if ratio <= 0.0 or given.size == 0:
        return None
    return Restricted(
        first_month=first_month,
        reference_units=reference[:, : int(given[-1]) + 1],
        band_ratio=0.0,
        penalty=ratio * np.where(overtime_per_unit > 0.0, overtime_per_unit, costs.holding_cost),
        fading_ratio=_CALM_FADES,
    )


def _space(space: SharedSpace, costs: PlanningCosts) -> tuple[Array, Array, Array] | None:
    """Use per unit, capacity and cost of what goes beyond; None where nothing is known of either.

    Without a cost, space beyond the limit costs as much as the dearest thing that could be put there.
    """
    use = np.maximum(np.nan_to_num(space.use_per_unit, nan=0.0), 0.0)
    if np.isnan(space.capacity).all() or not (use > 0.0).any():
        return None
    dearest = float((costs.standard_cost.mean(axis=1)[use > 0.0] / use[use > 0.0]).max())
    beyond = space.overflow_cost_per_unit
    return use, np.maximum(space.capacity, 0.0), np.maximum(np.where(np.isnan(beyond), dearest, beyond), 0.0)


@lru_cache(maxsize=4)
def limiting_rows(scarce: ScarceSupply) -> tuple[int, ...]:
    """The materials and suppliers of which a month is known; they are the rows of the group, in this order.

    Kept for the few loads in use, because every plan asks for it.
    """
    return tuple(np.flatnonzero(~np.isnan(scarce.available_units).all(axis=1)).tolist())


def _materials(inputs: PlanInputs, costs: PlanningCosts, lost_weight: Array) -> Materials | None:
    if inputs.limits is None:
        return None
    scarce = inputs.limits.scarce
    limiting = list(limiting_rows(scarce))
    if not limiting:
        return None
    usage = np.maximum(scarce.units_per_unit[limiting], 0.0)
    worth = lost_weight.max(axis=1) + costs.standard_cost.max(axis=1) + lost_weight.shape[1] * costs.target_penalty
    per_unit = np.divide(worth, usage, out=np.zeros_like(usage), where=usage > 0.0)
    return Materials(
        units_per_unit=usage,
        opening_units=np.zeros(len(limiting)),
        receipts_units=_delivered(inputs, limiting),
        penalty=_BEYOND_ANY_SALE * per_unit.max(axis=1),
        keeps=scarce.keeps[limiting],
    )


def _delivered(inputs: PlanInputs, limiting: list[int]) -> Array:
    """[N, T] what can still be had: open orders of bought families take their part of a supplier's capacity."""
    assert inputs.limits is not None
    scarce = inputs.limits.scarce
    on_order = np.nan_to_num(inputs.stock.receipts_units, nan=0.0)
    taken = np.where(scarce.keeps[:, None], 0.0, scarce.units_per_unit @ on_order)
    left = np.maximum(scarce.available_units - taken, 0.0)
    return np.asarray(np.where(np.isnan(scarce.available_units), np.nan, left)[limiting])


def _backlog(inputs: PlanInputs, costs: PlanningCosts) -> Backlog:
    """Orders wait at the cost given, else at the penalty for missing stock; none may wait after the last month."""
    given = inputs.supply.backlog_cost_per_unit
    waiting = np.maximum(np.nan_to_num(inputs.stock.backlog_units, nan=0.0), 0.0)
    return Backlog(
        cost=np.maximum(np.where(np.isnan(given), costs.target_penalty, given), costs.target_penalty),
        opening_units=waiting,
        closing_max_units=np.zeros(waiting.size),
    )
