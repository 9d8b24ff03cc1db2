"""How the sales of one data load differ from another, by item and month, in units and in money as sold."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

_LEAST_UNITS, _LEAST_MONEY = 1e-9, 0.005


class Change(StrEnum):
    """Why an item and month differ; the first that holds."""

    NEW_ITEM = "new item"
    ITEM_GONE = "item gone"
    NEW_MONTH = "new month"
    MONTH_GONE = "month gone"
    CHANGED = "changed"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One item and month whose units or revenue differ.

    Args:
        item: Item code, or the family where no item is named.
        month: Month as `YYYY-MM`.
        kind: Whether one of the loads lacks the whole item or the whole month.
        before: Units in the load in use; None when it has none.
        now: Units in the new load; None when it has none.
        before_value: Revenue in the load in use; None when unknown or without sales.
        now_value: Revenue in the new load; likewise.
    """

    item: str
    month: str
    kind: Change
    before: float | None
    now: float | None
    before_value: float | None = None
    now_value: float | None = None

    @property
    def change(self) -> float:
        """Units now less units before; what is missing counts as none."""
        return (self.now or 0.0) - (self.before or 0.0)

    @property
    def change_value(self) -> float | None:
        """Revenue now less revenue before; none where nothing was sold, None where something was sold for unknown."""
        sides = ((self.before, self.before_value), (self.now, self.now_value))
        if any(units is not None and value is None for units, value in sides):
            return None
        return (self.now_value or 0.0) - (self.before_value or 0.0)


@dataclass(frozen=True, kw_only=True)
class Part:
    """All differences of one kind.

    Args:
        kind: Which.
        names: The items or months that are new or gone; empty for what changed.
        count: Items and months that differ.
        units: Units now less units before.
        value: The same in revenue; None where some of it is unknown.
    """

    kind: Change
    names: tuple[str, ...]
    count: int
    units: float
    value: float | None


@dataclass(frozen=True, kw_only=True)
class SalesDifference:
    """How the sales of a new load differ from those in use.

    Args:
        listed: The largest: the most money first, units where it is unknown.
        parts: All of them by kind, kinds without any left out; together they are the whole difference.
    """

    listed: tuple[Difference, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def count(self) -> int:
        """Items and months that differ in all."""
        return sum(part.count for part in self.parts)


def sales_differences(before: pd.DataFrame, now: pd.DataFrame, *, most: int) -> SalesDifference:
    """Items and months that differ. Revenue that only one of the loads knows is no difference by itself.

    Args:
        before: Typed sales of the load in use.
        now: Typed sales about to be accepted.
        most: Differences listed.
    """
    old, new = _by_item(before), _by_item(now)
    places = old.index.union(new.index)
    kinds = _kinds(places, old.index, new.index)
    old, new = old.reindex(places), new.reindex(places)
    units = new["units"].fillna(0.0) - old["units"].fillna(0.0)
    value = _revenue(new) - _revenue(old)
    differs = (units.abs() > _LEAST_UNITS) | (old["units"].isna() != new["units"].isna()) | (value.abs() > _LEAST_MONEY)
    found = pd.DataFrame({"kind": kinds, "units": units, "value": value})[differs]
    sizes = found[["value", "units"]].abs()
    largest = sizes.sort_values(["value", "units"], ascending=False, kind="stable", na_position="last").index[:most]
    cells = (side.loc[largest, name].tolist() for side in (old, new) for name in ("units", "net_revenue"))
    listed = tuple(
        Difference(
            item=str(item),
            month=str(month),
            kind=Change(kind),
            before=_known(was),
            now=_known(units_now),
            before_value=_known(was_value),
            now_value=_known(value_now),
        )
        for (item, month), kind, was, was_value, units_now, value_now in zip(
            largest, found.loc[largest, "kind"], *cells, strict=True
        )
    )
    return SalesDifference(listed=listed, parts=_parts(found))


def _kinds(places: "pd.Index[Any]", old: "pd.Index[Any]", new: "pd.Index[Any]") -> list[str]:
    """Why each item and month would differ."""
    lacking = [
        ~np.asarray(places.get_level_values(level).isin(load.get_level_values(level)), dtype=np.bool_)
        for level in ("item", "month")
        for load in (old, new)
    ]
    why = [str(kind) for kind in Change if kind is not Change.CHANGED]
    return [str(kind) for kind in np.select(lacking, why, str(Change.CHANGED))]


def _parts(found: pd.DataFrame) -> tuple[Part, ...]:
    parts: list[Part] = []
    for kind in Change:
        rows = found[found["kind"] == str(kind)]
        level = {Change.NEW_ITEM: "item", Change.ITEM_GONE: "item", Change.CHANGED: ""}.get(kind, "month")
        names = sorted(map(str, set(rows.index.get_level_values(level)))) if level else []
        value = float(rows["value"].sum(skipna=False))
        parts.append(
            Part(kind=kind, names=tuple(names), count=len(rows), units=float(rows["units"].sum()), value=_known(value))
        )
    return tuple(part for part in parts if part.count)


def _by_item(sales: pd.DataFrame) -> pd.DataFrame:
    """Units and revenue by item and month; NaN where none is known."""
    sku, family = sales["sku"].astype(object), sales["family"].astype(object)
    table = pd.DataFrame(
        {
            "item": np.where(sku != "", sku, family),
            "month": sales["month"].astype(object),
            "units": sales["units"],
            "net_revenue": sales["net_revenue"],
        }
    )
    return table.groupby(["item", "month"], sort=True)[["units", "net_revenue"]].sum(min_count=1)


def _revenue(side: pd.DataFrame) -> "pd.Series[float]":
    """Revenue of a load: nothing where nothing was sold, unknown where units have no revenue."""
    return side["net_revenue"].where(side["units"].notna(), 0.0)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
