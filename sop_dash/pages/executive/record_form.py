"""The small form that records an option of a decision card as a decision: filled in, to be checked and kept."""

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from sop_dash.components.form_dialog import form_dialog
from sop_dash.core.model.records import DecisionCategory, Outcome

FORM = "executive-record"
SAVE = "executive-record-save"
CANCEL = "executive-record-cancel"
REFUSED = "executive-record-refused"
OPTION = "executive-record-option"
FIELDS = ("text", "category", "owner", "due_date", "outcome", "rationale")
"""The fields the use case takes, in the order of the callbacks."""

_OUTCOMES = (
    ("approved, in the plan", Outcome.APPROVED),
    ("pending", Outcome.PENDING),
)


def field_id(name: str) -> str:
    """Id of the control of one field."""
    return f"executive-record-{name.replace('_', '-')}"


def record_form() -> Component:
    """The dialog, closed; a button of a card opens and fills it."""
    categories = [(category.value, category) for category in DecisionCategory]
    fields = [
        _field(OPTION, "Option", dbc.Select(id=OPTION, options=[])),
        _field(field_id("text"), "Decision", dbc.Input(id=field_id("text"), maxLength=400)),
        _pair(
            _field(field_id("category"), "Category", _select("category", categories)),
            _field(field_id("outcome"), "Outcome", _select("outcome", _OUTCOMES)),
        ),
        _pair(
            _field(field_id("owner"), "Owner", dbc.Input(id=field_id("owner"), maxLength=80)),
            _field(field_id("due_date"), "Due date", dbc.Input(id=field_id("due_date"), type="date")),
        ),
        _field(field_id("rationale"), "Why", dbc.Textarea(id=field_id("rationale"), maxLength=2000, rows=2)),
    ]
    buttons = [
        html.Button("Cancel", id=CANCEL, className="btn btn-outline-secondary"),
        html.Button("Record decision", id=SAVE, className="btn btn-primary"),
    ]
    return form_dialog(FORM, fields, buttons, title="Record as decision")


def _select(name: str, options: Sequence[tuple[str, str]]) -> Component:
    listed = [{"label": text, "value": str(value)} for text, value in options]
    return dbc.Select(id=field_id(name), options=listed, value=listed[0]["value"])


def _field(control_id: str, label: str, control: Component) -> Component:
    return html.Div([dbc.Label(label, html_for=control_id), control], className="sop-field")


def _pair(*fields: Component) -> Component:
    return html.Div(list(fields), className="sop-field-pair")
