"""Targets on totals: the moves found reach them in a plan of their own, none is idle, and what cannot be is said."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from sop_dash.core.plan import Prepared, plan
from sop_dash.core.studies.goal_seek import SoughtLever
from sop_dash.core.studies.totals import Reach, reach
from tests.unit.core.plan.plan_worlds import prepared, press_company

# 100 hours a month, a tenth more in overtime; 100 and 150 asked for: 30 of 250 units are lost
PRESS = prepared(press_company(months=2, hours=100.0, overtime_max_ratio=0.1), [[100, 150]])
# a month of stock at the start and as the target; the last month is 60 short of regular hours
STOCKED = prepared(
    press_company(months=4, hours=100.0, opening=100.0, overtime_max_ratio=0.1), [[100, 100, 100, 260]], cover_days=30.0
)

_STANDING: Mapping[SoughtLever, Mapping[str, Any]] = {
    SoughtLever.COVER: {"cover_days": None},
    SoughtLever.OVERTIME: {"overtime_max_ratio": None},
    SoughtLever.OUTSOURCE: {"outsource_max_ratio": None},
    SoughtLever.HOURS: {"extra_hours": ()},
}


def _asked(ready: Prepared, targets: Mapping[str, float], cover: float = 0.0) -> Reach:
    stands = {SoughtLever.COVER: cover, SoughtLever.OVERTIME: 0.1, SoughtLever.OUTSOURCE: 0.0}
    return reach(ready, plan(ready), targets, stands)


def test_service_needs_one_move_and_no_more_of_it_than_needed() -> None:
    found = _asked(PRESS, {"service": 0.96})
    # 240 of 250 units are 40 hours of overtime in two months: a fifth
    assert found.reached
    assert [move.dial.lever for move in found.moves] == [SoughtLever.OVERTIME]
    assert found.moves[0].to == 0.2
    assert (found.totals[0].now, found.totals[0].met) == (pytest.approx(0.88), True)


def test_targets_on_service_and_stock_together_take_a_move_each_and_hold_in_a_plan_of_their_own() -> None:
    start = plan(STOCKED)
    service, stock = start.kpi("service").value, start.kpi("stock-value").value
    targets = {"service": 0.99, "stock-value": 0.9 * stock}
    assert service < 0.99
    found = _asked(STOCKED, targets, cover=30.0)
    assert found.reached
    there = plan(STOCKED, found.levers)
    assert there.kpi("service").value >= 0.99
    assert there.kpi("stock-value").value <= 0.9 * stock
    assert [total.then for total in found.totals] == [there.kpi(goal).value for goal in targets]
    for move in found.moves:
        alone = plan(STOCKED, replace(found.levers, **_STANDING[move.dial.lever]))
        met = alone.kpi("service").value >= 0.99 and alone.kpi("stock-value").value <= 0.9 * stock
        assert not met, f"{move.dial.lever} is idle"


def test_what_cannot_be_reached_says_the_best_there_is() -> None:
    found = _asked(PRESS, {"margin-ahead": 1e6})
    # all 250 units at a margin of 40 is the most there can be, less the premium of the 50 made in overtime or 0
    assert not found.reached
    assert not found.totals[0].met
    assert found.totals[0].now == pytest.approx(220 * 40 - 20 * 6)
    assert 250 * 40 - 50 * 6 - 1e-6 <= found.totals[0].best <= 250 * 40
    assert found.totals[0].then == pytest.approx(found.totals[0].best)


def test_a_plan_that_reaches_its_targets_moves_nothing() -> None:
    found = _asked(PRESS, {"service": 0.5, "margin-ahead": 1.0})
    assert found.reached
    assert found.moves == ()
    assert found.levers == plan(PRESS).levers


def test_margin_that_is_not_known_cannot_be_sought() -> None:
    ready = prepared(press_company(months=2, hours=100.0, cost=float("nan")), [[100, 150]])
    found = _asked(ready, {"margin-ahead": 100.0})
    assert (found.known, found.reached, found.moves) == (False, False, ())
    assert found.totals[0].now is None
