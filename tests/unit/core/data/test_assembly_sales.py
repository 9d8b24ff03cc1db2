"""Sales and axes: families, channels, months, and what is zero and what is unknown."""

import numpy as np
import pytest

from sop_dash.core.data import build_inputs
from sop_dash.core.model.errors import NoSales
from tests.worlds import checked, inputs, sales_only, two_products_one_press


def found(plan_inputs, code):
    return [finding for finding in plan_inputs.findings if finding.kind.code == code]


def test_sales_alone_make_inputs():
    plan = inputs(sales_only({"Kettles": [5, 6], "Lamps": [1, 2]}), horizon_months=3)
    assert plan.grain.families == ("Kettles", "Lamps")
    assert plan.grain.channels == ("all",)
    assert plan.grain.resources == ()
    assert plan.grain.history == ("2026-01", "2026-02")
    assert plan.grain.horizon == ("2026-03", "2026-04", "2026-05")
    assert plan.grain.made == (False, False)
    assert plan.sales.units.tolist() == [[[5.0, 6.0]], [[1.0, 2.0]]]
    assert plan.sales.demand_units.tolist() == plan.sales.units.tolist()
    assert plan.supply.available_hours.shape == (0, 5)
    for unknown in (plan.money.unit_cost, plan.stock.saleable_units, plan.money.price, plan.stock.receipts_units):
        assert np.isnan(unknown).all()


def test_what_is_missing_names_the_table_that_would_bring_it():
    absent = dict(inputs(sales_only({"Kettles": [5, 6]})).absent)
    assert absent["stock"] == "No stock: bring inventory with the closing units of each month."
    assert {"budget", "routing", "capacity", "receipts", "revenue", "costs", "opening cash"} <= set(absent)
    assert "stock" not in dict(inputs(two_products_one_press()).absent)


def test_families_stand_by_category_and_name():
    world = two_products_one_press()
    world["products"][0]["category"] = "Warm"
    world["products"][1]["category"] = "Bright"
    assert inputs(world).grain.families == ("Lamps", "Kettles")
    assert inputs(world).grain.categories == ("Bright", "Warm")


def test_months_before_the_first_sale_are_unknown_and_later_ones_without_sales_are_zero():
    world = sales_only({"A": [1, 2, 3, 4], "B": [7]}, first="2026-01")
    world["sales"][-1]["month"] = "2026-02"
    units = inputs(world).sales.units[1, 0]
    assert np.isnan(units[0])
    assert units[1:].tolist() == [7.0, 0.0, 0.0]


def test_a_month_nobody_has_rows_for_is_unknown_and_told():
    world = sales_only({"A": [1, 2, 3]})
    del world["sales"][1]
    plan = inputs(world)
    assert np.isnan(plan.sales.units[0, 0, 1])
    assert [finding.place for finding in found(plan, "gap-in-history")] == ["Feb 26"]


def test_a_steady_family_that_suddenly_has_no_row_is_told():
    world = sales_only({"A": [1] * 24, "B": [1] * 24})
    del world["sales"][12]
    plan = inputs(world)
    assert [finding.place for finding in found(plan, "gap-in-history")] == ["A, Jan 27"]
    assert plan.sales.units[0, 0, 12] == 0.0


def test_regions_and_items_add_up_to_family_and_channel():
    world = two_products_one_press(months=1)
    world["sales"].append(world["sales"][0] | {"region": "north", "units": 11})
    assert inputs(world).sales.units[0, :, 0].tolist() == [111.0, 50.0]  # shop 100 + 11, web 50


def test_unconstrained_demand_counts_where_it_is_given():
    world = sales_only({"A": [10, 20]})
    world["sales"][1]["unconstrained_units"] = 26
    plan = inputs(world)
    assert plan.sales.demand_units[0, 0].tolist() == [10.0, 26.0]
    assert plan.sales.units[0, 0].tolist() == [10.0, 20.0]


