"""What a supply plan costs: money that is spent, and the penalties and weights that steer the plan. Plan currency.

Every plan is priced here, so the costs of the plan of the linear programme equal its objective (tie-break left out).
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.supply.evaluate import material_short, shipped_units
from sop_dash.core.supply.groups import Restricted
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.solution import SupplySolution


@dataclass(frozen=True, kw_only=True)
class SupplyCosts:
    """What a plan costs, in plan currency over the horizon.

    `make` … `people` are money; the penalties and weights below them steer the plan and are never reported.
    """

    make: float
    outsource: float
    overtime_premium: float
    holding: float
    warehouse_overflow: float
    spot_transport: float
    unused_minimum: float
    people: float
    lost: float
    below_target: float
    above_glide: float
    end_shortfall: float
    restricted: float
    calm: float
    ramp: float
    over_limit: float
    material_short: float
    waiting: float

    @property
    def money(self) -> float:
        """Money spent: cost of what is made and outsourced, overtime, holding, and the other costs."""
        spent = self.make + self.outsource + self.overtime_premium + self.holding
        return spent + self.warehouse_overflow + self.spot_transport + self.unused_minimum + self.people

    @property
    def planning(self) -> float:
        """Penalties and weights."""
        stock = self.below_target + self.above_glide + self.end_shortfall + self.over_limit
        return self.lost + stock + self.restricted + self.calm + self.ramp + self.material_short + self.waiting

    @property
    def total(self) -> float:
        """What the linear programme minimises."""
        return self.money + self.planning


def costs_of(problem: SupplyProblem, plan: SupplySolution) -> SupplyCosts:
    """What a plan costs over the horizon; for a plan of the linear programme the total is its objective."""
    below = plan.below_target_units
    above_glide = np.maximum(problem.glide_units - np.maximum(plan.closing_units, problem.target_units), 0.0)
    return SupplyCosts(
        make=_dot(problem.unit_cost, plan.make_units),
        outsource=_dot(problem.outsource_unit_cost, plan.outsource_units),
        overtime_premium=_by_row(problem.overtime_premium_per_hour, plan.overtime_hours),
        holding=_by_row(problem.holding_cost, plan.closing_units),
        lost=_dot(problem.lost_weight, plan.lost_units),
        below_target=_by_row(problem.target_penalty, below),
        above_glide=_by_row(problem.glide_penalty, above_glide),
        end_shortfall=float(problem.end_value @ below[:, -1]),
        restricted=_band_cost(problem.restricted, plan.make_units),
        calm=_band_cost(problem.calm, plan.make_units),
        ramp=_ramp_cost(problem, plan.ramp_break_hours),
        warehouse_overflow=_overflow_cost(problem, plan.closing_units),
        spot_transport=_spot_cost(problem, shipped_units(problem, plan.lost_units, plan.waiting_units)),
        unused_minimum=unused_minimum_cost(problem, plan.outsource_units),
        people=people_cost(problem),
        over_limit=_over_limit_cost(problem, plan.closing_units),
        material_short=_material_cost(problem, plan.make_units),
        waiting=0.0 if problem.backlog is None else _by_row(problem.backlog.cost, plan.waiting_units),
    )


def people_cost(problem: SupplyProblem) -> float:
    """Known cost of hiring and letting go."""
    return 0.0 if problem.crew is None else float(np.nansum(problem.crew.change_cost))


def unused_minimum_cost(problem: SupplyProblem, outsource_units: Array) -> float:
    """What contracts charge for amounts agreed that are not taken: their full price (take or pay)."""
    if not problem.outsource_min_units.any():
        return 0.0
    return _dot(problem.outsource_unit_cost, problem.unused_minimum_units(outsource_units))


def _dot(rate: Array, quantity: Array) -> float:
    return float(np.vdot(rate, quantity))


def _by_row(rate: Array, quantity: Array) -> float:
    return float(rate @ quantity.sum(axis=1))


def _band_cost(group: Restricted | None, make_units: Array) -> float:
    return 0.0 if group is None else _dot(group.step_penalty, np.abs(group.outside(make_units)))


def _ramp_cost(problem: SupplyProblem, broken: Array) -> float:
    if problem.ramp is None or not problem.ramp.resources:
        return 0.0
    return _by_row(problem.ramp.penalty_per_hour, np.abs(broken[list(problem.ramp.resources)]))


def _overflow_cost(problem: SupplyProblem, closing: Array) -> float:
    if problem.warehouse is None:
        return 0.0
    over = np.fmax(problem.warehouse.space_per_unit @ closing - problem.warehouse.capacity, 0.0)
    return _dot(problem.warehouse.overflow_cost, over)


def _spot_cost(problem: SupplyProblem, shipped: Array) -> float:
    if problem.transport is None:
        return 0.0
    over = np.fmax(problem.transport.load_per_unit @ shipped - problem.transport.capacity, 0.0)
    return _dot(problem.transport.spot_cost, over)


def _over_limit_cost(problem: SupplyProblem, closing: Array) -> float:
    if problem.stock_limit is None:
        return 0.0
    over = closing - np.maximum(problem.stock_limit.max_units, problem.glide_units)
    return _by_row(problem.stock_limit.penalty, np.maximum(over, 0.0))


def _material_cost(problem: SupplyProblem, make_units: Array) -> float:
    if problem.materials is None:
        return 0.0
    return _by_row(problem.materials.penalty, material_short(problem.materials, make_units))
