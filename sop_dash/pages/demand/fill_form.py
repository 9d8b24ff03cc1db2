"""The dialog that fills months of a row at once: set them, add units or change them by a percentage."""

from collections.abc import Mapping, Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from sop_dash.components.choice import EVERYTHING
from sop_dash.components.form_dialog import form_dialog
from sop_dash.core.model.inputs import Grain
from sop_dash.core.model.periods import short_name
from sop_dash.core.model.records import AdjustmentType, Stream

FORM, SAVE, CANCEL, REFUSED = "demand-form", "demand-form-save", "demand-form-cancel", "demand-form-refused"
FIELDS = ("row", "channel", "line", "type", "value", "first_month", "last_month")
FAMILY, CATEGORY = "family", "category"

_TYPES = (
    ("change by percent", AdjustmentType.PERCENTAGE),
    ("add units (− less)", AdjustmentType.ADDITIVE),
    ("set to units", AdjustmentType.ABSOLUTE),
)
_LINES = (("consensus", Stream.CONSENSUS), ("sales input", Stream.SALES))


def field_id(name: str) -> str:
    """Id of the control of one field."""
    return f"demand-form-{name.replace('_', '-')}"


def row_value(kind: str, name: str) -> str:
    """Value of the choice of a family or category."""
    return f"{kind}|{name}"


def fill_form(grain: Grain, locked: int, restricted: int) -> Component:
    """The dialog, closed; months in progress are not offered, the first open one is proposed."""
    months = [(short_name(month), month) for month in grain.horizon[locked:]]
    proposed = grain.horizon[locked + restricted] if len(grain.horizon) > locked + restricted else ""
    channels = [("all channels", EVERYTHING), *((name, name) for name in grain.channels)]
    names = [(name, row_value(FAMILY, name)) for name in grain.families]
    names += [(f"all of {name} (money, thousands)", row_value(CATEGORY, name)) for name in grain.category_names]
    rows = [
        _pair(_labelled("row", "Row", _select("row", names)), _labelled("line", "Line", _select("line", _LINES))),
        _pair(
            _labelled("type", "What to do", _select("type", _TYPES)),
            _labelled("value", "Percent or units", dbc.Input(id=field_id("value"), placeholder="10")),
        ),
        _pair(
            _labelled("first_month", "From", _select("first_month", months, proposed)),
            _labelled("last_month", "To", _select("last_month", months, proposed)),
        ),
        _labelled("channel", "Channel", _select("channel", channels)),
    ]
    buttons = [
        html.Button("Cancel", id=CANCEL, className="btn btn-outline-secondary"),
        html.Button("Show before and after", id=SAVE, className="btn btn-primary"),
    ]
    return form_dialog(FORM, rows, buttons, title="Fill months")


def written(values: Mapping[str, Any]) -> str:
    """What a person would write into each cell: "+10%", "-500" or "1200"."""
    value = str(values.get("value") or "").strip()
    if values.get("type") == AdjustmentType.PERCENTAGE:
        return f"{value.removesuffix('%').strip()}%"
    signed = value.startswith(("+", "-", "−"))
    return f"+{value}" if values.get("type") == AdjustmentType.ADDITIVE and value and not signed else value


def filled_cells(values: Mapping[str, Any], months: Sequence[str]) -> list[dict[str, Any]]:
    """The cells of the span, as the sheet sends them; none where the months make no span."""
    kind, _, name = str(values.get("row") or "").partition("|")
    channel = "" if values.get("channel") == EVERYTHING else values.get("channel")
    first, last = values.get("first_month"), values.get("last_month")
    span = [month for month in months if first and last and first <= month <= last]
    place = {"name": name, "whole": kind == CATEGORY, "channel": channel, "line": values.get("line")}
    return [{**place, "month": month, "text": written(values)} for month in span]


def _select(name: str, options: Any, proposed: str = "") -> Component:
    listed = [{"label": text, "value": str(value)} for text, value in options]
    return dbc.Select(id=field_id(name), options=listed, value=proposed or (listed[0]["value"] if listed else None))


def _labelled(name: str, label: str, control: Component) -> Component:
    return html.Div([dbc.Label(label, html_for=field_id(name)), control], className="sop-field")


def _pair(*fields: Component) -> Component:
    return html.Div(list(fields), className="sop-field-pair")
