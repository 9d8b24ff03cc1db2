"""Forecasts are judged on what was frozen; who kept none gets the cycles made again, on the data of that day."""

import numpy as np
import pytest

from sop_dash.core.demand.backtest import SEASONAL_NAIVE, simple_forecasts
from sop_dash.core.demand.engine import forecast
from sop_dash.core.demand.frozen import CONSENSUS, NAIVE, STATISTICAL, accuracy_at_lag, frozen_forecasts
from sop_dash.core.model.inputs import ForecastSnapshots
from sop_dash.core.model.periods import following

HISTORY = following("2025-01", 24)
NOTHING = ForecastSnapshots(cycles=(), months=(), families=(), steps=(), units=np.zeros(0))


def kept(*rows):
    cycles, months, steps, units = zip(*rows, strict=True)
    return ForecastSnapshots(
        cycles=cycles, months=months, families=(0,) * len(rows), steps=steps, units=np.array(units, dtype=float)
    )


def test_the_lag_is_the_month_less_the_cycle():
    snapshots = kept(
        ("2026-10", "2026-11", "consensus", 110.0),
        ("2026-10", "2026-12", "consensus", 90.0),
        ("2026-11", "2026-12", "consensus", 95.0),
    )
    frozen = frozen_forecasts(snapshots, np.full((1, 24), 100.0), HISTORY, lags=3)
    assert not frozen.replayed
    lag1, _ = frozen.at_lag(CONSENSUS, [1])
    lag2, _ = frozen.at_lag(CONSENSUS, [2])
    assert lag1.tolist() == [[110.0, 95.0]]
    assert lag2[0, 0] == 90.0
    assert np.isnan(lag2[0, 1])


def test_accuracy_counts_its_pairs_and_says_which_side_it_errs_to():
    snapshots = kept(
        ("2026-09", "2026-10", "statistical", 120.0),
        ("2026-10", "2026-11", "statistical", 90.0),
        ("2026-11", "2026-12", "statistical", 130.0),
        ("2026-12", "2027-01", "statistical", 500.0),
    )
    frozen = frozen_forecasts(snapshots, np.full((1, 24), 100.0), HISTORY, lags=2)
    (row,) = accuracy_at_lag(frozen, STATISTICAL, [1])
    # Errors +20, −10, +30: WAPE 60/300, bias +40/300. January is not closed.
    assert (row.pairs, row.asked) == (3, 3)
    assert row.wape == pytest.approx(0.20)
    assert row.bias == pytest.approx(40 / 300)
    assert row.error_units == pytest.approx(40 / 3)


def test_without_kept_forecasts_each_cycle_sees_only_the_months_closed_before_it():
    demand = np.array([np.linspace(50.0, 120.0, 24) + 7 * np.sin(np.arange(24.0))])
    frozen = frozen_forecasts(NOTHING, demand, HISTORY, lags=3, cycles=5)
    assert frozen.replayed
    assert frozen.cycles == HISTORY[-5:]
    np.testing.assert_allclose(frozen.steps[STATISTICAL][0, 0], forecast([demand[0, :19]], 3).mean[0])
    np.testing.assert_allclose(frozen.steps[NAIVE][0, 0], simple_forecasts([demand[0, :19]], 3)[SEASONAL_NAIVE][0])
    assert frozen.actual[0, 0].tolist() == demand[0, 19:22].tolist()
    later = demand.copy()
    later[0, 20:] = 900.0
    again = frozen_forecasts(NOTHING, later, HISTORY, lags=3, cycles=5)
    np.testing.assert_array_equal(again.steps[STATISTICAL][:2], frozen.steps[STATISTICAL][:2])


def test_a_company_of_five_months_has_no_cycle_to_replay():
    frozen = frozen_forecasts(NOTHING, np.full((2, 5), 10.0), HISTORY[:5], lags=3)
    assert frozen.cycles == ()
    assert frozen.actual.shape == (0, 2, 3)
    (first, _) = accuracy_at_lag(frozen, STATISTICAL, [1, 1])
    assert first.pairs == 0
    assert np.isnan(first.wape)
