"""Price lists, standard costs and the sales ledger.

Every row of the ledger ties: net revenue = units x list price of the channel - discount.
"""

import functools
from dataclasses import dataclass

import numpy as np
import pandas as pd

from simulation import faults, months
from simulation.assortment import Sku
from simulation.demand import CELLS, Demand, cell_shares
from simulation.influences import INFLUENCES
from simulation.master import (
    CHANNEL_DISCOUNT,
    CHANNEL_PRICE,
    CHANNELS,
    FAMILIES,
    PRICE_RISE,
    PRICE_RISE_MONTH,
)
from simulation.operations import Ledger
from simulation.random import stream

PRICE_INDEX = {"2022-11": 0.945, "2024-01": 0.963, "2025-01": 0.982, "2026-01": 1.0, "2027-01": 1.02}
COST_INDEX = {"2022-11": 0.900, "2023-01": 0.915, "2024-01": 0.935, "2025-01": 0.958, "2026-01": 1.0, "2027-01": 1.015}
BUDGET_COST_INDEX = {**COST_INDEX, "2026-01": 0.977}
_PROMOTION_DISCOUNT = 0.10
_LIST_OVER_NET = 1.035


@dataclass(frozen=True, kw_only=True, eq=False)
class PriceBook:
    """List price and standard cost per unit in USD; `list_price[channel]` and `cost` are SKUs x simulated months."""

    list_price: dict[str, np.ndarray]
    cost: np.ndarray


def price_book(skus: list[Sku], share: np.ndarray) -> PriceBook:
    """Price lists by date; a family's prices are scaled so that its usual mix sells at the family's price."""
    factor = np.array([sku.price_factor for sku in skus])
    mix = share[:, months.OPEN_CYCLE - 12 : months.OPEN_CYCLE].mean(axis=1)
    base = np.empty(len(skus))
    for family in FAMILIES:
        rows = [index for index, sku in enumerate(skus) if sku.family is family]
        base[rows] = family.net_price * _LIST_OVER_NET * factor[rows] / (mix[rows] @ factor[rows])
    index, cost_index = by_date(PRICE_INDEX), by_date(COST_INDEX)
    rise = np.ones((len(skus), months.END))
    for row, sku in enumerate(skus):
        rise[row, months.number(PRICE_RISE_MONTH) :] += PRICE_RISE.get(sku.family.name, 0.0)
    lists = {channel: np.round(base[:, None] * index * rise * CHANNEL_PRICE[channel], 2) for channel in CHANNELS}
    ratio = np.array([sku.family.cost_ratio * sku.cost_factor for sku in skus])
    cost = np.round((base / _LIST_OVER_NET * ratio)[:, None] * cost_index, 2)
    return PriceBook(list_price=lists, cost=cost)


def by_date(steps: dict[str, float]) -> np.ndarray:
    """A step function over the simulated months: each value holds from its month on."""
    values = np.full(months.END, next(iter(steps.values())))
    for month, value in steps.items():
        values[months.number(month) :] = value
    return values


def prices(skus: list[Sku], book: PriceBook) -> pd.DataFrame:
    """The price lists by date and channel, one row wherever a price or a cost changed while the SKU was sold."""
    dates = sorted({*PRICE_INDEX, *COST_INDEX, PRICE_RISE_MONTH})
    rows = []
    for index, sku in enumerate(skus):
        first = max(months.START, sku.launch or 0)
        last = sku.end if sku.end is not None else months.END
        starts = [month for month in map(months.number, dates) if first < month <= last]
        for channel in CHANNELS:
            before: tuple[float, float] | None = None
            for month in [first, *starts] if last >= first else []:
                now = (float(book.list_price[channel][index, month]), float(book.cost[index, month]))
                if now != before:
                    rows.append((sku.code, months.text(month), channel, *now))
                before = now
    return pd.DataFrame(rows, columns=["sku", "valid_from", "channel", "price", "unit_cost"])


def sales(skus: list[Sku], demand: Demand, ledger: Ledger, book: PriceBook) -> pd.DataFrame:
    """The sales ledger by month, SKU, region and channel; a month without demand is one row of zeros."""
    rng = stream("sales")
    rows = []
    for index, sku in enumerate(skus):
        for month in range(months.START, months.OPEN_CYCLE):
            if demand.share[index, month] > 0.0:
                wanted = int(demand.sku_units[index, month])
                rows += _month_rows(rng, sku, index, month, wanted, int(ledger.shipped[index, month]), book)
    rows += faults.first_days_of_open_month(skus, demand, functools.partial(_row, rng, book))
    table = pd.DataFrame(rows)
    return faults.with_late_correction(table).sort_values(["month", "sku", "region", "channel"], ignore_index=True)


def _month_rows(
    rng: np.random.Generator, sku: Sku, index: int, month: int, wanted: int, shipped: int, book: PriceBook
) -> list[dict[str, object]]:
    shares = cell_shares(sku, month)
    asked = rng.multinomial(wanted, shares)
    served = _proportional(asked, shipped)
    cells = np.flatnonzero(asked)
    if cells.size == 0:
        cells = np.array([int(np.argmax(shares))])
    return [_row(rng, book, sku, index, month, int(cell), int(asked[cell]), int(served[cell])) for cell in cells]


def _proportional(asked: np.ndarray, available: int) -> np.ndarray:
    """Cut what was asked for to what is available, in proportion, whole units, largest remainders first."""
    total = int(asked.sum())
    if available >= total:
        return asked
    exact = asked * (available / total)
    whole = np.floor(exact).astype(int)
    order = np.argsort(-(exact - whole), kind="stable")
    whole[order[: available - int(whole.sum())]] += 1
    return whole


def _row(
    rng: np.random.Generator, book: PriceBook, sku: Sku, index: int, month: int, cell: int, asked: int, units: int
) -> dict[str, object]:
    region, channel = CELLS[cell]
    promoted = _promoted_units(rng, sku, month, channel, units)
    gross = round(units * float(book.list_price[channel][index, month]), 2)
    rate = sku.family.extra_discount.get(channel, CHANNEL_DISCOUNT[channel]) * rng.uniform(0.85, 1.15)
    rate += _PROMOTION_DISCOUNT * promoted / units if units else 0.0
    discount = round(gross * rate, 2)
    lost = asked - units
    return {
        "month": months.text(month),
        "sku": sku.code,
        "units": units,
        "net_revenue": round(gross - discount, 2),
        "discount": discount,
        "region": region,
        "channel": channel,
        "unconstrained_units": asked,
        "promo_units": promoted,
        "cancelled_units": int(rng.binomial(lost, 0.6)) + int(rng.binomial(units, 0.006)),
        "returned_units": int(rng.binomial(units, 0.035 if channel == "online" else 0.012)),
    }


def _promoted_units(rng: np.random.Generator, sku: Sku, month: int, channel: str, units: int) -> int:
    if channel == "business":
        return 0
    for influence in INFLUENCES:
        if (
            influence.kind == "promotion"
            and influence.family == sku.family.name
            and months.number(influence.start) == month
        ):
            return int(rng.binomial(units, min(0.9, 0.12 + influence.true_ratio)))
    return 0
