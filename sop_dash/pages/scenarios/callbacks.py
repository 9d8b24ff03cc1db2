"""Wiring of the Scenarios page: compare, choose, open and remove scenarios; the levers' column follows the hand."""

from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, no_update
from dash.development.base_component import Component

from sop_dash.components.answers import answers
from sop_dash.components.graph import graph
from sop_dash.components.lever_board import binding_slot
from sop_dash.components.live_answer import LiveAnswer
from sop_dash.components.notices import saved, saved_slot_id
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE
from sop_dash.components.report_table import report_table
from sop_dash.components.states import no_data
from sop_dash.components.story_line import story, story_slot
from sop_dash.components.tabs import mount_when_opened
from sop_dash.core.model.levers import Levers, from_plain
from sop_dash.core.performance.effects import OUTCOMES
from sop_dash.figures.scenario_charts import live_outcome, outcome_chart, unknown_outcome
from sop_dash.figures.scenario_studies import REGRET_HEADS, recommendation_told, regret_rows
from sop_dash.figures.storyline.scenarios import scenarios_story
from sop_dash.figures.storyline.supply import binding_words
from sop_dash.pages.scenarios import studies
from sop_dash.pages.scenarios.layout import (
    CHART,
    CHOSEN,
    COMPARE,
    COMPARISON,
    LIST,
    OUTCOME,
    PAGE_ID,
    RECOMMENDED,
    REMOVE,
)
from sop_dash.pages.scenarios.views import chosen_of, comparison, live_column, scenario_list
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection

_CHANGED = (Input(SELECTION_STORE, "data"), Input(LEVERS_STORE, "data"), Input(REVISION_STORE, "data"))


def live(services: Services, selection: Selection, levers: Levers) -> LiveAnswer:
    """The levers' column, and their line in the chart of whichever outcome is on screen."""
    view = services.plans.view(selection, levers)
    kept = [one.view.plan for one in services.scenarios.compared(selection) if one.view]
    charts = {chart_id(outcome): live_outcome(outcome, view, kept) for outcome in OUTCOMES}
    return LiveAnswer.of(live_column(view), LiveAnswer(charts=charts))


def chart_id(outcome: str) -> str:
    """Id of the chart of one outcome; one of them stands on the page."""
    return f"{PAGE_ID}-chart-{outcome}"


def register(app: Dash, services: Services) -> None:
    """Attach the callbacks of this page to `app`."""
    mount_when_opened(app, studies.TABS, panes=4)
    _comparing(app, services)
    _listing(app, services)
    studies.register(app, services, PAGE_ID)


def _comparing(app: Dash, services: Services) -> None:
    @app.callback(
        Output(COMPARISON, "children"),
        Output(story_slot(PAGE_ID), "children"),
        *_CHANGED,
        Input(CHOSEN, "data"),
    )
    def compare(stored: Any, moved: Any, _revision: Any, ids: Any) -> tuple[Component, list[Component]]:
        selection = Selection.from_store(stored)
        view = services.plans.view(selection, from_plain(moved))
        kept = services.scenarios.compared(selection)
        named = [(one.scenario.name, one.view.plan) for one in kept if one.view]
        return comparison(view, chosen_of(kept, ids)), story(*scenarios_story(view, named))

    @app.callback(Output(CHART, "children"), *_CHANGED, Input(CHOSEN, "data"), Input(OUTCOME, "value"))
    def show_chart(stored: Any, moved: Any, _revision: Any, ids: Any, outcome: str) -> Component:
        selection = Selection.from_store(stored)
        view = services.plans.view(selection, from_plain(moved))
        kept = services.scenarios.compared(selection)
        chosen = [(one.scenario.name, one.view.plan) for one in chosen_of(kept, ids) if one.view]
        plans = [one.view.plan for one in kept if one.view]
        if unknown_outcome(outcome, view, plans):
            kpi = view.base.kpi(outcome)
            return no_data(f"{kpi.definition.name} is not known", kpi.reason)
        return graph(chart_id(outcome), outcome_chart(outcome, view, chosen, plans), label=outcome)

    @app.callback(Output(RECOMMENDED, "children"), Input(REVISION_STORE, "data"))
    def recommend(_revision: Any) -> list[Component]:
        view = services.plans.view(Selection(), Levers())
        able = [one.scenario for one in services.scenarios.compared(Selection()) if one.view]
        found = services.studies.recommendation(view, [(one.name, one.levers) for one in able])
        currency = view.prepared.inputs.company.currency
        told = answers(recommendation_told(found, currency))
        if found is None:
            return told
        rows = regret_rows(found, currency)
        return [
            *told,
            report_table(REGRET_HEADS, rows, label="Cost of being wrong", numbers=range(1, len(REGRET_HEADS))),
        ]

    @app.callback(Output(binding_slot(PAGE_ID), "children"), *_CHANGED)
    def show_binding(stored: Any, moved: Any, _revision: Any) -> str:
        view = services.plans.view(Selection.from_store(stored), from_plain(moved))
        return binding_words(services.studies.bottleneck(view))


def _listing(app: Dash, services: Services) -> None:
    @app.callback(Output(LIST, "children"), Input(REVISION_STORE, "data"), Input(CHOSEN, "data"))
    def show_list(_revision: Any, ids: Any) -> Component:
        return scenario_list(services.scenarios.all(), services.scenarios.compared(Selection()), ids)

    @app.callback(
        Output(CHOSEN, "data"),
        Input({"type": COMPARE, "index": ALL}, "value"),
        State({"type": COMPARE, "index": ALL}, "id"),
        State(CHOSEN, "data"),
        prevent_initial_call=True,
    )
    def choose(values: list[bool], boxes: list[dict[str, str]], ids: Any) -> Any:
        wanted = [box["index"] for value, box in zip(values, boxes, strict=True) if value]
        shown = [one.scenario.id for one in chosen_of(services.scenarios.compared(Selection()), ids)]
        # The boxes also report when the list is drawn; what is shown already is no choice.
        return no_update if wanted == shown else wanted

    @app.callback(
        Output(saved_slot_id(PAGE_ID), "data"),
        Input({"type": REMOVE, "index": ALL, "version": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    def remove(clicks: list[int | None]) -> Any:
        if not any(clicks) or not isinstance(ctx.triggered_id, dict):
            return no_update
        name = services.scenarios.get(ctx.triggered_id["index"]).name
        services.scenarios.remove(ctx.triggered_id["index"], int(ctx.triggered_id["version"]), services.user())
        return saved(f"Scenario “{name}” removed.")
