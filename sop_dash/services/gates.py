"""Gates of the cycle: what must exist before a stage is through, told from what the product knows."""

from dataclasses import dataclass

from sop_dash.core.model.periods import short_name
from sop_dash.core.model.records import ActionStatus, Outcome
from sop_dash.services.adjustments import Adjustments
from sop_dash.services.decisions import Decisions
from sop_dash.services.demand_approval import DemandApproval, approval_words
from sop_dash.services.plans import PlanView
from sop_dash.services.scenarios import Scenarios


@dataclass(frozen=True, kw_only=True)
class Gate:
    """One piece of evidence.

    Args:
        stage: Id of the stage it belongs to.
        met: True or False; None where it only informs.
        text: The evidence in words.
    """

    stage: str
    met: bool | None
    text: str


class Gates:
    """Reads the evidence of the open cycle."""

    def __init__(
        self, adjustments: Adjustments, decisions: Decisions, scenarios: Scenarios, approval: DemandApproval
    ) -> None:
        self._adjustments, self._decisions, self._scenarios = adjustments, decisions, scenarios
        self._approval = approval

    def of(self, view: PlanView) -> tuple[Gate, ...]:
        """The evidence of every stage, in the order of the stages."""
        plan, company = view.base, view.prepared.inputs.company
        blocking = sum(finding.blocks for finding in plan.findings)
        review = self._approval.state()
        stacked = self._adjustments.all()
        short = [
            f for f in plan.findings if f.kind.code in {"shortage", "refusal-needs-decision", "lost-in-locked-month"}
        ]
        tied = sum(identity.holds for identity in plan.identities)
        pending = [d for d in self._decisions.decisions() if d.outcome is Outcome.PENDING]
        late = [a for a in self._decisions.actions() if a.status is not ActionStatus.COMPLETED]
        budget = plan.kpi("revenue-outlook").goal
        return (
            Gate(
                stage="performance",
                met=True,
                text=f"Data through {short_name(company.data_through_month)}: {view.load.name}",
            ),
            Gate(stage="performance", met=blocking == 0, text=f"{blocking} blocking data issues"),
            Gate(stage="demand", met=review.approved and not review.changed, text=approval_words(review)),
            Gate(stage="demand", met=None, text=f"{len(stacked)} adjustments, each with reason and owner"),
            Gate(stage="supply", met=not plan.solver.fallback, text=f"Supply plan by {plan.solver.method}, verified"),
            Gate(stage="supply", met=not short, text=f"{len(short)} families short of demand"),
            Gate(stage="finance", met=tied == len(plan.identities), text=f"Figures tie {tied}/{len(plan.identities)}"),
            Gate(stage="finance", met=budget is not None, text="Budget loaded" if budget else "No budget for the year"),
            Gate(stage="reconciliation", met=None, text=f"{len(self._scenarios.all())} scenarios kept"),
            Gate(stage="executive", met=not pending, text=f"{len(pending)} decisions pending"),
            Gate(stage="executive", met=None, text=f"{len(late)} actions open"),
        )
