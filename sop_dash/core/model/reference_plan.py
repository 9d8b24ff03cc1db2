"""The plan that a new one is held against: the last one approved, else the released production plan. Units."""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.inputs import ApprovedOutput, PlanInputs
from sop_dash.core.model.periods import day_name, short_name


@dataclass(frozen=True, kw_only=True, eq=False)
class ReferencePlan:
    """What was planned before.

    Args:
        name: Which plan it is, in words that end a sentence ("… moved from the released plan").
        make_units: [F, T] output; NaN where it did not reach. Bought families: receipts ordered, where it says so.
    """

    name: str
    make_units: Array

    @property
    def known(self) -> bool:
        """Whether it says anything about the months now planned."""
        return not bool(np.isnan(self.make_units).all())


def last_plan(inputs: PlanInputs) -> ReferencePlan:
    """The plan approved last, in this cycle or an earlier one; the released production plan where there is none."""
    return _approved(inputs.approved[-1]) if inputs.approved else _released(inputs)


def plan_before(inputs: PlanInputs) -> ReferencePlan:
    """The plan this cycle began with: approved last in an earlier one, else the released production plan.

    A plan approved in this cycle counts only where there is neither: an approval must not move the limits of the very
    plan it approves.
    """
    earlier = [one for one in inputs.approved if one.cycle < inputs.grain.cycle]
    released = _released(inputs)
    if earlier or (inputs.approved and not released.known):
        return _approved((earlier or inputs.approved)[-1])
    return released


def _released(inputs: PlanInputs) -> ReferencePlan:
    return ReferencePlan(name="the released plan", make_units=inputs.supply.released_units)


def _approved(plan: ApprovedOutput) -> ReferencePlan:
    name = f"the plan of {short_name(plan.cycle)} approved {day_name(plan.at)} by {plan.by}"
    return ReferencePlan(name=name, make_units=plan.make_units)
