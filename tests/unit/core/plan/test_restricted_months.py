"""Restricted months: held near the plan the cycle began with, which is named where they leave it."""

from dataclasses import replace

import numpy as np
import pytest

from sop_dash.core.model.inputs import ApprovedOutput
from sop_dash.core.model.result import PlanResult
from sop_dash.core.plan import plan
from sop_dash.core.plan.findings import RESTRICTED_BREAK
from tests.unit.core.plan.plan_worlds import prepared, press_company


def bounded(approved: tuple[ApprovedOutput, ...], released: float = 50.0) -> PlanResult:
    """November locked at 100, December restricted to ±10 %; 100 are asked a month, and nothing lies in stock."""
    inputs = press_company(months=2, released_units=np.array([[100.0, released]]), hours=500.0)
    fences = {"locked_months": 1, "restricted_months": 1, "restricted_ratio": 0.1}
    return plan(prepared(replace(inputs, approved=approved), [[100.0, 100.0]], **fences))


def december(cycle: str, units: float) -> ApprovedOutput:
    return ApprovedOutput(cycle=cycle, by="Eve", at=f"{cycle}-14T09:00:00+00:00", make_units=np.array([[100.0, units]]))


def fence_findings(result: PlanResult) -> list[str]:
    return [finding.detail for finding in result.findings if finding.kind is RESTRICTED_BREAK]


def test_restricted_months_stay_near_the_plan_approved_in_an_earlier_cycle_before_the_released_one() -> None:
    assert fence_findings(bounded(())) == ["45 units above the limit in Dec 26: ±10% of the released plan."]
    # 100 − 80 × 1.1 = 12
    of_october = (december("2026-10", 80.0),)
    limit = "±10% of the plan of Oct 26 approved 14 Oct 26 by Eve"
    assert fence_findings(bounded(of_october)) == [f"12 units above the limit in Dec 26: {limit}."]
    assert fence_findings(bounded((december("2026-10", 95.0),))) == []


def test_approving_a_plan_does_not_move_its_own_restricted_months() -> None:
    before = bounded(())
    approved = ApprovedOutput(cycle="2026-11", by="Eve", at="2026-11-14", make_units=before.supply.make)
    after = bounded((approved,))
    assert after.supply.make == pytest.approx(before.supply.make)
    assert fence_findings(after) == fence_findings(before)


def test_months_of_which_no_plan_before_speaks_are_not_bounded() -> None:
    assert fence_findings(bounded((), released=np.nan)) == []
