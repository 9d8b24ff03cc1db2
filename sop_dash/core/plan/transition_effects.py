"""What planned transitions do to the forecasts: a new item sells, others lose to it, an old one ends.

Units a month. The new item's volume is the one entered, else that of the item it follows; its first months follow the
curve of the analogue. What it takes is lost by the family of the item followed, which need not be its own. A launch or
an end that is history already is in the baseline and counts no more.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sop_dash.core.demand.baseline import Bands, Baseline
from sop_dash.core.model.arrays import Array, ratio_or_nan
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.outlook import Succession
from sop_dash.core.model.periods import ordinal
from sop_dash.core.plan.transitions import CURVE_MONTHS, launch_curve, usual_units


@dataclass(frozen=True, kw_only=True, eq=False)
class TransitionEffect:
    """What one planned transition does over the horizon.

    Args:
        succession: As planned.
        new_units: [T] what the new item sells.
        lost_units: [T] what other items lose; never negative.
        losing: Their family: that of the item followed where it is known, else that of the new item.
    """

    succession: Succession
    new_units: Array
    lost_units: Array
    losing: str

    @property
    def gains(self) -> dict[str, Array]:
        """[T] what the family of the new item and the family that loses gain, by name; one where they are the same."""
        own = self.succession.family
        if own == self.losing:
            return {own: np.asarray(self.new_units - self.lost_units)}
        return {own: self.new_units, self.losing: -self.lost_units}

    @property
    def months(self) -> int:
        """In how many months a forecast moves."""
        return int(np.count_nonzero(np.any([gained != 0.0 for gained in self.gains.values()], axis=0)))


def transition_effects(inputs: PlanInputs) -> tuple[TransitionEffect, ...]:
    """One per planned transition, in their order; a volume nobody knows counts as nothing."""
    return tuple(_effect(inputs, row) for row in inputs.successions)


def _effect(inputs: PlanInputs, row: Succession) -> TransitionEffect:
    horizon = inputs.grain.horizon
    before = float(np.nan_to_num(usual_units(inputs.items, row.predecessor)))
    volume = before if row.volume_units is None else row.volume_units
    curve = launch_curve(inputs, row.analogue)
    new = np.zeros(len(horizon))
    for t, month in enumerate(horizon):
        since = ordinal(month) - ordinal(row.launch_month) if row.launch_month >= horizon[0] else -1
        new[t] = volume * curve[min(since, CURVE_MONTHS - 1)] if since >= 0 else 0.0
    taken = row.taken_ratio or 0.0
    lost = np.where(new > 0.0, before * taken, 0.0) if row.predecessor else new * taken
    ended = np.array([horizon[0] <= row.end_month <= month for month in horizon], dtype=np.bool_)
    items = inputs.items
    losing = items.families[items.skus.index(row.predecessor)] if row.predecessor in items.skus else None
    return TransitionEffect(
        succession=row,
        new_units=new,
        lost_units=np.where(ended, before, lost),
        losing=row.family if losing is None else inputs.grain.families[losing],
    )


def with_transitions(base: Baseline, effects: Sequence[TransitionEffect], inputs: PlanInputs) -> Baseline:
    """The baseline with what transitions add or take, spread over the channels as the family sells in them."""
    if not effects:
        return base
    units, methods = base.units.copy(), [list(row) for row in base.methods]
    for effect in effects:
        name = effect.succession.sku or f"end of {effect.succession.predecessor}"
        for family, gained in effect.gains.items():
            f = inputs.grain.families.index(family)
            total = base.units[f].sum(axis=0)
            share = np.where(total > 0.0, ratio_or_nan(base.units[f], total), 1.0 / len(base.units[f]))
            units[f] = np.maximum(units[f] + share * gained, 0.0)
            methods[f] = [f"{method}; planned: {name}" for method in methods[f]]
    by_family, before = units.sum(axis=1), base.units.sum(axis=1)
    return replace(
        base,
        units=units,
        bands=_moved(base.bands, units - base.units),
        family_bands=_moved(base.family_bands, by_family - before),
        top_down_units=np.maximum(base.top_down_units + by_family - before, 0.0),
        methods=tuple(tuple(row) for row in methods),
    )


def _moved(bands: Bands, by: Array) -> Bands:
    return Bands(**{edge: np.maximum(getattr(bands, edge) + by, 0.0) for edge in Bands.__dataclass_fields__})
