"""Money KPIs of a plan: full-year outlook against budget and last year, shortage in money, cash, working capital."""

import math

import numpy as np

from sop_dash.core.model.arrays import Array, ratio_or_nan
from sop_dash.core.model.company_money import PastMoney, PlannedMoney, past_money, planned_money
from sop_dash.core.model.fiscal import FiscalYear, same_months_last_year
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.kpi import Kpi, Target, Unit
from sop_dash.core.model.periods import short_name
from sop_dash.core.performance.ahead import NO_COST, NO_PRICE, Ahead
from sop_dash.core.performance.sheet import at_least, names_where

_SALES_AND_PRICES = "sales, prices"
_NO_CASH = "No opening cash is known: load it in the table company (opening_cash)."


def money_kpis(ahead: Ahead) -> tuple[Kpi, ...]:
    """Outlook of this and the next fiscal year, margin ratio, shortage, premiums, cash low point, working capital."""
    past, planned = past_money(ahead.inputs), planned_money(ahead.money)
    current, *later = past.years
    margin = _margin(ahead, past, planned, current, "margin-outlook")
    kpis = [
        _revenue(ahead, past, planned, current, "revenue-outlook"),
        margin,
        _margin_ratio(ahead, past, planned, current, margin.value),
    ]
    if later and later[0].complete:
        kpis.append(_revenue(ahead, past, planned, later[0], "revenue-outlook-next"))
        kpis.append(_margin(ahead, past, planned, later[0], "margin-outlook-next"))
    price = ahead.money.price
    kpis.append(_shortage(ahead, "lost-revenue", price))
    kpis.append(_shortage(ahead, "lost-margin", price - ahead.money.unit_cost[:, None, :]))
    kpis += [_cash_low(ahead), _working_capital(ahead)]
    return tuple(kpis)


def _revenue(ahead: Ahead, past: PastMoney, planned: PlannedMoney, year: FiscalYear, kpi_id: str) -> Kpi:
    closed, open_months = year.parts(past.revenue, planned.revenue)
    budget, reason = _budget(ahead.inputs, year, past.budget_revenue)
    value = closed + open_months
    return ahead.sheet.kpi(
        kpi_id,
        value,
        period=_period(ahead.inputs, year),
        parts=(
            ("actual to date", closed, Unit.MONEY),
            ("plan", open_months, Unit.MONEY),
        ),
        reason=NO_PRICE if math.isnan(value) else reason,
        target=_at_least(budget, ahead),
        reference=_compared(budget, year, past.revenue),
        series=np.concatenate((past.revenue, planned.revenue))[year.covered],
        population=_population(year),
        excluded=_left_out("no price", names_where(ahead.inputs.grain.families, planned.no_price)),
        table=_SALES_AND_PRICES,
    )


def _margin(ahead: Ahead, past: PastMoney, planned: PlannedMoney, year: FiscalYear, kpi_id: str) -> Kpi:
    budget, reason = _budget(ahead.inputs, year, past.budget_margin)
    parts = _margin_parts(past, planned, year)
    value = sum(part for _, part, _ in parts)
    return ahead.sheet.kpi(
        kpi_id,
        value,
        period=_period(ahead.inputs, year),
        parts=parts,
        reason=NO_COST if math.isnan(value) else reason,
        target=_at_least(budget, ahead),
        reference=_compared(budget, year, past.margin),
        series=np.concatenate((past.margin, planned.margin))[year.covered],
        population=_population(year),
        excluded=_left_out("no price or cost", names_where(ahead.inputs.grain.families, planned.no_margin)),
        table=_SALES_AND_PRICES,
    )


def _margin_ratio(ahead: Ahead, past: PastMoney, planned: PlannedMoney, year: FiscalYear, margin: float | None) -> Kpi:
    """`margin` is the outlook of the same year, None when unknown."""
    revenue = year.outlook(past.margin_revenue, planned.margin_revenue)
    value = float(ratio_or_nan(math.nan if margin is None else margin, revenue))
    budget_revenue, reason = _budget(ahead.inputs, year, past.budget_revenue)
    budget_margin, margin_reason = _budget(ahead.inputs, year, past.budget_margin)
    budget = budget_margin / budget_revenue if budget_revenue else math.nan
    every = ratio_or_nan(
        np.concatenate((past.margin, planned.margin)), np.concatenate((past.margin_revenue, planned.margin_revenue))
    )
    return ahead.sheet.kpi(
        "margin-ratio-outlook",
        value,
        period=_period(ahead.inputs, year),
        parts=(
            ("gross margin", math.nan if margin is None else margin, Unit.MONEY),
            ("revenue of the same families", revenue, Unit.MONEY),
        ),
        reason=NO_COST if math.isnan(value) else reason or margin_reason,
        target=None if math.isnan(budget) else at_least(budget),
        reference=(budget, "budget"),
        series=every[year.covered],
        population=_population(year),
        excluded=_left_out("no price or cost", names_where(ahead.inputs.grain.families, planned.no_margin)),
        table=_SALES_AND_PRICES,
    )


def _shortage(ahead: Ahead, kpi_id: str, worth: Array) -> Kpi:
    """`worth` is the money of one unit lost, [F, C, T]."""
    names, lost = ahead.inputs.grain.families, ahead.supply.lost
    nothing_known = bool(np.isnan(worth).all())
    value = np.where(lost == 0.0, 0.0, lost * worth)
    unknown = np.isnan(value)
    known = np.where(unknown, 0.0, value).sum(axis=1)
    by_family = known[:, : ahead.months].sum(axis=1).tolist()
    short = sorted((f for f, money in enumerate(by_family) if money), key=lambda f: -abs(by_family[f]))
    return ahead.sheet.kpi(
        kpi_id,
        math.nan if nothing_known else sum(by_family),
        period=ahead.period,
        parts=[(names[f], by_family[f], Unit.MONEY) for f in short],
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


def _margin_parts(past: PastMoney, planned: PlannedMoney, year: FiscalYear) -> tuple[tuple[str, float, Unit], ...]:
    actual_revenue, planned_revenue = year.parts(past.margin_revenue, planned.margin_revenue)
    actual_cogs, planned_cogs = year.parts(past.cogs, planned.cogs)
    return (
        ("revenue to date", actual_revenue, Unit.MONEY),
        ("cost of goods to date", -actual_cogs, Unit.MONEY),
        ("revenue planned", planned_revenue, Unit.MONEY),
        ("cost of goods planned", -planned_cogs, Unit.MONEY),
        ("premiums planned", -year.parts(past.cogs, planned.premiums)[1], Unit.MONEY),
    )


def _budget(inputs: PlanInputs, year: FiscalYear, by_month: Array) -> tuple[float, str]:
    """The budget of the covered months; NaN and what is missing when a month has none."""
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
