"""One choice of a list: the browser's own control, so the keyboard works as people know it and it is read out."""

from collections.abc import Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

EVERYTHING = "*"
"""Value of the option that limits nothing; not empty, which the control keeps for "nothing chosen yet"."""


def choice(choice_id: str, label: str, options: Sequence[tuple[str, Any]], value: Any) -> Component:
    """A drop-down; its value comes back as text.

    Args:
        choice_id: Its id.
        label: What is chosen; read out, not shown.
        options: Shown text and value of each.
        value: The one chosen.
    """
    return html.Div(
        [
            dbc.Label(label, html_for=choice_id, class_name="visually-hidden"),
            dbc.Select(
                id=choice_id,
                options=[{"label": text, "value": str(given)} for text, given in options],
                value=str(value),
                size="sm",
                class_name="sop-choice",
            ),
        ],
        className="sop-choice-box",
    )
