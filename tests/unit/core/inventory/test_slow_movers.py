"""Reorder points of slow movers against the distributions they stand for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nbinom, poisson

from sop_dash.core.inventory.slow_movers import chance_covered, slow_mover_reorder_point


def point(mean: float, variance: float, target: float) -> float:
    return float(slow_mover_reorder_point(np.array([mean]), np.array([variance]), np.array([target]))[0])


def test_two_units_a_lead_time_at_95_per_cent_take_five() -> None:
    # Poisson(2): P(X ≤ 4) = 0.9473, P(X ≤ 5) = 0.9834
    assert point(2.0, 2.0, 0.95) == 5.0


@given(st.floats(0.01, 10.0), st.floats(0.5, 0.9999))
def test_even_demand_is_poisson(mean: float, target: float) -> None:
    assert point(mean, mean, target) == poisson.ppf(target, mean)


@given(st.floats(0.05, 10.0), st.floats(1.1, 8.0), st.floats(0.5, 0.999))
def test_uneven_demand_is_negative_binomial(mean: float, times: float, target: float) -> None:
    found = point(mean, mean * times, target)
    size, success = mean / (times - 1.0), 1.0 / times
    assert nbinom.cdf(found, size, success) >= target - 1e-9
    assert found == 0.0 or nbinom.cdf(found - 1.0, size, success) < target + 1e-9


@given(st.floats(0.05, 9.0), st.floats(1.0, 5.0))
def test_the_chance_rises_with_stock_from_nothing_to_certainty(mean: float, times: float) -> None:
    stock = np.arange(-1.0, 400.0)
    chance = chance_covered(stock, np.full(stock.shape, mean), np.full(stock.shape, mean * times))
    assert chance[0] == 0.0
    assert (np.diff(chance) >= -1e-12).all()
    assert chance[-1] == pytest.approx(1.0, abs=1e-6)


def test_no_demand_needs_no_stock_and_unknown_demand_stays_unknown() -> None:
    assert point(0.0, 0.0, 0.95) == 0.0
    assert np.isnan(point(np.nan, 1.0, 0.95))
