"""Rows of the Financials page: the financial table (S-309), profit by month, margins by family and channel, the hour.

Variances are favourable to profit when positive; less stock than budgeted is favourable.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sop_dash.core.finance.balance import Balance
from sop_dash.core.finance.margin_map import Earning, MarginMap
from sop_dash.core.finance.outlook_table import MoneyPeriod, financial_table, profit_by_month, profit_by_quarter
from sop_dash.core.finance.premiums import premiums_by_kind
from sop_dash.core.model.kpi import Status, Unit
from sop_dash.core.model.periods import short_name
from sop_dash.core.studies.hour_earnings import HourEarnings
from sop_dash.figures.formats import MISSING, known, money, percent, plural, signed
from sop_dash.figures.theme import STATUS_MARK
from sop_dash.services.plans import PlanView

Row = Mapping[str, Any]
_ROUNDS_TO_NOTHING = 0.5


@dataclass(frozen=True, kw_only=True)
class PeriodHead:
    """Heading of one period of the financial table: its name, and what it is made of."""

    name: str
    made_of: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the financial table in one period, written: value, budget, and the variance with its direction."""

    value: str
    budget: str
    variance: str
    slug: str


def financial_lines(view: PlanView) -> tuple[tuple[PeriodHead, ...], dict[str, tuple[Line, ...]]]:
    """The financial table: headings of its periods, and the lines by name in the order they are read."""
    currency = view.prepared.inputs.company.currency
    periods = financial_table(view.prepared.inputs, view.plan.money)
    heads = tuple(PeriodHead(name=p.name, made_of=_made_of(p)) for p in periods)
    lines = {
        "Revenue": tuple(_money_line(p.revenue_value, p.budget_revenue_value, currency) for p in periods),
        "Cost of goods": tuple(_money_line(p.cogs_value, _budget_cost(p), currency, costs=True) for p in periods),
        "Premiums": tuple(_money_line(_premium(p), math.nan, currency, costs=True) for p in periods),
        "Gross margin": tuple(_money_line(p.margin_value, p.budget_margin_value, currency) for p in periods),
        "Margin ratio": tuple(_ratio_line(p) for p in periods),
        "Stock at the end": tuple(
            _money_line(p.inventory_value, p.budget_inventory_value, currency, costs=True) for p in periods
        ),
    }
    return heads, lines


def _made_of(period: MoneyPeriod) -> str:
    months = _months_between(period.first_month, period.last_month)
    planned = months - period.actual_months
    if not period.actual_months:
        return "plan" if months == 1 else f"{plural(planned, 'month')} plan"
    return f"{period.actual_months} actual + {planned} plan"


def _months_between(first: str, last: str) -> int:
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7]) + 1


def _budget_cost(period: MoneyPeriod) -> float:
    return period.budget_revenue_value - period.budget_margin_value


def _premium(period: MoneyPeriod) -> float:
    """Unknown where no cost is known; differences of rounding are nothing."""
    if not known(period.cogs_value):
        return math.nan
    return 0.0 if abs(period.premium_value) < _ROUNDS_TO_NOTHING else period.premium_value


def _money_line(value: float, budget: float, currency: str, *, costs: bool = False) -> Line:
    gap = budget - value if costs else value - budget
    return _line(money(value, currency), money(budget, currency), gap, signed(gap, Unit.MONEY, currency))


def _ratio_line(period: MoneyPeriod) -> Line:
    gap = period.margin_ratio - period.budget_margin_ratio
    return _line(percent(period.margin_ratio), percent(period.budget_margin_ratio), gap, signed(gap, Unit.RATIO))


def _line(value: str, budget: str, gap: float, said: str) -> Line:
    if not known(gap):
        return Line(value=value, budget=budget, variance=MISSING, slug="no-data")
    if said.startswith("±"):
        return Line(value=value, budget=budget, variance=said, slug="same")
    better = gap > 0.0
    mark = STATUS_MARK[Status.ON_PLAN if better else Status.ACT]
    return Line(value=value, budget=budget, variance=f"{mark} {said}", slug="better" if better else "worse")


def profit_rows(view: PlanView, *, quarters: bool = False) -> list[Row]:
    """Revenue, cost, premiums, margin and stock of every planned month, or of every fiscal quarter."""
    of = profit_by_quarter if quarters else profit_by_month
    return [
        {
            "period": period.name,
            "revenue": period.revenue_value,
            "revenue_gap": period.revenue_variance_value,
            "cogs": period.cogs_value,
            "premiums": _premium(period),
            "margin": period.margin_value,
            "margin_gap": period.margin_variance_value,
            "ratio": period.margin_ratio,
            "stock": period.inventory_value,
        }
        for period in of(view.prepared.inputs, view.plan.money)
    ]


def premium_rows(view: PlanView) -> list[Row]:
    """What is paid beside standard cost in each month on screen, by kind; all of these months last."""
    paid, months = premiums_by_kind(view.plan.money), len(view.months)
    rows = [
        {"month": short_name(month), **{kind: float(values[place]) for kind, values in paid.items()}}
        for place, month in enumerate(view.months)
    ]
    return [*rows, {"month": "All months", **{kind: float(values[:months].sum()) for kind, values in paid.items()}}]


def margin_cells(found: MarginMap, order: Sequence[int], currency: str) -> tuple[list[list[str]], list[list[str]]]:
    """Texts and bands of the margin table: a column per channel, all channels, and their money."""
    texts, bands = [], []
    for family in order:
        ratios = [*found.ratio[family].tolist(), float(found.family_ratio[family])]
        earnings = [found.earning(ratio) for ratio in ratios]
        value = float(found.family_value[family])
        texts.append([*(_margin_text(r, e) for r, e in zip(ratios, earnings, strict=True)), money(value, currency)])
        bands.append([*(earning.value for earning in earnings), "money"])
    return texts, bands


def _margin_text(ratio: float, earning: Earning) -> str:
    mark = {Earning.LOSS: "▼ loss ", Earning.THIN: "◆ thin "}.get(earning, "")
    return f"{mark}{percent(ratio)}"


def hour_rows(found: HourEarnings) -> list[Row]:
    """What an hour of the bottleneck earns, best first."""
    return [
        {
            "key": f"{row.family}/{row.channel}",
            "family": row.family,
            "channel": row.channel,
            "value_per_hour": row.value_per_hour,
            "hours": row.hours,
            "contribution": row.contribution_value,
        }
        for row in found.rows
    ]


def balance_rows(books: Balance, months: Sequence[str]) -> list[Row]:
    """Stock roll-forward, receivables, payables, working capital and cash at the end of each month on screen."""
    columns = {
        "opening": books.opening_stock,
        "supplied": books.supplied,
        "cogs": -books.cogs,
        "closing": books.closing_stock,
        "receivables": books.receivables,
        "payables": -books.payables,
        "working_capital": books.working_capital,
        "cash": books.cash,
    }
    return [
        {"month": short_name(month), **{name: float(values[place]) for name, values in columns.items()}}
        for place, month in enumerate(months)
    ]
