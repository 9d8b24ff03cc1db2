"""What the pages must find in the shipped example company is really in its figures, and only in its figures."""

import subprocess
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

DATA = Path(__file__).parents[2] / "data"


@cache
def table(name: str) -> pd.DataFrame:
    """One table as shipped, months as text."""
    return pd.read_csv(DATA / "brightwater" / f"{name}.csv", dtype={"month": str, "cycle": str, "valid_from": str})


def demand_by_family() -> pd.DataFrame:
    """Families × closed months: units customers asked for."""
    sales = table("sales").merge(table("products")[["sku", "family"]], on="sku")
    closed = sales[sales["month"] <= "2026-10"]
    return closed.pivot_table(
        index="family", columns="month", values="unconstrained_units", aggfunc="sum", fill_value=0
    )


def load_ratio(demand: pd.DataFrame) -> pd.DataFrame:
    """Resources × months: hours that the demand of the month takes, over regular hours."""
    routing = table("resource_profile").pivot_table(
        index="resource", columns="family", values="hours_per_unit", fill_value=0
    )
    load = pd.DataFrame(
        routing.to_numpy() @ demand.loc[routing.columns].to_numpy(), index=routing.index, columns=demand.columns
    )
    hours = table("resources").pivot_table(index="resource", columns="month", values="available_hours")
    return load / hours[demand.columns]


def test_the_files_are_what_the_simulation_makes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(DATA / "make_company.py"), str(tmp_path)], check=True, capture_output=True)
    made = {path.name: path.read_bytes() for path in tmp_path.glob("*.csv")}
    shipped = {path.name: path.read_bytes() for path in (DATA / "brightwater").glob("*.csv")}
    assert made == shipped


def test_one_assembly_line_is_over_its_hours_in_the_peak_far_more_than_the_other() -> None:
    peak = load_ratio(demand_by_family())[["2025-11", "2025-12"]]
    assert (peak.loc["Final Assembly 1"] > 1.25).all()
    assert (peak.loc["Final Assembly 1"] > peak.loc["Final Assembly 2"] + 0.15).all()


def test_in_the_coming_peak_machines_of_motor_winding_stand_still_that_the_released_plan_counts_on() -> None:
    hours = table("resources").query("resource == 'Motor Winding'").set_index("month")
    daily = hours["available_hours"] / hours["working_days"]
    assert daily["2026-12"] < 0.65 * daily["2026-11"]
    assert daily["2027-01"] == daily["2026-11"]
    plan = table("production").query("month == '2026-12'").merge(table("products")[["sku", "family"]], on="sku")
    winding = table("resource_profile").query("resource == 'Motor Winding'").set_index("family")["hours_per_unit"]
    asked = (plan["planned_units"] * plan["family"].map(winding).fillna(0.0)).sum()
    assert asked > 1.15 * hours["available_hours"]["2026-12"]


def test_air_fryers_grow_by_a_quarter_a_year_and_fill_more_of_motor_winding_every_year() -> None:
    demand = demand_by_family()
    years = [demand.iloc[:, start : start + 12].sum(axis=1) for start in (0, 12, 24, 36)]
    growth = [later["Air Fryers"] / earlier["Air Fryers"] for earlier, later in pairwise(years)]
    assert 1.18 < float(np.mean(growth)) < 1.36
    hours = table("resources").query("resource == 'Motor Winding'").set_index("month")["used_hours"]
    assert hours["2025-11":"2026-10"].sum() > hours["2023-11":"2024-10"].sum() * 1.05


def test_toasters_carry_about_five_months_of_stock_and_consumables_run_out() -> None:
    stock = table("inventory").merge(table("products")[["sku", "family"]], on="sku")
    closing = stock[stock["month"] == "2026-10"].groupby("family")["closing_units"].sum()
    recent = demand_by_family().loc[:, "2026-05":].mean(axis=1)
    assert 4.0 < closing["Toasters"] / recent["Toasters"] < 8.0
    sales = table("sales").merge(table("products")[["sku", "family"]], on="sku")
    by_item = sales[sales["family"] == "Filters"].groupby(["sku", "month"])[["units", "unconstrained_units"]].sum()
    assert (by_item["units"] < 0.7 * by_item["unconstrained_units"]).mean() > 0.02


