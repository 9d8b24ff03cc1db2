"""Goal seek on one lever, on a press whose answer is known."""

import pytest

from sop_dash.core.plan import plan
from sop_dash.core.studies.goal_seek import GoalSeek, SoughtLever, goal_seek
from tests.unit.core.plan.plan_worlds import prepared, press_company


def _sought(goal: str, target: float, lever=SoughtLever.OVERTIME, **supply) -> GoalSeek:
    ready = prepared(press_company(months=2, hours=100.0, overtime_max_ratio=0.1, **supply), [[100, 150]])
    return goal_seek(ready, plan(ready), lever, goal, target, stands_at=0.1)


def test_the_smallest_overtime_that_gives_the_service_is_found():
    found = _sought("service", 0.96)
    # 240 of 250 units need 40 hours of overtime in two months of 100 hours: 20 %
    assert found.reached
    assert found.found.lever == pytest.approx(0.2, abs=2e-3)
    assert found.found.lever >= 0.2 - 1e-9
    assert found.start.value == pytest.approx(0.88)


def test_a_target_out_of_reach_returns_the_best_there_is():
    found = _sought("service", 0.99, SoughtLever.OUTSOURCE)
    assert found.reached
    out_of_reach = _sought("margin-ahead", 1e9)
    assert not out_of_reach.reached
    assert out_of_reach.found.value == max(point.value for point in out_of_reach.points)


def test_a_plan_that_reaches_the_target_moves_nothing():
    found = _sought("service", 0.5)
    assert (found.already, found.found.lever) == (True, 0.1)


def test_stock_is_sought_downwards():
    ready = prepared(press_company(months=4, hours=1000.0, opening=100.0), [[100] * 4], cover_days=30.0)
    start = plan(ready).kpi("stock-value").value
    found = goal_seek(ready, plan(ready), SoughtLever.COVER, "stock-value", 0.5 * start, stands_at=30.0)
    assert found.reached
    assert found.found.lever < 30.0
    assert found.found.value <= 0.5 * start
