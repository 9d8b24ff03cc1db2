"""What hours are worth, on a press whose every hour can be priced by hand."""

import numpy as np
import pytest

from sop_dash.core.plan import plan
from sop_dash.core.studies.hours_worth import hours_worth
from tests.unit.core.plan.plan_worlds import prepared, press_company


def _worth(company, demand):
    ready = prepared(company, demand)
    return hours_worth(ready, plan(ready))


def test_a_block_of_hours_is_worth_the_margin_of_what_it_serves():
    # 150 units are lost in January; a hundred hours there, or a month ahead, serve a hundred of them.
    found = _worth(press_company(months=3, hours=100.0, overtime_max_ratio=0.0), [[100, 100, 250]])
    assert found.served_units[0] == pytest.approx([100, 100, 100])
    # 100 less the avoidable 51 of 60 each; a unit made ahead waits at a fifth of 60 a year, which is 1 a month
    assert found.value[0] == pytest.approx([4_700, 4_800, 4_900])


def test_hours_that_nothing_asks_for_are_worth_nothing_and_locked_ones_are_not_offered():
    company = press_company(months=3, hours=200.0, released_units=np.array([[100.0, np.nan, np.nan]]))
    ready = prepared(company, [[100, 100, 100]], locked_months=1)
    found = hours_worth(ready, plan(ready))
    assert np.isnan(found.value[0, 0])
    assert found.value[0, 1:] == pytest.approx([0, 0])
    assert found.peaks == ()


def test_a_peak_says_how_many_hours_lift_it():
    found = _worth(press_company(months=2, hours=100.0, overtime_max_ratio=0.0), [[100, 500]])
    (peak,) = found.peaks
    assert (peak.resource, peak.months) == ("Press", ("2026-11", "2026-12"))
    # 200 hours in each of two months serve all 400 units that are lost
    assert (peak.relief_hours, peak.lifted, peak.relief_served) == (200.0, True, pytest.approx(400))
    assert peak.companion is None


def test_without_a_cost_only_units_are_told():
    company = press_company(months=2, hours=100.0, price=np.nan, cost=np.nan)
    found = _worth(company, [[100, 150]])
    assert not found.has_money
    assert found.peaks[0].relief_value is None
