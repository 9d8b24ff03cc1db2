"""How the sales of one data load differ from another, by item and month, in units and in money as sold."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

_LEAST_UNITS, _LEAST_MONEY = 1e-9, 0.005


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One item and month whose units or revenue differ.

    Args:
        item: Item code, or the family where no item is named.
        month: Month as `YYYY-MM`.
        before: Units in the load in use; None when it has none.
        now: Units in the new load; None when it has none.
        before_value: Revenue in the load in use; None when unknown or without sales.
        now_value: Revenue in the new load; likewise.
    """

    item: str
    month: str
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


def sales_differences(before: pd.DataFrame, now: pd.DataFrame, *, most: int) -> tuple[tuple[Difference, ...], int]:
    """Items and months that differ and how many there are in all: the most money first, units where it is unknown.

    Revenue that only one of the loads knows is no difference by itself.

    Args:
        before: Typed sales of the load in use.
        now: Typed sales about to be accepted.
        most: Differences listed.
    """
    old, new = _by_item(before), _by_item(now)
    places = old.index.union(new.index)
    old, new = old.reindex(places), new.reindex(places)
    units = (new["units"].fillna(0.0) - old["units"].fillna(0.0)).abs()
    value = (_revenue(new) - _revenue(old)).abs()
    differs = (units > _LEAST_UNITS) | (old["units"].isna() != new["units"].isna()) | (value > _LEAST_MONEY)
    sizes = pd.DataFrame({"value": value, "units": units})[differs]
    largest = sizes.sort_values(["value", "units"], ascending=False, kind="stable", na_position="last").index[:most]
    cells = (side.loc[largest, name].tolist() for side in (old, new) for name in ("units", "net_revenue"))
    listed = tuple(
        Difference(
            item=str(item),
            month=str(month),
            before=_known(was),
            now=_known(units_now),
            before_value=_known(was_value),
            now_value=_known(value_now),
        )
        for (item, month), was, was_value, units_now, value_now in zip(largest, *cells, strict=True)
    )
    return listed, int(differs.sum())


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
