"""Checked tables to items: demand, stock, open orders, cost and ordering terms of every item. Units, days, currency.

A company whose sales name no items still has a policy: its families stand for items (`families_as_items`).
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from sop_dash.core.data.assembly.axes import Axes, Places, summed
from sop_dash.core.data.assembly.mixing import family_unit_revenue
from sop_dash.core.data.assembly.opening import OpenTables
from sop_dash.core.data.assembly.price_ladders import price_ladders
from sop_dash.core.data.assembly.prices import item_costs, product_values, stated_family_costs
from sop_dash.core.data.assembly.sales import item_demand, item_unit_revenue
from sop_dash.core.data.assembly.supply import family_lead_days
from sop_dash.core.model.arrays import Array, read_only
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.items import ItemInputs
from sop_dash.core.model.periods import DAYS_PER_MONTH, ordinal

_OF_PRODUCT = {
    "lead_time_sd_days": "lead_time_std_days",
    "smallest_order": "moq",
    "lot_multiple": "lot_multiple",
    "order_cost": "order_cost",
    "shelf_life_months": "shelf_life_months",
    "safety_stock_in_force": "safety_stock_units",
    "reorder_point_in_force": "reorder_point_units",
}


def item_inputs(opened: OpenTables, *, version: str) -> ItemInputs:
    """All items of the families planned, by family and code; none when no table names items.

    Open orders are those of `receipts`, else what suppliers say is on order. An ordering term that `products` does not
    give is that of the item's supplier: the longest lead time, the smallest order of any; then that of its family.
    """
    frames, axes = opened.frames, opened.axes
    count, history = len(axes.skus), axes.shape[2]
    terms: dict[str, Any] = {
        name: read_only(product_values(frames, column, axes)) for name, column in _OF_PRODUCT.items()
    }
    terms["smallest_order"] = read_only(_or(terms["smallest_order"], _of_suppliers(frames, "moq", axes, np.fmin)))
    stated = stated_family_costs(frames, axes)[axes.sku_family, history]
    costs = read_only(_or(item_costs(frames, axes)[:, history], stated) if count else np.zeros(0))
    lead = _or(product_values(frames, "lead_time_days", axes), _of_suppliers(frames, "lead_time_days", axes, np.fmax))
    lead = _or(lead, family_lead_days(frames, axes)[axes.sku_family])
    on_hand, blocked = _stock(frames, axes)
    return ItemInputs(
        version=version,
        grain=axes.grain,
        skus=axes.skus,
        names=_names(frames, axes),
        family=axes.sku_family,
        made=_made(frames, axes),
        ended=axes.ended,
        demand_units=item_demand(frames["sales"], axes),
        on_hand_units=read_only(on_hand),
        blocked_units=read_only(blocked),
        on_order_units=read_only(_on_order(frames, axes)),
        backlog_units=read_only(_backlog(frames, axes)),
        unit_cost=costs,
        unit_revenue=read_only(item_unit_revenue(frames["sales"], axes)),
        lead_time_days=read_only(lead),
        months_left=read_only(_months_left(frames, axes)),
        price_ladders=price_ladders(frames.get("price_breaks"), axes, costs),
        **terms,
    )


def families_as_items(inputs: PlanInputs) -> ItemInputs:
    """Families in the place of items, for figures by family and for companies that do not know their items.

    Terms of ordering, shelf lives and spreads of the lead time are not known of families; lead times are whole months.
    """
    stock, supply, grain = inputs.stock, inputs.supply, inputs.grain
    count, H = len(grain.families), len(grain.history)
    unknown = read_only(np.full(count, np.nan))
    demand = inputs.sales.demand_units
    started = ~np.isnan(demand).all(axis=1)
    return ItemInputs(
        version=inputs.version,
        grain=grain,
        skus=grain.families,
        names=grain.families,
        family=np.arange(count, dtype=np.int64),
        made=np.array(grain.made, dtype=np.bool_),
        ended=np.zeros(count, dtype=np.bool_),
        demand_units=read_only(np.where(started, np.nansum(demand, axis=1), np.nan)),
        on_hand_units=read_only(stock.saleable_units + np.nan_to_num(stock.blocked_units)),
        blocked_units=read_only(np.nan_to_num(stock.blocked_units)),
        on_order_units=read_only(
            np.where(np.isnan(stock.receipts_units).all(axis=1), np.nan, np.nansum(stock.receipts_units, axis=1))
        ),
        backlog_units=stock.backlog_units,
        unit_cost=read_only(inputs.money.unit_cost[:, H]),
        unit_revenue=read_only(family_unit_revenue(inputs.sales)),
        lead_time_days=read_only(supply.lead_time_months * DAYS_PER_MONTH),
        lead_time_sd_days=unknown,
        smallest_order=unknown,
        lot_multiple=unknown,
        order_cost=unknown,
        shelf_life_months=unknown,
        months_left=read_only(np.full(count, np.inf)),
        safety_stock_in_force=unknown,
        reorder_point_in_force=unknown,
        of_families=True,
    )


def _names(frames: Mapping[str, pd.DataFrame], axes: Axes) -> tuple[str, ...]:
    if "products" not in frames:
        return axes.skus
    given = dict(zip(frames["products"]["sku"].astype(str), frames["products"]["name"].astype(str), strict=True))
    return tuple(given.get(sku) or sku for sku in axes.skus)


def _made(frames: Mapping[str, pd.DataFrame], axes: Axes) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """As products say; an item of which nothing is said is like its family."""
    how: dict[str, str] = {}
    if "products" in frames:
        products = frames["products"]
        how = dict(zip(products["sku"].astype(str), products["make_or_buy"].astype(str), strict=True))
    made = [
        how[sku] == "make" if how.get(sku) else axes.grain.made[family]
        for sku, family in zip(axes.skus, axes.sku_family.tolist(), strict=True)
    ]
    return np.array(made, dtype=np.bool_)


def _stock(frames: Mapping[str, pd.DataFrame], axes: Axes) -> tuple[Array, Array]:
    """[S] on hand and, of that, blocked, at the last close; NaN without a row."""
    if "inventory" not in frames:
        return np.full(len(axes.skus), np.nan), np.full(len(axes.skus), np.nan)
    rows = frames["inventory"]
    last = axes.months(rows["month"]) == axes.shape[2] - 1
    on_hand = np.maximum(_by_item(rows, np.where(last, rows["closing_units"].to_numpy(), np.nan), axes), 0.0)
    blocked = _by_item(rows, np.where(last, np.nan_to_num(rows["blocked_units"].to_numpy()), np.nan), axes)
    return on_hand, np.minimum(blocked, on_hand)


def _on_order(frames: Mapping[str, pd.DataFrame], axes: Axes) -> Array:
    """[S] open orders; NaN where no table tells of any."""
    for table, column in (("receipts", "units"), ("supplier_items", "units_on_order")):
        if table in frames:
            return np.nan_to_num(_by_item(frames[table], frames[table][column].to_numpy(), axes))
    return np.full(len(axes.skus), np.nan)


def _backlog(frames: Mapping[str, pd.DataFrame], axes: Axes) -> Array:
    if "backlog" not in frames:
        return np.full(len(axes.skus), np.nan)
    rows = frames["backlog"]
    past_due = axes.months(rows["month"]) < axes.shape[2]
    return np.nan_to_num(_by_item(rows, np.where(past_due, rows["units"].to_numpy(), np.nan), axes))


def _by_item(rows: pd.DataFrame, values: Array, axes: Axes) -> Array:
    return summed((len(axes.skus),), (axes.items(rows["sku"]),), values)


def _of_suppliers(frames: Mapping[str, pd.DataFrame], column: str, axes: Axes, chosen: np.ufunc) -> Array:
    """[S] the term chosen among the suppliers of each item; NaN where none gives it."""
    result = np.full(len(axes.skus), np.nan)
    if "supplier_items" in frames:
        rows = frames["supplier_items"]
        place: Places = axes.items(rows["sku"])
        known = place >= 0
        chosen.at(result, place[known], rows[column].to_numpy()[known])
    return result


def _months_left(frames: Mapping[str, pd.DataFrame], axes: Axes) -> Array:
    """[S] months from the first one planned to the item's last; 0 when it has passed, infinite without an end."""
    ends: dict[str, str] = {}
    if "products" in frames:
        products = frames["products"]
        ends = dict(zip(products["sku"].astype(str), products["end_month"].astype(str), strict=True))
    first = ordinal(axes.grain.cycle)
    left = [ordinal(ends[sku]) - first + 1 if ends.get(sku) else np.inf for sku in axes.skus]
    return np.maximum(np.array(left, dtype=np.float64), 0.0)


def _or(values: Array, otherwise: Array) -> Array:
    return np.where(np.isnan(values), otherwise, values)
