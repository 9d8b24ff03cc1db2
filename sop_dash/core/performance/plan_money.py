"""Money KPIs of a plan: full-year outlook against budget and last year, shortage in money, cash, working capital."""

import math
from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array, ratio_or_nan
from sop_dash.core.model.fiscal import FiscalYear, fiscal_years, same_months_last_year
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.kpi import Kpi, Target, Unit
from sop_dash.core.model.periods import short_name
from sop_dash.core.performance.ahead import NO_COST, NO_PRICE, Ahead
from sop_dash.core.performance.sheet import known_sum, names_where

_SALES_AND_PRICES = "sales, prices"
_NO_CASH = "No opening cash is known: load it in the table company (opening_cash)."


@dataclass(frozen=True, kw_only=True, eq=False)
class _Lines:
    """Company money by month, [H] actual and [T] planned.

    `actual_revenue` and `revenue` are of all families with a price; the others only of those with a margin.
    """

    actual_revenue: Array
    actual_margin_revenue: Array
    actual_cogs: Array
    revenue: Array
    margin_revenue: Array
    cogs: Array
    premiums: Array
    no_price: str
    no_margin: str


def money_kpis(ahead: Ahead) -> tuple[Kpi, ...]:
    """Outlook of this and the next fiscal year, margin ratio, shortage, premiums, cash low point, working capital."""
    lines = _lines(ahead)
    current, *later = fiscal_years(ahead.inputs.grain, ahead.inputs.company.fiscal_year_first_month)
    kpis = [
        _revenue(ahead, lines, current, "revenue-outlook"),
        _margin(ahead, lines, current, "margin-outlook"),
        _margin_ratio(ahead, lines, current),
    ]
    if later and later[0].complete:
        kpis.append(_revenue(ahead, lines, later[0], "revenue-outlook-next"))
        kpis.append(_margin(ahead, lines, later[0], "margin-outlook-next"))
    kpis += [_shortage(ahead, "lost-revenue"), _shortage(ahead, "lost-margin")]
    kpis += [_cash_low(ahead), _working_capital(ahead)]
    return tuple(kpis)


def _lines(ahead: Ahead) -> _Lines:
    sales, money, names = ahead.inputs.sales, ahead.money, ahead.inputs.grain.families
    cost = ahead.inputs.money.unit_cost[:, None, : sales.units.shape[2]]
    actual_cogs = np.where(sales.units == 0.0, 0.0, sales.units * cost)
    was_known = ~np.isnan(sales.net_revenue_value) & ~np.isnan(actual_cogs)
    known = ~np.isnan(money.margin)
    no_price = np.isnan(money.revenue).any(axis=(1, 2))
    no_margin = (~known).any(axis=(1, 2))
    revenue = money.revenue.sum(axis=(0, 1), where=known)
    cogs = money.cogs.sum(axis=(0, 1), where=known)
    return _Lines(
        actual_revenue=known_sum(sales.net_revenue_value, (0, 1)),
        actual_margin_revenue=sales.net_revenue_value.sum(axis=(0, 1), where=was_known),
        actual_cogs=np.where(was_known.any(axis=(0, 1)), actual_cogs.sum(axis=(0, 1), where=was_known), np.nan),
        revenue=np.where(no_price.all(), np.nan, money.revenue.sum(axis=(0, 1), where=~np.isnan(money.revenue))),
        margin_revenue=revenue,
        cogs=np.where(no_margin.all(), np.nan, cogs),
        premiums=revenue - cogs - money.margin.sum(axis=(0, 1), where=known),
        no_price=names_where(names, no_price),
        no_margin=names_where(names, no_margin),
    )


def _revenue(ahead: Ahead, lines: _Lines, year: FiscalYear, kpi_id: str) -> Kpi:
    actual, planned = _parts(year, lines.actual_revenue, lines.revenue)
    budget, reason = _budget(ahead.inputs, year, ahead.inputs.money.budget_revenue_value)
    value = year.outlook(lines.actual_revenue, lines.revenue)
    return ahead.sheet.kpi(
        kpi_id,
        value,
        period=_period(ahead.inputs, year),
        parts=(
            ("actual to date", actual, Unit.MONEY),
            ("plan", planned, Unit.MONEY),
            ("budget", budget, Unit.MONEY),
        ),
        reason=NO_PRICE if math.isnan(value) else reason,
        target=_at_least(budget, ahead),
        reference=_compared(budget, year, lines.actual_revenue),
        series=np.concatenate((lines.actual_revenue, lines.revenue))[year.covered],
        population=_population(year),
        excluded=_left_out("no price", lines.no_price),
        table=_SALES_AND_PRICES,
    )


