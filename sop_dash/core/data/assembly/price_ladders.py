"""Checked price breaks to the ladder of prices of every item. Units and plan currency per unit."""

import numpy as np
import pandas as pd

from sop_dash.core.data.assembly.axes import Axes
from sop_dash.core.data.checks.price_breaks import ONE_UNIT, rungs
from sop_dash.core.model.arrays import Array
from sop_dash.core.model.price_ladder import PriceLadder, PriceTier
from sop_dash.core.model.tables.supplying import INCREMENTAL


def price_ladders(table: pd.DataFrame | None, axes: Axes, costs: Array) -> dict[int, PriceLadder]:
    """Ladder by position of the item; none for an item without a lower price, or whose plain price is unknown.

    Args:
        table: `price_breaks`.
        axes: Items.
        costs: [S] unit cost: the plain price, unless a row from one unit on gives it.
    """
    if table is None:
        return {}
    known = {sku: float(cost) for sku, cost in zip(axes.skus, costs.tolist(), strict=True) if not np.isnan(cost)}
    kept = table[rungs(table, known)].sort_values("from_units", kind="stable")
    place = axes.items(kept["sku"])
    found: dict[int, PriceLadder] = {}
    for item in np.unique(place[place >= 0]).tolist():
        rows = kept[place == item]
        ladder = _ladder(rows, float(costs[item]))
        if ladder is not None:
            found[item] = ladder
    return found


def _ladder(rows: pd.DataFrame, cost: float) -> PriceLadder | None:
    given = [
        PriceTier(smallest=start, price=price) for start, price in zip(rows["from_units"], rows["price"], strict=True)
    ]
    plain = [tier.price for tier in given if tier.smallest <= ONE_UNIT] or ([] if np.isnan(cost) else [cost])
    breaks = [tier for tier in given if tier.smallest > ONE_UNIT]
    if not (plain and breaks):
        return None
    tiers = (PriceTier(smallest=0.0, price=plain[-1]), *breaks)
    return PriceLadder(tiers=tiers, incremental=bool((rows["kind"] == INCREMENTAL).any()))
