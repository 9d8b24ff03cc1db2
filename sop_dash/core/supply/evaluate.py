"""One evaluator for every plan: decisions in, stock, lost sales, hours, breaks and costs out.

The linear programme and every rule go through it, so two plans are always compared on the same arithmetic:
the costs of the plan of the linear programme equal its objective (tie-break left out).
"""

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.solver_report import SolverReport
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.solution import SupplyCosts, SupplyDuals, SupplySolution


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
    """Follow stock month by month under these decisions and price the result.

    Args:
        problem: What is to be served, and at which cost.
        make_units: [F, T].
        outsource_units: [F, T].
        report: How the decisions were found; its objective is replaced by the costs of the plan.
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
    restricted, ramp = restricted_break(problem, make_units), ramp_break(problem, hours)
    costs = _costs(problem, make_units, outsource_units, lost, closing, waiting, overtime, restricted, ramp)
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
        restricted_break_units=restricted,
        ramp_break_hours=ramp,
        costs=costs,
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


def overtime_needed(problem: SupplyProblem, hours: Array) -> Array:
    """[R, T] hours above the regular ones; 0 where the regular hours are unknown."""
    over = np.maximum(hours - problem.available_hours, 0.0)
    return np.where(np.isnan(problem.available_hours), 0.0, over)


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
    reference = group.reference_units
    months = slice(group.first_month, group.first_month + reference.shape[1])
    step = make_units[:, months] - reference
    band = group.band_ratio * reference
    outside = np.maximum(step - band, 0.0) + np.minimum(step + band, 0.0)
    broken[:, months] = np.where(np.isnan(reference) | ~problem.made[:, None], 0.0, outside)
    return broken


def ramp_break(problem: SupplyProblem, hours: Array) -> Array:
    """[R, T] hours of the month beyond the ramp limit: positive upwards, negative downwards, 0 where none holds."""
    broken = np.zeros_like(hours)
    ramp = problem.ramp
    if ramp is None or ramp.last_month < ramp.first_month or not ramp.resources:
        return broken
    chosen, month = list(ramp.resources), np.arange(ramp.first_month, ramp.last_month + 1)
    days = problem.calendar_days
    step = hours[chosen][:, month] - hours[chosen][:, month - 1] * (days[month] / days[month - 1])
    limit = ramp.max_step_hours_per_day[:, None] * days[month]
    broken[np.array(chosen)[:, None], month] = np.maximum(step - limit, 0.0) + np.minimum(step + limit, 0.0)
    return broken


def _opening_position(problem: SupplyProblem) -> Array:
    return problem.opening_units if problem.backlog is None else problem.opening_units - problem.backlog.opening_units


def _waiting(problem: SupplyProblem, position: Array) -> Array:
    return np.maximum(-position, 0.0) if problem.backlog is not None else np.zeros_like(position)


def _served_as_possible(problem: SupplyProblem, inflow: Array) -> Array:
    """Lost units when stock is used before a sale is lost; with a backlog, what may not wait is cancelled late."""
    position = _opening_position(problem)[:, None] + np.cumsum(inflow, axis=1)
    if problem.backlog is None:
        return _uncovered(position)
    excess = np.maximum(-position[:, -1] - problem.backlog.closing_max_units, 0.0)
    later = np.cumsum(problem.demand_units[:, ::-1], axis=1)[:, ::-1] - problem.demand_units
    return np.clip(excess[:, None] - later, 0.0, problem.demand_units)


def _uncovered(position: Array) -> Array:
    """What each month lacks when a running position must not fall below zero and nothing lacking returns."""
    missing = np.maximum.accumulate(np.maximum(-position, 0.0), axis=1)
    return np.diff(missing, axis=1, prepend=0.0)


def _costs(
    problem: SupplyProblem,
    make_units: Array,
    outsource_units: Array,
    lost: Array,
    closing: Array,
    waiting: Array,
    overtime: Array,
    restricted: Array,
    ramp: Array,
) -> SupplyCosts:
    below = np.maximum(problem.target_units - closing, 0.0)
    above_glide = np.maximum(problem.glide_units - np.maximum(closing, problem.target_units), 0.0)
    return SupplyCosts(
        make=_dot(problem.unit_cost, make_units),
        outsource=_dot(problem.outsource_unit_cost, outsource_units),
        overtime_premium=_by_row(problem.overtime_premium_per_hour, overtime),
        holding=_by_row(problem.holding_cost, closing),
        lost=_dot(problem.lost_weight, lost),
        below_target=_by_row(problem.target_penalty, below),
        above_glide=_by_row(problem.glide_penalty, above_glide),
        end_shortfall=float(problem.end_value @ below[:, -1]) if below.size else 0.0,
        restricted=_restricted_cost(problem, restricted),
        ramp=_ramp_cost(problem, ramp),
        warehouse_overflow=_overflow_cost(problem, closing),
        spot_transport=_spot_cost(problem, lost, waiting),
        over_limit=_over_limit_cost(problem, closing),
        material_short=_material_cost(problem, make_units),
        waiting=0.0 if problem.backlog is None else _by_row(problem.backlog.cost, waiting),
    )


def _dot(rate: Array, quantity: Array) -> float:
    return float(np.vdot(rate, quantity))


def _by_row(rate: Array, quantity: Array) -> float:
    return float(rate @ quantity.sum(axis=1))


def _restricted_cost(problem: SupplyProblem, broken: Array) -> float:
    return 0.0 if problem.restricted is None else _by_row(problem.restricted.penalty, np.abs(broken))


def _ramp_cost(problem: SupplyProblem, broken: Array) -> float:
    if problem.ramp is None or not problem.ramp.resources:
        return 0.0
    return _by_row(problem.ramp.penalty_per_hour, np.abs(broken[list(problem.ramp.resources)]))


def _overflow_cost(problem: SupplyProblem, closing: Array) -> float:
    if problem.warehouse is None:
        return 0.0
    over = np.maximum(problem.warehouse.space_per_unit @ closing - problem.warehouse.capacity, 0.0)
    return _dot(problem.warehouse.overflow_cost, over)


def _spot_cost(problem: SupplyProblem, lost: Array, waiting: Array) -> float:
    if problem.transport is None:
        return 0.0
    shipped = problem.demand_units - lost - waiting
    shipped[:, 1:] += waiting[:, :-1]
    if problem.backlog is not None:
        shipped[:, 0] += problem.backlog.opening_units
    over = np.maximum(problem.transport.load_per_unit @ shipped - problem.transport.capacity, 0.0)
    return _dot(problem.transport.spot_cost, over)


def _over_limit_cost(problem: SupplyProblem, closing: Array) -> float:
    if problem.stock_limit is None:
        return 0.0
    over = closing - np.maximum(problem.stock_limit.max_units, problem.glide_units)
    return _by_row(problem.stock_limit.penalty, np.maximum(over, 0.0))


def _material_cost(problem: SupplyProblem, make_units: Array) -> float:
    if problem.materials is None:
        return 0.0
    left = problem.materials.receipts_units - problem.materials.units_per_unit @ make_units
    position = problem.materials.opening_units[:, None] + np.cumsum(left, axis=1)
    return _by_row(problem.materials.penalty, _uncovered(position))
