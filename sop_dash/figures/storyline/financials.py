"""What the Financials page says: the outlook of the year against budget, what moves the margin, where money is lost."""

import math

from sop_dash.core.finance.budget_bridge import BudgetBridge
from sop_dash.core.finance.margins import channel_margins
from sop_dash.core.model.kpi import Kpi, Unit
from sop_dash.figures.formats import known, listed, money, signed
from sop_dash.services.plans import PlanView

_NOTICEABLE = 0.0005


def financials_story(view: PlanView, found: BudgetBridge) -> tuple[str, str]:
    """The outlook in one sentence; the causes of its gap, or the loss-makers, in another."""
    return _outlook(view), _causes(view, found) or loss_makers(view)


def _outlook(view: PlanView) -> str:
    revenue, margin = view.plan.kpi("revenue-outlook"), view.plan.kpi("margin-outlook")
    currency = view.prepared.inputs.company.currency
    if revenue.value is None:
        return f"Revenue cannot be told. {revenue.reason}"
    first = f"{revenue.period}: revenue {money(revenue.value, currency)}{_against_budget(revenue, currency)}"
    if margin.value is None:
        return f"{first}. {margin.reason}"
    return f"{first}; gross margin {money(margin.value, currency)}{_against_budget(margin, currency)}."


def _against_budget(kpi: Kpi, currency: str) -> str:
    budget = kpi.goal.aim if kpi.goal else None
    if budget is None or kpi.value is None:
        return ""
    gap = kpi.value - budget
    if abs(gap) < _NOTICEABLE * abs(budget):
        return ", on budget"
    return f", {money(abs(gap), currency)} {'above' if gap > 0 else 'below'} budget"


def _causes(view: PlanView, found: BudgetBridge) -> str:
    """The largest bars of the bridge on either side, in words; empty without a bridge."""
    if found.bridge is None:
        return ""
    currency = view.prepared.inputs.company.currency
    smallest = _NOTICEABLE * abs(found.bridge.start)
    bars = sorted(found.bridge.bars.items(), key=lambda bar: -abs(bar[1]))
    helps = [_bar(bar, currency) for bar in bars if bar[1] > smallest]
    costs = [_bar(bar, currency) for bar in bars if bar[1] < -smallest]
    if not helps and not costs:
        return "Margin follows the budget."
    if not costs:
        return f"Margin gains from {listed(helps[:2])}."
    if not helps:
        return f"Margin loses to {listed(costs[:2])}."
    stronger, weaker = (costs, helps) if found.bridge.end < found.bridge.start else (helps, costs)
    verb = "outweigh" if len(stronger) > 1 else "outweighs"
    sentence = f"{listed(stronger[:2])} {verb} {weaker[0]}."
    return sentence[0].upper() + sentence[1:]


def _bar(bar: tuple[str, float], currency: str) -> str:
    return f"{bar[0]} ({signed(bar[1], Unit.MONEY, currency)})"


def loss_makers(view: PlanView) -> str:
    """Where money is lost over the months on screen, the largest loss first; said too when there is none."""
    currency = view.prepared.inputs.company.currency
    rows = channel_margins(view.plan.grain, view.plan.money, months=len(view.months))
    if not any(known(row.margin_value) for row in rows):
        return "Margins are not known: load the table products (unit_cost) or prices."
    losing = sorted((row for row in rows if row.loses), key=lambda row: row.margin_value)
    if not losing:
        return "No family loses money in any channel."
    names = [f"{row.family} in {row.channel} ({signed(row.margin_value, Unit.MONEY, currency)})" for row in losing]
    total = math.fsum(row.margin_value for row in losing)
    more = f", {signed(total, Unit.MONEY, currency)} together" if len(losing) > 1 else ""
    verb = "loses" if len(losing) == 1 else "lose"
    return f"{listed(names)} {verb} money{more}."
