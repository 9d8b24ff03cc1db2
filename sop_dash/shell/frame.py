"""The frame: menu at the left, header on top, the page, the panels that any page may open, and the browser's stores."""

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from sop_dash.components.lever_board import KEEP, OPEN_LEVERS
from sop_dash.components.notices import NOTICES
from sop_dash.components.page import (
    ADDRESS_SINK,
    LEVERS_STORE,
    REVISION_STORE,
    SELECTION_STORE,
    URL,
    Page,
)
from sop_dash.components.states import waiting
from sop_dash.components.why_panel import why_panel

PAGE_SLOT = "page"
HEADER_LEFT = "header-left"
HEADER_RIGHT = "header-right"
KEEP_DIALOG = f"{KEEP}-dialog"
KEEP_NAME = f"{KEEP}-name"
KEEP_QUESTION = f"{KEEP}-question"
KEEP_SAVE = f"{KEEP}-save"
KEEP_REFUSED = f"{KEEP}-refused"

INDEX_STRING = """<!DOCTYPE html>
<html lang="en">
<head>
{%metas%}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{%title%}</title>
{%favicon%}
{%css%}
</head>
<body>
{%app_entry%}
<footer>
{%config%}
{%scripts%}
{%renderer%}
</footer>
</body>
</html>
"""


def frame(pages: Sequence[Page], revision: int) -> Component:
    """The layout of the app at this revision; the page itself is put in by the routing callback."""
    return html.Div(
        [
            dcc.Location(id=URL, refresh="callback-nav"),
            *(
                dcc.Store(id=store)
                for store in (
                    SELECTION_STORE,
                    LEVERS_STORE,
                    ADDRESS_SINK,
                    OPEN_LEVERS,
                )
            ),
            dcc.Store(id=REVISION_STORE, data=revision),
            html.A("Skip to the page", href="#page", className="sop-skip"),
            menu(pages),
            header(),
            html.Main(waiting("Opening the plan …"), id=PAGE_SLOT, className="sop-main", tabIndex=-1),
            html.Div(id=NOTICES, className="sop-notices", role="status", **{"aria-live": "polite"}),
            why_panel(),
            _keep_dialog(),
        ],
        className="sop-frame",
    )


def menu(pages: Sequence[Page]) -> Component:
    """The menu in the order of the cycle."""
    links = [
        dbc.NavLink(
            [
                html.I(className=f"bi bi-{page.icon}", **{"aria-hidden": "true"}),
                html.Span([html.B(page.step), f" {page.title}"] if page.step else page.title),
            ],
            href=page.path,
            active="exact",
            class_name="sop-menu-link",
        )
        for page in sorted(pages, key=lambda page: page.order)
    ]
    brand = html.Div("S&OP", className="sop-brand")
    return html.Nav([brand, *links], className="sop-menu", **{"aria-label": "Pages"})


def header() -> Component:
    """The header: facts at both ends, switches at the right."""
    return html.Header(
        [
            html.Div(id=HEADER_LEFT, className="sop-header-side"),
            html.Div(
                [
                    html.Div(id=HEADER_RIGHT, className="sop-header-side"),
                    _switch("theme-switch", "circle-half", "Dark theme"),
                    _switch("present-switch", "easel", "Present", words="Present"),
                ],
                className="sop-header-side sop-header-right",
            ),
        ],
        className="sop-header",
    )


def _switch(switch_id: str, icon: str, label: str, *, words: str = "") -> Component:
    mark = html.I(className=f"bi bi-{icon}", **{"aria-hidden": "true"})
    return html.Button(
        [mark, html.Span(words)] if words else mark,
        id=switch_id,
        className="sop-switch",
        title=label,
        **{"aria-label": label, "aria-pressed": "false"},
    )


def _keep_dialog() -> Component:
    fields = [
        dbc.Label("Name", html_for=KEEP_NAME),
        dbc.Input(id=KEEP_NAME, maxLength=80, placeholder="Overtime and 200 hours more"),
        dbc.Label("Question it answers", html_for=KEEP_QUESTION, class_name="mt-3"),
        dbc.Input(id=KEEP_QUESTION, maxLength=400, placeholder="Can we serve the spring peak?"),
        html.P(id=KEEP_REFUSED, className="sop-refused", role="alert"),
    ]
    return dbc.Modal(
        [
            dbc.ModalHeader(dbc.ModalTitle("Keep as scenario")),
            dbc.ModalBody(fields),
            dbc.ModalFooter(html.Button("Keep", id=KEEP_SAVE, className="btn btn-primary")),
        ],
        id=KEEP_DIALOG,
        is_open=False,
        fade=False,  # as every dialog: see `components/form_dialog.py`
        centered=True,
    )
