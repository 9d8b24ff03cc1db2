"""Stock as counted, what of it may be sold, and open orders. Units, and plan currency at standard cost."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sop_dash.core.data.assembly.axes import Axes, summed
from sop_dash.core.data.assembly.prices import Prices
from sop_dash.core.data.checks.reporting import at_rows
from sop_dash.core.model.arrays import Array, read_only
from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.inputs import NO_COUNTS, StockCounts, StockHistory
from sop_dash.core.model.periods import short_name

STOCK_NOT_COUNTED = FindingKind(
    code="stock-unknown",
    severity=Severity.WARNS,
    title="Opening stock unknown",
    remedy="Give closing_units of the last closed month in inventory, 0 where there is no stock.",
)
DEAD_STOCK = FindingKind(
    code="discontinued-stock",
    severity=Severity.WARNS,
    title="Stock of items no longer sold",
    remedy="Write it down, sell it off, or correct end_month in products; the plan does not ship it.",
)
OVERDUE_RECEIPTS = FindingKind(
    code="overdue-receipts",
    severity=Severity.WARNS,
    title="Open orders past due",
    remedy="Give the month they are now expected; until then they count in the first month of the plan.",
)


def stock_history(frames: Mapping[str, pd.DataFrame], prices: Prices, axes: Axes) -> tuple[StockHistory, list[Finding]]:
    """Stock, receipts and backlog by family; without a table its arrays are NaN, with one, families without rows too.

    Open orders and backlog tell everything there is: families without rows have none.
    """
    F, _, H, _K = axes.shape
    closing, value, opening, found = _counted(frames, prices, axes)
    receipts, overdue = _receipts(frames, axes)
    backlog = np.full(F, np.nan)
    if "backlog" in frames:
        orders = frames["backlog"]
        months = axes.months(orders["month"])
        past_due = np.where(months < H, orders["units"].to_numpy(), np.nan)
        backlog = np.nan_to_num(summed((F,), (axes.families(orders),), past_due))
    stock = StockHistory(
        closing_units=read_only(closing),
        closing_value=read_only(value),
        saleable_units=read_only(opening[0]),
        blocked_units=read_only(opening[1]),
        discontinued_units=read_only(opening[2]),
        receipts_units=read_only(receipts),
        backlog_units=read_only(backlog),
    )
    return stock, found + overdue


def stock_counts(frames: Mapping[str, pd.DataFrame]) -> StockCounts:
    """The counts of single items, row by row; none without the table."""
    if "stock_counts" not in frames:
        return NO_COUNTS
    rows = frames["stock_counts"]
    return StockCounts(
        months=tuple(rows["month"].astype(str)),
        book_units=read_only(rows["book_units"]),
        counted_units=read_only(rows["counted_units"]),
    )


def _counted(
    frames: Mapping[str, pd.DataFrame], prices: Prices, axes: Axes
) -> tuple[Array, Array, Array, list[Finding]]:
    """[F, H] units and value, and [3, F] saleable, blocked and discontinued units at the last closed month."""
    F, _, H, _ = axes.shape
    if "inventory" not in frames:
        unknown = np.full((F, H), np.nan)
        return unknown, unknown, np.full((3, F), np.nan), []
    counts = frames["inventory"]
    family, month, item = axes.families(counts), axes.months(counts["month"]), axes.items(counts["sku"])
    units = counts["closing_units"].to_numpy()
    worth = np.where(units == 0.0, 0.0, units * _cost_of_rows(counts, prices, axes))
    closing = summed((F, H), (family, month), units)
    unvalued = summed((F, H), (family, month), np.where(np.isnan(worth), 1.0, np.nan)) > 0.0
    value = np.where(unvalued, np.nan, summed((F, H), (family, month), worth))
    last = month == H - 1
    ended = (item >= 0) & np.append(axes.ended, False)[item]
    on_hand, blocked = np.maximum(units, 0.0), np.nan_to_num(counts["blocked_units"].to_numpy())
    blocked = np.minimum(blocked, on_hand)

    def at_close(amount: Array) -> Array:
        return summed((F,), (family,), np.where(last, amount, np.nan))

    opening = np.stack(
        [
            at_close(np.where(ended, 0.0, on_hand - blocked)),
            at_close(np.where(ended, 0.0, blocked)),
            at_close(np.where(ended, on_hand, 0.0)),
        ]
    )
    dead = last & ended & (on_hand > 0.0)
    total = float(np.nansum(worth[dead])) if not np.isnan(worth[dead]).all() else None
    detail = f"{on_hand[dead].sum():,.0f} units."
    found = at_rows(DEAD_STOCK, "inventory", counts, dead, detail=detail, value=total) if dead.any() else []
    return closing, value, opening, found + _not_counted(opening[0], axes)


def _cost_of_rows(counts: pd.DataFrame, prices: Prices, axes: Axes) -> Array:
    """Cost per unit of each row: its own, else the item's of that month, else the family's."""
    H = axes.shape[2]
    month = np.clip(axes.months(counts["month"]), 0, H - 1)
    item, family = axes.items(counts["sku"]), axes.families(counts)
    of_item = (
        np.where(item >= 0, prices.item_cost[item, month], np.nan) if len(axes.skus) else np.full(len(item), np.nan)
    )
    of_family = np.where(family >= 0, prices.unit_cost[family, month], np.nan)
    own = counts["unit_cost"].to_numpy()
    return np.where(~np.isnan(own), own, np.where(~np.isnan(of_item), of_item, of_family))


def _not_counted(opening: Array, axes: Axes) -> list[Finding]:
    month = short_name(axes.grain.history[-1])
    return [
        Finding(kind=STOCK_NOT_COUNTED, table="inventory", place=f"{axes.grain.families[family]}, {month}")
        for family in np.flatnonzero(np.isnan(opening))
    ]


def _receipts(frames: Mapping[str, pd.DataFrame], axes: Axes) -> tuple[Array, list[Finding]]:
    """[F, T] open orders by month due; those past due stand in the first month."""
    F, _, H, K = axes.shape
    if "receipts" not in frames:
        return np.full((F, K - H), np.nan), []
    orders = frames["receipts"]
    due = axes.months(orders["month"]) - H
    units = orders["units"].to_numpy()
    receipts = np.nan_to_num(summed((F, K - H), (axes.families(orders), np.maximum(due, 0)), units))
    detail = f"{units[due < 0].sum():,.0f} units."
    return receipts, at_rows(OVERDUE_RECEIPTS, "receipts", orders, due < 0, detail=detail)
