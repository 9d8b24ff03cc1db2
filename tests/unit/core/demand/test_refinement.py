"""The slow refinement: models weigh by what they did, and everything else stays the engine's."""

import numpy as np
import pytest

from sop_dash.core.demand.combination import MEMBERS
from sop_dash.core.demand.engine import forecast
from sop_dash.core.demand.portfolio import pack
from sop_dash.core.demand.refinement import refined_forecast, weights_earned

MONTHS = np.arange(72)
SEASON = 1.0 + 0.3 * np.sin(MONTHS / 6.0 * np.pi)
ROWS = [
    100.0 * SEASON * np.exp(0.004 * MONTHS) * np.exp(np.random.default_rng(seed).normal(0.0, 0.04, 72))
    for seed in range(4)
]


def test_weights_of_every_series_add_up_to_one():
    packed = pack(ROWS)
    assert weights_earned(packed.values, packed.length).sum(axis=0) == pytest.approx(1.0)


def test_a_model_that_was_right_earns_more_than_one_that_was_wrong():
    # A line that bends to a standstill two years ago: half of an old slope is wrong, a trend that has faded is right.
    bent = np.minimum(100.0 + 10.0 * MONTHS, 100.0 + 10.0 * 48) + np.random.default_rng(1).normal(0.0, 2.0, 72)
    packed = pack([bent])
    weight = dict(zip(MEMBERS, weights_earned(packed.values, packed.length)[:, 0], strict=True))
    assert weight["fading trend (damped Holt)"] > 1.5 * weight["straight line and level (theta), on logs"]


def test_without_months_to_hold_back_all_models_count_the_same():
    packed = pack([ROWS[0][:20]])
    assert weights_earned(packed.values, packed.length) == pytest.approx(1.0 / len(MEMBERS))


def test_a_refined_forecast_stays_near_the_engine_and_says_so():
    made, fine = forecast(ROWS, 12), refined_forecast(ROWS, 12)
    assert fine.mean == pytest.approx(made.mean, rel=0.1)
    assert (fine.mean != made.mean).any()
    assert all("refined" in method for method in fine.method)
    assert fine.hi80 - fine.mean == pytest.approx(made.hi80 - made.mean)


def test_histories_the_models_do_not_serve_keep_the_forecast_of_the_engine():
    rows = [np.full(30, 7.0), ROWS[0][:15], np.tile([0.0, 0.0, 0.0, 0.0, 10.0], 12), np.full(3, np.nan)]
    made, fine = forecast(rows, 6), refined_forecast(rows, 6)
    np.testing.assert_array_equal(made.mean, fine.mean)
    assert made.method == fine.method


def test_months_not_yet_known_are_bridged():
    late = np.concatenate([ROWS[0], [np.nan, np.nan]])
    assert refined_forecast([late], 10).mean == pytest.approx(refined_forecast([ROWS[0]], 12).mean[:, 2:])


def test_the_order_of_the_series_changes_nothing():
    assert np.array_equal(refined_forecast(ROWS, 6).mean[::-1], refined_forecast(ROWS[::-1], 6).mean)
