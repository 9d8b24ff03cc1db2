"""The plan in whole lots, shifts and streaks of overtime: slow work beside the answering of pages, found again."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sop_dash.core.plan.run import problem_of
from sop_dash.core.supply.integer import integer_plan
from sop_dash.core.supply.integer_options import IntegerOptions, IntegerPlan, NoIntegerPlan
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.services.plans import PlanView
from sop_dash.services.ports import Jobs, JobState

_SHIFT_RATIO = 0.25
_MOST_SECONDS = 5.0


@dataclass(frozen=True, kw_only=True)
class WholeSteps:
    """What is asked for.

    Args:
        lot_days: A family is made in whole lots of so many days of its mean demand; 0 asks for none.
        overtime_months: Most months of overtime in a row; 0 sets no limit.
        shifts: True to offer a further shift on every resource: a quarter of its hours, at the overtime premium,
            from the month its lead time allows and for three months at least.
    """

    lot_days: int = 0
    overtime_months: int = 0
    shifts: bool = False

    @property
    def asked(self) -> bool:
        """True when anything is asked for."""
        return bool(self.lot_days or self.overtime_months or self.shifts)


class WholeStepPlans:
    """Plans in whole steps, one job for each plan and what is asked of it."""

    def __init__(self, jobs: Jobs | None) -> None:
        self._jobs = jobs

    @property
    def possible(self) -> bool:
        """False where nothing slow can be worked on in the background."""
        return self._jobs is not None

    def start(self, view: PlanView, steps: WholeSteps) -> None:
        """Begin, unless it is running or done."""
        if self._jobs is not None and steps.asked:
            problem = problem_of(view.prepared, view.levers)
            self._jobs.start(self._key(view, steps), planned_in_steps, problem, options_of(view, problem, steps))

    def cancel(self, view: PlanView, steps: WholeSteps) -> None:
        """Ask it to stop."""
        if self._jobs is not None:
            self._jobs.cancel(self._key(view, steps))

    def state(self, view: PlanView, steps: WholeSteps) -> JobState:
        """How far it is; its answer is an `IntegerPlan`, or the sentence why there is none."""
        return self._jobs.state(self._key(view, steps)) if self._jobs is not None else JobState()

    def _key(self, view: PlanView, steps: WholeSteps) -> str:
        prepared = view.prepared
        content = (view.load.id, view.levers.key, steps, prepared.plan_levers, prepared.settings)
        digest = hashlib.sha256(repr(content).encode())
        digest.update(np.ascontiguousarray(prepared.problem.demand_units).tobytes())
        return f"whole steps {digest.hexdigest()}"


def planned_in_steps(
    problem: SupplyProblem, options: IntegerOptions, progress: Callable[[int, int], None]
) -> IntegerPlan | str:
    """The plan in whole steps, or the sentence why there is none."""
    try:
        return integer_plan(problem, options, progress)
    except NoIntegerPlan as refused:
        return refused.sentence


def options_of(view: PlanView, problem: SupplyProblem, steps: WholeSteps) -> IntegerOptions:
    """What is asked for, as the numbers of this problem."""
    daily = problem.demand_units.mean(axis=1) / problem.calendar_days.mean()
    hours = np.nan_to_num(problem.available_hours.mean(axis=1), nan=0.0)
    months = [view.prepared.scope.first_month((name,)) for name in view.plan.grain.resources]
    horizon = view.plan.grain.horizon
    first = [len(horizon) if month is None else horizon.index(month) for month in months]
    shift = _SHIFT_RATIO * hours if steps.shifts else np.zeros(problem.resources)
    return IntegerOptions(
        lot_multiple_units=np.where(problem.made, np.ceil(steps.lot_days * daily), 0.0),
        shift_hours=shift,
        shift_cost=shift * problem.overtime_premium_per_hour,
        shift_first_month=np.array(first, dtype=np.float64),
        overtime_months_in_a_row=steps.overtime_months or None,
        seconds=_MOST_SECONDS,
    )
