"""The shipped company through import: accepted, complete, and with the faults a planner would meet."""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sop_dash.adapters.files import read_folder
from sop_dash.core.data import build_inputs, content_version, read_tables

FOLDER = Path(__file__).parents[2] / "data" / "brightwater"


@cache
def tables():
    contents = read_folder(FOLDER)
    return read_tables(contents.tables, found=contents.findings)


@cache
def plan_inputs():
    return build_inputs(tables(), version=content_version(tables()), example=True)


@cache
def source(name):
    return pd.read_csv(FOLDER / f"{name}.csv", dtype={"month": str, "sku": str})


def test_it_is_accepted_and_all_families_channels_and_resources_are_there():
    assert tables().accepted
    grain = plan_inputs().grain
    assert (len(grain.families), len(grain.category_names), len(grain.channels), len(grain.resources)) == (12, 4, 3, 7)
    assert (grain.history[0], grain.history[-1], grain.cycle) == ("2022-11", "2026-10", "2026-11")
    assert sum(grain.made) == 9  # headphones, filters and pods are bought


def test_units_and_revenue_of_closed_months_are_those_of_the_file():
    closed = source("sales")[source("sales")["month"] <= "2026-10"]
    sales = plan_inputs().sales
    assert np.nansum(sales.units) == pytest.approx(closed["units"].sum(), rel=1e-12)
    assert np.nansum(sales.net_revenue_value) == pytest.approx(closed["net_revenue"].sum(), rel=1e-12)


def test_opening_stock_is_the_count_of_the_last_closed_month():
    count = source("inventory").query("month == '2026-10'")["closing_units"].sum()
    stock = plan_inputs().stock
    parts = stock.saleable_units + stock.blocked_units + stock.discontinued_units
    assert parts.sum() == pytest.approx(count)
    assert stock.closing_units[:, -1] == pytest.approx(parts)


def test_the_faults_of_the_data_are_found():
    codes = {finding.kind.code for finding in plan_inputs().findings}
    assert {"partial-month", "gap-in-production", "discontinued-stock", "negative-units"} <= codes
    assert not any(finding.blocks for finding in plan_inputs().findings)


def test_planned_prices_lie_near_the_achieved_ones():
    money, history = plan_inputs().money, len(plan_inputs().grain.history)
    achieved = np.nansum(plan_inputs().sales.net_revenue_value[:, :, -12:], axis=2)
    achieved /= np.nansum(plan_inputs().sales.units[:, :, -12:], axis=2)
    assert money.price[:, :, history] == pytest.approx(achieved, rel=0.12)
    assert not np.isnan(money.price[:, :, history:]).any()
    assert not np.isnan(money.unit_cost).any()
