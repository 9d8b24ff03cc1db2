"""Demand as pieces of its page: the list of families, the columns of the table, the stack of adjustments; pure."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from sop_dash.components.choice import EVERYTHING
from sop_dash.components.data_grid import GridColumn, column_definition
from sop_dash.components.states import empty
from sop_dash.core.model.kpi import Unit
from sop_dash.core.plan.adjustment_log import adjustment_log
from sop_dash.core.plan.demand_issues import FamilyIssue, demand_issues
from sop_dash.figures.demand_tables import (
    Period,
    Row,
    adjustment_rows,
    compared_quarter,
    compared_with,
    family_rows,
    issue_money,
    issue_words,
    line_rows,
    periods,
)
from sop_dash.figures.formats import plural
from sop_dash.pages.demand.layout import FAMILY_BUTTON, UNDO_BUTTON
from sop_dash.services.plans import PlanView

_STACK_HEAD = ("#", "Where", "Change, units", "Money", "Reason and owner", "")
_NARROW = 68


def family_list(view: PlanView) -> list[Component]:
    """Every family of the category, the one most at issue first, under a button for all of them."""
    issues = [
        issue
        for issue in demand_issues(view.prepared, len(view.months))
        if view.selection.category in (None, issue.category)
    ]
    currency, chosen = view.prepared.inputs.company.currency, view.selection.family
    whole = _family_button(EVERYTHING, "All families", "", plural(len(issues), "family", "families"), chosen is None)
    return [whole, *(_issue_button(issue, currency, issue.family == chosen) for issue in issues)]


def _issue_button(issue: FamilyIssue, currency: str, chosen: bool) -> Component:
    adjusted = f" · {plural(issue.adjustments, 'adjustment')}" if issue.adjustments else ""
    return _family_button(
        issue.family, issue.family, issue_money(issue, currency), issue_words(issue) + adjusted, chosen
    )


def _family_button(family: str, name: str, worth: str, words: str, chosen: bool) -> Component:
    return html.Button(
        [
            html.Span(name, className="sop-family-name"),
            html.Span(worth, className="sop-family-money"),
            html.Span(words, className="sop-family-words"),
        ],
        id={"type": FAMILY_BUTTON, "index": family},
        className="sop-family",
        **{"aria-pressed": str(chosen).lower()},
    )


def table_columns(view: PlanView) -> list[dict[str, Any]]:
    """The columns of the demand table: names, months and quarters; families side by side also show their changes."""
    one = view.families.sum() == 1
    columns = [column_definition(GridColumn(field="name", title="Units" if one else "Family", pinned=True), "")]
    columns += [_period_column(period) for period in periods(view)]
    if not one:
        columns += [_change_column(compared_quarter(view), *change) for change in compared_with(view)]
    narrow = {"minWidth": _NARROW, "autoHeaderHeight": False, "wrapHeaderText": False}
    return [{**column, **narrow, **({"minWidth": 124} if column["field"] == "name" else {})} for column in columns]


def _change_column(quarter: str, field: str, title: str, against: str) -> dict[str, Any]:
    said = f"{quarter} against {against}"
    return column_definition(GridColumn(field=field, title=title, unit=Unit.RATIO, signed=True, help=said), "")


def _period_column(period: Period) -> dict[str, Any]:
    column = column_definition(
        GridColumn(field=period.field, title=period.title, unit=Unit.UNITS, help=period.help), ""
    )
    column["filter"] = False
    if period.quarter:
        return {
            **column,
            "cellClass": "ag-right-aligned-cell sop-cell-quarter",
            "headerClass": "ag-right-aligned-header sop-cell-quarter",
        }
    if period.locked:
        return {**column, "cellClass": "ag-right-aligned-cell sop-cell-locked"}
    open_cell = {"sop-cell-open": "params.data.editable"}
    return {
        **column,
        "editable": {"function": "params.data.editable"},
        "cellClassRules": {**column["cellClassRules"], **open_cell},
    }


def table_rows(view: PlanView) -> list[Row]:
    """Lines of the one family selected, or the families side by side."""
    return line_rows(view) if view.families.sum() == 1 else family_rows(view)


def table_title(view: PlanView) -> str:
    """What the table shows."""
    where = f", {view.selection.channel}" if view.selection.channel else ""
    whom = "units" if view.families.sum() == 1 else "consensus by family, units"
    return f"{whom}{where}; type over a month to set it"


def stack(view: PlanView) -> Component:
    """The adjustments of the families selected, in order, each with its undo."""
    chosen = {name for name, inside in zip(view.plan.grain.families, view.families, strict=True) if inside}
    lines = [line for line in adjustment_log(view.prepared) if line.adjustment.family in chosen]
    if not lines:
        return empty("No adjustment yet", "The consensus is the statistical forecast. Type over a month, or add one.")
    head = html.Thead(html.Tr([html.Th(text, scope="col") for text in _STACK_HEAD]))
    rows = adjustment_rows(lines, view.prepared.inputs.company.currency)
    return html.Div(
        html.Table([head, html.Tbody([_stack_row(row) for row in rows])], className="sop-list sop-adjustments"),
        className="sop-table-frame",
        tabIndex=0,
        role="region",
        **{"aria-label": "Adjustments in the order they stack"},
    )


def _stack_row(row: Row) -> Component:
    undo = html.Button(
        "Undo",
        id={"type": UNDO_BUTTON, "index": row["id"], "version": row["version"]},
        className="btn btn-sm btn-outline-secondary",
        title=f"Take {row['id']} out of the stack",
    )
    return html.Tr(
        [
            html.Td(row["order"]),
            html.Td(_two_lines(row["family"], f"{row['months']}, {row['where']}")),
            html.Td(_two_lines(row["change"], f"{row['before']} → {row['after']}")),
            html.Td(row["value"], className="sop-number-cell"),
            html.Td(_two_lines(row["reason"], row["owner"]), className="sop-reason-cell", title=row["reason"]),
            html.Td(undo),
        ]
    )


def _two_lines(first: str, second: str) -> list[Component]:
    return [html.Div(first), html.Small(second)]
