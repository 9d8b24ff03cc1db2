"""What was forecast one cycle ahead."""

from dataclasses import replace

import numpy as np
import pytest

from sop_dash.core.demand.engine import forecast
from sop_dash.core.model.inputs import ForecastSnapshots
from sop_dash.core.plan.past_forecasts import forecasts_at_lag1, forecasts_at_lags
from tests.unit.core.plan.plan_worlds import press_company


def test_kept_forecasts_count_at_lag_one_and_the_last_step():
    kept = ForecastSnapshots(
        cycles=("2026-09", "2026-09", "2026-10", "2026-10"),
        months=("2026-10", "2026-10", "2026-10", "2026-11"),
        families=(0, 0, 0, 0),
        steps=("statistical", "consensus", "consensus", "consensus"),
        units=np.array([90.0, 95.0, 99.0, 101.0]),
    )
    past = forecasts_at_lag1(replace(press_company(), snapshots=kept))
    assert not past.replayed
    assert past.units[0, -1] == 95.0  # October, made in September, consensus
    assert np.isnan(past.units[0, :-1]).all()


def test_without_kept_forecasts_the_baseline_is_replayed_on_what_was_known():
    company = press_company(history=24)
    company.sales.demand_units[0, 0] = np.arange(24.0) + 50.0
    past = forecasts_at_lag1(company)
    assert past.replayed
    known = company.sales.demand_units[0, 0, :22]  # two months earlier
    assert past.units[0, -1] == pytest.approx(forecast([known], 2).mean[0, 1])
    assert np.isfinite(past.units[0, -12:]).all()
    assert np.isnan(past.units[0, :12]).all()


def test_at_another_lag_the_cycle_that_many_months_before_counts():
    kept = ForecastSnapshots(
        cycles=("2026-08", "2026-09"),
        months=("2026-10", "2026-10"),
        families=(0, 0),
        steps=("consensus", "consensus"),
        units=np.array([80.0, 95.0]),
    )
    company = replace(press_company(), snapshots=kept)
    assert forecasts_at_lags(company, (2,)).units[0, -1] == 80.0
    assert forecasts_at_lags(company, (1,)).units[0, -1] == 95.0
    assert np.isnan(forecasts_at_lags(company, (3,)).units).all()
