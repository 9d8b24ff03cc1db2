"""Resources in one line each: use, bands, runs of overtime, and the load profile on the closed months."""

from dataclasses import replace

import numpy as np
import pytest

from sop_dash.core.performance.resource_lines import load_test, longest_run, resource_lines
from tests import array_worlds as worlds
from tests.array_plans import plan_of

G = worlds.grain(families=("Kettles",), resources=("Press",), history=3, horizon=6)
NAN = np.nan


def company(**supply: object):
    inputs = worlds.company_inputs(G)
    given = {name: np.asarray(value, dtype=np.float64) for name, value in supply.items()}
    return replace(inputs, supply=replace(inputs.supply, **given))


def test_the_load_profile_is_tested_where_output_and_hours_are_known():
    # 0.5 h × 200 and 100 units = 100 and 50 h, booked 80 and 50: 20 of 130 too much; March has no hours.
    inputs = company(hours_per_unit=[[0.5]], actual_units=[[200.0, 100.0, 100.0]], used_hours=[[80.0, 50.0, NAN]])
    found = load_test(inputs)
    assert found.standard_hours.tolist() == [[100.0, 50.0, 50.0]]
    assert found.months.tolist() == [2.0]
    assert found.bias_ratio == pytest.approx([150.0 / 130.0 - 1.0])
    assert found.error_ratio == pytest.approx([20.0 / 130.0])


def test_a_profile_without_hours_booked_is_unknown():
    found = load_test(company(hours_per_unit=[[0.5]], actual_units=[[1.0, 2.0, 3.0]]))
    assert np.isnan(found.bias_ratio).all()


def test_months_fall_into_the_band_with_both_its_ends():
    used = [[50.0, 80.0, 90.0, 95.0, 100.0, 120.0]]
    plan = plan_of(G, demand=1.0, make=1.0, hours_used=used, available_hours=100.0)
    hours = np.full((1, 6), 100.0)
    inputs = company(capacity_lead_time_months=[3.0], changeover_ratio=[0.1])
    (line,) = resource_lines(inputs, plan.supply, given_hours=hours, shown_hours=1.1 * hours, band=(0.8, 0.9), months=6)
    assert (line.under, line.in_band, line.above, line.over) == (1, 2, 2, 1)
    assert line.use_ratio == pytest.approx(535.0 / 600.0)
    assert (line.peak_ratio, line.peak_month) == (1.2, 5)
    assert (line.overtime_hours, line.overtime_run) == (20.0, 1)
    assert (line.lead_time_months, line.changeover_ratio) == (3.0, 0.1)
    assert (line.given_hours, line.shown_hours) == (100.0, pytest.approx(110.0))


def test_unknown_hours_are_in_no_band():
    plan = plan_of(G, demand=1.0, make=1.0, hours_used=50.0, available_hours=NAN)
    unknown = np.full((1, 6), NAN)
    (line,) = resource_lines(
        company(), plan.supply, given_hours=unknown, shown_hours=unknown, band=(0.8, 0.9), months=6
    )
    assert (line.under, line.in_band, line.above, line.over, line.peak_month) == (0, 0, 0, 0, -1)
    assert np.isnan(line.use_ratio)


def test_the_longest_run_of_months():
    assert longest_run(np.array([True, True, False, True, True, True, False])) == 3
    assert longest_run(np.zeros(4, dtype=bool)) == 0
