"""What stock is good for: how long it lasts, and what is excess, at risk or obsolete. Units, days and plan currency.

Source: core specification 7.4.
"""

from collections.abc import Sequence

import numpy as np

from sop_dash.core.model.arrays import Array, BoolArray
from sop_dash.core.model.cover import days_of_supply


def forward_days(stock: Array, demand_ahead: Array, days: Array) -> Array:
    """[S] days for which stock lasts against the demand that follows; infinite where none ever follows.

    Args:
        stock: [S] on hand at the start of the first month.
        demand_ahead: [S, n].
        days: [n] calendar days of those months.
    """
    # The stock of today stands at the end of a month before the first one.
    calendar = np.concatenate(([1.0], days))
    demand = np.concatenate([np.zeros((len(stock), 1)), demand_ahead], axis=1)
    return np.array(
        [days_of_supply(np.array([units]), row, calendar)[0] for units, row in zip(stock, demand, strict=True)],
        dtype=np.float64,
    )


def demand_within(demand_ahead: Array, months: Array) -> Array:
    """[S] demand of so many months from the first one on; parts of a month count in proportion.

    Months beyond those given go on at the mean rate given. `months` is [S]; NaN gives NaN, infinity the demand of a
    life that never ends: infinite, or 0 without demand.
    """
    count = demand_ahead.shape[1]
    share = np.clip(months[:, None] - np.arange(count), 0.0, 1.0)
    rest = np.maximum(months - count, 0.0)
    rate = demand_ahead.mean(axis=1) if count else np.zeros(len(months))
    with np.errstate(invalid="ignore"):
        beyond = np.where(rate > 0.0, rest * rate, 0.0)
    return np.where(np.isnan(months), np.nan, (demand_ahead * share).sum(axis=1) + beyond)


def excess_units(on_hand: Array, on_order: Array, demand: Array, safety: Array) -> Array:
    """[S] stock and open orders beyond demand and safety stock; never negative.

    `demand` is that of the months for which stock is no excess; see `demand_within`.
    """
    return np.asarray(np.maximum(on_hand + on_order - demand - np.maximum(safety, 0.0), 0.0))


def obsolete(on_hand: Array, demand_ahead: Array, demand_past: Array, ended: BoolArray) -> BoolArray:
    """[S] True for stock of an item that is no longer sold: its last month has passed, or nobody asks for it.

    Nobody asks: no demand in all months given, past [S, n] and ahead [S, m].
    """
    silent = (np.nan_to_num(demand_ahead) <= 0.0).all(axis=1) & (np.nan_to_num(demand_past) <= 0.0).all(axis=1)
    return np.asarray((np.nan_to_num(on_hand) > 0.0) & (ended | silent))


def at_risk_units(on_hand: Array, demand_ahead: Array, months_left: Array) -> Array:
    """[S] stock that will not be sold in the months left before the item ends or spoils; infinite where neither."""
    return np.where(
        np.isinf(months_left), 0.0, np.maximum(on_hand - demand_within(demand_ahead, np.maximum(months_left, 0.0)), 0.0)
    )


def provision(value_by_bucket: Array, ratio_by_bucket: Sequence[float]) -> float:
    """Σ share × value over the buckets (obsolete, at risk, excess, say); NaN values are left out."""
    return float(np.nansum(value_by_bucket * np.asarray(ratio_by_bucket)))
