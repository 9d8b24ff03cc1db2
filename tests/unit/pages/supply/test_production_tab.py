"""The tab “Production” of the Supply page through its wire: schedule, overtime, capacity and one shift more."""

from pathlib import Path
from typing import Any

import pytest

from sop_dash.pages.supply.capacity import (
    CALENDAR,
    CAPACITY_ANSWERS,
    LOAD_TEST,
    OVERTIME_ANSWERS,
    RESOURCES,
    SAVED,
    SWITCH,
    SWITCH_ROWS,
)
from sop_dash.pages.supply.more_capacity import MORE_ANSWER, field_id
from sop_dash.pages.supply.schedule import MIX_ANSWERS, MIX_LOSS_CHART, SCHEDULE, SCHEDULE_BY, SCHEDULE_WHAT
from sop_dash.services.bundle import Services
from tests.desk import desk
from tests.page_client import PageClient, stores
from tests.worlds import sales_only, two_products_one_press

MORE_DEMAND = {"demand": [{"ratio": 0.5}]}
PLAIN = {"resource": "Press", "together": "*", "from": "*", "machines": 1, "shifts": 1, "hours": 8, "efficiency": 100}


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    return desk(tmp_path_factory.mktemp("press"))


@pytest.fixture(scope="module")
def client(services: Services) -> PageClient:
    return PageClient(services)


@pytest.fixture(scope="module")
def lone(tmp_path_factory: pytest.TempPathFactory) -> PageClient:
    return PageClient(desk(tmp_path_factory.mktemp("lone"), sales_only({"Lamps": [10.0] * 24})))


def scheduled(client: PageClient, what: str, by: str = "families", levers: Any = None) -> dict[str, Any]:
    given = {f"{SCHEDULE_WHAT}.value": what, f"{SCHEDULE_BY}.value": by}
    return client.ask(f"{SCHEDULE}.rowData", stores(levers, horizon=6) | given)[SCHEDULE]


def more(client: PageClient, levers: Any = None, **changed: Any) -> str:
    given = {f"{field_id(name)}.value": value for name, value in (PLAIN | changed).items()}
    return str(client.ask(f"{MORE_ANSWER}.children", stores(levers) | given))


def test_the_schedule_is_the_balance_of_the_plan(client: PageClient, services: Services) -> None:
    lines = {what: {row["name"]: row for row in scheduled(client, what)["rowData"]} for what in ("supply", "closing")}
    opening = services.plans.prepared().parts.opening_units
    shipped = {row["name"]: row for row in scheduled(client, "served")["rowData"]}
    for place, family in enumerate(services.plans.prepared().inputs.grain.families):
        stock = opening[place] + lines["supply"][family]["m0"] - shipped[family]["m0"]
        assert lines["closing"][family]["m0"] == pytest.approx(stock, abs=0.02)


def test_the_schedule_has_a_column_a_month_and_items_their_stock(client: PageClient) -> None:
    families, items = scheduled(client, "supply"), scheduled(client, "supply", by="items")
    months = [column["headerName"] for column in families["columnDefs"] if column["field"].startswith("m")]
    assert months == ["Apr 26", "May 26", "Jun 26", "Jul 26", "Aug 26", "Sep 26"]
    assert {row["key"] for row in items["rowData"]} == {"K1", "L1"}
    assert "stock" in {column["field"] for column in items["columnDefs"]}


def test_items_that_are_their_family_lose_nothing_by_the_mix(client: PageClient) -> None:
    answer = client.ask(f"{MIX_ANSWERS}.children", stores(MORE_DEMAND))
    assert "Nothing: stock and supply" in str(answer[MIX_ANSWERS])
    short, mix = answer[MIX_LOSS_CHART]["figure"]["data"]
    assert sum(short["y"]) > 0.0
    assert sum(mix["y"]) == pytest.approx(0.0, abs=0.01)


def test_all_overtime_is_shown_and_told_when_the_press_is_full(client: PageClient) -> None:
    answer = client.ask(f"{CALENDAR}.children", stores(MORE_DEMAND, horizon=6))
    # 100 regular hours and 20 of overtime; April is in progress and at 95 hours.
    assert '"over"' in str(answer[CALENDAR]).replace("'", '"')
    assert "Press" in str(answer[OVERTIME_ANSWERS])
    assert "in a row" in str(answer[OVERTIME_ANSWERS])
    (row,) = answer[RESOURCES]["rowData"]
    assert (row["name"], row["given"], row["overtime"]) == ("Press", 100.0, pytest.approx(100.0))
    assert "How" in str(answer[CAPACITY_ANSWERS]) or "Assumed" in str(answer[CAPACITY_ANSWERS])


def test_the_load_test_is_of_the_resource_chosen(client: PageClient) -> None:
    drawn = client.ask(f"{LOAD_TEST}.figure", stores() | {f"{RESOURCES}.selectedRows": [{"name": "Press"}]})
    assert [trace["name"] for trace in drawn[LOAD_TEST]["figure"]["data"]] == [
        "Booked",
        "Load profile × output",
        "Regular hours given",
    ]


def test_one_shift_more_says_its_hours_what_it_brings_and_opens_as_levers(client: PageClient) -> None:
    said = more(client, MORE_DEMAND)
    assert "8 h × 100" in said
    assert "What do they bring?" in said
    assert "Try it on the page" in said
    assert "extra_hours" in said
    assert "demand" in said  # the levers that stand are kept
    assert "A day has 24 hours" in more(client, shifts=4)
    assert "must be numbers" in more(client, machines=None)
    assert "Try it" not in more(client, machines=0)


def test_the_switch_between_given_and_demonstrated_hours_is_kept_and_acts_on_the_plan(tmp_path: Path) -> None:
    world = two_products_one_press(3)
    for row in world["resources"]:
        row["used_hours"] = 150 if row["month"] == "2026-02" else None
    services = desk(tmp_path, world)
    page = PageClient(services)

    def hours() -> float:
        return float(page.ask(f"{CALENDAR}.children", stores())[RESOURCES]["rowData"][0]["planned"])

    # 150 hours were worked where 100 were given and 20 % of overtime is allowed: 150 ÷ 1.2 = 125.
    assert hours() == pytest.approx(125.0)
    assert "As given" in str(page.ask(f"{SWITCH_ROWS}.children", stores()))
    page.ask('{"page":"' + SAVED + '","type":"saved"}.data', {f"{SWITCH}.value": "given"})
    assert services.plans.settings.capacity_demonstrated is False
    assert hours() == pytest.approx(100.0)


def test_a_company_that_knows_its_sales_alone_is_told_what_is_missing(lone: PageClient) -> None:
    assert "Load resources" in str(lone.ask(f"{CALENDAR}.children", stores()))
    assert "No item is known" in str(lone.ask(f"{MIX_ANSWERS}.children", stores()))
    assert [row["name"] for row in scheduled(lone, "supply")["rowData"]] == ["Lamps"]
    assert [row["name"] for row in scheduled(lone, "supply", by="items")["rowData"]] == ["Lamps"]
    assert lone.ask(f"{LOAD_TEST}.figure", stores())[LOAD_TEST]["figure"]["data"] == []
