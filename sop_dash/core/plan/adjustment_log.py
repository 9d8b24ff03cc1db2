"""The adjustments of the plan in the order they stack, each with what it found and what it left. Units, and money."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sop_dash.core.demand.consensus import AdjustmentEffect
from sop_dash.core.model.arrays import worth
from sop_dash.core.model.records import Adjustment, AdjustmentStatus, Stream
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
    """Every adjustment that was not undone, consensus and sales input, in the order of the stack."""
    effects = {e.adjustment.id: e for e in (*prepared.consensus.effects, *prepared.sales.effects)}
    return tuple(
        _line(prepared, adjustment, effects.get(adjustment.id))
        for adjustment in sorted(prepared.adjustments, key=lambda a: (a.order, a.id))
        if adjustment.status is not AdjustmentStatus.WITHDRAWN
    )


def touching(
    adjustments: Iterable[Adjustment], *, family: str, channel: str | None, month: str, stream: Stream
) -> tuple[Adjustment, ...]:
    """The adjustments, in force or not, that name this cell or a part of it; a channel of None is all of them."""
    return tuple(
        a
        for a in adjustments
        if (a.family, a.stream) == (family, stream)
        and a.first_month <= month <= a.last_month
        and (None in (a.channel, channel) or a.channel == channel)
    )


def cell_version(touched: Iterable[Adjustment]) -> int:
    """A number that rises with everything kept, rejected, restored or undone in a cell; 0 for one never touched."""
    return sum(adjustment.version for adjustment in touched)


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
