"""Forward days of supply and its inverse."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.model.cover import beyond_horizon, days_of_supply, units_for_days
from tests.oracle_cases import assert_expected, oracle


def days_for(stock: list[float], demand: list[float], days: float = 30.0) -> list[float]:
    """Days of supply where every month has the same length."""
    found = days_of_supply(np.array(stock), np.array(demand), np.full(len(demand), days))
    return found.tolist()


def test_stock_walks_through_the_months_that_follow():
    case = oracle("inventory_metrics", "forward-cover")
    demand = [0.0, *case["inputs"]["future_demand"]]  # the stock stands at the end of month 1
    days = case["inputs"]["days_per_period"]
    found = days_for([case["inputs"]["inventory_end_of_period_1"]], demand, days)
    assert_expected(case, "days_of_supply", found[0])  # 120 for 30 days and 60 of 90 for 20


def test_units_for_a_cover_in_days_are_the_inverse():
    case = oracle("inventory_metrics", "forward-cover")
    demand = np.array(case["inputs"]["future_demand"], float)
    found = units_for_days(demand, np.full(4, 30.0), case["inputs"]["target_days"])
    assert_expected(case, "target_units_for_45_days", found)


def test_february_is_shorter_than_march():
    stock, demand = np.array([280.0]), np.array([0.0, 280.0, 310.0])
    assert days_of_supply(stock, demand, np.array([31.0, 28.0, 31.0])) == pytest.approx([28.0])


def test_stock_used_up_at_a_month_end_lasts_to_that_month_end():
    assert days_for([100.0], [0.0, 100.0, 0.0, 50.0]) == pytest.approx([30.0])


def test_no_stock_or_backlog_lasts_no_day():
    assert days_for([0.0, -5.0], [10.0, 10.0, 10.0]) == [0.0, 0.0]


def test_stock_that_nobody_wants_lasts_for_ever():
    assert days_for([5.0], [10.0, *[0.0] * 12]) == [np.inf]  # not asked for in a whole year


def test_stock_beyond_all_known_demand_lasts_on_at_its_rate():
    assert days_for([90.0], [30.0, 30.0]) == pytest.approx([90.0])  # one month known, two at one unit a day


def test_unknown_stock_has_no_days():
    assert np.isnan(days_for([np.nan], [10.0, 10.0]))[0]


def test_after_the_horizon_the_season_repeats():
    year = np.arange(12.0)
    assert beyond_horizon(year, 3)[12:].tolist() == [0.0, 1.0, 2.0]
    assert beyond_horizon(np.array([1.0, 2.0, 3.0, 4.0]), 2)[4:].tolist() == [3.0, 3.0]  # mean of the last three


_DEMAND = st.lists(st.floats(1, 100), min_size=3, max_size=14)


@given(_DEMAND, st.floats(0, 500))
def test_units_for_the_days_found_are_the_stock(demand, stock):
    every = np.array([0.0, *demand])
    days = np.full(every.size, 30.0)
    found = days_of_supply(np.array([stock]), every, days)[0]
    if found <= 30.0 * len(demand):
        assert units_for_days(every[1:], days[1:], found) == pytest.approx(stock, abs=1e-6)


@given(_DEMAND, st.floats(0, 500), st.floats(0, 100))
def test_more_stock_never_lasts_shorter(demand, stock, more):
    every = np.array([0.0, *demand])
    days = np.full(every.size, 30.0)
    low, high = (days_of_supply(np.array([units]), every, days)[0] for units in (stock, stock + more))
    assert high >= low - 1e-9
