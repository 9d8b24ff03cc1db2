"""What stands on the Financials page; the callbacks fill it."""

from dash import html
from dash.development.base_component import Component

from sop_dash.components.choice import choice
from sop_dash.components.data_grid import GridColumn, data_grid
from sop_dash.components.graph import graph
from sop_dash.components.lever_board import what_if
from sop_dash.components.section_card import card, page_body, row
from sop_dash.components.tabs import tabs
from sop_dash.core.finance.premiums import ALL, KINDS
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.levers import Levers
from sop_dash.figures.financial_charts import years_of
from sop_dash.pages.financials.accounts import BALANCE, BRIDGE, CASH, HOUR, MARGINS, MONTHS, PREMIUM, TABLE
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection

PAGE_ID = "financials"
TILES = "financials-tiles"
MONEY = "financials-money"
MONEY_STATE = "financials-money-state"
YEAR = "financials-year"
BRIDGE_CHART = "financials-bridge"
BRIDGE_STATE = "financials-bridge-state"
BRIDGE_NOTE = "financials-bridge-note"
MARGIN_CARD = "financials-margins"
PERIODS = "financials-periods"
BUDGET_NOTE = "financials-budget-note"
PROFIT = "financials-profit"
PROFIT_BY = "financials-profit-by"
HOURS = "financials-hours"
HOUR_NOTE = "financials-hour-note"
PREMIUMS = "financials-premiums"
BALANCES = "financials-balances"
BALANCE_NOTE = "financials-balance-note"
CASH_CHART = "financials-cash"
CASH_STATE = "financials-cash-state"
CASH_NOTE = "financials-cash-note"


def _money(field: str, title: str, *, signed: bool = False, told: str = "") -> GridColumn:
    return GridColumn(field=field, title=title, unit=Unit.MONEY, signed=signed, help=told)


PROFIT_COLUMNS = (
    GridColumn(field="period", title="Period", pinned=True, width=104),
    _money("revenue", "Revenue"),
    _money("revenue_gap", "Against budget", signed=True),
    _money("cogs", "Cost of goods"),
    _money("premiums", "Premiums", told="Beside standard cost: see the tab Premiums"),
    _money("margin", "Gross margin"),
    _money("margin_gap", "Against budget", signed=True),
    GridColumn(field="ratio", title="Margin ratio", unit=Unit.RATIO, width=84),
    _money("stock", "Stock at end"),
)
HOUR_COLUMNS = (
    GridColumn(field="family", title="Family", pinned=True, width=170),
    GridColumn(field="channel", title="Channel"),
    GridColumn(field="value_per_hour", title="An hour earns", unit=Unit.MONEY_PER_HOUR, bracketed=True),
    GridColumn(field="hours", title="Hours in the plan", unit=Unit.HOURS),
    _money("contribution", "Contribution", told="Net revenue − avoidable cost"),
)
PREMIUM_COLUMNS = (
    GridColumn(field="month", title="Month", pinned=True, width=104),
    *(_money(kind, kind[:1].upper() + kind[1:]) for kind in KINDS),
    _money(ALL, "All", told="As deducted from the gross margin"),
)
BALANCE_COLUMNS = (
    GridColumn(field="month", title="Month", pinned=True, width=84),
    _money("opening", "Opening stock"),
    _money("supplied", "+ supplied"),
    _money("cogs", "− shipped"),
    _money("closing", "Closing stock"),
    _money("receivables", "+ receivables"),
    _money("payables", "− payables"),
    _money("working_capital", "Working capital"),
    _money("cash", "Cash"),
)


def layout(services: Services, selection: Selection, levers: Levers) -> Component:
    """The page under this selection and these levers."""
    view = services.plans.view(selection, levers)
    currency = view.prepared.inputs.company.currency
    years = [(year.name, place) for place, year in enumerate(years_of(view))]
    return page_body(
        row(html.Div(id=TILES, className="sop-slot"), share=0),
        row(
            html.Div(
                [
                    tabs("financials-why", [("Month by month", _months()), ("From budget to plan", _bridge(years))]),
                    html.Div(what_if(PAGE_ID, services.desk.choices(), levers), className="sop-tab-tool"),
                ],
                className="sop-column sop-tabbed",
            ),
            card(
                "Margin by family and channel",
                html.Div(id=MARGIN_CARD, className="sop-slot"),
                subtitle="months on screen, premiums deducted",
                why=MARGINS,
                enlarge=True,
            ),
            columns=(7, 5),
            share=23,
            class_name="sop-financials",
        ),
        row(
            tabs("financials-tables", _tables(currency)),
            card(
                "Cash path",
                [
                    html.Div(id=CASH_STATE, className="sop-slot sop-slot-state"),
                    graph(CASH_CHART, label="cash"),
                    html.P(id=CASH_NOTE, className="sop-note"),
                ],
                subtitle="whole horizon",
                why=CASH,
                enlarge=True,
            ),
            columns=(8, 4),
            share=16,
            class_name="sop-financials",
        ),
    )


def _months() -> Component:
    return card(
        "Revenue, cost and margin against budget",
        [html.Div(id=MONEY_STATE, className="sop-slot sop-slot-state"), graph(MONEY, label="money-by-month")],
        subtitle="by month, stock below",
        why=MONTHS,
        enlarge=True,
    )


def _bridge(years: list[tuple[str, int]]) -> Component:
    return card(
        "From budgeted to expected margin",
        [
            html.Div(id=BRIDGE_STATE, className="sop-slot sop-slot-state"),
            graph(BRIDGE_CHART, label="budget-bridge"),
            html.P(id=BRIDGE_NOTE, className="sop-note"),
        ],
        tools=[choice(YEAR, "Fiscal year", years, 0)],
        why=BRIDGE,
        enlarge=True,
    )


def _tables(currency: str) -> list[tuple[str, Component]]:
    profit = data_grid(PROFIT, PROFIT_COLUMNS, [], row_key="period", currency=currency, file_name="profit")
    hours = data_grid(HOURS, HOUR_COLUMNS, [], row_key="key", currency=currency, file_name="bottleneck-hour")
    paid = data_grid(PREMIUMS, PREMIUM_COLUMNS, [], row_key="month", currency=currency, file_name="premiums")
    books = data_grid(BALANCES, BALANCE_COLUMNS, [], row_key="month", currency=currency, file_name="balance")
    by = choice(PROFIT_BY, "By", [("by month", "month"), ("by quarter", "quarter")], "month")
    return [
        (
            "Financial table",
            card(
                "Financial table",
                html.Div(id=PERIODS, className="sop-slot"),
                subtitle=html.Span("against budget", id=BUDGET_NOTE),
                why=TABLE,
            ),
        ),
        ("Profit", card("Profit", profit, subtitle="plan", tools=[by], why=TABLE, why_index="profit")),
        ("Premiums", card("Paid beside standard cost", paid, subtitle="months on screen", why=PREMIUM)),
        (
            "Bottleneck hour",
            card("What an hour earns", hours, subtitle=html.Span("bottleneck", id=HOUR_NOTE), why=HOUR),
        ),
        (
            "Balance",
            card("Working capital", books, subtitle=html.Span("month end", id=BALANCE_NOTE), why=BALANCE),
        ),
    ]
