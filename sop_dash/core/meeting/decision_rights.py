"""Who may approve a decision: by the money at stake, and executives alone inside the months that are fixed.

The stake is the size of the one-off money and of a year of the monthly money, in plan currency. Rule 15 of good
practice: rights by money and fence; small decisions are ratified together.
"""

from collections.abc import Sequence
from enum import StrEnum

from sop_dash.core.meeting.decision_log import stake_value
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.model.records import Decision


class Level(StrEnum):
    """Where a decision is approved, the lowest first."""

    PLANNER = "planner"
    RECONCILIATION = "pre-S&OP reconciliation"
    EXECUTIVE = "Executive S&OP"


LEVELS = tuple(Level)


def level_of(decision: Decision, settings: PlanningSettings, locked: Sequence[str]) -> Level:
    """The lowest level that may approve a decision.

    Args:
        decision: Its money counts by size; without any it is no planner's to approve alone.
        settings: The limits of planners and of the reconciliation.
        locked: Months that are fixed; money that begins in one of them is for executives.
    """
    if decision.from_month and decision.from_month in locked:
        return Level.EXECUTIVE
    stake = stake_value(decision)
    if stake is None:
        return Level.RECONCILIATION
    if stake <= settings.planner_decides_value:
        return Level.PLANNER
    return Level.RECONCILIATION if stake <= settings.reconciliation_decides_value else Level.EXECUTIVE


def reaches(held: Level, asked: Level) -> bool:
    """Whether somebody of level `held` may approve what asks for `asked`."""
    return LEVELS.index(held) >= LEVELS.index(asked)
