"""Every page opens and answers for every kind of company: the shipped one, sales alone, one press, the real sample.

A page is asked the way the browser asks it: its layout by the routing callback, then every callback that reads only the
selection, the levers and the revision. No answer may be an error.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient

from sop_dash.adapters.files import folder_files
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE, Page
from sop_dash.factory import dashboard
from sop_dash.pages import PAGES
from sop_dash.services.access import LOCAL_USER
from sop_dash.services.bundle import Services
from sop_dash.settings import data_folder
from sop_dash.shell.live_route import LIVE_PATH
from tests.desk import files_of, opened
from tests.sample_company import sample_tables
from tests.worlds import sales_only, two_products_one_press

_READ = {SELECTION_STORE, LEVERS_STORE, REVISION_STORE}
_OURS = {"Sec-Fetch-Site": "same-origin"}
_STATES: tuple[Mapping[str, Any], ...] = (
    {SELECTION_STORE: None, LEVERS_STORE: None},
    {
        SELECTION_STORE: {"measure": "units", "horizon": 18},
        LEVERS_STORE: {"demand": [{"ratio": 0.1}], "cover_days": 40},
    },
)


class Desk:
    """A dashboard with one company in it, asked like a browser."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.app: Dash = dashboard(services, trusted_hosts=("localhost",), request_megabytes=30)
        self.client: FlaskClient = self.app.server.test_client()
        self.wires: list[dict[str, Any]] = self.client.get("/_dash-dependencies").get_json()

    def ask(self, wire: Mapping[str, Any], values: Mapping[str, Any]) -> int:
        """Status of one callback under these values of the stores."""
        asked = {
            "output": wire["output"],
            "outputs": _outputs(wire["output"]),
            "inputs": [{**_split(i), "value": values.get(i["id"])} for i in wire["inputs"]],
            "changedPropIds": [f"{wire['inputs'][0]['id']}.{wire['inputs'][0]['property']}"],
            "state": [{**_split(s), "value": values.get(s["id"])} for s in wire["state"]],
        }
        answer = self.client.post("/_dash-update-component", json=asked, headers=_OURS)
        assert b"notices" not in answer.data, answer.get_data(as_text=True)[:500]
        return answer.status_code

    def reading(self) -> list[dict[str, Any]]:
        """The server callbacks that read only what every page reads."""
        return [
            wire
            for wire in self.wires
            if wire["clientside_function"] is None and wire["inputs"] and {i["id"] for i in wire["inputs"]} <= _READ
        ]


def _split(part: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": part["id"], "property": part["property"]}


def _outputs(text: str) -> Any:
    def one(name: str) -> dict[str, Any]:
        id_, _, prop = name.rpartition(".")
        return {"id": json.loads(id_) if id_.startswith("{") else id_, "property": prop}

    if text.startswith(".."):
        return [one(name) for name in text.strip(".").split("...")]
    return one(text)


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Desk]:
    """A desk for each kind of company that needs no data from outside."""
    brightwater = folder_files(data_folder() / "brightwater")
    companies = {
        "shipped": brightwater,
        "sales alone": files_of(sales_only({"Lamps": [10, 12, 11, 13] * 8, "Kettles": [5.0] * 32})),
        "one press": files_of(two_products_one_press(3)),
    }
    return {name: _desk(tmp_path_factory.mktemp("home"), files) for name, files in companies.items()}


def _desk(folder: Path, files: Mapping[str, bytes]) -> Desk:
    services = opened(folder)
    services.imports.accept(services.imports.preview(files), source="test", user=LOCAL_USER)
    return Desk(services)


@pytest.mark.parametrize("company", ["shipped", "sales alone", "one press"])
def test_every_callback_of_every_page_answers(desks: dict[str, Desk], company: str) -> None:
    _answers(desks[company])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
@pytest.mark.parametrize("company", ["shipped", "sales alone", "one press"])
def test_every_page_has_a_layout(desks: dict[str, Desk], company: str, page: Page) -> None:
    _lays_out(desks[company], page)


def test_the_real_sample_passes_through_every_page(sample_data: Path, tmp_path: Path) -> None:
    tables = {f"{name}.csv": table.to_csv(index=False).encode() for name, table in sample_tables(sample_data).items()}
    desk = _desk(tmp_path, tables)
    for page in PAGES:
        _lays_out(desk, page)
    _answers(desk)


def _answers(desk: Desk) -> None:
    for values in _STATES:
        for wire in desk.reading():
            assert desk.ask(wire, values) in (200, 204), wire["output"]


def _lays_out(desk: Desk, page: Page) -> str:
    (wire,) = [wire for wire in desk.wires if wire["output"] == "page.children"]
    asked = {
        "output": wire["output"],
        "outputs": {"id": "page", "property": "children"},
        "inputs": [
            {"id": "url", "property": "pathname", "value": page.path},
            {"id": "url", "property": "search", "value": ""},
            {"id": "open-levers", "property": "data", "value": None},
        ],
        "changedPropIds": ["url.pathname"],
        "state": [{**_split(s), "value": None} for s in wire["state"]],
    }
    answer = desk.client.post("/_dash-update-component", json=asked, headers=_OURS)
    assert answer.status_code == 200, answer.get_data(as_text=True)[:500]
    assert "sop-state-failed" not in answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def test_every_pane_that_is_kept_aside_is_put_in_by_its_tab(desks: dict[str, Desk]) -> None:
    desk = desks["shipped"]
    mounted = {wire["output"] for wire in desk.wires}
    kept = [found for page in PAGES for found in re.findall(r'"id":"([a-z-]+)-body-(\d+)"', _lays_out(desk, page))]
    assert kept
    assert [pane for pane in kept if "{}-pane-{}.children".format(*pane) not in mounted] == []


def test_pages_with_levers_answer_while_a_slider_is_dragged(desks: dict[str, Desk]) -> None:
    desk = desks["shipped"]
    live = [page for page in PAGES if page.live is not None]
    assert live
    for page in live:
        position = {"path": page.path, "levers": {"overtime_max_ratio": 0.3}, "selection": None}
        painted = desk.client.post(LIVE_PATH, json=position, headers=_OURS).get_json()
        assert painted["text"], page.id
