"""The plan in whole steps: minimum lots, lot multiples, shifts and limits on overtime in a row. Never on a live slider.

The linear programme with whole-number columns beside it, solved by branch and bound within a time and a gap.
Source: core specification 2.7.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import highspy
import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.errors import Cancelled
from sop_dash.core.model.solver_report import SolverReport
from sop_dash.core.supply.answers import decided_plan
from sop_dash.core.supply.costs import costs_of
from sop_dash.core.supply.integer_model import IntegerModel, complete_options
from sop_dash.core.supply.integer_options import IntegerOptions, IntegerPlan, NoIntegerPlan
from sop_dash.core.supply.kernel import SOLVER_OPTIONS, highs_model
from sop_dash.core.supply.problem import SupplyProblem, checked
from sop_dash.core.supply.programme import SupplyProgramme
from sop_dash.core.supply.verification import RESIDUAL_TOLERANCE, Verifier

Progress = Callable[[int, int], None]

_TICKS_PER_SECOND = 10


def integer_plan(problem: SupplyProblem, options: IntegerOptions, progress: Progress | None = None) -> IntegerPlan:
    """The best plan in whole steps.

    Args:
        problem: What the plan on screen solves (`plan.run.problem_of`).
        options: The steps asked for.
        progress: Told how much of the time allowed has gone, in tenths of a second; raises `Cancelled` to stop.

    Raises:
        NoIntegerPlan: Nothing was found in time, or fixed months contradict the options.
        Cancelled: As raised by `progress`.
    """
    options = complete_options(problem, options)
    model = IntegerModel(checked(problem), options)
    values, info = _searched(model, options, progress)
    residual = Verifier(model.matrix, model.layout.money_scale).residual(values, model.vectors)
    if residual > RESIDUAL_TOLERANCE:
        raise NoIntegerPlan(f"The plan found misses a balance or limit by {residual:.1e} of the largest quantity.")
    return _answer(problem, model, options, values, info, residual)


@dataclass(frozen=True, kw_only=True)
class _Found:
    """Scaled bound and gap of the search, and whether the gap asked for was reached."""

    bound: float
    gap: float
    proven: bool


def _searched(model: IntegerModel, options: IntegerOptions, progress: Progress | None) -> tuple[Array, _Found]:
    solver: Any = highspy.Highs()
    for name, value in SOLVER_OPTIONS.items():
        solver.setOptionValue(name, value)
    for name, value in (("presolve", "on"), ("solver", "choose"), ("time_limit", options.seconds)):
        solver.setOptionValue(name, value)
    solver.setOptionValue("mip_rel_gap", options.gap_ratio)
    given = highs_model(model.matrix, model.vectors)
    given.offset_ = model.vectors.money_constant / model.layout.money_scale
    kinds = np.full(model.matrix.shape[1], highspy.HighsVarType.kContinuous, dtype=object)
    kinds[model.whole] = highspy.HighsVarType.kInteger
    given.integrality_ = kinds.tolist()
    solver.passModel(given)
    stopped = _watched(solver, options, progress)
    solver.run()
    if stopped:
        raise stopped[0]
    info = solver.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        status = solver.modelStatusToString(solver.getModelStatus()).lower()
        raise NoIntegerPlan(f"No plan in whole steps was found: {status}.")
    values = np.fromiter(solver.getSolution().col_value, np.float64, model.matrix.shape[1])
    proven = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    bounds = model.vectors.bounds
    values = np.minimum(np.maximum(values, bounds.lower), bounds.upper)
    return values, _Found(bound=float(info.mip_dual_bound), gap=float(info.mip_gap), proven=proven)


def _watched(solver: Any, options: IntegerOptions, progress: Progress | None) -> list[Cancelled]:
    """Report the time gone; what `progress` raises is kept, and ends the search."""
    stopped: list[Cancelled] = []
    told = -1

    def report(event: Any) -> None:
        nonlocal told
        ticks = int(event.data_out.running_time * _TICKS_PER_SECOND)
        if stopped or progress is None:
            event.interrupt(bool(stopped))
            return
        if ticks > told:
            told = ticks
            try:
                progress(ticks, int(options.seconds * _TICKS_PER_SECOND))
            except Cancelled as cancelled:
                stopped.append(cancelled)
                event.interrupt()

    solver.cbMipInterrupt.subscribe(report)
    return stopped


def _answer(
    problem: SupplyProblem, model: IntegerModel, options: IntegerOptions, values: Array, found: _Found, residual: float
) -> IntegerPlan:
    steps = values[model.layout.columns.size :]
    shifts = np.round(model.steps.view(steps, "shift"))
    raised = replace(problem, available_hours=problem.available_hours + shifts * options.shift_hours[:, None])
    scale = model.layout.money_scale
    report = SolverReport(
        method="branch and bound",
        status="optimal" if found.proven else "best found",
        objective=float("nan"),
        residual=residual,
        duality_gap=found.gap,
    )
    plan = decided_plan(raised, model.layout, values, report=report)
    paid = float((options.shift_cost[:, None] * shifts).sum())
    total = costs_of(raised, plan).total + paid
    return IntegerPlan(
        plan=replace(plan, report=replace(report, objective=total)),
        problem=raised,
        shifts=shifts,
        shift_value=paid,
        total_value=total,
        linear_value=SupplyProgramme(problem).solve(problem).report.objective,
        best_possible_value=found.bound * scale,
        gap_ratio=found.gap,
        proven=found.proven,
    )
