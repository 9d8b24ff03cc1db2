"""Planning settings on the Data page: every line may be written over; the plan of every page follows at once."""

from typing import Any

from dash import Dash, Input, Output, State, html, no_update, set_props
from dash.development.base_component import Component

from sop_dash.components.data_grid import GridColumn, data_grid
from sop_dash.components.notices import saved, saved_slot, saved_slot_id
from sop_dash.components.page import REVISION_STORE
from sop_dash.components.section_card import card, row
from sop_dash.core.model.errors import SopError
from sop_dash.figures.data_tables import setting_rows
from sop_dash.services.bundle import Services

GRID = "data-settings"
RESET_ONE = "data-settings-reset"
RESET_ALL = "data-settings-reset-all"
_SLOT, _RESET_SLOT = "data-settings", "data-settings-reset"
_COLUMNS = (
    GridColumn(field="group", title="Group", width=150, wrap=True),
    GridColumn(field="meaning", title="Setting", wrap=True),
    GridColumn(field="value", title="Value", width=130, editable=True, choices="choices", help="Write over it"),
    GridColumn(field="unit", title="Unit", width=110, wrap=True),
    GridColumn(field="default", title="Default", width=110, wrap=True),
    GridColumn(field="allowed", title="Allowed", width=150, wrap=True),
    GridColumn(field="state", title="Comes from", width=110, wrap=True),
    GridColumn(field="used_by", title="Used by", width=190, wrap=True),
)


def pane() -> Component:
    """The table with its buttons."""
    grid = data_grid(
        GRID,
        _COLUMNS,
        [],
        row_key="name",
        file_name="planning-settings",
        selectable=True,
        options={"singleClickEdit": True},
    )
    tools = [
        html.Button("Chosen row back to default", id=RESET_ONE, className="btn btn-sm btn-outline-secondary"),
        html.Button("All back to default", id=RESET_ALL, className="btn btn-sm btn-outline-secondary"),
    ]
    subtitle = "write over a value; it is part of every plan. A value nobody set is an assumption"
    return row(
        card("Planning settings in force", grid, subtitle=subtitle, tools=tools, class_name="sop-settings sop-tall")
    )


def slot() -> Component:
    """Where a change says that it was kept."""
    return html.Div([saved_slot(_SLOT), saved_slot(_RESET_SLOT)])


def register(app: Dash, services: Services) -> None:
    """Attach the callbacks of the settings."""

    @app.callback(Output(GRID, "rowData"), Input(REVISION_STORE, "data"))
    def show(_revision: Any) -> list[dict[str, Any]]:
        return setting_rows(services.plans.settings)

    @app.callback(Output(saved_slot_id(_SLOT), "data"), Input(GRID, "cellValueChanged"), prevent_initial_call=True)
    def change(changes: Any) -> Any:
        edited = changes[-1] if isinstance(changes, list) and changes else {}
        if not edited or edited.get("value") == edited.get("oldValue"):
            return no_update
        line = edited.get("data") or {}
        name = str(line.get("name"))
        try:
            made = services.settings.write(name, edited.get("value"), edited.get("oldValue"), services.user())
        except SopError:
            set_props(GRID, {"rowData": setting_rows(services.plans.settings)})
            raise
        kept = next(row["value"] for row in setting_rows(made) if row["name"] == name)
        return saved(f"“{line.get('meaning')}” is {kept or 'open'} in every plan from now on.")

    @app.callback(
        Output(saved_slot_id(_RESET_SLOT), "data"),
        Input(RESET_ONE, "n_clicks"),
        State(GRID, "selectedRows"),
        prevent_initial_call=True,
    )
    def reset_one(_clicks: int | None, chosen: list[dict[str, Any]] | None) -> dict[str, Any]:
        if not chosen:
            raise SopError("No setting is chosen.", remedy="Click a row of the table first.")
        services.settings.reset([str(chosen[0]["name"])], services.user())
        return saved(f"“{chosen[0]['meaning']}” is back at its default.")

    @app.callback(
        Output(saved_slot_id(_RESET_SLOT), "data", allow_duplicate=True),
        Input(RESET_ALL, "n_clicks"),
        prevent_initial_call=True,
    )
    def reset_all(_clicks: int | None) -> dict[str, Any]:
        names = [line["name"] for line in setting_rows(services.plans.settings)]
        services.settings.reset(names, services.user())
        return saved("All planning settings are back at their defaults.")
