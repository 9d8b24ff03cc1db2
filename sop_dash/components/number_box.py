"""A small labelled box for one number that a study is asked with; it answers when the number is left."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component


def number_box(
    box_id: str,
    label: str,
    unit: str,
    value: float | None,
    *,
    low: float | None = None,
    high: float | None = None,
    step: Any = "any",
) -> Component:
    """A number to type, with its label and unit; the unit has the id `<box_id>-unit`."""
    unit_id = {"id": f"{box_id}-unit"}
    return html.Div(
        [
            dbc.Label([label, " ", html.Span(unit, **unit_id)], html_for=box_id, class_name="sop-asked-label"),
            dbc.Input(id=box_id, type="number", value=value, min=low, max=high, step=step, debounce=True, size="sm"),
        ],
        className="sop-asked-box",
    )