def test_a_cell_with_one_row_without_revenue_has_unknown_revenue():
    world = sales_only({"A": [10, 20]}, price=3.0)
    world["sales"].append({"month": "2026-02", "family": "A", "units": 5, "region": "south"})
    plan = inputs(world)
    assert plan.sales.net_revenue_value[0, 0, 0] == 30.0
    assert np.isnan(plan.sales.net_revenue_value[0, 0, 1])
    assert [finding.rows for finding in found(plan, "missing-revenue")] == [(4,)]


def test_an_optional_column_left_blank_counts_as_none_when_others_fill_it():
    world = sales_only({"A": [10, 20]})
    assert np.isnan(inputs(world).sales.returned_units).all()
    world["sales"][0]["returned_units"] = 2
    assert inputs(world).sales.returned_units[0, 0].tolist() == [2.0, 0.0]


def test_sales_without_a_channel_stand_apart_when_others_have_one():
    world = two_products_one_press(months=1)
    world["sales"].append({"month": "2026-01", "sku": "L1", "units": 3, "net_revenue": 150})
    plan = inputs(world)
    assert plan.grain.channels == ("shop", "web", "Unassigned")
    assert plan.sales.units[1, :, 0].tolist() == [40.0, 0.0, 3.0]
    assert [finding.rows for finding in found(plan, "channel-missing")] == [(5,)]


def test_the_companys_closing_month_decides_and_later_sales_are_left_out():
    world = two_products_one_press(months=3)
    world["company"][0]["data_through_month"] = "2026-02"
    plan = inputs(world)
    assert plan.grain.history[-1] == "2026-02"
    assert plan.grain.cycle == "2026-03"
    (finding,) = found(plan, "partial-month")
    assert (finding.rows, finding.value) == ((8, 9, 10), 5000.0)  # 100·20 + 50·20 + 40·50


def test_a_last_month_under_half_of_the_one_before_is_in_progress():
    plan = inputs(sales_only({"A": [10, 10, 4]}))
    assert plan.company.data_through_month == "2026-02"
    assert found(plan, "assumed-close")[0].detail == "Taken as Feb 26."
    assert inputs(sales_only({"A": [10, 10, 5]})).company.data_through_month == "2026-03"


def test_a_quiet_season_is_no_month_in_progress():
    year = [10, 4, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10]
    assert inputs(sales_only({"A": [*year, 10, 4]})).company.data_through_month == "2027-02"


def test_items_without_families_are_grouped_beyond_forty():
    rows = [{"month": "2026-01", "sku": f"S{number:02d}", "units": number} for number in range(1, 51)]
    families = inputs({"sales": rows}).grain.families
    assert len(families) == 40
    assert "S50" in families
    assert "S11" not in families  # the 39 largest are S12 … S50
    assert families[0] == "Other items"


def test_a_family_only_others_know_is_not_planned_but_a_coming_launch_is():
    world = two_products_one_press()
    part = {"sku": "P1", "family": "Parts", "category": "Home", "unit_cost": 1}
    world["products"].append(part)
    world["inventory"].append({"month": "2026-03", "sku": "P1", "closing_units": 9})
    plan = inputs(world)
    assert plan.grain.families == ("Kettles", "Lamps")
    assert [(finding.table, finding.rows) for finding in found(plan, "never-sold")] == [("inventory", (8,))]
    part["launch_month"] = "2026-05"
    assert inputs(world).grain.families == ("Kettles", "Lamps", "Parts")


def test_without_a_usable_month_there_is_nothing_to_plan():
    world = two_products_one_press()
    world["company"][0]["data_through_month"] = "2025-12"
    with pytest.raises(NoSales):
        build_inputs(checked(world), version="v")
    with pytest.raises(NoSales):
        build_inputs(checked({}), version="v")


def test_the_company_is_taken_over_and_unknown_figures_stay_unknown():
    company = inputs(two_products_one_press()).company
    assert (company.name, company.currency, company.opening_cash) == ("Two Products", "EUR", 1000.0)
    assert company.tax_ratio is None
    assert inputs(sales_only({"A": [1, 2]})).company.name == "Your company"
