"""What the company did not bring, each with the table that would bring it."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.inputs import Company, MoneyData, SalesHistory, SupplyData

_TABLES = (
    ("families", "products", "No families and categories: bring products with a family for each item."),
    ("stock", "inventory", "No stock: bring inventory with the closing units of each month."),
    ("receipts", "receipts", "No open orders on the way in: bring receipts."),
    ("backlog", "backlog", "No open customer orders: bring backlog."),
    ("production", "production", "No production plan and output: bring production."),
    ("capacity", "resources", "No hours of resources: bring resources with available_hours, or machines and shifts."),
    ("routing", "resource_profile", "No hours per unit: bring resource_profile."),
    ("budget", "budget", "No budget: bring budget by month, family and channel."),
    ("service", "service", "No order lines on time and in full: bring service."),
    ("forecast snapshots", "forecasts", "No forecasts of past cycles: bring forecasts."),
)
_COMPANY = (
    "receivable_days",
    "payable_days",
    "tax_ratio",
    "opening_cash",
    "fixed_cost_per_month",
    "carrying_ratio_per_year",
)
_SALES = (
    ("unconstrained_units", "unconstrained demand", "Demand is taken as the units sold"),
    ("discount", "discounts", "No discounts"),
    ("promo_units", "promotions", "No units under promotion"),
    ("cancelled_units", "cancelled orders", "No cancelled units"),
    ("returned_units", "returns", "No returned units"),
)


def absent_of(
    frames: Mapping[str, pd.DataFrame], company: Company, sales: SalesHistory, money: MoneyData, supply: SupplyData
) -> tuple[tuple[str, str], ...]:
    """Name of what is missing and the sentence that says which table or column would bring it."""
    missing = [(name, sentence) for name, table, sentence in _TABLES if table not in frames]
    missing += [
        (name.replace("_", " "), f"No {name.replace('_', ' ')}: give {name} in company.")
        for name in _COMPANY
        if getattr(company, name) is None
    ]
    if _none(sales.net_revenue_value):
        missing.append(("revenue", "No revenue: give net_revenue in sales."))
    options = frames.get("supply_options")
    if options is None or bool(options.drop(columns=["family", "lead_time_days"]).isna().all(axis=None)):
        missing.append(("supply options", "No costs and limits of overtime and outsourcing: bring supply_options."))
    if _none(supply.lead_time_months):
        missing.append(("lead times", "No lead times: give lead_time_days in products, or supply_options by family."))
    if "prices" not in frames or bool(frames["prices"]["price"].isna().all()):
        missing.append(("price list", "No price lists by date: give price in prices."))
    if _none(money.unit_cost):
        missing.append(("costs", "No costs: give unit_cost in products or prices."))
    for column, name, sentence in _SALES:
        if bool(frames["sales"][column].isna().all()):
            missing.append((name, f"{sentence}: give {column} in sales."))
    return tuple(missing)


def _none(values: Array) -> bool:
    return bool(np.isnan(values).all())
