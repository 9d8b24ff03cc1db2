"""Space, transport, materials, suppliers, shelf life and labour as arrays."""

import numpy as np
import pytest

from tests.worlds import inputs, two_products_one_press

KETTLES, LAMPS = 0, 1


def _found(plan_inputs, code):
    return [finding for finding in plan_inputs.findings if finding.kind.code == code]


def test_warehouses_are_one_space_and_their_last_month_goes_on():
    world = two_products_one_press()
    world["products"][0]["storage_per_unit"] = 0.5
    world["logistics"] = [
        {"month": "2026-04", "kind": "warehouse", "name": name, "capacity": space, "cost_per_unit": cost,
         "overflow_cost_per_unit": beyond}
        for name, space, cost, beyond in (("North", 300, 2.0, 9.0), ("South", 100, 4.0, 6.0))
    ]  # fmt: skip
    limits = inputs(world).limits
    assert limits.warehouse.names == ("North", "South")
    assert limits.warehouse.capacity[:3].tolist() == [400.0] * 3
    assert limits.warehouse.cost_per_unit[0] == 2.5  # (300·2 + 100·4) / 400
    assert limits.warehouse.overflow_cost_per_unit[0] == 6.0  # the cheaper of both
    assert limits.warehouse.use_per_unit[KETTLES] == 0.5
    assert np.isnan(limits.warehouse.use_per_unit[LAMPS])
    assert limits.transport.names == ()
    assert np.isnan(limits.transport.capacity).all()


def test_a_material_limits_the_families_that_use_it_in_the_months_given():
    world = two_products_one_press()
    world["materials"] = [{"material": "Steel", "month": "2026-05", "available_units": 70}]
    world["material_usage"] = [{"family": "Lamps", "material": "Steel", "units_per_unit": 1.5}]
    scarce = inputs(world).limits.scarce
    assert scarce.names == ("Steel",)
    assert scarce.keeps.tolist() == [True]
    assert scarce.units_per_unit.tolist() == [[0.0, 1.5]]
    assert scarce.available_units[0, 1] == 70.0
    assert np.isnan(scarce.available_units[0, 0])


def test_the_only_supplier_of_a_bought_family_limits_it_and_a_second_source_does_not():
    world = two_products_one_press()
    world["products"][1]["make_or_buy"] = "buy"
    world["resource_profile"] = world["resource_profile"][:1]
    world["suppliers"] = [{"supplier": "S1", "name": "Bright", "capacity_units_per_month": 90}]
    world["supplier_items"] = [{"supplier": "S1", "sku": "L1"}]
    scarce = inputs(world).limits.scarce
    assert (scarce.names, scarce.tables) == (("Bright",), ("suppliers",))
    assert scarce.available_units[0].tolist() == [90.0] * scarce.available_units.shape[1]
    assert scarce.units_per_unit.tolist() == [[0.0, 1.0]]
    assert scarce.keeps.tolist() == [False]
    world["supplier_items"].append({"supplier": "S2", "sku": "L1"})
    assert inputs(world).limits.scarce.names == ()


def test_shelf_life_is_that_of_the_items_that_have_one():
    world = two_products_one_press()
    world["products"][1]["shelf_life_months"] = 4
    life = inputs(world).limits.shelf_life_months
    assert np.isnan(life[KETTLES])
    assert life[LAMPS] == 4.0


def test_a_labour_pool_is_that_of_the_resource_of_its_name():
    world = two_products_one_press()
    world["labour"] = [
        {"pool": "Press", "month": "2026-04", "workers": 2, "hours_per_worker": 30, "hire_cost": 500},
        {"pool": "Press", "month": "2026-06", "workers": 5, "hours_per_worker": 30, "hire_cost": 600},
        {"pool": "Drivers", "month": "2026-04", "workers": 3, "hours_per_worker": 30},
    ]
    plan = inputs(world)
    assert plan.labour.hours[0, 3] == 60.0
    assert np.isnan(plan.labour.hours[0, 4])
    assert plan.labour.hours[0, 5:].tolist() == [150.0] * 4
    assert plan.labour.pools == ("Press",)
    assert plan.labour.hire_cost.tolist() == [600.0]
    assert [finding.place for finding in _found(plan, "labour-without-resource")] == ["Drivers"]


def test_without_the_tables_nothing_limits():
    plan = inputs(two_products_one_press())
    assert plan.labour is None
    assert plan.limits.scarce.names == ()
    assert np.isnan(plan.limits.shelf_life_months).all()
    assert plan.supply.backlog_cost_per_unit == pytest.approx([np.nan, np.nan], nan_ok=True)
