"""What sales expects, a line of its own: the input kept for the cycle, then what sales enters. Units a month.

It never moves the consensus; people take it over on purpose.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sop_dash.core.demand.consensus import AdjustmentEffect, stacked
from sop_dash.core.demand.hierarchy import split_down
from sop_dash.core.model.arrays import Array
from sop_dash.core.model.inputs import Grain
from sop_dash.core.model.records import Adjustment, Stream


@dataclass(frozen=True, kw_only=True, eq=False)
class SalesInput:
    """The line of sales.

    Args:
        units: [F, C, T]; NaN in the months of a family that sales said nothing about.
        running: [F, C, T] the same with the statistical forecast where sales said nothing: what an entry changes.
        effects: What each entry of sales did, in the order applied.
    """

    units: Array
    running: Array
    effects: tuple[AdjustmentEffect, ...]


def sales_input(statistical: Array, kept: Array, adjustments: Sequence[Adjustment], grain: Grain) -> SalesInput:
    """The line of sales: kept input, shared over channels by forecast proportions, then the accepted entries.

    Args:
        statistical: [F, C, T] units.
        kept: [F, T] what sales gave with the data of this cycle; NaN where nothing.
        adjustments: In any order; those of the stream of sales count.
        grain: Names of families, channels and months.
    """
    told = ~np.isnan(kept)
    shared = np.stack([split_down(total, parts) for total, parts in zip(kept, statistical, strict=True)])
    start = np.where(told[:, None, :], shared, statistical)
    result = stacked(start, [a for a in adjustments if a.stream is Stream.SALES], grain)
    for effect in result.effects:
        entry = effect.adjustment
        told[effect.family] |= [entry.first_month <= month <= entry.last_month for month in grain.horizon]
    units = np.where(told[:, None, :], result.units, np.nan)
    return SalesInput(units=units, running=result.units, effects=result.effects)
