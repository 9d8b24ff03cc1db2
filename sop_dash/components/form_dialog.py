"""A dialog that asks for something: closed until it is asked for, and left by its buttons alone.

    form_dialog("demand-form", rows, [cancel, save], title="Fill months")

Its heading (`demand-form-title`) names it for screen readers and may be filled in when it opens; what refuses the
fields stands below them (`demand-form-refused`).
"""

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component


def form_dialog(
    dialog_id: str, rows: Sequence[Component], buttons: Sequence[Component], *, title: str = "", size: str = "md"
) -> Component:
    """The dialog, closed.

    Args:
        dialog_id: Its id; `is_open` opens it.
        rows: The fields.
        buttons: What keeps and what leaves; the last one is the main one.
        title: Its heading; empty where a callback fills it in.
        size: "md", "lg" or "xl".
    """
    refused = html.P(id=f"{dialog_id}-refused", className="sop-refused", role="alert")
    heading = dbc.ModalTitle(title, id=f"{dialog_id}-title", class_name="sop-form-title")
    return dbc.Modal(
        [
            dbc.ModalHeader(heading, close_button=False),
            dbc.ModalBody([*rows, refused]),
            dbc.ModalFooter(list(buttons)),
        ],
        id=dialog_id,
        labelledby=f"{dialog_id}-title",
        is_open=False,
        fade=False,  # a dialog that fades waits for an end of fading that a tab behind another one may never see
        centered=True,
        scrollable=True,
        backdrop="static",
        keyboard=False,
        size=size,
    )
