"""The financial table (S-309): this month, next month, quarter and fiscal year; and the profit lines by period."""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.finance.outlook import MoneyByMonth, money_by_month
from sop_dash.core.model.arrays import Array, ratio_or_nan
from sop_dash.core.model.company_money import past_money
from sop_dash.core.model.fiscal import fiscal_quarters
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.periods import short_name
from sop_dash.core.model.result import MoneyPlan


@dataclass(frozen=True, kw_only=True)
class MoneyPeriod:
    """The money of one period; NaN where unknown. Variances are favourable to profit when positive.

    Args:
        name: As shown ("Nov 26", "Q4 FY26", "FY26 outlook").
        first_month, last_month: What it covers.
        actual_months: How many of its months are closed.
        revenue_value: Net revenue of all families with a price.
        margin_revenue_value, cogs_value, premium_value: Of the families whose cost is known too.
        inventory_value: Stock at its end, at standard cost.
        budget_revenue_value, budget_margin_value, budget_inventory_value: The budget of the same months.
    """

    name: str
    first_month: str
    last_month: str
    actual_months: int
    revenue_value: float
    margin_revenue_value: float
    cogs_value: float
    premium_value: float
    inventory_value: float
    budget_revenue_value: float
    budget_margin_value: float
    budget_inventory_value: float

    @property
    def margin_value(self) -> float:
        """Revenue − cost of goods − premiums, families whose cost is known."""
        return self.margin_revenue_value - self.cogs_value - self.premium_value

    @property
    def margin_ratio(self) -> float:
        """Margin ÷ revenue of the same families; NaN without revenue."""
        return float(ratio_or_nan(self.margin_value, self.margin_revenue_value))

    @property
    def budget_margin_ratio(self) -> float:
        """Budgeted margin ÷ budgeted revenue."""
        return float(ratio_or_nan(self.budget_margin_value, self.budget_revenue_value))

    @property
    def revenue_variance_value(self) -> float:
        """Revenue − budget."""
        return self.revenue_value - self.budget_revenue_value

    @property
    def margin_variance_value(self) -> float:
        """Margin − budget."""
        return self.margin_value - self.budget_margin_value

    @property
    def inventory_variance_value(self) -> float:
        """Budgeted stock − stock: less stock than budgeted is favourable."""
        return self.budget_inventory_value - self.inventory_value


def financial_table(inputs: PlanInputs, money: MoneyPlan) -> tuple[MoneyPeriod, ...]:
    """This month, next month, the fiscal quarter the cycle month is in, and the fiscal year, in this order.

    A horizon of one month has no next month.
    """
    return (*profit_by_month(inputs, money)[:2], profit_by_quarter(inputs, money)[0], profit_by_year(inputs, money)[0])


def profit_by_month(inputs: PlanInputs, money: MoneyPlan) -> tuple[MoneyPeriod, ...]:
    """Every planned month in order."""
    series, closed = money_by_month(inputs, money), len(inputs.grain.history)
    calendar = inputs.grain.calendar
    return tuple(_period(inputs, series, short_name(calendar[m]), m, m + 1) for m in range(closed, len(calendar)))


def profit_by_quarter(inputs: PlanInputs, money: MoneyPlan) -> tuple[MoneyPeriod, ...]:
    """Every fiscal quarter with a planned month; its closed months count as actual."""
    series = money_by_month(inputs, money)
    quarters = fiscal_quarters(inputs.grain, inputs.company.fiscal_year_first_month)
    return tuple(_period(inputs, series, q.name, q.covered.start, q.covered.stop) for q in quarters)


def profit_by_year(inputs: PlanInputs, money: MoneyPlan) -> tuple[MoneyPeriod, ...]:
    """Every fiscal year with a planned month, as far as history and horizon cover it."""
    series = money_by_month(inputs, money)
    return tuple(
        _period(inputs, series, f"{y.name} outlook" if y.complete else y.name, y.covered.start, y.covered.stop)
        for y in past_money(inputs).years
    )


def _period(inputs: PlanInputs, series: MoneyByMonth, name: str, start: int, end: int) -> MoneyPeriod:
    months = slice(start, end)

    def total(values: Array) -> float:
        return float(values[months].sum())

    return MoneyPeriod(
        name=name,
        first_month=inputs.grain.calendar[start],
        last_month=inputs.grain.calendar[end - 1],
        actual_months=int(np.clip(len(inputs.grain.history) - start, 0, end - start)),
        revenue_value=total(series.revenue),
        margin_revenue_value=total(series.margin_revenue),
        cogs_value=total(series.cogs),
        premium_value=total(series.premiums),
        inventory_value=float(series.inventory[end - 1]),
        budget_revenue_value=total(series.budget_revenue),
        budget_margin_value=total(series.budget_margin),
        budget_inventory_value=float(series.budget_inventory[end - 1]),
    )
