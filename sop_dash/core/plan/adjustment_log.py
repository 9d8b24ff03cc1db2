"""The adjustments of the plan in the order they stack, each with what it found and what it left. Units, and money."""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.demand.consensus import AdjustmentEffect
from sop_dash.core.model.arrays import worth
from sop_dash.core.model.records import Adjustment
from sop_dash.core.plan.prepared import Prepared


@dataclass(frozen=True, kw_only=True)
class AdjustmentLine:
    """One adjustment and its effect over its months and channels.

    Args:
        adjustment: The record.
        before_units, after_units: Sum of the cells it names before and after it; NaN when it was not applied.
        value: Money it adds at the planned price (negative: takes away); NaN where no price is known.
        applied: False when it is not accepted or names something that is not in the plan.
    """

    adjustment: Adjustment
    before_units: float
    after_units: float
    value: float
    applied: bool


def adjustment_log(prepared: Prepared) -> tuple[AdjustmentLine, ...]:
    """Every adjustment in the order of the stack; empty without any."""
    effects = {effect.adjustment.id: effect for effect in prepared.consensus.effects}
    return tuple(
        _line(prepared, adjustment, effects.get(adjustment.id))
        for adjustment in sorted(prepared.adjustments, key=lambda a: (a.order, a.id))
    )


def _line(prepared: Prepared, adjustment: Adjustment, effect: AdjustmentEffect | None) -> AdjustmentLine:
    if effect is None:
        nothing = float("nan")
        return AdjustmentLine(
            adjustment=adjustment, before_units=nothing, after_units=nothing, value=nothing, applied=False
        )
    grain = prepared.inputs.grain
    channels = [adjustment.channel in (None, name) for name in grain.channels]
    months = [adjustment.first_month <= month <= adjustment.last_month for month in grain.horizon]
    cells = np.ix_(channels, months)
    return AdjustmentLine(
        adjustment=adjustment,
        before_units=float(effect.before[cells].sum()),
        after_units=float(effect.after[cells].sum()),
        value=float(worth(effect.units, prepared.money.price[effect.family]).sum()),
        applied=True,
    )
