"""What no lever moves in the outlook of a fiscal year: its closed months, its budget, and the year before."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.company_money import PastMoney, past_money
from sop_dash.core.model.fiscal import FiscalYear, same_months_last_year
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.periods import short_name


@dataclass(frozen=True, kw_only=True)
class Budgeted:
    """A budget of the covered months; NaN with the reason when a month has none."""

    value: float
    reason: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class YearFacts:
    """One fiscal year before anything is planned.

    Args:
        year: The year and its covered months.
        period: As shown ("FY26 outlook").
        population: How many months are actual, how many planned.
        planned: Its months in the horizon.
        revenue, margin_revenue, cogs: Closed months of the year, added up; 0 where none is closed.
        revenue_by_month, margin_revenue_by_month, margin_by_month: The same one by one.
        budget_revenue, budget_margin: Budget of the covered months.
        last_year_revenue, last_year_margin: The same months a year earlier; NaN unless all of them are closed.
    """

    year: FiscalYear
    period: str
    population: str
    planned: slice
    revenue: float
    margin_revenue: float
    cogs: float
    revenue_by_month: list[float]
    margin_revenue_by_month: list[float]
    margin_by_month: list[float]
    budget_revenue: Budgeted
    budget_margin: Budgeted
    last_year_revenue: float
    last_year_margin: float


@lru_cache(maxsize=4)
def year_facts(inputs: PlanInputs) -> tuple[YearFacts, ...]:
    """The facts of every fiscal year with a planned month; kept for the few data loads in use."""
    past = past_money(inputs)
    return tuple(_facts(inputs, past, year) for year in past.years)


def _facts(inputs: PlanInputs, past: PastMoney, year: FiscalYear) -> YearFacts:
    months = past.revenue.size
    end = year.first + year.actual_months
    closed = slice(min(year.first, months), min(end, months))
    calendar = inputs.grain.calendar[year.covered]
    name = (
        f"{year.name} outlook"
        if year.complete
        else f"{year.name}, {short_name(calendar[0])}–{short_name(calendar[-1])}"
    )
    return YearFacts(
        year=year,
        period=name,
        population=f"{year.actual_months} months actual + {year.planned_months} months plan",
        planned=slice(end - months, year.covered.stop - months),
        revenue=float(past.revenue[closed].sum()),
        margin_revenue=float(past.margin_revenue[closed].sum()),
        cogs=float(past.cogs[closed].sum()),
        revenue_by_month=past.revenue[closed].tolist(),
        margin_revenue_by_month=past.margin_revenue[closed].tolist(),
        margin_by_month=past.margin[closed].tolist(),
        budget_revenue=_budgeted(inputs, year, past.budget_revenue, "No budget", "budget"),
        budget_margin=_budgeted(inputs, year, past.budget_margin, "No budgeted margin", "budget (gross_margin)"),
        last_year_revenue=same_months_last_year(year, past.revenue),
        last_year_margin=same_months_last_year(year, past.margin),
    )


def _budgeted(inputs: PlanInputs, year: FiscalYear, by_month: Array, missing: str, table: str) -> Budgeted:
    total = float(by_month[year.covered].sum())
    if not math.isnan(total):
        return Budgeted(value=total)
    present = np.flatnonzero(~np.isnan(by_month))
    when = f" after {short_name(inputs.grain.calendar[present[-1]])}" if present.size else ""
    return Budgeted(value=math.nan, reason=f"{missing}{when}: load the table {table}.")
