"""The Demand page through its wire: families, charts and back-test of what is selected."""

from pathlib import Path
from typing import Any

import pytest

from sop_dash.components.choice import EVERYTHING
from sop_dash.components.page import SELECTION_STORE
from sop_dash.pages.demand.layout import (
    FAMILIES,
    FAMILY_BUTTON,
    HISTORY,
    HISTORY_NOTE,
    HISTORY_STATE,
    MIX,
    MIX_STATE,
    TESTS,
)
from sop_dash.services.bundle import Services
from tests.desk import desk
from tests.page_client import PageClient
from tests.worlds import sales_only


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return desk(tmp_path)


@pytest.fixture
def client(services: Services) -> PageClient:
    return PageClient(services)


def selected(**selection: Any) -> dict[str, Any]:
    return {f"{SELECTION_STORE}.data": selection}


def test_the_families_are_listed_with_what_is_at_issue(client: PageClient):
    shown = client.ask(f"{FAMILIES}.children", selected())
    names = [part["props"]["id"]["index"] for part in shown[FAMILIES]["children"]]
    assert names == [EVERYTHING, "Kettles", "Lamps"]
    assert "% below budget" in str(shown[FAMILIES])
    assert "Consensus for" in str(shown["demand-story"])


def test_one_family_is_drawn_in_units(client: PageClient):
    one = selected(family="Kettles", measure="units")
    figure = client.ask(f"{HISTORY}.figure", one)[HISTORY]["figure"]
    assert "Units" in figure["layout"]["yaxis"]["title"]["text"]


def test_units_of_unlike_families_are_refused_in_words(client: PageClient):
    shown = client.ask(f"{HISTORY}.figure", selected(measure="units"))
    assert "choose one family" in str(shown[HISTORY_NOTE])
    assert len(client.ask(f"{MIX}.figure", selected())[MIX]["figure"]["data"]) == 2


def test_a_click_on_a_family_shows_it_in_units_and_all_of_them_in_money(client: PageClient):
    pattern = f'{{"index":["ALL"],"type":"{FAMILY_BUTTON}"}}.n_clicks'

    def click(family: str) -> Any:
        button = {"index": family, "type": FAMILY_BUTTON}
        name = f'{{"index":"{family}","type":"{FAMILY_BUTTON}"}}.n_clicks'
        answer = client.ask("filter-family.value", {pattern: [(button, 1)]}, by=name)
        return answer["filter-family"]["value"], answer["filter-measure"]["value"]

    assert click("Lamps") == ("Lamps", "units")
    assert click(EVERYTHING) == (EVERYTHING, "money")


def test_sales_alone_are_enough_for_units(tmp_path: Path):
    client = PageClient(desk(tmp_path, sales_only({"Lamps": [10.0] * 24, "Irons": [5.0] * 24})))
    nothing = client.ask(f"{HISTORY}.figure", selected())
    assert "without a price" in str(nothing[HISTORY_STATE])
    assert nothing[HISTORY]["figure"]["data"] == []
    channels = client.ask(f"{MIX}.figure", selected())
    assert "without a price" in str(channels[MIX_STATE])
    assert channels[MIX]["figure"]["data"] == []
    one = client.ask(f"{HISTORY}.figure", selected(family="Lamps"))
    assert one[HISTORY_STATE]["children"] is None
    tests = client.ask(f"{TESTS}.rowData", selected())[TESTS]["rowData"]
    assert [row["family"] for row in tests] == ["Irons", "Lamps"]
