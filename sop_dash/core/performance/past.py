"""The closed months and the budget as company money by month: the part of the outlook that no lever moves."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.fiscal import FiscalYear, fiscal_years
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.performance.sheet import known_sum


@dataclass(frozen=True, kw_only=True, eq=False)
class CompanyPast:
    """Company money by month; NaN where nothing is known.

    Args:
        revenue: [H] net revenue.
        margin_revenue: [H] net revenue of the families whose cost is known too.
        cogs: [H] cost of goods of the same families, at standard cost.
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
def company_past(inputs: PlanInputs) -> CompanyPast:
    """Read the past of one data load; kept for the few loads in use, because every move of a slider asks for it."""
    sales, money = inputs.sales, inputs.money
    cost = money.unit_cost[:, None, : len(inputs.grain.history)]
    cogs = np.where(sales.units == 0.0, 0.0, sales.units * cost)
    known = ~np.isnan(sales.net_revenue_value) & ~np.isnan(cogs)
    return CompanyPast(
        revenue=known_sum(sales.net_revenue_value, (0, 1)),
        margin_revenue=known_sum(np.where(known, sales.net_revenue_value, np.nan), (0, 1)),
        cogs=known_sum(np.where(known, cogs, np.nan), (0, 1)),
        budget_revenue=known_sum(money.budget_revenue_value, (0, 1)),
        budget_margin=known_sum(money.budget_margin_value, (0, 1)),
        years=fiscal_years(inputs.grain, inputs.company.fiscal_year_first_month),
    )
