"""Rule-based planners: chase, level and merit order. For comparison, for explanation, and when no optimum is verified.

They decide output and outsourcing only; stock, lost sales and costs come from the common evaluator. Locked output,
lead times and the limits of hours, materials and outsourcing are kept. Bands, ramps and the shared limits of space and
transport are not looked at; the evaluator prices what a rule breaks there.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sop_dash.core.model.arrays import Array, BoolArray
from sop_dash.core.model.solver_report import SolverReport
from sop_dash.core.supply.costs import costs_of
from sop_dash.core.supply.evaluate import arrivals, evaluate, material_at_hand
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.solution import SupplySolution

_ALLOCATION_PASSES = 3
_LONGEST_BUILD_AHEAD = 6


def chase(problem: SupplyProblem) -> SupplySolution:
    """Make each month what the month needs: demand first, then stock; regular hours, overtime, outsourcing."""
    floor = _Floor(problem)
    for month in range(problem.months):
        for need in (floor.unserved, floor.below_target):
            floor.make(need(month), month, overtime=False)
            floor.make(need(month), month, overtime=True)
            floor.outsource(need(month), month)
        floor.close(month)
    return floor.plan("chase rule")


def level(problem: SupplyProblem, *, no_stock_out: bool = True) -> SupplySolution:
    """Make the same amount every day of the open months, as far as hours allow; no outsourcing beyond the minimum.

    Args:
        problem: What to plan.
        no_stock_out: True takes the rate under which stock never falls below target; False the mean rate, under which
            shortages show.
    """
    floor = _Floor(problem)
    lead = floor.lead_months
    month = np.arange(problem.months)
    open_month = month >= floor.first_open + lead[:, None]
    days = np.where(open_month, problem.calendar_days, 0.0)
    fixed = problem.receipts_units + arrivals(problem, floor.made_units) + floor.outsourced_units
    needed = np.cumsum(problem.demand_units - fixed, axis=1) + problem.target_units - problem.opening_units[:, None]
    rate = np.zeros_like(needed)
    np.divide(needed, np.cumsum(days, axis=1), out=rate, where=np.cumsum(days, axis=1) > 0.0)
    daily = np.maximum(rate.max(axis=1) if no_stock_out else rate[:, -1], 0.0)
    for arrival in range(problem.months):
        floor.make(daily * days[:, arrival], arrival, overtime=True)
    return floor.plan("level rule")


def merit_order(problem: SupplyProblem) -> SupplySolution:
    """Serve each month from its cheapest source: up to six months ahead, regular hours or overtime, or outsourcing.

    Optimal for one family on one resource (Johnson 1957); with shared resources a heuristic.
    """
    floor = _Floor(problem)
    for month in range(problem.months):
        ahead = min(month, _LONGEST_BUILD_AHEAD)
        sources, order = _sources(problem, month, ahead)
        for need in (floor.unserved, floor.below_target):
            for rank in order:
                for source in np.unique(rank):
                    months_ahead, kind = sources[source]
                    wanted = np.where(rank == source, need(month), 0.0)
                    if kind == "outsource":
                        floor.outsource(wanted, month)
                    else:
                        floor.make(wanted, month, overtime=kind == "overtime", months_ahead=months_ahead)
        floor.close(month)
    return floor.plan("merit-order rule")


def _sources(problem: SupplyProblem, month: int, ahead: int) -> tuple[list[tuple[int, str]], NDArray[np.intp]]:
    """Sources (months ahead, kind) and, per rank, the source each family takes: [sources, F], cheapest first."""
    cost = problem.unit_cost[:, month]
    premium = problem.overtime_premium_per_hour @ problem.resource_hours_per_unit
    sources: list[tuple[int, str]] = []
    costs = []
    for months_ahead in range(ahead + 1):
        held = months_ahead * problem.holding_cost
        sources += [(months_ahead, "regular"), (months_ahead, "overtime")]
        costs += [cost + held, cost + premium + held]
    sources.append((0, "outsource"))
    costs.append(problem.outsource_unit_cost[:, month])
    return sources, np.argsort(np.array(costs), axis=0, kind="stable")


class _Floor:
    """What is still free and what has been decided so far, while a rule walks through the months."""

    def __init__(self, problem: SupplyProblem) -> None:
        self._problem = problem
        self._usage = problem.resource_hours_per_unit
        self.first_open = problem.locked_months
        self.lead_months = np.where(problem.made, problem.lead_time_months, 0.0).astype(np.int64)
        self.made_units = np.zeros_like(problem.demand_units)
        self.made_units[:, : problem.locked_months] = problem.locked_make_units
        possible = np.arange(problem.months) >= problem.outsource_lead_time_months[:, None]
        self._outsource_limit = np.where(possible, problem.outsource_max_units, 0.0)
        self.outsourced_units = np.minimum(problem.outsource_min_units, self._outsource_limit)
        used = self._usage @ self.made_units
        regular = problem.regular_limit_hours
        self._regular = np.maximum(regular - used, 0.0)
        self._overtime = np.maximum(problem.overtime_limit_hours - np.maximum(used - regular, 0.0), 0.0)
        self._earliest = np.where(problem.made, self.first_open, np.maximum(self.first_open, problem.lead_time_months))
        waiting = 0.0 if problem.backlog is None else problem.backlog.opening_units
        self._opening = problem.opening_units - waiting
        self._lost_units = np.zeros_like(problem.demand_units)

    def unserved(self, month: int) -> Array:
        """[F] demand (and waiting orders) that stock and decisions so far do not cover."""
        return np.maximum(-self._after(month), 0.0)

    def below_target(self, month: int) -> Array:
        """[F] missing to serve the month and end it at the stock target."""
        return np.maximum(self._problem.target_units[:, month] - self._after(month), 0.0)

    def close(self, month: int) -> None:
        """End the month: without a backlog a shortage is lost, not carried."""
        if self._problem.backlog is None:
            self._lost_units[:, month] = self.unserved(month)

    def make(self, need: Array, month: int, *, overtime: bool, months_ahead: int = 0) -> None:
        """Start what `need` asks to arrive by `month`, in fair shares where hours are short."""
        start = month - self.lead_months - months_ahead
        open_month = start >= self._earliest
        for first in np.unique(start[open_month & (need > 0.0)]):
            self._start(np.where(open_month & (start == first), need, 0.0), int(first), overtime=overtime)

    def outsource(self, need: Array, month: int) -> None:
        """Buy what `need` asks, up to the limit."""
        units = np.minimum(need, self._outsource_limit[:, month] - self.outsourced_units[:, month])
        self.outsourced_units[:, month] += np.maximum(units, 0.0)

    def plan(self, method: str) -> SupplySolution:
        report = SolverReport(method=method, status="rule", objective=np.nan, residual=0.0, duality_gap=np.nan)
        plan = evaluate(self._problem, self.made_units, self.outsourced_units, report=report)
        return replace(plan, report=replace(report, objective=costs_of(self._problem, plan).total))

    def _after(self, month: int) -> Array:
        """[F] stock (negative: unserved) at the end of the month under the decisions so far."""
        problem, past = self._problem, slice(0, month + 1)
        flow = arrivals(problem, self.made_units)[:, past] + self.outsourced_units[:, past] + self._lost_units[:, past]
        flow = flow + problem.receipts_units[:, past] - problem.demand_units[:, past]
        return np.asarray(self._opening + flow.sum(axis=1))

    def _start(self, need: Array, month: int, *, overtime: bool) -> None:
        for _ in range(_ALLOCATION_PASSES):
            free = self._regular[:, month] + (self._overtime[:, month] if overtime else 0.0)
            units = need * _fair_share(self._usage * need, free)
            materials = self._problem.materials
            if materials is not None:
                at_hand = material_at_hand(materials, self.made_units, month)
                units = units * _fair_share(materials.units_per_unit * units, at_hand)
            used = self._usage @ units
            regular = np.minimum(used, self._regular[:, month])
            self._regular[:, month] -= regular
            self._overtime[:, month] = np.maximum(self._overtime[:, month] - (used - regular), 0.0)
            self.made_units[:, month] += units
            need = need - units


def _fair_share(hours: Array, free: Array) -> Array:
    """[F] share of each family's wish that the scarcest of its resources can give; hours [R, F], free [R]."""
    asked = hours.sum(axis=1)
    ratio = np.ones_like(asked)
    np.divide(free, asked, out=ratio, where=asked > 0.0)
    ratio = np.clip(ratio, 0.0, 1.0)
    used: BoolArray = hours > 0.0
    return np.asarray(np.where(used, ratio[:, None], 1.0).min(axis=0, initial=1.0))
