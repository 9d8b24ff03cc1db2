"""An option of a case as the decision that records it: its levers, its money and what that was measured against."""

from collections.abc import Mapping
from typing import Any

from sop_dash.core.model.levers import to_plain
from sop_dash.core.model.records import Outcome
from sop_dash.core.studies.case_options import Option

MEASURED_AGAINST = "doing nothing: regular hours only, nothing outsourced or built ahead"


def decision_of_option(option: Option, given: Mapping[str, Any], *, today: str) -> dict[str, Any]:
    """The fields `Decisions.record` takes; once approved the option's levers are part of the plan.

    Args:
        option: The option chosen.
        given: What the person entered: text, category, owner, due date, outcome, rationale.
        today: `YYYY-MM-DD`; the day an approved decision was taken.
    """
    approved = given.get("outcome") == Outcome.APPROVED
    return {
        **given,
        "levers": to_plain(option.levers),
        "in_plan": approved,
        "one_off_value": option.margin_change,
        "measured_against": MEASURED_AGAINST,
        "decided_on": today if approved else "",
    }
