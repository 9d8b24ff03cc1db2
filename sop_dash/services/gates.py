"""Gates of the cycle: what must exist before a stage is through, told from what the product knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sop_dash.core.meeting.stages import STAGES, StageDates
from sop_dash.core.model.periods import short_name
from sop_dash.core.model.records import ActionStatus
from sop_dash.services.adjustments import Adjustments
from sop_dash.services.decisions import Decisions
from sop_dash.services.plan_versions import PlanVersions, state_words
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


def standing(one: StageDates, gates: Sequence[Gate], today: date) -> str:
    """Where a stage stands: by its days and, once these are over, by its gates.

    Returns:
        `to come`, `now`, `done` (over, all that can be told is met), `still open` (over, a gate is not met) or `over`
        (nothing can be told).
    """
    state = one.state(today)
    known = [gate.met for gate in gates if gate.stage == one.stage.id and gate.met is not None]
    if state != "over" or not known:
        return state
    return "done" if all(known) else "still open"


class Gates:
    """Reads the evidence of the open cycle: the checklist of the plan, and what only informs."""

    def __init__(
        self, adjustments: Adjustments, decisions: Decisions, scenarios: Scenarios, versions: PlanVersions
    ) -> None:
        self._adjustments, self._decisions, self._scenarios = adjustments, decisions, scenarios
        self._versions = versions

    def of(self, view: PlanView) -> tuple[Gate, ...]:
        """The evidence of every stage, in the order of the stages."""
        company, budget = view.prepared.inputs.company, view.base.kpi("revenue-outlook").goal
        late = [a for a in self._decisions.actions() if a.status is not ActionStatus.COMPLETED]
        checked = [Gate(stage=c.stage, met=c.holds, text=c.text) for c in self._versions.checklist()]
        data = Gate(
            stage="performance",
            met=True,
            text=f"Data through {short_name(company.data_through_month)}: {view.load.name}",
        )
        plan, stacked = self._versions.state(), self._adjustments.all()
        told = (
            Gate(stage="demand", met=None, text=f"{len(stacked)} adjustments, each with reason and owner"),
            Gate(stage="finance", met=budget is not None, text="Budget loaded" if budget else "No budget for the year"),
            Gate(stage="reconciliation", met=None, text=f"{len(self._scenarios.all())} scenarios kept"),
            Gate(stage="executive", met=plan.approved and not plan.changes, text=state_words(plan)),
            Gate(stage="executive", met=None, text=f"{len(late)} actions open"),
        )
        order = [stage.id for stage in STAGES]
        return tuple(sorted((data, *checked, *told), key=lambda gate: order.index(gate.stage)))
