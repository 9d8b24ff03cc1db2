"""Wiring of what writes many cells at once: the dialog that fills months, and taking over what sales expects."""

from collections.abc import Callable
from typing import Any

from dash import Dash, Input, Output, State, ctx, no_update

from sop_dash.components.choice import EVERYTHING
from sop_dash.components.page import LEVERS_STORE, SELECTION_STORE
from sop_dash.core.model.errors import SopError
from sop_dash.pages.demand.fill_form import (
    CANCEL,
    FAMILY,
    FIELDS,
    FORM,
    REFUSED,
    SAVE,
    field_id,
    filled_cells,
    row_value,
)
from sop_dash.pages.demand.sheet import ADD, PENDING, TAKE_SALES
from sop_dash.pages.demand.waiting_cells import cells_of, joined, pending_of, seen_now
from sop_dash.services.bundle import Services
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Selection


def register_fill(app: Dash, services: Services, view_of: Callable[[Any, Any], PlanView]) -> None:
    """Attach the callbacks that write many cells at once."""

    @app.callback(
        Output(FORM, "is_open"),
        Output(REFUSED, "children"),
        Output(PENDING, "data", allow_duplicate=True),
        Output(field_id("row"), "value"),
        Output(field_id("channel"), "value"),
        Input(ADD, "n_clicks"),
        Input(CANCEL, "n_clicks"),
        Input(SAVE, "n_clicks"),
        State(SELECTION_STORE, "data"),
        State(PENDING, "data"),
        *(State(field_id(name), "value") for name in FIELDS),
        prevent_initial_call=True,
    )
    def work_the_form(_add: Any, _cancel: Any, _save: Any, stored: Any, pending: Any, *values: Any) -> tuple[Any, ...]:
        selection = Selection.from_store(stored)
        if ctx.triggered_id == ADD:
            row = row_value(FAMILY, selection.family) if selection.family else no_update
            return True, "", no_update, row, selection.channel or EVERYTHING
        if ctx.triggered_id == CANCEL:
            return False, *(no_update,) * 4
        months = services.plans.prepared().inputs.grain.horizon
        filled = filled_cells(dict(zip(FIELDS, values, strict=True)), months)
        if not filled:
            return no_update, "The last month is before the first one.", *(no_update,) * 3
        return False, "", pending_of(joined(cells_of(pending), seen_now(services, filled))), no_update, no_update

    @app.callback(
        Output(PENDING, "data", allow_duplicate=True),
        Input(TAKE_SALES, "n_clicks"),
        State(SELECTION_STORE, "data"),
        State(LEVERS_STORE, "data"),
        State(PENDING, "data"),
        prevent_initial_call=True,
    )
    def take_sales(_clicks: Any, stored: Any, moved: Any, pending: Any) -> dict[str, Any]:
        taken = services.adjustments.sales_cells(view_of(stored, moved))
        if not taken:
            raise SopError("Sales has given no input for these families.", remedy="Write it into the line of sales.")
        return pending_of(joined(cells_of(pending), seen_now(services, list(taken))))
