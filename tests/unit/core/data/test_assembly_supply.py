"""Stock, production, resources and service as arrays."""

import numpy as np
import pytest

from sop_dash.core.data.assembly.resources import continued
from tests.worlds import inputs, sales_only, two_products_one_press

KETTLES, LAMPS = 0, 1


def found(plan_inputs, code):
    return [finding for finding in plan_inputs.findings if finding.kind.code == code]


def test_stock_is_counted_by_family_and_valued_at_cost():
    stock = inputs(two_products_one_press()).stock
    assert stock.closing_units.tolist() == [[80.0] * 3, [10.0] * 3]
    assert stock.closing_value.tolist() == [[960.0] * 3, [300.0] * 3]  # 80·12 and 10·30
    assert stock.saleable_units.tolist() == [80.0, 10.0]


def test_the_cost_in_inventory_wins_over_the_one_in_products():
    world = two_products_one_press(months=1)
    world["inventory"][0]["unit_cost"] = 15
    assert inputs(world).stock.closing_value[KETTLES, 0] == 1200.0  # 80·15


def test_blocked_and_discontinued_stock_are_not_saleable():
    world = two_products_one_press(months=1)
    world["inventory"][0]["blocked_units"] = 30
    world["products"].append(world["products"][0] | {"sku": "K0", "end_month": "2025-12"})
    world["inventory"].append({"month": "2026-01", "sku": "K0", "closing_units": 7})
    plan = inputs(world)
    assert plan.stock.saleable_units[KETTLES] == 50.0  # 80 − 30
    assert plan.stock.blocked_units[KETTLES] == 30.0
    assert plan.stock.discontinued_units[KETTLES] == 7.0
    assert plan.stock.closing_units[KETTLES, 0] == 87.0
    (finding,) = found(plan, "discontinued-stock")
    assert (finding.rows, finding.value) == ((4,), 84.0)  # 7·12


def test_stock_given_by_family_is_saleable():
    world = sales_only({"A": [5, 6]})
    world["inventory"] = [{"month": "2026-02", "family": "A", "closing_units": 9}]
    assert inputs(world).stock.saleable_units.tolist() == [9.0]


def test_negative_stock_opens_with_nothing():
    world = two_products_one_press(months=1)
    world["inventory"][0]["closing_units"] = -5
    stock = inputs(world).stock
    assert stock.closing_units[KETTLES, 0] == -5.0
    assert stock.saleable_units[KETTLES] == 0.0


def test_a_family_that_was_not_counted_has_unknown_stock():
    world = two_products_one_press(months=1)
    del world["inventory"][1]
    plan = inputs(world)
    assert np.isnan(plan.stock.saleable_units[LAMPS])
    assert [finding.place for finding in found(plan, "stock-unknown")] == ["Lamps, Jan 26"]


def test_open_orders_stand_in_the_month_they_are_due_and_late_ones_in_the_first():
    world = two_products_one_press()
    world["receipts"] = [
        {"month": "2026-02", "sku": "K1", "units": 3},
        {"month": "2026-05", "sku": "K1", "units": 10},
        {"month": "2026-05", "family": "Kettles", "units": 4},
    ]
    plan = inputs(world)
    assert plan.stock.receipts_units[KETTLES, :3].tolist() == [3.0, 14.0, 0.0]
    assert plan.stock.receipts_units[LAMPS].sum() == 0.0
    assert [finding.rows for finding in found(plan, "overdue-receipts")] == [(2,)]


def test_backlog_is_what_is_past_due():
    world = two_products_one_press()
    world["backlog"] = [
        {"month": "2026-03", "sku": "K1", "units": 6},
        {"month": "2026-04", "sku": "K1", "units": 100},
    ]
    assert inputs(world).stock.backlog_units.tolist() == [6.0, 0.0]


def test_production_of_coming_months_is_the_released_plan():
    world = two_products_one_press()
    world["production"].append({"month": "2026-04", "sku": "K1", "planned_units": 160})
    supply = inputs(world, horizon_months=2).supply
    assert supply.actual_units[KETTLES].tolist() == [150.0] * 3
    assert supply.released_units[KETTLES, 0] == 160.0
    assert np.isnan(supply.released_units[KETTLES, 1])
    assert np.isnan(supply.released_units[LAMPS]).all()


def test_a_missing_month_of_production_is_unknown_and_told_with_its_worth():
    world = two_products_one_press()
    world["production"] = [row for row in world["production"] if (row["month"], row["sku"]) != ("2026-02", "K1")]
    plan = inputs(world)
    assert np.isnan(plan.supply.actual_units[KETTLES, 1])
    (finding,) = found(plan, "gap-in-production")
    assert (finding.place, finding.value) == ("Kettles, Feb 26", 1800.0)  # 150 × 12


def test_hours_go_on_as_last_given_and_that_is_told():
    plan = inputs(two_products_one_press(), horizon_months=2)
    assert plan.supply.available_hours.tolist() == [[100.0] * 5]
    assert plan.supply.overtime_max_ratio.tolist() == [[0.2] * 5]
    assert plan.supply.used_hours.tolist() == [[95.0] * 3]
    assert plan.supply.capacity_lead_time_months.tolist() == [2.0]
    assert np.isnan(plan.supply.changeover_ratio).all()
    assert [finding.count for finding in found(plan, "assumed-hours")] == [2]


