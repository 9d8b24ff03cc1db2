"""Prices, costs and budget: what holds when, and how items become families."""

import numpy as np
import pytest

from tests.worlds import inputs, sales_only, two_products_one_press

KETTLES, LAMPS = 0, 1
SHOP, WEB = 0, 1


def found(plan_inputs, code):
    return [finding for finding in plan_inputs.findings if finding.kind.code == code]


def two_kettles():
    """Kettles are K1 (150 a month, cost 12) and K2 (50 a month in the shop, cost 20, price 30)."""
    world = two_products_one_press(months=3)
    world["products"].append(world["products"][0] | {"sku": "K2", "unit_cost": 20})
    world["sales"] += [
        {"month": f"2026-0{month}", "sku": "K2", "channel": "shop", "units": 50, "net_revenue": 1500}
        for month in (1, 2, 3)
    ]
    return world


def test_past_prices_are_revenue_by_units_and_coming_ones_the_last_twelve_months():
    price = inputs(two_kettles()).money.price
    assert price[KETTLES, SHOP, 0] == pytest.approx(3500 / 150)  # (100·20 + 50·30) / 150
    assert price[KETTLES, SHOP, -1] == pytest.approx(3500 / 150)
    assert price[KETTLES, WEB, -1] == pytest.approx(20.0)


def test_a_price_assumed_from_achieved_revenue_is_told():
    (finding,) = found(inputs(two_products_one_press()), "assumed-price")
    assert finding.count == 3  # Kettles in two channels, Lamps in one
    assert finding.detail == "It is net revenue ÷ units of the last 12 months."


def test_a_family_a_channel_never_sold_has_no_price():
    assert np.isnan(inputs(two_products_one_press()).money.price[LAMPS, WEB]).all()


def test_the_price_list_holds_from_its_date_less_the_usual_discount():
    world = two_products_one_press(months=3)
    for row in world["sales"]:
        row["discount"] = row["net_revenue"] / 9  # 10 % of revenue before discount
    world["prices"] = [
        {"sku": "K1", "valid_from": "2026-01", "channel": "shop", "price": 22},
        {"sku": "K1", "valid_from": "2026-06", "channel": "shop", "price": 30},
        {"family": "Lamps", "valid_from": "2026-02", "price": 60},
    ]
    price = inputs(world, horizon_months=4).money.price  # 2026-04 … 2026-07
    assert price[KETTLES, SHOP, 3:] == pytest.approx([19.8, 19.8, 27.0, 27.0])  # 22 and 30, less 10 %
    assert price[LAMPS, SHOP, 3:] == pytest.approx([54.0] * 4)
    assert price[KETTLES, WEB, 3:] == pytest.approx([20.0] * 4)  # no list: last 12 months


def test_a_list_for_all_channels_yields_to_one_for_the_channel():
    world = two_products_one_press()
    world["prices"] = [
        {"sku": "K1", "valid_from": "2026-01", "price": 25},
        {"sku": "K1", "valid_from": "2026-01", "channel": "web", "price": 18},
    ]
    assert inputs(world).money.price[KETTLES, :, -1].tolist() == [25.0, 18.0]


def test_without_revenue_the_list_price_of_products_is_taken_and_told():
    world = two_products_one_press()
    for row in world["sales"]:
        del row["net_revenue"]
    plan = inputs(world)
    assert plan.money.price[KETTLES, SHOP, -1] == 20.0
    assert np.isnan(plan.money.price[:, :, :3]).all()
    assert found(plan, "assumed-price")[0].detail == "It is the list price in products."


def lamps_without_revenue():
    world = two_products_one_press()
    for row in world["sales"]:
        if row["sku"] == "L1":
            del row["net_revenue"]
    return world


def test_a_family_without_revenue_takes_its_list_price_though_others_have_revenue():
    plan = inputs(lamps_without_revenue())
    assert plan.money.price[LAMPS, SHOP, -1] == 50.0
    assert plan.money.price[KETTLES, SHOP, -1] == 20.0
    assert [(f.detail, f.count) for f in found(plan, "assumed-price")] == [
        ("It is net revenue ÷ units of the last 12 months.", 2),
        ("It is the list price in products.", 1),
    ]
    assert found(plan, "zero-price") == []


