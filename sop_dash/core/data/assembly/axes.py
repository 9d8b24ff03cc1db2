"""The axes of the arrays and the place of every row on them.

F families by category and name, C channels, R resources, S items by family and code, H history, T horizon, K = H + T.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sop_dash.core.data.cells import rows_of
from sop_dash.core.data.checks.values import is_empty
from sop_dash.core.data.items import UNASSIGNED, Items
from sop_dash.core.model.arrays import Array, BoolArray
from sop_dash.core.model.inputs import Grain
from sop_dash.core.model.periods import following, ordinal, shift, span

ALL_CHANNELS = "all"
NO_CATEGORY = "All families"
NOWHERE = -1
_UNKNOWN = -2

Places = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Axes:
    """Names along the axes and where rows stand on them; `NOWHERE` for rows that have no place.

    Args:
        grain: Names of families, channels, resources and months.
        skus: [S] items of the families, by family and code.
        sku_family: [S] position of each item's family; never falls.
        ended: [S] True for items whose last month of sale has passed.
        item_family: Family of every known item, by name.
        unnamed_channel: Position of rows that name no channel; `NOWHERE` when there is none.
    """

    grain: Grain
    skus: tuple[str, ...]
    sku_family: Places
    ended: BoolArray
    item_family: Mapping[str, str]
    unnamed_channel: int

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """F, C, H, K."""
        grain = self.grain
        return len(grain.families), len(grain.channels), len(grain.history), len(grain.calendar)

    def months(self, column: pd.Series) -> Places:
        """Position on the calendar: 0 is the first month of history, negative before it, K and more after the end."""
        first = ordinal(self.grain.history[0])
        names = column.cat.categories
        return _at(column, {text: ordinal(text) - first if text else -(10**6) for text in names})

    def families(self, frame: pd.DataFrame) -> Places:
        """Family of each row, by item where a known one is named, else by family."""
        by_family = _at(frame["family"], self._family_places)
        if "sku" not in frame:
            return by_family
        by_item = _at(frame["sku"], self._family_places_of_items, unknown=_UNKNOWN)
        return np.where(by_item == _UNKNOWN, by_family, by_item)

    def items(self, column: pd.Series) -> Places:
        """Item of each row."""
        return _at(column, self._item_places)

    def channels(self, column: pd.Series) -> Places:
        """Channel of each row; rows without one take the place of unnamed channels."""
        return _at(column, {**_positions(self.grain.channels), "": self.unnamed_channel})

    def resources(self, column: pd.Series) -> Places:
        """Resource of each row."""
        return _at(column, _positions(self.grain.resources))

    @cached_property
    def _family_places(self) -> dict[str, int]:
        return _positions(self.grain.families)

    @cached_property
    def _item_places(self) -> dict[str, int]:
        return _positions(self.skus)

    @cached_property
    def _family_places_of_items(self) -> dict[str, int]:
        return {sku: self._family_places.get(family, NOWHERE) for sku, family in self.item_family.items()}


def axes_of(frames: Mapping[str, pd.DataFrame], items: Items, *, through: str, horizon_months: int) -> Axes:
    """Find the axes: families sold up to `through` or with an item launched later; history from the first sale."""
    sales = frames["sales"]
    used = rows_of(sales["month"], lambda month: "" < month <= through)
    first = min(str(month) for month in sales["month"][used].unique())
    names = _family_names(frames, items, used, through)
    category = _categories(frames.get("products"), items)
    families = tuple(sorted(names, key=lambda name: (category.get(name, NO_CATEGORY), name)))
    place = {name: position for position, name in enumerate(families)}
    skus = sorted((place[family], sku) for sku, family in items.family.items() if family in place)
    channels, unnamed = _channels(sales, used)
    resources = sorted(_names(frames, "resources", "resource") | _names(frames, "resource_profile", "resource"))
    ends = _ends(frames.get("products"))
    grain = Grain(
        families=families,
        categories=tuple(category.get(name, NO_CATEGORY) for name in families),
        channels=channels,
        resources=tuple(resources),
        history=span(first, through),
        horizon=following(shift(through, 1), horizon_months),
        made=_made(frames, items, families),
    )
    return Axes(
        grain=grain,
        skus=tuple(sku for _, sku in skus),
        sku_family=np.array([position for position, _ in skus], dtype=np.int64),
        ended=np.array([bool(ends.get(sku)) and ends[sku] <= through for _, sku in skus], dtype=np.bool_),
        item_family=items.family,
        unnamed_channel=unnamed,
    )


def _family_names(frames: Mapping[str, pd.DataFrame], items: Items, used: BoolArray, through: str) -> set[str]:
    sales = frames["sales"][used]
    sold = {items.family.get(str(sku), "") for sku in sales["sku"].unique()}
    by_family = sales["family"][is_empty(sales["sku"])].unique()
    launched: set[str] = set()
    if "products" in frames:
        products = frames["products"]
        later = np.asarray(products["launch_month"].astype(object) > through)
        launched = {items.family[str(sku)] for sku in products["sku"].astype(object)[later] if sku}
    return (sold | set(by_family) | launched) - {""}


def _categories(products: pd.DataFrame | None, items: Items) -> dict[str, str]:
    """Family -> the category most of its items name, the first by name among equals."""
    if products is None:
        return {}
    pairs = pd.DataFrame(
        {
            "family": [items.family.get(sku, "") for sku in products["sku"]],
            "category": products["category"].astype(object),
        }
    )
    pairs = pairs[pairs["category"] != ""]
    counts = pairs.value_counts().reset_index(name="rows").sort_values(["rows", "category"], ascending=[False, True])
    return dict(reversed(list(zip(counts["family"], counts["category"], strict=True))))


def _channels(sales: pd.DataFrame, used: BoolArray) -> tuple[tuple[str, ...], int]:
    names = sorted({str(name) for name in sales["channel"][used].unique()})
    if names == [""]:
        return (ALL_CHANNELS,), 0
    named = tuple(name for name in names if name)
    if "" not in names:
        return named, NOWHERE
    return (*named, UNASSIGNED), len(named)


def _names(frames: Mapping[str, pd.DataFrame], table: str, column: str) -> set[str]:
    return {str(name) for name in frames[table][column].cat.categories if name} if table in frames else set()


def _ends(products: pd.DataFrame | None) -> dict[str, str]:
    if products is None:
        return {}
    return dict(zip(products["sku"].astype(object), products["end_month"].astype(object), strict=True))


def _made(frames: Mapping[str, pd.DataFrame], items: Items, families: tuple[str, ...]) -> tuple[bool, ...]:
    """A family is made when it has a routing and not all of its items are bought."""
    routed: set[str] = set()
    if "resource_profile" in frames:
        profile = frames["resource_profile"]
        routed = {str(name) for name in profile["family"][profile["hours_per_unit"] > 0.0]}
    bought: dict[str, bool] = {}
    if "products" in frames:
        products = frames["products"]
        for sku, how in zip(products["sku"], products["make_or_buy"], strict=True):
            family = items.family.get(sku, "")
            bought[family] = bought.get(family, True) and how == "buy"
    return tuple(name in routed and not bought.get(name, False) for name in families)


def _positions(names: Iterable[str]) -> dict[str, int]:
    return {name: position for position, name in enumerate(names)}


def _at(column: pd.Series, places: Mapping[str, int], *, unknown: int = NOWHERE) -> Places:
    """The place of the name in each row; every different name is looked up once."""
    names = column.cat.categories
    found = np.fromiter(map(places.get, names, repeat(unknown)), dtype=np.int64, count=len(names))
    codes = column.cat.codes.to_numpy()
    return found[codes] if len(names) else np.full(len(codes), unknown, dtype=np.int64)


def summed(shape: tuple[int, ...], places: tuple[Places, ...], values: Array) -> Array:
    """Add values up in the cells of an array; NaN where no row has a value. Rows outside the shape are left out."""
    inside = ~np.isnan(values)
    for place, length in zip(places, shape, strict=True):
        inside &= (place >= 0) & (place < length)
    flat = np.ravel_multi_index(tuple(place[inside] for place in places), shape)
    size = int(np.prod(shape))
    totals = np.bincount(flat, weights=values[inside], minlength=size)
    present = np.bincount(flat, minlength=size) > 0
    return np.where(present, totals, np.nan).reshape(shape)
