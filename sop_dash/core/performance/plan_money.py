"""Money KPIs of a plan beside the outlook: shortage in money, cash low point, working capital."""

import math

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.kpi import Kpi, Target, Unit
from sop_dash.core.performance.ahead import NO_COST, NO_PRICE, Ahead, largest_first, monthly
from sop_dash.core.performance.sheet import names_where

_SALES_AND_PRICES = "sales, prices"
_NO_CASH = "No opening cash is known: load it in the table company (opening_cash)."


def money_kpis(ahead: Ahead) -> tuple[Kpi, ...]:
    """Revenue and margin of the months ahead, shortage at price and at margin, cash low point, working capital."""
    price, unit_cost = ahead.money.price, ahead.money.unit_cost[:, None, :]
    return (
        _revenue_ahead(ahead),
        _margin_ahead(ahead),
        _shortage(ahead, "lost-revenue", ahead.lost_value, known=ahead.any_price),
        _shortage(ahead, "lost-margin", ahead.money.lost_margin, known=not np.isnan(price + unit_cost).all()),
        _cash_low(ahead),
        _working_capital(ahead),
    )


def _revenue_ahead(ahead: Ahead) -> Kpi:
    revenue = ahead.by_month.revenue
    value = sum(revenue[: ahead.months])
    return ahead.sheet.kpi(
        "revenue-ahead",
        value,
        period=ahead.period,
        parts=(("demand served × price", value, Unit.MONEY),),
        reason=NO_PRICE if math.isnan(value) else "",
        series=revenue,
        excluded=ahead.no_price,
        table=_SALES_AND_PRICES,
    )


def _margin_ahead(ahead: Ahead) -> Kpi:
    planned, months = ahead.by_month, slice(ahead.months)
    parts = (
        ("revenue", sum(planned.margin_revenue[months]), Unit.MONEY),
        ("cost of goods", -sum(planned.cogs[months]), Unit.MONEY),
        ("premiums", -sum(planned.premiums[months]), Unit.MONEY),
    )
    value = sum(part for _, part, _ in parts)
    return ahead.sheet.kpi(
        "margin-ahead",
        value,
        period=ahead.period,
        parts=parts,
        reason=NO_COST if math.isnan(value) else "",
        series=planned.margin,
        excluded=ahead.no_margin,
        table=_SALES_AND_PRICES,
    )


def _shortage(ahead: Ahead, kpi_id: str, value: Array, *, known: bool) -> Kpi:
    """`value` is the money lost, [F, C, T]; `known` is False when no unit has a worth."""
    names = ahead.inputs.grain.families
    cells, unknown = value.sum(axis=1), ""
    by_month = monthly(cells)
    if math.isnan(sum(by_month)):
        unknown = names_where(names, np.isnan(cells).any(axis=1))
        cells = np.nansum(value, axis=1)
        by_month = monthly(cells)
    by_family = cells[:, : ahead.months].sum(axis=1).tolist()
    return ahead.sheet.kpi(
        kpi_id,
        sum(by_family) if known else math.nan,
        period=ahead.period,
        parts=[(names[f], by_family[f], Unit.MONEY) for f in largest_first(by_family)],
        reason="" if known else NO_PRICE,
        series=by_month,
        population="families that are short, all channels",
        excluded=f"no price or cost: {unknown}" if unknown else "",
        table="prices",
    )


def _cash_low(ahead: Ahead) -> Kpi:
    cash: list[float] = ahead.money.cash.tolist()
    if math.isnan(sum(cash)):
        return ahead.sheet.kpi("cash-low", math.nan, period=ahead.period, reason=_NO_CASH, table="company")
    low = min(cash)
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
        low,
        period=ahead.month_name(cash.index(low)),
        parts=(
            ("opening cash", float(company.opening_cash or 0.0), Unit.MONEY),
            ("change to the low point", low - float(company.opening_cash or 0.0), Unit.MONEY),
        ),
        target=Target(low=0.0, watch_margin=0.0),
        series=cash,
        population="the whole horizon",
        table="company",
        assumptions=tuple(assumed),
    )


def _working_capital(ahead: Ahead) -> Kpi:
    last = ahead.months - 1
    lines = (ahead.stock_value, ahead.money.receivables.tolist(), ahead.money.payables.tolist())
    stock, owed, owing = (line[last] for line in lines)
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
        series=[held + due - unpaid for held, due, unpaid in zip(*lines, strict=True)],
        excluded=ahead.no_cost,
        table="inventory, company",
    )
