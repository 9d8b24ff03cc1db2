"""The supply problem: everything one supply plan is decided from, as dense arrays.

Shapes: F families, R resources, T months of the horizon, L locked months. Units, hours, plan currency per unit, per
unit-month or per hour. Weights that steer the plan but are never spent are called penalties.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter, is_
from typing import Any

import numpy as np

from sop_dash.core.model.arrays import Array, BoolArray
from sop_dash.core.model.errors import SopError
from sop_dash.core.supply.groups import (
    Backlog,
    Crew,
    EndStock,
    Materials,
    Ramp,
    Restricted,
    StockCeiling,
    StockLimit,
    Transport,
    Warehouse,
)


class BadSupplyProblem(SopError):
    """A supply problem that cannot be planned: an array of the wrong shape, an unknown or a negative value."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"“{field}” {message}")
        self.field = field


@dataclass(frozen=True, kw_only=True, eq=False)
class SupplyProblem:
    """One supply plan to decide. Optional groups are None when the company has none.

    Args:
        demand_units: [F, T] to be served.
        target_units: [F, T] stock target at month end.
        glide_units: [F, T] path from opening stock down to the target; at least the target.
        opening_units: [F] saleable stock.
        receipts_units: [F, T] receipts already on order.
        lost_weight: [F, T] planning weight of a lost unit (`weights`).
        unit_cost: [F, T] standard cost of a unit made or bought.
        outsource_unit_cost: [F, T] delivered cost of an outsourced unit.
        holding_cost: [F] per unit-month.
        target_penalty: [F] per unit-month below target.
        glide_penalty: [F] per unit-month between target and path.
        end_value: [F] per unit missing from the target after the last month.
        hours_per_unit: [R, F].
        available_hours: [R, T] regular hours; NaN is unknown and does not limit.
        overtime_max_ratio: [R, T] of the available hours.
        overtime_premium_per_hour: [R].
        outsource_min_units, outsource_max_units: [F, T].
        calendar_days: [T].
        made: [F] True where made; False where bought (the plan's orders arrive after the lead time, no hours).
        lead_time_months: [F] whole months from start to stock.
        outsource_lead_time_months: [F] whole months before a new outsourcing order can arrive.
        locked_make_units: [F, L] fixed output of the first L months; overtime limits give way to it.
        restricted: The band of the restricted months.
        calm: What every step away from the last plan costs in the months after them.
    """

    demand_units: Array
    target_units: Array
    glide_units: Array
    opening_units: Array
    receipts_units: Array
    lost_weight: Array
    unit_cost: Array
    outsource_unit_cost: Array
    holding_cost: Array
    target_penalty: Array
    glide_penalty: Array
    end_value: Array
    hours_per_unit: Array
    available_hours: Array
    overtime_max_ratio: Array
    overtime_premium_per_hour: Array
    outsource_min_units: Array
    outsource_max_units: Array
    calendar_days: Array
    made: BoolArray
    lead_time_months: Array
    outsource_lead_time_months: Array
    locked_make_units: Array
    restricted: Restricted | None = None
    calm: Restricted | None = None
    ramp: Ramp | None = None
    stock_limit: StockLimit | None = None
    warehouse: Warehouse | None = None
    transport: Transport | None = None
    materials: Materials | None = None
    backlog: Backlog | None = None
    crew: Crew | None = None
    end_stock: EndStock | None = None
    ceiling: StockCeiling | None = None

    @property
    def families(self) -> int:
        """F."""
        return int(self.demand_units.shape[0])

    @property
    def months(self) -> int:
        """T."""
        return int(self.demand_units.shape[1])

    @property
    def resources(self) -> int:
        """R; 0 without resources."""
        return int(self.hours_per_unit.shape[0])

    @property
    def locked_months(self) -> int:
        """L."""
        return int(self.locked_make_units.shape[1])

    @cached_property
    def resource_hours_per_unit(self) -> Array:
        """[R, F] hours per unit with bought families at zero: they load no resource."""
        return np.where(self.made, self.hours_per_unit, 0.0)

    @cached_property
    def regular_limit_hours(self) -> Array:
        """[R, T] regular hours that limit output; infinite where they are unknown."""
        return np.where(np.isnan(self.available_hours), np.inf, self.available_hours)

    @cached_property
    def overtime_limit_hours(self) -> Array:
        """[R, T] most overtime: the ratio of the regular hours, or what the locked output needs if that is more."""
        limit = self.overtime_max_ratio * self.available_hours
        locked = self.locked_months
        if locked:
            needed = self.resource_hours_per_unit @ self.locked_make_units - self.available_hours[:, :locked]
            np.maximum(limit[:, :locked], needed, out=limit[:, :locked])
        limit[np.isnan(limit)] = 0.0
        return limit

    def unused_minimum_units(self, outsource_units: Array) -> Array:
        """[F, T] of the smallest amounts agreed, from when an order can arrive, that these [F, T] do not use."""
        due = np.arange(self.months) >= self.outsource_lead_time_months[:, None]
        return np.where(due, np.maximum(self.outsource_min_units - outsource_units, 0.0), 0.0)

    def bands(self) -> tuple[tuple[str, Restricted], ...]:
        """The groups that hold output near a reference, by the name of their columns."""
        groups = (("band", self.restricted), ("calm", self.calm))
        return tuple((name, group) for name, group in groups if group is not None)

    def shares_structure(self, known: "SupplyProblem") -> bool:
        """True when both surely have the same structure: they hold the very same arrays and groups."""
        limits = [problem.stock_limit and problem.stock_limit.limited for problem in (self, known)]
        same_limits = limits[0] == limits[1] and self.demand_units.shape == known.demand_units.shape
        return same_limits and share(self, known, _STRUCTURAL)

    def structure(self) -> tuple[Any, ...]:
        """What the matrix depends on; two problems with the same structure share one programme."""
        shape = (self.families, self.months, self.resources, self.locked_months)
        core = (self.hours_per_unit, self.made, np.where(self.made, self.lead_time_months, 0.0))
        return (*shape, *(a.tobytes() for a in core), *self._group_structure())

    def _group_structure(self) -> Iterator[Any]:
        for name, group in self.bands():
            yield name, group.first_month, group.reference_units.shape[1]
        if self.ramp is not None:
            ramp = self.ramp
            yield "ramp", ramp.resources, ramp.first_month, ramp.last_month, self.calendar_days.tobytes()
        if self.stock_limit is not None:
            yield "stock limit", self.stock_limit.limited
        if self.warehouse is not None:
            yield "warehouse", self.warehouse.space_per_unit.tobytes()
        if self.transport is not None:
            yield "transport", self.transport.load_per_unit.tobytes()
        if self.materials is not None:
            yield "materials", self.materials.units_per_unit.tobytes(), self.materials.kept.tobytes()
        if self.backlog is not None:
            yield "backlog"


