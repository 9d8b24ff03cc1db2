"""The number of the newest write, asked again and again by a page that follows what colleagues save.

A plain request and answer of some hundred bytes: `assets/colleagues.js` asks while the page is in sight, and only a new
number makes the page read its figures again.
"""

from collections.abc import Callable

from flask import Flask, Response, jsonify

REVISION_PATH = "/revision"


def register_revision_route(server: Flask, revision: Callable[[], int]) -> None:
    """Answer `GET /revision` with `{"revision": number}`."""

    @server.get(REVISION_PATH)
    def newest() -> Response:
        return jsonify(revision=revision())
