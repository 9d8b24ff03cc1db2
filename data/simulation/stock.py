"""What was made, received and counted: production, inventory, open orders, stock counts, backlog."""

import numpy as np
import pandas as pd

from simulation import faults, months
from simulation.assortment import Sku
from simulation.demand import Demand
from simulation.money import PriceBook
from simulation.operations import Ledger
from simulation.random import stream


def production(skus: list[Sku], ledger: Ledger) -> pd.DataFrame:
    """Planned and actual per SKU and month; for bought SKUs ordered and received. Later months: the released plan."""
    rows = []
    for index, sku in enumerate(skus):
        for month in range(months.START, months.OPEN_CYCLE + 3):
            done = month < months.OPEN_CYCLE
            planned, actual = ledger.planned[index, month], ledger.actual[index, month]
            if (planned > 0 or actual > 0) and (done or not sku.family.bought):
                facts = (actual, ledger.scrapped[index, month], ledger.on_time[index, month]) if done else (None,) * 3
                rows.append((months.text(month), sku.code, planned, *facts))
    table = pd.DataFrame(
        rows, columns=["month", "sku", "planned_units", "actual_units", "scrapped_units", "on_time_units"]
    )
    return faults.without_lost_month(_whole(table)).sort_values(["month", "sku"], ignore_index=True)


def inventory(skus: list[Sku], ledger: Ledger, book: PriceBook) -> pd.DataFrame:
    """Closing stock at standard cost; blocked stock is part of the closing stock and waits for inspection."""
    rng = stream("blocked stock")
    rows = []
    for index, sku in enumerate(skus):
        for month in range(months.START, months.OPEN_CYCLE):
            closing = ledger.closing[index, month]
            blocked = np.rint(closing * rng.uniform(0.01, 0.05)) if rng.random() < 0.12 else 0.0
            gone = closing == 0 and (sku.launch or 0) > month
            if not gone and not (closing == 0 and sku.end is not None and month > sku.end):
                rows.append((months.text(month), sku.code, closing, float(book.cost[index, month]), blocked))
    table = pd.DataFrame(rows, columns=["month", "sku", "closing_units", "unit_cost", "blocked_units"])
    return _whole(table).sort_values(["month", "sku"], ignore_index=True)


def receipts(skus: list[Sku], ledger: Ledger) -> pd.DataFrame:
    """Open purchase orders of bought SKUs by month due."""
    due = range(months.OPEN_CYCLE, months.OPEN_CYCLE + 3)
    rows = [
        (months.text(month), sku.code, ledger.on_order[index, month]) for month in due for index, sku in enumerate(skus)
    ]
    table = pd.DataFrame([row for row in rows if row[2] > 0], columns=["month", "sku", "units"])
    return _whole(table)


def backlog(skus: list[Sku], demand: Demand, ledger: Ledger) -> pd.DataFrame:
    """Orders of business customers that could not be shipped in the last month and are still wanted."""
    month = months.OPEN_CYCLE - 1
    short = demand.sku_units[:, month] - ledger.shipped[:, month]
    rows = [(months.text(month), sku.code, np.rint(0.2 * short[index])) for index, sku in enumerate(skus)]
    return _whole(pd.DataFrame([row for row in rows if row[2] >= 1], columns=["month", "sku", "units"]))


def stock_counts(skus: list[Sku], ledger: Ledger) -> pd.DataFrame:
    """A quarter of the articles counted each month for two years; small differences, books not changed."""
    rng = stream("stock counts")
    rows = []
    for month in range(months.OPEN_CYCLE - 24, months.OPEN_CYCLE):
        for index, sku in enumerate(skus):
            book = ledger.closing[index, month]
            if index % 4 == month % 4 and book > 0:
                exact = rng.random() < 0.62
                counted = book if exact else max(0.0, np.rint(book * (1.0 + rng.normal(-0.004, 0.015))))
                rows.append((months.text(month), sku.code, book, counted))
    return _whole(pd.DataFrame(rows, columns=["month", "sku", "book_units", "counted_units"]))


def _whole(table: pd.DataFrame) -> pd.DataFrame:
    """Unit columns as whole numbers; unknown stays empty."""
    columns = [column for column in table.columns if column.endswith("units")]
    return table.astype(dict.fromkeys(columns, "Int64"))
