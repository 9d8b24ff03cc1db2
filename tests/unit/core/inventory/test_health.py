"""How long stock lasts and what of it is too much, checked by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.inventory.health import (
    at_risk_units,
    demand_within,
    excess_units,
    forward_days,
    obsolete,
    provision,
)
from sop_dash.core.model.cover import units_for_days
from tests.oracle_cases import assert_expected, oracle

AHEAD = np.array([[120.0, 90.0, 60.0, 150.0]])
DAYS = np.full(4, 30.0)


def test_stock_lasts_as_long_as_the_demand_that_follows_allows() -> None:
    case = oracle("inventory_metrics", "forward-cover")
    given_ = case["inputs"]
    ahead = np.array(given_["future_demand"], dtype=np.float64)
    days = np.full(len(ahead), float(given_["days_per_period"]))
    stock = np.array([given_["inventory_end_of_period_1"]], dtype=np.float64)
    assert_expected(case, "days_of_supply", forward_days(stock, ahead[None], days)[0])
    assert_expected(case, "target_units_for_45_days", units_for_days(ahead, days, given_["target_days"]))


def test_no_stock_lasts_no_day_and_stock_nobody_wants_lasts_for_ever() -> None:
    stock, ahead = np.array([0.0, -5.0, 10.0, np.nan]), np.array([[1.0, 1], [1, 1], [0, 0], [1, 1]])
    lasts = forward_days(stock, ahead, np.full(2, 30.0))
    assert lasts[:3].tolist() == [0.0, 0.0, np.inf]
    assert np.isnan(lasts[3])


def test_demand_of_parts_of_a_month_counts_in_proportion_and_goes_on_at_the_mean() -> None:
    assert demand_within(AHEAD, np.array([2.5]))[0] == 120 + 90 + 30
    assert demand_within(AHEAD, np.array([6.0]))[0] == 420 + 2 * 105
    assert demand_within(AHEAD, np.array([np.inf]))[0] == np.inf
    assert demand_within(np.zeros((1, 4)), np.array([np.inf]))[0] == 0.0
    assert np.isnan(demand_within(AHEAD, np.array([np.nan]))[0])


def test_excess_is_what_demand_and_safety_stock_leave() -> None:
    # 500 + 50 on order − 420 of demand − 30 of safety stock
    assert excess_units(np.array([500.0]), np.array([50.0]), np.array([420.0]), np.array([30.0]))[0] == 100.0
    assert excess_units(np.array([100.0]), np.array([0.0]), np.array([420.0]), np.array([30.0]))[0] == 0.0
    # a safety stock below zero is no reason to call more stock excess
    assert excess_units(np.array([500.0]), np.array([0.0]), np.array([420.0]), np.array([-30.0]))[0] == 80.0


def test_obsolete_is_stock_of_ended_items_or_of_items_nobody_asks_for() -> None:
    on_hand = np.array([10.0, 10.0, 10.0, 0.0])
    ahead = np.array([[0.0], [5.0], [5.0], [0.0]])
    past = np.array([[0.0], [5.0], [5.0], [0.0]])
    ended = np.array([False, True, False, True])
    assert obsolete(on_hand, ahead, past, ended).tolist() == [True, True, False, False]


def test_stock_is_at_risk_when_the_item_ends_before_it_is_sold() -> None:
    on_hand, ahead = np.full(3, 300.0), np.repeat(AHEAD, 3, axis=0)
    # two months left sell 210 of 300; four sell 420; without an end nothing is at risk
    assert at_risk_units(on_hand, ahead, np.array([2.0, 4.0, np.inf])).tolist() == [90.0, 0.0, 0.0]


def test_a_provision_takes_a_share_of_every_bucket() -> None:
    assert provision(np.array([100.0, 50.0, np.nan]), (1.0, 0.5, 0.2)) == 125.0


@given(st.floats(1.0, 400.0), st.floats(1.0, 400.0))
def test_more_stock_lasts_longer_and_the_days_it_lasts_ask_for_that_stock(one: float, other: float) -> None:
    low, high = sorted((one, other))
    lasts = forward_days(np.array([low, high]), np.repeat(AHEAD, 2, axis=0), DAYS)
    assert lasts[0] <= lasts[1]
    assert units_for_days(AHEAD[0], DAYS, float(lasts[0])) == pytest.approx(low)
