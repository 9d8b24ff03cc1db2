"""What a decision is worth: the plan with and without it, on two products and one press."""

from pathlib import Path
from typing import Any

import pytest

from sop_dash.core.model.levers import Levers
from sop_dash.core.model.records import Decision
from sop_dash.core.performance.effects import Direction
from sop_dash.services.access import LOCAL_USER
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection
from tests.desk import desk

DEARER = {"price": [{"ratio": 0.1}]}


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return desk(tmp_path)


def record(services: Services, **given: Any) -> Decision:
    plain = {"text": "Raise prices", "category": "financial", "owner": "Maria", "outcome": "approved", "levers": DEARER}
    return services.decisions.record({**plain, **given}, LOCAL_USER)


def margin(services: Services) -> float:
    value = services.plans.view(Selection(), Levers()).base.kpi("margin-ahead").value
    assert value is not None
    return value


def test_a_dearer_price_brings_a_tenth_of_the_open_months_revenue(services: Services):
    # 5,000 a month are sold; 11 of the 12 months ahead are open: 0.1 × 11 × 5,000
    found = services.studies.worth(record(services)).effects[0]
    assert found.kpi.definition.id == "margin-ahead"
    assert found.change == pytest.approx(5_500.0)
    assert found.direction is Direction.BETTER


def test_the_worth_is_the_same_in_the_plan_and_beside_it(services: Services):
    kept = record(services)
    beside = [effect.change for effect in services.studies.worth(kept).effects]
    switched = services.decisions.switch(kept.id, kept.version, True, LOCAL_USER)
    within = [effect.change for effect in services.studies.worth(switched).effects]
    assert within == pytest.approx(beside)


def test_the_plan_without_a_decision_is_the_plan_before_it(services: Services):
    before = margin(services)
    kept = record(services, in_plan=True)
    assert margin(services) == pytest.approx(before + 5_500.0)
    assert services.plans.without(kept.id).kpi("margin-ahead").value == pytest.approx(before)


def test_only_the_decision_asked_about_is_taken_out(services: Services):
    first = record(services, in_plan=True)
    record(services, in_plan=True, text="And again")
    # 1.1 × 1.1 = 1.21: taking one out leaves 1.1
    found = services.studies.worth(first).effects[0]
    assert found.change == pytest.approx((1.21 - 1.1) * 11 * 5_000.0)


def test_a_decision_outside_the_plan_leaves_the_plan_as_it_is(services: Services):
    kept = record(services)
    base = services.plans.view(Selection(), Levers()).base
    assert services.plans.without(kept.id) is base


def test_levers_are_measured_in_margin_against_the_plan(services: Services):
    assert services.studies.margin_of(record(services).levers) == pytest.approx(5_500.0)
    assert services.studies.margin_of(Levers()) == 0.0
