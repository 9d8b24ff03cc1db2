"""What was forecast for past months one cycle ahead: kept forecasts, or a back-test where none were kept. Units.

Lag 1 is the forecast of a month made in the cycle before it, which knew the sales up to two months earlier.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.demand.engine import forecast
from sop_dash.core.model.arrays import Array
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.kept_forecasts import CONSENSUS_STEPS, past_units

_MONTHS_REPLAYED = 12
_MONTHS_NEEDED = 6


@dataclass(frozen=True, kw_only=True, eq=False)
class PastForecasts:
    """[F, H] `units` forecast at lag 1, NaN where none; `replayed` is True for a back-test of the baseline."""

    units: Array
    replayed: bool


def forecasts_at_lag1(inputs: PlanInputs) -> PastForecasts:
    """The kept forecasts of the last step that was kept, else the baseline on data cut at each cycle."""
    kept = _kept(inputs)
    if not np.isnan(kept).all():
        return PastForecasts(units=kept, replayed=False)
    return PastForecasts(units=_replayed(inputs), replayed=True)


def _kept(inputs: PlanInputs) -> Array:
    kept = set(inputs.snapshots.steps)
    return past_units(inputs, next((name for name in CONSENSUS_STEPS if name in kept), ""))


def _replayed(inputs: PlanInputs) -> Array:
    known = ~np.isnan(inputs.sales.demand_units)
    demand = np.where(known.any(axis=1), np.where(known, inputs.sales.demand_units, 0.0).sum(axis=1), np.nan)
    families, months = demand.shape
    units = np.full((families, months), np.nan)
    targets = [h for h in range(max(months - _MONTHS_REPLAYED, 0), months) if h - 1 >= _MONTHS_NEEDED]
    rows = [demand[f, : h - 1] for h in targets for f in range(families)]
    if rows:
        units[:, targets] = forecast(rows, 2).mean[:, 1].reshape(len(targets), families).T
    return units
