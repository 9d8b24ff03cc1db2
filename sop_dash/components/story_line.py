"""The story line: one or two sentences at the top of a page, computed from its numbers.

The shell mounts the slot; the page's own callback fills it: `Output(story_slot("supply"), "children")` with
`story("Final Assembly is full from March: $ 1.2 M of demand is not served.", "Overtime to 20 % closes it.")`.
"""

from dash import html
from dash.development.base_component import Component


def story_slot(page_id: str) -> str:
    """Id of the slot of a page."""
    return f"{page_id}-story"


def story(sentence: str, second: str = "") -> list[Component]:
    """The first sentence carries the message, the second the consequence."""
    parts: list[Component] = [html.Span(sentence, className="sop-story-first")]
    if second:
        parts.append(html.Span(second, className="sop-story-second"))
    return parts


def story_line(page_id: str, title: str, *, step: str = "") -> Component:
    """Heading of the page and the slot for its sentences."""
    name = f"{step} {title}".strip()
    return html.Div(
        [
            html.H1(name, className="sop-page-title"),
            html.P(id=story_slot(page_id), className="sop-story", **{"aria-live": "polite"}),
        ],
        className="sop-story-line",
    )
