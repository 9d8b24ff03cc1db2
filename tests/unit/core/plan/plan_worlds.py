"""Companies small enough to plan by hand: one press, a few months, demand set month by month."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.inputs import Grain, PlanInputs
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.model.records import Adjustment, AdjustmentType
from sop_dash.core.model.supply_limits import ScarceSupply, SharedSpace, SupplyLimits
from sop_dash.core.plan import Prepared, prepare
from tests import array_worlds

Rows = Sequence[Sequence[float]]


def demand_of(names: Grain, units: Rows) -> tuple[Adjustment, ...]:
    """Adjustments that set the demand of every family [F][T], whatever the forecast says."""
    return tuple(
        Adjustment(
            id=f"A{f}-{t}",
            cycle=names.cycle,
            family=family,
            channel=None,
            first_month=month,
            last_month=month,
            type=AdjustmentType.ABSOLUTE,
            value=float(units[f][t]),
            reason="set by hand",
            owner="Planner",
            order=1,
        )
        for f, family in enumerate(names.families)
        for t, month in enumerate(names.horizon)
    )


def press_company(
    *,
    families: tuple[str, ...] = ("Kettles",),
    channels: tuple[str, ...] = ("all",),
    months: int = 3,
    opening: Any = 0.0,
    hours: Any = np.nan,
    hours_per_unit: Any = 1.0,
    made: tuple[bool, ...] | None = None,
    price: Any = 100.0,
    cost: Any = 60.0,
    history: int = 12,
    **supply: Any,
) -> PlanInputs:
    """A company with one press; 100 units a month were sold in each channel."""
    names = array_worlds.grain(
        families=families, channels=channels, resources=("Press",), history=history, horizon=months, made=made
    )
    opening_units = np.broadcast_to(np.asarray(opening, dtype=np.float64), (len(families),))
    return array_worlds.company_inputs(
        names,
        sales=array_worlds.sales(names, units=100.0, net_revenue_value=100.0 * np.asarray(price, dtype=np.float64)),
        stock=array_worlds.stock(
            names,
            saleable_units=opening_units,
            blocked_units=0.0,
            discontinued_units=0.0,
            closing_units=opening_units[:, None],
            receipts_units=supply.pop("receipts_units", 0.0),
            backlog_units=0.0,
        ),
        supply=array_worlds.supply(
            names, hours_per_unit=hours_per_unit, available_hours=hours, lead_time_months=0.0, **supply
        ),
        money=array_worlds.money(names, price=price, unit_cost=cost),
        known_routing=np.ones(len(families), np.bool_),
    )


def settings(**changed: Any) -> PlanningSettings:
    """Settings without cover, locked or restricted months and without a ramp, unless a test asks for them."""
    plain = {"cover_days": 0.0, "locked_months": 0, "restricted_months": 0, "ramp_last_month": 0}
    return PlanningSettings(**(plain | changed))


def prepared(inputs: PlanInputs, demand: Rows, **changed: Any) -> Prepared:
    """The company prepared for exactly this demand [F][T]."""
    return prepare(inputs, demand_of(inputs.grain, demand), settings=settings(**changed))


def family_total(values: Array) -> Array:
    """[F, T] of [F, C, T]."""
    return np.asarray(values.sum(axis=1))


def shared_space(months: int, families: int, name: str = "", **given: Any) -> SharedSpace:
    """Space or transport that a unit of each family takes once; nothing is known of it without a name."""
    by_month = {
        column: np.broadcast_to(np.asarray(given.get(column, np.nan), dtype=np.float64), (months,))
        for column in ("capacity", "cost_per_unit", "overflow_cost_per_unit")
    }
    return SharedSpace(
        names=(name,) if name else (), use_per_unit=np.full(families, 1.0 if name else np.nan), **by_month
    )


def with_limits(inputs: PlanInputs, **changed: Any) -> PlanInputs:
    """The company with these limits and no other."""
    families, months = len(inputs.grain.families), len(inputs.grain.horizon)
    nothing = SupplyLimits(
        warehouse=shared_space(months, families),
        transport=shared_space(months, families),
        scarce=scarce(np.zeros((0, months)), np.zeros((0, families))),
        shelf_life_months=np.full(families, np.nan),
    )
    return replace(inputs, limits=replace(nothing, **changed))


def scarce(available: Any, usage: Any, *, keeps: bool = True) -> ScarceSupply:
    """Steel of a mill, [N, months] and [N, F] a unit."""
    available, usage = np.atleast_2d(available).astype(float), np.atleast_2d(usage).astype(float)
    count = len(available)
    return ScarceSupply(
        names=("Steel",) * count,
        suppliers=("Mill",) * count,
        tables=("materials",) * count,
        keeps=np.full(count, keeps),
        available_units=available,
        units_per_unit=usage,
    )
