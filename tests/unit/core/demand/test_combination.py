"""The median of the models and the width of its errors."""

import numpy as np
import pytest

from sop_dash.core.demand.combination import beyond_sample, median


def test_errors_to_come_are_larger_than_those_a_season_was_fitted_to():
    found = beyond_sample(np.array([36, 36, 36]), np.array([1.0, 0.5, 0.0]))
    # (36 + 12) / (36 − 12), (36 + 6) / (36 − 6), and nothing fitted
    assert found == pytest.approx([2.0, 1.4, 1.0])


def test_the_middle_of_an_even_number_of_models_lies_between_the_two_inner_ones():
    made = np.array([[4.0], [1.0], [100.0], [2.0]])
    assert median(made)[0] == 3.0
