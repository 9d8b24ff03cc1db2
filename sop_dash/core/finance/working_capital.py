"""Working capital and cash: receivables and payables by count-back, the cash path and the cash conversion cycle.

Balances in plan currency at month end; days by the financial calendar (365 / 12 a month). Source: core 10.3 and 10.4.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sop_dash.core.model.arrays import Array, ratio_or_nan, read_only

YEAR_DAYS = 365.0
_MONTH_DAYS = YEAR_DAYS / 12.0


def outstanding(flow: Array, before: Array, days: float) -> Array:
    """What is still unpaid of a monthly flow when each amount is paid after so many days.

    Args:
        flow: [T] amounts of the planned months.
        before: [H] amounts of the months before, oldest first; NaN where unknown.
        days: Days until payment; 0 leaves nothing unpaid.

    Returns:
        [T + 1] balances: the opening one, then every month end. A month before the plan whose amount is unknown is
        taken at the first planned amount, so that the lack of a past neither brings nor costs cash.
    """
    weights = unpaid_shares(days)
    reach = weights.size
    if reach == 0:
        return np.zeros(flow.size + 1)
    past = np.full(reach, flow[0] if flow.size else 0.0)
    for position, amount in enumerate(before[-reach:].tolist(), start=reach - min(reach, before.size)):
        if not math.isnan(amount):
            past[position] = amount
    return np.convolve(np.concatenate((past, flow)), weights)[reach - 1 : reach + flow.size]


@lru_cache(maxsize=64)
def unpaid_shares(days: float) -> Array:
    """Share of each month's amount that is still unpaid at a month end, the latest month first; empty for 0 days."""
    months = days / _MONTH_DAYS
    return read_only(np.clip(months - np.arange(math.ceil(months)), 0.0, 1.0))


def cash_path(
    *,
    opening_cash: float | None,
    revenue: Array,
    purchases: Array,
    paid_at_once: Array,
    operating_profit: Array,
    receivables: Array,
    payables: Array,
    tax_ratio: float | None,
) -> Array:
    """[T] closing cash: opening + collected − paid to suppliers − paid at once − tax; all NaN without opening cash.

    `receivables` and `payables` are [T + 1] with the opening balance first. Tax falls on months with a profit.
    """
    if opening_cash is None:
        return np.full(revenue.shape, np.nan)
    collected = revenue - (receivables[1:] - receivables[:-1])
    paid = purchases - (payables[1:] - payables[:-1])
    tax = (tax_ratio or 0.0) * np.maximum(operating_profit, 0.0)
    return np.asarray(opening_cash + np.cumsum(collected - paid - paid_at_once - tax))


@dataclass(frozen=True, kw_only=True)
class CashConversion:
    """How long money is tied up, in days; NaN where it cannot be calculated."""

    inventory_days: float
    receivable_days: float
    payable_days: float

    @property
    def operating_cycle_days(self) -> float:
        """From buying to being paid."""
        return self.inventory_days + self.receivable_days

    @property
    def cash_to_cash_days(self) -> float:
        """From paying to being paid; negative when customers pay first."""
        return self.operating_cycle_days - self.payable_days


def cash_conversion(
    *, revenue: float, cogs: float, inventory: float, receivables: float, payables: float, months: int = 12
) -> CashConversion:
    """The cash conversion cycle of `months` months of revenue and cost of goods, annualised by 12 / months.

    `inventory` is the average stock at standard cost; payables are measured against the cost of goods.
    """
    year = 12.0 / months
    return CashConversion(
        inventory_days=float(ratio_or_nan(YEAR_DAYS * inventory, cogs * year)),
        receivable_days=float(ratio_or_nan(YEAR_DAYS * receivables, revenue * year)),
        payable_days=float(ratio_or_nan(YEAR_DAYS * payables, cogs * year)),
    )
