"""The evidence of a case by month: what is asked of the resource or family that is short, and what the plan gives."""

from dataclasses import dataclass

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.result import PlanResult
from sop_dash.core.plan import Prepared
from sop_dash.core.plan.run import problem_of
from sop_dash.core.studies.cases import Case
from sop_dash.core.studies.gaps import required_units


@dataclass(frozen=True, kw_only=True, eq=False)
class Evidence:
    """[T] each; hours of a resource, or units of a family.

    Args:
        asked: Hours that demand and stock targets ask for; demand of a family.
        regular: Regular hours worked; units served.
        beyond: Overtime; units not served.
        limit: Regular hours available, NaN where unknown; stock at month end of a family.
    """

    asked: Array
    regular: Array
    beyond: Array
    limit: Array


def evidence(prepared: Prepared, plan: PlanResult, case: Case) -> Evidence:
    """The months of the horizon for the resource or family of a case of this plan."""
    supply = plan.supply
    if case.is_resource:
        resource = plan.grain.resources.index(case.place)
        problem = problem_of(prepared, plan.levers)
        return Evidence(
            asked=problem.resource_hours_per_unit[resource] @ required_units(problem),
            regular=supply.hours_used[resource] - supply.overtime_hours[resource],
            beyond=supply.overtime_hours[resource],
            limit=supply.available_hours[resource],
        )
    family = plan.grain.families.index(case.place)
    return Evidence(
        asked=plan.demand.committed[family].sum(axis=0),
        regular=supply.shipped[family].sum(axis=0),
        beyond=supply.lost[family].sum(axis=0),
        limit=supply.closing[family],
    )
