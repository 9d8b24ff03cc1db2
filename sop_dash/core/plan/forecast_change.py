"""How far the consensus moved since last cycle, in money at this cycle's prices."""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import ratio_or_nan
from sop_dash.core.model.kept_forecasts import last_cycle_units
from sop_dash.core.plan.demand_issues import consensus_price
from sop_dash.core.plan.prepared import Prepared


@dataclass(frozen=True, kw_only=True)
class ForecastChange:
    """This cycle's consensus less last cycle's, over the months both know.

    Args:
        months: Those months.
        value: The change in money; positive is more.
        ratio: The change as a share of last cycle's forecast.
        family: The family that moved most.
        family_value: Its change in money.
    """

    months: tuple[str, ...]
    value: float
    ratio: float
    family: str
    family_value: float


def forecast_change(prepared: Prepared) -> ForecastChange | None:
    """The change of all families with a price; None where no forecast of last cycle or no price is known."""
    before, price = last_cycle_units(prepared.inputs), consensus_price(prepared)
    now = prepared.consensus.units.sum(axis=1)
    both = ~np.isnan(before) & ~np.isnan(price) & ~np.isnan(now)
    if not both.any():
        return None
    change = np.where(both, (now - before) * price, 0.0).sum(axis=1)
    base = float(np.where(both, before * price, 0.0).sum())
    most = int(np.abs(change).argmax())
    grain = prepared.inputs.grain
    return ForecastChange(
        months=tuple(month for month, known in zip(grain.horizon, both.any(axis=0), strict=True) if known),
        value=float(change.sum()),
        ratio=float(ratio_or_nan(change.sum(), base)),
        family=grain.families[most],
        family_value=float(change[most]),
    )
