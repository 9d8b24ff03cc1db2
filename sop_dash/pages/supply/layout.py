"""What stands on the Supply page; the callbacks fill it."""

from dash import html
from dash.development.base_component import Component

from sop_dash.components.data_grid import GridColumn, data_grid
from sop_dash.components.graph import graph
from sop_dash.components.lever_board import lever_board
from sop_dash.components.section_card import card, page_body, row
from sop_dash.components.tabs import tabs
from sop_dash.components.why_panel import Account
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.levers import Levers
from sop_dash.figures.formats import plural
from sop_dash.figures.stock_charts import OUTPUT_MONTHS, has_output
from sop_dash.pages.supply import logistics, policy, suppliers
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection

PAGE_ID = "supply"
LOAD_CARD = "supply-load"
GAPS = "supply-gaps"
MIX = "supply-mix"
MIX_SCALE = "supply-mix-scale"
MIX_STATE = "supply-mix-state"
FIGURES = "supply-figures"
ANSWERS = "supply-answers"
STOCK = "supply-stock"
STOCK_CHART = "supply-stock-chart"
OUTPUT = "supply-output"
OUTPUT_CHART = "supply-output-chart"

GAP_COLUMNS = (
    GridColumn(field="family", title="Family", pinned=True, width=130),
    GridColumn(field="demand", title="Demand, units", unit=Unit.UNITS, width=94),
    GridColumn(
        field="supply",
        title="Regular supply",
        unit=Unit.UNITS,
        width=94,
        help="Stock beyond its target, open orders, and what is made in regular hours or bought",
    ),
    GridColumn(
        field="gap",
        title="Gap, units",
        unit=Unit.UNITS,
        bracketed=True,
        width=94,
        help="Regular supply − demand; a shortage stands in brackets",
    ),
    GridColumn(field="share", title="Gap of demand", unit=Unit.RATIO, signed=True, width=88),
    GridColumn(field="solution", title="How the plan closes it, units", help="What the plan puts in to close the gap"),
    GridColumn(field="first", title="First short", width=86),
    GridColumn(field="lost", title="Not served", unit=Unit.MONEY, width=104, help="At net price"),
    GridColumn(field="status", title="Status", status=True, width=96),
)
_GAP_ACCOUNT = Account(
    title="Gap by family",
    formula="Regular supply − demand. Regular supply is opening stock − stock target at the end + open orders + what "
    "is made in regular hours or bought. The gap equals closing stock − target − overtime − outsourced − not served.",
    table="sales, inventory, receipts, production, resources, supply_options",
    reference="S-308, S-164, D-33",
)
_MIX_ACCOUNT = Account(
    title="Supply against demand",
    formula="Made in regular hours + overtime + outsourced + receipts on order, beside what the market would take, "
    "what is committed, and what can be supplied. Below: stock at month end in its band.",
    population="The families selected; one family in units, several at standard cost or in hours of the bottleneck",
    table="sales, production, resources, resource_profile, inventory, receipts",
)
_LOAD_ACCOUNT = Account(
    title="Load of resources",
    formula="Hours asked by the plan ÷ regular hours of the month, in percent; above 100 % the rest is overtime.",
    population="Resources of the families selected; those under 50 % in every month are folded",
    table="resources, resource_profile",
    assumptions=("Where a resource has shown more hours than it was given, the demonstrated hours count.",),
    reference="S-166, D-31, D-34",
)


