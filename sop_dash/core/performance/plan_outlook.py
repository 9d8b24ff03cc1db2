"""Full-year outlook of a plan: revenue, gross margin and margin ratio of this and the next fiscal year."""

import math

from sop_dash.core.model.kpi import Kpi, Target, Unit
from sop_dash.core.performance.ahead import NO_COST, NO_PRICE, Ahead, ratios
from sop_dash.core.performance.sheet import at_least
from sop_dash.core.performance.year_facts import Budgeted, YearFacts, year_facts

_NO_REVENUE = "Revenue of the closed months is not known: load net_revenue in the table sales."
_SALES_AND_PRICES = "sales, prices"


def outlook_kpis(ahead: Ahead) -> tuple[Kpi, ...]:
    """Revenue, margin and margin ratio of the current fiscal year; revenue and margin of the next where it is whole."""
    current, *later = year_facts(ahead.inputs)
    revenue = _revenue(ahead, current, "revenue-outlook", (current.last_year_revenue, "last year"))
    margin = _margin(ahead, current, "margin-outlook", (current.last_year_margin, "last year"))
    kpis = [revenue, margin, _margin_ratio(ahead, current, margin.value)]
    if later and later[0].year.complete:
        before = current.year.name
        earlier, earned = _number(revenue.value), _number(margin.value)
        kpis.append(_revenue(ahead, later[0], "revenue-outlook-next", (earlier, before)))
        kpis.append(_margin(ahead, later[0], "margin-outlook-next", (earned, before)))
    return tuple(kpis)


def _revenue(ahead: Ahead, facts: YearFacts, kpi_id: str, before: tuple[float, str]) -> Kpi:
    months = ahead.by_month.revenue[facts.planned]
    open_months = sum(months)
    value = facts.revenue + open_months
    budget = facts.budget_revenue
    enough = ahead.settings.attainment_low * budget.value  # more than the budget is never worse
    return ahead.sheet.kpi(
        kpi_id,
        value,
        period=facts.period,
        parts=(("actual to date", facts.revenue, Unit.MONEY), ("plan", open_months, Unit.MONEY)),
        reason=budget.reason if not math.isnan(value) else _NO_REVENUE if ahead.any_price else NO_PRICE,
        target=None if math.isnan(enough) else Target(low=enough, aim=budget.value),
        reference=_compared(budget, before),
        series=facts.revenue_by_month + months,
        population=facts.population,
        excluded=ahead.no_price,
        table=_SALES_AND_PRICES,
    )


def _margin(ahead: Ahead, facts: YearFacts, kpi_id: str, before: tuple[float, str]) -> Kpi:
    planned, months = ahead.by_month, facts.planned
    parts = (
        ("revenue to date", facts.margin_revenue, Unit.MONEY),
        ("cost of goods to date", -facts.cogs, Unit.MONEY),
        ("revenue planned", sum(planned.margin_revenue[months]), Unit.MONEY),
        ("cost of goods planned", -sum(planned.cogs[months]), Unit.MONEY),
        ("premiums planned", -sum(planned.premiums[months]), Unit.MONEY),
    )
    value = sum(part for _, part, _ in parts)
    budget = facts.budget_margin
    return ahead.sheet.kpi(
        kpi_id,
        value,
        period=facts.period,
        parts=parts,
        reason=NO_COST if math.isnan(value) else budget.reason,
        target=None if math.isnan(budget.value) else at_least(budget.value),
        reference=_compared(budget, before),
        series=facts.margin_by_month + planned.margin[months],
        population=facts.population,
        excluded=ahead.no_margin,
        table=_SALES_AND_PRICES,
    )


def _margin_ratio(ahead: Ahead, facts: YearFacts, margin: float | None) -> Kpi:
    """`margin` is the outlook of the same year, None when unknown."""
    planned = ahead.by_month
    months = planned.margin_revenue[facts.planned]
    revenue = facts.margin_revenue + sum(months)
    value = _number(margin) / revenue if revenue else math.nan
    goal, sold = facts.budget_margin, facts.budget_revenue
    budget = goal.value / sold.value if sold.value else math.nan
    margins = facts.margin_by_month + planned.margin[facts.planned]
    revenues = facts.margin_revenue_by_month + months
    return ahead.sheet.kpi(
        "margin-ratio-outlook",
        value,
        period=facts.period,
        parts=(
            ("gross margin", _number(margin), Unit.MONEY),
            ("revenue of the same families", revenue, Unit.MONEY),
        ),
        reason=NO_COST if math.isnan(value) else sold.reason or goal.reason,
        target=None if math.isnan(budget) else at_least(budget),
        reference=(budget, "budget"),
        series=ratios(margins, revenues),
        population=facts.population,
        excluded=ahead.no_margin,
        table=_SALES_AND_PRICES,
    )


def _compared(budget: Budgeted, before: tuple[float, str]) -> tuple[float, str]:
    """Against budget where there is one, else against the year before."""
    return before if math.isnan(budget.value) else (budget.value, "budget")


def _number(value: float | None) -> float:
    return math.nan if value is None else value