def test_a_family_without_revenue_and_without_a_list_price_has_an_unknown_price_not_zero():
    world = lamps_without_revenue()
    del world["products"][LAMPS]["unit_price"]
    plan = inputs(world)
    assert np.isnan(plan.money.price[LAMPS, SHOP]).all()
    assert found(plan, "zero-price") == []
    assert [f.place for f in found(plan, "price-unknown")] == ["Lamps, shop"]


def test_months_whose_revenue_is_missing_do_not_lower_the_price():
    world = two_products_one_press(6)
    for row in world["sales"]:
        if row["sku"] == "L1" and row["month"] in ("2026-02", "2026-03"):
            del row["net_revenue"]
    assert inputs(world).money.price[LAMPS, SHOP, -1] == 50.0  # 4 × 2000 over 4 × 40, not over 6 × 40


def test_costs_mix_by_the_units_of_the_items():
    cost = inputs(two_kettles()).money.unit_cost
    assert cost[KETTLES] == pytest.approx([14.0] * 9)  # (150·12 + 50·20) / 200


def test_a_new_cost_holds_from_its_month():
    world = two_products_one_press(months=3)
    world["prices"] = [{"sku": "K1", "valid_from": "2026-03", "unit_cost": 13}]
    cost = inputs(world, horizon_months=1).money.unit_cost
    assert cost[KETTLES].tolist() == [12.0, 12.0, 13.0, 13.0]


def test_items_no_longer_sold_do_not_weigh_in_coming_months():
    world = two_kettles()
    world["products"][2]["end_month"] = "2026-03"
    cost = inputs(world).money.unit_cost
    assert cost[KETTLES, 0] == pytest.approx(14.0)
    assert cost[KETTLES, -1] == pytest.approx(12.0)


def test_a_missing_cost_is_unknown_and_told_with_the_revenue_at_stake():
    world = two_products_one_press(months=3)
    world["products"][1]["unit_cost"] = ""
    plan = inputs(world)
    assert np.isnan(plan.money.unit_cost[LAMPS]).all()
    (finding,) = found(plan, "cost-unknown")
    assert (finding.place, finding.value) == ("Lamps", 6000.0)  # 3 months × 40 × 50


def test_no_costs_at_all_are_one_finding():
    (finding,) = found(inputs(sales_only({"A": [1, 2], "B": [3, 4]}, price=2.0)), "cost-unknown")
    assert (finding.count, finding.place, finding.value) == (2, "", 20.0)


def test_a_cost_of_zero_is_told():
    world = two_products_one_press()
    world["products"][0]["unit_cost"] = 0
    assert [finding.place for finding in found(inputs(world), "zero-cost")] == ["Kettles"]


def test_the_avoidable_share_is_mixed_like_costs():
    world = two_kettles()
    world["products"][0]["avoidable_cost_ratio"] = 0.8
    world["products"][2]["avoidable_cost_ratio"] = 0.6
    ratio = inputs(world).money.avoidable_cost_ratio
    assert ratio[KETTLES] == pytest.approx(0.75)  # (150·0.8 + 50·0.6) / 200
    assert np.isnan(ratio[LAMPS])


def test_a_budget_by_family_and_channel_stays_where_it_is_given():
    money = inputs(two_products_one_press()).money
    assert money.budget_units[KETTLES, SHOP].tolist() == [110.0] * 9
    assert np.isnan(money.budget_units[KETTLES, WEB]).all()
    assert np.isnan(money.budget_margin_value).all()


def test_a_budget_by_category_is_spread_by_revenue_and_told():
    world = two_products_one_press()
    world["budget"] = [{"month": "2026-04", "category": "Home", "revenue": 5000, "inventory_value": 700}]
    plan = inputs(world)
    spread = plan.money.budget_revenue_value[:, :, 3]
    # last 12 months: Kettles shop 2000, web 1000, Lamps shop 2000 a month, of 5000
    assert spread.tolist() == [[2000.0, 1000.0], [2000.0, 0.0]]
    assert plan.money.budget_inventory_value[3] == 700.0
    assert np.isnan(plan.money.budget_inventory_value[4])
    assert [finding.count for finding in found(plan, "budget-spread")] == [1]


def test_a_budget_that_ends_before_the_plan_says_when():
    plan = inputs(two_products_one_press(), horizon_months=12)
    (finding,) = found(plan, "budget-ends")
    assert (finding.detail, finding.count) == ("The last month is Sep 26.", 6)
