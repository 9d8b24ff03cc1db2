"""The company's working days: which days of the week count, and days on which nobody works.

They date the stages of the cycle and turn machines and shifts into hours a month; hours that a company brings itself
stay as brought.
"""

import re
from calendar import isleap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sop_dash.core.model.arrays import Array, read_only
from sop_dash.core.model.errors import BadValue
from sop_dash.core.model.planning_settings import PlanningSettings

_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_EVERY_YEAR = 2000
"""A leap year, so that 02-29 is a day."""


@dataclass(frozen=True, kw_only=True)
class WorkingCalendar:
    """Working days.

    Args:
        days_a_week: From Monday on: 5 is Monday to Friday.
        closed: Days nobody works: `YYYY-MM-DD`, or `MM-DD` for every year.
    """

    days_a_week: int = 5
    closed: tuple[str, ...] = ()

    def days(self, months: Sequence[str]) -> Array:
        """Working days of each month."""
        firsts = np.array(months, dtype="datetime64[M]")
        starts, ends = firsts.astype("datetime64[D]"), (firsts + 1).astype("datetime64[D]")
        closed = self._closed({int(month[:4]) for month in months})
        return read_only(np.busday_count(starts, ends, weekmask=self._week, holidays=closed))

    def day(self, month: str, number: int) -> date:
        """The n-th working day counted from the first day of a month; runs on into the next months.

        Raises:
            ValueError: `number` is less than 1.
        """
        if number < 1:
            raise ValueError("working days are counted from 1")
        year = int(month[:4])
        closed = self._closed({year, year + 1})
        first = np.datetime64(f"{month}-01", "D")
        found = np.busday_offset(first, number - 1, roll="forward", weekmask=self._week, holidays=closed)
        return date.fromisoformat(str(found))

    @property
    def words(self) -> str:
        """Which days are worked: "Mondays to Fridays, closed 12-25, 12-26"."""
        last = _WEEK[self.days_a_week - 1]
        week = f"Mondays to {last}s" if self.days_a_week > 1 else f"{last}s"
        return f"{week}, {'closed ' + ', '.join(self.closed) if self.closed else 'no closed days set'}"

    @property
    def _week(self) -> list[bool]:
        return [day < self.days_a_week for day in range(7)]

    def _closed(self, years: set[int]) -> NDArray[np.datetime64]:
        return np.array(sorted(set(self._dates(years))), dtype="datetime64[D]")

    def _dates(self, years: set[int]) -> Iterator[date]:
        for text in self.closed:
            for year in years if len(text) == len("MM-DD") else {int(text[:4])}:
                month, day = (int(part) for part in text[-5:].split("-"))
                if (month, day) != (2, 29) or isleap(year):
                    yield date(year, month, day)


def working_calendar(settings: PlanningSettings) -> WorkingCalendar:
    """The calendar of the settings. Raises `BadValue` when a closed day is no day."""
    return WorkingCalendar(days_a_week=settings.working_days_a_week, closed=_days_in(settings.closed_days))


def _days_in(text: str) -> tuple[str, ...]:
    found = tuple(part for part in re.split(r"[,;\s]+", text) if part)
    for day in found:
        whole = f"{_EVERY_YEAR}-{day}" if re.fullmatch(r"\d\d-\d\d", day) else day
        try:
            date.fromisoformat(whole)
        except ValueError as error:
            remedy = "Write days like 2026-12-28, or 12-25 for every year, with commas between them."
            raise BadValue("closed_days", f"“{day}” is not a day.", remedy=remedy) from error
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", whole):
            raise BadValue("closed_days", f"“{day}” is not a day.", remedy="Write days like 2026-12-28 or 12-25.")
    return found
