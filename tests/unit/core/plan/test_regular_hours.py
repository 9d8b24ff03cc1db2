"""Hours that follow from machines, shifts, working days and efficiency."""

import numpy as np
import pytest

from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.plan import prepare
from sop_dash.core.plan.regular_hours import with_regular_hours
from tests.worlds import World, inputs, two_products_one_press

RUN = {"machines": 4, "shifts_per_day": 2, "hours_per_shift": 8, "efficiency_ratio": 0.85}
APRIL, MAY = 3, 4


def press(**row: float) -> World:
    world = two_products_one_press()
    world["resources"] = [{"resource": "Press", "month": f"2026-0{month}"} | RUN | row for month in (1, 2, 3, 4)]
    return world


def hours(world: World, **settings: object) -> np.ndarray:
    return with_regular_hours(inputs(world), PlanningSettings(**settings)).supply.available_hours[0]


def test_hours_follow_from_machines_shifts_days_and_efficiency():
    # April 2026 has 22 Mondays to Fridays: 4 × 2 × 8 × 22 × 0.85 = 1,196.8; May has 21: 1,142.4.
    found = hours(press())
    assert found[APRIL] == pytest.approx(1196.8)
    assert found[MAY] == pytest.approx(1142.4)


def test_a_month_with_two_holidays_has_two_days_less():
    # 20 days: 4 × 2 × 8 × 20 × 0.85 = 1,088; May is as before.
    found = hours(press(), closed_days="2026-04-03, 2026-04-06")
    assert found[APRIL] == pytest.approx(1088.0)
    assert found[MAY] == pytest.approx(1142.4)


def test_days_given_count_in_their_month_whatever_the_calendar_says():
    found = hours(press(working_days=10), working_days_a_week=6)
    assert found[APRIL] == pytest.approx(544.0)  # 4 × 2 × 8 × 10 × 0.85
    assert found[MAY] == pytest.approx(4 * 2 * 8 * 26 * 0.85)  # no row: 26 Mondays to Saturdays


def test_hours_given_stay_as_given():
    world = press()
    world["resources"][3]["available_hours"] = 1000
    assert hours(world)[APRIL] == 1000.0
    assert hours(world, closed_days="04-03")[APRIL] == 1000.0


def test_people_limit_the_hours_that_follow_from_machines():
    world = press()
    world["labour"] = [
        {"pool": "Press", "month": "2026-04", "workers": 5, "hours_per_worker": 100},
        {"pool": "Press", "month": "2026-05", "workers": 20, "hours_per_worker": 100},
    ]
    found = hours(world)
    assert found[APRIL] == 500.0  # people
    assert found[MAY] == pytest.approx(1142.4)  # machines


def test_people_limit_the_hours_given_too_and_what_is_unknown_of_them_does_not():
    world = two_products_one_press()
    world["labour"] = [
        {"pool": "Press", "month": "2026-04", "workers": 2, "hours_per_worker": 30},
        {"pool": "Press", "month": "2026-06", "workers": 5, "hours_per_worker": 30},
    ]
    # April: 60 hours of people; May unknown: the machine; June on: 150 hours of people, the machine has 100
    assert hours(world)[APRIL:].tolist() == [60.0, 100.0, 100.0, 100.0, 100.0, 100.0]


def test_the_plan_runs_on_the_hours_that_follow():
    # 190 units of half an hour a month need 95 of 4 × 2 × 8 × 22 × 0.05 = 70.4 hours in April.
    plan = prepare(inputs(press(efficiency_ratio=0.05)))
    assert plan.capacity.theoretical_hours[0, 0] == pytest.approx(70.4)
    assert plan.problem.available_hours[0, 1] >= 4 * 2 * 8 * 21 * 0.05 - 1e-9  # May; what was shown may be more


def test_days_of_the_calendar_are_an_assumption_and_days_given_are_none():
    said = prepare(inputs(press()), settings=PlanningSettings(closed_days="12-25")).assumptions
    assert "Press runs Mondays to Fridays, closed 12-25." in said
    world = press(working_days=20)
    world["resources"][-1]["available_hours"] = 900  # the last month given goes on as hours
    assert not [sentence for sentence in prepare(inputs(world)).assumptions if "Mondays" in sentence]


def test_hours_given_beside_other_machines_are_said_with_both_figures():
    world = press()
    world["resources"][3]["available_hours"] = 1300
    (finding,) = [each for each in prepare(inputs(world)).findings if each.kind.code == "hours-differ-from-machines"]
    assert (finding.table, finding.place) == ("resources", "Press, Apr 26")
    assert finding.detail == (
        "4 machines × 2 shifts × 8 h × 22 days × 85 % = 1,196.8 h, but 1,300.0 h are given and counted."
    )


def test_hours_given_that_agree_to_the_hour_are_not_said():
    world = press()
    world["resources"][3]["available_hours"] = 1197
    assert not [each for each in prepare(inputs(world)).findings if each.kind.code == "hours-differ-from-machines"]
