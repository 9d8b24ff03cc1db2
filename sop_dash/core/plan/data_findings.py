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
from sop_dash.core.plan.cost_findings import contract_findings, people_findings
from sop_dash.core.plan.costs import PlanningCosts


def _kind(code: str, severity: Severity, title: str, remedy: str) -> FindingKind:
    return FindingKind(code=code, severity=severity, title=title, remedy=remedy)


COST_LADDER = _kind(
    "cost-ladder",
    Severity.WARNS,
    "Costs of options contradict one another",
    "Check the premiums in the supply_options table and the unit cost.",
)
BUILD_AHEAD = _kind(
    "months-of-building-ahead",
    Severity.INFORMS,
    "How far ahead building beats overtime and outsourcing",
    "Nothing to do; change the premiums in supply_options or the carrying cost when it looks wrong.",
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
    sells = np.asarray(demand.sum(axis=1) > 0.0)
    waits = settings.unserved_demand is UnservedDemand.BACKLOG
    return (
        *_cost_ladder(inputs, costs, sells),
        *_build_ahead(inputs, costs, sells),
        *(() if waits else _past_due(inputs, costs)),
        *people_findings(inputs),
        *contract_findings(inputs),
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


def _build_ahead(inputs: PlanInputs, costs: PlanningCosts, sells: BoolArray) -> Iterator[Finding]:
    """Whole months that a unit can be held for the price of its overtime premium; one finding for all families."""
    hours = np.nan_to_num(inputs.supply.hours_per_unit, nan=0.0)
    overtime = costs.overtime_premium_per_hour @ hours
    able = sells & np.asarray(inputs.grain.made, dtype=np.bool_) & hours.any(axis=0) & (costs.holding_cost > 0.0)
    families = np.flatnonzero(able & (overtime > 0.0))
    if families.size == 0:
        return
    months = np.floor(overtime[families] / costs.holding_cost[families] + 1e-9)
    least, most = int(months.argmin()), int(months.argmax())
    names = [inputs.grain.families[f] for f in families.tolist()]
    detail = f"Building up to {months[least]:,.0f} months ahead costs no more than overtime"
    if months[most] > months[least]:
        detail += f" ({names[least]}), up to {months[most]:,.0f} for {names[most]}"
    yield Finding(kind=BUILD_AHEAD, table="supply_options", detail=f"{detail}.", count=int(families.size))


def _past_due(inputs: PlanInputs, costs: PlanningCosts) -> Iterator[Finding]:
    waiting = np.nan_to_num(inputs.stock.backlog_units, nan=0.0)
    for f in np.flatnonzero(waiting > 0.0):
        value = float(waiting[f] * costs.price[f, :, 0].mean())
        detail = f"{waiting[f]:,.0f} units wait for delivery."
        place = inputs.grain.families[f]
        yield Finding(kind=OPEN_ORDERS_PAST_DUE, table="backlog", place=place, detail=detail, value=value)
