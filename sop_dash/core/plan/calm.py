"""What it costs to stay near the last plan: the plan with and without that wish. Plan currency and units."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.reference_plan import last_plan
from sop_dash.core.plan.prepared import Prepared
from sop_dash.core.supply.costs import costs_of
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.programme import SupplyProgramme

PRICE_OF_CALM = FindingKind(
    code="price-of-calm",
    severity=Severity.INFORMS,
    title="Staying near the last plan has a price",
    remedy="Change “Price of a unit moved from the plan approved or released” in the planning settings.",
)

_WHOLE_UNIT = 0.5


def calm_findings(prepared: Prepared, problem: SupplyProblem) -> Iterator[Finding]:
    """What calm costs in this problem, planning weights of lost sales and missing stock included; none without it.

    Nothing is said when calm keeps nothing in its place, or no optimum is found for one of the two plans.
    """
    calm = problem.calm
    if calm is None:
        return
    nervous = replace(problem, calm=None)
    with_calm, without = prepared.programme.solve(problem), SupplyProgramme(nervous).solve(nervous)
    if with_calm.report.fallback or without.report.fallback:
        return
    moved = [float(np.abs(calm.outside(plan.make_units)).sum()) for plan in (with_calm, without)]
    if moved[1] - moved[0] < _WHOLE_UNIT:
        return
    price = costs_of(nervous, with_calm).total - costs_of(nervous, without).total
    name = last_plan(prepared.inputs).name
    detail = f"{moved[0]:,.0f} units are moved from {name} instead of {moved[1]:,.0f}."
    yield Finding(kind=PRICE_OF_CALM, table="production", detail=detail, value=max(price, 0.0))
