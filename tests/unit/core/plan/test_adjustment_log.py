"""The stack of adjustments in order; kettles are forecast at 150 a month, 100 of them in the shop, at 20."""

from pathlib import Path

import pytest

from sop_dash.core.model.levers import Levers
from sop_dash.core.plan.adjustment_log import AdjustmentLine, adjustment_log
from sop_dash.services.access import LOCAL_USER
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection
from tests.desk import desk


def log(services: Services) -> tuple[AdjustmentLine, ...]:
    return adjustment_log(services.plans.view(Selection(), Levers()).prepared)


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return desk(tmp_path)


def add(services: Services, kind: str, value: float, **more: str) -> None:
    given = {"family": "Kettles", "first_month": "2026-05", "type": kind, "value": value, "reason": "known", **more}
    services.adjustments.add(given, LOCAL_USER)


def test_each_adjustment_begins_where_the_one_before_it_ended(services: Services):
    add(services, "percentage", 0.1)
    add(services, "additive", -15.0)
    first, second = log(services)
    assert (first.before_units, first.after_units) == pytest.approx((150.0, 165.0))
    assert (second.before_units, second.after_units) == pytest.approx((165.0, 150.0))
    assert (first.value, second.value) == pytest.approx((300.0, -300.0))  # 15 × 20


def test_only_the_months_and_the_channel_it_names_are_added_up(services: Services):
    add(services, "absolute", 120.0, channel="shop", last_month="2026-06")
    (line,) = log(services)
    assert (line.before_units, line.after_units) == pytest.approx((200.0, 240.0))
    assert line.value == pytest.approx(800.0)  # 2 × 20 × 20


def test_an_empty_stack_has_no_line(services: Services):
    assert log(services) == ()
