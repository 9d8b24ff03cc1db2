"""The leader board: all methods on the same months, differences told from chance, second opinions beside the engine."""

import numpy as np
import pytest
from statsmodels.tsa.stattools import diebold_mariano_test

from sop_dash.core.demand.backtest import ENGINE, METHODS, SEASONAL_NAIVE, Backtest
from sop_dash.core.demand.combination import MEMBERS
from sop_dash.core.demand.leader_board import (
    chance_of_difference,
    full_backtest,
    leader_board,
    opinions,
)
from sop_dash.core.demand.second_opinions import AIRLINE, SECOND_OPINIONS, second_opinion
from sop_dash.core.model.errors import Cancelled


def history(families=2, months=48, seed=4):
    time = np.arange(months)
    season = 1.0 + 0.3 * np.sin(2 * np.pi * time / 12)
    return 1000.0 * season * np.exp(np.random.default_rng(seed).normal(0.0, 0.05, (families, months)))


def made_up(engine, naive, actual, inside=None):
    empty = np.full_like(actual, np.nan)
    return Backtest(
        origins=tuple(range(len(actual), 0, -1)),
        actual=actual,
        forecasts={ENGINE: engine, SEASONAL_NAIVE: naive},
        inside80=empty if inside is None else inside,
        inside95=empty,
        scale=np.ones(actual.shape[:2]),
    )


def test_every_method_stands_on_the_board_of_every_family_with_its_lags():
    test = full_backtest(history(), 3, range(8, 2, -1))
    board = leader_board(test)
    assert {(s.family, s.method) for s in board} == {(f, m) for f in (0, 1) for m in (*METHODS, *MEMBERS)}
    assert all(len(s.wape_by_lag) == 3 and s.pairs == 18 for s in board)
    first = [s.wape for s in board if s.family == 0]
    assert first == sorted(first)


def test_the_engine_is_the_mean_of_the_two_middle_models():
    test = full_backtest(history(), 3, range(8, 2, -1))
    middle = np.median(np.stack([test.forecasts[name] for name in MEMBERS]), axis=0)
    np.testing.assert_allclose(test.forecasts[ENGINE], middle, rtol=1e-9)


def test_errors_are_those_of_the_months_forecast():
    actual = np.full((2, 1, 2), 100.0)
    engine, naive = actual.copy(), actual.copy()
    engine[:, 0, 1] = [110.0, 70.0]
    naive[...] = 150.0
    by_name = {s.method: s for s in leader_board(made_up(engine, naive, actual))}
    # Lag 1 right, lag 2 off by 10 and 30 of 200: 20 %; over both lags 40 of 400.
    assert by_name[ENGINE].wape_by_lag == (0.0, pytest.approx(0.20))
    assert by_name[ENGINE].wape == pytest.approx(0.10)
    assert by_name[SEASONAL_NAIVE].wape == pytest.approx(0.50)
    assert np.isnan(by_name[SEASONAL_NAIVE].chance)  # four months are too few


def test_the_test_of_a_difference_agrees_with_statsmodels():
    rng = np.random.default_rng(5)
    actual = rng.normal(100.0, 10.0, (10, 3))
    made, other = actual + rng.normal(0.0, 5.0, (10, 3)), actual + rng.normal(0.0, 9.0, (10, 3))
    theirs = diebold_mariano_test(
        actual.ravel(), made.ravel(), other.ravel(), criterion="mae", harvey_adj=True, horizon=3
    )
    assert chance_of_difference(actual, made, other) == pytest.approx(float(theirs.pvalue), rel=1e-9)


def test_a_second_opinion_repeats_a_season_it_has_seen():
    season = 100.0 + 50.0 * np.sin(2 * np.pi * np.arange(48) / 12)
    np.testing.assert_allclose(second_opinion(AIRLINE, season, 12), season[:12], rtol=0.02)


@pytest.mark.parametrize("name", SECOND_OPINIONS)
def test_a_history_too_short_for_a_second_opinion_has_none(name):
    assert np.isnan(second_opinion(name, np.full(24, 5.0), 3)).all()


def test_second_opinions_tell_how_far_they_are_and_can_be_stopped():
    told = []
    short = history(families=2, months=20)
    found = opinions(short, 2, [3, 2], lambda done, total: told.append((done, total)))
    assert told == [(n, 16) for n in range(1, 17)]  # two families, two origins, four methods
    assert set(found) == set(SECOND_OPINIONS)

    def stop(done, _total):
        if done == 2:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        opinions(short, 2, [3, 2], stop)
