"""Does the history of an item look like one thing counted in one unit? Single months far off, and steps in the level.

Only months with positive units count. A month is unusual above 20 times the item's median month. A level breaks where
every month after is at least 8 times every month before, or the other way round, with 3 months or more on both sides.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sop_dash.core.data.checks.reporting import at_rows, examples, money_at
from sop_dash.core.data.checks.values import is_empty
from sop_dash.core.model.arrays import Array, BoolArray
from sop_dash.core.model.findings import Finding, FindingKind, Severity

UNUSUAL_MONTH = FindingKind(
    code="unusual-month",
    severity=Severity.WARNS,
    title="Months far above what an item sells",
    remedy="Check for a typing error or a total among the rows; a one-off can be taken out of the history on Demand.",
)
LEVEL_BREAK = FindingKind(
    code="level-break",
    severity=Severity.WARNS,
    title="Items whose level jumps as if their unit had changed",
    remedy="Check the unit of measure before and after; where the change is real, nothing is to do.",
)

_TIMES_MEDIAN, _TIMES_LEVEL = 20.0, 8.0
_FEWEST_MONTHS, _FEWEST_ASIDE = 6, 3
_MOST_CELLS = 20_000_000


def history_findings(frames: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """Unusual months and level breaks of the sales, worth the revenue of the rows; none without sales."""
    sales = frames.get("sales")
    if sales is None:
        return []
    item, names = _items(sales)
    month = sales["month"].cat.codes.to_numpy().astype(np.int64)
    months = len(sales["month"].cat.categories)
    if len(names) * months > _MOST_CELLS:
        return []
    units = np.nan_to_num(sales["units"].to_numpy())
    totals = np.bincount(item * months + month, weights=units, minlength=len(names) * months).reshape(-1, months)
    sold = np.where(totals > 0.0, totals, np.nan)
    unusual = _unusual(sold)
    breaks = _breaks(sold)
    return [
        *_told(UNUSUAL_MONTH, sales, unusual[item, month], names[item]),
        *_told(LEVEL_BREAK, sales, breaks[item], names[item]),
    ]


def _items(sales: pd.DataFrame) -> tuple[NDArray[np.int64], NDArray[np.object_]]:
    """Position of each row's item (its family where it names none), and the names."""
    by_family = is_empty(sales["sku"])
    skus, families = sales["sku"].cat.categories, sales["family"].cat.categories
    item, family = (sales[name].cat.codes.to_numpy().astype(np.int64) for name in ("sku", "family"))
    place = np.where(by_family, len(skus) + family, item)
    return place, np.array([*skus, *families], dtype=object)


def _unusual(sold: Array) -> BoolArray:
    known = np.isfinite(sold)
    ordered = np.sort(np.where(known, sold, np.inf), axis=1)
    count = known.sum(axis=1)
    middle = ordered[np.arange(len(sold)), np.maximum(count - 1, 0) // 2]
    enough = count >= _FEWEST_MONTHS
    return np.asarray(known & enough[:, None] & (sold > _TIMES_MEDIAN * middle[:, None]), dtype=np.bool_)


def _breaks(sold: Array) -> BoolArray:
    known = np.isfinite(sold)
    before = np.cumsum(known, axis=1)[:, :-1]
    after = known.sum(axis=1)[:, None] - before
    aside = (before >= _FEWEST_ASIDE) & (after >= _FEWEST_ASIDE)
    high, low = np.where(known, sold, -np.inf), np.where(known, sold, np.inf)
    up = _from_right(np.minimum, low) >= _TIMES_LEVEL * np.maximum.accumulate(high, axis=1)[:, :-1]
    down = np.minimum.accumulate(low, axis=1)[:, :-1] >= _TIMES_LEVEL * _from_right(np.maximum, high)
    return np.asarray((aside & (up | down)).any(axis=1), dtype=np.bool_)


def _from_right(extreme: np.ufunc, values: Array) -> Array:
    """The extreme of all months after each month but the last."""
    reversed_: Array = extreme.accumulate(values[:, ::-1], axis=1)
    return reversed_[:, ::-1][:, 1:]


def _told(kind: FindingKind, sales: pd.DataFrame, mask: BoolArray, names: NDArray[np.object_]) -> list[Finding]:
    if not mask.any():
        return []
    return at_rows(
        kind, "sales", sales, mask, place="units", detail=f"{examples(names[mask])}.", value=money_at(sales, mask)
    )
