"""Hours: what each resource can work in a month, what production takes, and the plan that fits into them."""

import numpy as np

from simulation import months
from simulation.master import FAMILIES
from simulation.resources import RESOURCES, Resource

MADE = np.array([not family.bought for family in FAMILIES])
HOURS_PER_UNIT = np.array(
    [[resource.hours_per_unit.get(family.name, 0.0) for family in FAMILIES] for resource in RESOURCES]
)

# The plants grew with the company: from this month on, this share of today's hours per day
_STEPS = (
    (0, 0.84),
    (months.number("2023-07"), 0.89),
    (months.number("2024-07"), 0.94),
    (months.number("2025-07"), 1.0),
)
# A spindle drive of Final Assembly 1 failed in September 2026. Six winding machines are rebuilt in December: that was
# agreed when the plan of the quarter was released already, so the plan does not know of it.
_NOT_FORESEEN = {
    ("Final Assembly 1", "2026-09"): 0.56,
    ("Final Assembly 1", "2026-10"): 0.68,
    ("Motor Winding", "2026-12"): 0.629,
}

_COUNTED_ON = 0.12
"""Overtime that planners already count on in later months; it is why they build ahead later than they should."""


def foreseen_hours() -> np.ndarray:
    """Regular hours, resources x simulated months: hours per day x working days, less planned maintenance."""
    return np.array([[_hours(resource, month) for month in range(months.END)] for resource in RESOURCES])


def available_hours() -> np.ndarray:
    """The hours there really are: those foreseen less what nobody knew of."""
    hours = foreseen_hours()
    for row, resource in enumerate(RESOURCES):
        for (name, month), left in _NOT_FORESEEN.items():
            if name == resource.name:
                hours[row, months.number(month)] = round(hours[row, months.number(month)] * left, 1)
    return hours


def running_days(resource: Resource, month: int) -> int:
    """Working days of the month without those of planned maintenance."""
    return months.working_days(month) - (3 if months.text(month) in resource.maintenance else 0)


def machines(resource: Resource, month: int) -> int:
    """Machines that stood in the month."""
    return round(resource.machines * _size(month))


def _hours(resource: Resource, month: int) -> float:
    return round(resource.hours_per_day * _size(month) * running_days(resource, month), 1)


def _size(month: int) -> float:
    return next(share for start, share in reversed(_STEPS) if month >= start)


def plan_within_hours(need: np.ndarray, regular: np.ndarray, overtime_ratio: float) -> np.ndarray:
    """Fit a needed production path (families x months) into the hours by moving what does not fit to earlier months.

    Later months are filled up to a little overtime; the first month may work what is allowed. What does not fit
    into the first month is left undone. Families that share an overloaded resource are cut in the same proportion.
    """
    plan = np.zeros_like(need)
    postponed = np.zeros(need.shape[0])
    for month in range(need.shape[1] - 1, -1, -1):
        wanted = need[:, month] + postponed
        limit = regular[:, month] * (1.0 + overtime_ratio if month == 0 else 1.0 + _COUNTED_ON)
        load = HOURS_PER_UNIT @ np.where(MADE, wanted, 0.0)
        fits = np.minimum(1.0, limit / np.maximum(load, 1e-9))
        ratio = np.array([fits[HOURS_PER_UNIT[:, family] > 0.0].min(initial=1.0) for family in range(len(FAMILIES))])
        plan[:, month] = wanted * ratio
        postponed = wanted - plan[:, month]
    return plan