def _margin(ahead: Ahead, lines: _Lines, year: FiscalYear, kpi_id: str) -> Kpi:
    actual_margin, margin = _margins(lines)
    budget, reason = _budget(ahead.inputs, year, ahead.inputs.money.budget_margin_value)
    value = year.outlook(actual_margin, margin)
    return ahead.sheet.kpi(
        kpi_id,
        value,
        period=_period(ahead.inputs, year),
        parts=(*_margin_parts(lines, year), ("budget", budget, Unit.MONEY)),
        reason=NO_COST if math.isnan(value) else reason,
        target=_at_least(budget, ahead),
        reference=_compared(budget, year, actual_margin),
        series=np.concatenate((actual_margin, margin))[year.covered],
        population=_population(year),
        excluded=_left_out("no price or cost", lines.no_margin),
        table=_SALES_AND_PRICES,
    )


def _margin_ratio(ahead: Ahead, lines: _Lines, year: FiscalYear) -> Kpi:
    actual_margin, margin = _margins(lines)
    revenue = year.outlook(lines.actual_margin_revenue, lines.margin_revenue)
    value = float(ratio_or_nan(year.outlook(actual_margin, margin), revenue))
    budget_revenue, reason = _budget(ahead.inputs, year, ahead.inputs.money.budget_revenue_value)
    budget_margin, margin_reason = _budget(ahead.inputs, year, ahead.inputs.money.budget_margin_value)
    budget = float(ratio_or_nan(budget_margin, budget_revenue))
    every = ratio_or_nan(
        np.concatenate((actual_margin, margin)), np.concatenate((lines.actual_margin_revenue, lines.margin_revenue))
    )
    return ahead.sheet.kpi(
        "margin-ratio-outlook",
        value,
        period=_period(ahead.inputs, year),
        parts=_margin_parts(lines, year),
        reason=NO_COST if math.isnan(value) else reason or margin_reason,
        target=None if math.isnan(budget) else Target(low=budget, aim=budget, watch_margin=0.02),
        reference=(budget, "budget"),
        series=every[year.covered],
        population=_population(year),
        excluded=_left_out("no price or cost", lines.no_margin),
        table=_SALES_AND_PRICES,
    )


def _shortage(ahead: Ahead, kpi_id: str) -> Kpi:
    lost, names = ahead.supply.lost, ahead.inputs.grain.families
    worth = ahead.money.lost_margin if kpi_id == "lost-margin" else lost * ahead.money.price
    worth = np.where(lost == 0.0, 0.0, worth)
    unknown = np.isnan(worth)
    known = np.where(unknown, 0.0, worth).sum(axis=1)
    by_family = known[:, : ahead.months].sum(axis=1)
    nothing_known = np.isnan(ahead.money.price if kpi_id == "lost-revenue" else ahead.money.lost_margin).all()
    short = np.flatnonzero(by_family)[np.argsort(-np.abs(by_family[by_family != 0.0]), kind="stable")]
    return ahead.sheet.kpi(
        kpi_id,
        math.nan if nothing_known else float(by_family.sum()),
        period=ahead.period,
        parts=[(names[f], by_family[f], Unit.MONEY) for f in short.tolist()],
        reason=NO_PRICE if nothing_known else "",
        series=known.sum(axis=0),
        population="families that are short, all channels",
        excluded=_left_out("no price or cost", names_where(names, unknown.any(axis=(1, 2)))),
        table="prices",
    )


def _cash_low(ahead: Ahead) -> Kpi:
    cash = ahead.money.cash
    if np.isnan(cash).any():
        return ahead.sheet.kpi("cash-low", math.nan, period=ahead.period, reason=_NO_CASH, table="company")
    lowest = int(cash.argmin())
    company = ahead.inputs.company
    assumed = [
        text
        for missing, text in (
            (company.fixed_cost_per_month is None, "before fixed costs: none given in the table company"),
            (company.tax_ratio is None, "before tax: no tax ratio given in the table company"),
        )
        if missing
    ]
    return ahead.sheet.kpi(
        "cash-low",
        float(cash[lowest]),
        period=ahead.month_name(lowest),
        parts=(
            ("opening cash", float(company.opening_cash or 0.0), Unit.MONEY),
            ("change to the low point", float(cash[lowest]) - float(company.opening_cash or 0.0), Unit.MONEY),
        ),
        target=Target(low=0.0, watch_margin=0.0),
        series=cash,
        population="the whole horizon",
        table="company",
        assumptions=tuple(assumed),
    )


