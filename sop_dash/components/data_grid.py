"""Tables: sort, filter, resize, pin, copy, download; all from files of this server.

    data_grid(
        GAPS,
        [
            GridColumn(field="family", title="Family", pinned=True),
            GridColumn(field="gap_units", title="Gap", unit=Unit.UNITS, bracketed=True),
        ],
        rows, row_key="family", totals=[total_row], file_name="gaps",
    )

Numbers stay numbers and are written by column; unknown (None) is a dash. Update with `Output(id, "rowData")`.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dash_ag_grid as dag
from dash import html
from dash.development.base_component import Component

from sop_dash.core.model.kpi import Unit
from sop_dash.figures.formats import CELL_DECIMALS, currency_symbol


@dataclass(frozen=True, kw_only=True)
class GridColumn:
    """One column.

    Args:
        field: Key in the rows.
        title: Heading, with the unit where it is not in the cells.
        unit: What the numbers count; None for text.
        decimals: Digits after the point; None takes the unit's own.
        signed: Plus and minus are always written.
        bracketed: Negative numbers stand in brackets (shortages).
        pinned: Stays at the left.
        editable: May be typed over.
        choices: Field of the row with the values to pick from; where that is empty the cell is typed.
        width: In pixels; None shares what is left.
        help: Shown on the heading.
        status: The cell holds a status word and gets its shape and colour.
        wrap: Long text breaks into lines.
    """

    field: str
    title: str
    unit: Unit | None = None
    decimals: int | None = None
    signed: bool = False
    bracketed: bool = False
    pinned: bool = False
    editable: bool = False
    choices: str = ""
    width: int | None = None
    help: str = ""
    status: bool = False
    wrap: bool = False


_LEAST, _LEAST_TEXT = 72, 104
"""Pixels of a column whose width is not given."""
_LEAST_WRAPPED = 132
"""Pixels under which wrapped text is no longer read; the table then scrolls sideways."""

# Colours are those of tokens.css, so the table follows the theme by itself.
_THEME = (
    "themeQuartz.withParams({backgroundColor: 'var(--sop-surface)', foregroundColor: 'var(--sop-text)', "
    "headerBackgroundColor: 'var(--sop-surface)', headerTextColor: 'var(--sop-muted)', borderColor: 'var(--sop-line)', "
    "rowHoverColor: 'var(--sop-hover)', selectedRowBackgroundColor: 'var(--sop-selected)', "
    "accentColor: 'var(--sop-accent)', chromeBackgroundColor: 'var(--sop-surface)', "
    "menuBackgroundColor: 'var(--sop-raised)', inputBackgroundColor: 'var(--sop-surface)', "
    "browserColorScheme: 'inherit', fontFamily: 'inherit', headerFontFamily: 'inherit', cellFontFamily: 'inherit', "
    "fontSize: '0.8125rem', headerFontSize: '0.75rem', headerFontWeight: 600, rowHeight: '2rem', "
    "headerHeight: '2.125rem', cellHorizontalPadding: '0.625rem', wrapperBorder: false, wrapperBorderRadius: '0', "
    "columnBorder: false})"
)


def data_grid(
    grid_id: str,
    columns: Sequence[GridColumn],
    rows: Sequence[Mapping[str, Any]],
    *,
    row_key: str,
    currency: str = "USD",
    totals: Sequence[Mapping[str, Any]] = (),
    file_name: str = "",
    selectable: bool = False,
    height: str = "",
    options: Mapping[str, Any] | None = None,
) -> Component:
    """A table with its copy and download buttons.

    Args:
        grid_id: Its id.
        columns: In order.
        rows: Values by field.
        row_key: Field that names a row.
        currency: For money.
        totals: Rows pinned at the bottom.
        file_name: Name of the downloaded file, without ending.
        selectable: One row may be chosen (`selectedRows`).
        height: A css height; empty fills the card.
        options: More options of the grid.
    """
    grid_options: dict[str, Any] = {
        "theme": {"function": _THEME},
        "pinnedBottomRowData": [plain_row(total) for total in totals],
        "enableCellTextSelection": True,
        "ensureDomOrder": True,
        "suppressColumnVirtualisation": True,
        "stopEditingWhenCellsLoseFocus": True,
        "undoRedoCellEditing": any(column.editable for column in columns),
        "tooltipShowDelay": 300,
        "localeText": {"noRowsToShow": "Nothing to show"},
        "animateRows": False,
        **(
            {"rowSelection": {"mode": "singleRow", "enableClickSelection": True, "checkboxes": False}}
            if selectable
            else {}
        ),
        **(options or {}),
    }
    grid = dag.AgGrid(
        id=grid_id,
        columnDefs=[column_definition(column, currency) for column in columns],
        rowData=[plain_row(row) for row in rows],
        defaultColDef={
            "sortable": True,
            "filter": True,
            "resizable": True,
            "minWidth": _LEAST,
            "wrapHeaderText": True,
            "autoHeaderHeight": True,
            "suppressHeaderMenuButton": True,
        },
        dashGridOptions=grid_options,
        getRowId=f"params.data.{row_key}",
        columnSize="responsiveSizeToFit",
        className="sop-grid",
        style={"height": height or "100%"},
    )
    tools = [_tool("clipboard", "copy", "Copy", grid_id, ""), _tool("download", "csv", "Download", grid_id, file_name)]
    return html.Div([html.Div(tools, className="sop-grid-tools"), grid], className="sop-grid-box")


def plain_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row for the browser: NaN and infinite become None."""
    return {k: None if isinstance(v, float) and not math.isfinite(v) else v for k, v in row.items()}


