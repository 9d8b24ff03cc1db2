"""Hours, their defaults and what is asked of them."""

import numpy as np
import pytest

from sop_dash.core.supply.capacity import (
    UtilisationBand,
    demonstrated_hours,
    fitted_to_hours,
    load_hours,
    overtime_premium_per_hour,
    planned_capacity_hours,
    ramp_limit,
    run_rate_units,
    utilisation_bands,
    utilisation_ratio,
)

NAN = np.nan


def test_load_is_units_times_hours_per_unit_summed_over_families() -> None:
    # 10 × 2 + 5 × 4 = 40 hours; 20 × 2 = 40
    assert load_hours(np.array([[10.0, 20.0], [5.0, 0.0]]), np.array([[2.0, 4.0]])).tolist() == [[40.0, 40.0]]


def test_utilisation_is_unknown_where_hours_are_unknown_or_zero() -> None:
    ratio = utilisation_ratio(np.array([[50.0, 50.0, 50.0]]), np.array([[100.0, NAN, 0.0]]))
    assert ratio[0, 0] == 0.5
    assert np.isnan(ratio[0, 1:]).all()


def test_both_ends_of_the_utilisation_band_belong_to_it() -> None:
    bands = utilisation_bands(np.array([[NAN, 0.79, 0.8, 0.9, 0.95, 1.0, 1.2]]), 0.8, 0.9)
    band = UtilisationBand
    expected = [band.NO_DATA, band.LOW, band.IN_BAND, band.IN_BAND, band.HIGH, band.HIGH, band.OVER]
    assert bands[0].tolist() == expected


def test_demonstrated_hours_are_the_best_day_rate_of_the_past() -> None:
    shown = demonstrated_hours(
        np.array([[310.0, 290.0, NAN], [NAN, NAN, NAN]]), np.array([31.0, 28.0, 30.0]), np.array([30.0, 31.0])
    )
    # 310 / 31 = 10 a day, 290 / 28 = 10.357 a day: the short month was the better one
    assert shown[0].tolist() == pytest.approx([290.0 / 28 * 30, 290.0 / 28 * 31])
    assert np.isnan(shown[1]).all()


def test_capacity_is_what_was_reached_when_that_exceeds_theory() -> None:
    hours = planned_capacity_hours(np.array([[100.0], [100.0], [NAN]]), np.array([[127.0], [NAN], [50.0]]), 0.15)
    # 127 / 1.15 = 110.43; never demonstrated: 100; theory unknown stays unknown
    assert hours[0, 0] == pytest.approx(110.4348, abs=1e-4)
    assert hours[1, 0] == 100.0
    assert np.isnan(hours[2, 0])


def test_one_premium_per_hour_returns_the_premiums_per_unit_in_total() -> None:
    hours_per_unit = np.array([[1.0, 2.0, 0.0], [1.0, 0.0, 0.0]])
    rate = overtime_premium_per_hour(np.array([4.0, 3.0, 99.0]), hours_per_unit, np.array([10.0, 20.0, 30.0]))
    # (4 × 10 + 3 × 20) / (2 × 10 + 2 × 20) = 100 / 60; the third family needs no hours and does not count
    assert rate == pytest.approx(100.0 / 60.0)
    assert overtime_premium_per_hour(np.array([4.0]), np.zeros((1, 1)), np.array([10.0])) == 0.0


def test_the_run_rate_is_shipments_and_rise_of_stock_per_day() -> None:
    shipped = np.array([[500.0, 90.0, 100.0, 110.0], [0.0, 10.0, 10.0, 10.0]])
    stock = np.array([[50.0, 60.0, 70.0, 141.0], [100.0, 60.0, 40.0, 20.0]])
    rate = run_rate_units(shipped, stock, np.array([31.0, 30.0, 31.0, 30.0]), 31.0)
    # family 1: 300 shipped + 91 into stock = 391 in 91 days; family 2 lived on stock: 30 − 80 < 0
    assert rate.tolist() == pytest.approx([391.0 / 91.0 * 31.0, 0.0])


def test_without_history_nothing_is_assumed_to_run() -> None:
    assert run_rate_units(np.zeros((2, 0)), np.zeros((2, 0)), np.zeros(0), 30.0).tolist() == [0.0, 0.0]


def test_output_is_cut_to_the_scarcest_resource_a_family_uses() -> None:
    units = fitted_to_hours(
        np.array([10.0, 10.0, 10.0]), np.array([[1.0, 1.0, 0.0], [0.0, 2.0, 0.0]]), np.array([10.0, 15.0])
    )
    # resource 1: 20 asked of 10 → half; resource 2: 20 of 15 → three quarters; family 3 uses neither
    assert units.tolist() == [5.0, 5.0, 10.0]
    assert fitted_to_hours(np.array([10.0]), np.array([[1.0]]), np.array([NAN])).tolist() == [10.0]


def test_the_ramp_holds_for_well_used_resources_until_its_last_month() -> None:
    ramp = ramp_limit(
        np.array([60.0, 40.0, 50.0]),
        np.array([100.0, 100.0, NAN]),
        np.array([30.0, 31.0, 30.0]),
        np.array([5.0, 5.0, 5.0]),
        change_ratio=0.15,
        penalty_ratio=2.0,
        last_month=7,
    )
    assert ramp is not None
    assert ramp.resources == (0,)
    assert (ramp.first_month, ramp.last_month) == (1, 2)
    # 15 % of 60 hours in 30 days = 0.3 hours a day; 2 × 5 an hour
    assert ramp.max_step_hours_per_day.tolist() == pytest.approx([0.3])
    assert ramp.penalty_per_hour.tolist() == [10.0]


def test_no_busy_resource_needs_no_ramp() -> None:
    nothing = ramp_limit(
        np.array([10.0]), np.array([100.0]), np.array([30.0, 31.0]), np.array([5.0]),
        change_ratio=0.15, penalty_ratio=2.0, last_month=7,
    )  # fmt: skip
    assert nothing is None
