"""Mistakes of simple baselines (requirements D-12 to D-18), each with the numbers that show it is not made here."""

import numpy as np
import pandas as pd
import pytest

from sop_dash.core.demand.backtest import MOVING_AVERAGE, NAIVE2, SEASONAL_NAIVE, backtest, simple_forecasts
from sop_dash.core.demand.engine import forecast
from sop_dash.core.demand.naive import moving_average_with_trend
from sop_dash.core.demand.series import read_long
from sop_dash.core.model import measures

LINE = 100.0 + 10.0 * np.arange(12.0)
GROWING = np.linspace(1000.0, 1550.0, 12)  # the sample of twelve months, 50 more every month
AUTUMN = np.tile([100.0] * 9 + [200.0, 300.0, 300.0], 3)


def next_of_average(history: np.ndarray) -> float:
    return float(moving_average_with_trend(history[None], np.array([len(history)]), 1)[0, 0])


def test_a_perfect_line_goes_on_at_220_not_at_210():
    assert next_of_average(LINE) == pytest.approx(220.0)  # 200 in the middle of the last three, plus two steps of 10


def test_eighteen_months_of_growth_are_not_carried_on_in_full():
    made = forecast([GROWING], 18).mean[0]
    simple = moving_average_with_trend(GROWING[None], np.array([12]), 18)[0]
    assert simple[-1] == pytest.approx(2450.0)  # 1,500 + 19 × 50: +58 % on the last month
    assert 1550.0 < made[-1] < 1.35 * 1550.0


def test_an_autumn_peak_is_not_continued_into_spring():
    simple = simple_forecasts([AUTUMN], 6)[MOVING_AVERAGE][0]
    assert simple[0] > 300.0  # what a trend through the peak makes of January
    assert forecast([AUTUMN], 6).mean[0] == pytest.approx(100.0, rel=0.1)


def test_the_season_is_judged_against_seasonal_naive_on_the_same_months():
    noise = np.random.default_rng(2).normal(0.0, 0.05, 60)
    test = backtest([np.tile(AUTUMN[:12], 5) * np.exp(noise)], 3, range(12, 0, -1))
    actual = test.actual.ravel()
    errors = {name: float(measures.wape(actual, made.ravel())) for name, made in test.forecasts.items()}
    assert errors["engine"] < errors[SEASONAL_NAIVE] < errors[MOVING_AVERAGE]
    assert errors["engine"] < errors[NAIVE2]


def test_four_months_are_too_few_for_a_trend_and_the_rule_says_so():
    assert next_of_average(LINE[:4]) == pytest.approx(120.0)  # 110, 120, 130: their mean, no trend from two windows
    made = forecast([LINE[:4]], 1)
    assert 100.0 <= made.mean[0, 0] <= 130.0
    assert made.method == ("smoothed level (under 12 months)",)


def test_a_month_without_a_row_is_missing_and_a_zero_is_a_zero():
    rows = {"2026-01": 10.0, "2026-02": 0.0, "2026-05": 40.0}
    frame = pd.DataFrame({"unique_id": "A", "ds": list(rows), "y": list(rows.values())})
    (history,) = read_long(frame).history
    np.testing.assert_array_equal(history, [10.0, 0.0, np.nan, np.nan, 40.0])


def test_a_forecast_is_a_range_as_wide_as_its_past_errors():
    rng = np.random.default_rng(5)
    calm, wild = (100.0 * np.exp(rng.normal(0.0, error, 60)) for error in (0.02, 0.20))
    made = forecast([calm, wild], 6)
    width = (made.hi80 - made.lo80).mean(axis=1)
    assert width[1] > 4.0 * width[0]
    assert (made.lo80 < made.mean).all()
    assert (made.mean < made.hi80).all()
