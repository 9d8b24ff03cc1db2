"""Forecast against the last twelve months."""

import numpy as np
import pytest

from sop_dash.core.demand.plausibility import is_unusual, ratio_to_last_year

YEAR = np.arange(1.0, 13.0)


def test_the_same_months_are_compared():
    values = np.stack([YEAR, YEAR])
    # three months ahead: (2 + 2 + 2) / (1 + 2 + 3) and (3 + 3 + 3) / 6
    found = ratio_to_last_year(values, np.array([12, 12]), np.array([[2.0] * 3, [3.0] * 3]))
    assert found == pytest.approx([1.0, 1.5])


def test_a_young_item_and_a_year_without_sales_have_no_ratio():
    values = np.stack([np.concatenate([[np.nan], YEAR[1:]]), np.zeros(12)])
    assert np.isnan(ratio_to_last_year(values, np.array([11, 12]), np.ones((2, 12)))).all()


def test_only_what_lies_outside_is_unusual():
    assert is_unusual(np.array([0.59, 0.6, 1.0, 1.6, 1.61, np.nan])).tolist() == [
        True,
        False,
        False,
        False,
        True,
        False,
    ]
