"""Logistics: how full warehouses and lanes are under a plan, and what goes beyond them costs. Space and plan currency.

Month-end stock fills warehouses, what is shipped in a month loads lanes. Shapes: F families, T months.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array, BoolArray, ratio_or_nan, worth
from sop_dash.core.model.supply_base import LogisticsInputs

WAREHOUSE, TRANSPORT = "warehouse", "transport"


@dataclass(frozen=True, kw_only=True, eq=False)
class LogisticsLine:
    """One warehouse or lane; [T] each, NaN where unknown.

    Args:
        name: Its name.
        kind: "warehouse", "transport" or another word, of which no load is known.
        shared: True where it takes its part, by capacity, of a load that several of its kind share.
        load: Space or transport asked for.
        capacity: Its limit; NaN does not limit.
        cost_value: Cost of what fits.
        overflow_cost_value: Cost of what does not, whole: at the dearer rate.
    """

    name: str
    kind: str
    shared: bool
    load: Array
    capacity: Array
    cost_value: Array
    overflow_cost_value: Array

    @property
    def use_ratio(self) -> Array:
        """Load over capacity."""
        return ratio_or_nan(self.load, self.capacity)

    @property
    def overflow(self) -> Array:
        """Load beyond the capacity; 0 where the capacity is unknown."""
        return np.where(np.isnan(self.load), np.nan, np.fmax(self.load - self.capacity, 0.0))


@dataclass(frozen=True, kw_only=True, eq=False)
class LogisticsLoad:
    """All lines of a plan.

    Args:
        lines: In the order of the inputs.
        not_counted: [F] True for families whose space per unit is not known; their units load nothing.
    """

    lines: tuple[LogisticsLine, ...]
    not_counted: BoolArray


def logistics_load(logistics: LogisticsInputs, closing_units: Array, shipped_units: Array) -> LogisticsLoad:
    """The load of every warehouse and lane.

    Args:
        logistics: Limits; several of one kind share its load in proportion to their capacity.
        closing_units: [F, T] stock at month end.
        shipped_units: [F, T].
    """
    rates = {WAREHOUSE: logistics.storage_per_unit, TRANSPORT: logistics.transport_per_unit}
    units = {WAREHOUSE: closing_units, TRANSPORT: shipped_units}
    kinds = np.asarray(logistics.kinds, dtype=object)
    lines: list[LogisticsLine] = []
    for row, kind in enumerate(logistics.kinds):
        same = logistics.capacity[kinds == kind]
        if kind in rates:
            total = _total(units[kind], rates[kind])
            load = total if len(same) == 1 else total * ratio_or_nan(logistics.capacity[row], same.sum(axis=0))
        else:
            load = np.full(closing_units.shape[1], np.nan)
        lines.append(_line(logistics, row, load, shared=len(same) > 1))
    used = [rates[kind] for kind in rates if kind in logistics.kinds]
    not_counted = np.isnan(np.stack(used)).any(axis=0) if used else np.zeros(len(closing_units), dtype=np.bool_)
    return LogisticsLoad(lines=tuple(lines), not_counted=np.asarray(not_counted))


def _line(logistics: LogisticsInputs, row: int, load: Array, *, shared: bool) -> LogisticsLine:
    capacity = logistics.capacity[row]
    inside = np.fmin(load, capacity)
    over = np.where(np.isnan(load), np.nan, np.fmax(load - capacity, 0.0))
    return LogisticsLine(
        name=logistics.names[row],
        kind=logistics.kinds[row],
        shared=shared,
        load=load,
        capacity=capacity,
        cost_value=worth(np.where(np.isnan(load), np.nan, inside), logistics.cost_per_unit[row]),
        overflow_cost_value=worth(over, logistics.overflow_cost_per_unit[row]),
    )


def _total(units: Array, rate: Array) -> Array:
    """[T] Σ units × space per unit over the families whose space is known; NaN where none is."""
    known = ~np.isnan(rate)
    if not known.any():
        return np.full(units.shape[1], np.nan)
    return np.asarray(rate[known] @ units[known])
