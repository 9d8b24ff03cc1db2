"""What must hold before a plan is approved: arithmetic always, everything else unless somebody answers for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sop_dash.core.model.findings import Finding
from sop_dash.core.model.records import Decision, Outcome
from sop_dash.core.model.result import PlanResult

FIGURES_TIE = "figures-tie"
_SHORT = {"shortage", "refusal-needs-decision", "lost-in-locked-month"}
_FENCE, _CANNOT_ACT = "restricted-month-changed", "decision-not-applied"


@dataclass(frozen=True, kw_only=True)
class Check:
    """One line of the checklist.

    Args:
        id: Stable name in kebab case.
        stage: Stage of the cycle that answers for it.
        holds: Whether it does.
        text: What was found, in a few words.
        detail: Where it fails; empty when it holds.
        blocks: A plan that fails it is never approved; all others may be with a named, reasoned exception.
    """

    id: str
    stage: str
    holds: bool
    text: str
    detail: str = ""
    blocks: bool = False


def checklist(plan: PlanResult, decisions: Sequence[Decision], demand_review: Check) -> tuple[Check, ...]:
    """Every check of one plan, in the order of the cycle.

    Args:
        plan: The plan to approve, without own levers.
        decisions: All of the company.
        demand_review: How far the demand review is.
    """
    return (
        _data(plan.findings),
        demand_review,
        _solved(plan),
        _served(plan.findings),
        _fences(plan.findings),
        _tied(plan),
        _decided(plan.findings, decisions),
    )


def _data(findings: Sequence[Finding]) -> Check:
    blocking = [finding for finding in findings if finding.blocks]
    return Check(
        id="data-issues",
        stage="performance",
        holds=not blocking,
        text=_counted(len(blocking), "blocking data issue"),
        detail=_places(blocking),
    )


def _solved(plan: PlanResult) -> Check:
    solver = plan.solver
    return Check(
        id="plan-verified",
        stage="supply",
        holds=not solver.fallback,
        text=f"Supply plan by {solver.method}{'' if solver.fallback else ', verified'}",
        detail="The optimiser gave no verified plan; a simple rule made this one." if solver.fallback else "",
    )


def _served(findings: Sequence[Finding]) -> Check:
    short = [finding for finding in findings if finding.kind.code in _SHORT]
    return Check(
        id="demand-served",
        stage="supply",
        holds=not short,
        text=f"{_families(short)} short of demand",
        detail=_places(short),
    )


def _fences(findings: Sequence[Finding]) -> Check:
    broken = [finding for finding in findings if finding.kind.code == _FENCE]
    return Check(
        id="restricted-months",
        stage="supply",
        holds=not broken,
        text=f"{_families(broken)} beyond the limit of a restricted month",
        detail=_places(broken),
    )


def _tied(plan: PlanResult) -> Check:
    broken = [identity.name for identity in plan.identities if not identity.holds]
    return Check(
        id=FIGURES_TIE,
        stage="finance",
        holds=not broken,
        text=f"Figures tie {len(plan.identities) - len(broken)}/{len(plan.identities)}",
        detail="; ".join(broken),
        blocks=True,
    )


def _decided(findings: Sequence[Finding], decisions: Sequence[Decision]) -> Check:
    pending = [decision.id for decision in decisions if decision.outcome is Outcome.PENDING]
    refused = [finding.place for finding in findings if finding.kind.code == _CANNOT_ACT]
    told = [f"{', '.join(pending)} pending"] if pending else []
    told += [f"{'; '.join(refused)} cannot act on these data"] if refused else []
    return Check(
        id="decisions",
        stage="executive",
        holds=not told,
        text=f"{_counted(len(pending), 'decision')} pending",
        detail="; ".join(told),
    )


def _places(findings: Sequence[Finding]) -> str:
    return "; ".join(finding.place or finding.kind.title for finding in findings)


def _families(findings: Sequence[Finding]) -> str:
    """How many families; one may have several findings, whose place begins with its name."""
    return _counted(len({finding.place.split(", ")[0] for finding in findings}), "family", "families")


def _counted(count: int, one: str, more: str = "") -> str:
    return f"{count} {one if count == 1 else more or one + 's'}"