_STRUCTURAL = attrgetter(
    "hours_per_unit",
    "made",
    "lead_time_months",
    "calendar_days",
    "locked_make_units",
    "restricted",
    "calm",
    "ramp",
    "warehouse",
    "transport",
    "materials",
    "backlog",
)
_SHAPES = {
    "FT": "demand_units target_units glide_units receipts_units lost_weight unit_cost outsource_unit_cost"
    " outsource_min_units outsource_max_units",
    "F": "opening_units holding_cost target_penalty glide_penalty end_value made lead_time_months"
    " outsource_lead_time_months",
    "RF": "hours_per_unit",
    "RT": "available_hours overtime_max_ratio",
    "R": "overtime_premium_per_hour",
    "T": "calendar_days",
    "FL": "locked_make_units",
}
_GROUP_SHAPES = {
    "restricted": {"reference_units": "FM", "penalty": "F"},
    "calm": {"reference_units": "FN", "penalty": "F"},
    "ramp": {"max_step_hours_per_day": "S", "penalty_per_hour": "S"},
    "stock_limit": {"max_units": "FT", "penalty": "F"},
    "ceiling": {"max_units": "FT"},
    "warehouse": {"space_per_unit": "F", "capacity": "T", "overflow_cost": "T"},
    "transport": {"load_per_unit": "F", "capacity": "T", "spot_cost": "T"},
    "materials": {"units_per_unit": "PF", "opening_units": "P", "receipts_units": "PT", "penalty": "P"},
    "backlog": {"cost": "F", "opening_units": "F", "closing_max_units": "F"},
    "crew": {"change_cost": "RT"},
    "end_stock": {"asked_units": "F", "min_units": "F"},
}
_SHAPE_OF = {name: letters for letters, names in _SHAPES.items() for name in names.split()}
_MAY_BE_UNKNOWN = {
    "available_hours",
    "restricted.reference_units",
    "calm.reference_units",
    "materials.receipts_units",
    "warehouse.capacity",
    "transport.capacity",
    "crew.change_cost",
}
_MAY_BE_INFINITE = {"outsource_max_units", "stock_limit.max_units"}
_UNUSUAL = _MAY_BE_UNKNOWN | _MAY_BE_INFINITE


