"""Stock in days of the following demand."""

import numpy as np
import pytest

from sop_dash.core.inventory.demand_curve import demand_curve
from tests.oracle_cases import oracle


def test_forty_five_days_are_a_month_and_half_the_next():
    case = oracle("inventory_metrics", "forward-cover")["inputs"]
    demand = np.array([[0.0, *case["future_demand"]]])
    curve = demand_curve(demand, np.full(17, 30.0))
    units = curve.cover_units(np.array([[case["target_days"]]]))
    assert units[0, 0, 0] == pytest.approx(165.0)  # 120 + half of 90


def test_cover_walks_the_calendar_days_of_each_month():
    # 14 days of a February with 28 and 280 units are 140; 14 of a March with 31 and 310 are 140.
    curve = demand_curve(np.array([[100.0, 280.0, 310.0]]), np.array([31.0, 28.0, 31.0] + [30.0] * 12))
    assert curve.cover_units(np.array([[14.0]]))[0, 0, :2] == pytest.approx([140.0, 140.0])


def test_the_last_month_is_covered_by_demand_that_goes_on_as_a_year_before():
    demand = np.arange(1.0, 13.0)[None, :] * 30.0
    curve = demand_curve(demand, np.full(24, 30.0))
    assert curve.cover_units(np.array([[30.0]]))[0, 0, -1] == pytest.approx(30.0)  # the first month again


def test_a_short_plan_goes_on_at_the_mean_of_its_last_three_months():
    curve = demand_curve(np.array([[10.0, 20.0, 60.0]]), np.full(15, 30.0))
    assert curve.cover_units(np.array([[30.0]]))[0, 0, -1] == pytest.approx(30.0)
    assert curve.first_cover_units(np.array([15.0])) == pytest.approx([5.0])


def test_no_days_are_no_stock_and_several_covers_are_answered_together():
    curve = demand_curve(np.array([[30.0, 30.0], [60.0, 60.0]]), np.full(14, 30.0))
    units = curve.cover_units(np.array([[0.0, 10.0], [0.0, 20.0]]))
    assert units.shape == (2, 2, 2)
    assert units[:, 0] == pytest.approx(0.0)
    assert units[:, 1] == pytest.approx(np.array([[10.0, 10.0], [40.0, 40.0]]))
