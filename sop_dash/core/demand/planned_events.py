"""Planned events on top of the baseline, whose history was cleansed of past promotions. Units a month.

A family's planned promotion is expected to do what its past ones did on average; where it never had one, or where its
owner says so, what the owner expects. Other events need a decision about how they move demand: they count with the
effect entered once a person has said that it acts, and are no part of the baseline before.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sop_dash.core.demand.baseline import Bands, Baseline
from sop_dash.core.demand.cleansing.promotions import promoted_shares
from sop_dash.core.demand.drivers import Drivers, average_ratio
from sop_dash.core.model.arrays import Array
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.outlook import PROMOTION, Acts, Event


@dataclass(frozen=True, kw_only=True)
class PlannedEffect:
    """What a planned event is expected to do.

    Args:
        event: Which.
        ratio: Effect on the family's demand, as a fraction.
        past: How many past promotions of the family say so; 0 when it is what the owner expects.
    """

    event: Event
    ratio: float
    past: int


def planned_effects(inputs: PlanInputs, found: Sequence[Drivers]) -> tuple[PlannedEffect, ...]:
    """Events with a month in the horizon that act; those of which nothing is known are left out."""
    place = {name: f for f, name in enumerate(inputs.grain.families)}
    planned = []
    for event in inputs.events:
        if not _acts(event) or not any(event.covers(month) for month in inputs.grain.horizon):
            continue
        effects = found[place[event.family]].effects if event.acts is Acts.AS_BEFORE else ()
        past = [e for e in effects if e.event.kind == PROMOTION]
        ratio = average_ratio(past) if past else event.expected_ratio
        if ratio is not None:
            planned.append(PlannedEffect(event=event, ratio=ratio, past=len(past)))
    return tuple(planned)


def _acts(event: Event) -> bool:
    return event.acts is Acts.AS_ENTERED or (event.acts is Acts.AS_BEFORE and event.kind == PROMOTION)


def with_planned_events(base: Baseline, effects: Sequence[PlannedEffect], inputs: PlanInputs) -> Baseline:
    """The baseline with what events are expected to add, in the channels that were promoted before."""
    if not effects:
        return base
    units, methods = base.units.copy(), [list(row) for row in base.methods]
    for effect in effects:
        f = inputs.grain.families.index(effect.event.family)
        months = [t for t, month in enumerate(inputs.grain.horizon) if effect.event.covers(month)]
        past = [h for h, month in enumerate(inputs.grain.history) if _is_promoted(inputs, effect.event.family, month)]
        shares = promoted_shares(inputs, f, past or range(len(inputs.grain.history)))
        added = base.units[f][:, months].sum(axis=0) * effect.ratio
        units[f][:, months] = np.maximum(units[f][:, months] + shares[:, None] * added, 0.0)
        for c in np.flatnonzero(shares > 0.0):
            methods[f][c] += f"; planned: {effect.event.description}"
    by_family, before = units.sum(axis=1), base.units.sum(axis=1)
    return replace(
        base,
        units=units,
        bands=_scaled(base.bands, _times(units, base.units)),
        family_bands=_scaled(base.family_bands, _times(by_family, before)),
        top_down_units=base.top_down_units * _times(by_family, before),
        methods=tuple(tuple(row) for row in methods),
    )


def _is_promoted(inputs: PlanInputs, family: str, month: str) -> bool:
    return any(e.kind == PROMOTION and e.family == family and e.covers(month) for e in inputs.events)


def _times(now: Array, before: Array) -> Array:
    return np.where(before > 0.0, now / np.where(before > 0.0, before, 1.0), 1.0)


def _scaled(bands: Bands, by: Array) -> Bands:
    return Bands(**{edge: getattr(bands, edge) * by for edge in Bands.__dataclass_fields__})
