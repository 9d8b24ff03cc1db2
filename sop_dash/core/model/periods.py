"""Months, fiscal years and time fences. A month is the text `YYYY-MM`; its ordinal counts months since year 0."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

import numpy as np

from sop_dash.core.model.arrays import Array, read_only
from sop_dash.core.model.errors import BadValue

_MONTH = re.compile(r"^(\d{4})-(0[1-9]|1[0-2])(?:-\d{2})?$")
DAYS_PER_MONTH = 365.0 / 12.0
"""Days of an average month, for lead times and financial days."""

_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def ordinal(month: str) -> int:
    """Count of months since year 0; `2026-11` and `2026-11-30` are the same month. Raises `BadValue` for other text."""
    found = _MONTH.match(month)
    if not found:
        raise BadValue("month", f"“{month}” is not a month.", remedy="Write it as YYYY-MM, for example 2026-11.")
    return int(found[1]) * 12 + int(found[2]) - 1


def month_of(count: int) -> str:
    """The month with this ordinal."""
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


def shift(month: str, months: int) -> str:
    """The month so many months later (earlier when negative)."""
    return month_of(ordinal(month) + months)


def following(first: str, count: int) -> tuple[str, ...]:
    """`count` months beginning with `first`; empty when `count` is zero or less."""
    start = ordinal(first)
    return tuple(month_of(start + step) for step in range(count))


def span(first: str, last: str) -> tuple[str, ...]:
    """All months from `first` to `last`, both included; empty when `last` is earlier."""
    return following(first, ordinal(last) - ordinal(first) + 1)


def calendar_days(months: tuple[str, ...]) -> Array:
    """Days of each month by the calendar, leap years included."""
    return read_only([calendar.monthrange(int(m[:4]), int(m[5:7]))[1] for m in months])


def working_days(months: tuple[str, ...]) -> Array:
    """Mondays to Fridays of each month; public holidays are not known."""
    firsts = np.array(months, dtype="datetime64[M]")
    return read_only(np.busday_count(firsts.astype("datetime64[D]"), (firsts + 1).astype("datetime64[D]")))


def last_day(month: str) -> date:
    """The last day of a month by the calendar."""
    year, number = int(month[:4]), int(month[5:7])
    return date(year, number, calendar.monthrange(year, number)[1])


@lru_cache(maxsize=1024)
def short_name(month: str) -> str:
    """`2026-11` as `Nov 26`."""
    return f"{_NAMES[int(month[5:7]) - 1]} {month[2:4]}"


def day_name(day: str) -> str:
    """`2026-11-14`, with or without a time after it, as `14 Nov 26`."""
    return f"{int(day[8:10])} {short_name(day[:7])}"


def fiscal_year(month: str, first_month: int) -> int:
    """The fiscal year of a month, named by the calendar year in which it ends; `first_month` is 1…12."""
    count = ordinal(month)
    return (count + (12 - first_month + 1) % 12) // 12


def fiscal_year_months(year: int, first_month: int) -> tuple[str, ...]:
    """The twelve months of a fiscal year named by the calendar year in which it ends."""
    start = year if first_month == 1 else year - 1
    return following(f"{start:04d}-{first_month:02d}", 12)


class Fence(StrEnum):
    """How much of a month may still change."""

    IN_PROGRESS = "in progress"
    RESTRICTED = "restricted"
    OPEN = "open"


@dataclass(frozen=True, kw_only=True)
class Fences:
    """Time fences counted from the cycle month.

    Args:
        locked: Months that are shown but fixed (the month in progress and any more).
        restricted: Months after those that change only within limits and with a reason.
    """

    locked: int = 1
    restricted: int = 2

    def of(self, position: int) -> Fence:
        """The fence of the horizon's month at `position` (0 is the cycle month)."""
        if position < self.locked:
            return Fence.IN_PROGRESS
        return Fence.RESTRICTED if position < self.locked + self.restricted else Fence.OPEN
