"""Wiring of the Demand page: what is selected is drawn; an edit asks for its reason, is kept, and the page redraws."""

from collections.abc import Callable, Sequence
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, no_update
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from sop_dash.components.choice import EVERYTHING
from sop_dash.components.data_grid import plain_row
from sop_dash.components.filter_bar import filter_id
from sop_dash.components.graph import BLANK
from sop_dash.components.notices import saved, saved_slot_id
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE, Filter
from sop_dash.components.states import no_data, partial
from sop_dash.components.story_line import story, story_slot
from sop_dash.core.model.errors import SopError
from sop_dash.core.model.levers import from_plain
from sop_dash.core.model.records import AdjustmentType
from sop_dash.figures.demand_charts import channel_mix, history_and_forecast, lines_of, scale_words
from sop_dash.figures.demand_tables import adjustment_words, cell_words, left_out, refused_place, test_rows
from sop_dash.figures.storyline.demand import demand_story
from sop_dash.figures.theme import Figure
from sop_dash.pages.demand.adjustment_form import CANCEL, FIELDS, FORM, FORM_TITLE, REFUSED, SAVE, field_id, given
from sop_dash.pages.demand.layout import (
    ADD,
    FAMILIES,
    FAMILY_BUTTON,
    HISTORY,
    HISTORY_NOTE,
    HISTORY_SCALE,
    HISTORY_STATE,
    MIX,
    MIX_SCALE,
    PAGE_ID,
    STACK,
    TABLE,
    TABLE_TITLE,
    TESTS,
    UNDO_BUTTON,
)
from sop_dash.pages.demand.review_callbacks import register_review
from sop_dash.pages.demand.views import family_list, stack, table_columns, table_rows, table_title
from sop_dash.services.bundle import Services
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Measure, Selection

_CHANGED = (Input(SELECTION_STORE, "data"), Input(LEVERS_STORE, "data"), Input(REVISION_STORE, "data"))
_NO_PRICE = no_data(
    "Families cannot be added up without a price",
    "Choose one family to see its units, or load prices, or net_revenue in sales.",
)


def register(app: Dash, services: Services) -> None:
    """Attach the callbacks of this page to `app`."""

    def view_of(stored: Any, moved: Any) -> PlanView:
        return services.plans.view(Selection.from_store(stored), from_plain(moved))

    _drawing(app, services, view_of)
    _choosing(app)
    _editing(app, services)
    register_review(app, services)


def _drawing(app: Dash, services: Services, view_of: Callable[[Any, Any], PlanView]) -> None:
    @app.callback(Output(FAMILIES, "children"), Output(story_slot(PAGE_ID), "children"), *_CHANGED)
    def show_families(stored: Any, moved: Any, _revision: Any) -> tuple[list[Component], list[Component]]:
        view = view_of(stored, moved)
        return family_list(view), story(*demand_story(view))

    @app.callback(
        Output(HISTORY, "figure"),
        Output(HISTORY_SCALE, "children"),
        Output(HISTORY_STATE, "children"),
        Output(HISTORY_NOTE, "children"),
        *_CHANGED,
    )
    def show_history(stored: Any, moved: Any, _revision: Any) -> tuple[Figure, str, Component | None, Component | None]:
        view = view_of(stored, moved)
        lines = lines_of(view)
        if not lines.counted.any():
            return BLANK, "", _NO_PRICE, None
        return history_and_forecast(view, lines), scale_words(view), None, partial(left_out(view, lines))

    @app.callback(
        Output(TABLE, "columnDefs"),
        Output(TABLE, "rowData"),
        Output(TABLE_TITLE, "children"),
        *_CHANGED,
        Input(CANCEL, "n_clicks"),
    )
    def show_table(stored: Any, moved: Any, _revision: Any, _cancel: Any) -> tuple[list[Any], list[Any], str]:
        view = view_of(stored, moved)
        return table_columns(view), [plain_row(row) for row in table_rows(view)], table_title(view)

    @app.callback(Output(STACK, "children"), *_CHANGED)
    def show_stack(stored: Any, moved: Any, _revision: Any) -> Component:
        return stack(view_of(stored, moved))

    @app.callback(Output(TESTS, "rowData"), *_CHANGED)
    def show_tests(stored: Any, moved: Any, _revision: Any) -> list[dict[str, Any]]:
        view = view_of(stored, moved)
        return [plain_row(row) for row in test_rows(services.studies.forecast_test(view), view)]

    @app.callback(Output(MIX, "figure"), Output(MIX_SCALE, "children"), *_CHANGED)
    def show_mix(stored: Any, moved: Any, _revision: Any) -> tuple[Figure, str]:
        view = view_of(stored, moved)
        return channel_mix(view), scale_words(view)


