"""Back-tests: what each origin may see, and the errors that follow."""

import numpy as np
import pytest

from sop_dash.core.demand.backtest import (
    ENGINE,
    METHODS,
    MOVING_AVERAGE,
    SEASONAL_NAIVE,
    backtest,
    rolling_origins,
    simple_forecasts,
    yearly_change,
)
from sop_dash.core.demand.engine import forecast

RNG = np.random.default_rng(12)
ROWS = [100.0 + 20.0 * np.sin(np.arange(n) / 6.0 * np.pi) + 5.0 * RNG.normal(size=n) for n in (60, 48, 40)]


def test_each_origin_sees_only_what_was_known_then():
    tested = backtest(ROWS, 6, [6, 9])
    made = forecast([row[:-9] for row in ROWS], 6)
    assert np.array_equal(tested.forecasts[ENGINE][1], made.mean)
    changed = [np.concatenate([row[:-6], row[-6:] * 3.0]) for row in ROWS]
    assert np.array_equal(backtest(changed, 6, [6]).forecasts[ENGINE], tested.forecasts[ENGINE][:1])


def test_errors_are_forecast_less_actual_by_lag():
    tested = backtest(ROWS, 3, [3])
    expected = tested.forecasts[SEASONAL_NAIVE][0, 0, 1] - ROWS[0][-2]
    assert tested.errors(SEASONAL_NAIVE)[0, 0, 1] == pytest.approx(expected)


def test_months_that_have_not_happened_are_unknown():
    tested = backtest(ROWS, 6, [2])
    assert np.isnan(tested.actual[0, :, 2:]).all()
    assert not np.isnan(tested.actual[0, :, :2]).any()
    assert np.isnan(tested.inside80[0, :, 2:]).all()


def test_a_history_too_short_at_an_origin_is_not_tested():
    tested = backtest([ROWS[0], ROWS[1][:8]], 6, [6])
    assert all(np.isnan(tested.forecasts[method][0, 1]).all() for method in METHODS)


def test_wape_by_lag_counts_all_origins():
    tested = backtest(ROWS, 2, [4, 2])
    for lag in range(2):
        error = sum(abs(tested.errors(MOVING_AVERAGE)[origin, 0, lag]) for origin in range(2))
        size = sum(tested.actual[origin, 0, lag] for origin in range(2))
        assert tested.wape_by_lag(MOVING_AVERAGE)[0, lag] == pytest.approx(error / size)


def test_bands_of_the_engine_hold_most_months():
    tested = backtest(ROWS, 6, range(6, 18))
    assert 0.6 < np.nanmean(tested.inside80) <= np.nanmean(tested.inside95)


def test_simple_methods_start_after_the_last_column():
    row = np.concatenate([np.arange(24.0), [np.nan]])
    made = simple_forecasts([row], 2)[SEASONAL_NAIVE]
    assert made[0] == pytest.approx([13.0, 14.0])  # month 24 is unknown; months 25 and 26 repeat 13 and 14


def test_the_scale_is_the_mean_change_from_a_year_before():
    steady = np.concatenate([np.full(12, 10.0), np.full(6, 14.0)])
    assert yearly_change([steady, np.ones(9), np.ones(30)]) == pytest.approx([4.0, np.nan, np.nan], nan_ok=True)


def test_origins_leave_a_year_of_history():
    assert rolling_origins(60, 6) == tuple(range(6, 18))
    assert rolling_origins(15, 6) == (1, 2, 3)
    assert rolling_origins(12, 6) == ()
