"""Each model on histories whose answer is known, and against a general solver."""

import numpy as np
import pytest

from sop_dash.core.demand.members.autoregression import LONGEST_ECHO, changes, echoed, echoes
from sop_dash.core.demand.members.damped import damped_holt
from sop_dash.core.demand.members.line import slope
from sop_dash.core.demand.members.sparse import sparse_level, sparse_quantiles
from sop_dash.core.demand.members.theta import theta
from sop_dash.core.demand.portfolio import pack


def down(*rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Histories as months × series, where they are known, and their lengths."""
    packed = pack(rows)
    return np.nan_to_num(packed.values.T), ~np.isnan(packed.values.T), packed.length


def test_theta_adds_half_the_slope_of_a_line_to_its_end():
    steps = np.diff(theta(*down(10.0 + 2.0 * np.arange(40.0)), 6)[:, 0])
    assert steps == pytest.approx(1.0)


def test_theta_keeps_a_constant():
    assert theta(*down(np.full(40, 10.0)), 6)[:, 0] == pytest.approx(10.0)


def test_theta_of_a_series_does_not_depend_on_longer_ones_beside_it():
    short, long = 50.0 + np.sin(np.arange(30.0)), 10.0 + np.arange(90.0)
    assert theta(*down(short, long), 6)[:, 0] == pytest.approx(theta(*down(short), 6)[:, 0])


def test_the_damped_trend_fades():
    made = damped_holt(*down(10.0 + 2.0 * np.arange(40.0)), 6)[:, 0]
    assert made[0] > 88.0  # the last month has 88
    steps = np.diff(made)
    assert (steps > 0.0).all()
    assert steps[1:] / steps[:-1] == pytest.approx(0.97)  # of its two fades the later fits a line


def test_the_damped_trend_of_a_short_history_starts_level():
    assert damped_holt(*down(np.full(12, 7.0), 5.0 + np.arange(60.0)), 3)[:, 0] == pytest.approx(7.0)


def plain_damped(history: np.ndarray, speed: float, fade: float) -> tuple[float, float, float]:
    """One run, and its squared error; level and trend begin with the first two years."""
    first, second = history[:12].mean(), history[12:24].mean()
    trend = (second - first) / 12.0
    level, squares = first - 6.5 * trend, 0.0
    for value in history:
        level, trend = level + fade * trend, fade * trend
        error = value - level
        level, trend, squares = level + speed * error, trend + 0.1 * speed * error, squares + error**2
    return level, trend, squares


def test_the_damped_trend_agrees_with_one_run_after_another():
    rng = np.random.default_rng(4)
    rows = [50.0 + np.cumsum(rng.normal(size=months)) for months in (30, 47)]
    made = damped_holt(*down(*rows), 4)
    for number, history in enumerate(rows):
        fades = [fade for _ in range(4) for fade in (0.85, 0.97)]
        speeds = [speed for speed in (0.05, 0.2, 0.5, 0.9) for _ in range(2)]
        runs = [plain_damped(history, speed, fade) for speed, fade in zip(speeds, fades, strict=True)]
        squares = np.array([run[2] for run in runs])
        weight = (squares / squares.min()) ** (-0.5 * len(history))
        ahead = [run[0] + fade * run[1] for run, fade in zip(runs, fades, strict=True)]
        assert made[0, number] == pytest.approx(weight @ np.array(ahead) / weight.sum())


def plain_orders(history: np.ndarray) -> tuple[list[np.ndarray], np.ndarray]:
    """Coefficients of every order, nearest lag first, by a general solver; and what each leaves of the variance."""
    change = np.diff(history)
    centred, count = change - change.mean(), change.size
    lags = np.arange(LONGEST_ECHO + 1)
    moments = np.array([(centred[lag:] * centred[: max(count - lag, 0)]).sum() for lag in lags])
    correlation = moments / moments[0] / (1.0 + lags / count)
    found, left = [np.zeros(0)], [1.0]
    for order in lags[1:]:
        system = correlation[np.abs(np.subtract.outer(np.arange(order), np.arange(order)))]
        found.append(np.linalg.solve(system, correlation[1 : order + 1]))
        left.append(1.0 - float(found[-1] @ correlation[1 : order + 1]))
    return found, np.array(left)


def plain_drift(history: np.ndarray) -> float:
    change, months = np.diff(history), len(history)
    slope = np.polyfit(np.arange(months), history, 1)[0]
    squared_t = slope**2 / (change.var() / change.size)
    worth = months * min(1.0 + squared_t / 100.0, 8.0)
    return float(slope * worth / (worth + 180.0))


def plain_echo(history: np.ndarray, coefficients: np.ndarray, horizon: int) -> np.ndarray:
    change = np.diff(history)
    path = list(change - change.mean())
    for _ in range(horizon):
        path.append(sum(own * path[-1 - lag] for lag, own in enumerate(coefficients)))
    return history[-1] + np.cumsum(np.array(path[len(change) :]) + plain_drift(history))


def test_echoes_agree_with_a_general_solver():
    rng = np.random.default_rng(2)
    rows = [np.cumsum(rng.normal(size=months)) + np.arange(months) for months in (40, 90, 61)]
    given = down(*rows)
    seen = changes(*given)
    found = echoes(seen)
    year, mixed = echoed(((seen, found.of_a_year), (seen, found.averaged)), 8)
    for number, history in enumerate(rows):
        orders, left = plain_orders(history)
        weight = np.exp(-(0.5 * (len(history) - 1) * np.log(left) + np.arange(LONGEST_ECHO + 1)) / 8.0)
        weight /= weight.sum()
        averaged = sum(
            share * np.pad(own, (0, LONGEST_ECHO - len(own))) for share, own in zip(weight, orders, strict=True)
        )
        assert year[:, number] == pytest.approx(plain_echo(history, orders[12], 8))
        assert mixed[:, number] == pytest.approx(plain_echo(history, averaged, 8))
        assert found.rest[number] == pytest.approx(float(weight @ left))


def test_a_straight_line_of_twenty_months_keeps_eight_seventeenths_of_its_slope():
    seen = changes(*down(10.0 + 2.0 * np.arange(20.0)))  # 8 · 20 / (8 · 20 + 180) of 2
    assert echoed(((seen, echoes(seen).averaged),), 3)[0][:, 0] == pytest.approx(48.0 + 16.0 / 17.0 * np.arange(1, 4))


def test_growth_is_kept_the_less_the_shorter_and_the_more_uneven_the_history():
    rng = np.random.default_rng(6)
    calm, rough = (np.cumsum(rng.normal(1.0, sd, 240)) for sd in (1.0, 8.0))
    kept = [changes(*down(row)).drift[0] / slope(*down(row)[::2])[0] for row in (calm, calm[:60], rough, rough[:60])]
    # 180 / (n + 180) would leave 4/7 and 1/4 of growth that is chance alone
    assert kept[0] > kept[2] > 240.0 / 420.0
    assert kept[1] > kept[3] > 60.0 / 240.0
    assert kept[0] > kept[1]
    assert kept[2] > kept[3]


def test_the_variance_of_changes_leaves_out_their_mean():
    # changes 1, 3, 1, 3: mean 2, deviations of 1
    assert changes(*down(np.array([0.0, 1.0, 4.0, 5.0, 8.0]))).variance == pytest.approx([1.0])


def test_a_slope_is_that_of_the_line_of_least_squares():
    # 1, 2, 6: deviations of time -1, 0, 1 times the values are 5, over their squares 2
    values, _, length = down(np.array([1.0, 2.0, 6.0]), np.arange(5.0), np.array([4.0]))
    assert slope(values, length) == pytest.approx([2.5, 1.0, 0.0])


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
