"""The fourteen suppliers, what they deliver at which terms, and how well they did it month by month."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from simulation import months
from simulation.assortment import Sku
from simulation.money import PriceBook
from simulation.operations import Ledger, minimum_order
from simulation.random import stream


@dataclass(frozen=True, kw_only=True)
class Supplier:
    """One supplier; `families` it delivers for, `every` n-th SKU of them, `cost_share` of a unit's standard cost."""

    code: str
    name: str
    families: tuple[str, ...]
    lead_time_days: int
    cost_share: float
    rating: str = "B"
    every: tuple[int, int] = (1, 0)
    overseas: bool = False
    on_time_ratio: float = 0.955
    risk_note: str = ""


SUPPLIERS: tuple[Supplier, ...] = (
    Supplier(
        code="S-01",
        name="Tonwell Audio",
        families=("Headphones",),
        lead_time_days=56,
        cost_share=0.97,
        overseas=True,
        every=(2, 0),
        rating="B",
        risk_note="One plant",
    ),
    Supplier(
        code="S-02",
        name="Harmony Works",
        families=("Headphones",),
        lead_time_days=60,
        cost_share=0.96,
        overseas=True,
        every=(2, 1),
    ),
    Supplier(
        code="S-03",
        name="Clearpane Displays",
        families=("Smart Displays",),
        lead_time_days=70,
        cost_share=0.34,
        overseas=True,
        rating="A",
        risk_note="Allocation agreed by quarter",
    ),
    Supplier(
        code="S-04",
        name="Rotana Copper",
        families=("Blenders", "Air Fryers", "Vacuums"),
        lead_time_days=28,
        cost_share=0.14,
    ),
    Supplier(
        code="S-05",
        name="Northfield Resins",
        families=("Blenders", "Coffee Makers", "Vacuums", "Irons"),
        lead_time_days=14,
        cost_share=0.12,
        rating="A",
        on_time_ratio=0.975,
    ),
    Supplier(
        code="S-06",
        name="Circuitline",
        families=("Speakers", "Smart Displays"),
        lead_time_days=45,
        cost_share=0.21,
        overseas=True,
    ),
    Supplier(
        code="S-07",
        name="Aqualine Components",
        families=("Filters", "Coffee Pods"),
        lead_time_days=50,
        cost_share=0.95,
        every=(3, 0),
        rating="A",
        on_time_ratio=0.960,
    ),
    Supplier(
        code="S-08", name="Purefold Media", families=("Filters",), lead_time_days=57, cost_share=0.94, every=(3, 1)
    ),
    Supplier(
        code="S-09",
        name="Roastery Partners",
        families=("Coffee Pods",),
        lead_time_days=27,
        cost_share=0.96,
        every=(3, 1),
        rating="A",
        on_time_ratio=0.970,
    ),
    Supplier(
        code="S-10",
        name="Hotwire Elements",
        families=("Coffee Makers", "Toasters", "Air Fryers", "Irons"),
        lead_time_days=30,
        cost_share=0.16,
    ),
    Supplier(
        code="S-11",
        name="Highland Filter Media",
        families=("Air Purifiers",),
        lead_time_days=35,
        cost_share=0.22,
        risk_note="Only approved source",
    ),
    Supplier(
        code="S-12",
        name="Boxwright Packaging",
        families=("Toasters", "Air Purifiers", "Speakers"),
        lead_time_days=10,
        cost_share=0.04,
        rating="A",
        on_time_ratio=0.985,
    ),
    Supplier(
        code="S-13",
        name="Coneform Drivers",
        families=("Speakers",),
        lead_time_days=40,
        cost_share=0.18,
        overseas=True,
        rating="C",
    ),
    Supplier(
        code="S-14",
        name="Consumable Alliance",
        families=("Filters", "Coffee Pods"),
        lead_time_days=40,
        cost_share=0.95,
        every=(3, 2),
        on_time_ratio=0.945,
    ),
)

_PRICE_BREAKS = {
    "S-01": ("all_units", ((1, 0.0), (2000, 0.012), (5000, 0.02))),
    "S-08": ("incremental", ((1, 0.0), (10_000, 0.02), (20_000, 0.035))),
}
"""Supplier -> kind, and from how many units of an order how much less is asked."""

_SLIPPING, _SLIPPING_FROM = "S-07", months.number("2026-05")
_PORT_CLOSED = {months.number("2025-03"), months.number("2025-04")}
_SHORT = {
    "S-01": range(months.number("2024-10"), months.number("2025-01")),
    "S-13": range(months.number("2024-09"), months.number("2024-12")),
}


def suppliers() -> pd.DataFrame:
    """Who they are."""
    capacity = {"S-01": 24_000, "S-03": 24_000, "S-07": 120_000, "S-11": 14_000}
    rows = [(each.code, each.name, each.rating, capacity.get(each.code), each.risk_note or None) for each in SUPPLIERS]
    columns = ["supplier", "name", "rating", "capacity_units_per_month", "risk_note"]
    return pd.DataFrame(rows, columns=columns).astype({"capacity_units_per_month": "Int64"})


