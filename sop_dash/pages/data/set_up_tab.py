"""The set-up assistant on the Data page: what is missing, what brings it, and the rest typed, pasted or assumed."""

from typing import Any

from dash import Dash, Input, Output, State, ctx, dcc, html, no_update
from dash.development.base_component import Component

from sop_dash.components.data_grid import GridColumn, data_grid
from sop_dash.components.notices import saved, saved_slot, saved_slot_id
from sop_dash.components.page import REVISION_STORE
from sop_dash.components.section_card import card, row
from sop_dash.core.model.errors import SopError
from sop_dash.figures.set_up_tables import gap_rows, missing_rows, set_up_words, with_pasted, with_proposals
from sop_dash.services.bundle import Services

MISSING, GRID, WORDS = "data-missing", "data-set-up", "data-set-up-words"
PASTE, TAKE, PROPOSE, CLEAR, KEEP = (f"data-set-up-{name}" for name in ("paste", "take", "propose", "clear", "keep"))
REFUSED = "data-set-up-refused"
_SLOT = "data-set-up"
_MISSING_COLUMNS = (
    GridColumn(field="name", title="Missing", width=150, wrap=True),
    GridColumn(field="cure", title="What brings it", wrap=True),
)
_COLUMNS = (
    GridColumn(field="family", title="Family", pinned=True, width=150),
    *(
        GridColumn(field=field, title=title, editable=True, width=120)
        for field, title in (
            ("price", "Price, per unit"),
            ("cost", "Cost, per unit"),
            ("capacity", "Capacity, units a month"),
            ("lead time", "Lead time, days"),
        )
    ),
    GridColumn(field="known", title="Known or not asked", wrap=True),
)


def pane() -> Component:
    """What is missing at the left, what can be typed at the right."""
    missing = data_grid(MISSING, _MISSING_COLUMNS, [], row_key="name", file_name="missing")
    return row(
        card("What is missing, and what brings it", missing, class_name="sop-tall"),
        card("Give it here instead", _form(), subtitle="one number per family", class_name="sop-tall sop-set-up"),
        columns=(4, 8),
    )


def slot() -> Component:
    """Where keeping says that it is done."""
    return saved_slot(_SLOT)


def _form() -> list[Component]:
    grid = data_grid(GRID, _COLUMNS, [], row_key="family", file_name="set-up", options={"singleClickEdit": True})
    quiet = "btn btn-outline-secondary"
    return [
        html.P(id=WORDS, className="sop-note sop-beside-tools"),
        html.Div(grid, className="sop-fill"),
        html.Details(
            [
                html.Summary("Paste from a spreadsheet"),
                html.Label(
                    [
                        "Columns: family, price, cost, capacity, lead time. Leave open what you do not know.",
                        dcc.Textarea(id=PASTE, className="form-control", rows=4),
                    ],
                    className="sop-paste",
                ),
                html.Div(html.Button("Take these rows over", id=TAKE, className=quiet), className="sop-actions"),
            ],
            className="sop-reading",
        ),
        html.P(id=REFUSED, className="sop-refused", role="alert"),
        html.Div(
            [
                html.Button("Fill empty cells with proposals", id=PROPOSE, className=quiet),
                html.Button("Empty all", id=CLEAR, className=quiet),
                html.Button("Keep as a new data load", id=KEEP, className="btn btn-primary"),
            ],
            className="sop-actions",
        ),
    ]


def register(app: Dash, services: Services) -> None:
    """Attach the callbacks of the assistant."""

    @app.callback(
        Output(MISSING, "rowData"),
        Output(GRID, "rowData"),
        Output(WORDS, "children"),
        Output(KEEP, "disabled"),
        Input(REVISION_STORE, "data"),
    )
    def show(_revision: Any) -> tuple[Any, ...]:
        gaps = services.set_up.gaps()
        return missing_rows(services.plans.prepared().inputs.absent), gap_rows(gaps), set_up_words(gaps), not gaps

    @app.callback(
        Output(GRID, "rowData", allow_duplicate=True),
        Output(REFUSED, "children"),
        Input(TAKE, "n_clicks"),
        Input(PROPOSE, "n_clicks"),
        Input(CLEAR, "n_clicks"),
        State(GRID, "rowData"),
        State(PASTE, "value"),
        prevent_initial_call=True,
    )
    def fill(*given: Any) -> tuple[Any, str]:
        rows, pasted = given[-2] or [], given[-1]
        if ctx.triggered_id == CLEAR:
            return gap_rows(services.set_up.gaps()), ""
        if ctx.triggered_id == PROPOSE:
            return with_proposals(rows, services.set_up.gaps()), ""
        try:
            return with_pasted(rows, services.set_up.pasted(pasted)), ""
        except SopError as error:
            return no_update, error.sentence

    @app.callback(
        Output(saved_slot_id(_SLOT), "data"),
        Output(REFUSED, "children", allow_duplicate=True),
        Input(KEEP, "n_clicks"),
        State(GRID, "rowData"),
        prevent_initial_call=True,
    )
    def keep(_clicks: int | None, rows: list[dict[str, Any]] | None) -> tuple[Any, str]:
        try:
            load = services.set_up.complete(rows or [], services.user())
        except SopError as error:
            return no_update, error.sentence
        return saved(f"Kept as {load.name}; every page plans with it. Proposals stand among the assumptions."), ""
