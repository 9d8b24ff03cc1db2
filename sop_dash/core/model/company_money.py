"""Company money by month: the closed months and budget of a data load, and the planned months of a plan.

Sums of what is known, in plan currency. `revenue` is of all families with a price; `margin_revenue` and `cogs` only of
those whose cost is known too, so that a margin never mixes two populations. NaN where nothing is known.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sop_dash.core.model.arrays import Array, BoolArray, has_unknown, known_sum, worth
from sop_dash.core.model.fiscal import FiscalYear, fiscal_years
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.result import MoneyPlan


@dataclass(frozen=True, kw_only=True, eq=False)
class PastMoney:
    """What no lever moves.

    Args:
        revenue, margin_revenue, cogs: [H] closed months; cost of goods at standard, premiums are not told apart.
        budget_revenue, budget_margin: [K] budget of all families and channels.
        years: Fiscal years with planned months, the current one first.
    """

    revenue: Array
    margin_revenue: Array
    cogs: Array
    budget_revenue: Array
    budget_margin: Array
    years: tuple[FiscalYear, ...]

    @property
    def margin(self) -> Array:
        """[H] margin of the families whose cost is known."""
        return self.margin_revenue - self.cogs


@lru_cache(maxsize=4)
def past_money(inputs: PlanInputs) -> PastMoney:
    """The past of one data load; kept for the few loads in use, because every move of a slider asks for it."""
    sales, money = inputs.sales, inputs.money
    cogs = worth(sales.units, money.unit_cost[:, None, : len(inputs.grain.history)])
    known = ~np.isnan(sales.net_revenue_value) & ~np.isnan(cogs)
    return PastMoney(
        revenue=known_sum(sales.net_revenue_value, (0, 1)),
        margin_revenue=known_sum(np.where(known, sales.net_revenue_value, np.nan), (0, 1)),
        cogs=known_sum(np.where(known, cogs, np.nan), (0, 1)),
        budget_revenue=known_sum(money.budget_revenue_value, (0, 1)),
        budget_margin=known_sum(money.budget_margin_value, (0, 1)),
        years=fiscal_years(inputs.grain, inputs.company.fiscal_year_first_month),
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class PlannedMoney:
    """What a plan brings, [T] each.

    Args:
        revenue, margin_revenue, cogs: Planned months.
        premiums: Overtime, outsourcing and the known other costs, of the families with a margin.
        no_price, no_margin: [F] families with sales of unknown price, and of unknown price or cost.
    """

    revenue: Array
    margin_revenue: Array
    cogs: Array
    premiums: Array
    no_price: BoolArray
    no_margin: BoolArray

    @property
    def margin(self) -> Array:
        """[T] margin of the families whose cost is known, premiums deducted."""
        return self.margin_revenue - self.cogs - self.premiums


def every_price_known(price: Array, demand: Array) -> bool:
    """True when each family and channel has a price in every month in which it is asked for; both are [F, C, T].

    Else service is counted in units: what has no price would weigh nothing, and its shortage would not show.
    """
    return not has_unknown(price) or not bool((np.isnan(price) & (demand > 0.0)).any())


def planned_money(money: MoneyPlan) -> PlannedMoney:
    """The company money of a plan; all NaN where no family has a price (a margin)."""
    revenue, cogs, margin = (line.sum(axis=(0, 1)) for line in (money.revenue, money.cogs, money.margin))
    if not has_unknown(revenue + margin):
        none = np.zeros(len(money.revenue), dtype=np.bool_)
        return PlannedMoney(
            revenue=revenue,
            margin_revenue=revenue,
            cogs=cogs,
            premiums=revenue - cogs - margin,
            no_price=none,
            no_margin=none,
        )
    return _partly_known(money)


def _partly_known(money: MoneyPlan) -> PlannedMoney:
    no_revenue, no_margin = np.isnan(money.revenue), np.isnan(money.margin)
    without_price, without_margin = no_revenue.any(axis=(1, 2)), no_margin.any(axis=(1, 2))
    revenue, cogs, margin = (
        np.where(no_margin, 0.0, line).sum(axis=(0, 1)) for line in (money.revenue, money.cogs, money.margin)
    )
    every = np.where(no_revenue, 0.0, money.revenue).sum(axis=(0, 1))
    return PlannedMoney(
        revenue=every * np.nan if without_price.all() else every,
        margin_revenue=revenue * np.nan if without_margin.all() else revenue,
        cogs=cogs * np.nan if without_margin.all() else cogs,
        premiums=revenue - cogs - margin,
        no_price=np.asarray(without_price),
        no_margin=np.asarray(without_margin),
    )
