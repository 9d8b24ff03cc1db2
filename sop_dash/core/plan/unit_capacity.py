"""Capacity known only in units per family, told as resources: one "hour" of such a resource is one unit.

So a company without routings is planned, charted and explained like one with shared resources.
"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from sop_dash.core.model.arrays import IntArray
from sop_dash.core.model.inputs import PlanInputs, SupplyData


def unit_resource(family: str) -> str:
    """The name of the resource that stands for the family's capacity in units."""
    return f"{family} (units)"


def capacity_words(resource: str, families: Iterable[str]) -> tuple[str, str]:
    """How people call a resource and what its capacity counts: itself and hours, or its family and units."""
    own = next((family for family in families if unit_resource(family) == resource), None)
    return (resource, "hour") if own is None else (own, "unit")


def with_unit_capacities(inputs: PlanInputs) -> PlanInputs:
    """Add a resource for every family whose capacity is given in units; the inputs themselves when there is none."""
    capacity = inputs.supply.family_capacity_units
    families = np.flatnonzero(~np.isnan(capacity).all(axis=1))
    if families.size == 0:
        return inputs
    grain = inputs.grain
    made = np.array(grain.made, dtype=np.bool_)
    made[families] = True
    known = inputs.known_routing.copy()
    known[families] = True
    names = tuple(unit_resource(grain.families[f]) for f in families)
    return replace(
        inputs,
        grain=replace(grain, resources=grain.resources + names, made=tuple(bool(m) for m in made)),
        supply=_with_resources(inputs.supply, families, history=len(grain.history)),
        known_routing=known,
    )


def _with_resources(supply: SupplyData, families: IntArray, history: int) -> SupplyData:
    count = families.size
    usage = np.zeros((count, supply.hours_per_unit.shape[1]))
    usage[np.arange(count), families] = 1.0
    unknown_past = np.full((count, history), np.nan)
    available = np.concatenate((unknown_past, supply.family_capacity_units[families]), axis=1)
    unknown = np.full(count, np.nan)
    return replace(
        supply,
        hours_per_unit=np.concatenate((supply.hours_per_unit, usage)),
        available_hours=np.concatenate((supply.available_hours, available)),
        used_hours=np.concatenate((supply.used_hours, unknown_past)),
        overtime_max_ratio=np.concatenate((supply.overtime_max_ratio, np.full_like(available, np.nan))),
        overtime_premium_per_hour=np.concatenate((supply.overtime_premium_per_hour, unknown)),
        capacity_lead_time_months=np.concatenate((supply.capacity_lead_time_months, unknown)),
        changeover_ratio=np.concatenate((supply.changeover_ratio, unknown)),
    )
