"""From an address to a page: selection and levers are read from the address, else from what the browser keeps."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs

from dash import html
from dash.development.base_component import Component

from sop_dash.components.filter_bar import filter_bar
from sop_dash.components.page import Page
from sop_dash.components.states import empty, failed
from sop_dash.components.story_line import story_line
from sop_dash.core.model.errors import SopError
from sop_dash.core.model.levers import Levers
from sop_dash.services.frame_facts import Choices
from sop_dash.services.selection import Selection


def selection_of(search: str | None, kept: Any) -> Selection:
    """The selection an address names; what the browser kept when it names none."""
    query = _query(search)
    named = {name: query[name] for name in ("category", "family", "channel", "measure") if name in query}
    if query.get("horizon", "").isdigit():
        return Selection.from_store({**named, "horizon": int(query["horizon"])})
    return Selection.from_store(named or kept)


def levers_of(search: str | None, kept: Any) -> Any:
    """The levers an address names, as it gives them; what the browser kept when it names none.

    A text that is no JSON comes back as it is, for `FrameServices.opened` to name.
    """
    text = _query(search).get("levers")
    if text is None:
        return kept
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def page_at(path: str | None, pages: Sequence[Page]) -> Page | None:
    """The page with this address; a slash at the end does not matter."""
    wanted = (path or "/").rstrip("/") or "/"
    return next((page for page in pages if page.path == wanted), None)


def page_content(page: Page | None, choices: Choices, services: Any, selection: Selection, levers: Levers) -> Component:
    """Story line, filters and the page; a `SopError` becomes the designed look of a failure."""
    if page is None:
        return html.Div(empty("There is no page at this address.", "Choose one from the menu."), className="sop-page")
    head = [story_line(page.id, page.title, step=page.step)]
    if page.filters and choices.families:
        head.append(filter_bar(page.filters, choices, selection))
    try:
        body = page.layout(services, selection, levers)
    except SopError as error:
        body = html.Div(failed(str(error), error.remedy), className="sop-page")
    return html.Div(
        [html.Div(head, className="sop-story-row"), body], className=f"sop-page-frame sop-page-{page.id}", key=page.id
    )


def _query(search: str | None) -> Mapping[str, str]:
    return {name: values[0] for name, values in parse_qs((search or "").lstrip("?")).items()}