def checked(problem: SupplyProblem, known: SupplyProblem | None = None) -> SupplyProblem:
    """Return the problem itself when it can be planned.

    Args:
        problem: The problem to check.
        known: A problem checked before; arrays that both share are not looked at again.

    Raises:
        BadSupplyProblem: Naming the first array that has the wrong shape, an unknown or a negative value.
    """
    _check_arrays(problem, known)
    if (problem.glide_units < problem.target_units * (1.0 - 1e-9)).any():
        raise BadSupplyProblem("glide_units", "must never lie below the stock target.")
    if known is None or not share(problem, known, _PENALTIES):
        _check_penalties(problem)
    if known is None or not share(problem, known, _FENCES):
        _check_fences(problem)
    return problem


_PENALTIES = attrgetter("glide_penalty", "target_penalty")
_FENCES = attrgetter("locked_make_units", "restricted", "calm", "made")


def share(one: SupplyProblem, other: SupplyProblem, fields: Callable[[SupplyProblem], tuple[Any, ...]]) -> bool:
    """Whether both problems hold the very same objects in these fields; equal copies do not count."""
    return all(map(is_, fields(one), fields(other)))


def _check_penalties(problem: SupplyProblem) -> None:
    if (problem.glide_penalty > problem.target_penalty).any():
        raise BadSupplyProblem("glide_penalty", "must not exceed the penalty for stock below target.")


def _check_fences(problem: SupplyProblem) -> None:
    if problem.locked_months > problem.months:
        raise BadSupplyProblem("locked_make_units", "has more months than the horizon.")
    end = problem.locked_months
    for field, group in (("restricted", problem.restricted), ("calm", problem.calm)):
        if group is None:
            continue
        if group.first_month < end:
            before = "locked" if end == problem.locked_months else "restricted"
            raise BadSupplyProblem(field, f"starts inside the {before} months.")
        if not np.isnan(group.reference_units[~problem.made]).all():
            raise BadSupplyProblem(field, "holds a bought family; only output of made families is restricted.")
        end = group.months.stop


def _check_arrays(problem: SupplyProblem, known: SupplyProblem | None) -> None:
    """Look at all ordinary arrays at once; one by one only to name the fault."""
    asked = list(_unseen(problem, known))
    for name, values, shape in asked:
        if values.shape != shape:
            raise BadSupplyProblem(name, f"has the shape {values.shape} instead of {shape}.")
    ordinary = [values.ravel() for name, values, _ in asked if name not in _UNUSUAL]
    together = np.concatenate(ordinary) if ordinary else np.zeros(0)
    sound = together.min(initial=0.0) >= 0.0 and together.max(initial=0.0) < np.inf
    for name, values, _ in asked:
        if not sound or name in _UNUSUAL:
            _check_values(name, values)


def _unseen(problem: SupplyProblem, known: SupplyProblem | None) -> Iterator[tuple[str, Array, tuple[int, ...]]]:
    """Name, values and right shape of the arrays that `known` does not hold."""
    sizes = _sizes(problem)
    given, before = vars(problem), vars(known) if known is not None else {}
    for name, letters in _SHAPE_OF.items():
        if given[name] is not before.get(name):
            yield name, given[name], tuple([sizes[letter] for letter in letters])
    for name, shapes in _GROUP_SHAPES.items():
        group, seen = given[name], before.get(name)
        if group is not None and group is not seen:
            for field, letters in shapes.items():
                values = getattr(group, field)
                if values is not getattr(seen, field, None):
                    yield f"{name}.{field}", values, tuple([sizes[letter] for letter in letters])


def _sizes(problem: SupplyProblem) -> dict[str, int]:
    sizes = {"F": problem.families, "T": problem.months, "R": problem.resources, "L": problem.locked_months}
    if problem.restricted is not None:
        sizes["M"] = min(problem.restricted.reference_units.shape[1], problem.months - problem.restricted.first_month)
    if problem.calm is not None:
        sizes["N"] = min(problem.calm.reference_units.shape[1], problem.months - problem.calm.first_month)
    if problem.ramp is not None:
        sizes["S"] = len(problem.ramp.resources)
    if problem.materials is not None:
        sizes["P"] = problem.materials.opening_units.shape[0]
    return sizes


def _check_values(name: str, values: Array) -> None:
    # an unknown value survives minimum and maximum, so two passes find every fault
    known = values[~np.isnan(values)] if name in _MAY_BE_UNKNOWN else values
    lowest, highest = known.min(initial=0), known.max(initial=0)
    if np.isnan(lowest):
        raise BadSupplyProblem(name, "has unknown values.")
    if lowest < 0:
        raise BadSupplyProblem(name, "has values below zero.")
    if np.isinf(highest) and name not in _MAY_BE_INFINITE:
        raise BadSupplyProblem(name, "has infinite values.")
