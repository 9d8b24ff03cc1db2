"""Hours that machines bring in a month: machines × shifts a day × hours a shift × working days × efficiency.

`Shifts` is one answer to "what if"; `RunningTime` is what a data load says of its resources, month by month.
"""

import math
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from sop_dash.core.model.arrays import Array, BoolArray, IntArray
from sop_dash.core.model.errors import BadValue

HOURS_A_DAY = 24.0
MOST_EFFICIENT = 1.5
"""No machine makes more standard hours than this of an hour."""


@dataclass(frozen=True, kw_only=True)
class Shifts:
    """What is run, and how well.

    Args:
        machines: Machines or crews that run side by side.
        shifts_per_day: Of each.
        hours_per_shift: Without breaks.
        efficiency_ratio: Share of the time that becomes standard hours: availability × speed × good parts.
    """

    machines: float
    shifts_per_day: float
    hours_per_shift: float
    efficiency_ratio: float

    def hours(self, working_days: float) -> float:
        """Standard hours in a month of so many working days.

        Raises:
            BadValue: More than 24 hours a day, an efficiency above 1.5 or anything below zero.
        """
        parts = (self.machines, self.shifts_per_day, self.hours_per_shift, self.efficiency_ratio, working_days)
        if min(parts) < 0.0:
            raise BadValue("machines", "Machines, shifts, hours and efficiency cannot be below zero.")
        if self.shifts_per_day * self.hours_per_shift > HOURS_A_DAY:
            raise BadValue("hours_per_shift", "A day has 24 hours: fewer shifts or shorter ones, please.")
        if self.efficiency_ratio > MOST_EFFICIENT:
            raise BadValue("efficiency_ratio", "An efficiency above 150 % is none: give it in percent of the time.")
        return float(_product(self, working_days))

    def words(self, working_days: float) -> str:
        """The product as people read it: "4 machines × 2 shifts × 8 h × 21 days × 85 %"."""
        return (
            f"{self.machines:g} {'machine' if self.machines == 1.0 else 'machines'} × "
            f"{self.shifts_per_day:g} {'shift' if self.shifts_per_day == 1.0 else 'shifts'} × "
            f"{self.hours_per_shift:g} h × {working_days:.4g} days × {100.0 * self.efficiency_ratio:.4g} %"
        )


FACTORS = tuple(one.name for one in fields(Shifts))
"""What must be known of a resource, besides working days, for its hours to follow."""


@dataclass(frozen=True, kw_only=True, eq=False)
class RunningTime:
    """Resources whose machines and shifts the company tells. Shapes: N of them, K calendar months; unknown is NaN.

    Args:
        resources: [N] position of each among the resources of the grain.
        machines, shifts_per_day, hours_per_shift, efficiency_ratio: [N, K] as in `Shifts`.
        working_days: [N, K] as the company gave them; the working calendar counts where it gave none.
        counts: [N, K] where hours follow from these, as none are given.
    """

    resources: IntArray
    machines: Array
    shifts_per_day: Array
    hours_per_shift: Array
    efficiency_ratio: Array
    working_days: Array
    counts: BoolArray

    def days(self, calendar: Array) -> Array:
        """[N, K] working days given, else those of the working calendar [K]."""
        return np.where(np.isnan(self.working_days), calendar, self.working_days)

    def hours(self, calendar: Array) -> Array:
        """[N, K] standard hours; NaN where a factor is unknown."""
        return np.asarray(_product(self, self.days(calendar)))

    def shifts(self, row: int, month: int) -> Shifts | None:
        """What one of them runs in a month; None where a factor is unknown."""
        parts = {name: float(getattr(self, name)[row, month]) for name in FACTORS}
        return None if any(math.isnan(part) for part in parts.values()) else Shifts(**parts)

    def row_of(self, resource: int) -> int | None:
        """Row of a resource of the grain; None where nothing is told of it."""
        found = np.flatnonzero(self.resources == resource)
        return int(found[0]) if found.size else None


def _product(run: "Shifts | RunningTime", days: Any) -> Any:
    return run.machines * run.shifts_per_day * run.hours_per_shift * days * run.efficiency_ratio
