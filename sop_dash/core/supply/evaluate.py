"""One evaluator for every plan: decisions in, stock, lost sales, hours and broken limits out.

The linear programme and every rule go through it, so that two plans are always compared on the same arithmetic.
"""

import numpy as np

from sop_dash.core.model.arrays import Array, BoolArray
from sop_dash.core.model.solver_report import SolverReport
from sop_dash.core.supply.groups import Materials
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.solution import SupplyDuals, SupplySolution

_FULL = 1.0 - 1e-6


def evaluate(
    problem: SupplyProblem,
    make_units: Array,
    outsource_units: Array,
    *,
    report: SolverReport,
    lost_units: Array | None = None,
    waiting_units: Array | None = None,
    duals: SupplyDuals | None = None,
) -> SupplySolution:
    """Follow stock month by month under these decisions .

    Args:
        problem: What is to be served, and at which cost.
        make_units: [F, T].
        outsource_units: [F, T].
        report: How the decisions were found; handed on.
        lost_units: [F, T] demand refused; None serves whatever stock allows.
        waiting_units: [F, T] orders made to wait at month end; None lets only those wait that stock cannot serve.
        duals: Handed on.
    """
    inflow = arrivals(problem, make_units) + outsource_units + problem.receipts_units - problem.demand_units
    lost = _served_as_possible(problem, inflow) if lost_units is None else lost_units
    position = _opening_position(problem)[:, None] + np.cumsum(inflow + lost, axis=1)
    waiting = _waiting(problem, position) if waiting_units is None else waiting_units
    closing = np.maximum(position + waiting, 0.0)
    hours = problem.resource_hours_per_unit @ make_units
    overtime = overtime_needed(problem, hours)
    return SupplySolution(
        make_units=make_units,
        outsource_units=outsource_units,
        lost_units=lost,
        closing_units=closing,
        below_target_units=np.maximum(problem.target_units - closing, 0.0),
        waiting_units=waiting,
        hours_used=hours,
        overtime_hours=overtime,
        overtime_units=overtime_units(problem, make_units, hours, overtime),
        restricted_break_units=restricted_break(problem, make_units),
        ramp_break_hours=ramp_break(problem, hours),
        duals=duals,
        report=report,
    )


def arrivals(problem: SupplyProblem, make_units: Array) -> Array:
    """[F, T] units that come into stock: output after its lead time; what arrives after the horizon is left out."""
    lead = np.where(problem.made, problem.lead_time_months, 0.0).astype(np.int64)
    if not lead.any():
        return make_units
    start = np.arange(problem.months) - lead[:, None]
    shifted = np.take_along_axis(make_units, np.maximum(start, 0), axis=1)
    return np.where(start >= 0, shifted, 0.0)


def shipped_units(problem: SupplyProblem, lost_units: Array, waiting_units: Array) -> Array:
    """[F, T] what leaves in a month: demand served and orders that waited."""
    shipped = problem.demand_units - lost_units
    if problem.backlog is not None:
        shipped -= waiting_units
        shipped[:, 1:] += waiting_units[:, :-1]
        shipped[:, 0] += problem.backlog.opening_units
    return shipped


def overtime_needed(problem: SupplyProblem, hours: Array) -> Array:
    """[R, T] hours above the regular ones; 0 where the regular hours are unknown."""
    return np.maximum(hours - problem.regular_limit_hours, 0.0)


def overtime_units(problem: SupplyProblem, make_units: Array, hours: Array, overtime: Array) -> Array:
    """[F, T] output attributed to overtime: the largest overtime share among the resources a family uses."""
    share = np.zeros_like(hours)
    np.divide(overtime, hours, out=share, where=hours > 0.0)
    used = problem.resource_hours_per_unit > 0.0
    largest = (used[:, :, None] * share[:, None, :]).max(axis=0, initial=0.0)
    return np.asarray(make_units * np.minimum(largest, 1.0))


def restricted_break(problem: SupplyProblem, make_units: Array) -> Array:
    """[F, T] units outside the band of the restricted months: positive above, negative below, 0 elsewhere."""
    broken = np.zeros_like(make_units)
    group = problem.restricted
    if group is None:
        return broken
    broken[:, group.months] = group.outside(make_units)
    return broken


