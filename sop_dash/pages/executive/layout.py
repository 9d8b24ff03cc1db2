"""What stands on the Executive page; the callbacks fill it."""

from dash import html
from dash.development.base_component import Component

from sop_dash.components.graph import graph
from sop_dash.components.lever_board import what_if
from sop_dash.components.notices import saved_slot
from sop_dash.components.section_card import card, page_body, row
from sop_dash.components.states import waiting
from sop_dash.components.tabs import tabs
from sop_dash.components.why_panel import Account
from sop_dash.core.model.levers import Levers
from sop_dash.pages.executive.record_form import record_form
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection

PAGE_ID = "executive"
CARDS = "executive-cards"
TILES = "executive-tiles"
CHART = "executive-chart"
CHART_STATE = "executive-chart-state"
CHANGES = "executive-changes"
OPEN_ITEMS = "executive-open-items"
OPEN_COUNT = "executive-open-count"
REPORT = "executive-report"

_CHART_ACCOUNT = Account(
    title="Bottleneck and shortage",
    formula="Line: hours used ÷ regular hours of the fullest resource of each month; above 100 % the rest is overtime. "
    "Bars: demand not served × net price. Behind moved levers the plan stays in sight.",
    population="All families, channels and resources",
    table="resources, resource_profile, sales, prices",
    reference="S-166, D-31",
)
_CHANGES_ACCOUNT = Account(
    title="Since last month",
    formula="Figures of the last closed month less those of the month before. The forecast is compared month by month "
    "with what last cycle agreed, at this cycle's prices.",
    excluded="Outlook, stock and supply plan of last cycle: no plan of a past cycle is kept yet, only its forecasts",
    table="sales, orders, inventory, budget, forecasts",
)


def layout(services: Services, _selection: Selection, levers: Levers) -> Component:
    """The page under these levers; it always shows the whole company."""
    print_button = html.Button("Print report", className="btn btn-sm btn-outline-secondary", **{"data-print": "page"})
    return page_body(
        html.Div([what_if(PAGE_ID, services.desk.choices(), levers), print_button], className="sop-exec-tools"),
        tabs("executive-tabs", [("To decide", _first_screen()), ("One-page report", _report())]),
        record_form(),
        saved_slot(PAGE_ID),
    )


def _first_screen() -> list[Component]:
    return [
        row(html.Div(waiting("Weighing the options of each gap …"), id=CARDS, className="sop-exec-cards"), share=10),
        html.Div(id=TILES, className="sop-exec-tiles"),
        row(
            card(
                "Bottleneck and shortage",
                [html.Div(id=CHART_STATE, className="sop-slot sop-slot-state"), graph(CHART, label="bottleneck")],
                subtitle="whole company, by month",
                why=_CHART_ACCOUNT,
                enlarge=True,
            ),
            html.Div(
                [
                    card(
                        "Since last month",
                        html.Div(id=CHANGES, className="sop-slot"),
                        why=_CHANGES_ACCOUNT,
                        class_name="sop-exec-changes",
                    ),
                    card(
                        "Still open",
                        html.Div(id=OPEN_ITEMS, className="sop-slot"),
                        subtitle=html.Span("decisions and actions", id=OPEN_COUNT),
                        class_name="sop-exec-open",
                    ),
                ],
                className="sop-column",
            ),
            columns=(8, 4),
            share=10,
        ),
    ]


def _report() -> Component:
    return html.Div(waiting(), id=REPORT, className="sop-exec-report")
