"""Hours that machines or a shift bring in a month: machines × working days × shifts × hours a shift × efficiency."""

from dataclasses import dataclass

from sop_dash.core.model.errors import BadValue


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
        if self.shifts_per_day * self.hours_per_shift > 24.0:
            raise BadValue("hours_per_shift", "A day has 24 hours: fewer shifts or shorter ones, please.")
        if self.efficiency_ratio > 1.5:
            raise BadValue("efficiency_ratio", "An efficiency above 150 % is none: give it in percent of the time.")
        daily = self.machines * self.shifts_per_day * self.hours_per_shift
        return daily * working_days * self.efficiency_ratio
