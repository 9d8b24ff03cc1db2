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
from sop_dash.pages.supply.hours import HOURS, HOURS_ANSWERS
from sop_dash.pages.supply.more_capacity import MORE_ANSWER, RUN_FIELDS, field_id
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
    answer = client.ask(f"{RESOURCES}.rowData", stores(MORE_DEMAND, horizon=6))
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
    assert "1 machine × 1 shift × 8 h × 21.8 days × 100 %" in said
    assert "What do they bring?" in said
    assert "Try it on the page" in said
    assert "extra_hours" in said
    assert "demand" in said  # the levers that stand are kept
    assert "A day has 24 hours" in more(client, shifts=4)
    assert "must be numbers" in more(client, machines=None)
    assert "Try it" not in more(client, machines=0)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Services:
    """The press as 2 machines × 1 shift × 8 h × 75 %, by the calendar; two days of April closed."""
    world = two_products_one_press(3)
    shifts = {"machines": 2, "shifts_per_day": 1, "hours_per_shift": 8, "efficiency_ratio": 0.75}
    world["resources"] = [
        {"resource": "Press", "month": f"2026-0{month}", "used_hours": 95} | shifts for month in (1, 2, 3)
    ]
    services = desk(tmp_path_factory.mktemp("run"), world)
    services.settings.change({"closed_days": "2026-04-03, 2026-04-06"}, services.user())
    return services


def test_hours_from_machines_show_their_product_and_the_days_of_the_calendar(run: Services) -> None:
    answer = PageClient(run).ask(f"{HOURS}.rowData", stores(horizon=6))
    april, may, *_ = answer[HOURS]["rowData"]
    assert (april["machines"], april["shifts"], april["hours"], april["efficiency"]) == (2.0, 1.0, 8.0, 0.75)
    # April 2026 has 22 Mondays to Fridays less 2 closed: 2 × 8 × 20 × 0.75 = 240; May has 21: 252.
    assert (april["days"], april["run"], april["regular"]) == (20.0, 240.0, 240.0)
    assert (may["days"], may["regular"], may["origin"]) == (21.0, 252.0, "from machines, calendar days")
    told = str(answer[HOURS_ANSWERS])
    assert "2 machines × 1 shift × 8 h × 20 days × 75 %" in told
    assert "Mondays to Fridays, closed 2026-04-03, 2026-04-06: " in told
    assert "A closed day more takes 12 hours" in told  # 2 × 8 × 0.75


def test_without_machines_the_hours_are_said_to_be_given(client: PageClient) -> None:
    answer = client.ask(f"{HOURS}.rowData", stores(horizon=6))
    assert {row["origin"] for row in answer[HOURS]["rowData"]} == {"as given"}
    assert "All hours known are as given" in str(answer[HOURS_ANSWERS])


def test_a_machine_more_starts_from_what_the_resource_runs(run: Services, client: PageClient) -> None:
    at = [field_id(name) for name in RUN_FIELDS]

    def start(page: PageClient, resource: str) -> list[Any]:
        found = page.ask(f"{at[0]}.value", {f"{field_id('resource')}.value": resource})
        return [found[name]["value"] for name in at]

    assert start(PageClient(run), "Press") == [1.0, 1.0, 8.0, 75.0]
    assert start(client, "Press") == [1.0, 1.0, 8.0, 85.0]  # nothing is told of it
    said = more(PageClient(run), shifts=1, efficiency=75)
    assert "Press in Apr 26: 2 machines × 1 shift × 8 h × 20 days × 75 % = 240 hours." in said


def test_the_switch_between_given_and_demonstrated_hours_is_kept_and_acts_on_the_plan(tmp_path: Path) -> None:
    world = two_products_one_press(3)
    for row in world["resources"]:
        row["used_hours"] = 150 if row["month"] == "2026-02" else None
    services = desk(tmp_path, world)
    page = PageClient(services)

    def hours() -> float:
        return float(page.ask(f"{RESOURCES}.rowData", stores())[RESOURCES]["rowData"][0]["planned"])

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
