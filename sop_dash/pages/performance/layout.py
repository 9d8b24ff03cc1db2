"""What stands on the Performance page. No lever moves the closed months; only the span of the bridge is chosen."""

from dash import html
from dash.development.base_component import Component

from sop_dash.components.choice import choice
from sop_dash.components.graph import graph
from sop_dash.components.review_list import review_list
from sop_dash.components.section_card import card, page_body, row
from sop_dash.components.states import empty
from sop_dash.components.tabs import tabs
from sop_dash.components.why_panel import Account
from sop_dash.core.model.levers import Levers
from sop_dash.core.model.periods import short_name
from sop_dash.core.performance.review import Review
from sop_dash.pages.performance.accuracy_tab import accuracy_pane
from sop_dash.pages.performance.details import metrics_pane, process_pane, service_pane, stock_pane
from sop_dash.pages.performance.views import tile_groups, trends
from sop_dash.services.bundle import Services
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Selection

PAGE_ID = "performance"
TABS = "performance-tabs"
SPAN = "performance-span"
MONTH, YEAR = "month", "year"
BRIDGE = "performance-bridge"
BRIDGE_STATE = "performance-bridge-state"
BRIDGE_NOTE = "performance-bridge-note"
EXCEPTIONS, ISSUES = "performance-exceptions", "performance-issues"

_BRIDGE_ACCOUNT = Account(
    title="Budget to actual",
    formula="Price = units × (price − budget price); volume and mix at budget margin, quantities added at budget "
    "price; cost = units × (budget cost − cost); new is what was not budgeted. The bars add up to actual − budget.",
    population="Families and channels with units, price and cost on both sides",
    table="sales, budget, products",
    reference="Horngren, Cost Accounting",
)
_EXCEPTION_ACCOUNT = Account(
    title="Exceptions",
    formula="Forecasts that run off to one side (tracking signal beyond ±4), output outside its band, families without "
    "stock or with too much, revenue below its band, sales below cost; ranked by the money at stake.",
    table="forecasts, production, inventory, budget, sales",
)

_ISSUE_ACCOUNT = Account(
    title="Data issues",
    formula="What the checks of the tables and the cleansing of history found, ranked by the money at stake.",
    table="all tables",
)


def layout(services: Services, selection: Selection, levers: Levers) -> Component:
    """The page of the data load in use."""
    view = services.plans.view(selection, levers)
    review = view.prepared.review
    if review is None:
        return page_body(empty("No month is closed yet", "Bring sales of at least one closed month on the Data page."))
    currency = view.prepared.inputs.company.currency
    return page_body(
        tabs(
            TABS,
            [
                ("Review", _review_pane(view, review)),
                ("Accuracy", accuracy_pane(currency)),
                ("Service", service_pane(view, review)),
                ("Stock", stock_pane(view, review)),
                ("Process", process_pane(view, review)),
                ("All metrics", metrics_pane(view, review)),
                ("Data issues", [row(review_list(ISSUES, "Data issues", currency, why=_ISSUE_ACCOUNT))]),
            ],
            lazy=True,
        )
    )


def _review_pane(view: PlanView, review: Review) -> list[Component]:
    currency = view.prepared.inputs.company.currency
    spans = [(short_name(review.month), MONTH), ("fiscal year to date", YEAR)]
    bridge = card(
        "Budget to actual",
        [
            html.Div(id=BRIDGE_NOTE),
            html.Div(id=BRIDGE_STATE, className="sop-slot sop-slot-state"),
            graph(BRIDGE, label="budget-to-actual"),
        ],
        subtitle="gross margin",
        tools=(choice(SPAN, "Months of the bridge", spans, MONTH),),
        why=_BRIDGE_ACCOUNT,
        enlarge=True,
    )
    return [
        tile_groups(review, currency),
        row(bridge, review_list(EXCEPTIONS, "Exceptions", currency, why=_EXCEPTION_ACCOUNT), columns=(7, 5), share=5),
        row(*trends(review), share=4, class_name="sop-trends"),
    ]
