"""What changed since last month: one headline each of money, service, demand and stock."""

import pytest

from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.performance.effects import Direction
from sop_dash.core.performance.review import review
from sop_dash.core.performance.since_last_month import HEADLINES, since_last_month
from tests import array_worlds as worlds

G = worlds.grain(families=("Kettles", "Irons"), history=14, horizon=12)


def changes(**parts):
    found = since_last_month(review(inputs=worlds.company_inputs(G, **parts), settings=PlanningSettings()))
    return {one.kpi.definition.id: one for one in found}


def test_better_service_than_last_month_is_told_in_points():
    # 180 of 200 lines in September, 190 in October: 90 % and 95 %.
    lines = worlds.service(G, lines_due=200.0, on_time_in_full=[180.0] * 13 + [190.0])
    otif = changes(service=lines)["otif"]
    assert otif.change == pytest.approx(0.05)
    assert otif.direction is Direction.BETTER


def test_what_is_unknown_has_no_change_and_no_direction():
    found = changes()
    assert tuple(found) == HEADLINES
    assert all(one.change is None and one.direction is Direction.UNKNOWN for one in found.values())


def test_what_cannot_move_by_construction_has_no_change():
    lines = worlds.service(G, lines_due=200.0, on_time_in_full=200.0, otif_constant=True)
    otif = changes(service=lines)["otif"]
    assert otif.kpi.value == pytest.approx(1.0)
    assert otif.change is None
