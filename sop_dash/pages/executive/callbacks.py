"""Wiring of the Executive page: figures first, decision cards when they are weighed, an option kept as a decision."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, no_update
from dash.development.base_component import Component

from sop_dash.components.graph import BLANK
from sop_dash.components.kpi_card import live_tiles
from sop_dash.components.lever_board import binding_slot
from sop_dash.components.live_answer import LiveAnswer, live_figure
from sop_dash.components.notices import saved, saved_slot_id
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE
from sop_dash.components.states import no_data
from sop_dash.components.story_line import story, story_slot
from sop_dash.core.model.errors import SopError
from sop_dash.core.model.levers import Levers, from_plain
from sop_dash.core.model.periods import last_day
from sop_dash.core.model.records import DecisionCategory, Outcome
from sop_dash.core.studies.choices import named_options
from sop_dash.figures.decision_cards import decision_words, option_choices, reason_words
from sop_dash.figures.executive_charts import load_and_shortage, nothing_to_draw
from sop_dash.figures.executive_tables import tiles
from sop_dash.figures.storyline.executive import executive_story
from sop_dash.figures.storyline.supply import binding_words
from sop_dash.figures.theme import Figure
from sop_dash.pages.executive.layout import (
    CARDS,
    CHANGES,
    CHART,
    CHART_STATE,
    OPEN_COUNT,
    OPEN_ITEMS,
    PAGE_ID,
    REPORT,
    TILES,
)
from sop_dash.pages.executive.record_form import CANCEL, FIELDS, FORM, OPTION, REFUSED, SAVE, field_id
from sop_dash.pages.executive.views import RECORD, cards, open_count, report, since, still_open, tiles_of
from sop_dash.services.bundle import Services
from sop_dash.services.case_decisions import decision_of_option
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Selection

_CHANGED = (Input(SELECTION_STORE, "data"), Input(LEVERS_STORE, "data"), Input(REVISION_STORE, "data"))
_NO_CHART = "No hours of resources are known"


def whole_company(services: Services, selection: Selection, levers: Levers) -> PlanView:
    """The plan of all families and channels; only the months on screen follow the selection."""
    return services.plans.view(Selection(horizon=selection.horizon), levers)


def live(services: Services, selection: Selection, levers: Levers) -> LiveAnswer:
    """Tiles and chart under a dragged slider."""
    view = whole_company(services, selection, levers)
    return LiveAnswer.of(
        live_tiles(tiles(view), view.prepared.inputs.company.currency, plan=view.base.kpis),
        LiveAnswer() if nothing_to_draw(view) else live_figure(CHART, load_and_shortage(view)),
    )


def register(app: Dash, services: Services) -> None:
    """Attach the callbacks of this page to `app`."""
    _first_screen(app, services)
    _records(app, services)
    _recording(app, services)


def _view(services: Services, stored: Any, moved: Any) -> PlanView:
    return whole_company(services, Selection.from_store(stored), from_plain(moved))


def _today(services: Services) -> date:
    return date.fromisoformat(services.today())


def _first_screen(app: Dash, services: Services) -> None:
    @app.callback(Output(TILES, "children"), Output(story_slot(PAGE_ID), "children"), *_CHANGED)
    def show_tiles(stored: Any, moved: Any, _revision: Any) -> tuple[Component, list[Component]]:
        view = _view(services, stored, moved)
        return tiles_of(view), story(*executive_story(view))

    @app.callback(Output(CHART, "figure"), Output(CHART_STATE, "children"), *_CHANGED)
    def show_chart(stored: Any, moved: Any, _revision: Any) -> tuple[Figure, Component | None]:
        view = _view(services, stored, moved)
        if nothing_to_draw(view):
            return BLANK, no_data(_NO_CHART, "Nothing limits supply until resources and resource_profile are there.")
        return load_and_shortage(view), None

    @app.callback(Output(CARDS, "children"), Input(LEVERS_STORE, "data"), Input(REVISION_STORE, "data"))
    def show_cards(moved: Any, _revision: Any) -> list[Component]:
        levers = from_plain(moved)
        view = whole_company(services, Selection(), levers)
        decisions = services.decisions.decisions()
        return cards(view, services.studies.cases(levers), decisions, _today(services))

    @app.callback(Output(binding_slot(PAGE_ID), "children"), *_CHANGED)
    def show_binding(stored: Any, moved: Any, _revision: Any) -> str:
        return binding_words(services.studies.bottleneck(_view(services, stored, moved)))


def _records(app: Dash, services: Services) -> None:
    @app.callback(Output(CHANGES, "children"), Input(REVISION_STORE, "data"))
    def show_changes(_revision: Any) -> list[Component]:
        return since(whole_company(services, Selection(), Levers()))

    @app.callback(Output(OPEN_ITEMS, "children"), Output(OPEN_COUNT, "children"), Input(REVISION_STORE, "data"))
    def show_open(_revision: Any) -> tuple[list[Component], str]:
        asked = services.decisions.decisions(), services.decisions.actions(), _today(services)
        return still_open(*asked), open_count(*asked)

    @app.callback(Output(REPORT, "children"), *_CHANGED)
    def show_report(stored: Any, moved: Any, _revision: Any) -> list[Component]:
        decisions, actions = services.decisions.decisions(), services.decisions.actions()
        return report(_view(services, stored, moved), decisions, actions, _today(services))


def _recording(app: Dash, services: Services) -> None:
    @app.callback(
        Output(FORM, "is_open"),
        Output(OPTION, "options"),
        Output(OPTION, "value"),
        Output(field_id("category"), "value"),
        Output(field_id("owner"), "value"),
        Output(field_id("outcome"), "value"),
        Output(REFUSED, "children"),
        Input({"type": RECORD, "index": ALL}, "n_clicks"),
        Input(CANCEL, "n_clicks"),
        State(LEVERS_STORE, "data"),
        prevent_initial_call=True,
    )
    def open_form(clicks: Sequence[int | None], _cancel: int | None, moved: Any) -> tuple[Any, ...]:
        if ctx.triggered_id == CANCEL:
            return False, *(no_update,) * 6
        if not any(clicks) or ctx.triggered_id is None:
            return (no_update,) * 7
        found = services.studies.cases(from_plain(moved))
        choices = option_choices(found, ctx.triggered_id["index"])
        options = [{"label": name, "value": key} for name, key in choices]
        owner = services.user().name
        return True, options, choices[0][1], DecisionCategory.SUPPLY.value, owner, Outcome.APPROVED.value, ""

    @app.callback(
        Output(field_id("text"), "value"),
        Output(field_id("due_date"), "value"),
        Output(field_id("rationale"), "value"),
        Input(OPTION, "value"),
        State(LEVERS_STORE, "data"),
        prevent_initial_call=True,
    )
    def fill_option(chosen: str | None, moved: Any) -> tuple[Any, ...]:
        view = whole_company(services, Selection(), from_plain(moved))
        found = named_options(services.studies.cases(view.levers)).get(chosen or "")
        if found is None:
            return (no_update,) * 3
        case, option = found
        due = last_day(option.last_month).isoformat() if option.last_month else ""
        reason = reason_words(case, option, view.prepared.inputs.company.currency)
        return decision_words(case, option), max(due, services.today()) if due else "", reason

    @app.callback(
        Output(FORM, "is_open", allow_duplicate=True),
        Output(REFUSED, "children", allow_duplicate=True),
        Output(saved_slot_id(PAGE_ID), "data"),
        Input(SAVE, "n_clicks"),
        State(OPTION, "value"),
        State(LEVERS_STORE, "data"),
        *(State(field_id(name), "value") for name in FIELDS),
        prevent_initial_call=True,
    )
    def keep(_save: int | None, chosen: str | None, moved: Any, *values: Any) -> tuple[Any, ...]:
        found = named_options(services.studies.cases(from_plain(moved))).get(chosen or "")
        if found is None:
            return no_update, "This gap is no longer in the plan: close the form and look again.", no_update
        given = dict(zip(FIELDS, values, strict=True))
        try:
            body = decision_of_option(found[1], given, today=services.today())
            made = services.decisions.record(body, services.user())
        except SopError as error:
            return no_update, error.sentence, no_update
        state = "and part of the plan" if made.in_plan else "as pending"
        return False, "", saved(f"Decision {made.id} recorded {state}.")
