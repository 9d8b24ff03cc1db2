"""How many ranges held, and how sure the share is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from statsmodels.stats.proportion import proportion_confint

from sop_dash.core.demand.calibration import ranges_held


def test_ranges_are_counted_as_held_of_so_many():
    found = ranges_held(np.array([[1.0], [0.0], [1.0], [1.0], [np.nan]]))
    assert (found.held, found.count, found.share) == (3, 4, 0.75)


def test_without_a_range_there_is_no_share():
    assert ranges_held(np.full((3, 2), np.nan)) is None
    assert ranges_held(np.empty((0, 2))) is None


def test_one_family_has_a_case_a_month_and_the_range_of_wilson():
    inside = np.array([1.0] * 19 + [0.0] * 5)[:, None]
    found = ranges_held(inside)
    # 23/24 of p(1 − p)/variance would be 23 cases; never fewer than months
    assert found.independent == 24.0
    low, high = proportion_confint(19, 24, alpha=0.1, method="wilson")
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-4)
    exact = binomtest(19, 24).proportion_ci(0.9)
    assert (found.low, found.high) == pytest.approx((exact.low, exact.high), abs=0.04)


def test_families_that_move_together_are_one_case_a_month():
    together = np.repeat(np.array([1.0, 0.0, 1.0, 1.0, 0.0, 1.0])[:, None], 5, axis=1)
    assert ranges_held(together).independent == 6.0
    assert ranges_held(together).low == pytest.approx(ranges_held(together[:, :1]).low)


def test_the_ups_and_downs_of_the_months_say_how_many_cases_there_are():
    inside = np.array([[1.0, 1.0, 1.0, 0.0], [1.0, 1.0, 0.0, 0.0], [1.0, 1.0, 1.0, 1.0]])
    # share 9/12; off 0, −1, 1; variance 3/2 · 2 / 144 = 1/48; (3/16) / (1/48) = 9 cases
    assert ranges_held(inside).independent == pytest.approx(9.0)


def test_whether_chance_explains_the_distance_to_what_was_promised():
    rng = np.random.default_rng(1)
    right, narrow = ((rng.random((24, 12)) < share).astype(float) for share in (0.8, 0.6))
    assert not ranges_held(right).differs_from(0.8)
    assert ranges_held(narrow).differs_from(0.8)


@given(st.integers(1, 30), st.integers(1, 8), st.integers(0, 10**6))
def test_the_share_lies_in_its_range_and_the_range_in_what_is_possible(months, families, seed):
    found = ranges_held(np.random.default_rng(seed).integers(0, 2, (months, families)).astype(float))
    assert 0.0 <= found.low <= found.share <= found.high <= 1.0
    assert months <= found.independent <= found.count


def test_nine_ranges_in_ten_hold_the_true_share():
    rng = np.random.default_rng(7)
    hits = []
    for _ in range(400):
        mood = rng.random((24, 1)) < 0.8
        own = rng.random((24, 12)) < 0.8
        inside = np.where(rng.random((24, 12)) < 0.4, mood, own).astype(float)
        found = ranges_held(inside)
        hits.append(not found.differs_from(0.8))
    assert np.mean(hits) == pytest.approx(0.9, abs=0.05)
