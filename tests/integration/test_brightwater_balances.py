"""The shipped example company ties: stock, money and hours of its tables add up, month by month."""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

FOLDER = Path(__file__).parents[2] / "data" / "brightwater"


@cache
def table(name: str) -> pd.DataFrame:
    """One table as shipped, months as text."""
    return pd.read_csv(FOLDER / f"{name}.csv", dtype={"month": str, "valid_from": str})


def closed(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of closed months."""
    through = str(table("company").loc[0, "data_through_month"])
    return frame[frame["month"] <= through]


def article(skus: pd.Series) -> pd.Series:
    """The SKU, or the last code of its renamings: a code that ends in the month before its successor starts."""
    products = table("products").set_index("sku")
    renamed = {}
    for new, row in products[products["predecessor_sku"].notna()].iterrows():
        before = pd.Period(row["launch_month"], "M") - 1
        if str(products.loc[row["predecessor_sku"], "end_month"]) == str(before):
            renamed[row["predecessor_sku"]] = new
    return skus.replace(renamed)


def units_by_article(name: str, column: str) -> pd.DataFrame:
    """Articles × closed months, 0 where the table has no row."""
    frame = closed(table(name))
    return frame.assign(sku=article(frame["sku"])).pivot_table(
        index="sku", columns="month", values=column, aggfunc="sum", fill_value=0
    )


def lost_production_report() -> pd.Series:
    """Article-months without any production row of their family: the report that was never sent."""
    products = table("products").set_index("sku")["family"]
    production = closed(table("production"))
    volumes = production.assign(family=production["sku"].map(products)).pivot_table(
        index="family", columns="month", values="actual_units", aggfunc="sum"
    )
    return volumes.isna().stack()


def test_stock_of_every_article_ties_from_month_to_month() -> None:
    closing = units_by_article("inventory", "closing_units")
    months = closing.columns
    made, scrapped, shipped = (
        units_by_article(name, column).reindex(index=closing.index, columns=months, fill_value=0)
        for name, column in (("production", "actual_units"), ("production", "scrapped_units"), ("sales", "units"))
    )
    difference = (closing.shift(1, axis=1) + made - scrapped - shipped - closing).iloc[:, 1:]
    family = article(table("products")["sku"]).drop_duplicates().to_frame("sku").merge(table("products"))
    difference = difference.join(family.set_index("sku")["family"])
    untied = difference.set_index("family", append=True).stack().loc[lambda gap: gap != 0]
    holes = lost_production_report()
    holes = set(holes[holes].index)
    assert {(f, m) for _, f, m in untied.index} == holes, "stock may only fail to tie where a report is missing"
    assert len(holes) == 1


def test_net_revenue_is_units_times_list_price_less_discount() -> None:
    sales = table("sales").reset_index().sort_values("month")
    lists = table("prices").rename(columns={"valid_from": "month"}).sort_values("month")
    for frame in (sales, lists):
        frame["day"] = pd.to_datetime(frame["month"])
    priced = pd.merge_asof(
        sales.sort_values("day"), lists.sort_values("day").drop(columns="month"), on="day", by=["sku", "channel"]
    )
    gap = priced["units"] * priced["price"] - priced["discount"] - priced["net_revenue"]
    assert priced["price"].notna().all()
    assert gap.abs().max() <= 0.02  # two amounts rounded to cents


def test_stock_is_valued_at_the_standard_cost_of_its_month() -> None:
    lists = table("prices").drop_duplicates(["sku", "valid_from"])
    stock = table("inventory")
    merged = pd.merge_asof(
        stock.assign(day=pd.to_datetime(stock["month"])).sort_values("day"),
        lists.assign(day=pd.to_datetime(lists["valid_from"]))[["sku", "day", "unit_cost"]].sort_values("day"),
        on="day",
        by="sku",
        suffixes=("", "_listed"),
    )
    known = merged["unit_cost_listed"].notna()
    assert known.mean() > 0.97
    ended = merged["sku"].map(table("products").set_index("sku")["end_month"]).fillna("9999-12")
    current = known & (merged["month"] <= ended)
    assert (merged.loc[current, "unit_cost"] == merged.loc[current, "unit_cost_listed"]).all()


def test_used_hours_are_units_times_routing_within_efficiency() -> None:
    products = table("products").set_index("sku")["family"]
    production = closed(table("production"))
    made = production.assign(family=production["sku"].map(products)).pivot_table(
        index="family", columns="month", values="actual_units", aggfunc="sum"
    )
    routing = table("resource_profile").pivot_table(
        index="resource", columns="family", values="hours_per_unit", fill_value=0
    )
    standard = pd.DataFrame(
        routing.to_numpy() @ made.loc[routing.columns].to_numpy(), index=routing.index, columns=made.columns
    )
    used = closed(table("resources")).pivot_table(index="resource", columns="month", values="used_hours")
    efficiency = (standard / used).to_numpy()
    known = efficiency[~np.isnan(efficiency)]
    # a lost report leaves the standard hours of its one month unknown on all seven resources
    assert known.size >= efficiency.size - 7
    assert known.min() >= 0.97
    assert known.max() <= 1.001


def test_hours_worked_stay_within_regular_hours_and_overtime() -> None:
    hours = closed(table("resources"))
    assert (hours["used_hours"] <= hours["available_hours"] * (1 + hours["max_overtime_ratio"])).all()


def test_hours_are_what_the_machines_run() -> None:
    rows = table("resources")
    run = rows["machines"] * rows["shifts_per_day"] * rows["hours_per_shift"] * rows["working_days"]
    assert (run * rows["efficiency_ratio"] / rows["available_hours"] - 1.0).abs().max() < 0.001


def test_nobody_ships_more_than_was_asked_for() -> None:
    sales = table("sales")
    assert (sales["units"] <= sales["unconstrained_units"]).all()
    assert (sales["promo_units"] <= sales["units"].clip(lower=0)).all()
    assert (table("inventory")["closing_units"] >= 0).all()
    assert (table("inventory")["blocked_units"] <= table("inventory")["closing_units"]).all()


def test_every_row_is_there_once() -> None:
    keys = {
        "sales": ["month", "sku", "region", "channel"],
        "products": ["sku"],
        "prices": ["sku", "valid_from", "channel"],
        "inventory": ["month", "sku"],
        "production": ["month", "sku"],
        "resources": ["resource", "month"],
        "budget": ["month", "family", "channel"],
    }
    for name, key in keys.items():
        assert not table(name).duplicated(key).any(), name


def test_every_name_used_is_in_the_article_list() -> None:
    skus, families = set(table("products")["sku"]), set(table("products")["family"])
    for path in FOLDER.glob("*.csv"):
        frame = table(path.stem)
        if "sku" in frame:
            assert set(frame["sku"].dropna()) <= skus, path.name
        if "family" in frame:
            assert set(frame["family"].dropna()) <= families, path.name
