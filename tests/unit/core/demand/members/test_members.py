"""Each model on histories whose answer is known, and against a general solver."""

import numpy as np
import pytest

from sop_dash.core.demand.members.autoregression import autoregressions
from sop_dash.core.demand.members.damped import damped_holt
from sop_dash.core.demand.members.sparse import sparse_level, sparse_quantiles
from sop_dash.core.demand.members.theta import theta
from sop_dash.core.demand.portfolio import pack


def test_theta_adds_half_the_slope_of_a_line_to_its_end():
    packed = pack([10.0 + 2.0 * np.arange(40.0)])
    steps = np.diff(theta(packed.values, packed.length, 6)[0])
    assert steps == pytest.approx(1.0)


def test_theta_keeps_a_constant():
    packed = pack([np.full(40, 10.0)])
    assert theta(packed.values, packed.length, 6)[0] == pytest.approx(10.0)


def test_the_damped_trend_fades():
    packed = pack([10.0 + 2.0 * np.arange(40.0)])
    steps = np.diff(damped_holt(packed.values, packed.length, 6)[0][0])
    assert (steps > 0.0).all()
    assert steps[1:] / steps[:-1] == pytest.approx(0.95)


def test_the_error_of_a_damped_run_is_that_of_its_noise():
    noise = np.random.default_rng(8).normal(0.0, 3.0, 200)
    packed = pack([50.0 + noise])
    assert damped_holt(packed.values, packed.length, 1)[1][0] == pytest.approx(3.0, rel=0.2)


def plain_autoregression(history: np.ndarray, horizon: int, order: int) -> np.ndarray:
    """The same recipe with a general solver, one series at a time."""
    change = np.diff(history)
    mean, count = change.mean(), change.size
    centred = change - mean
    moments = np.array([(centred[lag:] * centred[: count - lag]).sum() for lag in range(order + 1)])
    correlation = moments / moments[0] / (1.0 + np.arange(order + 1) / count)
    system = correlation[np.abs(np.subtract.outer(np.arange(order), np.arange(order)))]
    coefficients = np.linalg.solve(system, correlation[1:])
    path = list(centred)
    for _ in range(horizon):
        path.append(sum(coefficients[lag] * path[-1 - lag] for lag in range(order)))
    return history[-1] + np.cumsum(np.array(path[count:]) + 0.5 * mean)


def test_autoregression_agrees_with_a_general_solver():
    rng = np.random.default_rng(2)
    rows = [np.cumsum(rng.normal(size=months)) + np.arange(months) for months in (40, 90, 61)]
    packed = pack(rows)
    short, long = autoregressions(packed.values, packed.length, 8, (12, 24))
    for number, history in enumerate(rows):
        assert short[number] == pytest.approx(plain_autoregression(history, 8, 12))
        assert long[number] == pytest.approx(plain_autoregression(history, 8, 24))


def test_autoregression_of_a_short_line_keeps_half_its_slope():
    packed = pack([10.0 + 2.0 * np.arange(6.0)])
    assert autoregressions(packed.values, packed.length, 3, (12,))[0][0] == pytest.approx([21.0, 22.0, 23.0])


def plain_sparse_level(history: np.ndarray) -> float:
    sales = history[history != 0.0]
    chance, size = sales.size / history.size, sales.mean()
    for value in history:
        if value:
            size += 0.1 * (value - size)
        chance += 0.1 * ((value != 0.0) - chance)
    return float(chance * size)


def test_sparse_level_agrees_with_a_plain_loop():
    rng = np.random.default_rng(5)
    rows = [np.where(rng.random(months) < 0.3, rng.integers(1, 9, months), 0).astype(float) for months in (20, 50, 33)]
    packed = pack(rows)
    assert sparse_level(packed.values, packed.length) == pytest.approx([plain_sparse_level(row) for row in rows])


def test_a_dying_item_fades():
    alive = np.tile([0.0, 0.0, 6.0], 12)
    packed = pack([alive, np.concatenate([alive, np.zeros(24)])])
    running, dying = sparse_level(packed.values, packed.length)
    assert dying < 0.15 * running


def test_quantiles_of_sparse_demand_move_with_its_level():
    history = np.tile([0.0, 0.0, 0.0, 10.0], 12)
    assert sparse_quantiles(history, 2.5, (0.1, 0.9)).tolist() == [0.0, 10.0]
    assert sparse_quantiles(history, 1.25, (0.1, 0.9)).tolist() == [0.0, 5.0]
