"""What was forecast for past months one cycle ahead: kept forecasts, or a back-test where none were kept. Units.

Lag 1 is the forecast of a month made in the cycle before it, which knew the sales up to two months earlier.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sop_dash.core.demand.frozen import kept_forecasts, replay
from sop_dash.core.model.arrays import Array, known_sum
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.periods import shift

_MONTHS_REPLAYED = 12


@dataclass(frozen=True, kw_only=True, eq=False)
class PastForecasts:
    """[F, H] `units` forecast at the lags asked for, NaN where none; `replayed` for a back-test of the baseline."""

    units: Array
    replayed: bool


def forecasts_at_lag1(inputs: PlanInputs) -> PastForecasts:
    """The kept forecasts of the last step that was kept, else the baseline on data cut at each cycle."""
    return forecasts_at_lags(inputs, (1,) * len(inputs.grain.families))


def forecasts_at_lags(inputs: PlanInputs, lags: Sequence[int]) -> PastForecasts:
    """The same at each family's own lag [F], in months: where supply could still react, say."""
    history, demand = inputs.grain.history, known_sum(inputs.sales.demand_units, 1)
    reach = max(lags, default=0) + 1
    frozen = kept_forecasts(inputs.snapshots, demand, history, lags=reach, cycles=len(history))
    if frozen is None:
        frozen = replay(demand, history, lags=reach, cycles=_MONTHS_REPLAYED + reach - 1)
    units, place = np.full(demand.shape, np.nan), {month: h for h, month in enumerate(history)}
    for n, cycle in enumerate(frozen.cycles):
        for family, lag in enumerate(lags):
            month = place.get(shift(cycle, lag))
            if month is not None:
                units[family, month] = frozen.last[n, family, lag]
    return PastForecasts(units=units, replayed=frozen.replayed)
