"""The frame's own server callbacks: routing, header, keeping a scenario, notices.

    app.layout = ...; register_frame(app, PAGES, frame_services, services)

`FrameServices` is what the frame asks; `services` is handed to the pages untouched.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from dash import ALL, Dash, Input, Output, State, ctx, no_update, set_props
from dash.development.base_component import Component

from sop_dash.components.header import header_left, header_right
from sop_dash.components.lever_board import OPEN_LEVERS
from sop_dash.components.notices import NOTICES, SAVED_SLOT, notice, saved, saved_slot, saved_slot_id
from sop_dash.components.page import (
    LEVERS_STORE,
    REVISION_STORE,
    SELECTION_STORE,
    URL,
    Page,
)
from sop_dash.core.model.errors import SopError
from sop_dash.core.model.levers import Levers, from_plain, to_plain
from sop_dash.services.frame_facts import Choices, HeaderFacts
from sop_dash.services.opened_view import OpenedView
from sop_dash.services.selection import Selection
from sop_dash.shell.browser_state import register_browser_state
from sop_dash.shell.frame import (
    HEADER_LEFT,
    HEADER_RIGHT,
    INDEX_STRING,
    KEEP_DIALOG,
    KEEP_NAME,
    KEEP_QUESTION,
    KEEP_REFUSED,
    KEEP_SAVE,
    PAGE_SLOT,
    frame,
)
from sop_dash.shell.live_route import register_live_route
from sop_dash.shell.revision_route import register_revision_route
from sop_dash.shell.routing import levers_of, page_at, page_content, selection_of

FRAME = "frame"


class FrameServices(Protocol):
    """What the frame asks of the use cases."""

    def choices(self) -> Choices:
        """Lists behind filters and levers. Raises `SopError` in a home without data."""

    def opened(self, selection: Selection, levers: Any) -> OpenedView:
        """What of an address can be shown, its levers as they came. Raises `SopError` in a home without data."""

    def header(self, selection: Selection, levers: Levers) -> HeaderFacts:
        """Facts of the header. Raises `SopError` in a home without data."""

    def revision(self) -> int:
        """The number of the newest write; two equal numbers mean nothing changed in between."""

    def keep_scenario(self, given: Mapping[str, Any], levers: Levers) -> str:
        """Keep the levers under `given["name"]`; returns the sentence to show. Raises `SopError` when refused."""


def register_frame(app: Dash, pages: Sequence[Page], asked: FrameServices, services: Any) -> None:
    """Give the app its layout, the callbacks of the frame and those of every page."""
    app.index_string = INDEX_STRING
    app.layout = lambda: [frame(pages, asked.revision()), saved_slot(FRAME)]
    register_browser_state(app)
    _routing(app, pages, asked, services)
    register_live_route(app.server, pages, services)
    register_revision_route(app.server, asked.revision)
    _header(app, asked)
    _keeping(app, asked)
    _notices(app, asked)
    for page in pages:
        page.register(app, services)


def _routing(app: Dash, pages: Sequence[Page], asked: FrameServices, services: Any) -> None:
    @app.callback(
        Output(PAGE_SLOT, "children"),
        Input(URL, "pathname"),
        Input(URL, "search"),
        Input(OPEN_LEVERS, "data"),
        State(SELECTION_STORE, "data"),
        State(LEVERS_STORE, "data"),
    )
    def show_page(path: str | None, search: str | None, opened: Any, chosen: Any, moved: Any) -> Component:
        by_button = ctx.triggered_id == OPEN_LEVERS and opened
        levers = opened["levers"] if by_button else levers_of(search, moved)
        selection = Selection.from_store(chosen) if by_button else selection_of(search, chosen)
        try:
            choices, view = asked.choices(), asked.opened(selection, levers)
        except SopError:
            choices, view = Choices(), OpenedView(selection=selection, levers=Levers())
        if view.left_out:
            told = notice("Not all of this address can be shown.", remedy=" ".join(view.left_out), refused=True)
            set_props(NOTICES, {"children": [told]})
            set_props(SELECTION_STORE, {"data": view.selection.to_store()})
            set_props(LEVERS_STORE, {"data": to_plain(view.levers)})
        return page_content(page_at(path, pages), choices, services, view.selection, view.levers)


def _header(app: Dash, asked: FrameServices) -> None:
    @app.callback(
        Output(HEADER_LEFT, "children"),
        Output(HEADER_RIGHT, "children"),
        Input(SELECTION_STORE, "data"),
        Input(LEVERS_STORE, "data"),
        Input(REVISION_STORE, "data"),
    )
    def show_header(chosen: Any, moved: Any, _revision: Any) -> tuple[list[Component], list[Component]]:
        try:
            view = asked.opened(Selection.from_store(chosen), moved)
            facts = asked.header(view.selection, view.levers)
        except SopError as error:
            facts = HeaderFacts(company=str(error))
        return header_left(facts), header_right(facts)


def _keeping(app: Dash, asked: FrameServices) -> None:
    @app.callback(
        Output(KEEP_DIALOG, "is_open", allow_duplicate=True),
        Output(KEEP_REFUSED, "children"),
        Output(KEEP_NAME, "value"),
        Output(saved_slot_id(FRAME), "data"),
        Input(KEEP_SAVE, "n_clicks"),
        State(KEEP_NAME, "value"),
        State(KEEP_QUESTION, "value"),
        State(LEVERS_STORE, "data"),
        prevent_initial_call=True,
    )
    def keep(_save: int | None, name: str | None, question: str | None, moved: Any) -> Any:
        try:
            sentence = asked.keep_scenario({"name": name or "", "question": question or ""}, from_plain(moved))
        except SopError as error:
            return no_update, error.sentence, no_update, no_update
        return False, "", "", saved(sentence)


def _notices(app: Dash, asked: FrameServices) -> None:
    @app.callback(
        Output(NOTICES, "children"),
        Output(REVISION_STORE, "data"),
        Input({"type": SAVED_SLOT, "page": ALL}, "data"),
        State(REVISION_STORE, "data"),
        prevent_initial_call=True,
    )
    def tell_saved(_slots: list[Any], revision: Any) -> Any:
        told = next((t["value"] for t in ctx.triggered if t["value"]), None)
        # A page that was just put in waits for an answer here: without one Dash drops its callbacks.
        return (no_update, revision) if told is None else ([notice(told["sentence"])], asked.revision())
