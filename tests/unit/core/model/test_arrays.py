"""Nothing is worth nothing; what is unknown stays unknown. Expected values worked out by hand."""

import numpy as np
from numpy.testing import assert_allclose

from sop_dash.core.model.arrays import worth

UNKNOWN = np.nan


def test_units_of_unknown_cost_are_of_unknown_worth_and_none_are_worth_nothing():
    assert_allclose(worth(np.array([2.0, 3.0, 0.0]), np.array([60.0, UNKNOWN, UNKNOWN])), [120.0, UNKNOWN, 0.0])


def test_what_a_solver_leaves_of_no_units_is_no_units():
    left = np.array([4e-12, -4e-12, 5e-7])  # less than a millionth of a unit
    assert_allclose(worth(left, np.full(3, UNKNOWN)), [0.0, 0.0, 0.0])


def test_what_counts_as_nothing_grows_with_the_units_beside_it():
    # a solver works to so many digits: beside 200,000 units it leaves up to a billionth of them, 0.0002
    stock = np.array([200_000.0, 1.5e-4, 3e-4])
    assert_allclose(worth(stock, np.full(3, UNKNOWN)), [UNKNOWN, 0.0, UNKNOWN])


def test_unknown_units_stay_unknown_at_any_price():
    assert_allclose(worth(np.array([UNKNOWN, 1.0]), np.array([0.0, 2.0])), [UNKNOWN, 2.0])