def _choosing(app: Dash) -> None:
    @app.callback(
        Output(filter_id(Filter.FAMILY), "value"),
        Output(filter_id(Filter.MEASURE), "value"),
        Input({"type": FAMILY_BUTTON, "index": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    def choose_family(clicks: Sequence[int | None]) -> tuple[Any, Any]:
        """One family is shown in units, all of them in money."""
        if not any(clicks) or ctx.triggered_id is None:
            return no_update, no_update
        family = ctx.triggered_id["index"]
        return family, (Measure.MONEY if family == EVERYTHING else Measure.UNITS).value


def _editing(app: Dash, services: Services) -> None:
    @app.callback(
        Output(FORM, "is_open"),
        Output(FORM_TITLE, "children"),
        Output(REFUSED, "children"),
        Output(saved_slot_id(PAGE_ID), "data"),
        *(Output(field_id(name), "value") for name in FIELDS),
        Input(ADD, "n_clicks"),
        Input(CANCEL, "n_clicks"),
        Input(SAVE, "n_clicks"),
        Input(TABLE, "cellValueChanged"),
        State(SELECTION_STORE, "data"),
        *(State(field_id(name), "value") for name in FIELDS),
        prevent_initial_call=True,
    )
    def work_the_form(
        _add: Any, _cancel: Any, _save: Any, changed: list[dict[str, Any]] | None, stored: Any, *values: Any
    ) -> tuple[Any, ...]:
        if ctx.triggered_id == CANCEL:
            return _answer(False)
        if ctx.triggered_id == SAVE:
            return _kept(services, dict(zip(FIELDS, values, strict=True)))
        selection = Selection.from_store(stored)
        if ctx.triggered_id == ADD:
            return _answer(True, title="Add adjustment", fields=_fields(services, selection, None))
        if not changed or changed[-1].get("value") == changed[-1].get("oldValue"):
            raise PreventUpdate
        cell = changed[-1]
        return _answer(True, title=cell_words(cell, selection.channel), fields=_fields(services, selection, cell))

    @app.callback(
        Output(saved_slot_id(STACK), "data"),
        Input({"type": UNDO_BUTTON, "index": ALL, "version": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    def undo(clicks: Sequence[int | None]) -> Any:
        if not any(clicks) or ctx.triggered_id is None:
            return no_update
        which = ctx.triggered_id
        services.adjustments.remove(which["index"], which["version"], services.user())
        return saved(f"Adjustment {which['index']} undone.")


def _kept(services: Services, entered: dict[str, Any]) -> tuple[Any, ...]:
    """The answer to a save: closed and told, or open with what was typed and the sentence that refuses it."""
    try:
        made = services.adjustments.add(given(entered), services.user())
    except SopError as error:
        return _answer(no_update, refused=f"{refused_place(entered)}: {error.sentence}")
    return _answer(False, told=saved(f"Adjustment {made.id} kept: {adjustment_words(made)}."))


def _answer(
    is_open: Any, *, title: Any = no_update, refused: str = "", told: Any = no_update, fields: tuple[Any, ...] = ()
) -> tuple[Any, ...]:
    return is_open, title, refused, told, *(fields or (no_update,) * len(FIELDS))


def _fields(services: Services, selection: Selection, cell: dict[str, Any] | None) -> tuple[Any, ...]:
    """Values of the form's fields: of the cell typed over, or a fresh start for what is selected."""
    prepared = services.plans.prepared()
    channel = selection.channel or EVERYTHING
    if cell is not None:
        month, family = cell["colId"], cell["data"]["family"]
        return family, channel, AdjustmentType.ABSOLUTE.value, cell["value"], month, month, "", ""
    open_months = prepared.inputs.grain.horizon[prepared.locked_months :]
    first = open_months[0] if open_months else None
    family = selection.family or prepared.inputs.grain.families[0]
    return family, channel, AdjustmentType.PERCENTAGE.value, None, first, first, "", ""
