"""Which family every item belongs to, by stated rules, and which families there are.

Rules, first that applies: the family in `products`; the family most sales rows of the item name; with families known
for other items, "Unassigned"; without any family anywhere, items stand for themselves, the largest 39 by revenue
(units where no revenue is given) and the rest as "Other items" when there are more than 40.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sop_dash.core.data.checks.values import is_empty

UNASSIGNED = "Unassigned"
OTHER_ITEMS = "Other items"
MOST_ITEMS = 40


@dataclass(frozen=True, kw_only=True)
class Items:
    """Items and their families.

    Args:
        family: SKU -> family, for every item in products or sales.
        unassigned: Items put into "Unassigned" because neither table names a family.
        standing_alone: True when no table names a family and items stand for themselves.
        disputed: Items for which products and sales, or sales rows among themselves, name different families.
        in_products: Items the products table lists.
    """

    family: Mapping[str, str]
    unassigned: tuple[str, ...] = ()
    standing_alone: bool = False
    disputed: tuple[str, ...] = ()
    in_products: frozenset[str] = frozenset()


def items_of(frames: Mapping[str, pd.DataFrame]) -> Items:
    """Find the family of every item in `products` and `sales` (typed frames; either may be missing)."""
    products, sales = frames.get("products"), frames.get("sales")
    listed = _pairs(products)
    sold = _sold_families(sales)
    names = sorted(set(listed) | set(sold))
    family = {sku: listed.get(sku) or sold.get(sku, ("", False))[0] for sku in names}
    disputed = tuple(
        sku
        for sku, (by_sales, several) in sold.items()
        if several or (by_sales and listed.get(sku) and listed[sku] != by_sales)
    )
    homeless = [sku for sku in names if not family[sku]]
    known = len(homeless) < len(names) or (sales is not None and bool((~is_empty(sales["family"])).any()))
    if known:
        family.update(dict.fromkeys(homeless, UNASSIGNED))
    else:
        family.update(_standing_alone(sales, homeless))
    return Items(
        family=family,
        unassigned=tuple(homeless) if known else (),
        standing_alone=bool(homeless) and not known,
        disputed=disputed,
        in_products=frozenset(listed),
    )


def families_of(frame: pd.DataFrame, items: Items) -> "pd.Series[str]":
    """The family of each row of a table with sku or family: the item's where a known item is named, else as written.

    Empty text where the item is unknown and no family is written.
    """
    written = frame["family"].astype(object)
    if "sku" not in frame:
        return written
    place = {sku: items.family.get(sku, "") for sku in frame["sku"].cat.categories}
    by_item = frame["sku"].astype(object).map(place)
    return by_item.where(by_item != "", written)


def _pairs(products: pd.DataFrame | None) -> dict[str, str]:
    if products is None:
        return {}
    return {sku: family for sku, family in zip(products["sku"], products["family"], strict=True) if sku}


def _sold_families(sales: pd.DataFrame | None) -> dict[str, tuple[str, bool]]:
    """SKU -> the family most of its sales rows name (first by name among equals), and whether they name several."""
    if sales is None:
        return {}
    if not (~is_empty(sales["family"])).any():
        return {str(sku): ("", False) for sku in sales["sku"].cat.categories if sku}
    pairs = pd.DataFrame({"sku": sales["sku"].cat.codes, "family": sales["family"].cat.codes})
    rows = (
        pairs.value_counts()
        .reset_index(name="rows")
        .sort_values(["sku", "rows", "family"], ascending=[True, False, True])
    )
    skus, families = sales["sku"].cat.categories.tolist(), sales["family"].cat.categories.tolist()
    best: dict[str, tuple[str, bool]] = {}
    for sku_code, family_code in zip(rows["sku"], rows["family"], strict=True):
        sku, family = str(skus[sku_code]), str(families[family_code])
        if not sku:
            continue
        first = best.get(sku)
        if first is None or not first[0]:
            best[sku] = (family, False)
        elif family:
            best[sku] = (first[0], True)
    return best


def _standing_alone(sales: pd.DataFrame | None, names: list[str]) -> dict[str, str]:
    if len(names) <= MOST_ITEMS or sales is None:
        return {name: name for name in names}
    revenue = sales["net_revenue"].to_numpy()
    size = sales["units"].to_numpy() if np.isnan(revenue).all() else np.nan_to_num(revenue)
    totals = np.bincount(sales["sku"].cat.codes, weights=size, minlength=len(sales["sku"].cat.categories))
    total = dict(zip(sales["sku"].cat.categories, totals.tolist(), strict=True))
    ranked = sorted(names, key=lambda name: (-total.get(name, 0.0), name))
    return {name: name if place < MOST_ITEMS - 1 else OTHER_ITEMS for place, name in enumerate(ranked)}