def column_definition(column: GridColumn, currency: str) -> dict[str, Any]:
    """The column as the grid wants it."""
    made: dict[str, Any] = {"field": column.field, "headerName": column.title, "editable": column.editable}
    if column.width:
        made |= {"width": column.width, "minWidth": min(column.width, _LEAST), "suppressSizeToFit": True}
    if column.pinned:
        made |= {"pinned": "left", "cellClass": "sop-cell-name"}
    if column.help:
        made["headerTooltip"] = column.help
    if column.choices:
        made["cellEditorSelector"] = {"function": f"sopPickOrType(params, '{column.choices}')"}
    if column.unit is not None:
        made |= _number_definition(column, column.unit, currency)
    elif column.status:
        made["cellRenderer"] = "SopStatus"
    elif column.wrap:
        least = {} if column.width else {"minWidth": _LEAST_WRAPPED}
        made |= {"wrapText": True, "autoHeight": True, "cellClass": "sop-cell-wrap", **least}
    else:
        made |= {"tooltipField": column.field} | ({} if column.width else {"minWidth": _LEAST_TEXT})
    return made


def _number_definition(column: GridColumn, unit: Unit, currency: str) -> dict[str, Any]:
    decimals = CELL_DECIMALS.get(unit, 0) if column.decimals is None else column.decimals
    symbol = currency_symbol(currency) if unit in {Unit.MONEY, Unit.MONEY_PER_HOUR} else ""
    kind = "bracketed" if column.bracketed else "signed" if column.signed else "plain"
    share = str(unit is Unit.RATIO).lower()
    return {
        "type": "rightAligned",
        "filter": "agNumberColumnFilter",
        "cellDataType": "number",
        "valueFormatter": {"function": f"sopNumber(params.value, {decimals}, {share}, '{symbol}', '{kind}')"},
        "cellClassRules": {"sop-cell-short": "params.value < 0"} if column.bracketed else {},
    }


def _tool(icon: str, action: str, label: str, grid_id: str, file_name: str) -> Component:
    return html.Button(
        html.I(className=f"bi bi-{icon}", **{"aria-hidden": "true"}),
        className="sop-icon-button",
        title=label,
        **{"aria-label": label, "data-grid": grid_id, "data-grid-action": action, "data-file": file_name or grid_id},
    )
