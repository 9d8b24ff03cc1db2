"""Lots for demand that changes from month to month but is known: the cheapest months to order in. Units and money.

Source: Wagner & Whitin 1958; Snyder & Shen ch. 3; core specification 7.2.
"""

from typing import NamedTuple

import numpy as np

from sop_dash.core.model.arrays import Array


class LotPlan(NamedTuple):
    """What to order in each period, and the cost of ordering and holding."""

    lots: Array
    cost: float


def lot_plan(demand: Array, order_cost: float, holding: float) -> LotPlan:
    """The cheapest plan that serves all demand on time.

    Args:
        demand: [T] units, zero or more.
        order_cost: Of each order.
        holding: A unit kept from one period to the next.
    """
    periods = len(demand)
    cheapest = np.zeros(periods + 1)  # of serving periods t…T−1, with nothing in stock at the start of t
    until = np.zeros(periods, dtype=np.int64)
    for first in range(periods - 1, -1, -1):
        kept = np.cumsum(holding * np.arange(periods - first) * demand[first:])
        total = np.where(demand[first:].cumsum() > 0.0, order_cost, 0.0) + kept + cheapest[first + 1 :]
        until[first] = first + 1 + int(np.argmin(total))
        cheapest[first] = total.min()
    lots, month = np.zeros(periods), 0
    while month < periods:
        lots[month] = demand[month : until[month]].sum()
        month = int(until[month])
    return LotPlan(lots=lots, cost=float(cheapest[0]))