def supplier_items(skus: list[Sku], ledger: Ledger, book: PriceBook) -> pd.DataFrame:
    """Terms by SKU: the price is that of the bought article, or of the part that goes into a made one."""
    rows = []
    now = months.OPEN_CYCLE - 1
    for supplier in SUPPLIERS:
        for index, sku in _delivered(supplier, skus):
            if sku.end is not None and sku.end <= now:
                continue
            price = round(float(book.cost[index, now]) * supplier.cost_share, 2)
            moq = minimum_order(sku) if sku.family.bought else None
            on_order = ledger.on_order[index, now + 1 :].sum() if sku.family.bought else None
            rows.append((supplier.code, sku.code, price, supplier.lead_time_days, moq, on_order))
    columns = ["supplier", "sku", "price", "lead_time_days", "moq", "units_on_order"]
    return pd.DataFrame(rows, columns=columns).astype({"moq": "Int64", "units_on_order": "Int64"})


def price_breaks(skus: list[Sku], book: PriceBook) -> pd.DataFrame:
    """Prices of larger orders of two suppliers, on top of the price of one unit."""
    rows, now = [], months.OPEN_CYCLE - 1
    for supplier in SUPPLIERS:
        kind, steps = _PRICE_BREAKS.get(supplier.code, ("", ()))
        for index, sku in _delivered(supplier, skus):
            if sku.end is not None and sku.end <= now:
                continue
            price = round(float(book.cost[index, now]) * supplier.cost_share, 2)
            rows += [(sku.code, units, round(price * (1.0 - off), 2), kind) for units, off in steps]
    return pd.DataFrame(rows, columns=["sku", "from_units", "price", "kind"])


def supplier_deliveries(skus: list[Sku], ledger: Ledger, book: PriceBook) -> pd.DataFrame:
    """Lines, units and lead times by month; received units of bought families are the receipts of `production`."""
    rows = []
    for supplier in SUPPLIERS:
        rng = stream(f"deliveries {supplier.code}")
        members = _delivered(supplier, skus)
        index = [row for row, _ in members]
        bought = members[0][1].family.bought
        for month in range(months.START, months.OPEN_CYCLE):
            ordered = float(ledger.planned[index, month].sum())
            value = float(ledger.planned[index, month] @ book.cost[index, month]) * supplier.cost_share
            received = (
                float(ledger.actual[index, month].sum()) if bought else round(ordered * _arrived(supplier, month, rng))
            )
            rows.append(_delivery(supplier, month, len(index), ordered, received, value, rng))
    table = pd.DataFrame(rows)
    whole = [column for column in map(str, table) if column.endswith(("lines", "_units"))]
    return table.astype(dict.fromkeys(whole, "Int64")).sort_values(["month", "supplier"], ignore_index=True)


def _delivered(supplier: Supplier, skus: list[Sku]) -> list[tuple[int, Sku]]:
    step, offset = supplier.every
    chosen = []
    for family in supplier.families:
        members = [(index, sku) for index, sku in enumerate(skus) if sku.family.name == family]
        chosen += members[offset::step]
    return chosen


def _arrived(supplier: Supplier, month: int, rng: np.random.Generator) -> float:
    return 0.66 if month in _SHORT.get(supplier.code, ()) else float(rng.uniform(0.975, 1.0))


def _delivery(
    supplier: Supplier, month: int, items: int, ordered: float, received: float, value: float, rng: np.random.Generator
) -> dict[str, object]:
    lines = int(max(4, rng.poisson(2.4 * items)))
    punctual, delay, spread = supplier.on_time_ratio, 1.0, 0.045
    if supplier.code == _SLIPPING and month >= _SLIPPING_FROM:
        punctual, delay, spread = 0.90 - 0.035 * (month - _SLIPPING_FROM), 1.10, 0.12
    if supplier.overseas and month in _PORT_CLOSED:
        punctual, delay = 0.40, 1.35
    if month in _SHORT.get(supplier.code, ()):
        punctual = 0.62
    full = min(punctual + 0.02, received / ordered if ordered else 1.0, 0.99)
    return {
        "month": months.text(month),
        "supplier": supplier.code,
        "lines": lines,
        "ordered_units": ordered,
        "received_units": received,
        "rejected_units": float(rng.binomial(int(received), 0.004)),
        "on_time_lines": int(rng.binomial(lines, punctual)),
        "in_full_lines": int(rng.binomial(lines, full)),
        "average_lead_time_days": round(supplier.lead_time_days * delay * (1.0 + float(rng.normal(0.0, spread))), 1),
        "value": round(value, 0),
    }
