"""What an hour of the bottleneck earns with each family and channel: net price less avoidable cost, per hour.

Averages over the months asked for, weighted by units shipped. Plan currency per hour. Source: core 10.6.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.finance.margins import contribution_per_hour
from sop_dash.core.model.arrays import ratio_or_nan, worth
from sop_dash.core.model.result import PlanResult
from sop_dash.core.performance.load import fullest_first
from sop_dash.core.plan import Prepared


@dataclass(frozen=True, kw_only=True)
class HourEarning:
    """One family in one channel on the bottleneck; NaN where price or cost is unknown.

    Args:
        family, channel: Whose it is.
        hours: Hours of the bottleneck in what is shipped.
        contribution_value: Net revenue − avoidable cost.
        value_per_hour: Contribution of one hour.
    """

    family: str
    channel: str
    hours: float
    contribution_value: float
    value_per_hour: float


@dataclass(frozen=True, kw_only=True)
class HourEarnings:
    """The fullest resource of the plan and what its hours earn, best first."""

    resource: str
    rows: tuple[HourEarning, ...]


def hour_earnings(prepared: Prepared, plan: PlanResult, months: int) -> HourEarnings | None:
    """What the fullest resource earns over the first `months`; None without hours of resources."""
    hours_per_unit = prepared.problem.resource_hours_per_unit
    order = fullest_first(plan.supply, np.asarray((hours_per_unit > 0.0).any(axis=1)))
    if not order.size:
        return None
    resource, window = int(order[0]), slice(months)
    shipped = plan.supply.shipped[:, :, window]
    units = shipped.sum(axis=2)
    revenue = plan.money.revenue[:, :, window].sum(axis=2)
    known_cost = np.where(np.isnan(plan.money.unit_cost), np.nan, prepared.costs.make_cost)
    cost = worth(shipped, np.broadcast_to(known_cost[:, None, window], shipped.shape)).sum(axis=2)
    per_unit = np.broadcast_to(hours_per_unit[resource][:, None], units.shape)
    earned = contribution_per_hour(ratio_or_nan(revenue, units), ratio_or_nan(cost, units), per_unit)
    grain = plan.grain
    rows = [
        HourEarning(
            family=grain.families[f],
            channel=grain.channels[c],
            hours=float(units[f, c] * per_unit[f, c]),
            contribution_value=float(revenue[f, c] - cost[f, c]),
            value_per_hour=float(earned[f, c]),
        )
        for f, c in np.argwhere((per_unit > 0.0) & (units > 0.0)).tolist()
    ]
    best_first = sorted(rows, key=lambda row: (np.isnan(row.value_per_hour), -row.value_per_hour))
    return HourEarnings(resource=grain.resources[resource], rows=tuple(best_first))
