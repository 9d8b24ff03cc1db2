"""A company that brought its sales and nothing else gets a plan that does not pretend to know more."""

import pytest

from sop_dash.core.model.kpi import Status
from sop_dash.core.plan import plan, prepare
from tests.worlds import inputs, sales_only, two_products_one_press


def test_service_is_not_informative_where_nothing_can_hold_supply_back():
    served = plan(prepare(inputs(sales_only({"Lamps": [10.0] * 24})))).kpi("service")
    assert served.value == pytest.approx(1.0)
    assert served.status is Status.NOT_INFORMATIVE
    assert "resources" in served.reason


def test_service_is_judged_where_hours_limit_supply():
    served = plan(prepare(inputs(two_products_one_press(6)))).kpi("service")
    assert served.status in {Status.ON_PLAN, Status.WATCH, Status.ACT}
