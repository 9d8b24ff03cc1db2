"""What the regular hours of a resource are made of, month by month."""

import numpy as np

from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.model.working_calendar import working_calendar
from sop_dash.core.performance.hours_made import HoursLine, Origin, hours_lines
from sop_dash.core.plan.regular_hours import with_regular_hours
from tests.worlds import World, inputs, two_products_one_press

RUN = {"machines": 4, "shifts_per_day": 2, "hours_per_shift": 8, "efficiency_ratio": 0.85}


def lines(world: World, **settings: object) -> tuple[HoursLine, ...]:
    chosen = PlanningSettings(**settings)
    return hours_lines(with_regular_hours(inputs(world), chosen), working_calendar(chosen), 3)


def pressing(*rows: dict[str, float]) -> World:
    world = two_products_one_press()
    months = ("2026-04", "2026-05", "2026-06")
    world["resources"] = [{"resource": "Press", "month": m} | row for m, row in zip(months, rows, strict=True)]
    return world


def test_days_of_a_row_count_before_those_of_the_calendar():
    april, may, _ = lines(pressing(RUN | {"working_days": 10}, RUN, RUN))
    assert (april.working_days, april.days_given, april.regular_hours) == (10.0, True, 4 * 2 * 8 * 10 * 0.85)
    assert (may.working_days, may.days_given) == (21.0, False)


def test_hours_given_beside_machines_show_both_and_count_themselves():
    april, *_ = lines(pressing(RUN | {"available_hours": 1000}, RUN, RUN))
    assert (april.regular_hours, april.origin) == (1000.0, Origin.GIVEN)
    assert abs(april.run_hours - 1196.8) < 1e-9  # 4 × 2 × 8 × 22 × 0.85


def test_people_that_work_less_than_the_machines_are_named():
    world = pressing(RUN, RUN, RUN)
    world["labour"] = [
        {"pool": "Press", "month": month, "workers": workers, "hours_per_worker": 100}
        for month, workers in (("2026-04", 5), ("2026-05", 50))
    ]
    april, may, _ = lines(world)
    assert (april.regular_hours, april.origin) == (500.0, Origin.PEOPLE)
    assert may.origin is Origin.MACHINES


def test_a_resource_of_which_nothing_is_known_is_unknown():
    world = two_products_one_press()
    world["resource_profile"].append({"family": "Lamps", "resource": "Kiln", "hours_per_unit": 1})
    kiln, *_ = lines(world)
    assert (kiln.resource, kiln.origin, kiln.shifts) == ("Kiln", Origin.UNKNOWN, None)
    assert np.isnan(kiln.regular_hours)
