"""What planning alone can see in a data load: costs that contradict one another, open orders past due.

What is missing is told by the checks of the data load itself.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from sop_dash.core.model.arrays import Array, BoolArray
from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.planning_settings import PlanningSettings, UnservedDemand
from sop_dash.core.plan.costs import PlanningCosts


def _kind(code: str, severity: Severity, title: str, remedy: str) -> FindingKind:
    return FindingKind(code=code, severity=severity, title=title, remedy=remedy)


COST_LADDER = _kind(
    "cost-ladder",
    Severity.WARNS,
    "Costs of options contradict one another",
    "Check the premiums in the supply_options table and the unit cost.",
)
OPEN_ORDERS_PAST_DUE = _kind(
    "open-orders-past-due",
    Severity.INFORMS,
    "Customer orders past due are not part of the demand plan",
    "Add them to the first open month with an adjustment.",
)


def data_findings(
    inputs: PlanInputs, costs: PlanningCosts, demand: Array, settings: PlanningSettings
) -> tuple[Finding, ...]:
    """Findings of a data load that only planning can see; one per family; families without demand are left out.

    Args:
        inputs: The data load.
        costs: What the plan weighs.
        demand: [F, T] consensus.
        settings: Whether open orders past due wait in the plan.
    """
    waits = settings.unserved_demand is UnservedDemand.BACKLOG
    return (
        *_cost_ladder(inputs, costs, np.asarray(demand.sum(axis=1) > 0.0)),
        *(() if waits else _past_due(inputs, costs)),
    )


def _cost_ladder(inputs: PlanInputs, costs: PlanningCosts, sells: BoolArray) -> Iterator[Finding]:
    """Carrying < overtime < outsourcing < margin of a lost unit; the first step that fails is named."""
    made = np.asarray(inputs.grain.made, dtype=np.bool_)
    overtime = costs.overtime_premium_per_hour @ np.nan_to_num(inputs.supply.hours_per_unit, nan=0.0)
    outsourcing = (costs.outsource_cost - costs.standard_cost).mean(axis=1)
    lost = costs.price.mean(axis=(1, 2)) - costs.make_cost.mean(axis=1) + costs.goodwill
    able = inputs.supply.outsource_max_units > 0.0
    for f in np.flatnonzero(sells & made):
        steps = [("a month of stock", costs.holding_cost[f]), ("overtime", overtime[f])]
        steps += [("outsourcing", outsourcing[f])] if able[f] else []
        steps += [("a lost sale", lost[f])]
        for (cheap, low), (dear, high) in pairwise(steps):
            if (low > 0.0 and high > 0.0 and low >= high) or high < 0.0:
                detail = f"A unit costs {low:,.2f} more by {cheap}, but only {high:,.2f} by {dear}."
                yield Finding(kind=COST_LADDER, table="supply_options", place=inputs.grain.families[f], detail=detail)
                break


def _past_due(inputs: PlanInputs, costs: PlanningCosts) -> Iterator[Finding]:
    waiting = np.nan_to_num(inputs.stock.backlog_units, nan=0.0)
    for f in np.flatnonzero(waiting > 0.0):
        value = float(waiting[f] * costs.price[f, :, 0].mean())
        detail = f"{waiting[f]:,.0f} units wait for delivery."
        place = inputs.grain.families[f]
        yield Finding(kind=OPEN_ORDERS_PAST_DUE, table="backlog", place=place, detail=detail, value=value)
