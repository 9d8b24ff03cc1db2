"""Price and standard cost per unit by month, from price lists, achieved revenue and item costs. Plan currency per unit.

Price of past months: net revenue ÷ units. Planned price, first that applies: the price list at its date, mixed by the
units of the last 12 months, less the discount of the last 12 months; net revenue ÷ units of those of the last 12 months
whose revenue is known; where units were sold without any revenue, the list price in products. Cost: dated costs of
prices, else products, mixed by the month's units (the last 12 months' where it has none and in planned months).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sop_dash.core.data.assembly.axes import Axes
from sop_dash.core.data.assembly.mixing import active_weights, dated, family_mean, recent, revenue_per_unit, trailing
from sop_dash.core.data.checks.values import is_empty
from sop_dash.core.model.arrays import Array, BoolArray, ratio_or_nan
from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.inputs import SalesHistory

ASSUMED_PRICE = FindingKind(
    code="assumed-price",
    severity=Severity.INFORMS,
    title="Planned price assumed",
    remedy="Bring prices with a price by item or family and channel.",
)
PRICE_UNKNOWN = FindingKind(
    code="price-unknown",
    severity=Severity.WARNS,
    title="No price",
    remedy="Give a price in prices; until then the money of this family and channel is unknown.",
)
ZERO_PRICE = FindingKind(
    code="zero-price",
    severity=Severity.WARNS,
    title="Price of zero or less",
    remedy="Give a price in prices, or check the net revenue of the last 12 months.",
)
COST_UNKNOWN = FindingKind(
    code="cost-unknown",
    severity=Severity.WARNS,
    title="No cost",
    remedy="Give unit_cost in products or prices; until then margin and stock value of this family are unknown.",
)
ZERO_COST = FindingKind(
    code="zero-cost",
    severity=Severity.WARNS,
    title="Cost of zero",
    remedy="Give unit_cost in products or prices, or leave it empty when it is not known.",
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Prices:
    """What a unit brings and costs.

    Args:
        price: [F, C, K].
        unit_cost: [F, K].
        item_cost: [S, K].
    """

    price: Array
    unit_cost: Array
    item_cost: Array


def prices_of(
    frames: Mapping[str, pd.DataFrame], sales: SalesHistory, volumes: Array, axes: Axes
) -> tuple[Prices, list[Finding]]:
    """Prices and costs of every month; `volumes` [S, C, H] are the units of each item."""
    H = len(axes.grain.history)
    item_cost = item_costs(frames, axes)
    unit_cost = _family_cost(frames, item_cost, volumes, axes)
    achieved = np.where(sales.units > 0.0, ratio_or_nan(sales.net_revenue_value, sales.units), np.nan)
    last_year = revenue_per_unit(sales.net_revenue_value, sales.units)
    listed = _listed(frames, volumes, axes)[:, :, H:] * (1.0 - _discount_ratio(sales))[:, :, None]
    without = np.isnan(sales.net_revenue_value).all()
    catalogue = np.isnan(last_year) & (without | (recent(sales.units) > 0.0))
    fallback = np.where(catalogue, _catalogue_price(frames, volumes, axes), last_year)
    planned = np.where(np.isnan(listed), fallback[:, :, None], listed)
    price = np.concatenate([achieved, planned], axis=2)
    found = _price_findings(listed, planned, sales, axes, catalogue)
    prices = Prices(price=price, unit_cost=unit_cost, item_cost=item_cost)
    return prices, found + _cost_findings(unit_cost, sales, axes)


def _listed(frames: Mapping[str, pd.DataFrame], volumes: Array, axes: Axes) -> Array:
    """[F, C, K] list price before discount; NaN where no price list speaks."""
    F, C, _, K = axes.shape
    if "prices" not in frames:
        return np.full((F, C, K), np.nan)
    lists = frames["prices"]
    since, by_channel = axes.months(lists["valid_from"]), ~is_empty(lists["channel"])
    channel = np.where(by_channel, axes.channels(lists["channel"]), -1)
    levels: list[Array] = []
    by_item = axes.items(lists["sku"])
    by_family = np.where(is_empty(lists["sku"]), axes.families(lists), -1)
    for place, size in ((by_item, len(axes.skus)), (by_family, F)):
        of_channel = dated(lists, "price", (place, channel), (size, C, K), since)
        of_all = dated(lists, "price", (np.where(by_channel, -1, place),), (size, K), since)
        levels.append(np.where(np.isnan(of_channel), of_all[:, None, :], of_channel))
    of_items = family_mean(levels[0], tuple(w[:, :, None] for w in active_weights(volumes, axes)), axes)
    return np.where(np.isnan(of_items), levels[1], of_items)


def _discount_ratio(sales: SalesHistory) -> Array:
    """[F, C] discount of the last 12 months as a share of revenue before discount; 0 where none is known."""
    discount = recent(sales.discount_value)
    return np.nan_to_num(ratio_or_nan(discount, recent(sales.net_revenue_value) + discount))


def _catalogue_price(frames: Mapping[str, pd.DataFrame], volumes: Array, axes: Axes) -> Array:
    """[F, C] list price in products, mixed by recent units; NaN where none is given."""
    return family_mean(
        np.repeat(product_values(frames, "unit_price", axes)[:, None], volumes.shape[1], axis=1),
        active_weights(volumes, axes),
        axes,
    )


def product_values(frames: Mapping[str, pd.DataFrame], column: str, axes: Axes) -> Array:
    """[S] a number of the products table for each item; NaN where not given."""
    result = np.full(len(axes.skus), np.nan)
    if "products" in frames:
        place = axes.items(frames["products"]["sku"])
        result[place[place >= 0]] = frames["products"][column].to_numpy()[place >= 0]
    return result


def item_costs(frames: Mapping[str, pd.DataFrame], axes: Axes) -> Array:
    """[S, K] standard cost; the cost of products holds until the first dated one where there is none earlier."""
    K = axes.shape[3]
    fixed = np.repeat(product_values(frames, "unit_cost", axes)[:, None], K, axis=1)
    if "prices" not in frames:
        return fixed
    lists = frames["prices"]
    by_date = dated(
        lists, "unit_cost", (axes.items(lists["sku"]),), (len(axes.skus), K), axes.months(lists["valid_from"])
    )
    return np.where(np.isnan(by_date), fixed, by_date)


def _family_cost(frames: Mapping[str, pd.DataFrame], item_cost: Array, volumes: Array, axes: Axes) -> Array:
    """[F, K] mix of the item costs, else the dated cost of the family itself."""
    H = axes.shape[2]
    units = np.maximum(volumes.sum(axis=1), 0.0)
    equal = np.ones((len(axes.skus), 1))
    past = family_mean(item_cost[:, :H], (units, np.maximum(trailing(units), 0.0), equal), axes)
    planned = family_mean(item_cost[:, H:], tuple(w[:, None] for w in active_weights(units, axes)), axes)
    of_items = np.concatenate([past, planned], axis=1)
    return np.where(np.isnan(of_items), stated_family_costs(frames, axes), of_items)


def stated_family_costs(frames: Mapping[str, pd.DataFrame], axes: Axes) -> Array:
    """[F, K] the dated cost given for the family as a whole; NaN where none is."""
    F, _, _, K = axes.shape
    if "prices" not in frames:
        return np.full((F, K), np.nan)
    lists = frames["prices"]
    place = np.where(is_empty(lists["sku"]), axes.families(lists), -1)
    return dated(lists, "unit_cost", (place,), (F, K), axes.months(lists["valid_from"]))


def _price_findings(
    listed: Array, planned: Array, sales: SalesHistory, axes: Axes, catalogue: BoolArray
) -> list[Finding]:
    assumed = np.asarray(np.isnan(listed).any(axis=2) & ~np.isnan(planned).any(axis=2))
    found: list[Finding] = []
    rules = ("net revenue ÷ units of the last 12 months", ~catalogue), ("the list price in products", catalogue)
    for rule, holds in rules:
        count = int((assumed & holds).sum())
        if count:
            found.append(Finding(kind=ASSUMED_PRICE, table="prices", count=count, detail=f"It is {rule}."))
    sold = np.asarray(np.nan_to_num(sales.units).sum(axis=2) > 0.0)
    unknown, zero = np.isnan(planned).any(axis=2) & sold, (planned <= 0.0).any(axis=2) & sold
    families, channels = axes.grain.families, axes.grain.channels
    names = [f"{family}, {channel}" for family in families for channel in channels]
    revenue = np.nan_to_num(recent(sales.net_revenue_value)).ravel()
    return (
        found + _at(PRICE_UNKNOWN, "prices", unknown, names, revenue) + _at(ZERO_PRICE, "prices", zero, names, revenue)
    )


def _cost_findings(unit_cost: Array, sales: SalesHistory, axes: Axes) -> list[Finding]:
    planned = unit_cost[:, len(axes.grain.history) :]
    names, revenue = list(axes.grain.families), recent(sales.net_revenue_value).sum(axis=1)
    unknown, zero = np.asarray(np.isnan(planned).any(axis=1)), np.asarray((planned == 0.0).any(axis=1))
    return _at(COST_UNKNOWN, "products", unknown, names, revenue) + _at(ZERO_COST, "products", zero, names, revenue)


def _at(kind: FindingKind, table: str, wrong: BoolArray, names: list[str], revenue: Array) -> list[Finding]:
    """One finding per place with its revenue of the last 12 months; a single one when nothing at all is known."""
    places = np.flatnonzero(wrong)
    if len(places) > 1 and len(places) == len(names):
        return [Finding(kind=kind, table=table, count=len(places), value=float(revenue.sum()) or None)]
    return [
        Finding(kind=kind, table=table, place=names[place], value=float(revenue[place]) or None) for place in places
    ]
