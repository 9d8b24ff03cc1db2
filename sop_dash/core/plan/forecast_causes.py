"""Why the consensus differs from last cycle's: one cause after the other, which add up exactly. Units a month.

The order is fixed: last cycle's consensus without its adjustments is last cycle's statistical forecast; today's method
on the data of that time; the same on today's data; with corrections of history; with planned events and transitions;
with today's adjustments. Each step is one cause. A company that kept no forecast gets last cycle made again by today's
method, marked as replayed.
"""

from dataclasses import dataclass, replace

import numpy as np

from sop_dash.core.demand.baseline import baseline
from sop_dash.core.model.arrays import Array, BoolArray, read_only
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.kept_forecasts import kept_units, last_cycle_units
from sop_dash.core.model.periods import following, ordinal, shift
from sop_dash.core.plan.prepared import Prepared

METHOD, DATA, CORRECTIONS, EVENTS, ADJUSTMENTS = (
    "Method",
    "New data",
    "Corrections",
    "Events and transitions",
    "Adjustments",
)
CAUSES = (METHOD, DATA, CORRECTIONS, EVENTS, ADJUSTMENTS)


@dataclass(frozen=True, kw_only=True, eq=False)
class ForecastCauses:
    """Last cycle, the causes and this cycle; [F, T] units, zero where `known` is False.

    Args:
        cycle: Last cycle.
        replayed: True when it was made again because nothing was kept.
        known: [F, T] family and month that both cycles know.
        before: Consensus of last cycle.
        causes: By name, in the order of `CAUSES`; they add up to `now` − `before`.
        now: Consensus of this cycle.
    """

    cycle: str
    replayed: bool
    known: BoolArray
    before: Array
    causes: dict[str, Array]
    now: Array

    @property
    def last_cycle_units(self) -> Array:
        """[F, T] consensus of last cycle; NaN where it did not reach."""
        return np.where(self.known, self.before, np.nan)


def forecast_causes(prepared: Prepared) -> ForecastCauses:
    """The causes of every family and month."""
    inputs = prepared.inputs
    kept = sorted({cycle for cycle in inputs.snapshots.cycles if cycle < inputs.grain.cycle})
    cycle = kept[-1] if kept else shift(inputs.grain.cycle, -1)
    again = _as_of(inputs, cycle)
    agreed = last_cycle_units(inputs) if kept else again
    statistical = kept_units(inputs, cycle, ("statistical",)) if kept else again
    statistical = np.where(np.isnan(statistical), again, statistical)
    raw = baseline(inputs.sales.demand_units, inputs.grain).family_units
    history = prepared.history
    cleansed = baseline(history.demand, inputs.grain, recorded=history.recorded, drivers=history.drivers).family_units
    planned, now = prepared.baseline.family_units, prepared.consensus.units.sum(axis=1)
    known = ~(np.isnan(agreed) | np.isnan(statistical) | np.isnan(again))
    steps = {
        METHOD: again - statistical,
        DATA: raw - again,
        CORRECTIONS: cleansed - raw,
        EVENTS: planned - cleansed,
        ADJUSTMENTS: (now - planned) - (agreed - statistical),
    }
    return ForecastCauses(
        cycle=cycle,
        replayed=not kept,
        known=known,
        before=_where(known, agreed),
        causes={name: _where(known, units) for name, units in steps.items()},
        now=_where(known, now),
    )


def _as_of(inputs: PlanInputs, cycle: str) -> Array:
    """[F, T] today's method on the data closed before an earlier cycle, for the months now planned; NaN without any."""
    grain = inputs.grain
    behind = ordinal(grain.cycle) - ordinal(cycle)
    closed = len(grain.history) - behind
    if closed <= 0:
        return np.full((len(grain.families), len(grain.horizon)), np.nan)
    then = replace(grain, history=grain.history[:closed], horizon=following(cycle, len(grain.horizon) + behind))
    return baseline(inputs.sales.demand_units[:, :, :closed], then).family_units[:, behind:]


def _where(known: BoolArray, units: Array) -> Array:
    return read_only(np.where(known, np.nan_to_num(units), 0.0))
