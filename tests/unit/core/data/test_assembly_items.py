"""Items, suppliers and logistics as arrays: what was given stands there, what was not is unknown."""

import math

import numpy as np
import pytest

from sop_dash.core.data.assembly.item_inputs import families_as_items, item_inputs
from sop_dash.core.data.assembly.opening import open_tables
from sop_dash.core.data.assembly.supply_base import logistics_inputs, supplier_inputs
from sop_dash.core.model.items import ItemInputs
from sop_dash.core.model.supply_base import LogisticsInputs, SupplierInputs
from tests.worlds import World, checked, inputs, sales_only, two_products_one_press


def items(world: World) -> ItemInputs:
    return item_inputs(open_tables(checked(world)), version="v")


def suppliers(world: World) -> SupplierInputs:
    return supplier_inputs(open_tables(checked(world)), version="v")


def logistics(world: World) -> LogisticsInputs:
    return logistics_inputs(open_tables(checked(world), 4), version="v")


def test_demand_stock_and_cost_of_every_item_stand_where_they_belong() -> None:
    world = two_products_one_press()
    world["inventory"][-2]["blocked_units"] = 5
    found = items(world)
    assert found.skus == ("K1", "L1")
    assert found.families == ("Kettles", "Lamps")
    assert found.demand_units.tolist() == [[150, 150, 150], [40, 40, 40]]  # 100 in the shop + 50 on the web
    assert found.on_hand_units.tolist() == [80, 10]
    assert found.saleable_units.tolist() == [75, 10]
    assert found.unit_cost.tolist() == [12, 30]
    assert np.isinf(found.months_left).all()
    assert np.isnan(found.on_order_units).all()
    assert np.isnan(found.order_cost).all()


def test_an_item_that_has_ended_has_no_saleable_stock_and_one_that_will_has_months_left() -> None:
    world = two_products_one_press()  # closed through March 2026
    world["products"][0]["end_month"] = "2026-03"
    world["products"][1]["end_month"] = "2026-06"
    found = items(world)
    assert found.ended.tolist() == [True, False]
    assert found.saleable_units.tolist() == [0, 10]
    assert found.months_left.tolist() == [0, 3]  # April, May, June


def test_a_lead_time_that_products_do_not_give_is_the_longest_of_the_suppliers() -> None:
    world = two_products_one_press()
    world["products"][0]["lead_time_days"] = 7
    world["suppliers"] = [{"supplier": "S1"}, {"supplier": "S2"}]
    world["supplier_items"] = [
        {"supplier": supplier, "sku": sku, "lead_time_days": days, "moq": moq, "units_on_order": 30}
        for supplier, sku, days, moq in (("S1", "K1", 40, 50), ("S1", "L1", 20, 50), ("S2", "L1", 35, 80))
    ]
    found = items(world)
    assert found.lead_time_days.tolist() == [7, 35]
    assert found.smallest_order.tolist() == [50, 50]
    assert found.on_order_units.tolist() == [30, 60]
    world["receipts"] = [{"month": "2026-04", "sku": "K1", "units": 12}]
    assert items(world).on_order_units.tolist() == [12, 0]  # receipts tell of all open orders


def test_what_customers_wanted_counts_not_what_was_shipped() -> None:
    world = two_products_one_press()
    for row in world["sales"]:
        row["unconstrained_units"] = row["units"] + 1
    assert items(world).demand_units.tolist() == [[152, 152, 152], [41, 41, 41]]


def test_a_company_without_items_has_its_families_in_their_place() -> None:
    world = sales_only({"Lamps": [1, 2, 3]})
    assert items(world).skus == ()
    found = families_as_items(inputs(world))
    assert found.skus == ("Lamps",)
    assert found.of_families
    assert found.demand_units.tolist() == [[1, 2, 3]]
    assert np.isnan(found.on_hand_units).all()
    assert np.isnan(found.on_order_units).all()


def test_rows_in_another_order_give_the_same_items() -> None:
    world = two_products_one_press()
    turned = {name: rows[::-1] for name, rows in world.items()}
    one, other = items(world), items(turned)
    assert one.skus == other.skus
    assert np.array_equal(one.demand_units, other.demand_units)
    assert np.array_equal(one.on_hand_units, other.on_hand_units)


