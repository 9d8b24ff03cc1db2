"""The tab “People” of Production through its wire: there only with a table of labour, and its numbers by hand."""

from pathlib import Path
from typing import Any

import pytest

from sop_dash.components.page import LEVERS_STORE, SELECTION_STORE
from sop_dash.core.model.levers import Levers
from sop_dash.pages.supply import production
from sop_dash.pages.supply.people import PEOPLE, PEOPLE_ANSWERS, PEOPLE_CHART
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection
from tests.desk import desk
from tests.page_client import PageClient
from tests.worlds import two_products_one_press


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    world = two_products_one_press(3)
    world["labour"] = [
        {"pool": "Press", "month": "2026-03", "workers": 4, "hours_per_worker": 25, "hire_cost": 300,
         "fire_cost": 200, "wage_per_month": 900},
    ]  # fmt: skip
    return desk(tmp_path_factory.mktemp("crew"), world)


def _asked(services: Services) -> dict[str, Any]:
    given = {f"{SELECTION_STORE}.data": {}, f"{LEVERS_STORE}.data": None}
    return PageClient(services).ask(f"{PEOPLE}.rowData", given)


def test_every_way_is_a_row_with_its_people_and_money(services: Services) -> None:
    rows = {row["way"]: row for row in _asked(services)[PEOPLE]["rowData"]}
    assert list(rows) == ["As given", "Following the load", "One crew for all months", "Cheapest"]
    given = rows["As given"]
    months = len(services.plans.prepared().inputs.grain.horizon)
    assert (given["least"], given["most"], given["hired"]) == (4.0, 4.0, 0.0)
    assert given["wages"] == pytest.approx(4 * 900 * months)
    level = rows["One crew for all months"]
    assert level["least"] == level["most"]
    assert rows["Cheapest"]["wages"] + rows["Cheapest"]["change"] <= level["wages"] + level["change"] + 1.0


def test_the_choice_is_told_and_drawn_by_month(services: Services) -> None:
    answer = _asked(services)
    assert "Which way costs least?" in str(answer[PEOPLE_ANSWERS])
    assert "What is in the profit?" in str(answer[PEOPLE_ANSWERS])
    names = [trace["name"] for trace in answer[PEOPLE_CHART]["figure"]["data"]]
    assert names == ["As given", "Following the load", "One crew for all months", "Cheapest"]


def test_a_pool_without_a_wage_is_named_and_has_no_cheapest_way(tmp_path: Path) -> None:
    world = two_products_one_press(3)
    world["labour"] = [
        {"pool": "Press", "month": "2026-03", "workers": 4, "hours_per_worker": 25, "hire_cost": 300, "fire_cost": 200}
    ]
    answer = _asked(desk(tmp_path, world))
    assert "labour gives no wage_per_month of Press" in str(answer[PEOPLE_ANSWERS])
    names = [trace["name"] for trace in answer[PEOPLE_CHART]["figure"]["data"]]
    assert names == ["As given", "Following the load", "One crew for all months"]


def test_the_tab_is_there_only_with_labour(services: Services, tmp_path: Path) -> None:
    plain = desk(tmp_path)
    for one, there in ((services, True), (plain, False)):
        pane = production.pane(one, one.plans.view(Selection(), Levers()))
        assert (PEOPLE in str(pane)) is there
