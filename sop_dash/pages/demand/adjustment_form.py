"""The one form for an adjustment: opened empty by a button, or filled in by typing over a month of the table."""

from collections.abc import Mapping
from typing import Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from sop_dash.components.choice import EVERYTHING
from sop_dash.core.model.inputs import Grain
from sop_dash.core.model.periods import short_name
from sop_dash.core.model.records import AdjustmentType

FORM = "demand-form"
FORM_TITLE = "demand-form-title"
SAVE = "demand-form-save"
CANCEL = "demand-form-cancel"
REFUSED = "demand-form-refused"
FIELDS = ("family", "channel", "type", "value", "first_month", "last_month", "reason", "owner")

_TYPES = (
    ("change by a percentage", AdjustmentType.PERCENTAGE),
    ("add units a month (− takes away)", AdjustmentType.ADDITIVE),
    ("set to units a month", AdjustmentType.ABSOLUTE),
)


def field_id(name: str) -> str:
    """Id of the control of one field."""
    return f"demand-form-{name.replace('_', '-')}"


def adjustment_form(grain: Grain, locked: int) -> Component:
    """The dialog, closed; months in progress are not offered."""
    months = [(short_name(month), month) for month in grain.horizon[locked:]]
    channels = [("all channels", EVERYTHING), *((name, name) for name in grain.channels)]
    rows = [
        _pair(
            _labelled("family", "Family", _select("family", [(name, name) for name in grain.families])),
            _labelled("channel", "Channel", _select("channel", channels)),
        ),
        _pair(
            _labelled("type", "What to do", _select("type", _TYPES)),
            _labelled("value", "Percent or units", dbc.Input(id=field_id("value"), type="number", step="any")),
        ),
        _pair(
            _labelled("first_month", "From", _select("first_month", months)),
            _labelled("last_month", "To", _select("last_month", months)),
        ),
        _labelled(
            "reason",
            "Reason",
            dbc.Input(id=field_id("reason"), maxLength=400, placeholder="What do you know?", autofocus=True),
        ),
        _labelled("owner", "Owner", dbc.Input(id=field_id("owner"), maxLength=80, placeholder="you")),
        html.P(id=REFUSED, className="sop-refused", role="alert"),
    ]
    return dbc.Modal(
        [
            dbc.ModalHeader(
                dbc.ModalTitle("Add adjustment", id=FORM_TITLE, class_name="sop-form-title"), close_button=False
            ),
            dbc.ModalBody(rows),
            dbc.ModalFooter(
                [
                    html.Button("Cancel", id=CANCEL, className="btn btn-outline-secondary"),
                    html.Button("Keep adjustment", id=SAVE, className="btn btn-primary"),
                ]
            ),
        ],
        id=FORM,
        is_open=False,
        centered=True,
        backdrop="static",
        keyboard=False,
    )


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """What was entered, as the use case takes it: percent becomes a fraction, "all channels" none."""
    entered = dict(values)
    if entered.get("channel") == EVERYTHING:
        entered["channel"] = None
    if entered.get("type") == AdjustmentType.PERCENTAGE and isinstance(entered.get("value"), int | float):
        entered["value"] = entered["value"] / 100.0
    return entered


def _select(name: str, options: Any) -> Component:
    listed = [{"label": text, "value": str(value)} for text, value in options]
    return dbc.Select(id=field_id(name), options=listed, value=listed[0]["value"] if listed else None)


def _labelled(name: str, label: str, control: Component) -> Component:
    return html.Div([dbc.Label(label, html_for=field_id(name)), control], className="sop-field")


def _pair(*fields: Component) -> Component:
    return html.Div(list(fields), className="sop-field-pair")
