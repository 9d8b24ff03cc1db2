"""The demand table as it stands on the page: its rows and lines, undo and fill, what waits to be kept, the dialog."""

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from sop_dash.components.choice import choice
from sop_dash.components.data_grid import data_grid
from sop_dash.components.form_dialog import form_dialog
from sop_dash.components.notices import saved_slot
from sop_dash.components.section_card import card
from sop_dash.components.why_panel import Account
from sop_dash.core.model.records import AdjustmentType
from sop_dash.figures.demand_sheet import Level, Lines

TABLE, TABLE_TITLE = "demand-table", "demand-table-title"
LEVEL, LINES = "demand-level", "demand-lines"
PENDING, HISTORY_ASK = "demand-pending", "demand-history-ask"
BAR, BAR_WORDS, REVIEW_OPEN = "demand-bar", "demand-bar-words", "demand-review-open"
ADD, TAKE_SALES = "demand-add", "demand-take-sales"
REVIEW, REVIEW_BODY, REVIEW_REFUSED = "demand-review", "demand-review-body", "demand-review-refused"
RECORD_AS, REASON, OWNER = "demand-record-as", "demand-reason", "demand-owner"
KEEP, CLOSE, LEAVE_OUT = "demand-keep", "demand-review-close", "demand-leave-out"
TAKE_THEIRS, KEEP_MINE = "demand-take-theirs", "demand-keep-mine"
AS_WRITTEN = "*"
# Slots of their own: two callbacks that answer into one at the same moment lose an answer (plotly/dash#1861).
KEPT_SLOT, MOVED_SLOT = "demand-kept", "demand-moved-block"

_ACCOUNT = Account(
    title="Demand table",
    formula="Consensus, what the market would take (unconstrained), is the statistical forecast with the adjustments "
    "in their order; sales input is a line of its own and moves nothing until it is taken over. Committed is the "
    "consensus under decisions and levers. Write 1,200 "
    "to set a month, +50 or −50 to add, +10 % to change it; blocks may be pasted from a spreadsheet, a range is filled "
    "with Ctrl+R, Ctrl+D or Ctrl+Enter. Rows of all channels and of categories are split downwards in proportion to "
    "the forecast. Nothing counts before it is kept with a reason. Quarters add closed months as they came.",
    excluded="Months in progress are locked; restricted ones stay near the plan of last cycle",
    table="sales, forecasts, budget, adjustments",
)
_LEVELS = (("families", Level.FAMILY), ("categories", Level.CATEGORY), ("items", Level.ITEM))
_LINES = (("overview", Lines.CONSENSUS), ("all lines", Lines.ALL), ("by channel", Lines.CHANNELS))
_RECORDED = (
    ("as written", AS_WRITTEN),
    ("set to the new values", AdjustmentType.ABSOLUTE),
    ("units added", AdjustmentType.ADDITIVE),
    ("percent", AdjustmentType.PERCENTAGE),
)


def sheet_card() -> Component:
    """The card with the table; its rows, columns and words come from the callbacks."""
    grid = data_grid(
        TABLE,
        [],
        [],
        row_key="row",
        file_name="demand",
        options={
            "undoRedoCellEditing": False,
            "enableCellTextSelection": False,
            "enterNavigatesVertically": True,
            "enterNavigatesVerticallyAfterEdit": True,
            "rowClassRules": {"sop-row-strong": "params.data.strong", "sop-row-parted": "params.data.parted"},
        },
    )
    tools = (
        choice(LEVEL, "Rows", _LEVELS, Level.FAMILY),
        choice(LINES, "Lines of each", _LINES, Lines.CONSENSUS),
        _icon("arrow-counterclockwise", "undo", "Undo (Ctrl+Z)"),
        _icon("arrow-clockwise", "redo", "Redo (Ctrl+Y)"),
        html.Button("Take sales input", id=TAKE_SALES, className="btn btn-sm btn-outline-secondary"),
        html.Button("Fill …", id=ADD, className="btn btn-sm btn-outline-secondary"),
    )
    body = [_bar(), grid, dcc.Store(id=PENDING, storage_type="session"), dcc.Store(id=HISTORY_ASK)]
    body += [saved_slot(KEPT_SLOT), saved_slot(MOVED_SLOT)]
    title = html.Span("units", id=TABLE_TITLE)
    return card("Demand table", body, subtitle=title, tools=tools, why=_ACCOUNT, class_name="sop-sheet")


def review_dialog() -> Component:
    """What is asked before a block is kept: before and after of each cell, one reason, one owner."""
    rows = [html.Div(id=REVIEW_BODY), html.Div([_reason(), _owner(), _recorded()], className="sop-review-fields")]
    buttons = [
        html.Button("Leave out what is refused", id=LEAVE_OUT, className="btn btn-outline-secondary"),
        html.Button("Take theirs", id=TAKE_THEIRS, className="btn btn-outline-secondary"),
        html.Button("Keep mine on top", id=KEEP_MINE, className="btn btn-outline-secondary"),
        html.Button("Back to the table", id=CLOSE, className="btn btn-outline-secondary"),
        html.Button("Keep changes", id=KEEP, className="btn btn-primary"),
    ]
    return form_dialog(REVIEW, rows, buttons, title="Keep these changes", size="xl")


def _bar() -> Component:
    keep = html.Button("Review and keep", id=REVIEW_OPEN, className="btn btn-sm btn-primary")
    drop = html.Button(
        "Discard", className="btn btn-sm btn-outline-secondary", **{"data-sheet": "discard", "type": "button"}
    )
    words = html.Span(id=BAR_WORDS, className="sop-bar-words")
    follows = {"data-follows": "saves"}  # what colleagues keep comes in: `assets/colleagues.js`
    return html.Div([words, drop, keep], id=BAR, className="sop-pending-bar", role="status", hidden=True, **follows)


def _icon(icon: str, action: str, label: str) -> Component:
    return html.Button(
        html.I(className=f"bi bi-{icon}", **{"aria-hidden": "true"}),
        className="sop-icon-button",
        title=label,
        **{"aria-label": label, "data-sheet": action},
    )


def _reason() -> Component:
    field = dbc.Input(id=REASON, maxLength=400, placeholder="What do you know?")
    return html.Div([dbc.Label("Reason", html_for=REASON), field], className="sop-field sop-field-wide")


def _owner() -> Component:
    field = dbc.Input(id=OWNER, maxLength=80, placeholder="you")
    return html.Div([dbc.Label("Owner", html_for=OWNER), field], className="sop-field")


def _recorded() -> Component:
    options = [{"label": text, "value": str(value)} for text, value in _RECORDED]
    field = dbc.Select(id=RECORD_AS, options=options, value=AS_WRITTEN)
    return html.Div([dbc.Label("Kept as", html_for=RECORD_AS), field], className="sop-field")
