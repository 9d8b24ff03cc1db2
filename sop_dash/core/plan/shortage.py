"""Who gets shorted: units of a family that cannot be served, split over its channels by the company's rule."""

import numpy as np

from sop_dash.core.model.arrays import Array, IntArray
from sop_dash.core.model.planning_settings import ShortageRule


def lost_by_channel(
    lost_units: Array, demand_units: Array, price: Array, rule: ShortageRule, first_channel: int | None
) -> Array:
    """[F, C, T] units not served; no channel loses more than its demand.

    Args:
        lost_units: [F, T] between 0 and the demand of the family.
        demand_units: [F, C, T].
        price: [F, C, T] net price; the unit cost is the same in every channel, so the price orders the contribution.
        rule: In proportion to demand; the least contribution first; or all others before the channel named first.
        first_channel: Index of that channel; None falls back to proportional.
    """
    if rule is ShortageRule.CONTRIBUTION:
        return _in_order(lost_units, demand_units, np.argsort(price, axis=1, kind="stable"))
    if rule is ShortageRule.NAMED_FIRST and first_channel is not None:
        others = demand_units.copy()
        others[:, first_channel] = 0.0
        lost = _proportional(np.minimum(lost_units, others.sum(axis=1)), others)
        lost[:, first_channel] = np.maximum(lost_units - lost.sum(axis=1), 0.0)
        return lost
    return _proportional(lost_units, demand_units)


def waiting_before(waiting_units: Array, demand_units: Array) -> Array:
    """[F, C] orders [F] that waited before the first month, split as the demand [F, C, T] of the horizon is."""
    by_channel = demand_units.sum(axis=2)
    total = by_channel.sum(axis=1, keepdims=True)
    even = np.full_like(by_channel, 1.0 / max(by_channel.shape[1], 1))
    return np.asarray(waiting_units[:, None] * np.divide(by_channel, total, out=even, where=total > 0.0))


def waiting_by_channel(waiting_units: Array, before: Array, demand_units: Array, lost: Array) -> Array:
    """[F, C, T] orders that wait at month end; channels wait in proportion to what each has open.

    Args:
        waiting_units: [F, T] of the family.
        before: [F, C] that waited before the first month.
        demand_units: [F, C, T].
        lost: [F, C, T] not served at all.
    """
    waiting = np.zeros_like(demand_units)
    for month in range(demand_units.shape[2]):
        open_orders = before + demand_units[:, :, month] - lost[:, :, month]
        total = open_orders.sum(axis=1)
        ratio = np.divide(waiting_units[:, month], total, out=np.zeros_like(total), where=total > 0.0)
        before = waiting[:, :, month] = open_orders * np.minimum(ratio, 1.0)[:, None]
    return waiting


def _proportional(lost_units: Array, demand_units: Array) -> Array:
    total = demand_units.sum(axis=1)
    ratio = np.zeros_like(total)
    np.divide(lost_units, total, out=ratio, where=total > 0.0)
    return np.asarray(demand_units * ratio[:, None, :])


def _in_order(lost_units: Array, demand_units: Array, order: IntArray) -> Array:
    """Take the loss from the channels one after the other, in `order` [F, C, T] of channel numbers."""
    sorted_demand = np.take_along_axis(demand_units, order, axis=1)
    before = np.cumsum(sorted_demand, axis=1) - sorted_demand
    taken = np.clip(lost_units[:, None, :] - before, 0.0, sorted_demand)
    lost = np.empty_like(taken)
    np.put_along_axis(lost, order, taken, axis=1)
    return lost
