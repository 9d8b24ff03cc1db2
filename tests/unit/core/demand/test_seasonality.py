"""Seasonal indices: a known season is found, chance is not read as one."""

import numpy as np
import pytest

from sop_dash.core.demand.portfolio import pack
from sop_dash.core.demand.seasonality import (
    centred_average,
    estimated_season,
    over_history,
    over_horizon,
    seasonal_indices,
    seasonally_adjusted,
)

INDEX = np.array([0.7, 0.8, 0.9, 1.0, 1.1, 1.3, 1.4, 1.2, 1.0, 0.9, 0.8, 0.9])


def indices(*rows: np.ndarray) -> np.ndarray:
    packed = pack(rows)
    return seasonal_indices(packed.values, packed.length)


@pytest.mark.parametrize("months", [36, 48, 60])
def test_a_pure_season_is_found_from_the_month_after_the_last(months):
    assert indices(100.0 * np.tile(INDEX, months // 12))[0] == pytest.approx(INDEX, abs=1e-6)


def test_the_last_month_decides_where_the_year_starts():
    assert indices(100.0 * np.tile(INDEX, 5)[:55])[0] == pytest.approx(np.roll(INDEX, -7), abs=1e-6)


def test_under_25_months_there_is_no_season():
    assert (indices(np.tile(INDEX, 2)) == 1.0).all()
    assert (indices(np.tile(INDEX, 5), np.tile(INDEX, 2))[1] == 1.0).all()


def test_chance_is_shrunk_towards_no_season():
    noise = 100.0 + 10.0 * np.random.default_rng(6).normal(size=60)
    assert np.abs(indices(noise)[0] - 1.0).max() < 0.06


def test_a_season_tells_how_much_of_it_is_kept():
    noise = 100.0 + 10.0 * np.random.default_rng(6).normal(size=60)
    packed = pack([100.0 * np.tile(INDEX, 5), noise, np.tile(INDEX, 2)])
    pure, chance, short = estimated_season(packed.values, packed.length).kept
    assert pure == pytest.approx(1.0, abs=1e-6)
    assert chance < 0.5
    assert short == 0.0  # two years are no own season


def test_one_wild_year_does_not_make_a_season():
    history = 100.0 * np.tile(INDEX, 6)
    history[30] *= 5.0
    assert indices(history)[0] == pytest.approx(INDEX, abs=0.2)  # counted in full it would be 0.6 off


def test_the_centred_year_counts_its_outer_months_half():
    values = np.arange(13.0)[None] ** 2
    expected = (0.5 * 0 + sum(month**2 for month in range(1, 12)) + 0.5 * 144) / 12
    assert centred_average(values, 6)[0, 6] == pytest.approx(expected)


def test_the_average_uses_what_is_known():
    values = np.array([[np.nan, 2.0, np.nan, 6.0, 8.0]])
    # around the fourth month at span 1: half of unknown, all of 6, half of 8 -> (6 + 4) / 1.5
    assert centred_average(values, 1)[0, 3] == pytest.approx(10.0 / 1.5)


def test_indices_meet_at_the_last_month():
    row = np.arange(12.0)[None]
    assert over_history(row, 14)[0].tolist() == [10.0, 11.0, *range(12)]
    assert over_horizon(row, 14)[0].tolist() == [*range(12), 0.0, 1.0]


def test_months_that_never_sell_take_the_level_around_them():
    season = np.array([0.01] * 9 + [4.0, 4.0, 4.0])
    adjusted = seasonally_adjusted(np.tile([0.0] * 9 + [400.0] * 3, 3)[None], season[None])
    assert adjusted == pytest.approx(100.0)
