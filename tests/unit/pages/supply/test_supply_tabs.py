"""The tabs for policy, suppliers and logistics of the Supply page through their wire."""

from pathlib import Path
from typing import Any

import pytest

from sop_dash.core.model.periods import following
from sop_dash.core.plan.supply_tables import reorder_table
from sop_dash.pages.supply.logistics import LOGISTICS, LOGISTICS_CHART, LOGISTICS_NOTE, LOGISTICS_STATE
from sop_dash.pages.supply.policy_items import BREAK_ANSWER, ITEM_PRICES, ITEM_RULES, ITEM_WORDS, ITEMS
from sop_dash.pages.supply.policy_rules import (
    CLASSES,
    COVER_ANSWER,
    COVER_CHART,
    EFFECT,
    POLICY_ANSWERS,
    SAVED,
    field_id,
)
from sop_dash.pages.supply.shortfall import HIT, HIT_CHART, LESS, LONG, SINCE, WEIGHT_ROWS, WHO, weight_id
from sop_dash.pages.supply.suppliers import PEERS, SUPPLIER_ANSWERS, SUPPLIER_TREND, SUPPLIERS, TREND_OF
from sop_dash.services.bundle import Services
from sop_dash.services.supply_base import WEIGHT_SETTINGS
from tests.desk import desk
from tests.page_client import PageClient, stores
from tests.worlds import World, sales_only, two_products_one_press

MONTHS = following("2024-04", 24)


def bought_kettles() -> World:
    """Two years of the tiny company: kettles bought from two suppliers, one of them late for six months."""
    world = two_products_one_press(24, first="2024-04")
    for product in world["products"]:
        kettle = product["family"] == "Kettles"
        product |= {"make_or_buy": "buy" if kettle else "make", "lead_time_days": 30, "storage_per_unit": 0.5}
        product |= {"safety_stock_units": 10, "order_cost": 20}
    world["suppliers"] = [{"supplier": "S1", "name": "Slow"}, {"supplier": "S2", "name": "Steady", "rating": "B"}]
    world["supplier_items"] = [{"supplier": "S1", "sku": "K1"}]
    world["supplier_deliveries"] = [
        {
            "month": month,
            "supplier": supplier,
            "lines": 100,
            "ordered_units": 100,
            "received_units": 100,
            "rejected_units": 0,
            "on_time_lines": 80 if supplier == "S1" and month in MONTHS[-6:] else 98,
            "in_full_lines": 98,
            "average_lead_time_days": 30 + place % 2,
            "value": 1000,
        }
        for place, month in enumerate(MONTHS)
        for supplier in ("S1", "S2")
    ]
    world["logistics"] = [
        {"month": "2026-04", "kind": "warehouse", "name": "Hall", "capacity": 60, "overflow_cost_per_unit": 4}
    ]
    return world


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    return desk(tmp_path_factory.mktemp("bought"), bought_kettles())


@pytest.fixture(scope="module")
def client(services: Services) -> PageClient:
    return PageClient(services)


@pytest.fixture(scope="module")
def lone(tmp_path_factory: pytest.TempPathFactory) -> PageClient:
    return PageClient(desk(tmp_path_factory.mktemp("lone"), sales_only({"Lamps": [10.0] * 24})))


def test_items_are_listed_with_what_is_due_first(client: PageClient) -> None:
    answer = client.ask(f"{ITEMS}.rowData", stores())
    rows = answer[ITEMS]["rowData"]
    assert [row["sku"] for row in rows] == ["K1", "L1"]
    # 80 kettles against 150 wanted in the lead time of a month
    assert rows[0]["order"] > 0
    assert rows[0]["position"] == 80
    assert "at or below the reorder point" in str(client.ask(f"{POLICY_ANSWERS}.children", stores()))
    assert [row["sku"] for row in client.ask(f"{ITEMS}.rowData", stores(family="Lamps"))[ITEMS]["rowData"]] == ["L1"]


def form(**changed: Any) -> dict[str, Any]:
    return {f"{field_id(name)}.value": value for name, value in changed.items()}


def test_the_item_chosen_is_shown_under_every_rule_and_from_all_sides(client: PageClient) -> None:
    answer = client.ask(f"{ITEM_RULES}.children", stores() | {f"{ITEMS}.selectedRows": [{"sku": "L1"}]})
    rules = str(answer[ITEM_RULES])
    assert "L1" in rules
    for words in ("days of cover", "in use", "rest is lost", "Lot and reorder point together"):
        assert words in rules
    assert "Is it time to order?" in str(answer[ITEM_WORDS])
    first = str(client.ask(f"{ITEM_RULES}.children", stores())[ITEM_RULES])
    assert "K1" in first  # what is due first, as long as nothing is chosen


