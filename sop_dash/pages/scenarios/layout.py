"""What stands on the Scenarios page; the callbacks fill it."""

from dash import dcc, html
from dash.development.base_component import Component

from sop_dash.components.choice import choice
from sop_dash.components.lever_board import lever_board
from sop_dash.components.notices import saved_slot
from sop_dash.components.section_card import card, page_body, row
from sop_dash.components.tabs import tabs
from sop_dash.components.why_panel import Account
from sop_dash.core.model.levers import Levers
from sop_dash.core.performance.effects import OUTCOMES
from sop_dash.pages.scenarios import studies
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
RECOMMENDED = "scenarios-recommended"

_CHOICE_ACCOUNT = Account(
    title="Recommendation",
    formula="Of the plan and the kept scenarios that leave demand alone, those that serve within 0.1 points of the "
    "best are taken, and of them the one with the highest margin. Break-even is its margin less that of the plan. The "
    "choice is tried again for demand up to 20 % lower and higher. Regret is what a choice earns less than the best.",
    population="All families and channels, next twelve months",
    table="all tables of the plan",
)


def layout(services: Services, selection: Selection, levers: Levers) -> Component:
    """The page under this selection and these levers."""
    base = services.plans.view(selection, levers).base
    names = [(base.kpi(outcome).definition.name, outcome) for outcome in OUTCOMES]
    compare = [
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
            html.Div(
                [
                    card(
                        "Recommendation",
                        html.Div(id=RECOMMENDED, className="sop-answers"),
                        why=_CHOICE_ACCOUNT,
                        class_name="sop-recommended",
                    ),
                    card("All scenarios", html.Div(id=LIST, className="sop-slot sop-scroll")),
                ],
                className="sop-column",
            ),
            columns=(7, 5),
            share=5,
        ),
    ]
    panes = [
        ("Compare", compare),
        ("Stress test", studies.stress_pane()),
        ("Frontier", studies.frontier_pane()),
        ("Who gets shorted", studies.shorted_pane()),
    ]
    return page_body(
        row(
            lever_board(PAGE_ID, services.desk.choices(), levers),
            html.Div(tabs(studies.TABS, panes, lazy=True), className="sop-column"),
            columns=(3, 9),
        ),
        html.Div([dcc.Store(id=CHOSEN, storage_type="session"), saved_slot(PAGE_ID)], hidden=True),
    )
