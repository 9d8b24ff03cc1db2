"""The spreadsheet round trip on the Data page: forecast out as a workbook, back in, each changed cell decided on."""

from typing import Any

from dash import Dash, Input, Output, State, ctx, dcc, html, no_update
from dash.development.base_component import Component

from sop_dash.components.data_grid import GridColumn, data_grid
from sop_dash.components.notices import saved, saved_slot, saved_slot_id
from sop_dash.components.section_card import card, row
from sop_dash.components.states import empty
from sop_dash.core.model.errors import BadValue, SopError
from sop_dash.core.model.kpi import Unit
from sop_dash.figures.formats import plural
from sop_dash.figures.round_trip_tables import ACCEPT, accepted_cells, returned_rows, verdict
from sop_dash.pages.data.uploads import uploaded_bytes
from sop_dash.services.bundle import Services

EXPORT, DOWNLOAD, BROUGHT = "data-sheet-export", "data-sheet-download", "data-sheet-brought"
RENEWED = "data-sheet-renewed"
UPLOAD, COMPARED, GRID = "data-sheet-upload", "data-sheet-compared", "data-sheet-changes"
REASON, KEEP, REFUSED, RENEW = "data-sheet-reason", "data-sheet-keep", "data-sheet-refused", "data-sheet-renew"
ALL, NONE = "data-sheet-all", "data-sheet-none"
_SLOT = "data-sheet"
_COLUMNS = (
    GridColumn(field="family", title="Family", width=104, wrap=True),
    GridColumn(field="line", title="Line", width=90),
    GridColumn(field="month", title="Month", width=68),
    GridColumn(field="exported", title="When exported", unit=Unit.UNITS, width=80),
    GridColumn(field="now", title="In the plan now", unit=Unit.UNITS, width=74),
    GridColumn(field="wanted", title="In the file", unit=Unit.UNITS, width=74),
    GridColumn(field="change", title="Change", unit=Unit.UNITS, signed=True, width=74),
    GridColumn(field="state", title="What to know", wrap=True),
    GridColumn(field="take", title="Take it?", width=84, editable=True, choices="choices"),
    GridColumn(field="reason", title="Reason (write)", width=120, editable=True, wrap=True),
    GridColumn(field="place", title="Cell", width=58),
)


def pane() -> Component:
    """Out at the left, back in at the right."""
    return row(
        card("1. Take the forecast out", _out()),
        card("2. Bring it back", _back(), class_name="sop-tall"),
        columns=(3, 9),
    )


def slot() -> Component:
    """Where keeping says that it is done."""
    return saved_slot(_SLOT)


def _out() -> list[Component]:
    return [
        html.P(
            "A workbook with last year, the statistical forecast, sales input and consensus by month, and the "
            "adjustments of this cycle. Change the yellow cells; add columns, sheets and formulas of your own.",
            className="sop-note",
        ),
        html.Div(html.Button("Download the workbook", id=EXPORT, className="btn btn-primary"), className="sop-actions"),
        dcc.Download(id=DOWNLOAD),
        dcc.Store(id=BROUGHT),
        html.P("Bring it back here: nothing changes in the plan before you accept it.", className="sop-note"),
        dcc.Upload(
            html.Div(
                [
                    html.I(className="bi bi-file-earmark-spreadsheet", **{"aria-hidden": "true"}),
                    html.Span("Drop the changed workbook here, or choose it"),
                ],
                className="sop-drop",
            ),
            id=UPLOAD,
            accept=".xlsx",
        ),
        html.P(
            "Your own copy can also be brought up to date: its figures become those of the plan now, and your columns, "
            "formulas, formats, charts and pictures stay.",
            className="sop-note",
        ),
        html.Div(
            html.Button("Refresh my copy", id=RENEW, className="btn btn-outline-primary", disabled=True),
            className="sop-actions",
        ),
        html.P(id=RENEWED, className="sop-note", role="status"),
    ]


def _back() -> list[Component]:
    nothing = empty("No workbook chosen yet", "Every changed cell shows here with its old and new value.")
    grid = data_grid(GRID, _COLUMNS, [], row_key="key", file_name="changed-cells", options={"singleClickEdit": True})
    return [
        html.Div(nothing, id=COMPARED),
        html.Div(grid, id=f"{GRID}-box", className="sop-fill", hidden=True),
        html.Div(
            [
                html.Label(
                    ["Reason of all that have none", dcc.Input(id=REASON, className="form-control", maxLength=400)]
                ),
                html.Button("Accept all", id=ALL, className="btn btn-outline-secondary"),
                html.Button("Reject all", id=NONE, className="btn btn-outline-secondary"),
                html.Button("Keep what is accepted", id=KEEP, className="btn btn-primary", disabled=True),
            ],
            className="sop-actions sop-decide",
        ),
        html.P(id=REFUSED, className="sop-refused", role="alert"),
    ]


