"""A preview as components; pure."""

from collections.abc import Mapping
from typing import Any

from dash import html
from dash.development.base_component import Component

from sop_dash.components.data_grid import data_grid
from sop_dash.components.states import empty
from sop_dash.figures.data_tables import issue_rows, totals
from sop_dash.pages.data.layout import ISSUE_COLUMNS
from sop_dash.services.imports import Preview


def nothing_yet() -> Component:
    """Before any file was chosen."""
    return empty("No files chosen yet", "Their totals and issues show here before anything is kept.")


def preview_parts(preview: Preview, in_use: Mapping[str, Any] | None) -> list[Component]:
    """What the import would bring: verdict, totals beside the load in use, and every issue."""
    tone = "sop-verdict" if preview.accepted else "sop-verdict sop-verdict-refused"
    parts: list[Component] = [html.P(preview.message, className=tone, role="status")]
    if preview.accepted:
        parts.append(
            html.Dl(
                [
                    html.Div([html.Dt(total.name), html.Dd([total.value, html.Small(total.change)])])
                    for total in totals(preview.summary, in_use)
                ],
                className="sop-totals",
            )
        )
    rows = issue_rows(preview.findings)
    if rows:
        parts.append(data_grid("data-preview-issues", ISSUE_COLUMNS, rows, row_key="key", file_name="import-issues"))
    return parts
