"""The dashboard of the shipped company for the lever benchmark: as it is, or with live answers that cost nothing.

    python -m tests.benchmarks.lever_server HOME PORT [empty]

The empty one has the same pages, gate and drawing; its live callback returns one of two answers made beforehand, so
what is measured there is the browser and the wire alone.
"""

import sys
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any

from waitress import serve

from sop_dash.components.live_answer import LiveAnswer
from sop_dash.components.page import Page
from sop_dash.core.model.levers import Change, Levers
from sop_dash.factory import create_services, dashboard
from sop_dash.pages import PAGES
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection
from sop_dash.settings import read_settings

HOST = "127.0.0.1"
_POSITIONS = (-0.04, 0.04)


def emptied(page: Page, services: Services) -> Page:
    """The page with a live callback that plans nothing."""
    live = page.live
    if live is None:
        return page
    made = [live(services, Selection(), Levers(demand=(Change(ratio=ratio),))) for ratio in _POSITIONS]
    answers = cycle(made)

    def answer(_services: Any, _selection: Selection, _levers: Levers) -> LiveAnswer:
        return next(answers)

    return replace(page, live=answer)


def main(home: Path, port: int, *, empty: bool) -> None:
    """Serve until ended."""
    settings = read_settings(home)
    services = create_services(settings)
    pages = tuple(emptied(page, services) for page in PAGES) if empty else PAGES
    app = dashboard(
        services,
        trusted_hosts=settings.trusted_hosts,
        request_megabytes=settings.request_megabytes,
        pages=pages,
    )
    serve(app.server, host=HOST, port=port, threads=8)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), empty=sys.argv[3:] == ["empty"])
