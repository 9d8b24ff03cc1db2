"""ABC, XYZ and the demand pattern against the textbook and hand sums."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.inventory.classes import (
    RankedBy,
    abc_classes,
    demand_patterns,
    variation,
    xyz_classes,
    yearly_value,
)
from tests.oracle_cases import assert_expected, oracle


def test_the_ten_items_of_silicon_chips() -> None:
    case = oracle("inventory_metrics", "abc-chips")
    items = case["inputs"]["items"]
    value = np.array([item["annual_volume"] * item["unit_cost"] for item in items])
    ranked = abc_classes(value, tuple(item["id"] for item in items))
    assert_expected(case, "value", value[ranked.order])
    assert_expected(case, "total", value.sum())
    assert_expected(case, "cumulative_share", ranked.share)
    assert ranked.abc[ranked.order].tolist() == case["expected"]["class_cutoff_80_95"]


def test_the_first_item_is_always_a_worthless_ones_are_c_and_unknown_ones_have_no_class() -> None:
    assert abc_classes(np.array([100.0, 0.0, -5.0, np.nan]), ("a", "b", "c", "d")).abc.tolist() == ["A", "C", "C", "–"]
    assert abc_classes(np.zeros(2), ("a", "b")).abc.tolist() == ["C", "C"]
    assert abc_classes(np.array([]), ()).abc.tolist() == []


def test_equal_values_are_ranked_by_id_and_a_share_that_just_reaches_a_limit_is_beyond_it() -> None:
    # five equal items: shares before are 0, 0.2, 0.4, 0.6 and 0.8, and 0.8 is no longer below 0.80
    ranked = abc_classes(np.full(5, 0.1), ("e", "d", "c", "b", "a"))
    assert ranked.order.tolist() == [4, 3, 2, 1, 0]
    assert ranked.abc[ranked.order].tolist() == ["A", "A", "A", "A", "B"]


@given(st.lists(st.floats(0.0, 1e6), min_size=1, max_size=30), st.integers(0, 10**6))
def test_the_order_of_the_items_does_not_change_their_classes(values: list[float], seed: int) -> None:
    ids = [f"i{number:02d}" for number in range(len(values))]
    place = np.random.default_rng(seed).permutation(len(values)).tolist()
    one = abc_classes(np.array(values), tuple(ids)).abc
    other = abc_classes(np.array([values[p] for p in place]), tuple(ids[p] for p in place)).abc
    assert [one[p] for p in place] == other.tolist()


def test_items_are_valued_in_the_way_that_knows_most_of_them_and_a_way_that_knows_none_is_not_taken() -> None:
    units, nothing = np.array([10.0, 20.0, 0.0]), np.full(3, np.nan)
    cost, revenue = np.array([2.0, np.nan, np.nan]), np.array([3.0, 4.0, np.nan])
    by_cost, way = yearly_value(units, cost, nothing)
    assert way is RankedBy.COST
    np.testing.assert_array_equal(by_cost, [20.0, np.nan, 0.0])  # an item without demand is worth nothing at any cost
    by_revenue, way = yearly_value(units, cost, revenue)  # revenue knows both that sell, cost one
    assert (by_revenue.tolist(), way) == ([30.0, 80.0, 0.0], RankedBy.REVENUE)
    assert yearly_value(units, np.array([2.0, 2.0, np.nan]), revenue)[1] is RankedBy.COST
    in_units, way = yearly_value(units, nothing, nothing)
    assert (in_units.tolist(), way) == ([10.0, 20.0, 0.0], RankedBy.UNITS)


def test_steadiness_is_the_spread_over_the_mean() -> None:
    demand = np.array(
        [
            [10.0, 10, 10, 10, 10, 10],  # no spread
            [0.0, 20, 0, 20, 0, 20],  # mean 10, deviation √(6·100/5) = 10.95
            [0.0, 0, 0, 0, 0, 60],  # deviation √(3000/5) = 24.5
            [np.nan, 10, 10, 10, 10, 10],  # five months only
            [0.0, 0, 0, 0, 0, 0],  # never sold
        ]
    )
    assert variation(demand)[1] == pytest.approx(np.sqrt(120.0) / 10.0)
    assert xyz_classes(demand).tolist() == ["X", "Z", "Z", "N", "N"]
    assert xyz_classes(demand, (0.5, 1.5)).tolist() == ["X", "Y", "Z", "N", "N"]


def test_the_pattern_tells_rare_from_uneven() -> None:
    demand = np.array(
        [
            [10.0, 11, 9, 10, 11, 9, 10, 10],
            [10.0, 0, 0, 10, 0, 0, 10, 0],  # a sale every 8/3 = 2.67 months
            [1.0, 40, 2, 50, 1, 60, 2, 3],
            [1.0, 0, 0, 90, 0, 0, 2, 0],
            [0.0, 0, 0, 0, 0, 0, 0, 0],
        ]
    )
    assert demand_patterns(demand).tolist() == ["smooth", "intermittent", "erratic", "lumpy", "none"]
