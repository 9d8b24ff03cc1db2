"""Workforce: how many people to hire, keep or let go when labour, not machines, sets the hours.

Labour pools are paid whether used or not; orders may wait. A plan of its own, asked for on request, not part of the
live plan. Source: Chopra & Meindl, aggregate planning (Red Tomato Tools is the case of one family and one pool).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.errors import SopError
from sop_dash.core.supply.kernel import HighsKernel
from sop_dash.core.supply.layout import Blocks
from sop_dash.core.supply.vectors import Bounds, Prices, Vectors
from sop_dash.core.supply.verification import Verifier


class NoWorkforcePlan(SopError):
    """No workforce meets the closing stock and backlog asked for."""


@dataclass(frozen=True, kw_only=True, eq=False)
class WorkforceProblem:
    """Shapes: F families, T months, P labour pools. Money per unit, worker-month, hour or worker.

    Args:
        demand_units: [F, T].
        opening_units, opening_backlog_units: [F].
        closing_min_units, closing_backlog_max_units: [F] after the last month.
        unit_cost: [F] material of a unit made.
        outsource_unit_cost: [F].
        outsource_max_units: [F, T]; may be infinite.
        holding_cost, backlog_cost: [F] per unit-month.
        hours_per_unit: [P, F].
        hours_per_worker: [P, T] regular hours of a worker in a month.
        overtime_hours_per_worker: [P, T] most overtime of a worker in a month.
        opening_workers: [P].
        wage_per_month: [P] of a worker, used or not.
        overtime_wage_per_hour: [P].
        hire_cost, lay_off_cost: [P] per worker.
        training_ratio: [P] share of the first month a new worker does not work.
    """

    demand_units: Array
    opening_units: Array
    opening_backlog_units: Array
    closing_min_units: Array
    closing_backlog_max_units: Array
    unit_cost: Array
    outsource_unit_cost: Array
    outsource_max_units: Array
    holding_cost: Array
    backlog_cost: Array
    hours_per_unit: Array
    hours_per_worker: Array
    overtime_hours_per_worker: Array
    opening_workers: Array
    wage_per_month: Array
    overtime_wage_per_hour: Array
    hire_cost: Array
    lay_off_cost: Array
    training_ratio: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class WorkforcePlan:
    """[F, T] units made, outsourced, in stock and waiting; [P, T] workers, hired, laid off and overtime hours."""

    make_units: Array
    outsource_units: Array
    closing_units: Array
    waiting_units: Array
    workers: Array
    hired: Array
    laid_off: Array
    overtime_hours: Array
    cost: float


def workforce_plan(problem: WorkforceProblem) -> WorkforcePlan:
    """The cheapest plan; workers may be fractions of one.

    Raises:
        NoWorkforcePlan: When closing stock or backlog cannot be met, or no verified optimum is found.
    """
    families, months = problem.demand_units.shape
    pools = problem.hours_per_unit.shape[0]
    columns = Blocks(
        dict.fromkeys(("make", "outsource", "stock", "waiting"), (families, months))
        | dict.fromkeys(("workers", "hired", "laid_off", "overtime"), (pools, months))
    )
    rows = Blocks(
        {"balance": (families, months)} | dict.fromkeys(("people", "hours", "overtime_limit"), (pools, months))
    )
    matrix, vectors = _matrix(problem, columns, rows), _vectors(problem, columns, rows)
    raw = HighsKernel(matrix, vectors).solve_cold(vectors)
    verdict = Verifier(matrix, money_scale=1.0).verdict(raw, vectors)
    if verdict.reason:
        raise NoWorkforcePlan(f"No workforce plan: {verdict.reason}.")
    return WorkforcePlan(
        make_units=columns.view(raw.values, "make"),
        outsource_units=columns.view(raw.values, "outsource"),
        closing_units=columns.view(raw.values, "stock"),
        waiting_units=columns.view(raw.values, "waiting"),
        workers=columns.view(raw.values, "workers"),
        hired=columns.view(raw.values, "hired"),
        laid_off=columns.view(raw.values, "laid_off"),
        overtime_hours=columns.view(raw.values, "overtime"),
        cost=float(vectors.prices.money @ raw.values),
    )


def _matrix(problem: WorkforceProblem, columns: Blocks, rows: Blocks) -> csc_matrix:
    """Balance, people, hours and overtime limit, block by block as Kronecker products over the months."""
    families, months = problem.demand_units.shape
    pools = problem.hours_per_unit.shape[0]
    matrix = np.zeros((rows.size, columns.size))

    def put(row: str, column: str, block: NDArray[np.floating[Any]]) -> None:
        matrix[np.ix_(rows.index(row).ravel(), columns.index(column).ravel())] += block

    same, before = np.eye(months), np.eye(months, k=-1)
    each_family, each_pool = np.eye(families), np.eye(pools)
    put("balance", "make", np.kron(each_family, same))
    put("balance", "outsource", np.kron(each_family, same))
    put("balance", "stock", np.kron(each_family, before - same))
    put("balance", "waiting", np.kron(each_family, same - before))
    put("people", "workers", np.kron(each_pool, same - before))
    put("people", "hired", -np.kron(each_pool, same))
    put("people", "laid_off", np.kron(each_pool, same))
    put("hours", "make", np.kron(problem.hours_per_unit, same))
    put("hours", "workers", -np.diag(problem.hours_per_worker.ravel()))
    put("hours", "hired", np.diag((problem.training_ratio[:, None] * problem.hours_per_worker).ravel()))
    put("hours", "overtime", -np.kron(each_pool, same))
    put("overtime_limit", "overtime", np.kron(each_pool, same))
    put("overtime_limit", "workers", -np.diag(problem.overtime_hours_per_worker.ravel()))
    return csc_matrix(matrix)


def _vectors(problem: WorkforceProblem, columns: Blocks, rows: Blocks) -> Vectors:
    lower, upper = np.zeros(columns.size), np.full(columns.size, np.inf)
    columns.view(lower, "stock")[:, -1] = problem.closing_min_units
    columns.view(upper, "waiting")[:, -1] = problem.closing_backlog_max_units
    columns.view(upper, "outsource")[...] = problem.outsource_max_units
    row_lower = rows.scatter({"balance": problem.demand_units, "hours": -np.inf, "overtime_limit": -np.inf})
    rows.view(row_lower, "balance")[:, 0] += problem.opening_backlog_units - problem.opening_units
    rows.view(row_lower, "people")[:, 0] = problem.opening_workers
    row_upper = np.where(np.isinf(row_lower), 0.0, row_lower)
    cost = columns.scatter(
        {
            "make": problem.unit_cost[:, None],
            "outsource": problem.outsource_unit_cost[:, None],
            "stock": problem.holding_cost[:, None],
            "waiting": problem.backlog_cost[:, None],
            "workers": problem.wage_per_month[:, None],
            "hired": problem.hire_cost[:, None],
            "laid_off": problem.lay_off_cost[:, None],
            "overtime": problem.overtime_wage_per_hour[:, None],
        }
    )
    return Vectors(
        bounds=Bounds.joined(lower=lower, upper=upper, row_lower=row_lower, row_upper=row_upper),
        prices=Prices(cost=cost, money=cost, steering=np.zeros(columns.size)),
        money_constant=0.0,
    )
