"""Stock of each family at the last month end: units, money at standard cost, how long it lasts, what is too much."""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.kpi import Status, Target
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.performance.stock_health import above_band


@dataclass(frozen=True, kw_only=True)
class FamilyStock:
    """One family; NaN where unknown.

    Args:
        family: Its name.
        closing_units, closing_value: All stock at month end, and at standard cost.
        blocked_units, discontinued_units: The parts of it that may not or no longer be sold.
        cover_days: How long it lasts against the demand that follows.
        beyond_value: Money of the stock beyond the upper end of the days-of-supply band.
        status: Of the days of supply against their band; no data where unknown.
    """

    family: str
    closing_units: float
    closing_value: float
    blocked_units: float
    discontinued_units: float
    cover_days: float
    beyond_value: float
    status: Status


def stock_by_family(
    inputs: PlanInputs, settings: PlanningSettings, demand_ahead: Array | None = None
) -> tuple[FamilyStock, ...]:
    """One row per family, most money first.

    Args:
        inputs: The data load, with at least one closed month.
        settings: The band of days of supply.
        demand_ahead: [F, T] demand planned; None takes last year's to come again.
    """
    stock = inputs.stock
    days, beyond = above_band(inputs, settings, demand_ahead)
    band = Target(low=settings.cover_low_days, high=settings.cover_high_days, aim=settings.cover_aim_days)
    rows = [
        FamilyStock(
            family=name,
            closing_units=float(stock.closing_units[f, -1]),
            closing_value=float(stock.closing_value[f, -1]),
            blocked_units=float(stock.blocked_units[f]),
            discontinued_units=float(stock.discontinued_units[f]),
            cover_days=float(days[f]),
            beyond_value=float(beyond[f]),
            status=Status.NO_DATA if np.isnan(days[f]) else band.judge(float(days[f])),
        )
        for f, name in enumerate(inputs.grain.families)
    ]
    return tuple(sorted(rows, key=lambda row: (-np.nan_to_num(row.closing_value), row.family)))
