"""All use cases in one hand: what `factory` wires and every page and command is given."""

from collections.abc import Callable
from dataclasses import dataclass

from sop_dash.services.access import User
from sop_dash.services.adjustments import Adjustments
from sop_dash.services.decisions import Decisions
from sop_dash.services.demand_approval import DemandApproval
from sop_dash.services.demand_review import DemandReview
from sop_dash.services.exception_marks import ExceptionMarks
from sop_dash.services.frame_desk import FrameDesk
from sop_dash.services.gates import Gates
from sop_dash.services.imports import Imports
from sop_dash.services.kept_settings import KeptSettings
from sop_dash.services.outlook import Outlook
from sop_dash.services.plan_versions import PlanVersions
from sop_dash.services.plans import Plans
from sop_dash.services.production import Production
from sop_dash.services.round_trip import RoundTrip
from sop_dash.services.scenarios import Scenarios
from sop_dash.services.set_up import SetUp
from sop_dash.services.studies import Studies
from sop_dash.services.supply_base import SupplyBase
from sop_dash.services.whole_steps import WholeStepPlans


@dataclass(frozen=True, kw_only=True)
class Services:
    """The use cases of one installation.

    Args:
        plans: Reads the plan under a selection and levers.
        studies: Asks many plans about one.
        settings: Changes planning settings.
        supply_base: Stock policy of items, suppliers, logistics.
        whole_steps: Plans in whole lots, shifts and streaks, worked on in the background.
        production: Resources, hours given and demonstrated, a shift or machine more.
        scenarios: Keeps named lever changes.
        decisions: Keeps decisions and actions.
        plan_versions: Approves the plan, and keeps every plan approved.
        adjustments: Keeps forecast adjustments.
        demand_review: Corrections of history, who adds value, the leader board.
        demand_approval: Who approved what of the demand review.
        exception_marks: Exceptions somebody has looked at.
        outlook: Assumptions, risks, events and transitions that people keep.
        imports: Brings tables in.
        set_up: What a company that starts with little can add by typing.
        round_trip: The forecast as a workbook, out and back in.
        gates: Tells what each stage of the cycle still needs.
        desk: Lists behind filters and levers, facts of the header.
        user: Says who is asking, from the session.
        today: The day now as `YYYY-MM-DD`.
    """

    plans: Plans
    studies: Studies
    settings: KeptSettings
    supply_base: SupplyBase
    whole_steps: WholeStepPlans
    production: Production
    scenarios: Scenarios
    decisions: Decisions
    plan_versions: PlanVersions
    adjustments: Adjustments
    demand_review: DemandReview
    demand_approval: DemandApproval
    exception_marks: ExceptionMarks
    outlook: Outlook
    imports: Imports
    set_up: SetUp
    round_trip: RoundTrip
    gates: Gates
    desk: FrameDesk
    user: Callable[[], User]
    today: Callable[[], str]
