"""Tabs with their panes; `assets/tabs.js` switches them, and hidden charts are not painted.

    tabs("supply-tabs", [("Plan", plan_rows), ("Options", options_rows)], lazy=True)
    mount_when_opened(app, "supply-tabs", panes=2)

Lazy panes are put into the page when they are first opened: every component in a page makes every answer on it slower,
and the callbacks of a pane that is not there are not asked. A callback may then not join components of two panes.
"""

import json
from collections.abc import Sequence
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component
from plotly.utils import PlotlyJSONEncoder


def tabs(tabs_id: str, panes: Sequence[tuple[str, Any]], *, active: int = 0, lazy: bool = False) -> Component:
    """Named panes, one of them in sight.

    Args:
        tabs_id: Its id; pane and button ids follow from it.
        panes: Label and content of each.
        active: Which one is shown first.
        lazy: True to put the other panes in when they are first opened; needs `mount_when_opened`.
    """
    buttons = [_tab(tabs_id, place, label, place == active) for place, (label, _) in enumerate(panes)]
    later = [place for place in range(len(panes)) if lazy and place != active]
    bodies = [
        _pane(tabs_id, place, None if place in later else body, place == active)
        for place, (_, body) in enumerate(panes)
    ]
    kept = [dcc.Store(id=_body_id(tabs_id, place), data=_plain(panes[place][1])) for place in later]
    return html.Div(
        [html.Div(buttons, className="sop-tabs", role="tablist"), *bodies, *kept], id=tabs_id, className="sop-tab-box"
    )


def mount_when_opened(app: Dash, tabs_id: str, *, panes: int, active: int = 0) -> None:
    """Put each lazy pane into the page when its tab is first chosen."""
    for place in (place for place in range(panes) if place != active):
        app.clientside_callback(
            ClientsideFunction("sopTabs", "mount"),
            Output(_pane_id(tabs_id, place), "children"),
            Input(tab_id(tabs_id, place), "n_clicks"),
            State(_pane_id(tabs_id, place), "children"),
            State(_body_id(tabs_id, place), "data"),
            prevent_initial_call=True,
        )


def _pane_id(tabs_id: str, place: int) -> str:
    return f"{tabs_id}-pane-{place}"


def _body_id(tabs_id: str, place: int) -> str:
    return f"{tabs_id}-body-{place}"


def _plain(body: Any) -> Any:
    """Components as the plain values the browser makes them from."""
    return json.loads(json.dumps(body, cls=PlotlyJSONEncoder))


def tab_id(tabs_id: str, place: int) -> str:
    """Id of the button of a pane; its `n_clicks` says whether the pane was ever opened."""
    return f"{tabs_id}-tab-{place}"


def _tab(tabs_id: str, place: int, label: str, shown: bool) -> Component:
    return html.Button(
        label,
        id=tab_id(tabs_id, place),
        className="sop-tab",
        role="tab",
        tabIndex=0 if shown else -1,
        **{"aria-selected": str(shown).lower(), "aria-controls": _pane_id(tabs_id, place)},
    )


def _pane(tabs_id: str, place: int, body: Any, shown: bool) -> Component:
    return html.Div(
        body,
        id=_pane_id(tabs_id, place),
        className="sop-tab-pane",
        role="tabpanel",
        hidden=not shown,
        **{"aria-labelledby": tab_id(tabs_id, place)},
    )
