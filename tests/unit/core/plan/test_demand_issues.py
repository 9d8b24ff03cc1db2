"""What is at issue with a forecast, in money; kettles sell 150 a month at 20, lamps 40 at 50."""

import math
from pathlib import Path

import pytest

from sop_dash.core.model.levers import Levers
from sop_dash.core.plan.demand_issues import FamilyIssue, Question, demand_issues
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection
from tests.desk import desk
from tests.sheet import adjust
from tests.worlds import sales_only, two_products_one_press


def company(folder: Path, **expected: float) -> Services:
    """The company whose last cycle expected so many units of each family in May."""
    world = two_products_one_press(3)
    del world["budget"]
    world["forecasts"] = [
        {"cycle": "2026-03", "month": "2026-05", "family": family, "step": "consensus", "units": units}
        for family, units in expected.items()
    ]
    return desk(folder, world)


def issues(services: Services) -> dict[str, FamilyIssue]:
    return {row.family: row for row in demand_issues(services.plans.view(Selection(), Levers()).prepared)}


def test_a_forecast_that_changed_since_last_cycle_is_worth_its_change_at_the_price(tmp_path: Path):
    found = issues(company(tmp_path, Kettles=100.0, Lamps=39.0))
    assert found["Kettles"].question is Question.CHANGE
    assert found["Kettles"].ratio == pytest.approx(0.5)  # 150 in place of 100
    assert found["Kettles"].value == pytest.approx(1000.0)  # 50 × 20
    assert found["Lamps"].question is None  # 40 in place of 39 is noise
    assert found["Lamps"].value == 0.0


def test_the_dearest_family_stands_first_and_those_in_line_last(tmp_path: Path):
    services = company(tmp_path, Kettles=160.0, Lamps=20.0)
    rows = demand_issues(services.plans.view(Selection(), Levers()).prepared)
    # Lamps: 20 × 50 = 1,000; kettles: 10 × 20 = 200.
    assert [(row.family, row.value) for row in rows] == [
        ("Lamps", pytest.approx(1000.0)),
        ("Kettles", pytest.approx(200.0)),
    ]


def test_a_distance_to_the_budget_counts_over_the_months_that_have_one(tmp_path: Path):
    found = issues(desk(tmp_path, two_products_one_press(3)))
    # Shop: 2,000 planned, 2,200 budgeted, six months.
    assert found["Kettles"].question is Question.BUDGET
    assert found["Kettles"].ratio == pytest.approx(-200 / 2200)
    assert found["Kettles"].value == pytest.approx(1200.0)
    assert found["Lamps"].question is None


def test_adjustments_are_counted_with_their_family(tmp_path: Path):
    services = company(tmp_path, Kettles=150.0)
    adjust(services, family="Lamps", first_month="2026-05", kind="additive", value=5.0)
    found = issues(services)
    assert (found["Lamps"].adjustments, found["Kettles"].adjustments) == (1, 0)


def test_without_a_price_a_question_is_asked_but_not_priced(tmp_path: Path):
    # Demand falls by half after a year, so replayed forecasts ran too high.
    world = sales_only({"Kettles": [100.0] * 20 + [50.0] * 4})
    (found,) = demand_issues(desk(tmp_path, world).plans.view(Selection(), Levers()).prepared)
    assert found.question is Question.BIAS
    assert found.ratio > 0.05
    assert math.isnan(found.value)
