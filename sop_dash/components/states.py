"""The designed look of what is missing: no data, nothing yet, an error, a part only, and what to do about each."""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component


def _state(icon: str, title: str, sentence: str, action: Component | None, tone: str) -> Component:
    parts: list[Component] = [
        html.I(className=f"bi bi-{icon} sop-state-icon", **{"aria-hidden": "true"}),
        html.P(title, className="sop-state-title"),
    ]
    if sentence:
        parts.append(html.P(sentence, className="sop-state-text"))
    if action is not None:
        parts.append(action)
    return html.Div(parts, className=f"sop-state sop-state-{tone}")


def no_data(
    what: str, cure: str, *, href: str = "/data#tab=Start with little", link: str = "Bring it on the Data page"
) -> Component:
    """A figure that cannot be shown: what is missing, and the file that would bring it."""
    action = dcc.Link(link, href=href, className="btn btn-sm btn-outline-primary") if href else None
    return _state("database-dash", what, cure, action, "missing")


def empty(title: str, sentence: str = "", action: Component | None = None) -> Component:
    """Nothing here yet, and how to begin."""
    return _state("inbox", title, sentence, action, "empty")


def failed(sentence: str, remedy: str = "") -> Component:
    """Something could not be done: one sentence and the way out."""
    return _state("exclamation-triangle", sentence, remedy, None, "failed")


def partial(sentences: Sequence[str]) -> Component | None:
    """A quiet bar above a figure that shows only a part; None when it is whole."""
    if not sentences:
        return None
    mark = html.I(className="bi bi-info-circle", **{"aria-hidden": "true"})
    return html.Div([mark, html.Span(" ".join(sentences))], className="sop-partial", role="note")


def waiting(sentence: str = "Calculating …") -> Component:
    """Work that takes longer than a moment."""
    return html.Div([html.Span(className="sop-spinner"), html.Span(sentence)], className="sop-waiting", role="status")
