"""What can be done about a gap: nothing, overtime, outsourcing, building ahead, or the best mix, each fully priced.

Every option is the whole plan solved again with the other means switched off for the gap, so coverage is limited by
hours that are really free, months of holding are counted, and what stays uncovered is priced as lost sales.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.supply.costs import SupplyCosts, costs_of
from sop_dash.core.supply.groups import StockLimit
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.programme import SupplyProgramme
from sop_dash.core.supply.solution import SupplySolution


class Means(StrEnum):
    """What an option does about a gap."""

    NOTHING = "do nothing"
    OVERTIME = "overtime"
    OUTSOURCE = "outsource"
    BUILD_AHEAD = "build ahead"
    MIX = "best mix"


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Families that come up short in a span of months, and the resources that could help them.

    Args:
        families: Indices of the families.
        resources: Indices of the resources whose overtime counts as a means.
        first_month: First short month (index).
        last_month: Last short month (index, included).
    """

    families: tuple[int, ...]
    resources: tuple[int, ...]
    first_month: int
    last_month: int

    @property
    def months(self) -> slice:
        """The short months."""
        return slice(self.first_month, self.last_month + 1)


@dataclass(frozen=True, kw_only=True, eq=False)
class GapOption:
    """One means and what it brings; differences are against doing nothing.

    Args:
        means: What is done.
        feasible: False when it cannot help at all; `reason` says why.
        reason: One sentence; empty when feasible.
        covered_units: Demand of the gap's families served that doing nothing would lose.
        lost_units: Demand of the gap's families still lost.
        below_target_units: Stock still missing at the end of the gap's last month.
        overtime_hours: More overtime, all resources and months.
        outsourced_units: More units outsourced.
        built_ahead_units: More stock of the gap's families at the start of the gap.
        overtime_value, outsource_value, holding_value: What these cost more.
        lost_value: Sales still lost, all families, at the price given.
        total_value: Money spent plus sales lost, less the same of doing nothing; negative is better than nothing.
        plan: The whole plan.
    """

    means: Means
    feasible: bool
    reason: str
    covered_units: float
    lost_units: float
    below_target_units: float
    overtime_hours: float
    outsourced_units: float
    built_ahead_units: float
    overtime_value: float
    outsource_value: float
    holding_value: float
    lost_value: float
    total_value: float
    plan: SupplySolution


def family_gap(problem: SupplyProblem, family: int, month: int) -> Gap:
    """The gap of one family in one month; its resources are those it is made on."""
    used = np.flatnonzero(problem.resource_hours_per_unit[:, family] > 0.0)
    resources = tuple(int(r) for r in used)
    return Gap(families=(family,), resources=resources, first_month=month, last_month=month)


def resource_gap(problem: SupplyProblem, resource: int, first_month: int, last_month: int) -> Gap:
    """The gap of one resource over a span of months; its families are those made on it."""
    made = np.flatnonzero(problem.resource_hours_per_unit[resource] > 0.0)
    families = tuple(int(f) for f in made)
    return Gap(families=families, resources=(resource,), first_month=first_month, last_month=last_month)


def gap_options(problem: SupplyProblem, gap: Gap, lost_price: Array) -> tuple[GapOption, ...]:
    """Doing nothing, each single means and the best mix, in this order.

    Args:
        problem: The plan's problem with every means as the company allows it.
        gap: Where it comes up short.
        lost_price: [F, T] what a lost unit costs: price plus goodwill (its production cost is saved in the plan).
    """
    study = _Study(problem, gap, lost_price)
    return tuple(study.option(means) for means in Means)


