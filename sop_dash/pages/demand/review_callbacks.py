"""Wiring of the review tabs of the Demand page: rows of what is selected, corrections turned down, second opinions."""

from collections.abc import Callable, Sequence
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, html, no_update
from dash.development.base_component import Component

from sop_dash.components.data_grid import plain_row
from sop_dash.components.notices import saved, saved_slot_id
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE
from sop_dash.components.states import empty
from sop_dash.core.model.levers import from_plain
from sop_dash.core.model.periods import short_name
from sop_dash.figures.demand_review_tables import (
    CorrectedMonth,
    corrected_months,
    held_words,
    method_rows,
    why_words,
)
from sop_dash.figures.demand_tables import Row
from sop_dash.figures.formats import number, plural
from sop_dash.figures.outlook_tables import assumption_rows, event_rows, risk_rows, risk_words, transition_rows
from sop_dash.pages.demand.compare_tab import register_compare
from sop_dash.pages.demand.exceptions_tab import register_exceptions
from sop_dash.pages.demand.layout import PAGE_ID
from sop_dash.pages.demand.outlook_callbacks import register_outlook
from sop_dash.pages.demand.review_approval import register_approval
from sop_dash.pages.demand.review_tabs import (
    ASSUMPTIONS,
    CORRECTION_BUTTON,
    CORRECTION_REASON,
    CORRECTIONS,
    EVENTS,
    LAUNCHES,
    METHODS,
    METHODS_TITLE,
    OPINIONS,
    OPINIONS_STATE,
    RISKS,
    STOP,
    TICK,
    WHY_FORECAST,
    said_id,
)
from sop_dash.pages.demand.value_tab import register_value
from sop_dash.services.bundle import Services
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Selection

_CHANGED = (Input(SELECTION_STORE, "data"), Input(LEVERS_STORE, "data"), Input(REVISION_STORE, "data"))
_MOST_CORRECTIONS = 60
_TURN_DOWN, _MAKE_AGAIN = "reject", "restore"
Rows = list[dict[str, Any]]


def register_review(app: Dash, services: Services) -> None:
    """Attach the callbacks of the review tabs."""

    def view_of(stored: Any, moved: Any) -> PlanView:
        return services.plans.view(Selection.from_store(stored), from_plain(moved))

    _tables(app, services, view_of)
    register_value(app, services, view_of)
    _methods(app, services, view_of)
    _corrections(app, services, view_of)
    register_outlook(app, services)
    register_approval(app, services)
    register_exceptions(app, services)
    register_compare(app, services)


def _tables(app: Dash, services: Services, view_of: Callable[[Any, Any], PlanView]) -> None:
    @app.callback(Output(EVENTS, "rowData"), Output(LAUNCHES, "rowData"), *_CHANGED)
    def show_events(stored: Any, moved: Any, _revision: Any) -> tuple[Rows, Rows]:
        view = view_of(stored, moved)
        return _plain(event_rows(view)), _plain(transition_rows(services.demand_review.transitions(view), view))

    @app.callback(
        Output(ASSUMPTIONS, "rowData"), Output(RISKS, "rowData"), Output(said_id(RISKS), "children"), *_CHANGED
    )
    def show_assumptions(stored: Any, moved: Any, _revision: Any) -> tuple[Rows, Rows, str]:
        view = view_of(stored, moved)
        risks = risk_rows(view)
        stated = assumption_rows(services.demand_review.assumptions(view), view)
        return _plain(stated), _plain(risks), risk_words(risks, view.prepared.inputs.company.currency)


def _methods(app: Dash, services: Services, view_of: Callable[[Any, Any], PlanView]) -> None:
    @app.callback(Output(WHY_FORECAST, "children"), *_CHANGED)
    def show_why(stored: Any, moved: Any, _revision: Any) -> list[Component]:
        return [html.Div(sentence) for sentence in why_words(view_of(stored, moved))]

    @app.callback(
        Output(METHODS, "rowData"),
        Output(METHODS_TITLE, "children"),
        Output(OPINIONS_STATE, "children"),
        Output(OPINIONS, "hidden"),
        Output(STOP, "hidden"),
        Output(TICK, "disabled"),
        *_CHANGED,
        Input(OPINIONS, "n_clicks"),
        Input(STOP, "n_clicks"),
        Input(TICK, "n_intervals"),
    )
    def show_methods(stored: Any, moved: Any, *_asked: Any) -> tuple[Any, ...]:
        view, review = view_of(stored, moved), services.demand_review
        if ctx.triggered_id == OPINIONS:
            review.ask_opinions(view)
        if ctx.triggered_id == STOP:
            review.stop_opinions(view)
        state = review.opinions_state(view)
        if ctx.triggered_id == TICK and state.running:
            return no_update, no_update, _progress(state.done, state.total), True, False, False
        board = review.board(view)
        lost = "The second opinions ended unexpectedly. Ask again." if state.lost else ""
        told = _progress(state.done, state.total) if state.running else lost
        asked = state.running or state.answer is not None
        return (
            _plain(method_rows(board, view)),
            held_words(board, view),
            told,
            asked,
            not state.running,
            not state.running,
        )


