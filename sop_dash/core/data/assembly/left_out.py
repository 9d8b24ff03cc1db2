"""Rows that are readable but have no place in the plan: items never sold, months outside the calendar."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sop_dash.core.data.assembly.axes import NOWHERE, Axes
from sop_dash.core.data.checks.reporting import at_rows, examples
from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.tables import TABLES

NEVER_SOLD = FindingKind(
    code="never-sold",
    severity=Severity.INFORMS,
    title="Families without sales left out",
    remedy="Nothing to do for parts and material; give launch_month in products for what will be sold.",
)
OUTSIDE_CALENDAR = FindingKind(
    code="outside-calendar",
    severity=Severity.INFORMS,
    title="Months left out",
    remedy="Bring sales of these months if they are to be used.",
)

_PAST = ("inventory", "service")
_PAST_AND_FUTURE = ("production", "resources", "budget", "receipts")


def left_out(frames: Mapping[str, pd.DataFrame], axes: Axes) -> list[Finding]:
    """Rows of families neither sold nor launched, of months before the first sale and of facts after the last close."""
    found: list[Finding] = []
    for name, frame in frames.items():
        if name != "sales" and TABLES[name].by_item_or_family:
            known = frame["sku"].astype(object).isin(axes.item_family.keys())
            nowhere = np.asarray((axes.families(frame) == NOWHERE) & known, dtype=np.bool_)
            detail = f"{examples(frame.loc[nowhere, 'sku'])}." if nowhere.any() else ""
            found += at_rows(NEVER_SOLD, name, frame, nowhere, detail=detail)
    return found + _months(frames, axes)


def _months(frames: Mapping[str, pd.DataFrame], axes: Axes) -> list[Finding]:
    H = len(axes.grain.history)
    found: list[Finding] = []
    for name in (*_PAST, *_PAST_AND_FUTURE):
        if name in frames:
            months = axes.months(frames[name]["month"])
            outside = (months < 0) | ((months >= H) & (name in _PAST))
            detail = f"{examples(frames[name].loc[outside, 'month'])}." if outside.any() else ""
            found += at_rows(OUTSIDE_CALENDAR, name, frames[name], outside, detail=detail)
    return found
