"""A small table of written cells, for what is read and printed rather than sorted and filtered.

report_table(("Metric", "Current"), [("Service", "99.7 %")], label="Key figures", numbers=(1,))
"""

from collections.abc import Collection, Sequence

from dash import html
from dash.development.base_component import Component


def report_table(
    heads: Sequence[str | Component],
    rows: Sequence[Sequence[str | Component]],
    *,
    label: str,
    numbers: Collection[int] = (),
    marks: Sequence[str] = (),
) -> Component:
    """The table, in a frame that scrolls when it must.

    Args:
        heads: Headings; the first column names the rows.
        rows: Cells of each row.
        label: What it is; read out.
        numbers: Columns that align right.
        marks: Status slug of each row, for the colour of its status.
    """

    def kind(place: int) -> str:
        return "sop-number-cell" if place in numbers else ""

    head = [html.Th(text, scope="col", className=kind(place)) for place, text in enumerate(heads)]
    slugs = list(marks) or [""] * len(rows)
    body = [
        html.Tr(
            [
                html.Th(cell, scope="row") if place == 0 else html.Td(cell, className=kind(place))
                for place, cell in enumerate(row)
            ],
            **({"data-status": slug} if slug else {}),
        )
        for row, slug in zip(rows, slugs, strict=True)
    ]
    return html.Div(
        html.Table([html.Thead(html.Tr(head)), html.Tbody(body)], className="sop-report-table"),
        className="sop-report-frame",
        tabIndex=0,
        role="region",
        **{"aria-label": label},
    )
