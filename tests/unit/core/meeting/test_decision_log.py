"""The decision log added up: money apart by kind, and the queue by money at stake per day left."""

from datetime import date
from typing import Any

import pytest

from sop_dash.core.meeting.decision_log import late, open_actions, queue, summary
from sop_dash.core.model.records import Action, ActionStatus, Decision, DecisionCategory, Outcome

TODAY = date(2026, 11, 20)


def decision(name: str, **given: Any) -> Decision:
    return Decision(**{"id": name, "text": name, "category": DecisionCategory.SUPPLY, "owner": "Grace", **given})


def action(name: str, due: str, status: ActionStatus = ActionStatus.OPEN) -> Action:
    return Action(id=name, text=name, owner="Omar", due_date=due, status=status)


def test_a_one_off_cost_and_a_monthly_cost_are_never_added_up():
    # capex −3.5 M and running cost −0.15 M a month stay two figures (D-68)
    line = decision("line", one_off_value=-3_500_000.0)
    shift = decision("shift", recurring_value_per_month=-150_000.0)
    row = summary([line, shift])[0]
    assert (row.count, row.one_off_value, row.recurring_value_per_month) == (2, -3_500_000.0, -150_000.0)


def test_the_summary_has_a_row_for_each_category_and_outcome_that_occurs_and_then_each_outcome():
    decisions = [
        decision("a", outcome=Outcome.APPROVED, one_off_value=10.0),
        decision("b", outcome=Outcome.APPROVED, one_off_value=5.0, category=DecisionCategory.DEMAND),
        decision("c"),
    ]
    rows = [(row.category, row.outcome, row.count, row.one_off_value, row.unpriced) for row in summary(decisions)]
    assert rows == [
        (DecisionCategory.DEMAND, Outcome.APPROVED, 1, 5.0, 0),
        (DecisionCategory.SUPPLY, Outcome.PENDING, 1, None, 1),
        (DecisionCategory.SUPPLY, Outcome.APPROVED, 1, 10.0, 0),
        (None, Outcome.PENDING, 1, None, 1),
        (None, Outcome.APPROVED, 2, 15.0, 0),
    ]


def test_no_decisions_make_no_summary_and_no_queue():
    assert summary([]) == ()
    assert queue([], TODAY) == ()


def test_pending_decisions_queue_by_money_at_stake_per_day_left():
    soon = decision("soon", one_off_value=-1_000.0, due_date="2026-11-22")  # 1,000 / 2 days
    large = decision("large", recurring_value_per_month=500.0, due_date="2026-11-30")  # 12 × 500 / 10 days
    settled = decision("settled", one_off_value=9e9, due_date="2026-11-21", outcome=Outcome.APPROVED)
    found = queue([soon, large, settled], TODAY)
    assert [(one.decision.id, one.per_day_value, one.days_left) for one in found] == [
        ("large", 600.0, 10),
        ("soon", 500.0, 2),
    ]


def test_a_late_decision_counts_as_one_day_left():
    (found,) = queue([decision("late", one_off_value=700.0, due_date="2026-11-10")], TODAY)
    assert (found.days_left, found.per_day_value) == (-10, 700.0)


def test_decisions_without_money_or_date_stand_last_the_first_due_first():
    found = queue(
        [
            decision("no-date", one_off_value=9_000.0),
            decision("no-money", due_date="2026-12-24"),
            decision("sooner", due_date="2026-12-01"),
            decision("priced", one_off_value=1.0, due_date="2027-11-20"),
        ],
        TODAY,
    )
    assert [one.decision.id for one in found] == ["priced", "sooner", "no-money", "no-date"]
    assert found[-1].stake_value == 9_000.0
    assert found[-1].per_day_value is None


def test_open_actions_stand_by_due_date_and_completed_ones_do_not():
    done = action("done", "2026-01-01", ActionStatus.COMPLETED)
    found = open_actions([action("b", "2026-12-01"), done, action("a", "2026-11-20", ActionStatus.IN_PROGRESS)])
    assert [one.id for one in found] == ["a", "b"]


@pytest.mark.parametrize(
    "due,status,expected",
    [
        ("2026-11-19", ActionStatus.OPEN, True),
        ("2026-11-20", ActionStatus.OPEN, False),
        ("2026-11-19", ActionStatus.COMPLETED, False),
        ("", ActionStatus.OPEN, False),
    ],
)
def test_an_action_is_late_from_the_day_after_it_was_due_until_it_is_done(
    due: str, status: ActionStatus, expected: bool
):
    assert late(action("a", due, status), TODAY) is expected
