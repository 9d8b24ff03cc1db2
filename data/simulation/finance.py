"""The company's own figures, its articles with their terms, and the budget made each autumn for the next year."""

import numpy as np
import pandas as pd

from simulation import months
from simulation.assortment import Sku
from simulation.demand import Demand
from simulation.master import CHANNEL_DISCOUNT, CHANNELS, FAMILIES, Family
from simulation.money import BUDGET_COST_INDEX, PRICE_INDEX, PriceBook, by_date
from simulation.operations import lot_multiple, minimum_order
from simulation.random import stream

_RECEIVABLE_DAYS, _PAYABLE_DAYS = 18, 40
_BUDGET_YEARS = ("2025", "2026", "2027")
_BUDGET_CAUTION = 0.961
_BUDGET_STOCK_DAYS = 38.0


def company() -> pd.DataFrame:
    """Who plans; cash is that of the last closed month."""
    return pd.DataFrame(
        [
            {
                "name": "Brightwater Home (fictitious)",
                "currency": "USD",
                "fiscal_year_first_month": 1,
                "data_through_month": months.text(months.OPEN_CYCLE - 1),
                "receivable_days": _RECEIVABLE_DAYS,
                "payable_days": _PAYABLE_DAYS,
                "tax_ratio": 0.24,
                "opening_cash": 9_800_000,
                "fixed_cost_per_month": 5_600_000,
                "carrying_ratio_per_year": 0.20,
            }
        ]
    )


def products(skus: list[Sku], demand: Demand, book: PriceBook) -> pd.DataFrame:
    """The article list with its terms; months are given where an article came or went, space is in pallets per unit."""
    last = months.OPEN_CYCLE - 1
    rows = []
    for index, sku in enumerate(skus):
        rng = stream(f"terms {sku.code}")
        family = sku.family
        month = min(max(last, sku.launch or 0), sku.end if sku.end is not None else months.END)
        daily = (
            demand.share[index, month]
            * demand.mean[FAMILIES.index(family), month - 12 : month].mean()
            / months.DAYS_PER_MONTH
        )
        lead = {0: 7, 1: 28, 2: 58}[family.lead_months]
        safety = round(daily * (8 if family.category == "Consumables" else 12))
        rows.append(
            {
                "sku": sku.code,
                "name": sku.name,
                "family": family.name,
                "category": family.category,
                "planning_unit": family.planning_unit,
                "unit_price": float(book.list_price["retail"][index, month]),
                "unit_cost": float(book.cost[index, month]),
                "avoidable_cost_ratio": 0.95 if family.bought else 0.84,
                "make_or_buy": "buy" if family.bought else "make",
                "lead_time_days": lead,
                "lead_time_std_days": round(float(rng.uniform(0.08, 0.18)) * lead, 1),
                "moq": minimum_order(sku) if family.bought else None,
                "lot_multiple": lot_multiple(sku),
                "order_cost": 180 if family.bought else 320,
                "safety_stock_units": safety,
                "reorder_point_units": round(daily * lead) + safety,
                "shelf_life_months": family.shelf_life_months,
                "launch_month": None if sku.launch is None else months.text(sku.launch),
                "end_month": None if sku.end is None else months.text(sku.end),
                "predecessor_sku": sku.predecessor,
                "storage_per_unit": family.pallets_per_unit,
                "transport_per_unit": family.pallets_per_unit,
            }
        )
    return pd.DataFrame(rows).astype({"moq": "Int64", "shelf_life_months": "Int64"})


def budget(skus: list[Sku], demand: Demand, book: PriceBook) -> pd.DataFrame:
    """Units, revenue and margin by family, channel and month of 2025 to 2027, without anything nobody foresaw.

    Stock and working capital of the family are split over its channels by units, so that they add up.
    """
    tables = [_family_budget(index, family, skus, demand, book) for index, family in enumerate(FAMILIES)]
    return pd.concat(tables).sort_values(["month", "family", "channel"], ignore_index=True)


def _family_budget(index: int, family: Family, skus: list[Sku], demand: Demand, book: PriceBook) -> pd.DataFrame:
    rows = [row for row, sku in enumerate(skus) if sku.family is family]
    mix = demand.share[rows]
    units = demand.mean_without_surprises[index] * _BUDGET_CAUTION
    unplanned = by_date(PRICE_INDEX) / by_date(PRICE_INDEX)[months.number("2026-01")]
    base_month = months.number("2026-01")
    unit_cost = (mix * book.cost[rows][:, [base_month]]).sum(axis=0) * by_date(BUDGET_COST_INDEX)
    daily_cost = units * unit_cost / months.DAYS_PER_MONTH
    parts = []
    for channel, share in zip(CHANNELS, family.channel_shares, strict=True):
        rate = family.extra_discount.get(channel, CHANNEL_DISCOUNT[channel])
        price = (mix * book.list_price[channel][rows][:, [base_month]]).sum(axis=0) * unplanned * (1.0 - rate)
        stock = np.roll(daily_cost, -1) * _BUDGET_STOCK_DAYS * share
        sold = units * share
        capital = (
            stock + sold * price / months.DAYS_PER_MONTH * _RECEIVABLE_DAYS - daily_cost * share * _PAYABLE_DAYS * 0.7
        )
        parts.append(
            pd.DataFrame(
                {
                    "month": [months.text(month) for month in range(months.END)],
                    "family": family.name,
                    "channel": channel,
                    "units": np.rint(sold).astype(int),
                    "revenue": np.round(sold * price),
                    "gross_margin": np.round(sold * (price - unit_cost)),
                    "inventory_value": np.round(stock),
                    "working_capital": np.round(capital),
                }
            )
        )
    table = pd.concat(parts)
    return table[table["month"].str[:4].isin(_BUDGET_YEARS)]
