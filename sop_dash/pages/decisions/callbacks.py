"""What the Decisions page shows: agenda, the case on the table, queue, log with the worth of a decision, summary."""

from datetime import date
from typing import Any

from dash import Dash, Input, Output, Patch, State, ctx
from dash.development.base_component import Component

from sop_dash.components.data_grid import plain_row
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE, URL
from sop_dash.components.states import empty
from sop_dash.components.story_line import story, story_slot
from sop_dash.components.tabs import mount_when_opened
from sop_dash.core.meeting.agenda import USUAL_MINUTES, agenda
from sop_dash.core.meeting.decision_log import queue
from sop_dash.core.model.errors import SopError
from sop_dash.core.model.levers import from_plain
from sop_dash.core.model.records import Decision
from sop_dash.core.performance.effects import Effect
from sop_dash.figures.decision_tables import action_rows, agenda_words, decision_rows, summary_rows
from sop_dash.figures.storyline.decisions import decisions_story
from sop_dash.pages.decisions.forms import select_options
from sop_dash.pages.decisions.layout import (
    ACTIONS,
    AGENDA,
    AGENDA_SUM,
    BOOKED,
    CASE,
    CASE_BODY,
    DETAIL,
    LOG,
    OPEN_ACTIONS,
    PAGE_ID,
    QUEUE,
    SUMMARY,
    TABS,
)
from sop_dash.pages.decisions.views import action_list, agenda_list, case_body, detail, queue_list
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection
from sop_dash.services.studies import CaseName

_SAVED = (Input(SELECTION_STORE, "data"), Input(REVISION_STORE, "data"))


def register(app: Dash, services: Services) -> None:
    """Attach the drawing callbacks of this page to `app`."""
    mount_when_opened(app, TABS, panes=5)
    _meeting(app, services)
    _records(app, services)


def _today(services: Services) -> date:
    return date.fromisoformat(services.today())


def _currency(services: Services) -> str:
    return services.plans.prepared().inputs.company.currency


def _meeting(app: Dash, services: Services) -> None:
    @app.callback(Output(AGENDA, "children"), Output(AGENDA_SUM, "children"), Input(BOOKED, "value"))
    def show_agenda(booked: Any) -> tuple[Component, str]:
        slots = agenda(int(booked) if str(booked).isdigit() else USUAL_MINUTES)
        return agenda_list(slots), agenda_words(slots)

    @app.callback(
        Output(CASE_BODY, "children"),
        Output(CASE, "options"),
        Output(CASE, "value"),
        *_SAVED,
        Input(LEVERS_STORE, "data"),
        Input(CASE, "value"),
        State(URL, "hash"),
    )
    def show_case(
        stored: Any, _revision: Any, moved: Any, chosen: Any, fragment: Any
    ) -> tuple[list[Component], list[Any], str]:
        levers = from_plain(moved)
        view = services.plans.view(Selection.from_store(stored), levers)
        named = CaseName.from_fragment(fragment)
        found = services.studies.cases(levers, named)
        place = int(chosen) if str(chosen).isdigit() and int(chosen) < len(found) else 0
        if named is not None and ctx.triggered_id != CASE:
            place = next((n for n, case in enumerate(found) if named.names(case)), place)
        names = [(f"{number}. {case.place}", str(number - 1)) for number, case in enumerate(found, start=1)]
        shown = case_body(view, found[place] if found else None, place)
        return shown, select_options(names or [("no case", "0")]), str(place)

    @app.callback(
        Output(QUEUE, "children"), Output(OPEN_ACTIONS, "children"), Output(story_slot(PAGE_ID), "children"), *_SAVED
    )
    def show_pending(_stored: Any, _revision: Any) -> tuple[Component, Component, list[Component]]:
        decisions, actions = services.decisions.decisions(), services.decisions.actions()
        today, currency = _today(services), _currency(services)
        told = story(*decisions_story(decisions, actions, today, currency))
        waiting = queue_list(queue(decisions, today), services.decisions.rights(), currency, today)
        return waiting, action_list(actions, today), told


def _records(app: Dash, services: Services) -> None:
    @app.callback(Output(LOG, "rowData"), *_SAVED)
    def show_log(_stored: Any, _revision: Any) -> list[Any]:
        return _plain(decision_rows(services.decisions.decisions(), services.decisions.rights()))

    @app.callback(Output(ACTIONS, "rowData"), *_SAVED)
    def show_actions(_stored: Any, _revision: Any) -> list[Any]:
        return _plain(action_rows(services.decisions.actions(), _today(services)))

    @app.callback(Output(SUMMARY, "rowData"), Output(SUMMARY, "dashGridOptions"), *_SAVED)
    def show_summary(_stored: Any, _revision: Any) -> tuple[list[Any], Patch]:
        rows, totals = summary_rows(services.decisions.decisions())
        options = Patch()
        options["pinnedBottomRowData"] = _plain(totals)
        return _plain(rows), options

    @app.callback(Output(DETAIL, "children"), Input(LOG, "selectedRows"), *_SAVED)
    def show_detail(rows: Any, _stored: Any, _revision: Any) -> Component:
        wanted = rows[0]["id"] if rows else ""
        chosen = next((d for d in services.decisions.decisions() if d.id == wanted), None)
        if chosen is None:
            return empty("No decision chosen", "Choose one of the log to see what it is worth.")
        worth, refused = _worth(services, chosen)
        return detail(chosen, worth, refused, services.decisions.actions(), _currency(services))


def _plain(rows: list[Any]) -> list[dict[str, Any]]:
    return [plain_row(one) for one in rows]


def _worth(services: Services, decision: Decision) -> tuple[tuple[Effect, ...], str]:
    """What a decision with levers changes; the sentence where the data in use no longer know its levers."""
    if not decision.levers.moved:
        return (), ""
    try:
        return services.studies.worth(decision).effects, ""
    except SopError as error:
        return (), error.sentence
