"""Laws of the engine: order and scale of the series, whole years, repetition."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sop_dash.core.demand.engine import forecast

PARTS = ("mean", "lo80", "hi80", "lo95", "hi95")


def portfolio(seed: int, series: int) -> list[np.ndarray]:
    """Seasonal, trending, sparse, short and broken histories of differing length."""
    rng = np.random.default_rng(seed)
    rows = []
    for number in range(series):
        months = int(rng.integers(1, 80))
        month = np.arange(months)
        row = 100.0 * (1.0 + 0.3 * np.sin(month / 6.0 * np.pi)) * np.exp(0.01 * month) + 10.0 * rng.normal(size=months)
        if number % 4 == 1:
            row = np.where(rng.random(months) < 0.7, 0.0, np.abs(row))
        if number % 5 == 2:
            row[rng.random(months) < 0.2] = np.nan
        rows.append(row)
    return rows


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), series=st.integers(1, 12))
def test_the_order_of_the_series_changes_no_bit(seed, series):
    rows = portfolio(seed, series)
    order = np.random.default_rng(seed + 1).permutation(series)
    made, other = forecast(rows, 9), forecast([rows[index] for index in order], 9)
    for part in PARTS:
        assert np.array_equal(getattr(made, part)[order], getattr(other, part), equal_nan=True)
    assert tuple(made.method[index] for index in order) == other.method


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), factor=st.sampled_from([1e-6, 0.37, 12.0, 1e9]))
def test_other_units_scale_the_forecast(seed, factor):
    rows = portfolio(seed, 8)
    made, scaled = forecast(rows, 6), forecast([row * factor for row in rows], 6)
    for part in PARTS:
        expected = getattr(made, part) * factor
        assert getattr(scaled, part) == pytest.approx(expected, rel=1e-6, abs=1e-9 * factor, nan_ok=True)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_mean_of_a_series_does_not_depend_on_its_neighbours(seed):
    rows = portfolio(seed, 6)
    together = forecast(rows, 6).mean
    for index, row in enumerate(rows):
        assert forecast([row], 6).mean[0] == pytest.approx(together[index], rel=1e-7, abs=1e-9, nan_ok=True)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000), years=st.integers(1, 4))
def test_unknown_years_before_the_start_change_nothing(seed, years):
    rows = portfolio(seed, 5)
    made = forecast(rows, 6)
    longer = forecast([np.concatenate([np.full(12 * years, np.nan), row]) for row in rows], 6)
    for part in PARTS:
        assert getattr(longer, part) == pytest.approx(getattr(made, part), rel=1e-7, abs=1e-9, nan_ok=True)


def test_the_same_histories_give_the_same_bits_and_are_not_changed():
    rows = portfolio(5, 10)
    before = [row.copy() for row in rows]
    first, second = forecast(rows, 12), forecast(rows, 12)
    for part in PARTS:
        assert np.array_equal(getattr(first, part), getattr(second, part), equal_nan=True)
    assert all(np.array_equal(row, kept, equal_nan=True) for row, kept in zip(rows, before, strict=True))


def test_a_matrix_and_a_list_of_rows_are_the_same_history():
    rows = np.stack([portfolio(9, 1)[0][:1].repeat(30) + np.arange(30.0), 50.0 + np.arange(30.0) % 7])
    assert np.array_equal(forecast(rows, 6).mean, forecast(list(rows), 6).mean)


def test_a_longer_horizon_starts_with_the_same_months():
    rows = portfolio(11, 8)
    assert forecast(rows, 24).mean[:, :6] == pytest.approx(forecast(rows, 6).mean, nan_ok=True)


def test_bands_hold_about_as_many_months_as_they_say():
    rng = np.random.default_rng(2)
    rows = [
        np.maximum(100.0 + np.cumsum(rng.normal(0.0, 3.0, 78)) + 6.0 * rng.normal(size=78), 1.0) for _ in range(150)
    ]
    made = forecast([row[:60] for row in rows], 18)
    actual = np.stack([row[60:] for row in rows])
    inside80 = ((made.lo80 <= actual) & (actual <= made.hi80)).mean()
    inside95 = ((made.lo95 <= actual) & (actual <= made.hi95)).mean()
    assert 0.70 < inside80 < 0.90
    assert 0.90 < inside95 < 0.99
