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
from sop_dash.core.supply.capacity import fitted_to_hours, run_rate_units

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
    run_rate = np.zeros_like(released)
    for month in range(released.shape[1]):
        fixed = np.where(has_plan[:, month], released[:, month], 0.0)
        free = np.maximum(hours.most_hours[:, month] - supply.hours_per_unit @ fixed, 0.0)
        pace = np.where(runs[:, month], _run_rate(inputs, grain.horizon[month]), 0.0)
        run_rate[:, month] = fitted_to_hours(pace, supply.hours_per_unit, free)
    origins = np.where(has_plan.any(axis=1), RELEASED, np.where(runs.any(axis=1), RUN_RATE, OPEN_ORDERS))
    return LockedPlan(
        make_units=np.where(has_plan, np.maximum(released, 0.0), run_rate), origins=tuple(map(str, origins))
    )


def _run_rate(inputs: PlanInputs, month: str) -> Array:
    """[F] what the families make in a month at their recent pace, all channels together."""
    return run_rate_units(
        np.nansum(inputs.sales.units, axis=1),
        inputs.stock.closing_units,
        calendar_days(inputs.grain.history),
        float(calendar_days((month,))[0]),
    )
