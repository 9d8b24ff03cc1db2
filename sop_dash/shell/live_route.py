"""The live answer while a slider is dragged: a plain request and answer, beside Dash's own callbacks.

Every message that passes through Dash's callbacks makes the browser look at every component of the page again (about
60 ms a move on a page of a thousand components); a slider that is dragged sends sixty a second.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import BadRequest

from sop_dash.components.page import Page
from sop_dash.core.model.errors import SopError
from sop_dash.core.model.levers import from_plain
from sop_dash.services.selection import Selection
from sop_dash.shell.routing import page_at

LIVE_PATH = "/live-answer"


def register_live_route(server: Flask, pages: Sequence[Page], services: Any) -> None:
    """Answer `POST {path, levers, selection}` with what the page at this path shows under these levers."""

    @server.post(LIVE_PATH)
    def live_answer() -> Response:
        position = request.get_json()
        if not isinstance(position, Mapping):
            raise BadRequest("A position is an object with path, levers and selection.")
        return jsonify(_shown(position, pages, services))


def _shown(position: Mapping[str, Any], pages: Sequence[Page], services: Any) -> dict[str, Any]:
    """Nothing where the page has no live part or refuses the levers: the release of the slider tells what is wrong."""
    page = page_at(position.get("path"), pages)
    if page is None or page.live is None:
        return {}
    try:
        levers = from_plain(position.get("levers"))
        return page.live(services, Selection.from_store(position.get("selection")), levers).to_store()
    except SopError:
        return {}
