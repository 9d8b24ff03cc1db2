"""Wiring of the demand table: what is written waits, is shown before and after, and is kept whole with one reason."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, ctx, no_update
from dash.exceptions import PreventUpdate

from sop_dash.components.notices import saved, saved_slot_id
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE
from sop_dash.core.model.errors import SopError
from sop_dash.core.model.records import Adjustment
from sop_dash.figures.demand_block import block_words
from sop_dash.figures.demand_sheet import Level
from sop_dash.figures.demand_tables import adjustment_words
from sop_dash.figures.formats import months_in_words, plural
from sop_dash.pages.demand.fill_callbacks import register_fill
from sop_dash.pages.demand.layout import REJECT_BUTTON, RESTORE, STACK
from sop_dash.pages.demand.sheet import (
    AS_WRITTEN,
    BAR,
    BAR_WORDS,
    CLOSE,
    HISTORY_ASK,
    KEEP,
    KEEP_MINE,
    KEPT_SLOT,
    LEAVE_OUT,
    LEVEL,
    LINES,
    MOVED_SLOT,
    OWNER,
    PENDING,
    REASON,
    RECORD_AS,
    REVIEW,
    REVIEW_BODY,
    REVIEW_OPEN,
    REVIEW_REFUSED,
    TABLE,
    TABLE_TITLE,
    TAKE_THEIRS,
)
from sop_dash.pages.demand.sheet_view import (
    block_table,
    level_of,
    lines_of_each,
    table_columns,
    table_rows,
    table_title,
)
from sop_dash.pages.demand.waiting_cells import Cells, cells_of, pending_of
from sop_dash.services.adjustments import BlockPreview, BlockRefused
from sop_dash.services.bundle import Services
from sop_dash.services.plans import PlanView

_CHANGED = (Input(SELECTION_STORE, "data"), Input(LEVERS_STORE, "data"), Input(REVISION_STORE, "data"))
_SHOWN_AS = (Input(LEVEL, "value"), Input(LINES, "value"))
_REVIEWED = (
    (REVIEW_BODY, "children"),
    (REVIEW_REFUSED, "children"),
    (LEAVE_OUT, "hidden"),
    (TAKE_THEIRS, "hidden"),
    (KEEP_MINE, "hidden"),
    (KEEP, "disabled"),
)
"""What the dialog says about the cells that wait, in the order of `_reviewed`."""

ViewOf = Callable[[Any, Any], PlanView]


def register_sheet(app: Dash, services: Services, view_of: ViewOf) -> None:
    """Attach the callbacks of the demand table."""
    for function, heard in (("typed", Input(TABLE, "cellValueChanged")), ("follow", Input(PENDING, "data"))):
        app.clientside_callback(ClientsideFunction("sopSheet", function), heard, prevent_initial_call=True)
    _drawing(app, services, view_of)
    _reviewing(app, services)
    register_fill(app, services, view_of)
    _history(app, services)


def _drawing(app: Dash, services: Services, view_of: ViewOf) -> None:
    @app.callback(
        Output(TABLE, "columnDefs"),
        Output(TABLE_TITLE, "children"),
        Output(LINES, "disabled"),
        *_CHANGED,
        *_SHOWN_AS,
        State(TABLE, "columnDefs"),
    )
    def show_columns(
        stored: Any, moved: Any, _revision: Any, level: str | None, lines: str | None, shown: list[Any] | None
    ) -> tuple[Any, str, bool]:
        view, rows = view_of(stored, moved), level_of(level)
        columns = table_columns(view, rows, lines_of_each(lines))
        # Columns sent again take the keyboard out of the cell it is in.
        title = table_title(view, rows, lines_of_each(lines))
        return no_update if columns == shown else columns, title, rows is Level.ITEM

    @app.callback(
        Output(TABLE, "rowData"),
        Output(BAR, "hidden"),
        Output(BAR_WORDS, "children"),
        Output(REVIEW_OPEN, "disabled"),
        *_CHANGED,
        *_SHOWN_AS,
        Input(PENDING, "data"),
    )
    def show_rows(
        stored: Any, moved: Any, _revision: Any, level: str | None, lines: str | None, pending: Any
    ) -> tuple[list[Any], bool, str, bool]:
        view, cells = view_of(stored, moved), cells_of(pending)
        preview = services.adjustments.preview(cells) if cells else None
        items = services.studies.items(view) if level_of(level) is Level.ITEM else None
        rows = table_rows(view, level_of(level), lines_of_each(lines), preview, items)
        if preview is None:
            return rows, True, "", True
        return rows, False, block_words(preview, view), preview.is_empty


def _reviewing(app: Dash, services: Services) -> None:
    def reviewed(cells: Cells) -> tuple[Any, ...]:
        return _reviewed(services.adjustments.preview(cells), services.plans.prepared().inputs.grain.families)

    @app.callback(
        Output(REVIEW, "is_open"),
        *(Output(part, name) for part, name in _REVIEWED),
        Input(PENDING, "data"),
        Input(REVIEW_OPEN, "n_clicks"),
        Input(CLOSE, "n_clicks"),
        State(REVIEW, "is_open"),
        prevent_initial_call=True,
    )
    def show_review(pending: Any, _open: Any, _close: Any, is_open: bool) -> tuple[Any, ...]:
        cells = cells_of(pending)
        asked = is_open or ctx.triggered_id == REVIEW_OPEN
        asked = asked or (ctx.triggered_id == PENDING and bool((pending or {}).get("open")))
        if not cells or not asked or ctx.triggered_id == CLOSE:
            return False, no_update, "", True, True, True, True
        return True, *reviewed(cells)

    # What a colleague keeps changes what the dialog says; it never opens one that was closed meanwhile.
    @app.callback(
        *(Output(part, name, allow_duplicate=True) for part, name in _REVIEWED),
        Input(REVISION_STORE, "data"),
        State(PENDING, "data"),
        State(REVIEW, "is_open"),
        prevent_initial_call=True,
    )
    def review_again(_revision: Any, pending: Any, is_open: bool) -> tuple[Any, ...]:
        cells = cells_of(pending)
        if not cells or not is_open:
            raise PreventUpdate
        return reviewed(cells)

    @app.callback(
        Output(PENDING, "data", allow_duplicate=True),
        Output(saved_slot_id(KEPT_SLOT), "data"),
        Output(REVIEW_REFUSED, "children", allow_duplicate=True),
        Output(REASON, "value"),
        Input(KEEP, "n_clicks"),
        Input(REASON, "n_submit"),
        Input(LEAVE_OUT, "n_clicks"),
        Input(TAKE_THEIRS, "n_clicks"),
        Input(KEEP_MINE, "n_clicks"),
        State(PENDING, "data"),
        State(REASON, "value"),
        State(OWNER, "value"),
        State(RECORD_AS, "value"),
        prevent_initial_call=True,
    )
    def settle(
        _keep: Any, _enter: Any, _out: Any, _theirs: Any, _mine: Any, pending: Any, reason: Any, owner: Any, kind: Any
    ) -> tuple[Any, ...]:
        cells = cells_of(pending)
        if ctx.triggered_id not in (KEEP, REASON):
            return pending_of(_settled(cells, services.adjustments.preview(cells), ctx.triggered_id)), *(no_update,) * 3
        given = {"cells": cells, "reason": reason, "owner": owner, "record_as": None if kind == AS_WRITTEN else kind}
        try:
            made = services.adjustments.keep(given, services.user())
        except BlockRefused as error:
            return pending_of(cells), no_update, error.sentence, no_update
        except SopError as error:
            return no_update, no_update, error.sentence, no_update
        return pending_of([], is_open=False), saved(f"Kept: {_block_words(made)}."), "", ""


def _reviewed(preview: BlockPreview, families: Sequence[str]) -> tuple[Any, ...]:
    refused, collides = bool(preview.refused), bool(preview.conflicts)
    words = ""
    if refused:
        words = "What is refused keeps the whole block from being kept: correct it in the table, or leave it out."
    elif collides:
        words = "Somebody changed these cells after you looked: take theirs, or keep yours on top of it."
    blocked = refused or collides or not preview.changes
    return block_table(preview, families), words, not refused, not collides, not collides, blocked


def _settled(cells: Cells, preview: BlockPreview, by: Any) -> Cells:
    """The cells without the refused ones, without the colliding ones, or with the newer version taken as seen."""
    answers = list(zip(cells, preview.cells, strict=True))
    if by == LEAVE_OUT:
        return [cell for cell, told in answers if not told.refused]
    if by == TAKE_THEIRS:
        return [cell for cell, told in answers if not told.conflict]
    return [{**cell, "seen": told.version} for cell, told in answers]


def _history(app: Dash, services: Services) -> None:
    @app.callback(
        Output(saved_slot_id(MOVED_SLOT), "data"),
        Input(HISTORY_ASK, "data"),
        prevent_initial_call=True,
    )
    def step(asked: Mapping[str, Any] | None) -> Any:
        if not asked:
            raise PreventUpdate
        if asked.get("move") == "redo":
            return saved(f"Done again: {_block_words(services.adjustments.redo(services.user()))}.")
        return saved(f"Undone: {_block_words(services.adjustments.undo(services.user()))}. Redo brings it back.")

    @app.callback(
        Output(saved_slot_id(STACK), "data"),
        Input({"type": REJECT_BUTTON, "do": ALL, "index": ALL, "version": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    def decide(clicks: Sequence[int | None]) -> Any:
        if not any(clicks) or ctx.triggered_id is None:
            return no_update
        which = ctx.triggered_id
        if which["do"] == RESTORE:
            services.adjustments.restore(which["index"], which["version"], services.user())
            return saved(f"{which['index']} restored at its place in the stack.")
        services.adjustments.reject(which["index"], which["version"], services.user())
        return saved(f"{which['index']} rejected; it can be restored.")


def _block_words(block: Sequence[Adjustment]) -> str:
    """A block in a few words: its one layer, or how many of how many families."""
    families = dict.fromkeys(layer.family for layer in block)
    months = [month for layer in block for month in (layer.first_month, layer.last_month)]
    span = months_in_words((min(months), max(months)))
    if len(block) == 1:
        return f"{block[0].family}, {span}, {adjustment_words(block[0])}"
    return f"{plural(len(block), 'adjustment')} of {', '.join(list(families)[:3])}, {span}"
