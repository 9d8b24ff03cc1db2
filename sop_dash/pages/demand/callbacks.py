"""Wiring of the Demand page: what is selected is drawn; an edit asks for its reason, is kept, and the page redraws."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, no_update
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from sop_dash.components.choice import EVERYTHING
from sop_dash.components.data_grid import plain_row
from sop_dash.components.filter_bar import filter_id
from sop_dash.components.graph import BLANK
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE, Filter
from sop_dash.components.states import no_data, partial
from sop_dash.components.story_line import story, story_slot
from sop_dash.components.tabs import mount_when_opened
from sop_dash.core.model.levers import from_plain
from sop_dash.core.model.periods import short_name
from sop_dash.figures.demand_charts import channel_mix, errors_chart, history_and_forecast, lines_of, scale_words
from sop_dash.figures.demand_sheet import layers_of
from sop_dash.figures.demand_tables import left_out, test_rows
from sop_dash.figures.storyline.demand import demand_story
from sop_dash.figures.theme import Figure
from sop_dash.pages.demand.layout import (
    ERRORS,
    FAMILIES,
    FAMILY_BUTTON,
    HISTORY,
    HISTORY_NOTE,
    HISTORY_SCALE,
    HISTORY_STATE,
    MIX,
    MIX_SCALE,
    MIX_STATE,
    PAGE_ID,
    STACK,
    STACK_ALL,
    STACK_ORDER,
    STACK_TITLE,
    TESTS,
    VIEWS,
)
from sop_dash.pages.demand.review_callbacks import register_review
from sop_dash.pages.demand.sheet import TABLE
from sop_dash.pages.demand.sheet_callbacks import register_sheet
from sop_dash.pages.demand.views import family_list, stack
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
    mount_when_opened(app, VIEWS, panes=7)

    def view_of(stored: Any, moved: Any) -> PlanView:
        return services.plans.view(Selection.from_store(stored), from_plain(moved))

    _drawing(app, services, view_of)
    _choosing(app)
    register_sheet(app, services, view_of)
    register_review(app, services)


def _drawing(app: Dash, services: Services, view_of: Callable[[Any, Any], PlanView]) -> None:
    @app.callback(Output(FAMILIES, "children"), Output(story_slot(PAGE_ID), "children"), *_CHANGED)
    def show_families(stored: Any, moved: Any, _revision: Any) -> tuple[list[Component], list[Component]]:
        view = view_of(stored, moved)
        return family_list(view, services.demand_approval.state().families), story(*demand_story(view))

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
        Output(STACK, "children"),
        Output(STACK_TITLE, "children"),
        Output(STACK_ALL, "hidden"),
        *_CHANGED,
        Input(TABLE, "cellClicked"),
        Input(STACK_ALL, "n_clicks"),
        State(STACK_ALL, "hidden"),
    )
    def show_stack(
        stored: Any, moved: Any, _revision: Any, clicked: Any, _all: Any, shows_all: bool | None
    ) -> tuple[Component, str, bool]:
        """All layers, or those of the cell that was clicked: who changed it, why, and in which order."""
        view = view_of(stored, moved)
        again = ctx.triggered_id == REVISION_STORE and not shows_all
        by_cell = (ctx.triggered_id == TABLE or again) and isinstance(clicked, Mapping)
        only = layers_of(view, str(clicked.get("rowId")), str(clicked.get("colId"))) if by_cell else ()
        if only:
            return stack(view, only), f"of the cell in {short_name(clicked['colId'])}, {STACK_ORDER}", False
        if by_cell and shows_all:
            raise PreventUpdate
        return stack(view), STACK_ORDER, True

    @app.callback(Output(TESTS, "rowData"), Output(ERRORS, "figure"), *_CHANGED)
    def show_tests(stored: Any, moved: Any, _revision: Any) -> tuple[list[dict[str, Any]], Figure]:
        view = view_of(stored, moved)
        rows = test_rows(services.studies.forecast_test(view), view)
        return [plain_row(row) for row in rows], errors_chart(rows)

    @app.callback(Output(MIX, "figure"), Output(MIX_SCALE, "children"), Output(MIX_STATE, "children"), *_CHANGED)
    def show_mix(stored: Any, moved: Any, _revision: Any) -> tuple[Figure, str, Component | None]:
        view = view_of(stored, moved)
        if not lines_of(view).counted.any():
            return BLANK, "", _NO_PRICE
        return channel_mix(view), scale_words(view), None


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
