"""What is wrong with the books, as in any company: a late credit, a hole, and a month that is not over.

The balances of the written tables take the credit into account; the hole and the open month are left as they are.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from simulation import months
from simulation.assortment import Sku
from simulation.demand import CELLS, Demand
from simulation.operations import Ledger
from simulation.random import stream

_CREDITED_SKU, _CREDIT_MONTH, _CREDIT_CELL, _CREDIT_UNITS = "IRN-102", "2026-07", ("Europe", "business"), 620
_HOLE = ("IRN-", "2025-08")


def take_credit_into_stock(skus: list[Sku], ledger: Ledger) -> None:
    """An order of June 2026, booked as shipped, never left the warehouse: stock rises when it is credited in July."""
    row = next(index for index, sku in enumerate(skus) if sku.code == _CREDITED_SKU)
    month = months.number(_CREDIT_MONTH)
    ledger.shipped[row, month] -= _CREDIT_UNITS
    ledger.closing[row, month : months.OPEN_CYCLE] += _CREDIT_UNITS


def with_late_correction(sales: pd.DataFrame) -> pd.DataFrame:
    """The same credit in the sales ledger, booked into the month in which it was noticed."""
    region, channel = _CREDIT_CELL
    hit = (
        (sales["sku"] == _CREDITED_SKU)
        & (sales["month"] == _CREDIT_MONTH)
        & (sales["region"] == region)
        & (sales["channel"] == channel)
    )
    row = sales.index[hit][0]
    units = float(sales.loc[row, "units"])
    corrected = sales.copy()
    remaining = (units - _CREDIT_UNITS) / units
    for column in ("net_revenue", "discount"):
        corrected.loc[row, column] = round(float(sales.loc[row, column]) * remaining, 2)
    corrected.loc[row, ["units", "unconstrained_units"]] -= _CREDIT_UNITS
    return corrected


def without_lost_month(production: pd.DataFrame) -> pd.DataFrame:
    """The production report of one family and month was never sent."""
    prefix, month = _HOLE
    return production[~(production["sku"].str.startswith(prefix) & (production["month"] == month))]


def first_days_of_open_month(
    skus: list[Sku], demand: Demand, row: Callable[..., dict[str, object]]
) -> list[dict[str, object]]:
    """Sales of the first two working days of the open month, for the articles that were already invoiced."""
    rng = stream("open month")
    rows = []
    for index, sku in enumerate(skus):
        expected = 0.09 * float(demand.sku_units[index, months.OPEN_CYCLE])
        if sku.cells == len(CELLS) and expected >= 10.0:
            cell = int(rng.integers(0, 2))
            units = int(np.rint(expected * rng.uniform(0.3, 0.6)))
            rows.append(row(sku, index, months.OPEN_CYCLE, cell, units, units))
    return rows
