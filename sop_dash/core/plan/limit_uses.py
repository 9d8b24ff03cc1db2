"""What a plan asks of every limit besides hours, beside what there is: space, transport, materials and suppliers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sop_dash.core.model.arrays import Array, BoolArray, ratio_or_nan, worth
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.result import OtherCost
from sop_dash.core.model.supply_limits import SharedSpace
from sop_dash.core.plan.limits import limiting_rows
from sop_dash.core.supply.evaluate import material_left, shipped_units
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.solution import SupplySolution

WAREHOUSE, TRANSPORT, MATERIAL, SUPPLIER = "warehouse", "transport", "material", "supplier"

_NOISE = 1e-6


@dataclass(frozen=True, kw_only=True, eq=False)
class LimitUse:
    """One limit under a plan; [T] each.

    Args:
        kind: warehouse, transport, material or supplier.
        name: Of the warehouses, lanes, the material or the supplier.
        load: Space, load or material asked for.
        capacity: What there is; NaN does not limit. Of materials: what is at hand, left over from before included.
        overflow_cost: Of one unit beyond it; NaN where it has no price.
        users: Names of all families, and what a unit of each [F] takes.
        units: [F, T] stock, shipments or output that ask for it.
    """

    kind: str
    name: str
    load: Array
    capacity: Array
    overflow_cost: Array
    users: tuple[tuple[str, ...], Array]
    units: Array

    @cached_property
    def full(self) -> BoolArray:
        """True where all of it is used."""
        return np.asarray((self.load >= self.capacity * (1.0 - _NOISE)) & (self.load > 0.0))

    @cached_property
    def over(self) -> Array:
        """What is used beyond it; 0 where it is unknown."""
        beyond = np.fmax(self.load - self.capacity, 0.0)
        return np.where(beyond > _NOISE * np.maximum(self.load, 1.0), beyond, 0.0)

    @property
    def cost_value(self) -> Array:
        """What goes beyond it, at its price; NaN where that has no price."""
        return np.where(self.over > 0.0, self.over * self.overflow_cost, 0.0)

    @property
    def cost_by_family(self) -> Array:
        """[F, T] that cost on the families, by their share of the load of the month."""
        return worth(self.users[1][:, None] * self.units, ratio_or_nan(self.cost_value, self.load))

    @property
    def families(self) -> tuple[str, ...]:
        """The families that use it."""
        return tuple(name for name, one in zip(*self.users, strict=True) if one > 0.0)


def limit_uses(inputs: PlanInputs, problem: SupplyProblem, solution: SupplySolution) -> tuple[LimitUse, ...]:
    """Every limit besides hours that this problem has, with what the plan asks of it."""
    return (*_shared_uses(inputs, problem, solution), *_scarce(inputs, problem, solution))


_OVERFLOW = {WAREHOUSE: OtherCost.SPACE, TRANSPORT: OtherCost.TRANSPORT}


def overflow_costs(uses: Iterable[LimitUse]) -> Iterator[tuple[OtherCost, Array]]:
    """What is paid in a month for space beyond the warehouses and for spot transport, on the families; [F, T] each.

    The company pays; a family bears it by its share of the space its stock takes at month end, or of the load it ships.
    NaN where a family's part has no price, because no overflow cost is given; nothing within the limits.
    """
    for use in uses:
        if use.kind in _OVERFLOW and use.full.any() and use.over.any():
            yield _OVERFLOW[use.kind], use.cost_by_family


def _shared_uses(inputs: PlanInputs, problem: SupplyProblem, solution: SupplySolution) -> Iterator[LimitUse]:
    limits = inputs.limits
    if limits is None:
        return
    if problem.warehouse is not None:
        use = problem.warehouse.space_per_unit
        yield _shared(WAREHOUSE, limits.warehouse, inputs, use, solution.closing_units, problem.warehouse.capacity)
    if problem.transport is not None:
        use = problem.transport.load_per_unit
        shipped = shipped_units(problem, solution.lost_units, solution.waiting_units)
        yield _shared(TRANSPORT, limits.transport, inputs, use, shipped, problem.transport.capacity)


def _shared(kind: str, space: SharedSpace, inputs: PlanInputs, use: Array, units: Array, capacity: Array) -> LimitUse:
    return LimitUse(
        kind=kind,
        name=", ".join(space.names),
        load=use @ units,
        capacity=capacity,
        overflow_cost=space.overflow_cost_per_unit,
        users=(inputs.grain.families, use),
        units=units,
    )


def _scarce(inputs: PlanInputs, problem: SupplyProblem, solution: SupplySolution) -> Iterator[LimitUse]:
    materials = problem.materials
    if materials is None or inputs.limits is None:
        return
    scarce = inputs.limits.scarce
    used, left = materials.units_per_unit @ solution.make_units, material_left(materials, solution.make_units)
    for row, at in enumerate(limiting_rows(scarce)):
        yield LimitUse(
            kind=MATERIAL if scarce.keeps[at] else SUPPLIER,
            name=scarce.names[at],
            load=used[row],
            capacity=used[row] + left[row],
            overflow_cost=np.full(problem.months, np.nan),
            users=(inputs.grain.families, materials.units_per_unit[row]),
            units=solution.make_units,
        )
