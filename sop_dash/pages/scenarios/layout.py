"""What stands on the Scenarios page; the callbacks fill it."""

from dash import dcc, html
from dash.development.base_component import Component

from sop_dash.components.choice import choice
from sop_dash.components.lever_board import lever_board
from sop_dash.components.notices import saved_slot
from sop_dash.components.section_card import card, page_body, row
from sop_dash.core.model.levers import Levers
from sop_dash.core.performance.effects import OUTCOMES
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection

PAGE_ID = "scenarios"
COMPARISON = "scenarios-comparison"
CHART = "scenarios-chart"
OUTCOME = "scenarios-outcome"
LIST = "scenarios-list"
CHOSEN = "scenarios-chosen"
COMPARE = "scenarios-compare"
REMOVE = "scenarios-remove"


def layout(services: Services, selection: Selection, levers: Levers) -> Component:
    """The page under this selection and these levers."""
    base = services.plans.view(selection, levers).base
    names = [(base.kpi(outcome).definition.name, outcome) for outcome in OUTCOMES]
    right = [
        row(
            card(
                "Scenarios beside the plan",
                html.Div(id=COMPARISON, className="sop-slot"),
                subtitle="differences to the plan, next twelve months",
            ),
            share=6,
        ),
        row(
            card(
                "Month by month",
                html.Div(id=CHART, className="sop-slot"),
                tools=[choice(OUTCOME, "Outcome", names, OUTCOMES[1])],
                enlarge=True,
            ),
            card("All scenarios", html.Div(id=LIST, className="sop-slot sop-scroll")),
            columns=(7, 5),
            share=5,
        ),
    ]
    return page_body(
        row(
            lever_board(PAGE_ID, services.desk.choices(), levers),
            html.Div(right, className="sop-column"),
            columns=(3, 9),
        ),
        html.Div([dcc.Store(id=CHOSEN, storage_type="session"), saved_slot(PAGE_ID)], hidden=True),
    )