def test_a_price_break_is_judged_or_refused_in_a_sentence(client: PageClient) -> None:
    def said(units: Any, price: Any) -> str:
        given = {"supply-break-units.value": units, "supply-break-price.value": price}
        return str(client.ask(f"{BREAK_ANSWER}.children", stores() | given))

    assert "needs units above 0 and a price below" in said(100, 1e6)
    assert "A lower price from" in said(400, 1)
    assert "children" not in said(None, None) or "[]" in said(None, None)


def test_price_breaks_of_the_company_decide_the_order_and_are_shown_with_what_each_costs(tmp_path: Path) -> None:
    # 1,800 kettles a year at 12, 20 an order, 24 % a year: 158 at a time cost 21,600 + 455; 300 at 11 cost
    # 19,800 + 120 + 396. 1,000 would last longer than 120 days.
    world = bought_kettles()
    world["price_breaks"] = [
        {"sku": "K1", "from_units": 300, "price": 11},
        {"sku": "K1", "from_units": 1000, "price": 10},
    ]
    services = desk(tmp_path, world)
    page = PageClient(services)
    answer = page.ask(f"{ITEM_RULES}.children", stores() | {f"{ITEMS}.selectedRows": [{"sku": "K1"}]})
    shown = str(answer[ITEM_PRICES])
    assert "11.00 from 300 units on, for the whole order" in shown
    assert "300 · in use" in shown
    assert "1,000" in shown
    (row,) = [row for row in page.ask(f"{ITEMS}.rowData", stores())[ITEMS]["rowData"] if row["sku"] == "K1"]
    assert row["lot"] == pytest.approx(300.0)
    assert "order size by a price break" in row["note"]
    found = services.supply_base.policy().items
    assert found.price_saving_value[0] == pytest.approx(22_055.4 - 20_316.0, rel=0.01)
    written = reorder_table(found).set_index("sku").loc["K1"]
    assert (written["lot_units"], written["lot_price_value"]) == (300.0, 11.0)


def test_an_item_without_price_breaks_shows_none(client: PageClient) -> None:
    answer = client.ask(f"{ITEM_RULES}.children", stores() | {f"{ITEMS}.selectedRows": [{"sku": "L1"}]})
    assert answer[ITEM_PRICES]["children"] == []


def test_what_is_tried_shows_its_cash_and_is_kept_only_on_request(tmp_path: Path) -> None:
    world = bought_kettles()
    for product in world["products"]:
        product["lead_time_std_days"] = 5
    services = desk(tmp_path, world)
    page = PageClient(services)

    def safety(**changed: Any) -> str:
        table = page.ask(f"{EFFECT}.children", stores() | form(**changed))[EFFECT]["children"]
        return str(table)

    assert "±" in safety()
    assert "+" not in safety()
    more = safety(cycle_service_a=99.9, switches=["short_demand_lost", "lead_time_moves_with_demand"])
    assert "+" in more
    assert services.plans.settings.cycle_service_a == 0.98
    assert "must not exceed" in str(page.ask(f"{CLASSES}.children", stores() | form(abc_a_share=99)))
    saved = '{"page":"' + SAVED + '","type":"saved"}.data'
    page.ask(saved, form(cycle_service_a=99.9, switches=[]))
    assert services.plans.settings.cycle_service_a == pytest.approx(0.999)
    assert services.plans.settings.short_demand_lost is False


def test_the_slider_says_what_its_cover_gives(client: PageClient) -> None:
    assert "What do 30 days of cover give?" in str(client.ask(f"{COVER_ANSWER}.children", stores()))
    moved = client.ask(f"{COVER_ANSWER}.children", stores({"cover_days": 12}))
    assert "What do 12 days of cover give?" in str(moved)
    drawn = client.ask(f"{COVER_CHART}.figure", stores())[COVER_CHART]["figure"]
    assert [trace["name"] for trace in drawn["data"]] == ["Strongest family", "Middle family", "Weakest family"]


def test_the_supplier_that_slipped_stands_first_and_is_told_of(client: PageClient) -> None:
    rows = client.ask(f"{SUPPLIERS}.rowData", stores())[SUPPLIERS]["rowData"]
    assert [row["name"] for row in rows] == ["Slow", "Steady"]
    assert rows[0]["on_time"] == pytest.approx(0.8)
    assert "less on time" in rows[0]["alerts"]
    told = str(client.ask(f"{SUPPLIER_ANSWERS}.children", stores()))
    assert "On time 80.0\\xa0% after 98.0\\xa0%" in told
    assert "Steady" not in told


