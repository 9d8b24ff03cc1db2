"""The back-test of the baseline and the worth of each step, on families whose sales are known by heart."""

import numpy as np
import pytest

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
