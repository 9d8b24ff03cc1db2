"""How full the resources of a plan are: hours used of regular hours, a ratio (1.0 is full), never a percentage."""

import numpy as np

from sop_dash.core.model.arrays import Array, BoolArray, IntArray, ratio_or_nan
from sop_dash.core.model.result import SupplyPlan

FOLDED_BELOW = 0.5
_ALIKE = 1.0 - 1e-9


def load(supply: SupplyPlan) -> Array:
    """[R, T] hours used ÷ regular hours; NaN where the hours are unknown or zero."""
    return ratio_or_nan(supply.hours_used, supply.available_hours)


def fullest_cell(filled: Array) -> int:
    """Flat position of the fullest cell that is known, 0 where none is.

    Of cells equal but for the last digits the first is named, so that the same plan always names the same one.
    """
    known = np.where(np.isnan(filled), -np.inf, filled)
    return int((known >= known.max() * _ALIKE).argmax())


def fullest_first(supply: SupplyPlan, resources: BoolArray) -> IntArray:
    """Positions of the resources marked, by their fullest month; those of unknown hours last.

    Args:
        supply: The plan that sets the order.
        resources: [R] True for the resources wanted.
    """
    peak = np.fmax.reduce(load(supply), axis=1, initial=-np.inf)
    order = np.argsort(-peak, kind="stable")
    return np.asarray(order[resources[order]], dtype=np.int64)


def relevant(supply: SupplyPlan, order: IntArray) -> int:
    """How many resources of `order`, counted from its start, hold every one that is half full in some month."""
    peak = np.fmax.reduce(load(supply)[order], axis=1, initial=-np.inf)
    shown = np.flatnonzero((peak >= FOLDED_BELOW) | np.isinf(peak))
    return int(shown[-1]) + 1 if shown.size else 0


def fullest_by_month(supply: SupplyPlan) -> IntArray:
    """[T] position of the fullest resource of each month; −1 where the hours of none are known."""
    filled = load(supply)
    if not filled.size:
        return np.full(filled.shape[1], -1, dtype=np.int64)
    known = ~np.isnan(filled)
    fullest = np.where(known, filled, -np.inf).argmax(axis=0)
    return np.asarray(np.where(known.any(axis=0), fullest, -1), dtype=np.int64)


def full_months(supply: SupplyPlan) -> BoolArray:
    """[R, T] True where regular hours and all overtime allowed are used up; never where hours are unknown."""
    most = supply.available_hours + supply.overtime_limit_hours
    return np.asarray((supply.hours_used > 0.0) & (supply.hours_used >= most * (1.0 - 1e-6)))
