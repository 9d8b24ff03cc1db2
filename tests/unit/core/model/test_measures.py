"""Measures of forecasts: hand sums, published cases, and a naive loop as a second opinion."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.model import measures
from tests.oracle_cases import assert_expected, oracle

nan = math.nan


def test_bias_is_positive_when_we_forecast_too_much():
    assert measures.bias_ratio([80.0, 120.0], [100.0, 120.0]) == pytest.approx(0.10)  # (20 + 0) / 200
    assert measures.bias_units([80.0, 120.0], [100.0, 120.0]) == pytest.approx(10.0)  # 20 / 2


def test_a_month_without_sales_is_left_out_of_mape_and_counted():
    found = measures.mape([0.0, 100.0, 200.0], [10.0, 110.0, 200.0])
    assert found.ratio == pytest.approx(0.05)  # (10 % + 0 %) / 2
    assert (found.months, found.excluded) == (2, 1)


def test_wape_counts_the_month_without_sales():
    assert measures.wape([0.0, 100.0], [10.0, 110.0]) == pytest.approx(0.20)  # (10 + 10) / 100


def test_a_large_family_weighs_more_in_wape_than_in_mape():
    actual, forecast = [10.0, 10_000.0], [20.0, 10_100.0]  # 100 % and 1 % off
    assert measures.mape(actual, forecast).ratio == pytest.approx(0.505)
    assert measures.wape(actual, forecast) == pytest.approx(110 / 10_010)  # 1.1 %


def test_pairs_with_an_unknown_side_are_left_out_and_counted():
    actual, forecast = [100.0, nan, 100.0], [110.0, 50.0, nan]
    assert measures.pair_count(actual, forecast) == 1
    assert measures.wape(actual, forecast) == pytest.approx(0.10)
    assert measures.mad(actual, forecast) == pytest.approx(10.0)


def test_without_one_pair_every_measure_is_unknown():
    for measure in (measures.wape, measures.smape, measures.bias_ratio, measures.bias_units, measures.mad):
        assert np.isnan(measure([nan, 1.0], [1.0, nan]))
    assert np.isnan(measures.mape([0.0], [5.0]).ratio)
    assert np.isnan(measures.tracking_signal([nan], [1.0])[0])


def test_accuracy_is_never_below_zero():
    assert measures.accuracy([10.0], [40.0]) == 0.0
    assert measures.accuracy([10.0], [8.0]) == pytest.approx(0.8)


def test_smape_of_two_zeros_is_no_error():
    assert measures.smape([0.0, 100.0], [0.0, 50.0]) == pytest.approx(1 / 3)  # (0 + 100/150) / 2


def test_mase_of_the_seasonal_naive_forecast_on_its_training_window_is_one():
    past = [10.0, 20.0, 16.0, 30.0]
    assert measures.mase([16.0, 30.0], [10.0, 20.0], past, season=2) == pytest.approx(1.0)  # 8 / 8
    assert np.isnan(measures.mase([1.0], [1.0], [5.0, 5.0], season=1))  # a flat past has no scale


def test_rows_are_judged_one_by_one():
    actual = np.array([[100.0, 100.0], [50.0, 50.0]])
    forecast = np.array([[130.0, 130.0], [20.0, 20.0]])
    assert measures.wape(actual, forecast) == pytest.approx([0.3, 0.6])
    assert measures.tracking_signal(actual, forecast)[:, -1] == pytest.approx([2.0, -2.0])


def test_errors_of_the_sample_series_agree_with_the_published_case():
    case = oracle("forecast_accuracy", "sample-12m")
    actual, forecast = case["inputs"]["actual"], case["inputs"]["forecast"]
    assert_expected(case, "mape", 100 * measures.mape(actual, forecast).ratio)
    assert_expected(case, "wmape", 100 * measures.wape(actual, forecast))
    assert_expected(case, "bias", measures.bias_units(actual, forecast))
    assert_expected(case, "bias_pct", 100 * measures.bias_ratio(actual, forecast))
    assert_expected(case, "mad", measures.mad(actual, forecast))
    assert_expected(case, "rmse", measures.rmse(actual, forecast))
    assert_expected(case, "smape", 100 * measures.smape(actual, forecast))
    assert_expected(case, "mase_scale_in_window", measures.mase(actual, forecast, actual, season=1))
    assert_expected(case, "tracking_signal_last", measures.tracking_signal(actual, forecast)[-1])


def test_tracking_signal_of_the_bakery_has_the_opposite_sign_of_the_book():
    case = oracle("forecast_accuracy", "tracking-signal")  # the book's error is actual − forecast
    found = measures.tracking_signal(case["inputs"]["actual"], case["inputs"]["forecast"])
    assert_expected(case, "tracking_signal", -found)


def test_tahoe_salt_moving_average_agrees_with_the_book():
    case = oracle("forecast_accuracy", "tahoe-ma4")
    demand = np.array(case["inputs"]["demand"], dtype=float)
    forecast = np.array([demand[t - 4 : t].mean() for t in range(4, 12)])
    signal = measures.tracking_signal(demand[4:], forecast)
    assert_expected(case, "mad", measures.mad(demand[4:], forecast))
    assert_expected(case, "mape", 100 * measures.mape(demand[4:], forecast).ratio)
    assert_expected(case, "bias", (forecast - demand[4:]).sum())
    assert_expected(case, "tracking_signal_min", signal.min())
    assert_expected(case, "tracking_signal_max", signal.max())


_MONTH = st.one_of(st.just(nan), st.just(0.0), st.floats(1, 1000))


@given(st.lists(st.tuples(_MONTH, _MONTH), max_size=12))
def test_a_plain_loop_finds_the_same_errors(rows):
    actual, forecast = [a for a, _ in rows], [f for _, f in rows]
    known = [(a, f) for a, f in rows if not math.isnan(a) and not math.isnan(f)]
    errors = [f - a for a, f in known]
    sold = [abs(f - a) / a for a, f in known if a]
    total = sum(a for a, _ in known)
    assert measures.wape(actual, forecast) == pytest.approx(
        sum(map(abs, errors)) / total if total else nan, nan_ok=True
    )
    assert measures.bias_ratio(actual, forecast) == pytest.approx(sum(errors) / total if total else nan, nan_ok=True)
    assert measures.mape(actual, forecast).ratio == pytest.approx(sum(sold) / len(sold) if sold else nan, nan_ok=True)
    assert measures.mape(actual, forecast).excluded == len(known) - len(sold)


@given(st.lists(st.tuples(st.floats(1, 1000), st.floats(0, 1000)), min_size=2, max_size=8))
def test_error_after_adding_families_is_never_above_the_error_of_the_parts(rows):
    actual, forecast = np.array(rows).T
    together = measures.wape(actual.sum(keepdims=True), forecast.sum(keepdims=True))
    assert together <= measures.wape(actual, forecast) + 1e-12
