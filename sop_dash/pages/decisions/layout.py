"""What stands on the Decisions page; the callbacks fill it."""

from dash import html
from dash.development.base_component import Component

from sop_dash.components.choice import choice
from sop_dash.components.data_grid import GridColumn, data_grid
from sop_dash.components.notices import saved_slot
from sop_dash.components.section_card import card, page_body, row
from sop_dash.components.tabs import tabs
from sop_dash.components.why_panel import Account
from sop_dash.core.meeting.agenda import USUAL_MINUTES
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.levers import Levers
from sop_dash.pages.decisions.approval import approval_dialog, plan_card
from sop_dash.pages.decisions.forms import action_form, decision_form
from sop_dash.pages.decisions.versions import versions_pane
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection

PAGE_ID = "decisions"
TABS = "decisions-tabs"
AGENDA = "decisions-agenda"
AGENDA_SUM = "decisions-agenda-sum"
BOOKED = "decisions-booked"
CASE = "decisions-case"
CASE_BODY = "decisions-case-body"
EVIDENCE = "decisions-evidence"
QUEUE = "decisions-queue"
OPEN_ACTIONS = "decisions-open-actions"
LOG = "decisions-log"
DETAIL = "decisions-detail"
ACTIONS = "decisions-actions"
SUMMARY = "decisions-summary"
NEW_DECISION = "decisions-new"
NEW_ACTION = "decisions-new-action"
EDIT_ACTION = "decisions-edit-action"
CHOOSE = "decisions-choose"
EDIT = "decisions-edit"
SWITCH = "decisions-switch"
FOLLOW_UP = "decisions-follow-up"
CHANGE_ACTION = "decisions-change-action"

_BOOKINGS = (60, 90, 120, 150, USUAL_MINUTES, 240)
_MONEY_HELP = "Favourable to profit when positive"
_LEVEL_HELP = "The lowest level that may approve it: by its money, or because its month is fixed (planning settings)"
LOG_COLUMNS = (
    GridColumn(field="id", title="No.", pinned=True, width=84),
    GridColumn(field="text", title="Decision", width=300),
    GridColumn(field="category", title="Category", width=96),
    GridColumn(field="owner", title="Owner", width=124),
    GridColumn(field="due_date", title="Due date", width=108),
    GridColumn(field="outcome", title="Outcome", width=98, help="What was decided"),
    GridColumn(field="level", title="Approved by", width=132, help=_LEVEL_HELP),
    GridColumn(field="execution", title="Carried out", width=104, help="How far it has been carried out"),
    GridColumn(field="in_plan", title="Plan", width=132),
    GridColumn(field="one_off", title="Once", unit=Unit.MONEY, signed=True, width=112, help=_MONEY_HELP),
    GridColumn(field="monthly", title="A month", unit=Unit.MONEY, signed=True, width=104, help=_MONEY_HELP),
    GridColumn(field="from_month", title="From", width=88),
    GridColumn(field="decided_on", title="Decided on", width=108),
    GridColumn(field="cycle", title="Cycle", width=88),
    GridColumn(field="measured_against", title="Measured against", width=180),
    GridColumn(field="rationale", title="Why", width=240),
)
ACTION_COLUMNS = (
    GridColumn(field="id", title="No.", pinned=True, width=84),
    GridColumn(field="text", title="Action"),
    GridColumn(field="owner", title="Owner", width=150),
    GridColumn(field="due_date", title="Due date", width=116),
    GridColumn(field="late", title="Late", width=72),
    GridColumn(field="status", title="Status", width=116),
    GridColumn(field="priority", title="Priority", width=96),
    GridColumn(field="decision_id", title="Follows from", width=116),
    GridColumn(field="cycle", title="Cycle", width=96),
)
SUMMARY_COLUMNS = (
    GridColumn(field="category", title="Category", pinned=True, width=150),
    GridColumn(field="outcome", title="Outcome", width=150),
    GridColumn(field="count", title="Decisions", unit=Unit.COUNT, width=120),
    GridColumn(field="one_off", title="Once, together", unit=Unit.MONEY, signed=True, help=_MONEY_HELP),
    GridColumn(field="monthly", title="A month, together", unit=Unit.MONEY, signed=True, help=_MONEY_HELP),
    GridColumn(field="unpriced", title="Without money", unit=Unit.COUNT, width=140),
)
_QUEUE_ACCOUNT = Account(
    title="Pending decisions",
    formula="Ranked by money at stake ÷ days left to the due date. At stake is the size of the money paid or earned "
    "once, and of a year of the monthly money; due today or late counts as one day.",
    excluded="Decisions without money or date stand last",
    table="decisions",
)
_CASE_ACCOUNT = Account(
    title="Options of a case",
    formula="Every option is a whole plan of its own. Margin and stock are compared with doing nothing: regular hours "
    "only, nothing outsourced, nothing built ahead. Service is the share of demand, by value, that is served.",
    period="From the gap before this one to the next",
    population="The families of the gap",
    reference="S-201, D-69",
)
_SUMMARY_ACCOUNT = Account(
    title="Summary",
    formula="Money once and money a month are added up apart, never together. Favourable to profit is positive.",
    table="decisions",
    reference="S-249, D-68",
)


