"""The mapping of the sample to contract tables; nothing is filled in that the sample does not have.

Family = subcategory, channel = Reseller or Internet, region = territory, unit_cost = standard cost (dated). No list
prices are written, so that planned prices are net revenue ÷ units of the last 12 months. Open purchase units are
receipts, due after the supplier's average lead time counted from the end of the data. Hours of a work centre are its
availability × calendar days, the sample's own assumption. Only items that are sold are brought.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from sop_dash.core.model.periods import shift

DAYS_PER_MONTH = 365.0 / 12.0
_PIECES = {"EA": 1.0, "DZ": 12.0}
"""Purchase units of the items that are sold: each and dozen."""


def sample_folder() -> Path | None:
    """The folder named by `SOP_SAMPLE_DATA`; None when it is not set or does not hold the sample."""
    named = os.environ.get("SOP_SAMPLE_DATA", "")
    folder = Path(named)
    for candidate in (folder, folder / "adventureworks_sop"):
        if named and (candidate / "sales_monthly_sku.csv").is_file():
            return candidate
    return None


def sample_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """Contract tables by name; text where the sample has text, empty cells as NaN."""
    source = _Source(folder)
    return {name: build(source) for name, build in _BUILDERS.items()}


class _Source:
    """The sample's tables, with codes as text."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.facts = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
        self.last_month: str = self.facts["history_end"]
        sales = self.read("sales_monthly_sku")
        products = self.read("products")
        self.sold = products[products["sku"].isin(set(sales["sku"]))]
        self.families = set(self.sold["subcategory"])

    def read(self, name: str) -> pd.DataFrame:
        """A table with codes as text and an empty cell as NaN, and no other word for it."""
        codes = {"sku": str, "vendor_id": str}
        return pd.read_csv(self._folder / f"{name}.csv", dtype=codes, keep_default_na=False, na_values=[""])

    def of_sold_families(self, table: pd.DataFrame) -> pd.DataFrame:
        """The rows of families that are sold; parts and work in progress are left out."""
        return table[table["subcategory"].isin(self.families)]


def _company(source: _Source) -> pd.DataFrame:
    row = {
        "name": "Adventure Works Cycles (fictitious sample)",
        "currency": source.facts["currency"],
        "fiscal_year_first_month": int(source.facts["fiscal_year_starts"]),
        "data_through_month": source.last_month,
    }
    return pd.DataFrame([row])


def _sales(source: _Source) -> pd.DataFrame:
    table = source.read("sales_monthly_sku")
    names = {"territory": "region", "net_revenue_usd": "net_revenue", "discount_usd": "discount"}
    table = table.rename(columns=names)
    return table[["month", "sku", "region", "channel", "units", "net_revenue", "discount", "promo_units"]]


def _products(source: _Source) -> pd.DataFrame:
    table = source.sold.rename(
        columns={"subcategory": "family", "list_price_usd": "unit_price", "standard_cost_usd": "unit_cost"}
    )
    lead = source.read("vendor_products").groupby("sku")["avg_lead_time_days"].mean()
    smallest = source.read("vendor_products").groupby("sku")["min_order_qty"].min()
    bought = table["make_or_buy"] == "buy"
    table = table.assign(
        lead_time_days=table["sku"].map(lead).where(bought, table["days_to_manufacture"]),
        moq=table["sku"].map(smallest).where(bought),
        launch_month=table["sell_start_date"].str[:7],
        end_month=table["sell_end_date"].str[:7],
    )
    columns = ["sku", "name", "family", "category", "unit_price", "unit_cost", "make_or_buy", "lead_time_days", "moq"]
    return table[[*columns, "safety_stock_units", "reorder_point_units", "launch_month", "end_month"]]


def _prices(source: _Source) -> pd.DataFrame:
    table = source.read("price_cost_history")
    table = table[table["sku"].isin(set(source.sold["sku"]))].rename(columns={"standard_cost_usd": "unit_cost"})
    return table.assign(valid_from=table["valid_from"].str[:7])[["sku", "valid_from", "unit_cost"]]


