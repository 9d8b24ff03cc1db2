"""What the browser does by itself: stores, address, panels. The functions live in `assets/`, none inline."""

from dash import ALL, MATCH, ClientsideFunction, Dash, Input, Output, State

from sop_dash.components.filter_bar import filter_id
from sop_dash.components.lever_board import (
    CHOOSERS,
    KEEP,
    OPEN_LEVERS,
    PLAN_POSITIONS,
    RESET_ALL,
    REST,
    SLIDERS,
    WHAT_IF,
    WHAT_IF_OPEN,
    lever_id,
    reset_id,
)
from sop_dash.components.page import (
    ADDRESS_SINK,
    LEVERS_STORE,
    REVISION_STORE,
    SELECTION_STORE,
    URL,
    Filter,
)
from sop_dash.components.why_panel import WHY_ACCOUNT, WHY_BODY, WHY_BUTTON, WHY_PANEL
from sop_dash.shell.frame import KEEP_DIALOG, PAGE_SLOT


def register_browser_state(app: Dash) -> None:
    """Attach all clientside callbacks of the frame."""
    _stores(app)
    _colleagues(app)
    _resets(app)
    _panels(app)


def _client(app: Dash, room: str, function: str, *wires: Output | Input | State) -> None:
    app.clientside_callback(ClientsideFunction(room, function), *wires, prevent_initial_call=True)


def _stores(app: Dash) -> None:
    controls = [Input(lever_id(name), "value", allow_optional=True) for name in (*SLIDERS, *CHOOSERS)]
    _client(
        app,
        "sopLevers",
        "settle",
        Output(LEVERS_STORE, "data"),
        Input(URL, "search"),
        Input(OPEN_LEVERS, "data"),
        *controls,
        Input(REST, "data", allow_optional=True),
        State(PLAN_POSITIONS, "data", allow_optional=True),
        State(LEVERS_STORE, "data"),
    )
    _client(
        app,
        "sopLevers",
        "open",
        Output(OPEN_LEVERS, "data"),
        Input({"type": OPEN_LEVERS, "index": ALL}, "n_clicks"),
        State({"type": OPEN_LEVERS, "index": ALL}, "value"),
    )
    _client(
        app,
        "sopAddress",
        "select",
        Output(SELECTION_STORE, "data"),
        Input(URL, "search"),
        *(Input(filter_id(part), "value", allow_optional=True) for part in Filter),
        State(SELECTION_STORE, "data"),
    )
    _client(
        app,
        "sopAddress",
        "mirror",
        Output(ADDRESS_SINK, "data"),
        Input(SELECTION_STORE, "data"),
        Input(LEVERS_STORE, "data"),
        Input(PAGE_SLOT, "children"),
    )


def _colleagues(app: Dash) -> None:
    app.clientside_callback(ClientsideFunction("sopColleagues", "shown"), Input(REVISION_STORE, "data"))


def _resets(app: Dash) -> None:
    for name in SLIDERS:
        _client(
            app,
            "sopLevers",
            "reset",
            Output(lever_id(name), "value"),
            Input(reset_id(name), "n_clicks"),
            Input(RESET_ALL, "n_clicks"),
            State(PLAN_POSITIONS, "data"),
        )
    _client(app, "sopLevers", "clearRest", Output(REST, "data"), Input(RESET_ALL, "n_clicks"))
    _client(app, "sopLevers", "clearWords", Output("lever-rest-words", "children"), Input(RESET_ALL, "n_clicks"))


def _panels(app: Dash) -> None:
    _client(
        app,
        "sopLevers",
        "toggle",
        Output({"type": WHAT_IF, "page": MATCH}, "is_open"),
        Input({"type": WHAT_IF_OPEN, "page": MATCH}, "n_clicks"),
        State({"type": WHAT_IF, "page": MATCH}, "is_open"),
    )
    _client(app, "sopLevers", "opened", Output(KEEP_DIALOG, "is_open"), Input(KEEP, "n_clicks"))
    _client(
        app,
        "sopWhy",
        "show",
        Output(WHY_BODY, "children"),
        Output(WHY_PANEL, "is_open"),
        Input({"type": WHY_BUTTON, "index": ALL}, "n_clicks"),
        State({"type": WHY_ACCOUNT, "index": ALL}, "data"),
    )
