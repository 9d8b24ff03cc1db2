"""How many people the plan needs: as they are, following the load, a crew that never changes, and the cheapest.

Asked for on request, for companies that bring the table labour. Workers and plan currency over the horizon.
Source: core specification 2.6.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.labour import Labour
from sop_dash.core.model.result import PlanResult
from sop_dash.core.plan.other_costs import change_cost, opening_workers
from sop_dash.core.plan.prepared import Prepared
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.staffing import chase_workers, level_workers, staffing
from sop_dash.core.supply.workforce import NoWorkforcePlan, WorkforcePlan, WorkforceProblem, workforce_plan

AS_PLANNED, CHASE, LEVEL, CHEAPEST = "as given", "following the load", "one crew for all months", "cheapest"


@dataclass(frozen=True, kw_only=True, eq=False)
class WorkforceOption:
    """One way to staff the pools; [P, T] unless said otherwise.

    Args:
        name: Which way.
        workers: At work; the cheapest may count parts of a worker.
        hired, laid_off: At the start of the month.
        change_value: [P] cost of hiring and letting go; NaN where a cost that counts is not known.
        wage_value: [P] wages of the horizon, worked or not; NaN likewise.
        short_hours: Hours of the plan that these people do not have in regular time, by month; of the cheapest, which
            makes the demand in months of its own, its overtime.
        overtime_value: [P] those hours at wage and overtime premium; NaN where the wage is not known.
    """

    name: str
    workers: Array
    hired: Array
    laid_off: Array
    change_value: Array
    wage_value: Array
    short_hours: Array
    overtime_value: Array

    @property
    def total_value(self) -> float:
        """Wages, overtime, hiring and letting go of all pools."""
        return float((self.change_value + self.wage_value + self.overtime_value).sum())


def workforce_options(prepared: Prepared, result: PlanResult, problem: SupplyProblem) -> tuple[WorkforceOption, ...]:
    """The ways to staff a plan; none without labour pools.

    Args:
        prepared: Its inputs name the pools.
        result: The plan whose hours are staffed.
        problem: What that plan solved; the cheapest way may make its demand in other months.
    """
    labour = prepared.inputs.labour
    if labour is None:
        return ()
    months = len(prepared.inputs.grain.history)
    load = result.supply.hours_used[labour.resources]
    per_worker = np.nan_to_num(labour.hours_per_worker[:, months:], nan=0.0)
    given = labour.workers[:, months:]
    opening = np.nan_to_num(opening_workers(labour, months), nan=0.0)
    every = range(len(labour.pools))
    chase = np.stack([chase_workers(load[p], per_worker[p]) for p in every])
    level = np.stack([np.full(load.shape[1], level_workers(load[p], per_worker[p])) for p in every])
    ways = [
        (name, workers, np.maximum(load - workers * per_worker, 0.0))
        for name, workers in ((AS_PLANNED, given), (CHASE, chase), (LEVEL, level))
    ]
    hour = _overtime_wage(labour, problem, per_worker)
    cheapest = _cheapest(labour, problem, per_worker, opening, hour)
    if cheapest is not None:
        ways.append((CHEAPEST, cheapest.workers, cheapest.overtime_hours))
    return tuple(_option(name, workers, short, labour, opening, hour) for name, workers, short in ways)


def _overtime_wage(labour: Labour, problem: SupplyProblem, per_worker: Array) -> Array:
    """[P] wage and premium of an hour of overtime."""
    premium = problem.overtime_premium_per_hour[labour.resources]
    return np.asarray(labour.wage_per_month / np.maximum(per_worker.mean(axis=1), 1.0) + premium)


def _option(
    name: str, workers: Array, short: Array, labour: Labour, opening: Array, overtime_wage: Array
) -> WorkforceOption:
    every = range(len(labour.pools))
    rows = [staffing(workers[p], float(opening[p]), 1.0, 1.0) for p in every]
    hired, laid_off = np.stack([row.hired for row in rows]), np.stack([row.laid_off for row in rows])
    return WorkforceOption(
        name=name,
        workers=workers,
        hired=hired,
        laid_off=laid_off,
        change_value=change_cost(labour, hired, laid_off).sum(axis=1),
        wage_value=_paid(workers, labour.wage_per_month),
        short_hours=short,
        overtime_value=_paid(short, overtime_wage),
    )


def _paid(amount: Array, rate: Array) -> Array:
    """[P] people or hours × rate; a rate that is not known counts only where there are any."""
    total = amount.sum(axis=1)
    return np.where(total == 0.0, 0.0, total * rate)


def _cheapest(
    labour: Labour, problem: SupplyProblem, per_worker: Array, opening: Array, overtime_wage: Array
) -> WorkforcePlan | None:
    """The plan of least cost, orders waiting where that is cheaper; None where none is found."""
    usage = problem.resource_hours_per_unit[labour.resources]
    rates = (labour.hire_cost, labour.lay_off_cost, labour.wage_per_month)
    families = np.flatnonzero((usage > 0.0).any(axis=0))
    if families.size == 0 or any(np.isnan(rate).any() for rate in rates):
        return None
    ratio = problem.overtime_max_ratio[labour.resources]
    backlog = problem.backlog
    question = WorkforceProblem(
        demand_units=np.maximum((problem.demand_units - problem.receipts_units)[families], 0.0),
        opening_units=problem.opening_units[families],
        opening_backlog_units=np.zeros(families.size) if backlog is None else backlog.opening_units[families],
        closing_min_units=problem.target_units[families, -1],
        closing_backlog_max_units=np.zeros(families.size),
        unit_cost=problem.unit_cost[families].mean(axis=1),
        outsource_unit_cost=problem.outsource_unit_cost[families].mean(axis=1),
        outsource_max_units=problem.outsource_max_units[families],
        holding_cost=problem.holding_cost[families],
        backlog_cost=problem.target_penalty[families] if backlog is None else backlog.cost[families],
        hours_per_unit=usage[:, families],
        hours_per_worker=per_worker,
        overtime_hours_per_worker=ratio * per_worker,
        opening_workers=opening,
        wage_per_month=labour.wage_per_month,
        overtime_wage_per_hour=overtime_wage,
        hire_cost=labour.hire_cost,
        lay_off_cost=labour.lay_off_cost,
        training_ratio=np.zeros(len(labour.pools)),
    )
    try:
        return workforce_plan(question)
    except NoWorkforcePlan:
        return None
