"""Where money is made and lost: margin by family and channel, and contribution per hour of a bottleneck."""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array, ratio_or_nan
from sop_dash.core.model.inputs import Grain
from sop_dash.core.model.result import MoneyPlan


@dataclass(frozen=True, kw_only=True)
class ChannelMargin:
    """Margin of one family in one channel over the months asked for; NaN where price or cost is unknown.

    Args:
        family, channel: Whose it is.
        revenue_value: Net revenue.
        cogs_value: Cost of goods at standard.
        premium_value: Its share of all premiums: overtime, outsourcing, overflow space and spot transport.
        margin_value: Revenue − cost of goods − premiums.
        margin_ratio: Margin ÷ revenue; NaN without revenue.
        loses: True when the margin is negative.
    """

    family: str
    channel: str
    revenue_value: float
    cogs_value: float
    premium_value: float
    margin_value: float
    margin_ratio: float

    @property
    def loses(self) -> bool:
        return self.margin_value < 0.0


def channel_margins(grain: Grain, money: MoneyPlan, *, first: int = 0, months: int = 12) -> tuple[ChannelMargin, ...]:
    """One row per family and channel with sales, in the order of the families; loss-makers are marked.

    Args:
        grain: Names of families and channels.
        money: The money of the plan.
        first: Position of the first month in the horizon.
        months: How many months are added.
    """
    window = slice(first, first + months)
    revenue, cogs, margin = (a[:, :, window].sum(axis=2) for a in (money.revenue, money.cogs, money.margin))
    share = ratio_or_nan(margin, revenue)
    sold = (revenue != 0.0) | (cogs != 0.0)
    return tuple(
        ChannelMargin(
            family=grain.families[f],
            channel=grain.channels[c],
            revenue_value=float(revenue[f, c]),
            cogs_value=float(cogs[f, c]),
            premium_value=float(revenue[f, c] - cogs[f, c] - margin[f, c]),
            margin_value=float(margin[f, c]),
            margin_ratio=float(share[f, c]),
        )
        for f, c in np.argwhere(sold).tolist()
    )


def contribution_per_hour(price: Array, avoidable_cost: Array, hours_per_unit: Array) -> Array:
    """[N] money earned by one hour of the resource: (price − avoidable cost) ÷ hours per unit; NaN without hours.

    Args:
        price: [N] net price.
        avoidable_cost: [N] cost that falls away when the unit is not made.
        hours_per_unit: [N] hours of the bottleneck in one unit. With several bottlenecks give the sum of their hours
            times the worth of an hour; above 1 the unit then earns more than its hours are worth (core 10.6).
    """
    return ratio_or_nan(price - avoidable_cost, hours_per_unit)
