"""The Financials page as charts: money by month against budget, the way from budget to plan, the cash path.

All in plan currency. Closed months stand as they came, later ones as planned.
"""

import numpy as np

from sop_dash.core.finance.budget_bridge import BudgetBridge, budget_bridge
from sop_dash.core.finance.outlook import money_by_month
from sop_dash.core.model.arrays import Array
from sop_dash.core.model.company_money import past_money
from sop_dash.core.model.fiscal import FiscalYear
from sop_dash.core.model.kpi import Unit
from sop_dash.figures.bridge import bridge
from sop_dash.figures.charts import chart, on_two_floors, shaded_months, with_shapes
from sop_dash.figures.formats import money, signed
from sop_dash.figures.theme import Colour, Figure
from sop_dash.figures.traces import bars, line, on_second_axis
from sop_dash.services.plans import PlanView

_CLOSED_SHOWN = 12


def money_chart(view: PlanView) -> Figure:
    """Revenue as the sum of what it pays for, by month, against budget; stock at month end below it.

    The bars of a month add up to its revenue: cost of goods, premiums, gross margin, and the revenue of families whose
    cost is not known.
    """
    inputs = view.prepared.inputs
    series = money_by_month(inputs, view.plan.money)
    closed = len(inputs.grain.history)
    before = min(_CLOSED_SHOWN, closed)
    window = slice(closed - before, closed + len(view.months))
    rest = _tidy(series.revenue - np.nan_to_num(series.margin_revenue), series.revenue)
    upper = [
        bars("Cost of goods", series.cogs[window], Colour.COST),
        bars("Premiums", _tidy(series.premiums, series.revenue)[window], Colour.OVERTIME),
        bars("Gross margin", series.margin[window], Colour.MARGIN),
        {**bars("Revenue, cost not known", rest[window], Colour.NEUTRAL), "showlegend": bool(rest[window].any())},
        line("Budgeted revenue", series.budget_revenue[window], Colour.REVENUE, dash="dash", marks=True),
        line("Budgeted cost", (series.budget_revenue - series.budget_margin)[window], Colour.CAPACITY, dash="dot"),
    ]
    lower = [
        line("Stock", series.inventory[window], Colour.STOCK, width=2.5),
        line("Budgeted stock", series.budget_inventory[window], Colour.STOCK, dash="dash", width=1.5),
    ]
    figure = chart(
        [*upper, *(on_second_axis(trace) for trace in lower)],
        months=inputs.grain.calendar[window],
        y_title="Money a month",
        unit=Unit.MONEY,
        currency=inputs.company.currency,
        stacked=True,
        second_title="Stock at month end",
        second_unit=Unit.MONEY,
        every=1 if before + len(view.months) <= 18 else 3,
        view=f"{view.selection}",
    )
    return with_shapes(on_two_floors(figure), shaded_months(0, before, "closed months"))


def _tidy(part: Array, whole: Array) -> Array:
    """Differences of rounding are nothing."""
    return np.where(np.abs(part) <= 1e-9 * np.abs(whole), 0.0, part)


def year_bridge(view: PlanView, year: FiscalYear) -> BudgetBridge:
    """The way from the budgeted to the expected margin of a fiscal year."""
    months = year.actual_months + year.planned_months
    return budget_bridge(view.prepared.inputs, view.plan.supply, view.plan.money, first=year.first, months=months)


def years_of(view: PlanView) -> tuple[FiscalYear, ...]:
    """The fiscal years with a planned month, the current one first."""
    return past_money(view.prepared.inputs).years


def bridge_chart(found: BudgetBridge, year: str, currency: str) -> Figure | None:
    """From the budgeted margin of a year to the outlook; None when there is nothing to bridge."""
    made = found.bridge
    if made is None:
        return None
    steps = [(name.capitalize(), value) for name, value in made.bars.items() if abs(value) >= 0.5]
    texts = [
        money(made.start, currency),
        *(signed(value, Unit.MONEY, currency) for _, value in steps),
        money(made.end, currency),
    ]
    return bridge(
        steps,
        texts,
        start=(f"{year} budget", made.start),
        end_name=f"{year} outlook",
        y_title="Gross margin of the year",
        currency=currency,
    )


def cash_chart(view: PlanView) -> Figure | None:
    """Cash at month end over the whole horizon with its lowest point marked; None without opening cash."""
    cash = view.plan.money.cash
    if np.isnan(cash).any():
        return None
    lowest = np.full(cash.shape, np.nan)
    lowest[int(cash.argmin())] = cash.min()
    mark = {**line("Lowest", lowest, Colour.CAPACITY), "mode": "markers"}
    mark["marker"] = {"size": 11, "symbol": "triangle-down", "color": Colour.CAPACITY}
    return chart(
        [
            line("Cash in the plan", view.base.money.cash, Colour.NEUTRAL, dash="dot", width=1.5),
            line("Cash", cash, Colour.CASH, width=2.5),
            mark,
        ],
        months=view.plan.grain.horizon,
        y_title="Cash at month end",
        unit=Unit.MONEY,
        currency=view.prepared.inputs.company.currency,
        locked=view.prepared.locked_months,
        every=3,
        view=f"{view.selection}",
    )
