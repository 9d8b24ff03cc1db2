"""Why one means alone brings nothing to a gap, in a sentence: what is missing for it, or who switched it off."""

import numpy as np

from sop_dash.core.model.periods import short_name
from sop_dash.core.model.result import PlanResult
from sop_dash.core.plan import Prepared
from sop_dash.core.studies.gaps import Gap
from sop_dash.core.supply.problem import SupplyProblem


def why_it_brings_nothing(
    key: str, prepared: Prepared, problem: SupplyProblem, base: PlanResult, nothing: PlanResult, gap: Gap
) -> str:
    """The reason for a means whose plan is no better for the gap than doing nothing.

    Args:
        key: build-ahead, overtime or outsource.
        prepared: What the plans were made from.
        problem: The supply problem of `base`.
        base: The plan looked at.
        nothing: The plan of doing nothing.
        gap: The gap.
    """
    why = {"build-ahead": _not_ahead, "overtime": _no_overtime, "outsource": _no_outsourcing}[key]
    return why(prepared, problem, base, nothing, gap) or "It would serve no more of the demand in these months."


def _not_ahead(prepared: Prepared, problem: SupplyProblem, base: PlanResult, nothing: PlanResult, gap: Gap) -> str:
    """Building ahead needs an open month with free regular hours before the gap."""
    first = prepared.locked_months
    if base.levers.build_ahead is False or not prepared.plan_effects.build_ahead:
        return f"Building ahead is switched off {_set_by(base.levers.build_ahead)}."
    if gap.first <= first:
        return f"No month that can still be changed lies before {short_name(base.grain.horizon[gap.first])}."
    if gap.resource is None:
        arrival = first + problem.lead_time_months[list(gap.families)]
        return "" if (arrival < gap.first).any() else "What is bought cannot arrive earlier than its lead time."
    months, supply = slice(first, gap.first), nothing.supply
    free = supply.available_hours[gap.resource, months] - supply.hours_used[gap.resource, months]
    return "" if np.isnan(free).any() or free.max() > 1e-6 else "No hours are free in the months before the gap."


def _no_overtime(prepared: Prepared, problem: SupplyProblem, base: PlanResult, nothing: PlanResult, gap: Gap) -> str:
    resource, months = gap.resource or 0, slice(gap.first, gap.last + 1)
    if problem.overtime_limit_hours[resource, months].any():
        return ""
    if (prepared.capacity.overtime_ratio[resource, months] > 0.0).any():
        return f"Overtime is set to 0 % {_set_by(base.levers.overtime_max_ratio)}."
    return "No overtime is allowed on this resource."


def _no_outsourcing(prepared: Prepared, problem: SupplyProblem, base: PlanResult, nothing: PlanResult, gap: Gap) -> str:
    families, months = list(gap.families), slice(gap.first, gap.last + 1)
    possible = problem.outsource_max_units[families] > 0.0
    if possible.any():
        in_time = np.arange(problem.months) >= problem.outsource_lead_time_months[families, None]
        return "" if (possible & in_time)[:, months].any() else "An order placed now would arrive after the gap."
    agreed = prepared.inputs.supply.outsource_max_units[families]
    if not (np.nan_to_num(agreed) > 0.0).any():
        return "No outsourcing limit is given for these families in supply_options."
    return f"Outsourcing is set to 0 % {_set_by(base.levers.outsource_max_ratio)}."


def _set_by(lever: object) -> str:
    """Who moved a lever: the levers as they stand, else a decision that is in the plan."""
    return "by the levers as they stand" if lever is not None else "by a decision in the plan"
