"""Smoothing in one pass, against a plain filter and a general least-squares solver for its start."""

import numpy as np
import pytest

from sop_dash.core.demand.smoothing import Smoothed, smooth

SPEEDS = np.array([0.1, 0.6])


def run(history: np.ndarray, level: float, speed: float) -> tuple[np.ndarray, float]:
    """One run from a given start: errors, and the level at the end."""
    errors = []
    for value in history:
        errors.append(value - level)
        level += speed * errors[-1]
    return np.array(errors), level


def best_run(history: np.ndarray, speed: float) -> tuple[float, float]:
    """Squared error and last level of the run from the start with the least squared error."""
    zero, response = run(history, 0.0, speed)[0], run(np.zeros(len(history)), 1.0, speed)[0]
    start = np.linalg.lstsq(-response[:, None], zero, rcond=None)[0][0]
    errors, level = run(history, start, speed)
    return float((errors**2).sum()), level


def down(rows: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Histories as months × series, right-aligned, less their first month."""
    longest = max(len(row) for row in rows)
    values = np.zeros((longest, len(rows)))
    for number, row in enumerate(rows):
        values[longest - len(row) :, number] = row - row[0]
    return values, np.array([len(row) for row in rows])


def test_one_pass_over_all_series_agrees_with_one_run_after_another():
    rng = np.random.default_rng(1)
    rows = [10.0 + np.cumsum(rng.normal(size=months)) for months in (20, 45, 33, 45)]
    found = smooth(*down(rows), SPEEDS)
    for number, history in enumerate(rows):
        for point, speed in enumerate(SPEEDS):
            squares, level = best_run(history - history[0], speed)
            assert found.squared_error[point, number] == pytest.approx(squares)
            assert found.level[point, number] == pytest.approx(level)


def test_a_constant_history_stays_where_it_began():
    assert smooth(*down([np.full(30, 5.0)]), SPEEDS).level == pytest.approx(0.0)


def test_runs_are_averaged_by_their_likelihood():
    # squared errors 1 and 2 over 4 months: weights 1 and (1/2)^(4/2) = 1/4, as shares 0.8 and 0.2
    runs = Smoothed(squared_error=np.array([[1.0], [2.0]]), level=np.array([[10.0], [20.0]]))
    assert runs.averaged(np.array([4])) == pytest.approx([12.0])
