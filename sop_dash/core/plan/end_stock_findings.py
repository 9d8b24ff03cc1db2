"""Families that cannot end with the stock asked for, with what stands in the way."""

from collections.abc import Iterator, Sequence

import numpy as np

from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.inputs import Grain
from sop_dash.core.model.periods import short_name
from sop_dash.core.model.result import MoneyPlan
from sop_dash.core.plan.limit_uses import MATERIAL, SUPPLIER, LimitUse
from sop_dash.core.supply.evaluate import full_cells
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.solution import SupplySolution

END_STOCK_MISSED = FindingKind(
    code="end-stock-not-reached",
    severity=Severity.WARNS,
    title="The plan cannot end with the stock asked for",
    remedy="Ask for fewer days (end_stock_days in the settings), or add hours, material or outsourcing before the end.",
)

_NOISE = 1e-5


def end_stock_findings(
    problem: SupplyProblem, solution: SupplySolution, uses: Sequence[LimitUse], money: MoneyPlan, grain: Grain
) -> Iterator[Finding]:
    """One finding a family, worth what is missing at standard cost; none where no end stock is asked for."""
    if problem.end_stock is None:
        return
    asked = problem.end_stock.asked_units
    missing = asked - solution.closing_units[:, -1]
    for f in np.flatnonzero(missing > _NOISE * np.maximum(asked, 1.0)).tolist():
        value = float(missing[f] * money.unit_cost[f, -1])
        reason = _reason(problem, solution, uses, grain, f)
        yield Finding(
            kind=END_STOCK_MISSED,
            place=f"{grain.families[f]}, {short_name(grain.horizon[-1])}",
            detail=f"{missing[f]:,.0f} of {asked[f]:,.0f} units are missing: {reason}.",
            value=None if np.isnan(value) else value,
        )


def _reason(
    problem: SupplyProblem, solution: SupplySolution, uses: Sequence[LimitUse], grain: Grain, family: int
) -> str:
    """What has nothing left in an open month, among what the family needs."""
    if solution.report.fallback:
        return "the plan was made by a simple rule"
    limit, end, opened = problem.stock_limit, problem.end_stock, problem.locked_months
    if limit and end and limit.max_units[family, -1] < end.asked_units[family] * (1.0 - _NOISE):
        return "more would outlive its shelf life"
    full = full_cells(problem, solution)[:, opened:].any(axis=1) & (problem.resource_hours_per_unit[:, family] > 0.0)
    spent = [grain.resources[r] for r in np.flatnonzero(full).tolist()]
    spent += [
        use.name
        for use in uses
        if use.kind in (MATERIAL, SUPPLIER) and use.users[1][family] > 0.0 and use.full[opened:].any()
    ]
    if spent:
        return f"{' and '.join(spent)} {'has' if len(spent) == 1 else 'have'} nothing left"
    return "output and orders of the open months arrive too late"
