"""The real sample company through import: what it has is kept to the cent, what it lacks stays unknown."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from sop_dash.adapters.files import read_folder
from sop_dash.core.data import build_inputs, content_version, read_tables
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.model.tables import TABLES
from sop_dash.core.plan import plan, prepare
from tests.sample_company import sample_folder, sample_tables
from tests.sample_company.__main__ import main


@pytest.fixture(scope="module")
def folder(sample_data, tmp_path_factory):
    """The sample as a folder of contract tables."""
    assert sample_data.is_dir()
    target = tmp_path_factory.mktemp("sample")
    assert main([str(target)]) == 0
    return target


@pytest.fixture(scope="module")
def plan_inputs(folder):
    contents = read_folder(folder)
    tables = read_tables(contents.tables, found=contents.findings)
    assert tables.accepted, [finding for finding in tables.findings if finding.blocks]
    return build_inputs(tables, version=content_version(tables), example=True)


@cache
def source(name):
    return pd.read_csv(sample_folder() / f"{name}.csv", dtype={"sku": str}, keep_default_na=False, na_values=[""])


def test_there_are_35_families_of_which_11_have_a_routing_and_22_are_bought(plan_inputs):
    grain = plan_inputs.grain
    assert len(grain.families) == 35
    assert grain.channels == ("Internet", "Reseller")
    assert sum(grain.made) == plan_inputs.known_routing.sum() == 11
    products = source("products").query("is_sold == 1")
    made = set(products[products["make_or_buy"] == "make"]["subcategory"])
    assert len(set(grain.families) - made) == 22
    assert sorted(made - {f for f, m in zip(grain.families, grain.made, strict=True) if m}) == ["Forks", "Headsets"]


def test_units_and_revenue_are_those_of_the_source(plan_inputs):
    sales = source("sales_monthly_sku")
    assert np.nansum(plan_inputs.sales.units) == sales["units"].sum()
    assert np.nansum(plan_inputs.sales.net_revenue_value) == pytest.approx(sales["net_revenue_usd"].sum(), rel=1e-12)


def test_family_totals_are_those_the_source_adds_up_itself(plan_inputs):
    family = source("sales_monthly_family").groupby("subcategory")[["units", "net_revenue_usd"]].sum()
    names = list(plan_inputs.grain.families)
    units = np.nansum(plan_inputs.sales.units, axis=(1, 2))
    revenue = np.nansum(plan_inputs.sales.net_revenue_value, axis=(1, 2))
    assert units.tolist() == family["units"].reindex(names).tolist()
    assert revenue == pytest.approx(family["net_revenue_usd"].reindex(names).to_numpy(), abs=1.0)


def test_the_planned_price_is_revenue_by_units_of_the_last_twelve_months(plan_inputs):
    last = source("sales_monthly_family").query("month >= '2025-07'")
    bikes = last[(last["subcategory"] == "Road Bikes") & (last["channel"] == "Reseller")]
    family = plan_inputs.grain.families.index("Road Bikes")
    expected = bikes["net_revenue_usd"].sum() / bikes["units"].sum()
    assert plan_inputs.money.price[family, 1, -1] == pytest.approx(expected)


def test_standard_cost_of_the_past_is_close_to_what_the_source_booked(plan_inputs):
    booked = source("sales_monthly_sku")["standard_cost_usd"].sum()
    history = len(plan_inputs.grain.history)
    cogs = np.nansum(plan_inputs.money.unit_cost[:, None, :history] * plan_inputs.sales.units)
    assert cogs == pytest.approx(booked, rel=0.01)


def test_only_stock_of_items_still_sold_is_saleable(plan_inputs):
    stock = plan_inputs.stock
    active = source("products").query("is_sold == 1 and sell_end_date.isna()")["sku"]
    made = source("inventory_monthly_sku").query("month == '2026-06'").set_index("sku")["closing_units"]
    count = source("inventory_snapshot").groupby("sku")["on_hand_units"].sum()
    ever_made = set(source("inventory_monthly_sku")["sku"])
    expected = sum(made.get(sku, 0) if sku in ever_made else count.get(sku, 0) for sku in active)
    assert np.nansum(stock.saleable_units) == expected
    assert stock.discontinued_units.sum() > 0


def test_open_purchase_units_are_receipts(plan_inputs):
    lines = source("vendor_products")
    lines = lines[lines["sku"].isin(set(source("sales_monthly_sku")["sku"]))]
    pieces = (lines["on_order_units"] * lines["uom"].map({"EA": 1, "DZ": 12})).sum()
    assert plan_inputs.stock.receipts_units.sum() == pieces


def test_hours_are_availability_times_calendar_days_and_go_on_over_the_horizon(plan_inputs):
    supply, grain = plan_inputs.supply, plan_inputs.grain
    centre = source("workcenter_load_monthly").query("work_center == 'Final Assembly'")
    per_day = centre["availability_hours_source"].iloc[0]
    row = supply.available_hours[grain.resources.index("Final Assembly")]
    days = [pd.Period(month, "M").days_in_month for month in grain.calendar]
    assert row == pytest.approx([per_day * count for count in days], rel=0.05)  # 29 Feb 2024 is 28 in the source
    assert row[grain.calendar.index("2027-02")] == per_day * 28


def test_what_the_sample_lacks_is_unknown_and_said(plan_inputs):
    absent = dict(plan_inputs.absent)
    assert {"backlog", "forecast snapshots", "supply options", "opening cash", "cancelled orders", "returns"} <= set(
        absent
    )
    assert np.isnan(plan_inputs.stock.backlog_units).all()
    assert np.isnan(plan_inputs.money.budget_units).all()
    history = len(plan_inputs.grain.history)
    assert np.isnan(plan_inputs.money.budget_revenue_value[:, :, history:]).all()
    assert plan_inputs.service.otif_constant
    codes = {finding.kind.code for finding in plan_inputs.findings}
    assert {"budget-ends", "constant-service", "discontinued-stock", "assumed-hours", "missing-routing"} <= codes


def test_every_table_and_column_is_one_of_the_contract(sample_data):
    assert sample_data.is_dir()
    for name, table in sample_tables(sample_folder()).items():
        assert set(table.columns) <= set(TABLES[name].names), name
        assert len(table), name


def test_bought_families_are_planned_as_receipts_and_dead_stock_serves_no_demand(plan_inputs):
    ready = prepare(plan_inputs, (), (), PlanningSettings())
    result, grain = plan(ready), plan_inputs.grain
    supply, made = result.supply, np.asarray(grain.made)
    usage = np.nan_to_num(plan_inputs.supply.hours_per_unit)
    assert supply.make[~made].sum() > 0.0  # what the plan orders of bought families
    assert supply.overtime_units[~made].sum() == pytest.approx(0.0, abs=1e-6)
    assert supply.hours_used == pytest.approx(usage[:, made] @ supply.make[made], rel=1e-6, abs=1e-6)
    # an order placed now arrives after its lead time: no sooner than after the locked month
    lead = np.ceil(np.nan_to_num(plan_inputs.supply.lead_time_months)).astype(int)
    for family in np.flatnonzero(~made):
        assert supply.make[family, : lead[family]] == pytest.approx(0.0, abs=1e-6), grain.families[family]
    saleable, dead = np.nan_to_num(plan_inputs.stock.saleable_units), plan_inputs.stock.discontinued_units
    arrived = (supply.make + supply.outsource + supply.receipts - supply.shipped.sum(axis=1)).cumsum(axis=1)
    known = ~np.isnan(plan_inputs.stock.saleable_units)
    assert supply.closing[known] == pytest.approx((saleable[:, None] + arrived)[known], abs=1e-3)
    assert np.nansum(dead) > 0.0
