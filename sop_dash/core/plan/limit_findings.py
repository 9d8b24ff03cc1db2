"""Which limits besides hours bind a plan: space, transport, materials, shelf life, and orders that wait.

One finding per limit with its months, worth the money it costs; nothing is said of limits that leave room.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.plan.limit_uses import TRANSPORT, WAREHOUSE, LimitUse
from sop_dash.core.plan.places import flagged, months_in_words
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.solution import SupplySolution

_NOISE = 1e-6


def _kind(code: str, severity: Severity, title: str, remedy: str) -> FindingKind:
    return FindingKind(code=code, severity=severity, title=title, remedy=remedy)


WAREHOUSE_OVER = _kind(
    "warehouse-over-its-limit",
    Severity.WARNS,
    "Stock needs more space than the warehouse has",
    "Build less ahead, rent space for these months, or lower the cover days.",
)
WAREHOUSE_FULL = _kind(
    "warehouse-limits-building-ahead",
    Severity.INFORMS,
    "The warehouse is full and limits building ahead",
    "Compare the cost of more space with overtime in the short months.",
)
TRANSPORT_OVER = _kind(
    "transport-over-its-limit",
    Severity.WARNS,
    "Shipments need more transport than is contracted",
    "Book more capacity for these months, or ship part of it earlier.",
)
MATERIAL_BINDS = _kind(
    "material-limits-output",
    Severity.WARNS,
    "A material or supplier limits the plan",
    "Ask the supplier for more in these months, or approve a second source.",
)
MATERIAL_SHORT = _kind(
    "material-short-for-fixed-output",
    Severity.WARNS,
    "Fixed output needs more material than can be had",
    "Check the released plan and the material that is on its way.",
)
SHELF_LIFE = _kind(
    "stock-outlives-its-shelf-life",
    Severity.WARNS,
    "Stock will not be sold within its shelf life",
    "Sell it early, or order and make less of it.",
)
FIXED_OVER_HOURS = _kind(
    "fixed-output-over-hours",
    Severity.WARNS,
    "Fixed output needs more hours than a resource has",
    "Check the released plan of the month, or the hours and overtime of the resource.",
)
ORDERS_WAIT = _kind(
    "orders-wait",
    Severity.WARNS,
    "Customer orders wait for supply",
    "Compare overtime, outsourcing, building ahead and extra hours on the Supply page.",
)


def limit_findings(
    inputs: PlanInputs,
    problem: SupplyProblem,
    solution: SupplySolution,
    uses: Sequence[LimitUse],
    locked: int,
    names: Sequence[str],
) -> Iterator[Finding]:
    """What binds.

    Args:
        inputs: Names of the families.
        problem: What was solved.
        solution: The plan.
        uses: Its limits besides hours and what it asks of them.
        locked: Locked months; nothing can be done about them any more.
        names: [T] months as on screen.
    """
    for use in uses:
        yield from _binding(use, problem, solution, locked, names, inputs.grain.families)
    yield from _outlived(inputs, problem, solution, names)
    yield from _waiting(inputs, problem, solution, names)


def _binding(
    use: LimitUse,
    problem: SupplyProblem,
    solution: SupplySolution,
    locked: int,
    names: Sequence[str],
    families: Sequence[str],
) -> Iterator[Finding]:
    if not use.full.any():
        return
    over, full = np.flatnonzero(use.over > 0.0).tolist(), np.flatnonzero(use.full).tolist()
    only_full = [t for t in full if t >= locked and t not in over]
    if use.kind in (WAREHOUSE, TRANSPORT):
        yield from _too_much(use, over, only_full, names)
        return
    if over:
        detail = f"{use.over.sum():,.0f} units are missing for {', '.join(use.families)}."
        yield _at(MATERIAL_SHORT, use.name, over, names, detail, None)
    hit = _missed(use, problem, solution, families, only_full)
    if hit:
        detail = f"All of it is used; {', '.join(hit)} cannot be made or ordered as wanted."
        yield _at(MATERIAL_BINDS, use.name, only_full, names, detail, None)


def _too_much(use: LimitUse, over: Sequence[int], full: Sequence[int], names: Sequence[str]) -> Iterator[Finding]:
    """Months beyond the space or the lanes, and months in which the warehouse is just full."""
    if over:
        worst, beyond = int(use.over.argmax()), use.over
        detail = f"At worst {beyond[worst]:,.0f} of {use.capacity[worst]:,.0f} too much ({names[worst]})."
        cost = float(use.cost_value.sum())
        kind = WAREHOUSE_OVER if use.kind == WAREHOUSE else TRANSPORT_OVER
        yield _at(kind, use.name, over, names, detail, None if np.isnan(cost) else cost)
    if full and use.kind == WAREHOUSE:
        yield _at(WAREHOUSE_FULL, use.name, full, names, f"{use.capacity[full[0]]:,.0f} of space are in use.", None)


def _missed(
    use: LimitUse, problem: SupplyProblem, solution: SupplySolution, families: Sequence[str], full: Sequence[int]
) -> list[str]:
    """Families of a used-up material that are short of demand or stock in those months or later."""
    if not full:
        return []
    missing = solution.lost_units + solution.waiting_units + solution.below_target_units
    later = missing[:, full[0] :].sum(axis=1)
    noise = _NOISE * np.maximum(problem.demand_units.sum(axis=1), 1.0)
    return [
        name
        for name, units, least in zip(families, later, noise, strict=True)
        if name in use.families and units > least
    ]


def fixed_output_findings(inputs: PlanInputs, problem: SupplyProblem, names: Sequence[str]) -> Iterator[Finding]:
    """Locked months whose output does not fit into regular hours and overtime; the plan keeps it as it is."""
    locked = problem.locked_months
    if locked == 0:
        return
    needed = problem.resource_hours_per_unit @ problem.locked_make_units
    there = (problem.available_hours * (1.0 + problem.overtime_max_ratio))[:, :locked]
    over = np.nan_to_num(needed - there, nan=0.0) if np.isnan(there).any() else needed - there
    if (over <= _NOISE * needed).all():
        return
    for r, months in flagged(over > _NOISE * needed).items():
        worst = int(over[r].argmax())
        detail = f"{over[r, worst]:,.0f} hours more than regular hours and overtime ({names[worst]})."
        value = float(over[r, months].sum() * problem.overtime_premium_per_hour[r])
        yield _at(FIXED_OVER_HOURS, inputs.grain.resources[r], months, names, detail, value)


def _outlived(
    inputs: PlanInputs, problem: SupplyProblem, solution: SupplySolution, names: Sequence[str]
) -> Iterator[Finding]:
    if problem.stock_limit is None:
        return
    limit = problem.stock_limit.max_units
    over = np.maximum(solution.closing_units - limit, 0.0)
    if not over.any():
        return
    noise = _NOISE * np.maximum(problem.demand_units.mean(axis=1, keepdims=True), 1.0)
    for f, months in flagged(over > noise).items():
        worst = int(over[f].argmax())
        detail = f"At most {over[f, worst]:,.0f} units more than sell in time ({names[worst]})."
        value = float(over[f, worst] * problem.end_value[f])
        yield _at(SHELF_LIFE, inputs.grain.families[f], months, names, detail, value)


def _waiting(
    inputs: PlanInputs, problem: SupplyProblem, solution: SupplySolution, names: Sequence[str]
) -> Iterator[Finding]:
    if problem.backlog is None:
        return
    noise = _NOISE * np.maximum(problem.demand_units.mean(axis=1, keepdims=True), 1.0)
    for f, months in flagged(solution.waiting_units > noise).items():
        waiting = solution.waiting_units[f]
        worst = int(waiting.argmax())
        detail = f"At most {waiting[worst]:,.0f} units ({names[worst]})."
        yield _at(
            ORDERS_WAIT, inputs.grain.families[f], months, names, detail, float(waiting.sum() * problem.backlog.cost[f])
        )


def _at(
    kind: FindingKind, name: str, months: Sequence[int], names: Sequence[str], detail: str, value: float | None
) -> Finding:
    place = f"{name}, {months_in_words(months, names)}"
    return Finding(kind=kind, place=place, detail=detail, value=value, count=len(months))
