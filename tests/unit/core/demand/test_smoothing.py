"""Smoothing in one pass, against a plain filter and a general least-squares solver for its start."""

import numpy as np
import pytest

from sop_dash.core.demand.portfolio import pack
from sop_dash.core.demand.smoothing import Grid, Smoothed, smooth

SIMPLE = Grid(level=np.array([0.1, 0.6]), trend=np.zeros(2), damping=0.0)
DAMPED = Grid(level=np.array([0.2, 0.5]), trend=np.array([0.02, 0.1]), damping=0.9)


def run(history: np.ndarray, start: tuple[float, float], grid: Grid, point: int) -> tuple[np.ndarray, float, float]:
    """One run from a given start: errors, level and trend at the end."""
    level, trend = start
    errors = []
    for value in history:
        expected = level + grid.damping * trend
        errors.append(value - expected)
        level = expected + grid.level[point] * errors[-1]
        trend = grid.damping * trend + grid.trend[point] * errors[-1]
    return np.array(errors), level, trend


def best_run(history: np.ndarray, grid: Grid, point: int) -> tuple[float, float, float]:
    """The run from the start with the least squared error, found by a general solver."""
    zero = run(history, (0.0, 0.0), grid, point)[0]
    units = [(1.0, 0.0), (0.0, 1.0)][: grid.states]
    response = np.stack([zero - run(history, unit, grid, point)[0] for unit in units], axis=1)
    start = np.linalg.lstsq(response, zero, rcond=None)[0]
    errors, level, trend = run(history, (start[0], start[1] if grid.states > 1 else 0.0), grid, point)
    return float((errors**2).sum()), level, trend


@pytest.mark.parametrize("grid", [SIMPLE, DAMPED])
def test_one_pass_over_all_series_agrees_with_one_run_after_another(grid):
    rng = np.random.default_rng(1)
    rows = [10.0 + np.cumsum(rng.normal(size=months)) for months in (20, 45, 33, 45)]
    packed = pack(rows)
    found = smooth(packed.values, packed.length, grid)
    for number, history in enumerate(rows):
        for point in range(2):
            squares, level, trend = best_run(history, grid, point)
            assert found.squared_error[point, number] == pytest.approx(squares, rel=2e-3)
            assert found.level[point, number] == pytest.approx(level, rel=2e-3)
            assert found.trend[point, number] == pytest.approx(trend, abs=2e-2)


def test_a_constant_history_keeps_its_level():
    packed = pack([np.full(30, 5.0)])
    assert smooth(packed.values, packed.length, SIMPLE).level == pytest.approx(5.0)


def test_runs_are_averaged_by_their_likelihood():
    # squared errors 1 and 2 over 4 months: weights 1 and (1/2)^(4/2) = 1/4, as shares 0.8 and 0.2
    runs = Smoothed(squared_error=np.array([[1.0], [2.0]]), level=np.array([[10.0], [20.0]]), trend=np.zeros((2, 1)))
    error, level, _ = runs.averaged(np.array([4]))
    assert level == pytest.approx([12.0])
    assert error == pytest.approx([1.2])
