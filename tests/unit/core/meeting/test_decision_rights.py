"""Who may approve a decision: small money a planner, large money and fixed months executives alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.meeting.decision_rights import LEVELS, Level, level_of, reaches
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.model.records import Decision, DecisionCategory

SETTINGS = PlanningSettings(planner_decides_value=10_000.0, reconciliation_decides_value=100_000.0)
LOCKED = ("2026-04",)


def decision(once: float | None = None, monthly: float | None = None, month: str = "2026-08") -> Decision:
    return Decision(
        id="DEC-1",
        text="Rent a press",
        category=DecisionCategory.SUPPLY,
        owner="Ada",
        one_off_value=once,
        recurring_value_per_month=monthly,
        from_month=month,
    )


@pytest.mark.parametrize(
    "once, monthly, level",
    [
        (10_000.0, None, Level.PLANNER),
        (-10_001.0, None, Level.RECONCILIATION),  # a cost counts by its size
        (-40_000.0, 5_000.0, Level.RECONCILIATION),  # 40,000 + 12 × 5,000 = 100,000
        (-40_001.0, 5_000.0, Level.EXECUTIVE),
        (None, None, Level.RECONCILIATION),  # nobody knows what it is worth
    ],
)
def test_the_money_at_stake_says_who_approves(once, monthly, level):
    assert level_of(decision(once, monthly), SETTINGS, LOCKED) is level


def test_a_month_that_is_fixed_is_for_executives_however_small_the_money():
    assert level_of(decision(1.0, month="2026-04"), SETTINGS, LOCKED) is Level.EXECUTIVE


@given(st.floats(0.0, 1e9), st.floats(0.0, 1e9))
def test_more_money_never_asks_for_less(one, other):
    small, large = (level_of(decision(value), SETTINGS, ()) for value in sorted((one, other)))
    assert reaches(large, small)


def test_every_level_reaches_itself_and_those_below():
    for place, level in enumerate(LEVELS):
        assert [reaches(level, other) for other in LEVELS] == [n <= place for n in range(len(LEVELS))]
