"""What was forecast for past months one cycle ahead: kept forecasts, or a back-test where none were kept. Units.

Lag 1 is the forecast of a month made in the cycle before it, which knew the sales up to two months earlier.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.demand.frozen import kept_forecasts, replay
from sop_dash.core.model.arrays import Array, known_sum
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.periods import shift

_CYCLES_REPLAYED = 13


@dataclass(frozen=True, kw_only=True, eq=False)
class PastForecasts:
    """[F, H] `units` forecast at lag 1, NaN where none; `replayed` is True for a back-test of the baseline."""

    units: Array
    replayed: bool


def forecasts_at_lag1(inputs: PlanInputs) -> PastForecasts:
    """The kept forecasts of the last step that was kept, else the baseline on data cut at each cycle."""
    history, demand = inputs.grain.history, known_sum(inputs.sales.demand_units, 1)
    frozen = kept_forecasts(inputs.snapshots, demand, history, lags=2, cycles=len(history))
    if frozen is None:
        frozen = replay(demand, history, lags=2, cycles=_CYCLES_REPLAYED)
    units, place = np.full(demand.shape, np.nan), {month: h for h, month in enumerate(history)}
    for n, cycle in enumerate(frozen.cycles):
        month = place.get(shift(cycle, 1))
        if month is not None:
            units[:, month] = frozen.last[n, :, 1]
    return PastForecasts(units=units, replayed=frozen.replayed)