def register(app: Dash, services: Services) -> None:
    """Attach the callbacks of the round trip."""

    @app.callback(Output(DOWNLOAD, "data"), Input(EXPORT, "n_clicks"), prevent_initial_call=True)
    def export(_clicks: int | None) -> Any:
        return _download(services, services.round_trip.export())

    @app.callback(
        Output(DOWNLOAD, "data", allow_duplicate=True),
        Output(RENEWED, "children"),
        Input(RENEW, "n_clicks"),
        State(BROUGHT, "data"),
        prevent_initial_call=True,
    )
    def renew(_clicks: int | None, content: str | None) -> tuple[Any, str]:
        made = services.round_trip.renew(uploaded_bytes("the workbook", content or ""))
        return _download(services, made.content), " ".join(("Your copy has the figures of now.", *made.notes))

    @app.callback(
        Output(COMPARED, "children"),
        Output(GRID, "rowData"),
        Output(f"{GRID}-box", "hidden"),
        Output(KEEP, "disabled"),
        Output(RENEW, "disabled"),
        Output(BROUGHT, "data"),
        Output(UPLOAD, "contents"),
        Input(UPLOAD, "contents"),
        State(UPLOAD, "filename"),
        prevent_initial_call=True,
    )
    def compare(content: str | None, name: str | None) -> tuple[Any, ...]:
        if not content:
            return (no_update,) * 7
        try:
            found = services.round_trip.compare(uploaded_bytes(name or "", content))
        except SopError as error:
            return html.P(error.sentence, className="sop-verdict sop-verdict-refused"), [], True, True, True, None, None
        rows = returned_rows(found)
        return (
            html.P(verdict(found), className="sop-verdict", role="status"),
            rows,
            not rows,
            not rows,
            False,
            content,
            None,
        )

    @app.callback(
        Output(GRID, "rowData", allow_duplicate=True),
        Output(REFUSED, "children", allow_duplicate=True),
        Input(ALL, "n_clicks"),
        Input(NONE, "n_clicks"),
        State(GRID, "rowData"),
        prevent_initial_call=True,
    )
    def take(
        _all: int | None, _none: int | None, rows: list[dict[str, Any]] | None
    ) -> tuple[list[dict[str, Any]], str]:
        wanted = 0 if ctx.triggered_id == ALL else -1
        return [{**one, "take": one["choices"][wanted] if one["choices"] else ""} for one in rows or ()], ""

    @app.callback(
        Output(saved_slot_id(_SLOT), "data"),
        Output(COMPARED, "children", allow_duplicate=True),
        Output(GRID, "rowData", allow_duplicate=True),
        Output(f"{GRID}-box", "hidden", allow_duplicate=True),
        Output(KEEP, "disabled", allow_duplicate=True),
        Output(REFUSED, "children"),
        Input(KEEP, "n_clicks"),
        State(GRID, "rowData"),
        State(REASON, "value"),
        prevent_initial_call=True,
    )
    def keep(_clicks: int | None, rows: list[dict[str, Any]] | None, reason: Any) -> tuple[Any, ...]:
        try:
            undecided = [one for one in rows or () if one.get("state") and not one.get("take") and one.get("choices")]
            if undecided:
                raise BadValue(
                    "take",
                    f"{plural(len(undecided), 'change')} of a cell that somebody else changed too "
                    f"{'is' if len(undecided) == 1 else 'are'} not decided yet.",
                    remedy="Accept or reject each.",
                )
            kept = services.round_trip.keep(accepted_cells(rows or ()), reason, services.user())
        except SopError as error:
            return *(no_update,) * 5, error.sentence
        cells = sum(one.get("take") == ACCEPT for one in rows or ())
        told = f"{plural(cells, 'change')} kept as {plural(len(kept), 'adjustment')}; the Demand page shows them."
        return saved(told), empty("Kept", told), [], True, True, ""


def _download(services: Services, content: bytes) -> dict[str, Any]:
    return dict(dcc.send_bytes(content, f"forecast-{services.plans.cycle}.xlsx"))
