"""A preview as components; pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from sop_dash.components.data_grid import data_grid
from sop_dash.components.report_table import report_table
from sop_dash.components.states import empty
from sop_dash.core.data.difference import SalesDifference
from sop_dash.core.data.set_up import FamilyGaps
from sop_dash.core.model.inputs import ASSUMED_CURRENCY
from sop_dash.figures.data_tables import corrections, difference_parts, difference_rows, issue_rows, totals
from sop_dash.figures.formats import plural
from sop_dash.figures.set_up_tables import lacking_words
from sop_dash.pages.data.layout import DIFFERENCE_COLUMNS, ISSUE_COLUMNS
from sop_dash.pages.data.mapping_form import mapping_form
from sop_dash.services.imports import Preview
from sop_dash.services.ports import DataLoad


def accepted(load: DataLoad, gaps: Sequence[FamilyGaps]) -> Component:
    """After an import: what is in use now, and where to go on."""
    steps: list[Component] = [dcc.Link("See the plan", href="/", className="btn btn-sm btn-primary")]
    if gaps:
        given = f"Give what is missing for {plural(len(gaps), 'family', 'families')}"
        steps.append(dcc.Link(given, href="#tab=Start with little", className="btn btn-sm btn-outline-primary"))
    steps.append(dcc.Link("Look at the issues", href="#tab=Issues", className="btn btn-sm btn-outline-primary"))
    title = f"{load.name[0].upper()}{load.name[1:]} is in use"
    said = f"{load.source}: {plural(load.summary['rows'], 'row')} of sales. {lacking_words(gaps)}"
    return empty(title, said, html.Ul([html.Li(step) for step in steps], className="sop-steps"))


def preview_parts(
    preview: Preview,
    in_use: Mapping[str, Any] | None,
    differences: SalesDifference,
) -> list[Component]:
    """What the import would bring: verdict, how it is read, totals and differences to the load in use, every issue."""
    tone = "sop-verdict" if preview.accepted else "sop-verdict sop-verdict-refused"
    currency = preview.inputs.company.currency if preview.inputs else ASSUMED_CURRENCY
    asked, mapping = len(preview.questions), preview.mapping or {}
    verdict = f"{asked} {'question' if asked == 1 else 'questions'} before this can be accepted." if asked else ""
    parts: list[Component] = [html.P(verdict or preview.message, className=tone, role="status")]
    parts += mapping_form(
        preview.questions,
        preview.columns,
        preview.headings,
        sheets=preview.sheets,
        corrections=corrections(preview.findings, mapping.get("undo", ())),
        family_pattern=mapping.get("family_pattern", "") if preview.summary.get("skus_named") else None,
    )
    if preview.accepted:
        parts.append(
            html.Dl(
                [
                    html.Div([html.Dt(total.name), html.Dd([total.value, html.Small(total.change)])])
                    for total in totals(preview.summary, in_use, currency)
                ],
                className="sop-totals",
            )
        )
        parts += _differences(differences, currency=currency)
    rows = issue_rows(preview.findings)
    if rows:
        parts.append(
            data_grid(
                "data-preview-issues",
                ISSUE_COLUMNS,
                rows,
                row_key="key",
                currency=currency,
                file_name="import-issues",
            )
        )
    return parts


def _differences(found: SalesDifference, *, currency: str) -> list[Component]:
    """What is new, gone and changed against the load in use, and by item and month; nothing when nothing differs."""
    if not found.count:
        return []
    shown = len(found.listed)
    words = f"By item and month{f'; the {shown:,} largest' if found.count > shown else ''}"
    rows = difference_rows(found.listed)
    grid = data_grid(
        "data-differences", DIFFERENCE_COLUMNS, rows, row_key="key", currency=currency, file_name="differences"
    )
    heads = ("Against the load in use", "Which", "Units", "Revenue")
    return [
        report_table(heads, difference_parts(found, currency), label="Difference to the load in use", numbers=(2, 3)),
        html.Details([html.Summary(words), html.Div(grid, className="sop-differences")], className="sop-reading"),
    ]