def test_a_second_generation_follows_its_predecessors_and_has_a_forerunner_in_history() -> None:
    products = table("products").set_index("sku")
    followers = products[products["predecessor_sku"].notna()]
    coming = followers[followers["launch_month"] > "2026-11"]
    assert set(coming["family"]) == {"Smart Displays"}
    assert (products.loc[coming["predecessor_sku"], "end_month"].to_numpy() > coming["launch_month"].to_numpy()).all()
    past = followers[(followers["launch_month"] < "2026-01") & (followers["family"] == "Speakers")]
    assert len(past) == 2


def test_small_upward_changes_of_sales_hurt_and_large_downward_ones_of_product_management_help() -> None:
    actual = demand_by_family().stack().rename("actual").reset_index()
    statistical = table("forecasts").query("step == 'statistical'")[["cycle", "month", "family", "units"]]
    changes = table("adjustments").merge(statistical, on=["cycle", "month", "family"]).merge(actual)
    before = (changes["units"] - changes["actual"]).abs()
    after = (changes["units"] * (1 + changes["value"]) - changes["actual"]).abs()
    gain = (before - after).groupby(changes["owner"]).sum()
    mean = changes.groupby("owner")["value"].mean()
    assert gain["Sales"] < 0 < mean["Sales"] < 0.06
    assert mean["Product Management"] < -0.10
    assert gain["Product Management"] > 0


def test_consensus_beats_the_statistical_forecast_in_some_families_only() -> None:
    actual = demand_by_family().stack().rename("actual").reset_index()
    rows = table("forecasts").merge(actual, on=["family", "month"])
    error = (rows["units"] - rows["actual"]).abs().groupby([rows["family"], rows["step"]]).sum().unstack()
    better = (error["consensus"] < error["statistical"]).sum()
    assert 2 <= better <= 8


def test_one_supplier_slipped_for_six_months() -> None:
    rows = table("supplier_deliveries")
    late = rows[rows["month"] >= "2026-05"].groupby("supplier")[["on_time_lines", "lines"]].sum()
    ratio = late["on_time_lines"] / late["lines"]
    assert ratio.idxmin() == "S-07"
    assert ratio.min() < 0.85
    families = table("supplier_items").merge(table("products")[["sku", "family"]], on="sku")
    assert families[families["supplier"] == "S-07"]["family"].nunique() == 2


def test_revenue_of_the_year_meets_its_budget_and_margin_misses_it() -> None:
    sales = table("sales").query("'2026-01' <= month <= '2026-10'")
    cost = table("inventory").drop_duplicates(["month", "sku"])[["month", "sku", "unit_cost"]]
    sold = sales.merge(cost, on=["month", "sku"], how="left")
    margin = (sold["net_revenue"] - sold["units"] * sold["unit_cost"]).sum()
    budget = table("budget").query("'2026-01' <= month <= '2026-10'")
    assert 0.99 < sold["net_revenue"].sum() / budget["revenue"].sum() < 1.02
    assert margin / budget["gross_margin"].sum() < 0.985


def test_what_was_asked_for_and_not_shipped_shows_a_lost_peak_and_a_closed_port() -> None:
    sales = table("sales").merge(table("products")[["sku", "family"]], on="sku")
    total = sales.groupby(["family", "month"])[["units", "unconstrained_units"]].sum()
    served = total["units"] / total["unconstrained_units"]
    assert served["Headphones", "2024-12"] < 0.75
    assert served["Coffee Pods", "2025-04"] < 0.85
    assert served["Filters", "2025-04"] < 0.90


def test_three_decisions_wait_two_failed_and_most_delivered() -> None:
    decisions = table("decisions")
    waiting = decisions[decisions["outcome"] == "pending"]
    assert len(waiting) == 3
    assert waiting["due_date"].notna().all()
    states = decisions[decisions["outcome"] == "approved"]["state"].value_counts()
    assert states["not delivered"] == 2
    assert states["in progress"] == 1
    assert states["delivered"] > 4
