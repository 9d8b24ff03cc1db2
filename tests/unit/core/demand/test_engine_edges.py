"""Every awkward history gets a forecast, a sane band and the name of its rule."""

from itertools import pairwise

import numpy as np
import pytest

from sop_dash.core.demand.engine import Forecasts, forecast

SEASON = 1.0 + 0.4 * np.sin(2.0 * np.pi * np.arange(48) / 12.0)
NOISE = np.random.default_rng(7).normal(0.0, 1.0, 48)
STEADY = 100.0 + 8.0 * NOISE


def alone(history: object, horizon: int = 12) -> Forecasts:
    return forecast([np.asarray(history, dtype=float)], horizon)


def assert_sane(made: Forecasts) -> None:
    edges = (made.lo95, made.lo80, made.mean, made.hi80, made.hi95)
    assert all(np.isfinite(edge).all() for edge in edges)
    for lower, upper in pairwise(edges):
        assert (lower <= upper).all()


@pytest.mark.parametrize("months", [1, 2, 3, 5, 8, 11, 12, 13, 18, 24, 25, 30, 36])
def test_a_history_of_any_length_gets_a_forecast_near_its_level(months):
    made = alone(STEADY[:months])
    assert_sane(made)
    assert ((made.mean > 60.0) & (made.mean < 140.0)).all()
    assert (made.hi80 > made.lo80).all()


def test_a_portfolio_without_a_series_is_empty():
    made = forecast([], 6)
    assert made.mean.shape == (0, 6)
    assert made.method == ()


def test_nothing_known_is_no_history_and_unknown():
    made = alone([np.nan] * 10)
    assert np.isnan(made.mean).all()
    assert made.method == ("no history",)


def test_all_zero_stays_zero():
    made = alone(np.zeros(30))
    assert not made.hi95.any()
    assert made.method == ("all zero",)


def test_a_constant_stays_constant_with_a_narrow_band():
    made = alone(np.full(30, 7.0))
    assert (made.mean == 7.0).all()
    assert (made.lo80 < 7.0).all()
    assert (made.hi95 < 9.0).all()
    assert made.method == ("constant history",)


def test_four_zeros_in_five_is_sparse_demand_with_the_mean_as_level():
    history = np.tile([0.0, 0.0, 0.0, 0.0, 10.0], 12)
    made = alone(history)
    assert_sane(made)
    assert made.method[0].startswith("sparse demand")
    assert made.mean[0, 0] == pytest.approx(2.0, abs=1.2)  # 10 units every fifth month
    assert (made.lo80 == 0.0).all()


def test_what_has_not_sold_for_long_is_taken_as_ended():
    made = alone(np.concatenate([np.full(24, 40.0) + NOISE[:24], np.zeros(8)]))
    assert made.method[0].startswith("no sale for long: taken as ended")
    assert not made.hi80.any()
    assert (made.hi95 > 0.0).all()


def test_fast_growth_is_not_carried_on_for_ever():
    made = alone(50.0 * 3.0 ** (np.arange(36) / 12.0) * SEASON[:36])  # times three a year
    last_year = 50.0 * 3.0 ** (np.arange(24, 36) / 12.0) * SEASON[24:36]
    assert 1.0 < made.mean.sum() / last_year.sum() < 2.0


def test_a_forecast_far_from_last_year_says_so():
    history = 200.0 - 5.0 * np.arange(36.0)
    made = alone(np.maximum(history, 10.0))
    assert made.mean.sum() < 0.6 * history[-12:].sum()
    assert made.method[0].endswith("times the same months of last year, please check")


def test_goods_sold_in_three_months_a_year_are_seasonal_not_sparse():
    made = alone(np.tile([0.0] * 9 + [200.0, 300.0, 300.0], 4))
    assert made.method == ("median of four models",)
    assert (made.mean[0, :9] < 15.0).all()
    assert made.mean[0, 9:12] == pytest.approx([200.0, 300.0, 300.0], rel=0.15)


def test_a_hundred_with_a_peak_in_autumn_is_forecast_as_such():
    made = alone(np.tile([100.0] * 9 + [200.0, 300.0, 300.0], 3))
    assert made.mean[0] == pytest.approx([100.0] * 9 + [200.0, 300.0, 300.0], rel=0.1)


def test_figures_in_the_billions_keep_their_shape():
    small, large = alone(STEADY * SEASON), alone(STEADY * SEASON * 1e7)
    assert large.mean == pytest.approx(small.mean * 1e7, rel=1e-9)


def test_returns_below_zero_are_forecast_and_may_stay_below_zero():
    made = alone(20.0 * NOISE)
    assert_sane(made)
    assert (made.lo80 < 0.0).all()
    assert (np.abs(made.mean) < 60.0).all()


