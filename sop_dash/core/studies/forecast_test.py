"""How good the baseline would have been: by family against the seasonal naive forecast, over months that are known."""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.demand.backtest import ENGINE, SEASONAL_NAIVE, backtest, rolling_origins
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.performance.monthly import family_demand

LAGS = 3


@dataclass(frozen=True, kw_only=True)
class FamilyTest:
    """The back-test of one family; ratios are fractions, NaN where its history is too short.

    Args:
        family: Its name.
        origins: How many past dates were forecast from.
        next_month, three_ahead: WAPE of the baseline one and three months ahead.
        naive_next_month, naive_three_ahead: WAPE of the seasonal naive forecast, the yardstick to beat.
        inside80: Share of the months that fell inside the 80 % range.
    """

    family: str
    origins: int
    next_month: float
    three_ahead: float
    naive_next_month: float
    naive_three_ahead: float
    inside80: float

    @property
    def better(self) -> bool:
        """True when the baseline beats the naive forecast three months ahead."""
        return self.three_ahead < self.naive_three_ahead


def forecast_test(inputs: PlanInputs) -> tuple[FamilyTest, ...]:
    """One row per family, in their order; empty when no history is long enough to be tested."""
    history = family_demand(inputs)
    origins = rolling_origins(history.shape[1], LAGS)
    if not origins:
        return ()
    found = backtest(history, LAGS, origins)
    engine, naive = found.wape_by_lag(ENGINE), found.wape_by_lag(SEASONAL_NAIVE)
    known = ~np.isnan(found.inside80)
    held = np.where(known, found.inside80, 0.0).sum(axis=(0, 2))
    count = known.sum(axis=(0, 2))
    return tuple(
        FamilyTest(
            family=family,
            origins=int((~np.isnan(found.errors(ENGINE)[:, f])).any(axis=1).sum()),
            next_month=float(engine[f, 0]),
            three_ahead=float(engine[f, LAGS - 1]),
            naive_next_month=float(naive[f, 0]),
            naive_three_ahead=float(naive[f, LAGS - 1]),
            inside80=float(held[f] / count[f]) if count[f] else float("nan"),
        )
        for f, family in enumerate(inputs.grain.families)
    )
