"""What a plan in whole steps may ask for, and what comes back: lots, shifts and limits on months of overtime."""

from dataclasses import dataclass, field

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.errors import SopError
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.solution import SupplySolution

NOT_GIVEN = np.zeros(0)


class NoIntegerPlan(SopError):
    """No plan in whole steps was found in the time allowed, or the options contradict what is fixed."""


@dataclass(frozen=True, kw_only=True, eq=False)
class IntegerOptions:
    """Whole steps that a plan keeps from the first open month on; what is left out is not asked for.

    Args:
        minimum_lot_units: [F] nothing or at least so many in a month; 0 asks nothing.
        lot_multiple_units: [F] whole multiples of so many; 0 asks nothing.
        shift_hours: [R] regular hours a month that one more shift brings; 0 offers none.
        shift_cost: [R] plan currency for each month the shift stands.
        shift_first_month: [R] index of the first month it can stand in.
        shift_least_months: Months it stays once it stands.
        overtime_months_in_a_row: Most months of overtime in a row on one resource; None sets no limit.
        seconds: Time allowed.
        gap_ratio: The search ends when no plan can be better by more than this share of the cost.
    """

    minimum_lot_units: Array = field(default_factory=lambda: NOT_GIVEN)
    lot_multiple_units: Array = field(default_factory=lambda: NOT_GIVEN)
    shift_hours: Array = field(default_factory=lambda: NOT_GIVEN)
    shift_cost: Array = field(default_factory=lambda: NOT_GIVEN)
    shift_first_month: Array = field(default_factory=lambda: NOT_GIVEN)
    shift_least_months: int = 3
    overtime_months_in_a_row: int | None = None
    seconds: float = 5.0
    gap_ratio: float = 0.001


@dataclass(frozen=True, kw_only=True, eq=False)
class IntegerPlan:
    """The best plan in whole steps that was found.

    Args:
        plan: The plan, on the common evaluator; its report says how it was found.
        problem: What it serves: the problem with the hours of the shifts added.
        shifts: [R, T] 1 in months in which the shift stands.
        shift_value: What the shifts cost over the horizon.
        total_value: Planning cost of the plan, shifts included; compare with `linear_value`.
        linear_value: The same without whole steps and shifts: the plan on screen.
        best_possible_value: No plan in whole steps can cost less.
        gap_ratio: How far the plan may be from the best possible, share of its cost.
        proven: True when the gap asked for was reached; False when time ran out ("best found").
    """

    plan: SupplySolution
    problem: SupplyProblem
    shifts: Array
    shift_value: float
    total_value: float
    linear_value: float
    best_possible_value: float
    gap_ratio: float
    proven: bool
