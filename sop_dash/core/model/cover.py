"""Days of supply: how long a stock lasts against the demand that follows. Units or money, the same on both sides.

Walks the calendar days of the following months, with demand spread evenly inside a month. Source: core 1 and 7.4.
"""

import math

import numpy as np

from sop_dash.core.model.arrays import Array


def beyond_horizon(demand: Array, months: int = 12) -> Array:
    """`demand` [..., T] followed by `months` more: the same calendar months a year earlier, else the last mean.

    With fewer than twelve months planned, the mean of the last three is repeated. Never zero unless demand is.
    """
    planned = demand.shape[-1]
    if planned >= 12:
        year = demand[..., planned - 12 :]
        return np.concatenate((demand, *(year for _ in range(months // 12)), year[..., : months % 12]), axis=-1)
    later = np.repeat(demand[..., -3:].mean(axis=-1, keepdims=True), months, axis=-1)
    return np.concatenate((demand, later), axis=-1)


def days_of_supply(stock: Array, demand: Array, days: Array) -> Array:
    """Forward days of supply of one row of month-end stocks.

    Args:
        stock: [T] stock at the end of months 0…T−1.
        demand: [T + n] demand of months 0…T+n−1; the stock at the end of month t serves the months after t.
        days: [T + n] calendar days of those months.

    Returns:
        [T] days; 0 for no stock or backlog, infinite where no demand ever follows, NaN where stock or demand is
        unknown. Stock used up exactly at a month end lasts to that month end. Stock beyond all known demand lasts on
        at the mean rate of the last twelve months known.
    """
    used, day = (np.zeros(demand.size + 1) for _ in range(2))
    np.cumsum(demand, out=used[1:])
    np.cumsum(days, out=day[1:])
    months = slice(1, stock.size + 1)
    level = used[months] + np.maximum(stock, 0.0)
    reached = used[1:-1].searchsorted(level * (1.0 - 1e-12))
    past_end = level > used[-1] * (1.0 + 1e-12)
    with np.errstate(divide="ignore", invalid="ignore"):
        lasts = day[reached] + (level - used[reached]) / (demand[reached] / days[reached])
        if past_end.any():
            year_rate = demand[-12:].sum() / days[-12:].sum()
            lasts = np.where(past_end, day[-1] + (level - used[-1]) / year_rate, lasts)
    if math.isnan(used[-1]):
        lasts = np.full(stock.shape, np.nan)
    return np.where(stock <= 0.0, 0.0, lasts - day[months])


def units_for_days(demand_after: Array, days: Array, cover_days: float) -> float:
    """The stock that lasts `cover_days`: the demand of that many calendar days from the first month given on.

    `demand_after` and `days` are [n]; cover beyond them goes on at the mean rate given. The inverse of
    `days_of_supply`.
    """
    end = np.concatenate(([0.0], np.cumsum(days)))
    share = np.clip((cover_days - end[:-1]) / days, 0.0, 1.0)
    rest = max(0.0, cover_days - float(end[-1]))
    return float(demand_after @ share) + rest * float(demand_after.sum() / end[-1])
