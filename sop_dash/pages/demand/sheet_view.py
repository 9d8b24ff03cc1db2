"""The demand table and a block of its cells as pieces of the page; pure."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from dash import html
from dash.development.base_component import Component

from sop_dash.components.data_grid import GridColumn, column_definition, plain_row
from sop_dash.core.model.kpi import Unit
from sop_dash.core.plan.sku_forecast import SkuForecast
from sop_dash.figures.demand_block import block_rows
from sop_dash.figures.demand_items import item_months, item_rows
from sop_dash.figures.demand_sheet import Level, Lines, sheet_rows
from sop_dash.figures.demand_tables import Compared, Period, Row, closed_in_quarter, compared_with, periods
from sop_dash.figures.formats import currency_symbol, listed, months_in_words
from sop_dash.services.adjustments import BlockPreview
from sop_dash.services.plans import PlanView

_NARROW = 68
_HEAD = ("Where", "Before", "After", "Change", "Changed last", "")
_CELL_CLASSES = {
    "sop-cell-open": "params.data.editable",
    "sop-cell-layered": "params.data.notes && params.data.notes[params.colDef.field]",
    "sop-cell-written": "params.data.written && params.data.written[params.colDef.field]",
    "sop-cell-clash": "params.data.clashes && params.data.clashes[params.colDef.field]",
    "sop-cell-refused": "params.data.refused && params.data.refused[params.colDef.field]",
}


def shown_lines(view: PlanView, level: Level, lines: Lines) -> Lines:
    """The lines that are shown: one family alone shows all of its own."""
    alone = level is Level.FAMILY and lines is Lines.CONSENSUS and view.families.sum() == 1
    return Lines.ALL if alone else lines


def table_columns(view: PlanView, level: Level, lines: Lines) -> list[dict[str, Any]]:
    """Columns of the table: names, months, quarters; families side by side also their changes."""
    if level is Level.ITEM:
        return _item_columns(view)
    lines = shown_lines(view, level, lines)
    one = level is Level.FAMILY and view.families.sum() == 1
    columns = [] if one and lines is not Lines.CONSENSUS else [_named("name", level.title(), 118)]
    columns += [] if lines is Lines.CONSENSUS else [_named("line", "Line" if lines is Lines.ALL else "Channel", 104)]
    columns += [_period_column(period) for period in periods(view)]
    if level is Level.FAMILY and lines is Lines.CONSENSUS:
        columns += [_change_column(compared) for compared in compared_with(view)]
    return columns


def table_rows(
    view: PlanView, level: Level, lines: Lines, preview: BlockPreview | None, items: SkuForecast | None
) -> list[dict[str, Any]]:
    """Rows of the table for the browser; items only where they are the rows."""
    if items is not None:
        return [plain_row(row) for row in item_rows(view, items)]
    lines = shown_lines(view, level, lines)
    rows = [plain_row(row) for row in sheet_rows(view, level, lines, preview)]
    for before, row in zip([None, *rows], rows, strict=False):
        row["first"] = before is None or before["name"] != row["name"]
        row["parted"] = row["first"] and lines is not Lines.CONSENSUS
    return rows


def level_of(chosen: str | None) -> Level:
    """The level chosen; families for anything else."""
    return Level(chosen) if chosen in set(Level) else Level.FAMILY


def lines_of_each(chosen: str | None) -> Lines:
    """The lines chosen; the overview for anything else."""
    return Lines(chosen) if chosen in set(Lines) else Lines.CONSENSUS


def table_title(view: PlanView, level: Level, lines: Lines) -> str:
    """What the table counts, and what keeps it from counting; which months its quarters and its changes cover."""
    where = f", {view.selection.channel}" if view.selection.channel else ""
    if level is Level.ITEM:
        return f"mix of the near months, units{where}; volume is decided by family"
    if level is Level.CATEGORY and np.isnan(view.prepared.money.price).all():
        return "categories add up in money: bring prices, or net_revenue in sales"
    unit = f"{currency_symbol(view.prepared.inputs.company.currency)} thousand" if level is Level.CATEGORY else "units"
    said = [f"{unit}{where}", closed_in_quarter(view)]
    if level is Level.FAMILY and shown_lines(view, level, lines) is Lines.CONSENSUS:
        compared = compared_with(view)
        spans = dict.fromkeys(months_in_words(one.months) for one in compared)
        said.append(f"{listed([one.title for one in compared])}: {', '.join(spans)}")
    return " · ".join(part for part in said if part)


def block_table(preview: BlockPreview, families: Sequence[str]) -> Component:
    """Every cell of a block, before and after; refused and colliding ones first."""
    rows = sorted(block_rows(preview, families), key=lambda row: (not row["refused"], not row["conflict"]))
    kinds = ("", *("sop-number-cell",) * 3, "", "")
    heads = [html.Th(text, scope="col", className=kind) for text, kind in zip(_HEAD, kinds, strict=True)]
    head = html.Thead(html.Tr(heads))
    return html.Div(
        html.Table([head, html.Tbody([_block_row(row) for row in rows])], className="sop-list sop-adjustments"),
        className="sop-review-table",
        tabIndex=0,
        role="region",
        **{"aria-label": "Cells of the block, before and after"},
    )


def _block_row(row: Row) -> Component:
    problem = row["refused"] or ("changed after you looked" if row["conflict"] else "")
    cells = [
        html.Td([html.Div(row["place"]), html.Small(row["parts"])] if row["parts"] else row["place"]),
        html.Td(row["before"], className="sop-number-cell"),
        html.Td(row["after"], className="sop-number-cell"),
        html.Td(row["change"], className="sop-number-cell"),
        html.Td(row["latest"]),
        html.Td(problem, className="sop-short"),
    ]
    return html.Tr(cells, className="sop-row-trouble" if problem else "")


def _named(field: str, title: str, width: int) -> dict[str, Any]:
    column = column_definition(GridColumn(field=field, title=title, pinned=True), "")
    classes = {"sop-cell-repeated": "!params.data.first"} if field == "name" else {}
    return {**column, "minWidth": width, "sortable": False, "cellClassRules": classes}


def _change_column(compared: Compared) -> dict[str, Any]:
    said = f"{months_in_words(compared.months)} against {compared.against}"
    column = GridColumn(field=compared.field, title=compared.title, unit=Unit.RATIO, signed=True, help=said)
    return {**column_definition(column, ""), **_narrow()}


def _period_column(period: Period) -> dict[str, Any]:
    column = column_definition(GridColumn(field=period.field, title=period.title, help=period.help), "")
    column |= {
        **_narrow(),
        "type": "rightAligned",
        "cellDataType": False,
        "valueFormatter": {"function": "sopSheet(params.value, params.data.decimals)"},
    }
    column.pop("tooltipField")
    kinds = ["ag-right-aligned-cell"]
    if period.quarter:
        return {
            **column,
            "cellClass": [*kinds, "sop-cell-quarter"],
            "headerClass": "ag-right-aligned-header sop-cell-quarter",
        }
    column |= {
        "tooltipValueGetter": {"function": "sopSheetTip(params.data, params.colDef.field)"},
        "cellClassRules": dict(_CELL_CLASSES),
    }
    if period.locked:
        column["cellClassRules"].pop("sop-cell-open")
        return {**column, "cellClass": [*kinds, "sop-cell-locked"]}
    if period.restricted:
        kinds.append("sop-cell-restricted")
        column["headerClass"] = "ag-right-aligned-header sop-cell-restricted"
    return {
        **column,
        "cellClass": kinds,
        "editable": {"function": "params.data.editable"},
        "cellEditor": "agTextCellEditor",
        "cellEditorParams": {"useFormatter": True},
    }


def _item_columns(view: PlanView) -> list[dict[str, Any]]:
    columns: Sequence[GridColumn] = (
        GridColumn(field="name", title="Item", pinned=True, width=118),
        GridColumn(field="item", title="Name", width=176),
        GridColumn(field="family", title="Family", width=122),
        *(
            GridColumn(field=period.field, title=period.title, unit=Unit.UNITS, width=80, help=period.help)
            for period in periods(view)
            if period.field in item_months(view)
        ),
        GridColumn(field="share", title="Share of family", unit=Unit.RATIO, width=84),
        GridColumn(field="method", title="Shared out by"),
    )
    # Names of their own: the table would dress a month like the one it showed before.
    return [{**column_definition(column, ""), "colId": f"item-{column.field}"} for column in columns]


def _narrow() -> dict[str, Any]:
    return {
        "minWidth": _NARROW,
        "autoHeaderHeight": False,
        "wrapHeaderText": False,
        "filter": False,
        "sortable": False,
    }
