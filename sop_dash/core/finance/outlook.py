"""Full-year outlook: actual to date + plan, by fiscal year, against budget and last year."""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array, known_sum
from sop_dash.core.model.company_money import past_money, planned_money
from sop_dash.core.model.fiscal import FiscalYear, same_months_last_year
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.result import MoneyPlan


@dataclass(frozen=True, kw_only=True)
class OutlookRow:
    """One line of the outlook of one fiscal year; NaN where unknown, variances favourable positive.

    Args:
        year: The fiscal year and its covered months.
        line: Revenue, cost of goods, premiums or gross margin.
        actual_value: Closed months.
        plan_value: Planned months.
        budget_value: The same months in the budget.
        last_year_value: The same months a year earlier.
    """

    year: FiscalYear
    line: str
    actual_value: float
    plan_value: float
    budget_value: float
    last_year_value: float

    @property
    def outlook_value(self) -> float:
        """Actual to date + plan."""
        return self.actual_value + self.plan_value

    @property
    def variance_value(self) -> float:
        """Against budget, favourable to profit positive."""
        gap = self.outlook_value - self.budget_value
        return gap if self.line in _EARNS else -gap


_EARNS = ("Revenue", "Gross margin")


@dataclass(frozen=True, kw_only=True, eq=False)
class MoneyByMonth:
    """Company money over history and horizon, [K] each; NaN where nothing is known.

    Args:
        revenue: Net revenue of all families with a price.
        margin_revenue: Net revenue of those whose cost is known too; so are the next two.
        cogs: Cost of goods at standard.
        premiums: As in `PlannedMoney`; 0 in closed months, where they are not told apart.
        inventory: Stock at month end at standard cost.
        budget_revenue, budget_margin, budget_inventory: NaN where there is no budget.
    """

    revenue: Array
    margin_revenue: Array
    cogs: Array
    premiums: Array
    inventory: Array
    budget_revenue: Array
    budget_margin: Array
    budget_inventory: Array

    @property
    def margin(self) -> Array:
        """[K] gross margin, premiums deducted."""
        return self.margin_revenue - self.cogs - self.premiums


def money_by_month(inputs: PlanInputs, money: MoneyPlan) -> MoneyByMonth:
    """Join closed and planned months."""
    past, planned = past_money(inputs), planned_money(money)
    return MoneyByMonth(
        revenue=np.concatenate((past.revenue, planned.revenue)),
        margin_revenue=np.concatenate((past.margin_revenue, planned.margin_revenue)),
        cogs=np.concatenate((past.cogs, planned.cogs)),
        premiums=np.concatenate((np.zeros(past.revenue.size), planned.premiums)),
        inventory=np.concatenate((known_sum(inputs.stock.closing_value, 0), known_sum(money.inventory, 0))),
        budget_revenue=past.budget_revenue,
        budget_margin=past.budget_margin,
        budget_inventory=inputs.money.budget_inventory_value,
    )


def outlook(inputs: PlanInputs, money: MoneyPlan) -> tuple[OutlookRow, ...]:
    """Revenue, cost of goods, premiums and gross margin of every fiscal year with a planned month."""
    series, closed = money_by_month(inputs, money), len(inputs.grain.history)
    lines = (
        ("Revenue", series.revenue, series.budget_revenue),
        ("Cost of goods", series.cogs, series.budget_revenue - series.budget_margin),
        ("Premiums", series.premiums, np.full(series.revenue.shape, np.nan)),
        ("Gross margin", series.margin, series.budget_margin),
    )
    rows = []
    for year in past_money(inputs).years:
        for line, values, budget in lines:
            actual, planned = year.parts(values[:closed], values[closed:])
            row = OutlookRow(
                year=year,
                line=line,
                actual_value=actual,
                plan_value=planned,
                budget_value=float(budget[year.covered].sum()),
                last_year_value=same_months_last_year(year, values[:closed]),
            )
            rows.append(row)
    return tuple(rows)
