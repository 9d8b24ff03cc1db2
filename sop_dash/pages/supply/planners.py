"""The tab “Planners”: the best mix beside chase, level and hybrid, and the plan in whole lots, shifts and streaks."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import Dash, Input, Output, ctx, dcc, html
from dash.development.base_component import Component

from sop_dash.components.answers import answers
from sop_dash.components.choice import choice
from sop_dash.components.graph import BLANK, graph
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE
from sop_dash.components.report_table import report_table
from sop_dash.components.section_card import card, row
from sop_dash.components.states import no_data
from sop_dash.components.why_panel import Account
from sop_dash.core.model.levers import from_plain
from sop_dash.core.supply.integer_options import IntegerPlan
from sop_dash.figures.charts import chart
from sop_dash.figures.planner_tables import PLANNER_HEADS, planner_chart, planner_rows, planners_told, whole_steps_told
from sop_dash.figures.storyline.supply import NO_LIMIT
from sop_dash.figures.theme import Figure
from sop_dash.services.bundle import Services
from sop_dash.services.plans import PlanView
from sop_dash.services.ports import JobState
from sop_dash.services.selection import Selection
from sop_dash.services.whole_steps import WholeSteps

TABLE = "supply-planners"
TOLD = "supply-planners-told"
CHART = "supply-planners-chart"
LOTS = "supply-steps-lots"
STREAK = "supply-steps-streak"
SHIFTS = "supply-steps-shifts"
START = "supply-steps-start"
STOP = "supply-steps-stop"
TICK = "supply-steps-tick"
STATE = "supply-steps-state"

_ACCOUNT = Account(
    title="Planners",
    formula="Each planner makes the same plan under the same levers; all go through one evaluator. Chase makes each "
    "month what the month needs; level makes the same every day; hybrid takes the cheapest source of each month, up to "
    "six months ahead; the best mix weighs all months at once: service first, then money, then stock.",
    population="All families, next twelve months; steps of output over the whole horizon",
    table="all tables of the plan",
)
_STEPS_ACCOUNT = Account(
    title="Whole steps",
    formula="The best plan in which families are made in whole lots, a further shift stands for whole months (a "
    "quarter of the hours, at the overtime premium), and overtime is not worked for more months in a row than allowed. "
    "The search ends after five seconds; what is found then may be better by the gap at most.",
    population="Months that can still be changed",
    table="resources, resource_profile, supply_options",
)


def pane() -> list[Component]:
    """What stands in the tab."""
    lots = [("any amount", 0), *((f"lots of {days} days of demand", days) for days in (3, 5, 10, 15))]
    streaks = [
        ("any overtime", 0),
        *((f"at most {months} months of overtime in a row", months) for months in (1, 2, 3)),
    ]
    shifts = [("no further shift", 0), ("further shifts offered", 1)]
    return [
        row(
            card(
                "The best mix beside rules",
                html.Div(id=TABLE, className="sop-slot"),
                subtitle="rules: differences to the best mix, next twelve months",
                why=_ACCOUNT,
            ),
            card("What a rule costs", html.Div(id=TOLD, className="sop-answers")),
            columns=(8, 4),
            share=2,
        ),
        row(
            card("Output by month", graph(CHART, label="output-by-planner"), enlarge=True),
            card(
                "In whole steps",
                [
                    html.Div(
                        [
                            choice(LOTS, "Lots", lots, 5),
                            choice(STREAK, "Overtime", streaks, 2),
                            choice(SHIFTS, "Shifts", shifts, 0),
                        ],
                        className="sop-asked",
                    ),
                    html.Div(
                        [
                            html.Button("Plan in whole steps", id=START, className="btn btn-sm btn-primary"),
                            html.Button("Stop", id=STOP, className="btn btn-sm btn-outline-secondary"),
                        ],
                        className="sop-asked",
                    ),
                    html.Div(id=STATE, className="sop-answers"),
                    dcc.Interval(id=TICK, interval=500, disabled=True),
                ],
                why=_STEPS_ACCOUNT,
            ),
            columns=(8, 4),
            share=3,
        ),
    ]


def register(app: Dash, services: Services, tab: str) -> None:
    """Attach the callbacks of this tab to `app`; `tab` is the id of its button."""

    @app.callback(
        Output(TABLE, "children"),
        Output(TOLD, "children"),
        Output(CHART, "figure"),
        Input(tab, "n_clicks"),
        Input(SELECTION_STORE, "data"),
        Input(LEVERS_STORE, "data"),
        Input(REVISION_STORE, "data"),
    )
    def show_planners(opened: Any, stored: Any, moved: Any, _revision: Any) -> tuple[Any, Any, Figure]:
        if not opened:
            return None, None, BLANK
        view = services.plans.view(Selection.from_store(stored), from_plain(moved))
        if view.prepared.inputs.supply_is_unlimited:
            told = html.P("Without a limit every rule serves all demand.", className="sop-note")
            return no_data("Rules cannot be told apart", NO_LIMIT), told, chart([], y_title="", unknown=NO_LIMIT)
        found, currency = services.studies.planners(view), view.prepared.inputs.company.currency
        table = report_table(
            PLANNER_HEADS, planner_rows(found, currency), label="Planners", numbers=range(1, len(PLANNER_HEADS))
        )
        return table, answers(planners_told(found, currency)), planner_chart(found, view, currency)

    @app.callback(
        Output(STATE, "children"),
        Output(TICK, "disabled"),
        Input(START, "n_clicks"),
        Input(STOP, "n_clicks"),
        Input(TICK, "n_intervals"),
        Input(LOTS, "value"),
        Input(STREAK, "value"),
        Input(SHIFTS, "value"),
        Input(LEVERS_STORE, "data"),
        Input(REVISION_STORE, "data"),
    )
    def plan_in_steps(
        _start: Any,
        _stop: Any,
        _tick: Any,
        lots: Any,
        streak: Any,
        shifts: Any,
        moved: Any,
        _revision: Any,
    ) -> tuple[Any, bool]:
        view = services.plans.view(Selection(), from_plain(moved))
        steps = WholeSteps(lot_days=_whole(lots), overtime_months=_whole(streak), shifts=_whole(shifts) > 0)
        if ctx.triggered_id == START:
            services.whole_steps.start(view, steps)
        if ctx.triggered_id == STOP:
            services.whole_steps.cancel(view, steps)
        state = services.whole_steps.state(view, steps)
        return _state(services, view, steps, state), not state.running


def _whole(value: Any) -> int:
    return int(value) if str(value).isdigit() else 0


def _state(
    services: Services, view: PlanView, steps: WholeSteps, state: JobState
) -> Component | list[Component] | None:
    if not services.whole_steps.possible:
        return html.P("Work in the background is switched off here.", className="sop-note")
    if state.running:
        done = 100.0 * state.done / state.total if state.total else 0.0
        return dbc.Progress(value=done, label=f"searching, {done:.0f} % of the time", animated=True, striped=True)
    if state.lost:
        return html.P("The search ended unexpectedly. Start it again.", className="sop-note")
    if isinstance(state.answer, str):
        return html.P(state.answer, className="sop-note")
    if isinstance(state.answer, IntegerPlan):
        currency = view.prepared.inputs.company.currency
        return answers(whole_steps_told(state.answer, view, currency))
    asked = "Press “Plan in whole steps” to search." if steps.asked else "Ask for lots, streaks or shifts first."
    return html.P(asked, className="sop-note")
