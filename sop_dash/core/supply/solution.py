"""The supply plan that answers a supply problem, whoever decided it: the linear programme or a rule."""

from dataclasses import dataclass

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.solver_report import SolverReport


@dataclass(frozen=True, kw_only=True, eq=False)
class SupplyDuals:
    """Worth of one more unit of a limit, planning weights included: ranks bottlenecks, never shown as money.

    Args:
        capacity: [R, T] per regular hour, ≥ 0.
        overtime: [R, T] per hour of a higher overtime limit, ≥ 0.
        balance: [F, T] cost of serving one more unit.
        space, load: [T] per space of the warehouse and load of transport, ≥ 0; None without such a limit.
        materials: [N, T] per unit of material, ≥ 0; None without such a limit.
    """

    capacity: Array
    overtime: Array
    balance: Array
    space: Array | None = None
    load: Array | None = None
    materials: Array | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class SupplySolution:
    """One supply plan.

    Args:
        make_units: [F, T] made (by month of start), or ordered receipts of bought families.
        outsource_units: [F, T].
        lost_units: [F, T] demand not served.
        closing_units: [F, T] stock at month end.
        below_target_units: [F, T].
        waiting_units: [F, T] backlog at month end; zero without a backlog group.
        hours_used: [R, T] overtime included.
        overtime_hours: [R, T].
        overtime_units: [F, T] the part of `make_units` attributed to overtime.
        restricted_break_units: [F, T] outside the band of a restricted month; positive above, negative below.
        ramp_break_hours: [R, T] beyond the ramp limit; positive upwards, negative downwards.
        duals: None for plans made by a rule.
        report: How it was found.
    """

    make_units: Array
    outsource_units: Array
    lost_units: Array
    closing_units: Array
    below_target_units: Array
    waiting_units: Array
    hours_used: Array
    overtime_hours: Array
    overtime_units: Array
    restricted_break_units: Array
    ramp_break_hours: Array
    duals: SupplyDuals | None
    report: SolverReport
