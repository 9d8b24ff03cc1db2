"""How far the consensus moved since last cycle: one comparison for every page. Units, and money at this cycle's prices.

Compared are the months that both cycles know among the first ones of the horizon; a family says nothing of months that
last cycle did not reach.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array, ratio_or_nan, worth
from sop_dash.core.plan.prepared import Prepared


@dataclass(frozen=True, kw_only=True, eq=False)
class ForecastChange:
    """This cycle's consensus beside last cycle's, family by family, over the months both know.

    Args:
        months: Those months.
        families: [F] names.
        before_units, now_units: [F] what each cycle expects of them.
        ratio: [F] change as a fraction of last cycle's (+ is more); NaN where last cycle expected nothing.
        moved_ratio: [F] the same with ups and downs of the months both counted as changes.
        before_value, change_value: [F] last cycle's units and the change in money; NaN where a price is unknown.
        moved_value: [F] money of all ups and downs, never negative.
    """

    months: tuple[str, ...]
    families: tuple[str, ...]
    before_units: Array
    now_units: Array
    ratio: Array
    moved_ratio: Array
    before_value: Array
    change_value: Array
    moved_value: Array

    @property
    def total_value(self) -> float:
        """The change of all families with a price, in money."""
        return float(np.nansum(self.change_value))

    @property
    def total_ratio(self) -> float:
        """That change as a fraction of last cycle's forecast."""
        return float(ratio_or_nan(self.total_value, np.nansum(self.before_value)))


def forecast_change(
    prepared: Prepared, months: int | None = None, before: Array | None = None
) -> ForecastChange | None:
    """The change of every family; None where the two cycles share no month.

    Args:
        prepared: Consensus, its price and the forecasts kept.
        months: How many months of the horizon are looked at; None takes all.
        before: [F, T] consensus of last cycle, replayed perhaps; None takes what was kept.
    """
    then = (prepared.last_cycle_units if before is None else before)[:, :months]
    now = prepared.consensus.units.sum(axis=1)[:, :months]
    price = prepared.consensus_price[:, :months]
    both = ~np.isnan(then) & ~np.isnan(now)
    if not both.any():
        return None
    then, now = np.where(both, then, 0.0), np.where(both, now, 0.0)
    change, base = now - then, then.sum(axis=1)
    return ForecastChange(
        months=tuple(m for m, known in zip(prepared.inputs.grain.horizon, both.any(axis=0), strict=False) if known),
        families=prepared.inputs.grain.families,
        before_units=base,
        now_units=now.sum(axis=1),
        ratio=ratio_or_nan(change.sum(axis=1), base),
        moved_ratio=ratio_or_nan(np.abs(change).sum(axis=1), base),
        before_value=worth(then, price).sum(axis=1),
        change_value=worth(change, price).sum(axis=1),
        moved_value=worth(np.abs(change), price).sum(axis=1),
    )
