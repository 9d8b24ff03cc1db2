"""B2: lever positions on invented companies of three sizes, with ramp and restricted months, loose and tight.

The work is what the product does for the supply plan of one lever position: check the numbers, hand them over, solve
from the nearest of the bases stored when the plan was prepared, verify, follow stock and hours. The yardstick is the
bare solver on the same numbers: bulk update of what varies between positions, set the one basis of the first, run.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.sparse import csc_matrix

from sop_dash.core.model.arrays import Array
from sop_dash.core.plan.solved_ahead import SOLVED_AHEAD
from sop_dash.core.supply.capacity import fitted_to_hours, ramp_limit
from sop_dash.core.supply.groups import Restricted
from sop_dash.core.supply.kernel import Kernel
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.programme import SupplyProgramme
from sop_dash.core.supply.stock_path import stock_path
from sop_dash.core.supply.vectors import Vectors
from sop_dash.core.supply.weights import service_first_weights
from tests.benchmarks.bare_solver import BareSolver, RecordingKernel
from tests.benchmarks.measure import Row, compare, cpu_ratio

ID = "B2"
TITLE = "Supply plan at three sizes: demand ±10 %, overtime 0 to 30 %, cover ±8 days"

# families, months, resources, goal for median and 95th percentile in CPU milliseconds
SIZES = ((12, 24, 5, 6, 11), (50, 24, 10, 18, 40), (200, 24, 20, 140, 450))
UTILISATION = {"loose": 0.85, "tight": 0.95}
RUNS = 20


def run(data: Path | None) -> list[Row]:
    """One row for each size and load."""
    return [
        _row(families, months, resources, load, f"median ≤ {median} ms, p95 ≤ {high} ms CPU")
        for families, months, resources, median, high in SIZES
        for load in UTILISATION
    ]


def _row(families: int, months: int, resources: int, load: str, goal: str) -> Row:
    base = company(families, months, resources, UTILISATION[load])
    recorder: list[RecordingKernel] = []

    def build(matrix: csc_matrix, vectors: Vectors) -> Kernel:
        recorder.append(RecordingKernel(matrix, vectors))
        return recorder[0]

    programme = SupplyProgramme(base, kernel=build)
    programme.learn(at(base, levers.demand[0].ratio, levers.overtime_max_ratio, 30.0) for levers in SOLVED_AHEAD)
    rng = np.random.default_rng(7)
    asked = [moved(base, rng) for _ in range(RUNS)]
    iterations = [programme.solve(problem).report.iterations for problem in asked]
    solver = BareSolver(recorder[0])
    work, yardstick = compare(lambda i: programme.solve(asked[i]), solver.solve, runs=RUNS)
    return Row(
        what=f"{families} families × {months} months × {resources} resources, {load}",
        times=work,
        goal=goal if load == "loose" else f"{goal} (tight instances stand apart)",
        ratio=cpu_ratio(work, yardstick, "update + setBasis + run on the same LP"),
        note=f"{int(np.median(iterations))} simplex iterations in the middle",
    )


def company(families: int, months: int, resources: int, utilisation: float, seed: int = 0) -> SupplyProblem:
    """An invented company: seasonal demand of very unlike size, each family on about 40 % of the resources."""
    rng = np.random.default_rng(seed)
    month = np.arange(months)
    season = 1.0 + 0.3 * np.sin(2 * np.pi * (month + 3.6 * rng.random((families, 1))) / 12)
    demand = rng.lognormal(7.0, 1.0, (families, 1)) * season * rng.uniform(0.9, 1.1, (families, months))
    cost = rng.lognormal(3.5, 0.6, families)
    price = np.repeat((cost * rng.uniform(1.3, 2.2, families))[:, None], months, axis=1)
    hours = np.where(rng.random((resources, families)) < 0.4, rng.uniform(0.02, 0.2, (resources, families)), 0.0)
    hours[rng.integers(0, resources, families), np.arange(families)] += 0.1
    available = np.outer((hours @ demand).mean(axis=1) / utilisation, np.ones(months))
    days = np.resize([30.0, 31.0, 31.0, 28.0, 31.0, 30.0, 31.0, 30.0, 31.0, 31.0, 30.0, 31.0], months)
    target, holding = _cover(demand, 30.0), 0.2 / 12 * cost
    opening = target[:, 0] * rng.uniform(0.5, 2.5, families)
    path = stock_path(opening, target, demand)
    premium = np.full(resources, 0.1 * (cost @ demand.mean(axis=1)) / (hours @ demand.mean(axis=1)).sum())
    locked = fitted_to_hours(demand[:, 0], hours, 1.1 * available[:, 0])[:, None]
    return SupplyProblem(
        demand_units=demand,
        target_units=path.target_units,
        glide_units=path.glide_units,
        opening_units=opening,
        receipts_units=np.zeros_like(demand),
        lost_weight=service_first_weights(price, np.repeat(cost[:, None], months, axis=1), 3.0 * holding),
        unit_cost=np.repeat(cost[:, None], months, axis=1),
        outsource_unit_cost=np.repeat(1.2 * cost[:, None], months, axis=1),
        holding_cost=holding,
        target_penalty=3.0 * holding,
        glide_penalty=1.5 * holding,
        end_value=cost,
        hours_per_unit=hours,
        available_hours=available,
        overtime_max_ratio=np.full((resources, months), 0.15),
        overtime_premium_per_hour=premium,
        outsource_min_units=np.zeros_like(demand),
        outsource_max_units=0.1 * demand * (rng.random((families, 1)) < 0.3),
        calendar_days=days,
        made=np.ones(families, dtype=bool),
        lead_time_months=np.zeros(families),
        outsource_lead_time_months=np.ones(families),
        locked_make_units=locked,
        restricted=Restricted(first_month=1, reference_units=demand[:, 1:3], band_ratio=0.15, penalty=0.5 * cost),
        ramp=ramp_limit(
            (hours @ locked)[:, 0], available[:, 0], days, premium, change_ratio=0.15, penalty_ratio=2.0, last_month=7
        ),
    )


def moved(problem: SupplyProblem, rng: np.random.Generator) -> SupplyProblem:
    """The same company with demand, overtime and cover somewhere else."""
    demand, cover, overtime = rng.uniform(-0.1, 0.1), rng.uniform(-8.0, 8.0), rng.uniform(0.0, 0.3)
    return at(problem, demand, overtime, 30.0 + cover)


def at(problem: SupplyProblem, demand_ratio: float, overtime_ratio: float | None, cover_days: float) -> SupplyProblem:
    """The same company with demand changed from the first open month on; no overtime ratio leaves its own."""
    demand, overtime = problem.demand_units.copy(), problem.overtime_max_ratio
    demand[:, problem.locked_months :] *= 1.0 + demand_ratio
    path = stock_path(problem.opening_units, _cover(demand, cover_days), demand)
    return replace(
        problem,
        demand_units=demand,
        target_units=path.target_units,
        glide_units=path.glide_units,
        overtime_max_ratio=overtime if overtime_ratio is None else np.full_like(overtime, overtime_ratio),
    )


def _cover(demand: Array, days: float) -> Array:
    """Demand of the next `days` days, months of 30.4 days; the last year repeats beyond the horizon."""
    months = days / 30.4
    following = np.concatenate([demand[:, 1:], demand[:, -12:-10]], axis=1)
    later = np.concatenate([following[:, 1:], demand[:, -11:-10]], axis=1)
    return np.asarray(
        min(months, 1.0) * following[:, : demand.shape[1]] + max(months - 1.0, 0.0) * later[:, : demand.shape[1]]
    )
