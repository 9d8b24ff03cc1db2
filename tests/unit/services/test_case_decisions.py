"""An option recorded as a decision."""

from dataclasses import replace

import pytest

from sop_dash.core.model.levers import Levers
from sop_dash.core.model.records import Outcome
from sop_dash.core.studies.case_options import Option, Spent
from sop_dash.services.case_decisions import MEASURED_AGAINST, decision_of_option

OVERTIME = Option(
    key="overtime",
    name="Overtime",
    levers=Levers(outsource_max_ratio=0.0),
    margin_change=1_200.0,
    service_ratio=1.0,
    stock_change_value=None,
    below_target_value=None,
    lost_units=0.0,
    lost_value=None,
    spent=Spent(
        covered_units=0.0,
        covered_value=None,
        overtime_hours=0.0,
        outsourced_units=0.0,
        held_unit_months=0.0,
        overtime_cost=None,
        outsource_cost=None,
        holding_cost=0.0,
        other_costs={},
    ),
    lost_margin=0.0,
    feasible=True,
    reason="",
    last_month="2026-05",
    objective=0.0,
    in_plan=False,
)


def recorded(outcome: Outcome, option: Option = OVERTIME):
    return decision_of_option(option, {"text": "Work overtime", "outcome": outcome.value}, today="2026-04-10")


def test_an_approved_option_becomes_part_of_the_plan_with_its_levers_and_money():
    body = recorded(Outcome.APPROVED)
    assert body["in_plan"] is True
    assert body["levers"] == {"outsource_max_ratio": 0.0}
    assert (body["one_off_value"], body["measured_against"]) == (1_200.0, MEASURED_AGAINST)
    assert body["decided_on"] == "2026-04-10"


@pytest.mark.parametrize("outcome", [Outcome.PENDING, Outcome.REJECTED])
def test_what_is_not_approved_stays_outside_the_plan(outcome: Outcome):
    body = recorded(outcome)
    assert body["in_plan"] is False
    assert body["decided_on"] == ""


def test_unknown_money_stays_unknown():
    assert recorded(Outcome.APPROVED, replace(OVERTIME, margin_change=None))["one_off_value"] is None