def test_hours_go_on_like_the_year_before_where_there_is_one():
    year = np.array([[float(month) for month in range(1, 13)] + [np.nan] * 14])
    assert continued(year)[0, 12:].tolist() == [*range(1, 13), 1.0, 2.0]
    gap = np.array([[np.nan, 5.0, np.nan, 7.0, np.nan]])
    assert np.array_equal(continued(gap), [[np.nan, 5.0, np.nan, 7.0, 7.0]], equal_nan=True)
    assert np.isnan(continued(np.full((1, 3), np.nan))).all()


def test_routing_tells_what_is_made():
    plan = inputs(two_products_one_press())
    assert plan.supply.hours_per_unit.tolist() == [[0.5, 0.5]]
    assert plan.grain.made == (True, True)
    assert plan.known_routing.tolist() == [True, True]


def test_a_made_family_without_routing_is_told():
    world = two_products_one_press()
    del world["resource_profile"][1]
    plan = inputs(world)
    assert plan.known_routing.tolist() == [True, False]
    assert plan.grain.made == (True, False)
    assert [finding.place for finding in found(plan, "missing-routing")] == ["Lamps"]


def test_a_bought_family_has_a_lead_time_in_months_and_a_smallest_order():
    world = two_products_one_press()
    world["products"][1] |= {"make_or_buy": "buy", "lead_time_days": 55, "moq": 300}
    world["products"].append(world["products"][1] | {"sku": "L2", "lead_time_days": 55, "moq": 200})
    del world["resource_profile"][1]
    plan = inputs(world)
    assert plan.grain.made == (True, False)
    assert plan.supply.lead_time_months.tolist() == [0.0, 2.0]  # 55 days are 1.8 months
    assert plan.supply.moq_units[LAMPS] == 200.0
    assert np.isnan(plan.supply.moq_units[KETTLES])
    assert not found(plan, "missing-routing")


def test_a_resource_only_the_routing_names_has_unknown_hours():
    world = two_products_one_press()
    world["resource_profile"].append({"family": "Lamps", "resource": "Kiln", "hours_per_unit": 1})
    plan = inputs(world)
    assert plan.grain.resources == ("Kiln", "Press")
    assert np.isnan(plan.supply.available_hours[0]).all()
    assert [finding.table for finding in found(plan, "capacity-unknown")] == ["resource_profile"]


def test_options_stand_with_their_family():
    supply = inputs(two_products_one_press()).supply
    assert supply.outsource_max_units[KETTLES] == 20.0
    assert np.isnan(supply.outsource_max_units[LAMPS])
    assert np.isnan(supply.goodwill_per_unit).all()


def test_capacity_in_units_is_read_for_coming_months():
    world = two_products_one_press()
    world["capacity"] = [{"family": "Lamps", "month": "2026-05", "available_units": 44}]
    capacity = inputs(world).supply.family_capacity_units
    assert capacity[LAMPS, 1] == 44.0
    assert np.isnan(capacity).sum() == capacity.size - 1


def test_service_adds_up_and_a_constant_share_is_not_informative():
    world = two_products_one_press()
    world["service"] = [
        {"month": f"2026-0{month}", "channel": channel, "lines_due": due, "on_time_promised": due}
        for month in (1, 2, 3)
        for channel, due in (("shop", 10 * month), ("web", 5))
    ]
    plan = inputs(world)
    assert plan.service.lines_due.tolist() == [15.0, 25.0, 35.0]
    assert np.isnan(plan.service.on_time_in_full).all()
    assert plan.service.otif_constant
    assert [finding.table for finding in found(plan, "constant-service")] == ["service"]
    world["service"][0]["on_time_promised"] = 9
    assert not inputs(world).service.otif_constant


def test_the_satisfaction_score_is_weighted_by_lines():
    world = two_products_one_press(months=1)
    world["service"] = [
        {"month": "2026-01", "channel": "shop", "lines_due": 30, "satisfaction_score": 4},
        {"month": "2026-01", "channel": "web", "lines_due": 10, "satisfaction_score": 2},
    ]
    assert inputs(world).service.satisfaction_score.tolist() == [pytest.approx(3.5)]  # (30·4 + 10·2) / 40


def test_frozen_forecasts_add_up_over_channels_and_items():
    world = two_products_one_press()
    row = {"cycle": "2026-02", "month": "2026-03", "step": "sales", "units": 60}
    world["forecasts"] = [row | {"sku": "K1", "channel": "shop"}, row | {"sku": "K1", "channel": "web"}]
    snapshots = inputs(world).snapshots
    assert (snapshots.cycles, snapshots.months, snapshots.families) == (("2026-02",), ("2026-03",), (KETTLES,))
    assert snapshots.units.tolist() == [120.0]


def test_months_before_the_first_sale_are_left_out_and_told():
    world = two_products_one_press()
    world["inventory"].append({"month": "2025-12", "sku": "K1", "closing_units": 5})
    assert [(f.table, f.rows) for f in found(inputs(world), "outside-calendar")] == [("inventory", (8,))]
