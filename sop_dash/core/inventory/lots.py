"""How much to order at a time: economic lots and what is practical. Units; demand and holding over one time unit.

Arrays of one shape or plain numbers. Nothing sold gives a lot of 0, holding that costs nothing an infinite one (its cap
is the planner's), unknown inputs NaN. Sources: Heizer & Render; Nahmias; Snyder & Shen; core specification 7.2.
"""

from typing import Any, NamedTuple

import numpy as np

from sop_dash.core.inventory.loss import normal_loss
from sop_dash.core.inventory.safety_stock import economic_service, service_factor
from sop_dash.core.model.arrays import Array, ratio_or_nan

_ROUNDS = 500


class JointPolicy(NamedTuple):
    """A lot and the reorder point that goes with it."""

    lot: float
    reorder_point: float


def economic_lot(demand: Any, order_cost: Any, holding: Any) -> Array:
    """EOQ = √(2DK/h). `holding` is h, cost of a unit over the time in which `demand` D is counted."""
    D, h = np.asarray(demand, dtype=np.float64), np.asarray(holding, dtype=np.float64)
    free = (h == 0.0) & (D > 0.0) & ~np.isnan(order_cost)
    lot = np.sqrt(ratio_or_nan(2.0 * np.maximum(D, 0.0) * order_cost, h))
    return np.where(free, np.inf, np.where(D <= 0.0, 0.0, lot))


def production_lot(demand: Any, order_cost: Any, holding: Any, output: Any) -> Array:
    """POQ = √(2DK/(h(1 − d/p))): the lot arrives at the rate `output` p; infinite where p is not above demand."""
    D, p = np.asarray(demand, dtype=np.float64), np.asarray(output, dtype=np.float64)
    idle = np.maximum(1.0 - ratio_or_nan(D, p), 0.0)
    return economic_lot(D, order_cost, np.asarray(holding) * idle)


def planned_backorder_lot(demand: Any, order_cost: Any, holding: Any, shortage: Any) -> tuple[Array, Array]:
    """Lot √(2DK(h+b)/(hb)) and the share of demand that waits, h/(h+b); `shortage` b for a unit waiting that time."""
    h, b = np.asarray(holding, dtype=np.float64), np.asarray(shortage, dtype=np.float64)
    stretch = np.sqrt(ratio_or_nan(h + b, b))
    return np.asarray(economic_lot(demand, order_cost, h) * stretch), ratio_or_nan(h, h + b)


def lot_cost(lot: Any, demand: Any, order_cost: Any, holding: Any) -> Array:
    """Ordering and holding over the time of `demand`: K·D/Q + h·Q/2; √(2DKh) at the economic lot."""
    return np.asarray(ratio_or_nan(np.asarray(order_cost) * demand, lot) + np.asarray(holding) * np.asarray(lot) / 2.0)


def cost_of_rounding(lot: Any, economic: Any) -> Array:
    """How many times the least cost a lot costs: (q + 1/q)/2 with q = lot ÷ economic lot; NaN without either."""
    q = ratio_or_nan(lot, economic)
    return np.asarray((q + ratio_or_nan(1.0, q)) / 2.0)


def practical_lot(lot: Any, *, smallest: Any, multiple: Any, largest: Any) -> Array:
    """A lot that can be ordered: at least the smallest order, in whole multiples, at most what may be kept.

    Args:
        lot: The economic lot.
        smallest: Least order; NaN where there is none.
        multiple: Orders are multiples of it; NaN or 0 where any number will do.
        largest: What is used up within shelf life and the longest cover; infinite where neither limits.

    Returns:
        Where the largest is less than the smallest order or one multiple, that order: less cannot be bought. An
        infinite lot is cut to the largest first. 0 stays 0.
    """
    step, least = np.nan_to_num(multiple), np.nan_to_num(smallest)
    wanted = np.maximum(np.minimum(lot, largest), least)
    steps = ratio_or_nan(wanted, step)
    up, down = np.ceil(steps - 1e-9) * step, np.floor(steps + 1e-9) * step
    fits = (up <= largest) | (down < np.maximum(least, step))
    rounded = np.where(step > 0.0, np.where(fits, up, down), wanted)
    return np.where(np.asarray(lot) == 0.0, 0.0, np.where(np.isnan(lot), np.nan, rounded))


def joint_policy(
    mean: float, sigma: float, *, demand: float, order_cost: float, holding: float, shortage: float
) -> JointPolicy:
    """Lot and reorder point that fit each other: Q = √(2D(K + b·n(R))/h), 1 − F(R) = hQ/(bD), to their fixed point.

    Args:
        mean: Demand over the lead time, taken as normal.
        sigma: Its standard deviation.
        demand: D.
        order_cost: K.
        holding: h, a unit over the time of D.
        shortage: b, each unit short.
    """
    lot = float(economic_lot(demand, order_cost, holding))
    point = mean
    for _ in range(_ROUNDS):
        z = float(service_factor(economic_service(holding, lot, shortage, demand)))
        point = mean + z * sigma
        short = sigma * float(normal_loss(np.asarray(z)))
        better = float(economic_lot(demand, order_cost + shortage * short, holding))
        if abs(better - lot) <= 1e-13 * better:
            break
        lot = better
    return JointPolicy(lot=lot, reorder_point=point)
