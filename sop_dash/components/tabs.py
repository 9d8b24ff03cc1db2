"""Tabs with their panes. All panes stay mounted; `assets/tabs.js` switches them, and hidden charts are not painted.

tabs("supply-tabs", [("Plan", plan_rows), ("Options", options_rows)])

Callbacks of a pane that are slow wait until somebody looks at it: the pane holds `opened_mark(id)`, and its callbacks
are attached with `opened_callback(app, id, Output(...), Input(...))` in place of `app.callback(...)`.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from dash import Dash, Input, Output, html
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate


def tabs(tabs_id: str, panes: Sequence[tuple[str, Any]], *, active: int = 0) -> Component:
    """Named panes, one of them in sight.

    Args:
        tabs_id: Its id; pane and button ids follow from it.
        panes: Label and content of each.
        active: Which one is shown first.
    """
    buttons = [_tab(tabs_id, place, label, place == active) for place, (label, _) in enumerate(panes)]
    bodies = [_pane(tabs_id, place, body, place == active) for place, (_, body) in enumerate(panes)]
    return html.Div(
        [html.Div(buttons, className="sop-tabs", role="tablist"), *bodies], id=tabs_id, className="sop-tab-box"
    )


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
        **{"aria-selected": str(shown).lower(), "aria-controls": f"{tabs_id}-pane-{place}"},
    )


def _pane(tabs_id: str, place: int, body: Any, shown: bool) -> Component:
    return html.Div(
        body,
        id=f"{tabs_id}-pane-{place}",
        className="sop-tab-pane",
        role="tabpanel",
        hidden=not shown,
        **{"aria-labelledby": tab_id(tabs_id, place)},
    )


def opened_mark(mark_id: str) -> Component:
    """Is clicked by `assets/tabs.js` when its pane first comes into sight; ids end with `-opened`."""
    return html.Span(id=mark_id, className="sop-opened", hidden=True)


def opened_callback(app: Dash, mark_id: str, *wires: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`app.callback(*wires)` for a function that has nothing to do before its pane was opened."""
    outputs = [wire for wire in wires if isinstance(wire, Output)]
    others = [wire for wire in wires if not isinstance(wire, Output)]

    def attach(answer: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(answer)
        def when_opened(opened: Any, *given: Any) -> Any:
            if not opened:
                raise PreventUpdate
            return answer(*given)

        app.callback(*outputs, Input(mark_id, "n_clicks"), *others)(when_opened)
        return answer

    return attach