def ramp_break(problem: SupplyProblem, hours: Array) -> Array:
    """[R, T] hours of the month beyond the ramp limit: positive upwards, negative downwards, 0 where none holds."""
    broken = np.zeros_like(hours)
    ramp = problem.ramp
    if ramp is None or ramp.last_month < ramp.first_month or not ramp.resources:
        return broken
    chosen, months = np.array(ramp.resources), slice(ramp.first_month, ramp.last_month + 1)
    before = slice(ramp.first_month - 1, ramp.last_month)
    daily = hours[chosen] / problem.calendar_days
    step, limit = daily[:, months] - daily[:, before], ramp.max_step_hours_per_day[:, None]
    broken[chosen, months] = (step - np.minimum(np.maximum(step, -limit), limit)) * problem.calendar_days[months]
    return broken


def material_short(materials: Materials, make_units: Array) -> Array:
    """[N, T] material that output uses beyond what is there; 0 in months whose receipts are unknown."""
    return np.maximum(np.nan_to_num(-material_left(materials, make_units), nan=0.0), 0.0)


def material_left(materials: Materials, make_units: Array) -> Array:
    """[N, T] material at hand after the month's output, negative where it is short; NaN where receipts are unknown.

    Nothing lacking is taken from later months, and nothing is left over by a month whose receipts are unknown.
    """
    flow = materials.receipts_units - materials.units_per_unit @ make_units
    if materials.all_kept_and_known:
        position = materials.opening_units[:, None] + flow.cumsum(axis=1)
        lacking = np.maximum.accumulate(np.maximum(-position, 0.0), axis=1)
        position[:, 1:] += lacking[:, :-1]
        return np.asarray(position)
    before, left = materials.opening_units, np.zeros_like(flow)
    for month in range(flow.shape[1]):
        left[:, month] = before + flow[:, month]
        before = np.where(materials.kept, np.maximum(np.nan_to_num(left[:, month], nan=0.0), 0.0), 0.0)
    return left


def material_at_hand(materials: Materials, make_units: Array, month: int) -> Array:
    """[N] material that more output of a month may use without taking it from output already planned later."""
    left = material_left(materials, make_units)
    later = np.where(materials.kept[:, None], left[:, month + 1 :], np.inf)
    linked = np.logical_and.accumulate(~np.isnan(left[:, month:]), axis=1)
    at_hand = np.concatenate((left[:, month : month + 1], later), axis=1)
    return np.asarray(np.maximum(np.where(linked, at_hand, np.inf).min(axis=1), 0.0))


def full_cells(problem: SupplyProblem, plan: SupplySolution) -> BoolArray:
    """[R, T] True where regular hours and allowed overtime are used up; never where hours are unknown."""
    limit = problem.regular_limit_hours + problem.overtime_limit_hours
    return (plan.hours_used >= _FULL * limit) & (plan.hours_used > 0.0)


def _opening_position(problem: SupplyProblem) -> Array:
    return problem.opening_units if problem.backlog is None else problem.opening_units - problem.backlog.opening_units


def _waiting(problem: SupplyProblem, position: Array) -> Array:
    return np.maximum(-position, 0.0) if problem.backlog is not None else np.zeros_like(position)


def _served_as_possible(problem: SupplyProblem, inflow: Array) -> Array:
    """Lost units when stock is used before a sale is lost; with a backlog, what may not wait is cancelled late."""
    position = _opening_position(problem)[:, None] + np.cumsum(inflow, axis=1)
    if problem.backlog is None:
        return uncovered(position)
    excess = np.maximum(-position[:, -1] - problem.backlog.closing_max_units, 0.0)
    later = np.cumsum(problem.demand_units[:, ::-1], axis=1)[:, ::-1] - problem.demand_units
    return np.clip(excess[:, None] - later, 0.0, problem.demand_units)


def uncovered(position: Array) -> Array:
    """What each month lacks when a running position must not fall below zero and nothing lacking returns."""
    missing = np.maximum.accumulate(np.maximum(-position, 0.0), axis=1)
    return np.diff(missing, axis=1, prepend=0.0)