def test_the_trend_is_of_the_row_chosen_or_of_the_lowest_score(client: PageClient) -> None:
    def name(chosen: Any) -> str:
        answer = client.ask(f"{SUPPLIER_TREND}.figure", {f"{SUPPLIERS}.selectedRows": chosen})
        return str(answer[SUPPLIER_TREND]["figure"]["data"][0]["name"])

    assert name(None) == "Slow"
    assert name([{"code": "S2"}]) == "Steady"


def test_each_measure_of_a_supplier_has_its_trend_and_peers(client: PageClient) -> None:
    def shown(what: str) -> Any:
        given = {f"{SUPPLIERS}.selectedRows": [{"code": "S1"}], f"{TREND_OF}.value": what}
        return client.ask(f"{SUPPLIER_TREND}.figure", given)

    late = shown("on_time")[SUPPLIER_TREND]["figure"]["data"][0]["y"]
    assert (late[-7], late[-6]) == pytest.approx((0.98, 0.8))
    # 1,000 for 100 units in every month: the price stays at that of the first year.
    assert shown("price")[SUPPLIER_TREND]["figure"]["data"][0]["y"] == pytest.approx([1.0] * 24)
    assert shown("lead")[SUPPLIER_TREND]["figure"]["data"][0]["y"][-2:] == pytest.approx([30.0, 31.0])
    peers = shown("on_time")[PEERS]["figure"]
    assert peers["data"][0]["x"] == ["S2", "S1"]
    assert peers["data"][0]["y"][0] is None


def test_a_supplier_that_delivers_nothing_leaves_its_family_without_receipts(client: PageClient) -> None:
    given = {f"{WHO}.value": "0", f"{LESS}.value": "100", f"{SINCE}.value": "2026-05", f"{LONG}.value": "12"}
    answer = client.ask(f"{HIT}.children", stores() | given)
    said = str(answer[HIT])
    assert "If Slow delivers 100" in said
    assert "Kettles" in said
    assert "is not served" in said
    plan, less = (sum(trace["y"]) for trace in answer[HIT_CHART]["figure"]["data"])
    assert less > plan


def test_weights_are_tried_in_the_open_and_kept_on_request(tmp_path: Path) -> None:
    services = desk(tmp_path, bought_kettles())
    page = PageClient(services)

    def weights(*values: float) -> dict[str, Any]:
        return {f"{weight_id(name)}.value": value for name, value in zip(WEIGHT_SETTINGS, values, strict=True)}

    plain = services.supply_base.suppliers().score.tolist()
    # Slow is late and nothing else: without a weight on lateness both have the same score.
    page.ask('{"page":"supply-weights","type":"saved"}.data', weights(0, 50, 50, 0, 0))
    even = services.supply_base.suppliers().score.tolist()
    assert plain[0] < plain[1]
    assert even[0] == pytest.approx(even[1])
    assert "weight" in str(page.ask(f"{WEIGHT_ROWS}.children", weights(0, 0, 0, 0, 0)))


def test_the_hall_is_loaded_by_the_stock_of_the_plan_and_moves_with_the_levers(client: PageClient) -> None:
    plan = client.ask(f"{LOGISTICS}.rowData", stores())
    assert [row["name"] for row in plan[LOGISTICS]["rowData"]] == ["Hall"]
    more = client.ask(f"{LOGISTICS}.rowData", stores({"cover_days": 60}))
    assert more[LOGISTICS]["rowData"][0]["use"] > plan[LOGISTICS]["rowData"][0]["use"]
    assert more[LOGISTICS]["rowData"][0]["extra"] > 0
    assert [trace["name"] for trace in plan[LOGISTICS_CHART]["figure"]["data"]] == ["Hall", "Limit", "Cost of overflow"]
    assert plan[LOGISTICS_NOTE]["children"] is None


def test_what_is_missing_says_which_table_brings_it(lone: PageClient) -> None:
    assert lone.ask(f"{SUPPLIERS}.rowData", stores())[SUPPLIERS]["rowData"] == []
    assert "supplier_deliveries" in str(lone.ask(f"{SUPPLIER_ANSWERS}.children", stores()))
    assert lone.ask(f"{SUPPLIER_TREND}.figure", {})[SUPPLIER_TREND]["figure"]["data"] == []
    assert "Load logistics" in str(lone.ask(f"{LOGISTICS}.rowData", stores())[LOGISTICS_STATE])
    items = lone.ask(f"{ITEMS}.rowData", stores())
    assert [row["sku"] for row in items[ITEMS]["rowData"]] == ["Lamps"]  # the family stands for its items
    assert "no reorder point" in str(lone.ask(f"{POLICY_ANSWERS}.children", stores()))