def _working_capital(ahead: Ahead) -> Kpi:
    last, money = ahead.months - 1, ahead.money
    stock, owed, owing = float(ahead.stock_value[last]), float(money.receivables[last]), float(money.payables[last])
    budgets = ahead.inputs.money.budget_working_capital_value
    budget = float(budgets[len(ahead.inputs.grain.history) + last])
    value = stock + owed - owing
    return ahead.sheet.kpi(
        "working-capital",
        value,
        period=f"end of {ahead.last_month}",
        parts=(
            ("stock", stock, Unit.MONEY),
            ("receivables", owed, Unit.MONEY),
            ("payables", -owing, Unit.MONEY),
        ),
        reason=NO_COST if math.isnan(value) else "",
        target=None if math.isnan(budget) else Target(high=budget, aim=budget),
        reference=(budget, "budget"),
        series=ahead.stock_value + money.receivables - money.payables,
        excluded=_left_out("no cost", names_where(ahead.inputs.grain.families, ahead.cost_unknown)),
        table="inventory, company",
    )


def _margins(lines: _Lines) -> tuple[Array, Array]:
    """[H] actual and [T] planned margin of the families where it is known."""
    return lines.actual_margin_revenue - lines.actual_cogs, lines.margin_revenue - lines.cogs - lines.premiums


def _margin_parts(lines: _Lines, year: FiscalYear) -> tuple[tuple[str, float, Unit], ...]:
    actual_revenue, planned_revenue = _parts(year, lines.actual_margin_revenue, lines.margin_revenue)
    actual_cogs, planned_cogs = _parts(year, lines.actual_cogs, lines.cogs)
    return (
        ("revenue to date", actual_revenue, Unit.MONEY),
        ("cost of goods to date", -actual_cogs, Unit.MONEY),
        ("revenue planned", planned_revenue, Unit.MONEY),
        ("cost of goods planned", -planned_cogs, Unit.MONEY),
        ("premiums planned", -_parts(year, lines.actual_cogs, lines.premiums)[1], Unit.MONEY),
    )


def _parts(year: FiscalYear, actual: Array, planned: Array) -> tuple[float, float]:
    """The closed and the planned part of the outlook of a fiscal year."""
    closed, months = year.first + year.actual_months, actual.size
    return float(actual[year.first : closed].sum()), float(planned[closed - months : year.covered.stop - months].sum())


def _budget(inputs: PlanInputs, year: FiscalYear, budget: Array) -> tuple[float, str]:
    """The budget of the covered months; NaN and what is missing when a month has none."""
    by_month = known_sum(budget, (0, 1))
    total = float(by_month[year.covered].sum())
    if not math.isnan(total):
        return total, ""
    present = np.flatnonzero(~np.isnan(by_month))
    if present.size == 0:
        return total, "No budget: load the table budget."
    return total, f"No budget after {short_name(inputs.grain.calendar[present[-1]])}: load the table budget."


def _compared(budget: float, year: FiscalYear, actual: Array) -> tuple[float, str]:
    if not math.isnan(budget):
        return budget, "budget"
    return same_months_last_year(year, actual), "last year"


def _at_least(budget: float, ahead: Ahead) -> Target | None:
    """On plan from the lower end of the attainment band on (95 % of budget); more is never worse."""
    return None if math.isnan(budget) else Target(low=ahead.settings.attainment_low * budget, aim=budget)


def _period(inputs: PlanInputs, year: FiscalYear) -> str:
    if year.complete:
        return f"{year.name} outlook"
    months = inputs.grain.calendar[year.covered]
    return f"{year.name}, {short_name(months[0])}–{short_name(months[-1])}"


def _population(year: FiscalYear) -> str:
    return f"{year.actual_months} months actual + {year.planned_months} months plan"


def _left_out(why: str, names: str) -> str:
    return f"{why}: {names}" if names else ""
