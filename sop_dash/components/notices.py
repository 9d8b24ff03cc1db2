"""Notices: "saved" after a commit, and one clear sentence when something was refused.

A page that writes mounts `saved_slot("decisions")` once and its callback returns `saved("Decision kept.")` for
`Output(saved_slot_id("decisions"), "data")`. The shell shows the sentence and moves `REVISION_STORE`, so pages redraw.
"""

import time
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

SAVED_SLOT = "saved"
NOTICES = "notices"


def saved_slot_id(page_id: str) -> dict[str, str]:
    """Id of the slot of a page."""
    return {"type": SAVED_SLOT, "page": page_id}


def saved_slot(page_id: str) -> Component:
    """The slot a writing callback answers into."""
    return dcc.Store(id=saved_slot_id(page_id))


def saved(sentence: str) -> dict[str, Any]:
    """What a writing callback returns after its commit; two savings with the same sentence still differ."""
    return {"sentence": sentence, "mark": time.monotonic_ns()}


def notice(sentence: str, *, remedy: str = "", refused: bool = False) -> Component:
    """A short message at the corner of the window; refusals stay until they are closed.

    The icon stands in the heading: the one a toast draws itself is a picture without words for a screen reader.
    """
    mark = "bi bi-exclamation-triangle" if refused else "bi bi-check-circle"
    return dbc.Toast(
        remedy or None,
        header=[html.I(className=f"{mark} sop-notice-icon", **{"aria-hidden": "true"}), sentence],
        is_open=True,
        dismissable=True,
        duration=None if refused else 4000,
        className="sop-notice sop-notice-refused" if refused else "sop-notice",
    )
