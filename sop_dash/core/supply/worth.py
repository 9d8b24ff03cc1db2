"""What more hours would bring, and which resources bind together.

Worth is always measured by solving again with the hours; duals only say where to look.
"""

from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from sop_dash.core.model.arrays import Array, BoolArray
from sop_dash.core.supply.costs import costs_of
from sop_dash.core.supply.evaluate import full_cells
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.programme import SupplyProgramme
from sop_dash.core.supply.solution import SupplySolution


@dataclass(frozen=True, kw_only=True)
class Worth:
    """What a block of hours brings over the horizon, measured by solving again.

    Args:
        hours: Size of the block, all resource-months together.
        value: Money saved plus sales won; negative when serving more costs more than it earns.
        served_units: More demand served.
        stock_unit_months: Less stock below target, summed over months.
    """

    hours: float
    value: float
    served_units: float
    stock_unit_months: float


@dataclass(frozen=True, kw_only=True)
class CellWorth:
    """The worth of a block in one resource-month."""

    resource: int
    month: int
    worth: Worth


@dataclass(frozen=True, kw_only=True)
class PairWorth:
    """Two resources, the worth of a block on each alone, and on both."""

    first: int
    second: int
    first_alone: Worth
    second_alone: Worth
    together: Worth

    @property
    def bind_together(self) -> bool:
        """True when both blocks bring more than the two brought apart: one alone is held back by the other."""
        apart = self.first_alone.served_units + self.second_alone.served_units
        more_served = self.together.served_units > apart + 1e-6 * max(1.0, abs(apart))
        value_apart = self.first_alone.value + self.second_alone.value
        return more_served and self.together.value > value_apart


def worth_of_hours(
    programme: SupplyProgramme, problem: SupplyProblem, plan: SupplySolution, extra_hours: Array, lost_price: Array
) -> Worth:
    """What these extra regular hours bring.

    Args:
        programme: Fits the problem.
        problem: The plan's problem.
        plan: Its plan.
        extra_hours: [R, T] hours added; the overtime limit in hours stays as it is.
        lost_price: [F, T] price plus goodwill of a lost unit.
    """
    better = _with_hours(problem, extra_hours)
    found = programme.solve(better)
    spent = costs_of(problem, plan).money + float(np.vdot(lost_price, plan.lost_units))
    then = costs_of(better, found).money + float(np.vdot(lost_price, found.lost_units))
    return Worth(
        hours=float(extra_hours.sum()),
        value=spent - then,
        served_units=float(plan.lost_units.sum() - found.lost_units.sum()),
        stock_unit_months=float(plan.below_target_units.sum() - found.below_target_units.sum()),
    )


def worth_by_cell(
    programme: SupplyProgramme,
    problem: SupplyProblem,
    plan: SupplySolution,
    lost_price: Array,
    *,
    block_hours: float = 100.0,
    cells: int = 5,
) -> tuple[CellWorth, ...]:
    """The worth of the next block in the resource-months where hours look dearest, best first.

    Args:
        programme: Fits the problem.
        problem: The plan's problem.
        plan: Its plan; without duals (a rule stood in) nothing is measured.
        lost_price: [F, T] price plus goodwill of a lost unit.
        block_hours: Hours of a block.
        cells: How many resource-months to measure.
    """
    if plan.duals is None:
        return ()
    price = np.where(_changeable(problem), plan.duals.capacity, 0.0)
    order = np.argsort(-price, axis=None, kind="stable")[:cells]
    found = []
    for resource, month in zip(*np.unravel_index(order, price.shape), strict=True):
        if price[resource, month] <= 0.0:
            break
        extra = np.zeros_like(price)
        extra[resource, month] = block_hours
        worth = worth_of_hours(programme, problem, plan, extra, lost_price)
        found.append(CellWorth(resource=int(resource), month=int(month), worth=worth))
    return tuple(sorted(found, key=lambda cell: -cell.worth.value))


def binding_pairs(
    programme: SupplyProgramme,
    problem: SupplyProblem,
    plan: SupplySolution,
    lost_price: Array,
    *,
    hours_per_month: float = 100.0,
    most_resources: int = 4,
) -> tuple[PairWorth, ...]:
    """Pairs of full resources that are worth more together than apart, best first; hours in every open month.

    Args:
        programme: Fits the problem.
        problem: The plan's problem.
        plan: Its plan.
        lost_price: [F, T] price plus goodwill of a lost unit.
        hours_per_month: Hours added to each resource, each open month.
        most_resources: How many of the fullest resources to try.
    """
    full_months = full_cells(problem, plan).sum(axis=1)
    fullest = [int(r) for r in np.argsort(-full_months, kind="stable") if full_months[r] > 0][:most_resources]
    changeable = _changeable(problem)

    def measured(*resources: int) -> Worth:
        extra = np.zeros(changeable.shape)
        extra[list(resources)] = np.where(changeable[list(resources)], hours_per_month, 0.0)
        return worth_of_hours(programme, problem, plan, extra, lost_price)

    alone = {r: measured(r) for r in fullest}
    pairs = [
        PairWorth(first=a, second=b, first_alone=alone[a], second_alone=alone[b], together=measured(a, b))
        for a, b in combinations(sorted(fullest), 2)
    ]
    return tuple(sorted((pair for pair in pairs if pair.bind_together), key=lambda pair: -pair.together.value))


def _changeable(problem: SupplyProblem) -> BoolArray:
    """[R, T] resource-months where more hours can change anything: open, with known hours."""
    return ~np.isnan(problem.available_hours) & (np.arange(problem.months) >= problem.locked_months)


def _with_hours(problem: SupplyProblem, extra_hours: Array) -> SupplyProblem:
    hours = problem.available_hours + extra_hours
    ratio = np.zeros_like(hours)
    overtime = problem.overtime_max_ratio * problem.available_hours
    np.divide(overtime, hours, out=ratio, where=hours > 0.0)
    return replace(problem, available_hours=hours, overtime_max_ratio=ratio)
