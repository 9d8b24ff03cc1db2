"""Where the stock of each family stands: what can be sold, how long it lasts, its band, and its lowest point ahead.

Cover is in calendar days of the demand that follows; units are of one family and never added.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array, BoolArray
from sop_dash.core.model.cover import beyond_horizon, days_of_supply
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.kpi import Status
from sop_dash.core.model.periods import calendar_days, following, shift
from sop_dash.core.model.result import PlanResult

_YEAR = 12
_NOTICEABLE = 0.01


@dataclass(frozen=True, kw_only=True)
class StockPosition:
    """The stock of one family; NaN where unknown.

    Args:
        family: Its name.
        saleable_units: Stock of active items that may be sold, at the end of the last closed month.
        discontinued_units, blocked_units: Stock apart from it, which serves no demand.
        saleable_value: Saleable stock at standard cost.
        cover_days: How long the saleable stock lasts.
        low_days, target_days, high_days: The band and target of the first planned month end.
        lowest_days: Shortest cover at a month end of the open months looked at; unknown where stock is.
        lowest_month: Its month; empty where unknown.
        below_target_units: Most that is missing to the target at a month end of these months.
    """

    family: str
    saleable_units: float
    discontinued_units: float
    blocked_units: float
    saleable_value: float
    cover_days: float
    low_days: float
    target_days: float
    high_days: float
    lowest_days: float
    lowest_month: str
    below_target_units: float

    @property
    def status(self) -> Status:
        """Below the band asks for action, outside the target or above the band for attention; unknown is no data."""
        if np.isnan(self.cover_days):
            return Status.NO_DATA
        if self.lowest_days < self.low_days * (1.0 - _NOTICEABLE):
            return Status.ACT
        if self.lowest_days < self.target_days * (1.0 - _NOTICEABLE) or self.cover_days > self.high_days:
            return Status.WATCH
        return Status.ON_PLAN


def stock_positions(
    inputs: PlanInputs, plan: PlanResult, chosen: BoolArray, *, locked: int, months: int
) -> tuple[StockPosition, ...]:
    """One row per chosen family with demand ahead, the shortest lowest cover against its target first.

    Args:
        inputs: The data load, for the stock as counted.
        plan: The plan, for stock, band and demand ahead.
        chosen: [F] families asked for.
        locked: Months at the start that cannot be changed; the lowest point is looked for after them.
        months: How many months are looked at.
    """
    demand = plan.demand.committed.sum(axis=1)
    rows = [
        _position(inputs, plan, demand[f], f, slice(min(locked, months - 1), months))
        for f in np.flatnonzero(chosen & (demand.sum(axis=1) > 0.0)).tolist()
    ]
    return tuple(sorted(rows, key=lambda row: np.nan_to_num(row.lowest_days / max(row.target_days, 1.0), nan=np.inf)))


def _position(inputs: PlanInputs, plan: PlanResult, demand: Array, f: int, open_months: slice) -> StockPosition:
    supply, stock = plan.supply, inputs.stock
    # The month before the first planned one stands in front, so that the stock counted there has a cover too.
    later = np.concatenate(([0.0], beyond_horizon(demand, _YEAR)))
    days = calendar_days(following(shift(plan.grain.horizon[0], -1), later.size))
    cover = days_of_supply(np.concatenate(([stock.saleable_units[f]], supply.closing[f])), later, days)
    low, target, high = (
        float(days_of_supply(band[f], later[1:], days[1:])[0])
        for band in (supply.stock_low, supply.target, supply.stock_high)
    )
    ahead = cover[1:][open_months]
    lowest = int(np.argmin(ahead))
    counted = not np.isnan(cover[0])  # else the plan starts from a stock that is assumed, and proves nothing
    missing = np.maximum(supply.target[f, open_months] - supply.closing[f, open_months], 0.0)
    return StockPosition(
        family=plan.grain.families[f],
        saleable_units=float(stock.saleable_units[f]),
        discontinued_units=float(stock.discontinued_units[f]),
        blocked_units=float(stock.blocked_units[f]),
        saleable_value=float(stock.saleable_units[f] * plan.money.unit_cost[f, 0]),
        cover_days=float(cover[0]),
        low_days=low,
        target_days=target,
        high_days=high,
        lowest_days=float(ahead[lowest]) if counted else np.nan,
        lowest_month=plan.grain.horizon[open_months.start + lowest] if counted else "",
        below_target_units=float(missing.max()) if counted else np.nan,
    )