def _inventory(source: _Source) -> pd.DataFrame:
    """Monthly stock of made items; of bought ones only the final count exists, and none counted is none there."""
    made = source.read("inventory_monthly_sku").rename(columns={"unit_cost_usd": "unit_cost"})
    count = source.read("inventory_snapshot").groupby("sku")["on_hand_units"].sum()
    bought = source.sold[~source.sold["sku"].isin(set(made["sku"]))]
    final = pd.DataFrame(
        {
            "month": source.last_month,
            "sku": bought["sku"],
            "closing_units": bought["sku"].map(count).fillna(0),
            "unit_cost": bought["standard_cost_usd"],
        }
    )
    return pd.concat([made[final.columns], final], ignore_index=True)


def _receipts(source: _Source) -> pd.DataFrame:
    table = source.read("vendor_products")
    table = table[table["sku"].isin(set(source.sold["sku"])) & (table["on_order_units"] > 0)]
    late = (table["avg_lead_time_days"] / DAYS_PER_MONTH).round().clip(lower=1).astype(int)
    return pd.DataFrame(
        {
            "month": [shift(source.last_month, months) for months in late],
            "sku": table["sku"],
            "units": table["on_order_units"] * table["uom"].map(_PIECES),
        }
    )


def _production(source: _Source) -> pd.DataFrame:
    table = source.of_sold_families(source.read("production_monthly_family"))
    names = {
        "subcategory": "family",
        "actual_good_units": "actual_units",
        "planned_units_finished_on_time": "on_time_units",
    }
    columns = ["month", "family", "planned_units", "actual_units", "scrapped_units", "on_time_units"]
    return table.rename(columns=names)[columns]


def _resources(source: _Source) -> pd.DataFrame:
    names = {"work_center": "resource", "capacity_hours_assumed": "available_hours", "actual_hours": "used_hours"}
    table = source.read("workcenter_load_monthly").rename(columns=names)
    return table[["resource", "month", "available_hours", "used_hours"]]


def _resource_profile(source: _Source) -> pd.DataFrame:
    names = {"subcategory": "family", "work_center": "resource"}
    return source.read("resource_profile").rename(columns=names)[["family", "resource", "hours_per_unit"]]


def _budget(source: _Source) -> pd.DataFrame:
    names = {"subcategory": "family", "budget_revenue_usd": "revenue"}
    return source.read("budget_monthly_assumed").rename(columns=names)[["month", "family", "channel", "revenue"]]


def _service(source: _Source) -> pd.DataFrame:
    """Lines by month of order: the sample ships every line before the day promised."""
    lines = source.read("order_service_monthly").groupby(["month", "channel"], as_index=False)
    names = {"order_lines": "lines_due", "lines_on_time": "on_time_promised"}
    return lines[["order_lines", "lines_on_time"]].sum().rename(columns=names)


def _suppliers(source: _Source) -> pd.DataFrame:
    names = {"vendor_id": "supplier", "vendor": "name", "credit_rating": "rating"}
    return source.read("suppliers").rename(columns=names)[["supplier", "name", "rating"]]


def _supplier_deliveries(source: _Source) -> pd.DataFrame:
    names = {
        "vendor_id": "supplier",
        "po_lines": "lines",
        "lines_on_time": "on_time_lines",
        "lines_in_full": "in_full_lines",
        "avg_days_order_to_ship": "average_lead_time_days",
        "order_value_usd": "value",
    }
    columns = ["month", "supplier", "lines", "ordered_units", "received_units", "rejected_units"]
    table = source.read("supplier_performance_monthly").rename(columns=names)
    return table[[*columns, "on_time_lines", "in_full_lines", "average_lead_time_days", "value"]]


_BUILDERS: dict[str, Callable[[_Source], pd.DataFrame]] = {
    "company": _company,
    "sales": _sales,
    "products": _products,
    "prices": _prices,
    "inventory": _inventory,
    "receipts": _receipts,
    "production": _production,
    "resources": _resources,
    "resource_profile": _resource_profile,
    "budget": _budget,
    "service": _service,
    "suppliers": _suppliers,
    "supplier_deliveries": _supplier_deliveries,
}
