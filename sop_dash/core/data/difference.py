"""How the sales of one data load differ from another, by item and month. Units and money as in the table `sales`."""

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One item and month whose units differ.

    Args:
        item: Item code, or the family where no item is named.
        month: Month as `YYYY-MM`.
        before: Units in the load in use; None when it has none.
        now: Units in the new load; None when it has none.
    """

    item: str
    month: str
    before: float | None
    now: float | None

    @property
    def change(self) -> float:
        """Units now less units before; what is missing counts as none."""
        return (self.now or 0.0) - (self.before or 0.0)


def sales_differences(before: pd.DataFrame, now: pd.DataFrame, *, most: int) -> tuple[tuple[Difference, ...], int]:
    """Items and months whose units differ, the largest change first, and how many there are in all.

    Args:
        before: Typed sales of the load in use.
        now: Typed sales about to be accepted.
        most: Differences listed.
    """
    both = pd.concat([_by_item(before), _by_item(now)], axis=1, keys=["before", "now"])
    change = both["now"].fillna(0.0) - both["before"].fillna(0.0)
    differs = both[(change.abs() > 1e-9) | (both["before"].isna() != both["now"].isna())]
    order = change[differs.index].abs().sort_values(ascending=False, kind="stable").index[:most]
    largest = differs.loc[order].reset_index()
    columns = (largest[name].tolist() for name in ("item", "month", "before", "now"))
    listed = tuple(
        Difference(item=str(item), month=str(month), before=_known(old), now=_known(new))
        for item, month, old, new in zip(*columns, strict=True)
    )
    return listed, len(differs)


def _by_item(sales: pd.DataFrame) -> "pd.Series[float]":
    sku, family = sales["sku"].astype(object), sales["family"].astype(object)
    item = np.where(sku != "", sku, family)
    table = pd.DataFrame({"item": item, "month": sales["month"].astype(object), "units": sales["units"]})
    summed: pd.Series[float] = table.groupby(["item", "month"], sort=True)["units"].sum(min_count=1)
    return summed


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
