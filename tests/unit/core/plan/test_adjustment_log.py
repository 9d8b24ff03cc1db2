"""The stack of adjustments in order; kettles are forecast at 150 a month, 100 of them in the shop, at 20."""

from pathlib import Path

import pytest

from sop_dash.core.model.levers import Levers
from sop_dash.core.model.records import Stream
from sop_dash.core.plan.adjustment_log import AdjustmentLine, adjustment_log, cell_version, touching
from sop_dash.services.access import LOCAL_USER
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection
from tests.desk import desk
from tests.sheet import adjust


def log(services: Services) -> tuple[AdjustmentLine, ...]:
    return adjustment_log(services.plans.view(Selection(), Levers()).prepared)


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return desk(tmp_path)


def add(services: Services, kind: str, value: float, **place: str) -> None:
    adjust(services, family="Kettles", first_month="2026-07", kind=kind, value=value, **place)


def test_each_adjustment_begins_where_the_one_before_it_ended(services: Services):
    add(services, "percentage", 0.1)
    add(services, "additive", -15.0)
    first, second = log(services)
    assert (first.before_units, first.after_units) == pytest.approx((150.0, 165.0))
    assert (second.before_units, second.after_units) == pytest.approx((165.0, 150.0))
    assert (first.value, second.value) == pytest.approx((300.0, -300.0))  # 15 × 20


def test_only_the_months_and_the_channel_it_names_are_added_up(services: Services):
    add(services, "absolute", 120.0, channel="shop", last_month="2026-08")
    (line,) = log(services)
    assert (line.before_units, line.after_units) == pytest.approx((200.0, 240.0))
    assert line.value == pytest.approx(800.0)  # 2 × 20 × 20


def test_an_empty_stack_has_no_line(services: Services):
    assert log(services) == ()


def test_sales_input_stands_in_the_list_beside_the_consensus(services: Services):
    add(services, "absolute", 170.0, line="sales")
    add(services, "percentage", 0.1)
    sales, agreed = log(services)
    assert (sales.before_units, sales.after_units) == pytest.approx((150.0, 170.0))
    assert (agreed.before_units, agreed.after_units) == pytest.approx((150.0, 165.0))  # sales moves nothing


def test_a_rejected_layer_stays_in_the_list_and_an_undone_one_does_not(services: Services):
    add(services, "percentage", 0.1)
    add(services, "additive", -15.0)
    first, _ = services.adjustments.all()
    services.adjustments.reject(first.id, first.version, LOCAL_USER)
    assert [line.applied for line in log(services)] == [False, True]
    services.adjustments.undo(LOCAL_USER)
    assert [line.adjustment.id for line in log(services)] == [first.id]


def test_what_touches_a_cell_is_everything_that_names_a_part_of_it(services: Services):
    add(services, "additive", 10.0, channel="web")
    add(services, "additive", 10.0, channel="shop")
    stack = services.adjustments.all()
    place = {"family": "Kettles", "month": "2026-07", "stream": Stream.CONSENSUS}
    assert len(touching(stack, channel=None, **place)) == 2
    assert [a.channel for a in touching(stack, channel="web", **place)] == ["web"]
    assert touching(stack, channel=None, **(place | {"month": "2026-08"})) == ()
    assert touching(stack, channel=None, **(place | {"stream": Stream.SALES})) == ()
    assert cell_version(touching(stack, channel=None, **place)) == 2