def layout(services: Services, _selection: Selection, _levers: Levers) -> Component:
    """The page of the company in use."""
    currency = services.plans.prepared().inputs.company.currency
    panes = [
        ("Meeting", _meeting()),
        ("Log", _log(currency)),
        ("Actions", _actions()),
        ("Summary", _summary(currency)),
        ("Versions", versions_pane(currency)),
    ]
    return page_body(
        html.Div([tabs(TABS, panes, lazy=True), html.Div(_buttons(), className="sop-tab-tool")], className=_TABBED),
        html.Div([decision_form(currency), action_form(), approval_dialog(), saved_slot(PAGE_ID)]),
    )


_TABBED = "sop-column sop-tabbed sop-decisions"


def _buttons() -> list[Component]:
    return [
        html.Button("New action", id=NEW_ACTION, className="btn btn-sm btn-outline-primary"),
        html.Button("New decision", id=NEW_DECISION, className="btn btn-sm btn-primary"),
    ]


def _meeting() -> Component:
    bookings = [(f"{minutes} min booked", minutes) for minutes in _BOOKINGS]
    clock = html.Div(
        [
            html.Span("0:00", id="decisions-clock", className="sop-clock", role="timer"),
            html.Button("Start", id="decisions-clock-start", className="btn btn-sm btn-outline-primary"),
        ],
        className="sop-clock-line",
    )
    agenda = card(
        "Agenda",
        [choice(BOOKED, "Time booked", bookings, USUAL_MINUTES), clock, html.Div(id=AGENDA, className="sop-scroll")],
        subtitle=html.Span("", id=AGENDA_SUM),
        class_name="sop-agenda-card",
    )
    case = card(
        "To decide",
        html.Div(id=CASE_BODY, className="sop-slot"),
        tools=[choice(CASE, "Case", [("first case", 0)], 0)],
        why=_CASE_ACCOUNT,
    )
    queue = card("Pending", html.Div(id=QUEUE, className="sop-scroll"), subtitle="by money a day", why=_QUEUE_ACCOUNT)
    actions = card("Open actions", html.Div(id=OPEN_ACTIONS, className="sop-scroll"), subtitle="the first due first")
    right = html.Div([queue, actions, plan_card()], className="sop-column sop-decisions-right")
    return row(agenda, case, right, columns=(2, 6, 4), class_name="sop-meeting")


def _log(currency: str) -> Component:
    grid = data_grid(LOG, LOG_COLUMNS, [], row_key="id", currency=currency, file_name="decisions", selectable=True)
    return row(
        card("Decision log", grid, subtitle="newest first; choose one to see what it is worth"),
        card("Decision", html.Div(id=DETAIL, className="sop-scroll")),
        columns=(9, 3),
        class_name="sop-log",
    )


def _actions() -> Component:
    grid = data_grid(ACTIONS, ACTION_COLUMNS, [], row_key="id", file_name="actions", selectable=True)
    change = html.Button("Change the one chosen", id=EDIT_ACTION, className="btn btn-sm btn-outline-primary")
    return row(card("Actions", grid, subtitle="newest first", tools=[change]))


def _summary(currency: str) -> Component:
    grid = data_grid(SUMMARY, SUMMARY_COLUMNS, [], row_key="key", currency=currency, file_name="decision-summary")
    return row(card("By category and outcome", grid, why=_SUMMARY_ACCOUNT))
