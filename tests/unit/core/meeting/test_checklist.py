"""The checklist before a plan is approved: what holds, what is open and where, and what blocks."""

from dataclasses import replace

import numpy as np

from sop_dash.core.meeting.checklist import FIGURES_TIE, Check, checklist
from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.identities import Identity
from sop_dash.core.model.records import Decision, DecisionCategory, Outcome
from sop_dash.core.model.result import PlanResult
from sop_dash.core.plan import plan
from tests.unit.core.plan.plan_worlds import prepared, press_company

REVIEW = Check(id="demand-review", stage="demand", holds=True, text="Demand review approved by Ada")


def served() -> PlanResult:
    """One press with hours to spare: 100 a month are asked for and made."""
    return replace(plan(prepared(press_company(hours=500.0), [[100.0, 100.0, 100.0]])), findings=())


def found(code: str, place: str, severity: Severity = Severity.WARNS) -> Finding:
    return Finding(kind=FindingKind(code=code, severity=severity, title=code, remedy=""), place=place)


def of(result: PlanResult, *decisions: Decision) -> dict[str, Check]:
    return {check.id: check for check in checklist(result, decisions, REVIEW)}


def test_a_plan_that_serves_all_and_ties_has_nothing_open() -> None:
    checks = of(served())
    assert all(check.holds and not check.detail for check in checks.values())
    assert checks["demand-served"].text == "0 families short of demand"
    assert checks["demand-review"] is REVIEW


def test_only_arithmetic_blocks() -> None:
    result = served()
    broken = Identity(name="Shipped + not served = committed demand", difference=2.0, tolerance=0.1)
    checks = of(replace(result, balances=lambda: (*result.identities, broken)))
    count = len(result.identities)
    assert [check.id for check in checks.values() if check.blocks] == [FIGURES_TIE]
    assert checks[FIGURES_TIE].text == f"Figures tie {count}/{count + 1}"
    assert checks[FIGURES_TIE].detail == broken.name


def test_a_family_short_in_two_ways_counts_once_and_is_named_with_its_months() -> None:
    short = (
        found("shortage", "Kettles, Dec 26"),
        found("lost-in-locked-month", "Kettles, Nov 26"),
        found("refusal-needs-decision", "Lamps, Jan 27"),
    )
    check = of(replace(served(), findings=short))["demand-served"]
    assert (check.holds, check.text) == (False, "2 families short of demand")
    assert check.detail == "Kettles, Dec 26; Kettles, Nov 26; Lamps, Jan 27"


def test_fences_blocking_data_and_pending_decisions_are_open_each_at_its_stage() -> None:
    findings = (
        found("restricted-month-changed", "Kettles, Dec 26"),
        found("duplicate-header", "", Severity.BLOCKS),
        found("decision-not-applied", "DEC-7, Ada"),
    )
    pending = Decision(id="DEC-8", text="t", category=DecisionCategory.SUPPLY, owner="Ada", outcome=Outcome.PENDING)
    checks = of(replace(served(), findings=findings), pending)
    left = {check.id: (check.stage, check.text) for check in checks.values() if not check.holds}
    assert left == {
        "restricted-months": ("supply", "1 family beyond the limit of a restricted month"),
        "data-issues": ("performance", "1 blocking data issue"),
        "decisions": ("executive", "1 decision pending"),
    }
    assert checks["decisions"].detail == "DEC-8 pending; DEC-7, Ada cannot act on these data"


def test_a_plan_made_by_a_rule_is_not_called_verified() -> None:
    result = served()
    check = of(replace(result, solver=replace(result.solver, method="chase", fallback=True)))["plan-verified"]
    assert (check.holds, check.text) == (False, "Supply plan by chase")
    assert np.isfinite(result.supply.make).all()
