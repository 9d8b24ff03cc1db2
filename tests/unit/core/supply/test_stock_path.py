"""How stock moves from where it is to its target."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.supply.stock_path import stock_path


def test_a_surplus_glides_down_over_at_least_six_months() -> None:
    path = stock_path(np.array([160.0]), np.full((1, 8), 100.0), np.full((1, 8), 300.0))
    # 60 too many, 60 a month may go: one month would do, six are taken: 10 a month
    assert np.allclose(path.glide_units[0], [150.0, 140.0, 130.0, 120.0, 110.0, 100.0, 100.0, 100.0])
    assert path.target_units[0].tolist() == [100.0] * 8


def test_a_large_surplus_takes_twelve_months_at_most() -> None:
    path = stock_path(np.array([1300.0]), np.full((1, 14), 100.0), np.full((1, 14), 100.0))
    assert np.allclose(path.glide_units[0, [0, 5, 11, 13]], [1200.0, 700.0, 100.0, 100.0])


def test_a_shortage_is_rebuilt_over_three_months() -> None:
    path = stock_path(np.array([40.0]), np.full((1, 4), 100.0), np.full((1, 4), 50.0))
    assert np.allclose(path.target_units[0], [60.0, 80.0, 100.0, 100.0])
    assert np.allclose(path.glide_units, path.target_units)


@given(opening=st.floats(0, 1e4), target=st.lists(st.floats(0, 1e3), min_size=1, max_size=15))
def test_the_path_never_lies_below_the_target_nor_the_target_below_zero(opening: float, target: list[float]) -> None:
    goal = np.array([target])
    path = stock_path(np.array([opening]), goal, np.zeros_like(goal))
    assert (path.glide_units >= path.target_units).all()
    assert (path.target_units >= 0.0).all()
    assert (path.target_units <= goal).all()
