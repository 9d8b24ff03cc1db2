"""Leader board: every method forecasts the same past months of every family; errors by lag, and whether they differ.

Errors are WAPE, ratios. A difference is real when the Diebold-Mariano test with the small-sample correction of Harvey,
Leybourne and Newbold says that chance explains it in under 5 % of cases; it needs at least twelve months.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sop_dash.core.demand.backtest import ENGINE, FEWEST_MONTHS, Backtest, backtest
from sop_dash.core.demand.combination import MEMBERS, member_forecasts
from sop_dash.core.demand.edges import gaps_filled
from sop_dash.core.demand.portfolio import MONTHS_PER_YEAR, pack
from sop_dash.core.demand.second_opinions import SECOND_OPINIONS, second_opinion
from sop_dash.core.model import measures
from sop_dash.core.model.arrays import Array

_CHANCE = 0.05
_FEWEST_COMPARED = 12
Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One method for one family.

    Args:
        family: Position of the family.
        method: Its name.
        wape_by_lag: By months ahead from 1; NaN unknown.
        wape: Over all lags.
        pairs: Months forecast.
        chance: Probability that it differs from the engine by chance only; NaN under twelve months and for the engine.
    """

    family: int
    method: str
    wape_by_lag: tuple[float, ...]
    wape: float
    pairs: int
    chance: float

    @property
    def differs(self) -> bool:
        """True when the difference from the engine is no chance."""
        return self.chance < _CHANCE


def full_backtest(history: Array, horizon: int, origins: Sequence[int]) -> Backtest:
    """The back-test of the engine and simple methods, with the engine's models one by one."""
    base = backtest(history, horizon, origins)
    made = {name: np.full(base.actual.shape, np.nan) for name in MEMBERS}
    for place, left_out in enumerate(origins):
        rows = [row[: len(row) - left_out] for row in history]
        usable = [f for f, row in enumerate(rows) if (~np.isnan(row)).sum() >= MONTHS_PER_YEAR]
        if not usable:
            continue
        packed = pack([rows[f] for f in usable])
        reach = horizon + int(packed.behind.max())
        window = packed.behind[:, None] + np.arange(horizon)
        for name, values in member_forecasts(gaps_filled(packed), packed.length, reach).items():
            made[name][place, usable] = np.take_along_axis(values, window, axis=1)
    return Backtest(**{**vars(base), "forecasts": {**base.forecasts, **made}})


def opinions(
    history: Array, horizon: int, origins: Sequence[int], progress: Progress | None = None
) -> dict[str, Array]:
    """Second opinions at every origin: name -> origins × families × lags.

    Args:
        history: [F, H]; NaN unknown.
        horizon: Lags.
        origins: Months left out.
        progress: Told how many of how many forecasts are done; raises `Cancelled` to stop.
    """
    shape = (len(origins), len(history), horizon)
    made = {name: np.full(shape, np.nan) for name in SECOND_OPINIONS}
    done, total = 0, shape[0] * shape[1] * len(made)
    for place, left_out in enumerate(origins):
        for family, row in enumerate(history):
            known = row[: len(row) - left_out]
            packed = pack([known])
            filled = gaps_filled(packed)[0]
            for name, values in made.items():
                if packed.length[0] >= FEWEST_MONTHS and not packed.behind[0]:
                    values[place, family] = second_opinion(name, filled, horizon)
                done += 1
                if progress is not None:
                    progress(done, total)
    return made


def leader_board(test: Backtest, more: Mapping[str, Array] | None = None) -> tuple[Standing, ...]:
    """Every method for every family, the least error first; methods without a pair stand last.

    Args:
        test: Engine, models and simple methods.
        more: Second opinions at the same origins.
    """
    forecasts = {**test.forecasts, **(more or {})}
    rows = []
    for family in range(test.actual.shape[1]):
        actual = test.actual[:, family]
        standings = [_standing(family, name, made[:, family], actual, forecasts) for name, made in forecasts.items()]
        rows += sorted(standings, key=lambda s: (np.isnan(s.wape), s.wape, s.method))
    return tuple(rows)


def _standing(family: int, name: str, made: Array, actual: Array, forecasts: Mapping[str, Array]) -> Standing:
    engine = forecasts[ENGINE][:, family]
    return Standing(
        family=family,
        method=name,
        wape_by_lag=tuple(measures.wape(actual.T, made.T).tolist()),
        wape=float(measures.wape(actual.ravel(), made.ravel())),
        pairs=int(measures.pair_count(actual.ravel(), made.ravel())),
        chance=float("nan") if name == ENGINE else chance_of_difference(actual, made, engine),
    )


def chance_of_difference(actual: Array, made: Array, other: Array) -> float:
    """Probability that two forecasts (origins × lags) are equally good; NaN under twelve shared months.

    Absolute errors, months in the order of the origins and lags. Errors of one origin echo in each other, so the
    variance counts echoes over the lags (Newey-West), as in Diebold & Mariano 1995.
    """
    shared = ~np.isnan(actual + made + other)
    loss = (np.abs(made - actual) - np.abs(other - actual))[shared]
    count = len(loss)
    if count < _FEWEST_COMPARED or np.ptp(loss) == 0.0:
        return float("nan")
    return _test(loss, actual.shape[1])


def _test(loss: Array, horizon: int) -> float:
    """Two-sided probability from Student's t with count − 1 degrees of freedom."""
    from scipy.stats import t as student  # noqa: PLC0415  # slow to load; only the leader board needs it

    count, centred = len(loss), loss - loss.mean()
    echoes = max(horizon - 1, int(np.ceil(count ** (1.0 / 3.0))))
    variance = float(centred @ centred) / count
    for lag in range(1, min(echoes, count - 1) + 1):
        variance += 2.0 * (1.0 - lag / (echoes + 1.0)) * float(centred[lag:] @ centred[:-lag]) / count
    correction = (count + 1 - 2 * horizon + horizon * (horizon - 1) / count) / count
    statistic = float(loss.mean()) / np.sqrt(variance / count) * np.sqrt(max(correction, 0.0))
    return float(2.0 * student.sf(abs(statistic), count - 1))
