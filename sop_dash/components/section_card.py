"""Cards, rows and the grid of a page.

    page_body(
        row(card("Load", graph(LOAD)), card("Gap", grid), columns=(5, 7), share=3),
        row(card("Mix", graph(MIX), why=Account(...), why_index="supply-mix"), columns=(12,), share=2),
    )

Rows share the height of the screen (`share` is the weight, 0 keeps the row's own height) and `columns` its width in
twelfths; on small screens both stack.
"""

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from sop_dash.components.why_panel import Account, why_button

STACKED = "sop-stacked"
"""Class of a row whose cells stand below one another on small screens, where side by side they would be cut."""


def card(
    title: str,
    body: Any,
    *,
    subtitle: str = "",
    tools: Sequence[Component] = (),
    why: Account | None = None,
    why_index: str = "",
    enlarge: bool = False,
    card_id: str = "",
    class_name: str = "",
) -> Component:
    """A card with a heading.

    Args:
        title: What it shows.
        body: What stands in it.
        subtitle: Unit and period, in a quieter voice beside the title.
        tools: Buttons and switches at the right of the heading.
        why: How its figures come about; adds a Why? button.
        why_index: Name of that button, unique on the page; the title when empty.
        enlarge: Adds a button that lets the card fill the window.
        card_id: Its id.
        class_name: More classes.
    """
    right = [*tools]
    if why is not None:
        right.append(why_button(why_index or title, why))
    if enlarge:
        right.append(_enlarge_button(title))
    heading = html.Div(
        [
            html.H2([title, html.Small(subtitle)] if subtitle else title, className="sop-card-title"),
            html.Div(right, className="sop-card-tools"),
        ],
        className="sop-card-head",
    )
    named = {"id": card_id} if card_id else {}
    return html.Section(
        [heading, html.Div(body, className="sop-card-body")], className=f"sop-card {class_name}".strip(), **named
    )


def _enlarge_button(title: str) -> Component:
    return html.Button(
        html.I(className="bi bi-arrows-angle-expand", **{"aria-hidden": "true"}),
        className="sop-icon-button sop-enlarge",
        title="Enlarge",
        **{"aria-label": f"Enlarge {title}", "aria-expanded": "false"},
    )


def row(*cells: Component, columns: Sequence[int] = (), share: float = 1, class_name: str = "") -> Component:
    """Cells side by side; `columns` are widths in twelfths (equal when empty), `share` the weight of its height."""
    widths = " ".join(f"minmax(0, {width}fr)" for width in columns or [1] * len(cells))
    style = {"gridTemplateColumns": widths, "flex": f"{share} 1 0" if share else "0 0 auto"}
    kind = "sop-row" if share else "sop-row sop-row-own"
    return html.Div(list(cells), className=f"{kind} {class_name}".strip(), style=style)


def page_body(*rows: Component, scrolls: bool = False) -> Component:
    """The rows of a page; `scrolls` for pages longer than a screen."""
    return html.Div(list(rows), className="sop-page sop-page-long" if scrolls else "sop-page")
