"""What a page is, and the browser state every page may read.

A page package exports one `PAGE = Page(...)`; `sop_dash.pages` lists them; the menu, the routing, the live answer and
the tests read that list. `layout` says what stands there, `register` attaches the callbacks, `live` answers while a
slider is dragged:

    def layout(services, selection: Selection, levers: Levers) -> Component: ...
    def register(app: Dash, services) -> None: ...
    def live(services, selection: Selection, levers: Levers) -> LiveAnswer: ...

A page never writes the stores below. It reads them as inputs:

    @app.callback(Output(MAIN_CHART, "figure"), Input(SELECTION_STORE, "data"), Input(LEVERS_STORE, "data"),
                  Input(REVISION_STORE, "data"))
    def draw(stored, moved, _revision):
        view = services.plans.view(Selection.from_store(stored), from_plain(moved))

`REVISION_STORE` holds the number of the newest write a page shows. It changes when something was saved (see
`notices.saved`), and on a page with a part marked `data-follows` also when a colleague has saved.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dash import Dash
from dash.development.base_component import Component

from sop_dash.components.live_answer import LiveAnswer
from sop_dash.core.model.levers import Levers
from sop_dash.services.selection import Selection

URL = "url"
SELECTION_STORE = "selection-store"
LEVERS_STORE = "levers-store"
REVISION_STORE = "revision-store"
ADDRESS_SINK = "address-sink"


class Filter(StrEnum):
    """A part of the selection that a page offers to change."""

    CATEGORY = "category"
    FAMILY = "family"
    CHANNEL = "channel"
    HORIZON = "horizon"
    MEASURE = "measure"


@dataclass(frozen=True, kw_only=True)
class Page:
    """One entry of the menu.

    Args:
        id: Stable name; prefix of the ids of its components.
        path: Its address, beginning with a slash.
        title: What the menu and the heading say.
        order: Place in the menu.
        icon: Name of a Bootstrap icon without `bi-`.
        layout: What stands on the page: (services, selection, levers) -> component.
        register: Attaches its callbacks: (app, services) -> None.
        live: What moves while a slider is dragged; None where there is no lever board.
        filters: Parts of the selection offered beside the story line.
        step: Number of the step of the cycle, shown before the title; empty for pages beside the steps.
    """

    id: str
    path: str
    title: str
    order: int
    icon: str
    layout: Callable[[Any, Selection, Levers], Component]
    register: Callable[[Dash, Any], None]
    live: Callable[[Any, Selection, Levers], LiveAnswer] | None = None
    filters: tuple[Filter, ...] = ()
    step: str = ""
