"""What more hours would bring, which resources bind together, and how many hours lift a bottleneck.

Worth is always measured by solving again with the hours; duals only say where to look. Money is plan currency.
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

_NOTICEABLE_SHARE = 0.02
_USELESS_SHARE = 0.05
_LIFTED_SHARE = 0.25
_DOUBLINGS = 6


@dataclass(frozen=True, kw_only=True)
class Worth:
    """What a block of hours brings over the horizon, measured by solving again.

    Args:
        hours: Size of the block, all resource-months together.
        value: Money saved plus sales won; negative when serving more costs more than it earns.
        served_units: More demand served.
        stock_unit_months: Less stock below target, summed over months.
        weighed: The same in what the plan minimises, weights included; compares, is never shown as money.
    """

    hours: float
    value: float
    served_units: float
    stock_unit_months: float
    weighed: float


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
    def surplus(self) -> float:
        """What both bring beyond the sum of each alone, weighed as the plan weighs."""
        return self.together.weighed - self.first_alone.weighed - self.second_alone.weighed

    @property
    def bind_together(self) -> bool:
        """True when both blocks bring noticeably more than the two brought apart: one is held back by the other."""
        apart = (self.first_alone, self.second_alone)
        shown = self.together.value > sum(one.value for one in apart)
        shown |= self.together.served_units > sum(one.served_units for one in apart) + 1e-6
        return bool(shown and self.surplus > _NOTICEABLE_SHARE * max(self.together.weighed, 0.0))

    @property
    def one_alone_is_useless(self) -> bool:
        """True when neither block serves or earns anything to speak of without the other."""
        served, value = (max(getattr(self.together, name), 0.0) for name in ("served_units", "value"))
        return self.bind_together and all(
            one.served_units <= _USELESS_SHARE * served and one.value <= _USELESS_SHARE * value
            for one in (self.first_alone, self.second_alone)
        )


@dataclass(frozen=True, kw_only=True)
class Relief:
    """How many hours a month lift a bottleneck.

    Args:
        hours_per_month: The largest block tried before more hours bring little; 0 where the first one already does.
        lifted: False where even more hours would still bring much.
        worth: What that block brings.
        next_resources: Resources that are beyond their regular hours then, in these months, fullest first.
    """

    hours_per_month: float
    lifted: bool
    worth: Worth
    next_resources: tuple[int, ...]


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
        weighed=costs_of(problem, plan).total - costs_of(better, found).total,
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
    blocks = _Blocks(programme, problem, plan, lost_price, slice(None), hours_per_month)
    pairs = [blocks.pair(a, b) for a, b in combinations(sorted(fullest), 2)]
    return tuple(sorted((pair for pair in pairs if pair.bind_together), key=lambda pair: -pair.together.value))


def partners(
    programme: SupplyProgramme,
    problem: SupplyProblem,
    plan: SupplySolution,
    lost_price: Array,
    *,
    resource: int,
    months: slice,
    hours_per_month: float,
) -> tuple[PairWorth, ...]:
    """A block on this resource with one on each other resource that its families use, the best companion first."""
    usage = problem.resource_hours_per_unit > 0.0
    shared = np.flatnonzero((usage & usage[resource]).any(axis=1))
    blocks = _Blocks(programme, problem, plan, lost_price, months, hours_per_month)
    pairs = [blocks.pair(resource, int(other)) for other in shared if other != resource]
    return tuple(sorted(pairs, key=lambda pair: (not pair.bind_together, -pair.surplus)))


def relief(
    programme: SupplyProgramme,
    problem: SupplyProblem,
    plan: SupplySolution,
    lost_price: Array,
    *,
    resource: int,
    months: slice,
    block_hours: float = 100.0,
) -> Relief:
    """How many hours a month lift this resource in these months: blocks are doubled until the next brings little.

    Args:
        programme: Fits the problem.
        problem: The plan's problem.
        plan: Its plan.
        lost_price: [F, T] price plus goodwill of a lost unit.
        resource: The bottleneck.
        months: Its full months.
        block_hours: The first block tried.
    """
    hours, extra, first_rate, lifted = 0.0, np.zeros(problem.available_hours.shape), 0.0, False
    worth = Worth(hours=0.0, value=0.0, served_units=0.0, stock_unit_months=0.0, weighed=0.0)
    for step in range(_DOUBLINGS):
        tried = _Blocks(programme, problem, plan, lost_price, months, block_hours * 2.0**step).extra(resource)
        more = worth_of_hours(programme, problem, plan, tried, lost_price)
        rate = (more.weighed - worth.weighed) / max(more.hours - worth.hours, 1e-9)
        first_rate = first_rate or rate
        lifted = rate <= _LIFTED_SHARE * first_rate
        if lifted:
            break
        hours, extra, worth = block_hours * 2.0**step, tried, more
    better = _with_hours(problem, extra)
    found = programme.solve(better)
    load = (found.hours_used / np.maximum(better.regular_limit_hours, 1.0))[:, months].max(axis=1)
    full = np.flatnonzero(load > 1.0 - 1e-6)
    return Relief(
        hours_per_month=hours,
        lifted=lifted,
        worth=worth,
        next_resources=tuple(int(r) for r in full[np.argsort(-load[full], kind="stable")] if r != resource),
    )


class _Blocks:
    """The same block of hours on one or two resources, measured once each."""

    def __init__(
        self,
        programme: SupplyProgramme,
        problem: SupplyProblem,
        plan: SupplySolution,
        lost_price: Array,
        months: slice,
        hours_per_month: float,
    ) -> None:
        self._asked = programme, problem, plan
        self._lost_price, self._hours = lost_price, hours_per_month
        open_months = np.zeros(problem.months, dtype=np.bool_)
        open_months[months] = True
        self._cells = _changeable(problem) & open_months
        self._alone: dict[int, Worth] = {}

    def extra(self, *resources: int) -> Array:
        """[R, T] the hours on these resources."""
        extra = np.zeros(self._cells.shape)
        extra[list(resources)] = np.where(self._cells[list(resources)], self._hours, 0.0)
        return extra

    def pair(self, first: int, second: int) -> PairWorth:
        for resource in (first, second):
            if resource not in self._alone:
                self._alone[resource] = self._measured(resource)
        return PairWorth(
            first=first,
            second=second,
            first_alone=self._alone[first],
            second_alone=self._alone[second],
            together=self._measured(first, second),
        )

    def _measured(self, *resources: int) -> Worth:
        return worth_of_hours(*self._asked, self.extra(*resources), self._lost_price)


def _changeable(problem: SupplyProblem) -> BoolArray:
    """[R, T] resource-months where more hours can change anything: open, with known hours."""
    return ~np.isnan(problem.available_hours) & (np.arange(problem.months) >= problem.locked_months)


def _with_hours(problem: SupplyProblem, extra_hours: Array) -> SupplyProblem:
    hours = problem.available_hours + extra_hours
    ratio = np.zeros_like(hours)
    overtime = problem.overtime_max_ratio * problem.available_hours
    np.divide(overtime, hours, out=ratio, where=hours > 0.0)
    return replace(problem, available_hours=hours, overtime_max_ratio=ratio)
