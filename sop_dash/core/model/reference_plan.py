"""The plan that a new one is held against: the last one approved, else the released production plan. Units."""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.inputs import ApprovedOutput, PlanInputs
from sop_dash.core.model.periods import short_name


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
    return _named(inputs, inputs.approved[-1:])


def plan_before(inputs: PlanInputs) -> ReferencePlan:
    """The plan approved last in an earlier cycle; else this cycle's; else the released production plan."""
    earlier = tuple(one for one in inputs.approved if one.cycle < inputs.grain.cycle)
    return _named(inputs, (earlier or inputs.approved)[-1:])


def _named(inputs: PlanInputs, approved: tuple[ApprovedOutput, ...]) -> ReferencePlan:
    if not approved:
        return ReferencePlan(name="the released plan", make_units=inputs.supply.released_units)
    (plan,) = approved
    return ReferencePlan(name=f"the plan of {short_name(plan.cycle)} approved by {plan.by}", make_units=plan.make_units)
