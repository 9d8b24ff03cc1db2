"""Capacity as people ask about it: every resource in one line, what its hours are made of, given against demonstrated
hours, a shift or machine more from a date. Nothing is kept here; the switch itself is a planning setting.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sop_dash.core.model.errors import BadValue
from sop_dash.core.model.levers import ExtraHours, Levers
from sop_dash.core.model.result import PlanResult
from sop_dash.core.model.shifts import Shifts
from sop_dash.core.model.working_calendar import working_calendar
from sop_dash.core.performance.hours_made import HoursLine, hours_lines
from sop_dash.core.performance.resource_lines import ResourceLine, resource_lines
from sop_dash.services.plans import Plans, PlanView

_EVERY = "*"


@dataclass(frozen=True, kw_only=True)
class MoreCapacity:
    """What is asked for: machines or shifts on one resource or two, from a month.

    Args:
        resources: Their names; empty asks nothing.
        from_month: First month; None is the first that the lead time allows.
        shifts: What is run.
    """

    resources: tuple[str, ...]
    from_month: str | None
    shifts: Shifts

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "MoreCapacity":
        """From the fields of the form. Raises `BadValue` for a number that is missing."""
        names = [str(given.get(name) or "") for name in ("resource", "together")]
        chosen = tuple(dict.fromkeys(name for name in names if name and name != _EVERY))
        month = given.get("from")
        return cls(
            resources=chosen,
            from_month=None if month in (None, "", _EVERY) else str(month),
            shifts=Shifts(
                machines=_number(given, "machines"),
                shifts_per_day=_number(given, "shifts"),
                hours_per_shift=_number(given, "hours"),
                efficiency_ratio=_number(given, "efficiency") / 100.0,
            ),
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class WithMore:
    """The plan with more capacity.

    Args:
        plan: Under the levers of the view and these hours.
        extra: The hours as a lever.
        shifts: What is run for them.
        working_days: In a mean month.
    """

    plan: PlanResult
    extra: ExtraHours
    shifts: Shifts
    working_days: float


class Production:
    """Answers about resources and capacity."""

    def __init__(self, plans: Plans) -> None:
        self._plans = plans

    def lines(self, view: PlanView) -> tuple[ResourceLine, ...]:
        """One line per resource that the families of the view use, the fullest first; empty without resources."""
        prepared = view.prepared
        band = (prepared.settings.utilisation_low, prepared.settings.utilisation_high)
        found = resource_lines(
            prepared.inputs,
            view.plan.supply,
            given_hours=prepared.capacity.theoretical_hours,
            shown_hours=prepared.capacity.demonstrated_hours,
            band=band,
            months=len(view.months),
        )
        wanted = _used(view)
        return tuple(line for line in found if line.name in wanted)

    def hours(self, view: PlanView) -> tuple[HoursLine, ...]:
        """What the regular hours are made of, for resources that the families of the view use and its months."""
        prepared, wanted = view.prepared, _used(view)
        found = hours_lines(prepared.inputs, working_calendar(prepared.settings), len(view.months))
        return tuple(line for line in found if line.resource in wanted)

    def running(self, resource: str) -> HoursLine | None:
        """What a resource runs in the first month planned; None where the company tells no machines of it."""
        prepared = self._plans.prepared()
        now = hours_lines(prepared.inputs, working_calendar(prepared.settings), 1)
        return next((line for line in now if line.resource == resource and line.shifts is not None), None)

    def by_hours(self, levers: Levers) -> tuple[PlanResult, PlanResult]:
        """The plan with the hours given, and with those demonstrated where they are more; both under the levers."""
        settings = self._plans.settings
        given, shown = (replace(settings, capacity_demonstrated=which) for which in (False, True))
        return self._plans.under(given, levers), self._plans.under(shown, levers)

    def more(self, view: PlanView, asked: MoreCapacity) -> WithMore | None:
        """The plan of the view with more capacity; None where no resource or no hour is asked for.

        Raises:
            BadLever, UnknownKey: Too early for the lead time, or a name that this data load lacks.
            BadValue: Numbers that no day or machine can have.
        """
        months = view.plan.grain.horizon
        days = float(working_calendar(self._plans.settings).days(months).mean())
        hours = asked.shifts.hours(days)
        if not asked.resources or hours <= 0.0:
            return None
        extra = ExtraHours(resources=asked.resources, hours_per_month=hours, from_month=asked.from_month)
        moved = Levers(extra_hours=(extra,)).on_top_of(view.levers)
        return WithMore(
            plan=self._plans.view(view.selection, moved).plan,
            extra=extra,
            shifts=asked.shifts,
            working_days=days,
        )


def _used(view: PlanView) -> set[str]:
    """Resources that the families of the view use."""
    used = np.asarray((view.prepared.problem.resource_hours_per_unit[:, view.families] > 0.0).any(axis=1))
    return {name for name, uses in zip(view.plan.grain.resources, used.tolist(), strict=True) if uses}


def _number(given: Mapping[str, Any], name: str) -> float:
    value = given.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BadValue(name, "Machines, shifts, hours and efficiency must be numbers.")
    return float(value)
