"""Rules, gaps and rows of differing shape."""

import numpy as np
import pytest

from sop_dash.core.demand.edges import Rule, gaps_filled, lift_above_zero, rules
from sop_dash.core.demand.level import smoothed_level
from sop_dash.core.demand.portfolio import pack, shifted_right

SPARSE = np.tile([0.0, 0.0, 3.0], 10)


@pytest.mark.parametrize(
    "history, rule",
    [
        (np.full(5, np.nan), Rule.NONE),
        (np.zeros(8), Rule.ZERO),
        (np.full(8, 3.0), Rule.CONSTANT),
        (np.array([3.0, 3.0]), Rule.LEVEL),
        (np.array([1.0, 2.0, 3.0]), Rule.LEVEL),
        (np.arange(1.0, 12.0), Rule.SMOOTHED),
        (np.arange(1.0, 13.0), Rule.SHORT),
        (np.arange(1.0, 25.0), Rule.SHORT),
        (np.arange(1.0, 26.0), Rule.COMBINATION),
        (SPARSE, Rule.SPARSE),
        (np.tile([0.0] * 9 + [5.0] * 3, 3), Rule.COMBINATION),
        (np.concatenate([np.zeros(20), np.arange(1.0, 20.0)]), Rule.COMBINATION),
    ],
)
def test_each_history_has_its_rule(history, rule):
    packed = pack([history])
    assert rules(packed.values, packed.length) == [rule]


def test_rows_end_at_their_last_known_month():
    packed = pack([[1.0, 2.0, np.nan], [np.nan, 4.0, 5.0], [np.nan, np.nan, np.nan], [6.0]])
    assert packed.behind.tolist() == [1, 0, 0, 0]
    assert packed.length.tolist() == [2, 2, 0, 1]
    assert packed.values == pytest.approx(
        np.array([[1.0, 2.0], [4.0, 5.0], [np.nan, np.nan], [np.nan, 6.0]]), nan_ok=True
    )


def test_months_older_than_the_cap_are_left_out():
    packed = pack([np.arange(10.0), np.arange(3.0)], most_months=4)
    assert packed.length.tolist() == [4, 3]
    assert packed.values[0].tolist() == [6.0, 7.0, 8.0, 9.0]


def test_rows_move_right_each_by_its_own_months():
    moved = shifted_right(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([1, 2]))
    assert moved == pytest.approx(np.array([[np.nan, 1.0, 2.0], [np.nan, np.nan, 4.0]]), nan_ok=True)


def test_a_gap_in_a_line_lies_on_the_line():
    packed = pack([[10.0, np.nan, 30.0, 40.0, np.nan, np.nan, 70.0]])
    assert gaps_filled(packed)[0] == pytest.approx([10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0], rel=0.05)


def test_a_gap_in_a_season_takes_its_season():
    season = np.tile([50.0] * 6 + [150.0] * 6, 4)
    holes = season.copy()
    holes[[3, 20, 33]] = np.nan
    assert gaps_filled(pack([holes]))[0] == pytest.approx(season, rel=0.15)


def test_known_months_are_never_touched_and_zero_stays_zero():
    history = np.array([0.0, 5.0, np.nan, 0.0, 7.0])
    filled = gaps_filled(pack([history]))[0]
    assert filled[[0, 1, 3, 4]].tolist() == [0.0, 5.0, 0.0, 7.0]
    assert filled[2] == 2.5


def test_only_histories_with_negative_months_are_lifted():
    lift = lift_above_zero(np.array([[1.0, 2.0], [-4.0, 2.0], [np.nan, np.nan]]))
    assert lift.tolist() == [0.0, 2.0 * 3.0 + 4.0, 0.0]


def test_a_level_of_four_months_is_smoothed():
    # from the mean 25: 25−6=19, 19+0.4·1=19.4, 19.4+0.4·10.6=23.64, 23.64+0.4·16.36=30.184
    level, width = smoothed_level(np.array([10.0, 20.0, 30.0, 40.0]))
    assert level == pytest.approx(30.184)
    assert width == pytest.approx(0.4 * np.sqrt(125.0) + 0.6 * 0.3 * 25.0)


def test_a_level_of_three_months_is_their_mean():
    assert smoothed_level(np.array([10.0, 20.0, 60.0]))[0] == 30.0
