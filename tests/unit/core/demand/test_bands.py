"""Bands from errors on months held back."""

import numpy as np
import pytest

from sop_dash.core.demand.bands import (
    actuals_held_back,
    band_factors,
    cold_start_factors,
    months_held_back,
    series_tested,
)


def test_the_cold_start_table_holds_where_it_was_measured():
    table = cold_start_factors(18)
    assert table[:, 0].tolist() == [-1.14, 1.21, -1.81, 1.96]
    assert table[:, 11].tolist() == [-1.36, 2.20, -3.34, 3.85]
    assert table[1, 1] == pytest.approx((1.21 + 1.44) / 2)  # month 2 between months 1 and 3


def test_beyond_eighteen_months_the_table_widens_with_the_square_root():
    assert cold_start_factors(72)[:, 71] == pytest.approx(2.0 * cold_start_factors(18)[:, 17])  # √(72 / 18)


def test_thirty_six_months_still_hold_six_back():
    months = np.array([20, 24, 36, 40, 48, 200])
    assert months_held_back(months, 18).tolist() == [0, 6, 6, 10, 18, 18]
    assert months_held_back(months, 3).tolist() == [3 if n >= 21 else 0 for n in months]


def test_the_months_held_back_are_the_last_ones_oldest_first():
    values = np.array([[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]])
    found = actuals_held_back(values, np.array([2, 3]), 3)
    assert found == pytest.approx(np.array([[3.0, 4.0, np.nan], [6.0, 7.0, 8.0]]), nan_ok=True)


def test_a_very_large_portfolio_measures_its_errors_on_four_hundred_of_every_kind():
    rng = np.random.default_rng(8)
    spread = np.repeat([0.05, 0.2, 0.8], 400)  # calm, moving and wild series, 400 each
    values = 100.0 * np.exp(spread[:, None] * rng.normal(size=(1200, 60)))
    length, held = np.full(1200, 60), np.full(1200, 12)
    found = series_tested(values, length, held)
    assert len(found) == 400
    assert np.bincount(found // 400) == pytest.approx([133.3, 133.3, 133.3], abs=1.0)
    shuffled = rng.permutation(1200)
    again = series_tested(values[shuffled] * 7.0, length, held)
    assert np.array_equal(np.sort(shuffled[again]), found)


def test_series_too_short_for_it_are_not_measured():
    assert series_tested(np.ones((3, 30)), np.array([30, 12, 30]), np.array([6, 0, 6])).tolist() == [0, 2]


def test_a_large_portfolio_uses_its_own_quantiles():
    errors = np.linspace(-5.0, 5.0, 101)[:, None] * np.ones(4)
    # The 0.9 · 102/101 = 0.9089 quantile of −5 … 5 is 4.0891, the 0.975 · 102/101 = 0.98465 quantile 4.8465.
    expected = np.array([[-4.0891], [4.0891], [-4.8465], [4.8465]]) * np.ones(4)
    assert band_factors(errors) == pytest.approx(expected, abs=1e-4)


def test_bands_of_few_errors_hold_the_next_one_as_often_as_they_say():
    rng = np.random.default_rng(2)
    held = []
    for _ in range(400):
        drawn = rng.normal(0.0, 1.0, 60)
        low, high = band_factors(drawn[:, None])[:2, 0]
        held += [(low <= following) & (following <= high) for following in rng.normal(0.0, 1.0, 5)]
    assert np.mean(held) == pytest.approx(0.80, abs=0.02)


def test_a_small_portfolio_is_blended_with_the_table():
    errors = np.full((10, 1), -1.0)
    # (10 · −1 + 20 · −1.14) / 30
    assert band_factors(errors)[0, 0] == pytest.approx((-10.0 - 20.0 * 1.14) / 30.0)


def test_without_errors_the_table_stands():
    assert np.array_equal(band_factors(np.empty((0, 6))), cold_start_factors(6))


def test_months_nobody_could_test_follow_the_table():
    errors = np.concatenate([np.linspace(-4.0, 4.0, 101)[:, None], np.full((101, 1), np.nan)], axis=1)
    found, table = band_factors(errors), cold_start_factors(2)
    assert found[:, 1] == pytest.approx(found[:, 0] * table[:, 1] / table[:, 0])


def test_the_forecast_stays_inside_its_bands():
    found = band_factors(np.random.default_rng(1).normal(3.0, 0.1, (200, 5)))
    assert (found[2] <= found[0]).all()
    assert (found[0] <= 0.0).all()
    assert (found[1] <= found[3]).all()


def test_one_wild_error_does_not_rule_a_small_portfolio():
    errors = np.array([[1.0], [1e6]])
    assert band_factors(errors)[3, 0] < 10.0