STOCK_COLUMNS = (
    GridColumn(field="family", title="Family", pinned=True, width=130),
    GridColumn(field="saleable", title="Saleable, units", unit=Unit.UNITS),
    GridColumn(field="value", title="Saleable, cost", unit=Unit.MONEY),
    GridColumn(field="cover", title="Cover, days", unit=Unit.DAYS),
    GridColumn(field="target", title="Target, days", unit=Unit.DAYS),
    GridColumn(field="lowest", title="Lowest ahead, days", unit=Unit.DAYS),
    GridColumn(field="month", title="In"),
    GridColumn(field="missing", title="Most below target, units", unit=Unit.UNITS),
    GridColumn(field="discontinued", title="Discontinued, units", unit=Unit.UNITS),
    GridColumn(field="blocked", title="Blocked, units", unit=Unit.UNITS),
    GridColumn(field="status", title="Status", status=True, width=110),
)
OUTPUT_COLUMNS = (
    GridColumn(field="family", title="Family", pinned=True, width=130),
    GridColumn(field="planned", title="Plan, units", unit=Unit.UNITS),
    GridColumn(field="actual", title="Made, units", unit=Unit.UNITS),
    GridColumn(field="difference", title="Difference", unit=Unit.UNITS, signed=True),
    GridColumn(field="attainment", title="Attainment", unit=Unit.RATIO),
    GridColumn(field="status", title="Status", status=True, width=96),
)
_STOCK_ACCOUNT = Account(
    title="Stock by family",
    formula="Cover is how many calendar days the stock lasts against the demand that follows. Least, target and most "
    "are the band of the first planned month end; the lowest point is looked for in the open months on screen.",
    population="Saleable stock of active items; discontinued and blocked stock stands apart and serves no demand",
    table="inventory, supply_options, products",
    reference="S-177, D-45, D-61",
)
_OUTPUT_ACCOUNT = Account(
    title="Output against the production plan",
    formula="Attainment is output ÷ plan; of the mix, the smaller of output and plan of each family ÷ plan. Several "
    "families are added at standard cost.",
    table="production",
    reference="S-188, S-267, D-62",
)


def layout(services: Services, selection: Selection, levers: Levers) -> Component:
    """The page under this selection and these levers."""
    view = services.plans.view(selection, levers)
    currency = view.prepared.inputs.company.currency
    panes = [("Plan", _plan(currency)), ("Inventory", _inventory(currency))]
    if has_output(view):
        panes.append(("Production", _production(currency)))
    panes += [
        ("Inventory policy", policy.pane(currency)),
        ("Suppliers", suppliers.pane(currency)),
        ("Logistics", logistics.pane(currency)),
    ]
    return page_body(
        tabs("supply-tabs", panes),
        row(lever_board(PAGE_ID, services.desk.choices(), levers, flat=True), share=0),
    )


def _plan(currency: str) -> list[Component]:
    gaps = data_grid(GAPS, GAP_COLUMNS, [], row_key="family", currency=currency, file_name="gap-by-family")
    return [
        row(
            card(
                "Load of resources",
                html.Div(id=LOAD_CARD, className="sop-slot"),
                subtitle="% of regular hours",
                why=_LOAD_ACCOUNT,
                enlarge=True,
            ),
            card("Gap by family", gaps, subtitle="regular supply against demand", why=_GAP_ACCOUNT),
            columns=(5, 7),
            share=3,
        ),
        row(
            card(
                "Supply against demand",
                [
                    html.Div(id=MIX_STATE, className="sop-slot sop-slot-state"),
                    graph(MIX, label="supply-against-demand"),
                ],
                subtitle=html.Span("by month", id=MIX_SCALE),
                why=_MIX_ACCOUNT,
                enlarge=True,
            ),
            card("Why short", [html.Div(id=FIGURES), html.Div(id=ANSWERS, className="sop-answers")]),
            columns=(8, 4),
            share=4,
        ),
    ]


def _inventory(currency: str) -> list[Component]:
    table = data_grid(STOCK, STOCK_COLUMNS, [], row_key="family", currency=currency, file_name="stock-by-family")
    chart = graph(STOCK_CHART, label="stock-by-family")
    return [
        row(card("Cover against its band", chart, subtitle="days of demand", why=_STOCK_ACCOUNT, enlarge=True)),
        row(card("Stock by family", table, subtitle="saleable against target; discontinued and blocked apart")),
    ]


def _production(currency: str) -> list[Component]:
    table = data_grid(OUTPUT, OUTPUT_COLUMNS, [], row_key="family", currency=currency, file_name="output-by-family")
    chart = graph(OUTPUT_CHART, label="output-against-plan")
    return [
        row(
            card("Output against the production plan", chart, why=_OUTPUT_ACCOUNT, enlarge=True),
            card("By family", table, subtitle=f"last {plural(OUTPUT_MONTHS, 'closed month')}"),
            columns=(7, 5),
        )
    ]
