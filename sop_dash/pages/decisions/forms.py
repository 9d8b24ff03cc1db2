"""The two forms of the Decisions page: a decision and an action, each a dialog that is opened empty or filled in."""

from collections.abc import Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from sop_dash.components.form_dialog import form_dialog
from sop_dash.core.model.records import ActionStatus, DecisionCategory, Execution, Outcome, Priority

DECISION, ACTION = "decision", "action"
DECISION_FIELDS = (
    "text",
    "category",
    "owner",
    "due_date",
    "outcome",
    "execution",
    "decided_on",
    "one_off_value",
    "recurring_value_per_month",
    "from_month",
    "measured_against",
    "levers",
    "in_plan",
    "rationale",
)
"""Fields of the decision form in the order of the callbacks."""
MONEY_FIELDS = ("one_off_value", "recurring_value_per_month")
ACTION_FIELDS = ("text", "owner", "due_date", "status", "priority", "decision_id")
"""Fields of the action form in the order of the callbacks."""

NO_LEVER, DRAFT_LEVERS, BOARD_LEVERS, SCENARIO_LEVERS = "none", "draft", "board", "scenario:"
NO_DECISION = "none"
IN_PLAN, NOT_IN_PLAN = "yes", "no"
_EXECUTION_WORDS = [(state.value, state.value) for state in Execution]


def form_id(kind: str, part: str = "") -> str:
    """Id of a form or of its `title`, `refused`, `draft`, `save` or `cancel`."""
    return "-".join(filter(None, ("decisions-form", kind, part)))


def field_id(kind: str, name: str) -> str:
    """Id of the control of one field."""
    return f"decisions-form-{kind}-field-{name.replace('_', '-')}"


def decision_form(currency: str) -> Component:
    """The dialog of a decision, closed."""
    yes_no = [("no: recorded only", NOT_IN_PLAN), ("yes: its levers are part of the plan", IN_PLAN)]
    once, monthly = f"Paid or earned once, {currency}", f"Every month, {currency}"
    rows = [
        _field(DECISION, "text", "Decision", dbc.Textarea(id=field_id(DECISION, "text"), maxLength=2000, rows=2)),
        _beside(
            _field(DECISION, "category", "Category", _select(DECISION, "category", _words(DecisionCategory))),
            _field(DECISION, "owner", "Owner", dbc.Input(id=field_id(DECISION, "owner"), maxLength=80)),
            _field(DECISION, "due_date", "Due date", _day(DECISION, "due_date")),
        ),
        _beside(
            _field(DECISION, "outcome", "Outcome", _select(DECISION, "outcome", _words(Outcome))),
            _field(DECISION, "decided_on", "Decided on", _day(DECISION, "decided_on")),
            _field(DECISION, "execution", "Carried out", _select(DECISION, "execution", _EXECUTION_WORDS)),
        ),
        _beside(
            _field(DECISION, "one_off_value", once, _number("one_off_value")),
            _field(DECISION, "recurring_value_per_month", monthly, _number("recurring_value_per_month")),
            _field(DECISION, "from_month", "From month", _month("from_month")),
        ),
        html.P("Money is favourable to profit when positive: savings and earnings +, costs −.", className="sop-note"),
        _field(
            DECISION,
            "measured_against",
            "Money is measured against",
            dbc.Input(id=field_id(DECISION, "measured_against"), maxLength=200, placeholder="the plan without it"),
        ),
        _beside(
            _field(DECISION, "levers", "What it moves", _select(DECISION, "levers", [("no lever", NO_LEVER)])),
            _field(DECISION, "in_plan", "In the plan", _select(DECISION, "in_plan", yes_no)),
        ),
        _field(DECISION, "rationale", "Why", dbc.Textarea(id=field_id(DECISION, "rationale"), maxLength=2000, rows=2)),
    ]
    return dialog(DECISION, rows, "Keep decision", size="lg")


def action_form() -> Component:
    """The dialog of an action, closed."""
    statuses = [(state.value.replace("_", " "), state.value) for state in ActionStatus]
    rows = [
        _field(ACTION, "text", "Action", dbc.Textarea(id=field_id(ACTION, "text"), maxLength=2000, rows=2)),
        _beside(
            _field(ACTION, "owner", "Owner", dbc.Input(id=field_id(ACTION, "owner"), maxLength=80)),
            _field(ACTION, "due_date", "Due date", _day(ACTION, "due_date")),
        ),
        _beside(
            _field(ACTION, "status", "Status", _select(ACTION, "status", statuses)),
            _field(ACTION, "priority", "Priority", _select(ACTION, "priority", _words(Priority))),
        ),
        _field(ACTION, "decision_id", "Follows from", _select(ACTION, "decision_id", [("no decision", NO_DECISION)])),
    ]
    return dialog(ACTION, rows, "Keep action", size="md")


def dialog(kind: str, rows: Sequence[Component], keep: str, *, size: str) -> Component:
    """A closed dialog: its title, draft and refusal are filled in when it opens; `keep` is what its button says."""
    buttons = [
        html.Button("Cancel", id=form_id(kind, "cancel"), className="btn btn-outline-secondary"),
        html.Button(keep, id=form_id(kind, "save"), className="btn btn-primary"),
    ]
    return html.Div([dcc.Store(id=form_id(kind, "draft")), form_dialog(form_id(kind), rows, buttons, size=size)])


def _words(kind: Any) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in kind]


def _select(kind: str, name: str, options: Sequence[tuple[str, str]]) -> Component:
    return dbc.Select(id=field_id(kind, name), options=select_options(options), value=options[0][1])


def select_options(options: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    """Texts and values as a select takes them."""
    return [{"label": text, "value": value} for text, value in options]


def _day(kind: str, name: str) -> Component:
    return dbc.Input(id=field_id(kind, name), type="date")


def _month(name: str) -> Component:
    return dbc.Input(id=field_id(DECISION, name), type="text", maxLength=7, placeholder="2027-01")


def _number(name: str) -> Component:
    return dbc.Input(id=field_id(DECISION, name), type="number", step="any")


def _field(kind: str, name: str, label: str, control: Component) -> Component:
    return html.Div([dbc.Label(label, html_for=field_id(kind, name)), control], className="sop-field")


def _beside(*fields: Component) -> Component:
    return html.Div(list(fields), className="sop-field-pair")
