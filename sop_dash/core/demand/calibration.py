"""Calibration: how many past ranges held what happened, and how sure that share is. Shares are fractions.

Ranges of the same month are no independent cases: what lifts one family may lift others. The ups and downs of the share
from month to month say how many independent cases the ranges are worth.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.demand.drivers import RANGE_90_PERCENT
from sop_dash.core.model.arrays import Array


@dataclass(frozen=True, kw_only=True)
class RangesHeld:
    """Ranges that held what happened.

    Args:
        held: How many held.
        count: Of how many.
        independent: Cases that would leave as much to chance if all were independent; from the number of months to
            `count`.
        low, high: Ends of the 90 % range of the true share.
    """

    held: int
    count: int
    independent: float
    low: float
    high: float

    @property
    def share(self) -> float:
        return self.held / self.count

    def differs_from(self, promised: float) -> bool:
        """True when chance does not explain the distance to the share promised."""
        return not self.low <= promised <= self.high


def ranges_held(inside: Array) -> RangesHeld | None:
    """Count ranges, months × families: 1 held, 0 did not, NaN unknown; None where none is known.

    The months must not overlap (ranges of one month ahead). Variance of the share p: m/(m − 1)·Σ(held − p·count)² over
    the m months, divided by the square of all ranges (the ratio of cluster totals, Cochran 1977); independent cases are
    p(1 − p) over that variance (Kish 1965), and the range is Wilson's (1927) for so many.
    """
    known = ~np.isnan(inside)
    of_month = known.sum(axis=1)
    tested = of_month > 0
    months, count = int(tested.sum()), int(of_month.sum())
    if count == 0:
        return None
    held = np.where(known, inside, 0.0).sum(axis=1)
    share = float(held.sum()) / count
    off = (held - share * of_month)[tested]
    variance = float(off @ off) * months / max(months - 1, 1) / count**2
    independent = share * (1.0 - share) / variance if variance > 0.0 else 0.0
    independent = min(max(independent, float(months)), float(count))
    low, high = _wilson(share, independent)
    return RangesHeld(held=round(held.sum()), count=count, independent=independent, low=low, high=high)


def _wilson(share: float, cases: float) -> tuple[float, float]:
    squared = RANGE_90_PERCENT**2 / cases
    middle = share + squared / 2.0
    half = float(np.sqrt(squared * (share * (1.0 - share) + squared / 4.0)))
    return max((middle - half) / (1.0 + squared), 0.0), min((middle + half) / (1.0 + squared), 1.0)
