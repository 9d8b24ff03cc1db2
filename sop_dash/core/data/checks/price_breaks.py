"""Do the price breaks of an item make one ladder: one kind, and a lower price for more units?"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sop_dash.core.data.checks.reporting import at_rows, examples
from sop_dash.core.model.arrays import BoolArray
from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.tables.supplying import ALL_UNITS

MIXED_KINDS = FindingKind(
    code="price-breaks-of-two-kinds",
    severity=Severity.BLOCKS,
    title="Price breaks of two kinds for one item",
    remedy="Write all_units or incremental in every row of the item.",
)
DEARER_BREAK = FindingKind(
    code="price-break-not-lower",
    severity=Severity.WARNS,
    title="A larger order at no lower price",
    remedy="Correct the price or the units; until then this row is left out.",
)
ONE_UNIT = 1.0


def price_break_findings(frames: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """Items whose rows mix kinds, and rows that are no lower than a smaller order or the unit cost."""
    table = frames.get("price_breaks")
    if table is None:
        return []
    sku, kind = table["sku"].astype(object), table["kind"].astype(object).replace("", ALL_UNITS)
    mixed = np.asarray(kind.groupby(sku).transform("nunique") > 1, dtype=np.bool_)
    dearer = ~rungs(table, _costs(frames.get("products")))
    skus = examples(table.loc[dearer, "sku"])
    return [
        *at_rows(MIXED_KINDS, "price_breaks", table, mixed, place="kind"),
        *at_rows(DEARER_BREAK, "price_breaks", table, dearer, place="price", detail=f"Items {skus}."),
    ]


def rungs(table: pd.DataFrame, costs: Mapping[str, float]) -> BoolArray:
    """True for rows whose price is below that of every smaller order of the item, its unit cost included.

    Args:
        table: `price_breaks`; a row from one unit on or less stands for the unit cost.
        costs: Unit cost by item, where it is known.
    """
    kept = np.ones(len(table), dtype=np.bool_)
    names, starts, prices = table["sku"].astype(str).to_numpy(), *(table[c].to_numpy() for c in ("from_units", "price"))
    lowest: dict[str, float] = {}
    for row in np.lexsort((starts, names)).tolist():
        name, start, price = str(names[row]), float(starts[row]), float(prices[row])
        before = lowest.get(name, np.inf if start <= ONE_UNIT else costs.get(name, np.inf))
        kept[row] = not price >= before
        lowest[name] = min(before, price)
    return kept


def _costs(products: pd.DataFrame | None) -> dict[str, float]:
    if products is None:
        return {}
    known = products[~products["unit_cost"].isna()]
    return dict(zip(known["sku"].astype(str), known["unit_cost"].astype(float), strict=True))
