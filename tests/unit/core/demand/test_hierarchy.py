"""Families share their forecast among their items; categories add theirs up; nothing is lost on the way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sop_dash.core.demand.hierarchy import item_shares, rolled_up, split_down
from sop_dash.core.model.inputs import NO_ITEMS, ItemHistory
from sop_dash.core.model.periods import following


def items(units, families, *, launch=None, end=None, predecessors=None):
    count = len(units)
    return ItemHistory(
        skus=tuple(f"S{n}" for n in range(count)),
        names=("",) * count,
        families=tuple(families),
        units=np.array(units, dtype=float),
        launch_months=tuple(launch or ("",) * count),
        end_months=tuple(end or ("",) * count),
        predecessors=tuple(predecessors or ("",) * count),
    )


def test_a_total_is_split_in_the_proportions_of_the_parts():
    # 60 in the proportion 1 : 2; nothing known about the second month, so in halves.
    assert split_down(np.array([60.0, 10.0]), np.array([[10.0, 0.0], [20.0, np.nan]])).tolist() == [
        [20.0, 5.0],
        [40.0, 5.0],
    ]


@given(
    arrays(np.float64, (4, 3), elements=st.floats(0, 1e6)),
    arrays(np.float64, (3,), elements=st.floats(0, 1e6)),
)
def test_parts_always_add_up_to_the_total(parts, total):
    np.testing.assert_allclose(split_down(total, parts).sum(axis=0), total, rtol=1e-9, atol=1e-6)


def test_items_share_the_forecast_of_their_family_by_their_own_forecasts():
    history = items([[30.0] * 24, [10.0] * 24, [5.0] * 24], [0, 0, 1])
    result = item_shares(history, following("2027-01", 3)).of(np.array([[80.0] * 3, [7.0] * 3]))
    np.testing.assert_allclose(result, [[60.0] * 3, [20.0] * 3, [7.0] * 3])


def test_an_item_has_no_share_after_its_end_and_its_follower_takes_its_place():
    history = items(
        [[30.0] * 24, [10.0] * 24, [np.nan] * 24],
        [0, 0, 0],
        end=["2027-01", "", ""],
        launch=["", "", "2027-02"],
        predecessors=["", "", "S0"],
    )
    result = item_shares(history, following("2027-01", 2)).of(np.array([[80.0, 80.0]]))
    np.testing.assert_allclose(result, [[60.0, 0.0], [20.0, 20.0], [0.0, 60.0]])


def test_a_company_without_items_has_no_rows():
    assert item_shares(NO_ITEMS, following("2027-01", 3)).of(np.ones((2, 3))).shape == (0, 3)


def test_items_without_any_forecast_share_by_their_last_year_and_else_equally():
    # All items end with 2026, yet the family goes on: 10 × 12 against 30 × 12 units of last year, so 1 : 3.
    history = items([[10.0] * 24, [30.0] * 24, [np.nan] * 24, [np.nan] * 24], [0, 0, 1, 1], end=["2026-12"] * 4)
    result = item_shares(history, following("2027-01", 2)).of(np.array([[80.0, 40.0], [9.0, 9.0]]))
    np.testing.assert_allclose(result, [[20.0, 10.0], [60.0, 30.0], [4.5, 4.5], [4.5, 4.5]])


def test_a_new_item_says_whose_forecast_it_takes():
    history = items([[30.0] * 24, [np.nan] * 24], [0, 0], predecessors=["", "S0"])
    assert item_shares(history, following("2027-01", 2)).methods[1] == "as S0, which it replaces"


def test_categories_add_up_their_families():
    names, sums = rolled_up(np.array([[1.0, np.nan], [2.0, np.nan], [5.0, 6.0]]), ("Kitchen", "Kitchen", "Home"))
    assert names == ("Kitchen", "Home")
    assert sums[0, 0] == 3.0
    assert np.isnan(sums[0, 1])
    assert sums[1].tolist() == [5.0, 6.0]
    assert sums[:, 0].sum() == pytest.approx(8.0)
