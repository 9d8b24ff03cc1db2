"""Accuracy over many series: offsetting errors, and the measure of the M4 competition."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.demand.accuracy import detailed_and_aggregate_wape, overall_weighted_average

ERRORS = st.lists(st.lists(st.floats(-50, 50), min_size=4, max_size=4), min_size=1, max_size=5)


def test_too_much_of_one_and_too_little_of_another_offset_only_in_the_sum():
    actual = np.full((2, 3), 100.0)
    found = detailed_and_aggregate_wape(actual, actual + np.array([[30.0], [-30.0]]))
    assert found.detailed == pytest.approx(0.30)  # 180 / 600
    assert found.aggregate == 0.0


@given(ERRORS)
def test_detailed_is_never_below_aggregate(errors):
    actual = np.full((len(errors), 4), 100.0)
    found = detailed_and_aggregate_wape(actual, actual + np.array(errors))
    assert found.detailed >= found.aggregate - 1e-12


def test_a_month_with_an_unknown_item_is_left_out_of_both():
    actual = np.array([[100.0, np.nan], [100.0, 100.0]])
    found = detailed_and_aggregate_wape(actual, np.full((2, 2), 110.0))
    assert found == pytest.approx((0.10, 0.10))  # 20 / 200


def test_nothing_sold_has_no_ratio():
    assert np.isnan(detailed_and_aggregate_wape(np.zeros((2, 3)), np.ones((2, 3)))).all()


def test_half_the_error_of_naive2_is_about_half_its_score():
    actual = np.array([[100.0, 100.0], [50.0, 50.0]])
    naive2 = actual * 1.02
    scale = np.array([4.0, 8.0])
    assert overall_weighted_average(actual, naive2, naive2, scale) == pytest.approx(1.0)
    # MASE ratio 0.5; sMAPE (2·1/201) / (2·2/202) = 0.50249
    assert overall_weighted_average(actual, actual * 1.01, naive2, scale) == pytest.approx(0.5 * (0.5 + 0.502487562))


def test_a_series_without_scale_counts_in_smape_only():
    actual = np.array([[100.0], [100.0]])
    naive2 = np.array([[110.0], [120.0]])
    better = np.array([[105.0], [120.0]])
    found = overall_weighted_average(actual, better, naive2, np.array([5.0, np.nan]))
    smape = (2 * 5 / 205 + 2 * 20 / 220) / (2 * 10 / 210 + 2 * 20 / 220)
    assert found == pytest.approx(0.5 * (smape + 0.5))  # MASE 1 against 2
