"""Safety stock against published cases, hand sums, laws and an independent library."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stockpyl.loss_functions import standard_normal_loss
from stockpyl.newsvendor import newsvendor_normal, newsvendor_normal_cost

from sop_dash.core.inventory.loss import inverse_normal_loss, normal_loss
from sop_dash.core.inventory.lots import joint_policy
from sop_dash.core.inventory.protection import with_lead_time_spread, with_shared_lead_time_spread
from sop_dash.core.inventory.safety_stock import (
    HIGHEST_SERVICE,
    cycle_service_stock,
    economic_service,
    fill_rate_factor,
    fill_rate_stock,
    implied_service,
    newsvendor_cost,
    newsvendor_level,
    order_up_to,
    service_factor,
)
from sop_dash.core.model.errors import BadValue
from tests.oracle_cases import assert_expected, oracle

SPREADS = st.floats(0.1, 1e5)
LOTS = st.floats(0.1, 1e6)
TARGETS = st.floats(0.01, 0.9999)


def test_a_reorder_point_gives_the_service_of_the_textbook() -> None:
    case = oracle("safety_stock", "csl-from-rop")
    given_ = case["inputs"]
    sigma = given_["weekly_demand_sd"] * np.sqrt(given_["lead_time_weeks"])
    safety = given_["reorder_point"] - given_["weekly_demand_mean"] * given_["lead_time_weeks"]
    service = implied_service(safety, sigma, given_["order_qty"])
    assert_expected(case, "safety_stock", safety)
    assert_expected(case, "sigma_L", sigma)
    assert_expected(case, "cycle_service_level", service.cycle_ratio)
    assert_expected(case, "expected_shortage_per_cycle", sigma * normal_loss(safety / sigma))
    assert_expected(case, "fill_rate", service.fill_ratio)


def test_ninety_per_cent_cycle_service_takes_the_stock_of_the_textbook() -> None:
    case = oracle("safety_stock", "ss-from-csl")
    given_ = case["inputs"]
    sigma = given_["weekly_demand_sd"] * np.sqrt(given_["lead_time_weeks"])
    assert_expected(case, "safety_stock", cycle_service_stock(sigma, given_["cycle_service_level"]))


def test_periodic_review_fills_up_to_the_level_of_the_textbook() -> None:
    case = oracle("safety_stock", "ss-periodic-review")
    given_ = case["inputs"]
    protection = given_["lead_time_weeks"] + given_["review_weeks"]
    safety = cycle_service_stock(given_["weekly_demand_sd"] * np.sqrt(protection), given_["cycle_service_level"])
    assert_expected(case, "safety_stock", safety)
    assert_expected(case, "order_up_to_level", order_up_to(given_["weekly_demand_mean"], protection, safety))


def test_the_loss_function_is_that_of_the_tables() -> None:
    case = oracle("safety_stock", "unit-normal-loss")
    assert_expected(case, "loss", normal_loss(np.array(case["inputs"]["z"], dtype=np.float64)))


def test_one_season_is_stocked_as_in_the_textbook() -> None:
    case = oracle("safety_stock", "newsvendor")
    given_ = case["inputs"]
    costs = {"overage": given_["holding"], "underage": given_["stockout"]}
    level = newsvendor_level(given_["mean"], given_["sd"], **costs)
    assert_expected(case, "base_stock", level)
    assert_expected(case, "cost", newsvendor_cost(level, given_["mean"], given_["sd"], **costs))


def test_lot_and_reorder_point_fit_each_other_as_in_the_textbook() -> None:
    case = oracle("safety_stock", "qr-optimal-snyder")
    given_ = case["inputs"]
    found = joint_policy(
        given_["lead_time_demand_mean"],
        given_["lead_time_demand_sd"],
        demand=given_["annual_demand"],
        order_cost=given_["order_cost"],
        holding=given_["holding_per_unit_year"],
        shortage=given_["stockout_cost_per_unit"],
    )
    assert_expected(case, "Q", found.lot)
    assert_expected(case, "R", found.reorder_point)


@given(st.floats(-5.0, 5.0))
def test_the_loss_function_agrees_with_an_independent_one_and_has_an_inverse(z: float) -> None:
    loss = normal_loss(np.array([z]))
    assert loss[0] == pytest.approx(standard_normal_loss(z)[0], rel=1e-9, abs=1e-14)
    assert inverse_normal_loss(loss)[0] == pytest.approx(z, abs=1e-6)


@given(st.floats(1.0, 1e4), st.floats(0.1, 1e3), st.floats(0.01, 10.0), st.floats(0.01, 10.0))
def test_one_season_agrees_with_an_independent_library(mean: float, sigma: float, over: float, under: float) -> None:
    level = newsvendor_level(mean, sigma, overage=over, underage=under)
    base, cost = newsvendor_normal(over, under, mean, sigma)
    assert float(level) == pytest.approx(base, rel=1e-9, abs=1e-9)
    assert float(newsvendor_cost(level, mean, sigma, overage=over, underage=under)) == pytest.approx(cost, rel=1e-7)
    dearer = newsvendor_normal_cost(float(level) + sigma, over, under, mean, sigma)
    assert newsvendor_cost(float(level) + sigma, mean, sigma, overage=over, underage=under) == pytest.approx(
        dearer, rel=1e-7
    )


@given(SPREADS, LOTS, TARGETS)
def test_the_stock_for_a_service_gives_that_service(sigma: float, lot: float, target: float) -> None:
    assert implied_service(cycle_service_stock(sigma, target), sigma, lot).cycle_ratio == pytest.approx(target)
    factor = fill_rate_factor(sigma, lot, target)
    if abs(float(factor)) < 5.9:  # beyond six deviations the factor is capped
        assert implied_service(fill_rate_stock(sigma, lot, target), sigma, lot).fill_ratio == pytest.approx(
            target, abs=1e-6
        )


@given(SPREADS, LOTS, TARGETS, TARGETS)
def test_more_service_never_takes_less_stock(sigma: float, lot: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert cycle_service_stock(sigma, low) <= cycle_service_stock(sigma, high)
    assert fill_rate_stock(sigma, lot, low) <= fill_rate_stock(sigma, lot, high) + 1e-6 * sigma


@given(SPREADS, LOTS, TARGETS)
def test_lost_sales_take_no_more_stock_than_sales_that_wait(sigma: float, lot: float, target: float) -> None:
    waiting, lost = fill_rate_stock(sigma, lot, target), fill_rate_stock(sigma, lot, target, lost_sales=True)
    assert lost <= waiting + 1e-6 * sigma


def test_a_fill_rate_below_what_the_lot_alone_serves_takes_negative_safety_stock() -> None:
    # G(z) = 1000·0.1/100 = 1.0 > G(0) = 0.399, so z < 0; the signed value is kept
    stock = fill_rate_stock(100.0, 1000.0, 0.9)
    assert stock < 0.0
    assert normal_loss(stock / 100.0) == pytest.approx(1.0)


def test_the_spread_of_the_lead_time_adds_as_squares_or_in_full() -> None:
    # independent: √(4·30² + 50²·0.8²) = √(3600 + 1600) = 72.11; together: 30·2 + 50·0.8 = 100, times z = 1.2816
    independent = with_lead_time_spread(np.array([30.0 * 2.0]), np.array([50.0]), np.array([0.8]))
    assert independent[0] == pytest.approx(np.sqrt(5200.0))
    both = with_shared_lead_time_spread(np.array(30.0 * np.sqrt(4.0)), np.array(50.0), np.array(0.8))
    assert cycle_service_stock(both, 0.9) == pytest.approx(100.0 * float(service_factor(0.9)))


def test_the_best_service_weighs_a_year_of_holding_against_the_units_short() -> None:
    # 1 − hQ/(bD) = 1 − 2·300/(10·1200) = 0.95; where holding outweighs everything, none
    assert economic_service(2.0, 300.0, 10.0, 1200.0) == pytest.approx(0.95)
    assert economic_service(2.0, 300.0, 0.1, 1200.0) == 0.0
    assert economic_service(0.0, 300.0, 10.0, 1200.0) == HIGHEST_SERVICE


def test_unknown_spread_stays_unknown_and_no_spread_needs_no_stock() -> None:
    sigma = np.array([np.nan, 0.0])
    assert np.isnan(cycle_service_stock(sigma, 0.95)[0])
    assert np.isnan(fill_rate_stock(sigma, 10.0, 0.95)[0])
    assert cycle_service_stock(sigma, 0.95)[1] == 0.0
    assert fill_rate_stock(sigma, 10.0, 0.95)[1] == 0.0
    assert implied_service(0.0, sigma, 10.0).fill_ratio[1] == 1.0


@pytest.mark.parametrize("target", [0.0, 1.0, 0.99991, -0.5])
def test_full_service_and_none_at_all_are_refused(target: float) -> None:
    with pytest.raises(BadValue):
        service_factor(target)
    with pytest.raises(BadValue):
        fill_rate_stock(1.0, 1.0, target)