def test_deliveries_stand_by_supplier_and_month() -> None:
    world = two_products_one_press()
    world["suppliers"] = [{"supplier": "S2", "name": "Second", "capacity_units_per_month": 100}]
    world["supplier_deliveries"] = [
        {"month": month, "supplier": "S1", "lines": 10, "on_time_lines": late, "ordered_units": 5, "value": 50}
        for month, late in (("2026-01", 9), ("2026-03", 7), ("2019-01", 1))
    ]
    found = suppliers(world)
    assert found.codes == ("S1", "S2")
    assert found.names == ("S1", "Second")
    assert found.deliveries.on_time_lines[0].tolist()[::2] == [9, 7]
    assert math.isnan(found.deliveries.on_time_lines[0, 1])
    assert np.isnan(found.deliveries.lines[1]).all()
    assert math.isnan(found.capacity_units_per_month[0])
    assert found.capacity_units_per_month[1] == 100


def test_materials_are_by_month_of_the_plan_and_by_family() -> None:
    world = two_products_one_press()
    world["suppliers"] = [{"supplier": "S1"}]
    world["materials"] = [{"material": "Steel", "month": "2026-05", "available_units": 70, "supplier": "S1"}]
    world["material_usage"] = [{"family": "Lamps", "material": "Steel", "units_per_unit": 1.5}]
    found = suppliers(world)
    assert found.materials == ("Steel",)
    assert found.material_supplier.tolist() == [0]
    assert found.material_units[0, 1] == 70
    assert math.isnan(found.material_units[0, 0])
    assert found.material_per_unit.tolist() == [[0, 1.5]]


def test_space_and_lanes_go_on_after_the_last_month_given() -> None:
    world = two_products_one_press()
    for product, space in zip(world["products"], (0.5, 2.0), strict=True):
        product["storage_per_unit"] = space
    world["logistics"] = [
        {"month": "2026-04", "kind": "Warehouse", "name": "Hall", "capacity": 300, "overflow_cost_per_unit": 4}
    ]
    found = logistics(world)
    assert (found.names, found.kinds) == (("Hall",), ("warehouse",))
    assert found.capacity.tolist() == [[300, 300, 300, 300]]
    assert np.isnan(found.cost_per_unit).all()
    assert found.storage_per_unit == pytest.approx([0.5, 2.0])
    assert np.isnan(found.transport_per_unit).all()


def test_without_their_tables_there_are_no_suppliers_and_no_limits() -> None:
    world = two_products_one_press()
    assert suppliers(world).codes == ()
    assert suppliers(world).deliveries.lines.shape == (0, 3)
    assert logistics(world).names == ()


BREAKS = [
    {"sku": "K1", "from_units": 500, "price": 11, "kind": "all_units"},
    {"sku": "K1", "from_units": 2000, "price": 10},
    {"sku": "L1", "from_units": 0, "price": 28, "kind": "incremental"},
    {"sku": "L1", "from_units": 100, "price": 27, "kind": "incremental"},
]


def test_price_breaks_stand_on_the_unit_cost_or_on_the_price_of_one_unit() -> None:
    ladders = items(two_products_one_press() | {"price_breaks": BREAKS}).price_ladders
    assert [(tier.smallest, tier.price) for tier in ladders[0].tiers] == [(0, 12), (500, 11), (2000, 10)]
    assert [(tier.smallest, tier.price) for tier in ladders[1].tiers] == [(0, 28), (100, 27)]
    assert (ladders[0].incremental, ladders[1].incremental) == (False, True)
    assert items(two_products_one_press()).price_ladders == {}


def test_a_break_that_is_no_lower_is_named_and_left_out() -> None:
    rows = [BREAKS[0], BREAKS[1] | {"price": 11}, {"sku": "L1", "from_units": 100, "price": 30}]
    world = two_products_one_press() | {"price_breaks": rows}
    (finding,) = [each for each in checked(world).findings if each.kind.code == "price-break-not-lower"]
    assert (finding.rows, finding.place) == ((3, 4), "price")  # 11 is no lower than 11, 30 no lower than the cost
    assert checked(world).accepted
    ladders = items(world).price_ladders
    assert [tier.price for tier in ladders[0].tiers] == [12, 11]
    assert list(ladders) == [0]


def test_two_kinds_of_breaks_for_one_item_are_refused() -> None:
    rows = [BREAKS[0], BREAKS[1] | {"kind": "incremental"}, *BREAKS[2:]]
    tables = checked(two_products_one_press() | {"price_breaks": rows})
    blocking = [(each.kind.code, each.rows) for each in tables.findings if each.blocks]
    assert blocking == [("price-breaks-of-two-kinds", (2, 3))]


def test_a_break_of_an_item_nobody_knows_is_named() -> None:
    world = two_products_one_press() | {"price_breaks": [{"sku": "X9", "from_units": 10, "price": 1}]}
    (finding,) = checked(world).findings
    assert (finding.kind.code, finding.table, finding.rows) == ("unknown-sku", "price_breaks", (2,))
    assert items(world).price_ladders == {}
