"""Simple methods: hand sums and a plain loop as a second opinion."""

import numpy as np
import pytest

from sop_dash.core.demand.naive import moving_average_with_trend, naive2, seasonal_naive
from sop_dash.core.demand.portfolio import pack


def plain_naive2(history: np.ndarray, horizon: int) -> np.ndarray:
    """Naive2 as the guide of the M4 competition tells it, one series at a time."""
    months = len(history)
    seasonal = False
    if months >= 36:
        deviation = history - history.mean()
        total = (deviation**2).sum()
        lags = [(deviation[lag:] * deviation[:-lag]).sum() / total for lag in range(1, 13)]
        limit = 1.645 * np.sqrt((1.0 + 2.0 * sum(r * r for r in lags[:-1])) / months)
        seasonal = abs(lags[-1]) > limit
    if not seasonal:
        return np.full(horizon, history[-1])
    ratios: dict[int, list[float]] = {month: [] for month in range(12)}
    for t in range(6, months - 6):
        average = (0.5 * history[t - 6] + history[t - 5 : t + 6].sum() + 0.5 * history[t + 6]) / 12.0
        ratios[t % 12].append(history[t] / average)
    index = np.array([np.mean(ratios[month]) for month in range(12)])
    index /= index.mean()
    return np.array([history[-1] / index[(months - 1) % 12] * index[(months + h) % 12] for h in range(horizon)])


def random_histories() -> list[np.ndarray]:
    rng = np.random.default_rng(4)
    return [
        100.0 + 30.0 * rng.random() * np.sin(np.arange(months) / 6.0 * np.pi) + 10.0 * rng.normal(size=months)
        for months in (5, 12, 30, 36, 37, 50, 61, 84, 120)
    ]


def test_naive2_agrees_with_a_plain_loop():
    rows = random_histories()
    packed = pack(rows)
    found = naive2(packed.values, packed.length, 15)
    for row, history in zip(found, rows, strict=True):
        assert row == pytest.approx(plain_naive2(history, 15))


def test_seasonal_naive_repeats_the_last_year():
    rows = random_histories()
    packed = pack(rows)
    found = seasonal_naive(packed.values, packed.length, 15)
    for row, history in zip(found, rows, strict=True):
        expected = [history[-12 + h % 12] if len(history) >= 12 else history[-1] for h in range(15)]
        assert row == pytest.approx(expected)


def by_moving_average(history: list[float], horizon: int) -> np.ndarray:
    packed = pack([np.array(history)])
    return moving_average_with_trend(packed.values, packed.length, horizon)[0]


def test_the_moving_average_continues_a_straight_line_exactly():
    # mean of 180, 190, 200 is 190; of 150, 160, 170 is 160; slope 10; 190 + 10·2 = 210
    line = [100.0 + 10.0 * month for month in range(11)]
    assert by_moving_average(line, 3) == pytest.approx([210.0, 220.0, 230.0])


def test_the_moving_average_never_falls_below_zero():
    assert by_moving_average([60.0, 50.0, 40.0, 30.0, 20.0, 10.0], 3) == pytest.approx([0.0, 0.0, 0.0])


def test_the_moving_average_has_no_trend_under_six_months():
    assert by_moving_average([10.0, 20.0, 30.0, 40.0], 2) == pytest.approx([30.0, 30.0])  # (20 + 30 + 40) / 3
    assert by_moving_average([10.0], 2) == pytest.approx([10.0, 10.0])
