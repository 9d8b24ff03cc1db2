"""Safety stock by every rule of the trade. Units; all arguments of one call share one period unit (months, say).

Arrays of any one shape, one element an item; plain numbers work too. σ_P is the standard deviation of the error over
the protection interval (`protection`), z the safety factor, G the loss function. Unknown inputs give NaN.
Sources: Chopra & Meindl; Nahmias; Silver, Pyke & Thomas; King, APICS 2011; core specification 7.1.
"""

from typing import Any, NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri

from sop_dash.core.inventory.loss import inverse_normal_loss, normal_loss
from sop_dash.core.model.arrays import Array, ratio_or_nan
from sop_dash.core.model.errors import BadValue

HIGHEST_SERVICE = 0.9999
"""No finite stock gives full service; a target above this is refused."""


class ImpliedService(NamedTuple):
    """What a stock set by another rule gives.

    Attributes:
        cycle_ratio: Chance of no stock-out before an order arrives.
        fill_ratio: Share of demand served from stock.
    """

    cycle_ratio: Array
    fill_ratio: Array


def service_factor(cycle_ratio: Any) -> Array:
    """Z = Φ⁻¹(α) for a chance α of no stock-out in a cycle (type 1).

    Raises:
        BadValue: A target is not above 0, or above 0.9999.
    """
    target = _checked("cycle service", cycle_ratio)
    return np.asarray(ndtri(target))


def cycle_service_stock(sigma: Any, cycle_ratio: Any) -> Array:
    """z·σ_P; below zero for a target under one half. Raises `BadValue` as `service_factor`."""
    return np.asarray(service_factor(cycle_ratio) * np.asarray(sigma, dtype=np.float64))


def fill_rate_factor(sigma: Any, lot: Any, fill_ratio: Any, *, lost_sales: bool = False) -> Array:
    """Z with G(z) = Q(1−β)/σ_P, for a share β of demand served from stock (type 2); with σ_P = 0, z is 0.

    Args:
        sigma: σ_P.
        lot: Q, what one order brings; in periodic review the demand of a review interval.
        fill_ratio: β.
        lost_sales: True where demand that is not served is lost instead of waiting: G(z) = Q(1−β)/(βσ_P).

    Raises:
        BadValue: A target is not above 0, or above 0.9999.
    """
    beta, spread = _checked("fill rate", fill_ratio), np.asarray(sigma, dtype=np.float64)
    short = np.asarray(lot, dtype=np.float64) * (1.0 - beta) / (beta if lost_sales else 1.0)
    return np.where(spread == 0.0, 0.0, inverse_normal_loss(ratio_or_nan(short, spread)))


def fill_rate_stock(sigma: Any, lot: Any, fill_ratio: Any, *, lost_sales: bool = False) -> Array:
    """z·σ_P of `fill_rate_factor`; below zero where the lot alone serves more than asked."""
    return np.asarray(fill_rate_factor(sigma, lot, fill_ratio, lost_sales=lost_sales) * np.asarray(sigma))


def economic_service(holding: Any, lot: Any, shortage: Any, demand: Any) -> Array:
    """Best chance of no stock-out, 1 − hQ/(bD); never below 0 and never above 0.9999.

    Args:
        holding: h, cost of holding a unit for the time in which D is counted.
        lot: Q.
        shortage: b, cost of each unit short.
        demand: D.
    """
    risk = ratio_or_nan(np.asarray(holding) * np.asarray(lot), np.asarray(shortage) * np.asarray(demand))
    return np.asarray(np.clip(1.0 - risk, 0.0, HIGHEST_SERVICE))


def newsvendor_level(mean: Any, sigma: Any, *, overage: float, underage: float) -> Array:
    """Best stock for one season: the demand not exceeded with chance b/(b+h). `overage` h, `underage` b, per unit."""
    return np.asarray(mean + ndtri(underage / (underage + overage)) * np.asarray(sigma, dtype=np.float64))


def newsvendor_cost(level: Any, mean: Any, sigma: Any, *, overage: float, underage: float) -> Array:
    """Expected cost of having `level` for one season: too much at h, too little at b a unit; NaN without spread."""
    spread = np.asarray(sigma, dtype=np.float64)
    z = ratio_or_nan(np.asarray(level) - mean, spread)
    return np.asarray(spread * (overage * (z + normal_loss(z)) + underage * normal_loss(z)))


def implied_service(stock: Any, sigma: Any, lot: Any) -> ImpliedService:
    """The service that a safety stock N gives: α = Φ(N/σ_P), β = 1 − σ_P·G(N/σ_P)/Q, never below 0.

    Without any spread a stock of zero or more serves everything.
    """
    level, spread = np.asarray(stock, dtype=np.float64), np.asarray(sigma, dtype=np.float64)
    sure = spread == 0.0
    z = ratio_or_nan(level, spread)
    short = ratio_or_nan(spread * normal_loss(z), lot)
    without_spread = np.where(level >= 0.0, 1.0, 0.0)
    return ImpliedService(
        cycle_ratio=np.where(sure, without_spread, ndtr(z)),
        fill_ratio=np.where(sure, without_spread, np.maximum(0.0, 1.0 - short)),
    )


def order_up_to(demand: Any, protection: Any, safety: Any) -> Array:
    """S = d̄P + SS: what stock and open orders are filled up to at a review; the reorder point where P is the lead."""
    return np.asarray(np.asarray(demand) * protection + safety)


def _checked(field: str, target: Any) -> Array:
    """The target; unknown elements pass, a share that no stock can give is refused."""
    value = np.asarray(target, dtype=np.float64)
    if ((value <= 0.0) | (value > HIGHEST_SERVICE)).any():
        raise BadValue(field, f"A {field} must lie above 0 and at most at {HIGHEST_SERVICE:.2%}.")
    return value
