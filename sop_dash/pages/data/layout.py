"""What stands on the Data page; the callbacks fill it."""

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from sop_dash.components.data_grid import GridColumn, data_grid
from sop_dash.components.notices import saved_slot
from sop_dash.components.section_card import card, page_body, row
from sop_dash.components.states import empty, waiting
from sop_dash.components.tabs import tabs
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.levers import Levers
from sop_dash.core.model.tables import dictionary
from sop_dash.pages.data import set_up_tab, settings_tab, spreadsheet_tab
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection

PAGE_ID = "data"
UPLOAD = "data-upload"
TEMPLATE, TEMPLATE_FILE = "data-template", "data-template-file"
PREVIEW = "data-preview"
READING = "data-reading"
ACCEPT = "data-accept"
MAPPING = "data-mapping"
READ_AGAIN = "data-read-again"
ANSWERS = "data-answer"
COLUMNS = "data-column"
HOLDS = "data-holds"
CORRECTIONS = "data-corrections"
CARRY = "data-carry"
FAMILY_RULE, FAMILY_OWN = "data-family-rule", "data-family-own"
ISSUES = "data-issues"
LOADS = "data-loads"
USE_LOAD = "data-use-load"

ISSUE_COLUMNS = (
    GridColumn(field="severity", title="What to do", width=92, wrap=True),
    GridColumn(field="title", title="Issue", width=144, wrap=True),
    GridColumn(field="where", title="Where", width=144, wrap=True),
    GridColumn(field="detail", title="Figures", wrap=True),
    GridColumn(field="value", title="Money at stake", unit=Unit.MONEY, width=108),
    GridColumn(field="rows", title="Rows of the file", width=92, wrap=True),
    GridColumn(field="remedy", title="Remedy", wrap=True),
)
_CARRIED = "Go on with the other tables of the load in use (prices, capacity …), unless it is an example"
_NO_REVENUE = "Revenue of the new files less that of the load in use; a dash where one of them names none"
DIFFERENCE_COLUMNS = (
    GridColumn(field="item", title="Item", wrap=True),
    GridColumn(field="month", title="Month", width=100),
    GridColumn(field="kind", title="What", width=110),
    GridColumn(field="before", title="Units in use", unit=Unit.UNITS, width=140),
    GridColumn(field="now", title="Units now", unit=Unit.UNITS, width=140),
    GridColumn(field="change", title="Change, units", unit=Unit.UNITS, signed=True, width=140),
    GridColumn(field="value", title="Change, revenue", unit=Unit.MONEY, signed=True, width=140, help=_NO_REVENUE),
)
_LOAD_COLUMNS = (
    GridColumn(field="in_use", title="In use", width=76, wrap=True),
    GridColumn(field="company", title="Company", wrap=True),
    GridColumn(field="name", title="Data load", width=120, wrap=True),
    GridColumn(field="source", title="Brought as", width=170, wrap=True),
    GridColumn(field="accepted", title="Accepted (UTC)", width=110, wrap=True),
    GridColumn(field="by", title="By", width=100, wrap=True),
    GridColumn(field="months", title="Sales of", width=130, wrap=True),
    GridColumn(field="rows", title="Rows of sales", unit=Unit.COUNT, width=90),
    GridColumn(field="families", title="Families", unit=Unit.COUNT, width=88),
    GridColumn(field="skus", title="SKUs", unit=Unit.COUNT, width=76),
    GridColumn(field="hash", title="Content hash", width=124),
)
_NOTHING_YET = empty("No files chosen yet", "Their totals and issues show here before anything is kept.")
_DICTIONARY_COLUMNS = (
    GridColumn(field="table", title="Table", width=160),
    GridColumn(field="column", title="Column", width=200),
    GridColumn(field="type", title="Type", width=160),
    GridColumn(field="unit", title="Unit", width=150),
    GridColumn(field="required", title="Required", width=110),
    GridColumn(field="meaning", title="Meaning", wrap=True),
    GridColumn(field="used_by", title="Used by", width=220, wrap=True),
)


def layout(services: Services, _selection: Selection, _levers: Levers) -> Component:
    """The page; it does not depend on selection or levers."""
    words = [{**entry, "key": f"{entry['table']}.{entry['column']}"} for entry in dictionary()]
    entries = data_grid("data-dictionary", _DICTIONARY_COLUMNS, words, row_key="key", file_name="data-dictionary")
    panes = [
        ("Issues", row(card("Issues, by what they do and the money at stake", _issues(), class_name="sop-tall"))),
        (
            "Bring tables",
            row(
                card("Bring your tables", _bring()), card("Preview", _preview(), class_name="sop-tall"), columns=(3, 9)
            ),
        ),
        ("Start with little", set_up_tab.pane()),
        ("Data loads", row(card("Data loads", _loads(), tools=[_use_button()], class_name="sop-tall"))),
        ("Spreadsheet", spreadsheet_tab.pane()),
        ("Data dictionary", row(card("Every table and column you may bring", entries, class_name="sop-tall"))),
        ("Planning settings", settings_tab.pane()),
    ]
    return page_body(
        tabs("data-tabs", panes),
        saved_slot(PAGE_ID),
        saved_slot(f"{PAGE_ID}-loads"),
        settings_tab.slot(),
        spreadsheet_tab.slot(),
        set_up_tab.slot(),
    )


def _issues() -> Component:
    return data_grid(ISSUES, ISSUE_COLUMNS, [], row_key="key", file_name="issues")


def _bring() -> list[Component]:
    return [
        html.P(
            [
                "A file of ",
                html.B("sales"),
                " is enough to start, with any headings: order lines or months, CSV or Excel.",
                " Or bring one file or sheet per table, named as in the data dictionary. Take all files of a folder.",
            ],
            className="sop-note",
        ),
        dcc.Upload(
            html.Div(
                [
                    html.I(className="bi bi-upload", **{"aria-hidden": "true"}),
                    html.Span("Drop CSV files or a workbook here, or choose them"),
                ],
                className="sop-drop",
            ),
            id=UPLOAD,
            multiple=True,
            accept=".csv,.tsv,.txt,.xlsx",
        ),
        dbc.Checkbox(id=CARRY, value=True, label=_CARRIED),
        html.P(
            "Nothing is kept before you accept the preview. A refused import changes nothing.", className="sop-note"
        ),
        html.P(
            "To fill in by hand: a workbook with a sheet for each table; sales alone will do.", className="sop-note"
        ),
        html.Div(
            html.Button("Download the template", id=TEMPLATE, className="btn btn-outline-primary"),
            className="sop-actions",
        ),
        dcc.Download(id=TEMPLATE_FILE),
    ]


def _preview() -> list[Component]:
    return [
        dcc.Store(id=MAPPING),
        html.Div(waiting("Reading and checking your files …"), id=READING, hidden=True),
        html.Div(_NOTHING_YET, id=PREVIEW, className="sop-slot sop-scroll sop-preview"),
        html.Div(
            html.Button("Accept as new data load", id=ACCEPT, className="btn btn-primary", disabled=True),
            className="sop-actions",
        ),
    ]


def _loads() -> Component:
    return data_grid(LOADS, _LOAD_COLUMNS, [], row_key="id", file_name="data-loads", selectable=True)


def _use_button() -> Component:
    return html.Button("Plan from the chosen load", id=USE_LOAD, className="btn btn-sm btn-outline-primary")