class _Study:
    """Solves one gap under different means; one programme serves all of them."""

    def __init__(self, problem: SupplyProblem, gap: Gap, lost_price: Array) -> None:
        self._gap, self._lost_price = gap, lost_price
        self._problem = replace(problem, stock_limit=_stock_limit(problem))
        self._programme = SupplyProgramme(self._problem)
        self._nothing_problem = self._with(self._problem, overtime=False, outsource=False, build_ahead=False)
        self._nothing = self._programme.solve(self._nothing_problem)

    def option(self, means: Means) -> GapOption:
        problem = self._allowed(means)
        plan = self._nothing if means is Means.NOTHING else self._programme.solve(problem)
        reason = self._obstacle(means, plan)
        spent, before = costs_of(problem, plan), costs_of(self._nothing_problem, self._nothing)
        lost_value, lost_before = self._lost_value(plan), self._lost_value(self._nothing)
        families, last = list(self._gap.families), self._gap.last_month
        lost = float(plan.lost_units[families].sum())
        return GapOption(
            means=means,
            feasible=not reason,
            reason=reason,
            covered_units=float(self._nothing.lost_units[families].sum()) - lost,
            lost_units=lost,
            below_target_units=float(plan.below_target_units[families, last].sum()),
            overtime_hours=float(plan.overtime_hours.sum() - self._nothing.overtime_hours.sum()),
            outsourced_units=float(plan.outsource_units.sum() - self._nothing.outsource_units.sum()),
            built_ahead_units=self._stock_before(plan) - self._stock_before(self._nothing),
            overtime_value=spent.overtime_premium - before.overtime_premium,
            outsource_value=self._outsource_premium(plan) - self._outsource_premium(self._nothing),
            holding_value=_stock_cost(spent) - _stock_cost(before),
            lost_value=lost_value,
            total_value=spent.money + lost_value - before.money - lost_before,
            plan=plan,
        )

    def _allowed(self, means: Means) -> SupplyProblem:
        if means is Means.MIX:
            return self._problem
        build_ahead = means is Means.BUILD_AHEAD
        problem = self._held_to_nothing(self._problem) if build_ahead else self._problem
        overtime, outsource = means is Means.OVERTIME, means is Means.OUTSOURCE
        return self._with(problem, overtime=overtime, outsource=outsource, build_ahead=build_ahead)

    def _with(self, problem: SupplyProblem, *, overtime: bool, outsource: bool, build_ahead: bool) -> SupplyProblem:
        """The problem with the means not allowed switched off for the gap."""
        gap, families = self._gap, list(self._gap.families)
        ratio, most, limit = problem.overtime_max_ratio.copy(), problem.outsource_max_units.copy(), problem.stock_limit
        if not overtime:
            ratio[list(gap.resources), gap.months] = 0.0
        if not outsource:
            most[families, gap.months] = problem.outsource_min_units[families, gap.months]
        if not build_ahead and limit is not None:
            stock = limit.max_units.copy()
            before = slice(problem.locked_months, gap.last_month)
            stock[families, before] = problem.glide_units[families, before]
            limit = replace(limit, max_units=stock)
        return replace(problem, overtime_max_ratio=ratio, outsource_max_units=most, stock_limit=limit)

    def _held_to_nothing(self, problem: SupplyProblem) -> SupplyProblem:
        """Earlier months get no more overtime and outsourcing than without the option: only free hours build ahead."""
        ratio, most = problem.overtime_max_ratio.copy(), problem.outsource_max_units.copy()
        resources, families = list(self._gap.resources), list(self._gap.families)
        before = slice(0, self._gap.first_month)
        hours = np.nan_to_num(problem.available_hours[resources, before], nan=0.0)
        used = self._nothing.overtime_hours[resources, before]
        ratio[resources, before] = np.divide(used, hours, out=np.zeros_like(used), where=hours > 0.0)
        most[families, before] = self._nothing.outsource_units[families, before]
        return replace(problem, overtime_max_ratio=ratio, outsource_max_units=most)

    def _obstacle(self, means: Means, plan: SupplySolution) -> str:
        problem, gap = self._problem, self._gap
        families, last = list(gap.families), gap.last_month
        if means is Means.OVERTIME and not problem.overtime_max_ratio[list(gap.resources), gap.months].any():
            return "No overtime is allowed on these resources in these months."
        if means is Means.OUTSOURCE:
            if not problem.outsource_max_units[families, gap.months].any():
                return "No outsourcing is agreed for these families in these months."
            if (problem.outsource_lead_time_months[families] > last).all():
                return "An order placed now would arrive after the gap."
        if means is Means.BUILD_AHEAD:
            start = last - np.where(problem.made, problem.lead_time_months, 0.0)[families]
            if (start <= problem.locked_months).all():
                return "There is no open month before the gap to build in."
            if self._stock_before(plan) <= self._stock_before(self._nothing):
                return "No hours are free in the months before the gap."
        return ""

    def _stock_before(self, plan: SupplySolution) -> float:
        if self._gap.first_month == 0:
            return 0.0
        return float(plan.closing_units[list(self._gap.families), self._gap.first_month - 1].sum())

    def _lost_value(self, plan: SupplySolution) -> float:
        return float(np.vdot(self._lost_price, plan.lost_units))

    def _outsource_premium(self, plan: SupplySolution) -> float:
        return float(np.vdot(self._problem.outsource_unit_cost - self._problem.unit_cost, plan.outsource_units))


def _stock_limit(problem: SupplyProblem) -> StockLimit:
    """The company's own limit, or one that never binds; the penalty is dearer than any lost sale."""
    dearest = 10.0 * problem.lost_weight.max(axis=1, initial=0.0) + 1.0
    if problem.stock_limit is not None:
        return problem.stock_limit
    return StockLimit(max_units=np.full_like(problem.demand_units, np.inf), penalty=dearest)


def _stock_cost(costs: SupplyCosts) -> float:
    return costs.holding + costs.warehouse_overflow
