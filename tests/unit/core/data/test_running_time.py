"""Machines and shifts as data: where they may stand for hours, and what is said of cells that cannot be."""

from typing import Any

import numpy as np
import pytest

from tests.worlds import World, checked, inputs, two_products_one_press

RUN = {"machines": 2, "shifts_per_day": 1, "hours_per_shift": 8, "efficiency_ratio": 0.75}


def pressing(rows: dict[str, dict[str, Any]]) -> World:
    """The two products; the press as said by month."""
    world = two_products_one_press()
    world["resources"] = [{"resource": "Press", "month": month} | row for month, row in rows.items()]
    return world


def blocking(world: World) -> list[tuple[str, str, tuple[int, ...]]]:
    return [(finding.kind.code, finding.place, finding.rows) for finding in checked(world).findings if finding.blocks]


def test_hours_may_be_empty_where_machines_shifts_hours_and_efficiency_are_all_given():
    plan = inputs(pressing({"2026-01": RUN, "2026-02": {"available_hours": 90}, "2026-03": RUN}))
    assert np.isnan(plan.supply.available_hours[0, [0, 2]]).all()  # planning fills them, with its working calendar
    assert plan.supply.available_hours[0, 1] == 90.0
    assert plan.running.machines[0, [0, 2]].tolist() == [2.0, 2.0]


def test_machines_given_last_go_on_and_so_do_hours_given_last():
    ended_by_machines = inputs(pressing({"2026-02": {"available_hours": 90}, "2026-03": RUN}))
    assert np.isnan(ended_by_machines.supply.available_hours[0, 3:]).all()
    assert ended_by_machines.running.machines[0, 3:].tolist() == [2.0] * 6
    ended_by_hours = inputs(pressing({"2026-02": RUN, "2026-03": {"available_hours": 90}}))
    assert ended_by_hours.supply.available_hours[0, 3:].tolist() == [90.0] * 6
    assert np.isnan(ended_by_hours.running.machines[0, 3:]).all()


def test_days_given_are_not_carried_on_because_months_differ():
    plan = inputs(pressing({"2026-03": RUN | {"working_days": 20}}))
    assert plan.running.working_days[0, 2] == 20.0
    assert np.isnan(plan.running.working_days[0, 3:]).all()


def test_hours_that_go_on_are_said_to_be_assumed():
    plan = inputs(pressing({"2026-03": RUN, "2026-04": RUN}))
    (finding,) = [finding for finding in plan.findings if finding.kind.code == "assumed-hours"]
    assert (finding.count, finding.detail[:14]) == (5, "From May 26 on")
    assert not [finding for finding in plan.findings if finding.kind.code == "capacity-unknown"]


def test_a_row_without_hours_names_the_factor_that_is_missing():
    row = {name: value for name, value in RUN.items() if name != "efficiency_ratio"}
    assert blocking(pressing({"2026-01": RUN, "2026-02": row})) == [
        ("missing-value", "available_hours or efficiency_ratio", (3,))
    ]


def test_a_row_without_hours_and_machines_is_one_finding():
    world = pressing({"2026-01": RUN, "2026-02": {"used_hours": 5}})
    place = "available_hours or machines and shifts_per_day and hours_per_shift and efficiency_ratio"
    assert blocking(world) == [("missing-value", place, (3,))]


def test_a_table_with_neither_column_is_one_finding():
    world = pressing({"2026-01": {"used_hours": 5}})
    place = "available_hours or machines and shifts_per_day and hours_per_shift and efficiency_ratio"
    assert blocking(world) == [("missing-column", place, (1,))]


def test_a_cell_that_is_no_number_is_not_called_empty_too():
    assert blocking(pressing({"2026-01": RUN, "2026-02": {"available_hours": "many"} | RUN})) == [
        ("bad-number", "available_hours", (3,))
    ]


@pytest.mark.parametrize(
    "wrong, code, place",
    [
        ({"shifts_per_day": 3, "hours_per_shift": 9}, "more-than-24-hours", "shifts_per_day × hours_per_shift"),
        ({"working_days": 29}, "more-days-than-the-month", "working_days"),  # February 2026 has 28
        ({"efficiency_ratio": 85}, "out-of-range", "efficiency_ratio"),
        ({"machines": -1}, "out-of-range", "machines"),
    ],
)
def test_what_no_day_or_month_can_hold_names_its_cell(wrong: dict[str, float], code: str, place: str):
    assert blocking(pressing({"2026-01": RUN, "2026-02": RUN | wrong})) == [(code, place, (3,))]


def test_machines_do_not_change_a_company_that_tells_hours():
    plan = inputs(two_products_one_press())
    assert plan.running is None
    assert plan.supply.available_hours[0].tolist() == [100.0] * 9
