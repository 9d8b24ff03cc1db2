"""The back-test of the baseline and the worth of each step, on families whose sales are known by heart."""

import numpy as np
import pytest

from sop_dash.core.model.inputs import ForecastSnapshots
from sop_dash.core.model.periods import shift
from sop_dash.core.studies.forecast_steps import forecast_steps
from sop_dash.core.studies.forecast_test import forecast_test
from tests.array_worlds import company_inputs, grain, sales

FAMILIES = ("Kettles", "Irons")


def test_repeating_last_year_has_no_error_where_every_year_is_the_same():
    g = grain(families=FAMILIES, history=48)
    year = 100.0 + 10.0 * np.arange(12)
    inputs = company_inputs(g, sales=sales(g, units=np.tile(year, 4)[None, None, :]))
    kettles, irons = forecast_test(inputs)
    assert (kettles.family, irons.family) == FAMILIES
    assert kettles.naive_next_month == pytest.approx(0.0)
    assert kettles.naive_three_ahead == pytest.approx(0.0)
    assert not kettles.better
    assert kettles.origins == 12


def test_a_baseline_that_follows_a_new_level_beats_repeating_last_year():
    g = grain(families=("Kettles",), history=40)
    stepped = np.concatenate((np.full(16, 100.0), np.full(24, 200.0)))
    stepped += np.tile((1.0, -1.0), 20)
    inputs = company_inputs(g, sales=sales(g, units=stepped[None, None, :]))
    (found,) = forecast_test(inputs)
    assert found.three_ahead < 0.05
    assert 0.0 <= found.inside80 <= 1.0


def test_a_short_history_cannot_be_tested():
    g = grain(families=FAMILIES, history=6)
    assert forecast_test(company_inputs(g, sales=sales(g, units=5.0))) == ()


def steps_of(*kept: tuple[str, float]):
    """Twelve months of 100 sold, each step kept one month ahead at its own figure."""
    g = grain(families=("Kettles",), history=12)
    rows = [(shift(month, -1), month, 0, step, units) for month in g.history for step, units in kept]
    cycles, months, families, steps, units = zip(*rows, strict=True)
    snapshots = ForecastSnapshots(cycles=cycles, months=months, families=families, steps=steps, units=np.array(units))
    return forecast_steps(company_inputs(g, sales=sales(g, units=100.0, net_revenue_value=500.0), snapshots=snapshots))


def test_a_step_is_worth_what_it_takes_off_the_error_of_the_step_before():
    naive, statistical, consensus = steps_of(("naive", 120.0), ("statistical", 110.0), ("consensus", 115.0))
    assert [step.wape_ratio for step in (naive, statistical, consensus)] == pytest.approx([0.2, 0.1, 0.15])
    assert statistical.added_points == pytest.approx(10.0)
    assert (consensus.added_points, consensus.verdict) == (pytest.approx(-5.0), "worse")


def test_one_step_alone_adds_nothing_that_can_be_told():
    assert steps_of(("consensus", 110.0)) == ()
