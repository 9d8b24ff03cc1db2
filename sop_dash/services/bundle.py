"""All use cases in one hand: what `factory` wires and every page and command is given."""

from collections.abc import Callable
from dataclasses import dataclass

from sop_dash.services.access import User
from sop_dash.services.adjustments import Adjustments
from sop_dash.services.decisions import Decisions
from sop_dash.services.imports import Imports
from sop_dash.services.plans import Plans
from sop_dash.services.scenarios import Scenarios


@dataclass(frozen=True, kw_only=True)
class Services:
    """The use cases of one installation.

    Args:
        plans: Reads the plan under a selection and levers.
        scenarios: Keeps named lever changes.
        decisions: Keeps decisions and actions.
        adjustments: Keeps forecast adjustments.
        imports: Brings tables in.
        user: Says who is asking, from the session.
        today: The day now as `YYYY-MM-DD`.
    """

    plans: Plans
    scenarios: Scenarios
    decisions: Decisions
    adjustments: Adjustments
    imports: Imports
    user: Callable[[], User]
    today: Callable[[], str]
