"""A list of exceptions ranked by money, each with its reviewed state and note; the same on every page that has one.

    review_list("demand-exceptions", "Exceptions", currency, why=Account(...))
    register_review_list(app, services, "demand-exceptions", found)

`found(stored selection, moved levers, …)` gives the exceptions; marks are of the company, whichever page made them.
"""

from collections.abc import Callable, Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import Dash, Input, Output, State, ctx, html, no_update
from dash.development.base_component import Component

from sop_dash.components.data_grid import GridColumn, data_grid, plain_row
from sop_dash.components.notices import saved, saved_slot, saved_slot_id
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE
from sop_dash.components.section_card import card
from sop_dash.components.why_panel import Account
from sop_dash.core.model.errors import SopError
from sop_dash.core.model.findings import Finding
from sop_dash.core.model.kpi import Unit
from sop_dash.figures.exception_tables import exception_rows, exception_words
from sop_dash.services.bundle import Services
from sop_dash.services.exception_marks import MarkedFinding

Found = Callable[..., Sequence[Finding]]

_COLUMNS = (
    GridColumn(field="what", title="What and where", wrap=True, width=190),
    GridColumn(field="detail", title="Figures, or what to do", wrap=True),
    GridColumn(field="value", title="At stake", unit=Unit.MONEY, width=104, help="Money at stake"),
    GridColumn(field="state", title="State", wrap=True, width=92),
    GridColumn(field="note", title="Note", wrap=True, width=112),
)


def review_list(list_id: str, title: str, currency: str, *, why: Account, tools: Sequence[Component] = ()) -> Component:
    """The card with its grid, the field for a note and the two buttons.

    Args:
        list_id: Its id.
        title: Of the card.
        currency: Of the money at stake.
        why: How exceptions come about.
        tools: More choices at the right of the heading.
    """
    note = dbc.Input(id=f"{list_id}-note", maxLength=400, size="sm", placeholder="What was found or done")
    label = dbc.Label("Note", html_for=f"{list_id}-note", class_name="visually-hidden")
    buttons = [
        html.Button("Reviewed", id=f"{list_id}-review", className="btn btn-sm btn-primary"),
        html.Button("Open again", id=f"{list_id}-open", className="btn btn-sm btn-outline-secondary"),
    ]
    grid = data_grid(
        list_id,
        _COLUMNS,
        [],
        row_key="key",
        currency=currency,
        file_name=title.lower(),
        selectable=True,
        # A reviewed row moves to the end and stays chosen: it must exist there.
        options={"suppressRowVirtualisation": True},
    )
    body = [grid, html.Div([label, note, *buttons], className="sop-review-bar"), saved_slot(list_id)]
    left = html.Span("by money at stake", id=f"{list_id}-left")
    return card(title, body, subtitle=left, why=why, tools=tools, class_name="sop-review-list")


def register_review_list(app: Dash, services: Services, list_id: str, found: Found, *more: tuple[str, str]) -> None:
    """Attach the callbacks of one list.

    Args:
        app: The app.
        services: The use cases.
        list_id: Id of the list.
        found: What stands in it, by selection, levers and the values of `more`.
        more: Ids and properties of further choices.
    """
    asked, known = [Input(*one) for one in more], [State(*one) for one in more]
    changed = (Input(SELECTION_STORE, "data"), Input(LEVERS_STORE, "data"), Input(REVISION_STORE, "data"))

    def show(stored: Any, moved: Any, _revision: Any, *chosen: Any) -> tuple[list[dict[str, Any]], str]:
        marked = services.exception_marks.marked(found(stored, moved, *chosen))
        return [plain_row(row) for row in exception_rows(marked)], exception_words(marked)

    app.callback(Output(list_id, "rowData"), Output(f"{list_id}-left", "children"), *changed, *asked)(show)
    writes = app.callback(
        Output(saved_slot_id(list_id), "data"),
        Output(f"{list_id}-note", "value"),
        Input(f"{list_id}-review", "n_clicks"),
        Input(f"{list_id}-open", "n_clicks"),
        State(list_id, "selectedRows"),
        State(f"{list_id}-note", "value"),
        State(SELECTION_STORE, "data"),
        State(LEVERS_STORE, "data"),
        *known,
        prevent_initial_call=True,
    )

    def mark(_review: Any, _open: Any, rows: Any, note: str | None, *state: Any) -> tuple[Any, Any]:
        if not ctx.triggered or not ctx.triggered[0]["value"]:
            return no_update, no_update
        if not rows:
            raise SopError("No exception is chosen.", remedy="Choose one of the list.")
        chosen = _one(services.exception_marks.marked(found(*state)), rows[0]["key"])
        if ctx.triggered_id == f"{list_id}-open":
            services.exception_marks.open_again(chosen, services.user())
            return saved("The exception is open again."), no_update
        services.exception_marks.review(chosen, note, services.user())
        return saved("Reviewed; it returns when something changes."), ""

    writes(mark)


def _one(marked: Sequence[MarkedFinding], key: str) -> MarkedFinding:
    """The exception under this key. Raises `SopError` when it is gone."""
    for one in marked:
        if one.key == key:
            return one
    raise SopError("This exception is gone.", remedy="Look at the list again.")
