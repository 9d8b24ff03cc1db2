"""The costs of a month beside standard cost, overtime and outsourcing, by kind and family. Plan currency; [F, T].

The company pays them as a whole; families bear them by what they take of it. Unknown is NaN. Source: core 10.1.
"""

from collections.abc import Iterable, Iterator

import numpy as np

from sop_dash.core.model.arrays import Array, worth
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.labour import Labour
from sop_dash.core.model.result import OtherCost, SupplyPlan
from sop_dash.core.plan.limit_uses import LimitUse, overflow_costs
from sop_dash.core.supply.groups import Crew
from sop_dash.core.supply.problem import SupplyProblem


def other_costs(
    problem: SupplyProblem, supply: SupplyPlan, uses: Iterable[LimitUse], outsourced_unit_cost: Array
) -> dict[OtherCost, Array]:
    """The kinds that this plan pays for, [F, T] each.

    Args:
        problem: What was planned.
        supply: The plan.
        uses: Its limits besides hours.
        outsourced_unit_cost: [F, T] standard cost and premium of a unit made outside; NaN where unknown.
    """
    costs = dict(overflow_costs(uses))
    costs |= _people(problem, supply)
    if problem.outsource_min_units.any():
        unused = problem.unused_minimum_units(supply.outsource)
        if unused.any():
            costs[OtherCost.UNUSED_MINIMUM] = worth(unused, outsourced_unit_cost)
    return costs


def planned_crew(inputs: PlanInputs) -> Crew | None:
    """What hiring and letting go cost by resource and month of the horizon; None without labour pools."""
    if inputs.labour is None:
        return None
    months = len(inputs.grain.history)
    cost = np.zeros((len(inputs.grain.resources), len(inputs.grain.horizon)))
    cost[inputs.labour.resources] = change_cost(inputs.labour, *planned_changes(inputs.labour, months))
    return Crew(change_cost=cost)


def planned_changes(labour: Labour, closed_months: int) -> tuple[Array, Array]:
    """[P, T] workers hired and let go at the start of each planned month; NaN where either month is unknown."""
    planned = labour.workers[:, closed_months:]
    step = np.diff(planned, axis=1, prepend=opening_workers(labour, closed_months)[:, None])
    return np.maximum(step, 0.0), np.maximum(-step, 0.0)


def opening_workers(labour: Labour, closed_months: int) -> Array:
    """[P] workers at the end of the last closed month; those of the first planned month where that is unknown."""
    first = labour.workers[:, closed_months]
    if closed_months == 0:
        return first
    before = labour.workers[:, closed_months - 1]
    return np.where(np.isnan(before), first, before)


def change_cost(labour: Labour, hired: Array, laid_off: Array) -> Array:
    """[P, T] cost of these changes; a rate that is not known counts only where people come or go."""
    return worth(hired, labour.hire_cost[:, None]) + worth(laid_off, labour.lay_off_cost[:, None])


def _people(problem: SupplyProblem, supply: SupplyPlan) -> Iterator[tuple[OtherCost, Array]]:
    """Families bear the people of a resource by the hours they ask of it in the month.

    In a month without work those that use it bear them by their hours per unit, and all alike where none does.
    """
    if problem.crew is None:
        return
    total = np.zeros_like(supply.make)
    paying = np.flatnonzero((problem.crew.change_cost != 0.0).any(axis=1)).tolist()
    for r in paying:
        usage = problem.resource_hours_per_unit[r][:, None]
        usage = usage if usage.any() else np.ones_like(usage)
        asked = usage * supply.make
        weight = np.where(asked.any(axis=0), asked, usage)
        total += worth(weight / weight.sum(axis=0), problem.crew.change_cost[r])
    if paying:
        yield OtherCost.PEOPLE, total
