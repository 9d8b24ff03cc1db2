"""Do the months of all tables lie where the company's history and plan lie?"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sop_dash.core.data.checks.reporting import at_rows, examples
from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.periods import ordinal, short_name
from sop_dash.core.model.tables import TABLES, Kind

FAR_MONTH = FindingKind(
    code="far-month",
    severity=Severity.BLOCKS,
    title="Month far outside the history",
    remedy="Correct the year; a month more than ten years before or after the sales cannot be used.",
)

_YEARS = 10
_MIDDLE = 0.5
_FREE = frozenset({"launch_month", "end_month", "valid_from"})
"""Facts about items and prices may be older than any sale in the file, and "still sold" is written as 9999-12."""


def far_months(frames: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """Months more than ten years before or after the history of sales; dates of items and prices may be.

    The history is what hangs together around the middle month of the sales rows, without a gap of more than ten years.
    """
    sales = frames.get("sales")
    months = _ordinals(sales["month"]) if sales is not None else np.zeros(0, dtype=np.int64)
    known = months[months > 0]
    if not len(known):
        return []
    middle = int(np.quantile(known, _MIDDLE, method="nearest"))
    first, last = _around(middle, np.unique(known))
    low, high = first - 12 * _YEARS, last + 12 * _YEARS
    found: list[Finding] = []
    for name, frame in frames.items():
        for column in TABLES[name].columns:
            if column.kind is Kind.MONTH and column.name not in _FREE:
                values = _ordinals(frame[column.name])
                far = (values > high) | ((values > 0) & (values < low))
                detail = f"Found {examples(frame.loc[far, column.name])}; most sales lie around {_name(middle)}."
                found += at_rows(FAR_MONTH, name, frame, far, place=column.name, detail=detail) if far.any() else []
    return found


def _around(middle: int, months: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> tuple[int, int]:
    """First and last of the sorted months that hang together with the middle one."""
    breaks = np.flatnonzero(np.diff(months) > 12 * _YEARS)
    place = int(np.searchsorted(months, middle))
    start = max((int(at) + 1 for at in breaks if at < place), default=0)
    end = min((int(at) for at in breaks if at >= place), default=len(months) - 1)
    return int(months[start]), int(months[end])


def _ordinals(column: pd.Series) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Months since year 0; 0 where empty."""
    counts = np.array([ordinal(text) if text else 0 for text in column.cat.categories], dtype=np.int64)
    return counts[column.cat.codes.to_numpy()] if len(counts) else np.zeros(len(column), dtype=np.int64)


def _name(count: int) -> str:
    return short_name(f"{count // 12:04d}-{count % 12 + 1:02d}")
