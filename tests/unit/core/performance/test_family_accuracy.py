"""Accuracy by family; biases that hide one another are told."""

import numpy as np
import pytest

from sop_dash.core.performance.family_accuracy import accuracy_by_family, offsetting


def rows_for(actual, forecast, *, weights=(1.0, 1.0), window=12):
    return accuracy_by_family(
        ("A", "B"), np.array(actual, float), np.array(forecast, float), np.array(weights), window=window
    )


def test_opposite_errors_do_not_cancel_across_families():
    found = {row.family: row for row in rows_for([[100.0] * 6, [100.0] * 6], [[130.0] * 6, [70.0] * 6])}
    assert found["A"].bias == pytest.approx(0.30)
    assert found["B"].bias == pytest.approx(-0.30)
    assert (found["A"].tracking_signal, found["B"].tracking_signal) == (pytest.approx(6.0), pytest.approx(-6.0))
    assert found["A"].alarm
    assert offsetting(tuple(found.values()), band=0.05, company_bias=0.0) == ("A", "B")


def test_a_biased_company_hides_nothing():
    rows = rows_for([[100.0], [100.0]], [[130.0], [130.0]])
    assert offsetting(rows, band=0.05, company_bias=0.30) == ()
    assert offsetting(rows, band=0.05, company_bias=float("nan")) == ()


def test_the_tracking_signal_does_not_grow_with_the_length_of_the_history():
    long = rows_for([[100.0] * 48] * 2, [[110.0] * 48] * 2)
    assert long[0].tracking_signal == pytest.approx(12.0)  # twelve months, not 48


def test_months_without_a_forecast_are_counted_and_left_out():
    row = next(r for r in rows_for([[100.0, 0.0, 50.0]] * 2, [[np.nan, 10.0, 60.0]] * 2) if r.family == "A")
    assert (row.months, row.asked, row.mape_excluded) == (2, 3, 1)
    assert row.wape == pytest.approx(0.4)  # 20 of 50
    assert row.mape == pytest.approx(0.2)


def test_the_family_with_most_money_comes_first():
    rows = rows_for([[1.0], [1000.0]], [[1.0], [1000.0]], weights=(5000.0, 1.0))
    assert [row.family for row in rows] == ["A", "B"]
