"""Can machines run as `resources` says: at most 24 hours a day, on days that the month has?"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sop_dash.core.data.checks.reporting import at_rows
from sop_dash.core.model.arrays import Array
from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.periods import calendar_days
from sop_dash.core.model.shifts import HOURS_A_DAY

LONG_DAY = FindingKind(
    code="more-than-24-hours",
    severity=Severity.BLOCKS,
    title="More than 24 hours a day",
    remedy="Correct shifts_per_day or hours_per_shift: together they cannot exceed 24 hours; machines multiply them.",
)
LONG_MONTH = FindingKind(
    code="more-days-than-the-month",
    severity=Severity.BLOCKS,
    title="More working days than the month has",
    remedy="Correct working_days, or leave it empty for the days of the working calendar.",
)


def running_time_findings(frames: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """Rows of `resources` that no day or month can hold; none without the table."""
    table = frames.get("resources")
    if table is None:
        return []
    daily = table["shifts_per_day"].to_numpy() * table["hours_per_shift"].to_numpy()
    days = table["working_days"].to_numpy()
    long = np.asarray(days > _days_of(table["month"]), dtype=np.bool_)
    return [
        *at_rows(LONG_DAY, "resources", table, daily > HOURS_A_DAY, place="shifts_per_day × hours_per_shift"),
        *at_rows(LONG_MONTH, "resources", table, long, place="working_days"),
    ]


def _days_of(months: pd.Series) -> Array:
    """Days of each month; NaN where it is empty."""
    names = [str(name) for name in months.cat.categories]
    days = np.array([calendar_days((name,))[0] if name else np.nan for name in names], dtype=np.float64)
    return days[months.cat.codes.to_numpy()] if names else np.full(len(months), np.nan)
