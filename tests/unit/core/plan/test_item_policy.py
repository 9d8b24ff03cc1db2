"""Items of a plan: their demand adds up to the consensus, and what the suppliers do to their stock is priced."""

from dataclasses import replace

import numpy as np
import pytest

from sop_dash.core.data.assembly.item_inputs import families_as_items, item_inputs
from sop_dash.core.data.assembly.opening import open_tables
from sop_dash.core.data.assembly.supply_base import supplier_inputs
from sop_dash.core.inventory.policy import item_policy
from sop_dash.core.model.periods import following
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.plan import prepare
from sop_dash.core.plan.item_policy import family_cover_service, item_demand, monthly_review
from sop_dash.core.plan.supplier_effects import MaterialLine, lead_time_effect, material_lines
from sop_dash.core.supply.suppliers import scorecard
from tests.worlds import World, checked, inputs, two_products_one_press

SETTINGS = PlanningSettings()


def two_kettles() -> World:
    """Two years of the tiny company with a second kettle that sells half of the first and ends in June."""
    world = two_products_one_press(24, first="2024-04")
    world["products"].append({**world["products"][0], "sku": "K2", "end_month": "2026-06"})
    world["sales"] += [{**row, "sku": "K2", "units": 50} for row in world["sales"] if row["channel"] == "web"]
    return world


def test_items_share_the_consensus_of_their_family_until_they_end() -> None:
    world = two_kettles()
    items = item_inputs(open_tables(checked(world), 6), version="v")
    consensus = np.stack([np.full(6, 400.0), np.full(6, 90.0)])  # twice what kettles sold
    demand = item_demand(items, consensus, SETTINGS)
    totals = np.zeros((2, 6))
    np.add.at(totals, items.family, demand.ahead)
    assert totals == pytest.approx(consensus)
    k1, k2, lamps = demand.ahead
    assert k1[:3] == pytest.approx(300.0)  # 150 of 200
    assert k2[:3] == pytest.approx(100.0)
    assert k1[3:] == pytest.approx(400.0)  # from July on alone
    assert k2[3:].tolist() == [0, 0, 0]
    assert lamps == pytest.approx(90.0)


def test_steady_items_are_forecast_without_error_and_need_no_safety_stock() -> None:
    world = two_kettles()
    for product in world["products"]:
        product["lead_time_days"] = 30
    items = item_inputs(open_tables(checked(world), 6), version="v")
    demand = item_demand(items, np.stack([np.full(6, 200.0), np.full(6, 40.0)]), SETTINGS)
    found = item_policy(items, demand, SETTINGS, 0.24)
    assert found.safety_stock == pytest.approx(0.0, abs=1e-6)
    assert found.xyz.tolist() == ["X", "X", "X"]


def test_a_company_without_items_gets_a_demand_of_no_items() -> None:
    world = two_products_one_press()
    world["sales"] = [{"month": "2026-01", "family": "Kettles", "units": 5, "net_revenue": 50}]
    del world["products"], world["inventory"], world["production"]
    items = item_inputs(open_tables(checked(world), 6), version="v")
    demand = item_demand(items, np.zeros((1, 6)), SETTINGS)
    assert demand.ahead.shape == (0, 6)
    assert item_policy(items, demand, SETTINGS, 0.2).order_now.tolist() == []


def test_families_are_looked_at_once_a_month_and_more_cover_gives_more_service() -> None:
    world = two_products_one_press(36, first="2023-04")
    for place, row in enumerate(world["sales"]):
        row["units"] += 7 * (place * place % 5)  # uneven months
    prepared = prepare(inputs(world))
    settings, items = monthly_review(prepared.settings), families_as_items(prepared.inputs)
    demand = item_demand(items, prepared.consensus.units.sum(axis=1), settings)
    families = item_policy(items, demand, settings, 0.2)
    assert (families.protection_months - families.lead_months).tolist() == pytest.approx([1.0, 1.0])
    few, many = (family_cover_service(prepared, families, days) for days in (1.0, 30.0))
    assert (few.cycle_ratio < many.cycle_ratio).all()
    assert (few.fill_ratio < many.fill_ratio).all()


def test_slower_deliveries_cost_safety_stock_in_the_bought_items_of_that_supplier_only() -> None:
    months = following("2024-04", 24)
    world = two_kettles()
    for product in world["products"]:
        product["make_or_buy"] = "buy" if product["family"] == "Kettles" else "make"
    world["suppliers"] = [{"supplier": "S1"}, {"supplier": "S2"}]
    world["supplier_items"] = [{"supplier": "S1", "sku": sku, "lead_time_days": 30} for sku in ("K1", "L1")]
    world["supplier_deliveries"] = [
        {"month": m, "supplier": s, "lines": 10, "average_lead_time_days": 30 + (s == "S1" and m in months[-6:]) * late}
        for m, late in zip(months, [0] * 18 + [6, 18, 6, 18, 6, 18], strict=True)
        for s in ("S1", "S2")
    ]
    opened = open_tables(checked(world), 12)
    items, card = item_inputs(opened, version="v"), scorecard(supplier_inputs(opened, version="v"))
    demand = item_demand(items, np.stack([np.full(12, 200.0), np.full(12, 40.0)]), SETTINGS)
    policy = item_policy(items, demand, SETTINGS, 0.24)
    effect = lead_time_effect(card, policy, demand, SETTINGS, 0.24)
    # K1 (150 a month, class A): z(0.98) · spread of 6.57 days in months · demand, at a cost of 12
    spread_months = np.sqrt(6 * 36 / 5) / (365 / 12)
    assert effect.value[0] == pytest.approx(2.053749 * spread_months * policy.year_units[0] / 12 * 12, rel=1e-4)
    assert np.isnan(effect.value[1])
    assert effect.families == (("Kettles",), ())


def test_material_left_over_serves_later_months_and_what_is_missing_is_counted() -> None:
    line = MaterialLine(
        name="Steel",
        supplier="",
        needed_units=np.array([50.0, 120.0, 90.0, 10.0]),
        available_units=np.array([100.0, 60.0, 80.0, np.nan]),
    )
    # 50 are left, then 10 are short, then 10 more; the last month has no limit
    assert line.short_units.tolist() == [0, 10, 10, 0]


def test_the_plan_asks_of_a_material_what_its_output_takes() -> None:
    world = two_kettles()
    world["suppliers"] = [{"supplier": "S1", "name": "Smith"}]
    world["materials"] = [{"material": "Steel", "month": "2026-04", "available_units": 70, "supplier": "S1"}]
    world["material_usage"] = [{"family": "Lamps", "material": "Steel", "units_per_unit": 1.5}]
    found = supplier_inputs(open_tables(checked(world), 2), version="v")
    lines = material_lines(found, np.array([[100.0, 100.0], [40.0, 60.0]]))
    assert [(line.name, line.supplier) for line in lines] == [("Steel", "Smith")]
    assert lines[0].needed_units.tolist() == [60, 90]


def test_a_policy_does_not_change_when_another_item_is_looked_at() -> None:
    items = item_inputs(open_tables(checked(two_kettles()), 6), version="v")
    demand = item_demand(items, np.stack([np.full(6, 200.0), np.full(6, 40.0)]), SETTINGS)
    costlier = replace(items, unit_cost=items.unit_cost * 2.0)
    one, other = (item_policy(each, demand, SETTINGS, 0.24) for each in (items, costlier))
    assert one.abc.tolist() == other.abc.tolist()
    assert one.reorder_point == pytest.approx(other.reorder_point, nan_ok=True)