def _corrections(app: Dash, services: Services, view_of: Callable[[Any, Any], PlanView]) -> None:
    @app.callback(Output(CORRECTIONS, "children"), *_CHANGED)
    def show_corrections(stored: Any, moved: Any, _revision: Any) -> Component:
        view = view_of(stored, moved)
        names = {name for name, inside in zip(view.plan.grain.families, view.families, strict=True) if inside}
        return _correction_list(corrected_months(view.prepared.history.corrections, names))

    @app.callback(
        Output(saved_slot_id(PAGE_ID), "data", allow_duplicate=True),
        Output(CORRECTION_REASON, "value"),
        Input({"type": CORRECTION_BUTTON, "do": ALL, "family": ALL, "month": ALL, "kind": ALL}, "n_clicks"),
        State(CORRECTION_REASON, "value"),
        prevent_initial_call=True,
    )
    def decide(clicks: Sequence[int | None], reason: str | None) -> tuple[Any, Any]:
        if not any(clicks) or ctx.triggered_id is None:
            return no_update, no_update
        which = ctx.triggered_id
        where = f"{which['family']}, {short_name(which['month'])}"
        if which["do"] == _MAKE_AGAIN:
            services.demand_review.restore(which["family"], which["month"], which["kind"], services.user())
            return saved(f"Correction of {where} made again."), no_update
        given = {name: which[name] for name in ("family", "month", "kind")}
        services.demand_review.reject({**given, "reason": reason}, services.user())
        return saved(f"Correction of {where} turned down."), ""


def _correction_list(rows: list[CorrectedMonth]) -> Component:
    if not rows:
        return empty("Nothing was corrected", "The baseline sees the months as they were sold.")
    head = html.Thead(html.Tr([html.Th(text, scope="col") for text in ("Where", "Units", "Why", "")]))
    body = html.Tbody([_correction_row(row) for row in rows[:_MOST_CORRECTIONS]])
    rest = len(rows) - _MOST_CORRECTIONS
    more = [html.Small(f"and {plural(rest, 'smaller correction')}; choose a family to see them")] if rest > 0 else []
    return html.Div(
        [html.Table([head, body], className="sop-list sop-adjustments"), *more],
        className="sop-table-frame",
        tabIndex=0,
        role="region",
        **{"aria-label": "Corrections of history, the largest first"},
    )


def _correction_row(row: CorrectedMonth) -> Component:
    action, label = (_TURN_DOWN, "Turn down") if row.accepted else (_MAKE_AGAIN, "Make again")
    where = f"{row.family}, {short_name(row.month)}"
    button = html.Button(
        label,
        id={"type": CORRECTION_BUTTON, "do": action, "family": row.family, "month": row.month, "kind": row.kind},
        className="btn btn-sm btn-outline-secondary",
        title=f"{label}: {row.kind}, {where}",
    )
    kind = row.kind if row.accepted else f"{row.kind}, turned down"
    return html.Tr(
        [
            html.Td([html.Div(row.family), html.Small(f"{short_name(row.month)}, {_in_channels(row.channels)}")]),
            html.Td(f"{number(row.before)} → {number(row.after)}", className="sop-number-cell"),
            html.Td([html.Div(kind), html.Small(row.reason)], className="sop-reason-cell", title=row.reason),
            html.Td(button if row.reversible else ""),
        ]
    )


def _in_channels(channels: Sequence[str]) -> str:
    return channels[0] if len(channels) == 1 else plural(len(channels), "channel")


def _progress(done: int, total: int) -> str:
    return f"{done:,} of {total:,} fitted" if total else "starting …"


def _plain(rows: Sequence[Row]) -> Rows:
    return [plain_row(row) for row in rows]