def test_a_history_above_zero_never_gets_a_band_below_it():
    made = alone(np.maximum(2.0 + 2.0 * NOISE, 0.0))
    assert (made.lo95 >= 0.0).all()


def test_missing_months_are_not_read_as_zero():
    whole = 100.0 * SEASON
    holes = np.where(np.arange(48) % 7 == 3, np.nan, whole)
    assert alone(holes).mean == pytest.approx(alone(whole).mean, rel=0.12)


def test_months_not_yet_known_are_bridged():
    known = 100.0 * SEASON
    made = alone(np.concatenate([known, [np.nan, np.nan]]), 10)
    assert made.mean == pytest.approx(alone(known).mean[:, 2:])


def test_a_series_that_started_late_equals_its_known_months():
    late = np.concatenate([np.full(20, np.nan), STEADY])
    assert alone(late).mean == pytest.approx(alone(STEADY).mean)


def test_a_break_to_a_fifth_is_not_ignored():
    for size in (0.0, 5.0, 20.0):
        broken = np.concatenate([100.0 + size * NOISE[:45], [20.0, 21.0, 19.0]])
        made = alone(broken)
        assert ((made.mean > 10.0) & (made.mean < 32.0)).all()
        assert "new level for 3 months" in made.method[0]


def test_a_break_keeps_the_season():
    history = 100.0 * SEASON * np.where(np.arange(48) >= 45, 0.2, 1.0) + 0.5 * NOISE
    made = alone(history)
    assert made.mean[0] == pytest.approx(20.0 * SEASON[:12], rel=0.15)


@pytest.mark.parametrize("since", [9, 10, 11, 12])
def test_a_range_extension_of_last_year_is_a_level_not_a_season(since):
    level = np.where(np.arange(48) >= 48 - since, 300.0, 100.0)
    made = alone(level * (1.0 + 0.05 * NOISE))
    assert ((made.mean > 0.8 * 300.0) & (made.mean < 1.25 * 300.0)).all()
    assert f"new level for {since} months" in made.method[0]


def test_a_last_month_that_is_not_complete_does_not_pull_the_forecast_down():
    cut = STEADY.copy()
    cut[-1] *= 0.3
    made = alone(cut)
    assert (made.mean > 80.0).all()
    assert "not complete" in made.method[0]


def test_one_wild_month_long_ago_changes_little():
    wild = STEADY.copy()
    wild[20] = 900.0
    assert alone(wild).mean == pytest.approx(alone(STEADY).mean, rel=0.1)


def test_a_wild_month_in_the_second_year_of_a_young_series_stays_known_beside_older_ones():
    young = STEADY[:36].copy()
    young[11] = 900.0
    made = forecast([STEADY, young], 6)
    assert made.mean[1] == pytest.approx(alone(young, 6).mean[0])


def test_a_wild_last_month_counts_but_not_in_full():
    wild = STEADY.copy()
    wild[-1] = 900.0
    assert alone(wild).mean.max() < 300.0


def test_a_straight_line_is_continued_and_trusted_less_the_further_ahead():
    made = alone(100.0 + 10.0 * np.arange(36.0))
    assert made.mean[0, 0] == pytest.approx(460.0, rel=0.03)
    assert (np.diff(made.mean[0]) > 0.0).all()
    assert 450.0 + 60.0 < made.mean[0, -1] < 570.0  # more than half of twelve steps of ten, never all of them


def test_a_short_series_among_long_ones_gets_the_pooled_band():
    rng = np.random.default_rng(3)
    long = [100.0 + 10.0 * rng.normal(size=60) for _ in range(60)]
    made = forecast([*long, STEADY[:14]], 12)
    assert_sane(made)
    width = (made.hi80 - made.lo80).mean(axis=1)
    assert 0.3 * np.median(width[:-1]) < width[-1] < 3.0 * np.median(width[:-1])


def test_a_young_item_takes_the_season_of_its_family():
    old = 1000.0 * SEASON
    young = np.concatenate([np.full(34, np.nan), 50.0 * SEASON[34:] + 0.5 * NOISE[34:]])
    made = forecast([old, young], 12, family=["bikes", "bikes"])
    assert made.method[1].endswith("season of the family")
    assert made.mean[1] == pytest.approx(50.0 * SEASON[:12], rel=0.15)


def test_a_young_item_that_moves_against_its_family_keeps_to_itself():
    old = 1000.0 * SEASON
    young = np.concatenate([np.full(34, np.nan), 50.0 * (2.0 - SEASON[34:])])
    made = forecast([old, young], 12, family=["bikes", "bikes"])
    assert "family" not in made.method[1]
