"""Level breaks against a year before, and months out of line."""

import numpy as np
import pytest

from sop_dash.core.demand.breaks import at_new_level, months_since_break
from sop_dash.core.demand.corrections import corrected
from sop_dash.core.demand.outliers import at_usual_level, outlying_months

SEASON = np.tile([80.0, 90.0, 100.0, 110.0, 120.0, 150.0, 150.0, 120.0, 100.0, 70.0, 60.0, 50.0], 4)


def since(history: np.ndarray) -> int:
    return int(months_since_break(history[None], np.array([history.size]))[0])


def outlying(history: np.ndarray) -> list[int]:
    return np.flatnonzero(outlying_months(history[None], np.array([history.size]))[0]).tolist()


def stepped(factor: float, months: int) -> np.ndarray:
    return SEASON * np.where(np.arange(48) >= 48 - months, factor, 1.0)


@pytest.mark.parametrize("factor", [0.2, 3.0])
@pytest.mark.parametrize("months", [3, 6, 11, 12])
def test_a_step_within_the_last_year_is_found(factor, months):
    assert since(stepped(factor, months)) == months


@pytest.mark.parametrize("history", [SEASON, stepped(3.0, 2), stepped(1.4, 6), stepped(3.0, 13)])
def test_a_season_two_months_a_small_step_and_an_old_step_are_no_break(history):
    assert since(history) == 0


def test_growth_is_a_trend_and_no_break():
    assert since(SEASON * 1.05 ** np.arange(48)) == 0


def test_a_jump_out_of_calm_years_is_a_break_and_out_of_a_restless_past_none():
    jump = np.where(np.arange(96) >= 93, 2.0, 1.0)
    year = np.arange(96) // 12
    calm, restless = np.tile(SEASON, 2), np.tile(SEASON, 2) * np.where((year % 2 == 0) & (year < 6), 1.3, 1.0)
    # Both are calm in the year before the jump; the restless one has moved by log 1.3 = 0.26 in most years, times 8.
    assert since(calm * jump) == 3
    assert since(restless * jump) == 0


def test_a_history_without_a_year_before_has_no_break():
    assert since(stepped(3.0, 3)[-12:]) == 0


def test_months_before_a_break_are_brought_to_the_level_after_it():
    history = stepped(3.0, 6)
    found = at_new_level(history[None], np.array([48]), np.array([6]))
    assert found[0] == pytest.approx(3.0 * SEASON)
    assert history[0] == SEASON[0]


def test_a_single_month_far_off_is_found_and_a_seasonal_peak_is_not():
    wild = SEASON.copy()
    wild[20] *= 6.0
    assert outlying(wild) == [20]
    assert outlying(SEASON) == []
    assert outlying(np.tile([100.0] * 11 + [600.0], 4)) == []


def test_a_month_out_of_line_becomes_the_same_month_of_other_years():
    wild = SEASON.copy()
    wild[20] *= 6.0
    flagged = outlying_months(wild[None], np.array([48]))
    assert at_usual_level(wild[None], flagged)[0] == pytest.approx(SEASON)


def test_a_last_month_cut_short_is_set_right_and_one_too_high_counts_two_and_a_half_times():
    cut, high = SEASON.copy(), SEASON.copy()
    cut[-1] *= 0.3
    high[-1] *= 9.0
    values = np.stack([cut, high])
    found = at_usual_level(values, outlying_months(values, np.array([48, 48])))
    assert found[0, -1] == pytest.approx(50.0)
    assert found[1, -1] == pytest.approx(2.5 * 50.0)


def test_lumpy_demand_has_no_outliers():
    lumpy = np.exp(np.random.default_rng(3).normal(0.0, 1.0, 60)) * 100.0
    assert len(outlying(lumpy)) <= 1


def test_what_was_corrected_is_told():
    cut = stepped(3.0, 6)
    cut[10] *= 8.0
    words = corrected(np.stack([cut, SEASON]), np.array([48, 48]))
    assert words.words(0) == "; new level for 6 months, earlier months brought to it; 1 outlier set to the usual level"
    assert words.words(1) == ""


@pytest.mark.parametrize("factor", [1e-6, 0.37, 3.0, 1e9])
def test_a_month_at_the_very_limit_is_judged_alike_in_any_unit(factor):
    # 6,000 is 2.5 times 2,400 and 3,600 is 1.5 times: exactly at the limits, which nothing has passed yet.
    month = np.array([2400.0] * 20 + [6000.0] + [2400.0] * 15) * factor
    level = np.array([2400.0] * 30 + [3600.0] * 6) * factor
    assert outlying(month) == []
    assert since(level) == 0
