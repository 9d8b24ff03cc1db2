"""What stands on the Supply page; the callbacks fill it."""

from dash import html
from dash.development.base_component import Component

from sop_dash.components.data_grid import GridColumn, data_grid
from sop_dash.components.graph import graph
from sop_dash.components.lever_board import lever_board
from sop_dash.components.section_card import card, page_body, row
from sop_dash.components.tabs import tab_id, tabs
from sop_dash.components.why_panel import Account
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.levers import Levers
from sop_dash.pages.supply import explanations, logistics, options, planners, policy, production, stock, suppliers
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection

PAGE_ID = "supply"
TABS = "supply-tabs"
EXPLANATIONS_TAB, PLANNERS_TAB = tab_id(TABS, 2), tab_id(TABS, 3)
LOAD_CARD = "supply-load"
GAPS = "supply-gaps"
MIX = "supply-mix"
MIX_SCALE = "supply-mix-scale"
MIX_STATE = "supply-mix-state"
FIGURES = "supply-figures"
ANSWERS = "supply-answers"

# Narrow enough for the small screen; the words take what is left and are read in full on hover.
GAP_COLUMNS = (
    GridColumn(field="family", title="Family", pinned=True, width=104),
    GridColumn(field="demand", title="Demand", unit=Unit.UNITS, width=84),
    GridColumn(
        field="supply",
        title="Supply",
        unit=Unit.UNITS,
        width=84,
        help="In regular hours: stock beyond its target, open orders, and what is made in regular hours or bought",
    ),
    GridColumn(
        field="gap",
        title="Gap",
        unit=Unit.UNITS,
        bracketed=True,
        width=80,
        help="Regular supply − demand; a shortage stands in brackets",
    ),
    GridColumn(field="share", title="Gap, %", unit=Unit.RATIO, signed=True, width=66, help="Gap ÷ demand"),
    GridColumn(
        field="solution", title="How the plan closes it", wrap=True, help="What the plan puts in to close the gap"
    ),
    GridColumn(field="lost", title="Not served", unit=Unit.MONEY, width=112, help="At net price"),
    GridColumn(field="status", title="Status", status=True, width=72),
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
    formula="Made in regular hours + overtime + outsourced + receipts on order, beside what the market would take "
    "(consensus under the demand levers moved), what is committed (decisions and prices shape it), and what can be "
    "supplied. Below: stock at month end in its band.",
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


def layout(services: Services, selection: Selection, levers: Levers) -> Component:
    """The page under this selection and these levers."""
    view = services.plans.view(selection, levers)
    currency = view.prepared.inputs.company.currency
    panes = [
        ("Plan", _plan(currency)),
        ("Options", options.pane(services, view)),
        ("Explanations", explanations.pane(currency)),
        ("Planners", planners.pane()),
        ("Inventory", stock.pane(currency)),
        ("Inventory policy", policy.pane(view)),
        ("Suppliers", suppliers.pane(services, view)),
        ("Logistics", logistics.pane(currency)),
        ("Production", production.pane(services, view)),
    ]
    return page_body(
        tabs(TABS, panes, lazy=True),
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
            card("Gap by family", gaps, subtitle="units, regular supply against demand", why=_GAP_ACCOUNT),
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
