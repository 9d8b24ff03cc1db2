"""The locked months: what is made in months that no lever changes. Units.

The released plan where there is one; else the net run-rate of the last three months: shipments and stock change per
calendar day × the days of the month, cut to what the resources can do. Bought families: open orders only.
Source: core specification 2.5b.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.periods import calendar_days
from sop_dash.core.plan.capacity import Capacity

_MONTHS_OF_RUN_RATE = 3

RELEASED, RUN_RATE, OPEN_ORDERS = "released plan", "run-rate", "open orders"


@dataclass(frozen=True, kw_only=True, eq=False)
class LockedPlan:
    """The fixed months.

    Args:
        make_units: [F, L] fixed output (receipts of bought families besides their open orders).
        origins: [F] where it comes from: released plan, run-rate or open orders.
    """

    make_units: Array
    origins: tuple[str, ...]


def locked_plan(inputs: PlanInputs, hours: Capacity, locked_months: int) -> LockedPlan:
    """Fix the output of the first `locked_months` months."""
    supply, grain = inputs.supply, inputs.grain
    made = np.asarray(grain.made, dtype=np.bool_)
    receipts = inputs.stock.receipts_units[:, :locked_months]
    released = supply.released_units[:, :locked_months]
    has_plan = ~np.isnan(released) & made[:, None]
    runs = ~has_plan & (made[:, None] | np.isnan(receipts))
    pace = _net_units_per_day(inputs)[:, None] * calendar_days(grain.horizon[:locked_months])
    run_rate = _within_hours(np.where(runs, pace, 0.0), np.where(has_plan, released, 0.0), supply.hours_per_unit, hours)
    origins = np.where(has_plan.any(axis=1), RELEASED, np.where(runs.any(axis=1), RUN_RATE, OPEN_ORDERS))
    return LockedPlan(
        make_units=np.where(has_plan, np.maximum(released, 0.0), run_rate), origins=tuple(map(str, origins))
    )


def _net_units_per_day(inputs: PlanInputs) -> Array:
    """[F] shipments and stock change of the last three months per calendar day; never negative.

    A stock change that is not known counts as none.
    """
    history = inputs.grain.history[-_MONTHS_OF_RUN_RATE:]
    if not history:
        return np.zeros(len(inputs.grain.families))
    shipped = np.nansum(inputs.sales.units[:, :, -_MONTHS_OF_RUN_RATE:], axis=(1, 2))
    closing = inputs.stock.closing_units
    change = np.zeros(len(inputs.grain.families))
    if closing.shape[1] > len(history):
        change = np.nan_to_num(closing[:, -1] - closing[:, -1 - len(history)], nan=0.0)
    return np.asarray(np.maximum(shipped + change, 0.0) / calendar_days(history).sum())


def _within_hours(units: Array, released: Array, usage: Array, hours: Capacity) -> Array:
    """Cut the families' run-rate, resource by resource, to the hours that the released plan leaves."""
    months = units.shape[1]
    free = np.maximum(hours.most_hours[:, :months] - usage @ released, 0.0)
    asked = usage @ units
    ratio = np.ones_like(asked)
    np.divide(free, asked, out=ratio, where=(asked > 0.0) & ~np.isnan(free))
    ratio = np.minimum(ratio, 1.0)
    uses = usage > 0.0
    return np.asarray(units * np.where(uses[:, :, None], ratio[:, None, :], 1.0).min(axis=0, initial=1.0))
