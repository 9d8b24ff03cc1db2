"""Margin by family and channel as a map: where money is lost, where little is earned. Plan currency and ratios.

A cell is thin when its margin ratio is less than half of the company's. What is not sold has no margin.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from sop_dash.core.model.arrays import Array, known_sum, ratio_or_nan
from sop_dash.core.model.result import MoneyPlan

_THIN_OF_COMPANY = 0.5


class Earning(StrEnum):
    """How a cell earns, in one word."""

    LOSS = "loss"
    THIN = "thin"
    FAIR = "fair"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, eq=False)
class MarginMap:
    """Margin over some months, premiums deducted; NaN where nothing is sold or price or cost is unknown.

    Args:
        ratio: [F, C] margin ÷ revenue.
        value: [F, C] margin.
        family_ratio, family_value: [F] all channels together, those with an unknown margin left out.
        company_ratio: All families together.
    """

    ratio: Array
    value: Array
    family_ratio: Array
    family_value: Array
    company_ratio: float

    def earning(self, ratio: float) -> Earning:
        """How a cell with this margin ratio earns."""
        if np.isnan(ratio):
            return Earning.UNKNOWN
        if ratio < 0.0:
            return Earning.LOSS
        return Earning.THIN if ratio < _THIN_OF_COMPANY * self.company_ratio else Earning.FAIR

    @property
    def weakest_first(self) -> list[int]:
        """Families by the money their channels lose, then by their weakest channel; without a known margin last."""
        lost = np.minimum(np.nan_to_num(self.value), 0.0).sum(axis=1)
        weakest = np.fmin.reduce(self.ratio, axis=1, initial=np.inf)
        return [int(place) for place in np.lexsort((weakest, lost))]


def margin_map(money: MoneyPlan, months: int) -> MarginMap:
    """The map over the first `months` planned months."""
    revenue, margin = (a[:, :, :months].sum(axis=2) for a in (money.revenue, money.margin))
    revenue = np.where(np.isnan(margin) | (revenue == 0.0), np.nan, revenue)
    margin = np.where(np.isnan(revenue), np.nan, margin)
    sold, earned = known_sum(revenue, 1), known_sum(margin, 1)
    return MarginMap(
        ratio=ratio_or_nan(margin, revenue),
        value=margin,
        family_ratio=ratio_or_nan(earned, sold),
        family_value=earned,
        company_ratio=float(ratio_or_nan(known_sum(earned, 0), known_sum(sold, 0))),
    )
