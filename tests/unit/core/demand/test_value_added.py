"""The staircase from naive to consensus, on shared pairs, with a verdict only from twelve on."""

import numpy as np
import pytest

from sop_dash.core.demand.value_added import staircase, steps
from tests.oracle_cases import oracle


def test_the_published_staircase():
    case = oracle("forecast_accuracy", "fva-stairstep")
    errors = {name: points / 100.0 for name, points in case["inputs"]["error_pct"].items()}
    found = {step.name: step for step in steps(errors, pairs=24)}
    for name, points in case["expected"]["fva_vs_previous"].items():
        assert found[name].added_points == pytest.approx(points)
    for name, points in case["expected"]["fva_vs_naive"].items():
        assert found[name].added_to_first_points == pytest.approx(points)
    assert [step.verdict for step in found.values()] == [None, "better", "worse"]


def test_all_steps_are_judged_on_the_pairs_they_share():
    actual = np.array([100.0, 100.0, 100.0, np.nan])
    naive = np.array([130.0, 130.0, 500.0, 130.0])
    consensus = np.array([110.0, 90.0, np.nan, 110.0])
    first, second = staircase({"naive": naive, "consensus": consensus}, actual)
    assert first.wape_ratio == pytest.approx(0.30)  # 60 / 200: the third month has no consensus
    assert second.wape_ratio == pytest.approx(0.10)
    assert second.added_points == pytest.approx(20.0)
    assert second.pairs == 2


def test_under_twelve_pairs_the_count_is_shown_and_no_verdict():
    actual = np.full(12, 100.0)
    forecasts = {"naive": actual + 20.0, "statistical": actual + 10.0}
    eleven = staircase({name: values[:11] for name, values in forecasts.items()}, actual[:11])
    assert (eleven[1].pairs, eleven[1].verdict) == (11, None)
    assert staircase(forecasts, actual)[1].verdict == "better"


def test_a_step_that_changes_nothing_is_equal():
    actual = np.full(12, 100.0)
    assert staircase({"naive": actual + 5.0, "sales": actual - 5.0}, actual)[1].verdict == "equal"


def test_without_sales_there_is_no_error_and_no_verdict():
    second = staircase({"naive": np.ones(12), "sales": np.zeros(12)}, np.zeros(12))[1]
    assert np.isnan(second.wape_ratio)
    assert second.verdict is None
