"""How much plans change from cycle to cycle."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.performance.stability import (
    fence_changes,
    instability,
    month_weights,
    relative_instability,
    roughness,
)
from tests.oracle_cases import assert_expected, oracle


def test_weighted_instability_of_the_worked_case():
    case = oracle("plan_stability", "instability-weighted")
    old, new = (np.array(case["inputs"][name], float) for name in ("old", "new"))
    alpha = case["inputs"]["alpha_weight"]
    assert_expected(case, "weights", month_weights(4, alpha=alpha))
    assert_expected(case, "instability", instability(old, new, alpha=alpha))
    assert_expected(case, "relative", relative_instability(old, new, alpha=alpha))


def test_families_are_weighed_by_value():
    old, new = np.array([[10.0], [1000.0]]), np.array([[20.0], [1000.0]])
    assert relative_instability(old, new, np.array([100.0, 1.0])) == pytest.approx(0.5)  # 1,000 of 2,000


def test_small_moves_inside_the_fence_do_not_count_but_their_money_does():
    old, new = np.array([[100.0, 100.0, 100.0]]), np.array([[104.0, 106.0, 500.0]])
    found = fence_changes(old, new, np.array([10.0]), months=2)
    assert (found.changed, found.cells) == (1, 2)
    assert found.value == pytest.approx(100.0)  # (4 + 6) × 10; the third month is open
    assert found.ratio == 0.5


def test_a_cycle_without_a_predecessor_says_nothing():
    unknown = np.full((1, 3), np.nan)
    assert np.isnan(relative_instability(unknown, np.ones((1, 3))))
    assert np.isnan(fence_changes(unknown, np.ones((1, 3)), np.ones(1), months=2).ratio)


def test_a_level_plan_is_smooth():
    assert roughness(np.array([10.0, 10.0, 10.0])) == 0.0
    assert roughness(np.array([10.0, 20.0, 10.0])) == pytest.approx(0.5)  # 20 of 40


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=12))
def test_an_unchanged_plan_is_perfectly_stable(plan):
    assert instability(np.array(plan), np.array(plan)) == 0.0
