"""The stock band of a family and its own limits."""

import numpy as np
import pytest

from sop_dash.core.inventory.demand_curve import demand_curve
from sop_dash.core.inventory.targets import stock_band, stock_days

NOT_GIVEN = np.array([np.nan])


def test_without_own_limits_the_band_is_half_the_target_to_the_highest_days():
    days = stock_days(30.0, 60.0, NOT_GIVEN, NOT_GIVEN)
    assert (days.low[0], days.target[0], days.high[0]) == (15.0, 30.0, 60.0)


@pytest.mark.parametrize("cover,target", [(10.0, 20.0), (30.0, 30.0), (90.0, 50.0)])
def test_the_own_minimum_and_maximum_of_a_family_hold_whatever_the_cover(cover, target):
    days = stock_days(cover, 60.0, np.array([20.0]), np.array([50.0]))
    assert days.target[0] == target
    assert days.low[0] == 20.0
    assert days.high[0] == 50.0


def test_the_maximum_never_lies_below_the_target():
    assert stock_days(90.0, 60.0, NOT_GIVEN, NOT_GIVEN).high[0] == 90.0


def test_the_band_is_the_demand_of_so_many_days():
    curve = demand_curve(np.full((1, 12), 30.0), np.full(24, 30.0))
    band = stock_band(curve, stock_days(20.0, 60.0, NOT_GIVEN, NOT_GIVEN))
    assert (band.low[0, 0], band.target[0, 0], band.high[0, 0]) == pytest.approx((10.0, 20.0, 60.0))
