"""The Supply page through its wire."""

import pytest

from sop_dash.core.model.levers import Change, Levers
from sop_dash.pages.supply.callbacks import live
from sop_dash.pages.supply.layout import ANSWERS, FIGURES, GAPS, LOAD_CARD, MIX, MIX_STATE, layout
from sop_dash.pages.supply.views import LOAD_MAP, load_card
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection
from tests.desk import desk
from tests.page_client import PageClient, stores
from tests.worlds import sales_only

MORE_DEMAND = {"demand": [{"ratio": 0.5}]}


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    return desk(tmp_path_factory.mktemp("press"))


@pytest.fixture(scope="module")
def client(services: Services) -> PageClient:
    return PageClient(services)


@pytest.fixture(scope="module")
def lone(tmp_path_factory: pytest.TempPathFactory) -> Services:
    """A company that knows its sales alone."""
    return desk(tmp_path_factory.mktemp("lone"), sales_only({"Lamps": [10.0] * 24, "Irons": [5.0] * 24}))


def test_the_release_of_a_slider_redraws_table_map_chart_and_sentences(client: PageClient):
    moved = stores(MORE_DEMAND)
    gaps = client.ask(f"{GAPS}.rowData", moved)[GAPS]
    assert [row["status"] for row in gaps["rowData"]] == ["act", "watch"]
    load = client.ask(f"{LOAD_CARD}.children", moved)
    assert LOAD_CARD in load
    assert FIGURES in load
    assert "Kettles" in str(load["supply-story"])
    assert len(client.ask(f"{MIX}.figure", moved)[MIX]["figure"]["data"]) == 10
    assert "Press binds" in str(client.ask(f"{ANSWERS}.children", moved))


def test_the_load_of_the_press_is_written_in_whole_percent_and_marked_by_band(services: Services):
    view = services.plans.view(Selection(horizon=6), Levers(demand=(Change(ratio=0.5),)))
    (table,) = [part for part in load_card(view)[0]._traverse() if getattr(part, "id", "") == LOAD_MAP]
    cells = [cell for cell in table._traverse() if type(cell).__name__ == "Td"]
    # April: 95 of 100 hours; then all 100 and 20 % overtime.
    assert [cell.children for cell in cells] == ["95", *["120"] * 5]
    assert [getattr(cell, "data-band") for cell in cells] == ["high", *["over"] * 5]


def test_a_dragged_slider_moves_the_same_things_that_the_release_draws(services: Services, client: PageClient):
    answer = live(services, Selection(), Levers(demand=(Change(ratio=0.5),)))
    drawn = client.ask(f"{MIX}.figure", stores(MORE_DEMAND))[MIX]["figure"]
    assert answer.charts[MIX]["y"] == [trace["y"] for trace in drawn["data"]]
    assert answer.heat[LOAD_MAP]["text"][0][:2] == ["95", "120"]
    assert answer.text["tile-worst-bottleneck-value"] == "120.0\u00a0%"
    assert answer.text["tile-worst-bottleneck-change"].endswith("v plan")


def test_what_is_missing_has_a_look_of_its_own(lone: Services):
    client = PageClient(lone)
    assert "resource_profile" in str(client.ask(f"{LOAD_CARD}.children", stores()))
    nothing = client.ask(f"{MIX}.figure", stores())
    assert "unit_cost" in str(nothing[MIX_STATE])
    assert nothing[MIX]["figure"]["data"] == []
    one = client.ask(f"{MIX}.figure", stores(family="Lamps"))
    assert one[MIX_STATE]["children"] is None
    assert live(lone, Selection(), Levers()).heat == {}


def test_a_company_without_production_is_told_what_brings_it(services: Services, lone: Services):
    assert "output-by-family" in str(layout(services, Selection(), Levers()))
    assert "Load production" in str(layout(lone, Selection(), Levers()))
    assert "output-by-family" not in str(layout(lone, Selection(), Levers()))
