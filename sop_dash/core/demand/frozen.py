"""Forecasts as they were frozen cycle by cycle, beside what happened: the only basis for judging a forecast. Units.

The lag is the month less the cycle: lag 0 is the month in progress, lag 1 the first one that was still to come. A
company that kept no forecasts gets its last cycles replayed: the engine and the naive method on data cut at each date.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sop_dash.core.demand.backtest import SEASONAL_NAIVE, simple_forecasts
from sop_dash.core.demand.engine import forecast
from sop_dash.core.model import measures
from sop_dash.core.model.arrays import Array
from sop_dash.core.model.inputs import ForecastSnapshots
from sop_dash.core.model.periods import ordinal, shift

NAIVE, STATISTICAL, SALES, CONSENSUS = "naive", "statistical", "sales", "consensus"
STEPS = (NAIVE, STATISTICAL, SALES, CONSENSUS)
"""The staircase: who touched the forecast, in this order."""

_FEWEST_MONTHS = 6


@dataclass(frozen=True, kw_only=True, eq=False)
class FrozenForecasts:
    """Forecasts by cycle, with the actuals of the same months.

    Args:
        cycles: [N] cycles, oldest first.
        steps: Step -> [N, F, L] units by lag; NaN where nothing was frozen.
        actual: [N, F, L] units wanted in those months; NaN while they are not closed.
        replayed: True when nothing was kept and the cycles were made again on data cut at their dates.
    """

    cycles: tuple[str, ...]
    steps: dict[str, Array]
    actual: Array
    replayed: bool

    @property
    def last_step(self) -> str:
        """The step agreed last of those that were frozen."""
        return next(step for step in reversed(STEPS) if step in self.steps)

    @property
    def last(self) -> Array:
        """[N, F, L] units of that step."""
        return self.steps[self.last_step]

    def at_lag(self, step: str, lags: Sequence[int]) -> tuple[Array, Array]:
        """[F, N] forecasts and actuals at each family's own lag; lags beyond those frozen are NaN."""
        made, happened = np.full((2, self.actual.shape[1], len(self.cycles)), np.nan)
        for family, lag in enumerate(lags):
            if lag < self.actual.shape[2]:
                made[family], happened[family] = self.steps[step][:, family, lag], self.actual[:, family, lag]
        return made, happened


@dataclass(frozen=True, kw_only=True)
class LagAccuracy:
    """How good one step was for one family at one lag; ratios are fractions, NaN without a pair.

    Args:
        family: Position of the family.
        lag: Months ahead.
        pairs, asked: Months with both sides, and months that are closed.
        wape: Σ|error| ÷ Σ actual.
        bias: Σ error ÷ Σ actual; positive is over-forecasting.
        error_units: Mean error, units a month.
    """

    family: int
    lag: int
    pairs: int
    asked: int
    wape: float
    bias: float
    error_units: float


def accuracy_at_lag(frozen: FrozenForecasts, step: str, lags: Sequence[int]) -> tuple[LagAccuracy, ...]:
    """One row per family at its own lag."""
    made, happened = frozen.at_lag(step, lags)
    pairs, asked = measures.pair_count(happened, made), (~np.isnan(happened)).sum(axis=1)
    wape, bias = measures.wape(happened, made), measures.bias_ratio(happened, made)
    units = measures.bias_units(happened, made)
    return tuple(
        LagAccuracy(
            family=family,
            lag=lag,
            pairs=int(pairs[family]),
            asked=int(asked[family]),
            wape=float(wape[family]),
            bias=float(bias[family]),
            error_units=float(units[family]),
        )
        for family, lag in enumerate(lags)
    )


def frozen_forecasts(
    kept: ForecastSnapshots, demand: Array, history: Sequence[str], *, lags: int, cycles: int = 24
) -> FrozenForecasts:
    """The last `cycles` closed cycles as kept, else replayed; arguments as in `kept_forecasts`."""
    found = kept_forecasts(kept, demand, history, lags=lags, cycles=cycles)
    return replay(demand, history, lags=lags, cycles=cycles) if found is None else found


def kept_forecasts(
    kept: ForecastSnapshots, demand: Array, history: Sequence[str], *, lags: int, cycles: int
) -> FrozenForecasts | None:
    """What the company kept of its last closed cycles; None when there is nothing of a known step.

    Args:
        kept: Frozen forecasts brought by the company.
        demand: [F, H] units wanted; NaN unknown.
        history: [H] closed months.
        lags: How many lags are looked at, lag 0 included.
        cycles: How many past cycles at most.
    """
    steps = [step for step in STEPS if step in kept.steps]
    known = sorted({cycle for cycle in kept.cycles if history and cycle <= history[-1]})
    if not known or not steps:
        return None
    named = tuple(known[-cycles:])
    units = {step: np.full((len(named), len(demand), lags), np.nan) for step in steps}
    place = {cycle: n for n, cycle in enumerate(named)}
    rows = zip(kept.cycles, kept.months, kept.families, kept.steps, kept.units, strict=True)
    for cycle, month, family, step, value in rows:
        lag = ordinal(month) - ordinal(cycle)
        if cycle in place and step in units and 0 <= lag < lags:
            units[step][place[cycle], family, lag] = value
    return FrozenForecasts(cycles=named, steps=units, actual=_actual(demand, history, named, lags), replayed=False)


def replay(demand: Array, history: Sequence[str], *, lags: int, cycles: int) -> FrozenForecasts:
    """The statistical and the naive forecast of past cycles, each made on the months closed before it."""
    months = len(history)
    firsts = [h for h in range(max(months - cycles, 0), months) if h >= _FEWEST_MONTHS]
    shape = (len(firsts), len(demand), lags)
    steps = {NAIVE: np.full(shape, np.nan), STATISTICAL: np.full(shape, np.nan)}
    if firsts:
        rows = [demand[family, :h] for h in firsts for family in range(len(demand))]
        steps[STATISTICAL] = forecast(rows, lags).mean.reshape(shape)
        for place, h in enumerate(firsts):
            steps[NAIVE][place] = simple_forecasts([row[:h] for row in demand], lags)[SEASONAL_NAIVE]
    named = tuple(history[h] for h in firsts)
    return FrozenForecasts(cycles=named, steps=steps, actual=_actual(demand, history, named, lags), replayed=True)


def _actual(demand: Array, history: Sequence[str], cycles: Sequence[str], lags: int) -> Array:
    place = {month: h for h, month in enumerate(history)}
    actual = np.full((len(cycles), len(demand), lags), np.nan)
    for n, cycle in enumerate(cycles):
        for lag in range(lags):
            h = place.get(shift(cycle, lag))
            if h is not None:
                actual[n, :, lag] = demand[:, h]
    return actual
