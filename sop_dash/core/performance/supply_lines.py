"""The supply of a plan against its demand lines, and stock in its band: one row per month for any choice of families.

Families are added up by a rate: standard cost for money, hours per unit for the hours of a resource, 1 for the units of
one family. Units of unlike families are never added.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array, BoolArray, worth
from sop_dash.core.model.result import PlanResult


@dataclass(frozen=True, kw_only=True, eq=False)
class SupplyLines:
    """[T] each, in the unit of the rate; NaN in months without a family of known rate.

    Args:
        regular: Made in regular hours, or ordered by the plan for bought families.
        overtime: Made in overtime.
        outsourced: Outsourced receipts.
        receipts: Receipts already on order.
        unconstrained: What the market would take.
        committed: After decisions and prices that shape demand.
        feasible: What can be supplied.
        stock: At month end.
        stock_low, stock_target, stock_high: Its band and target.
        counted: [F] families that are in the sums: chosen, and with a known rate in every month.
    """

    regular: Array
    overtime: Array
    outsourced: Array
    receipts: Array
    unconstrained: Array
    committed: Array
    feasible: Array
    stock: Array
    stock_low: Array
    stock_target: Array
    stock_high: Array
    counted: BoolArray


def supply_lines(plan: PlanResult, rate: Array, chosen: BoolArray) -> SupplyLines:
    """Add up the chosen families.

    Args:
        plan: The plan.
        rate: [F, T] what a unit counts; NaN where unknown: such a family is left out of every sum.
        chosen: [F] families asked for.
    """
    counted = np.asarray(chosen & ~np.isnan(rate).any(axis=1))

    def total(units: Array) -> Array:
        if not counted.any():
            return np.full(units.shape[1], np.nan)
        return np.asarray(worth(units[counted], rate[counted]).sum(axis=0))

    supply, demand = plan.supply, plan.demand
    return SupplyLines(
        regular=total(supply.make - supply.overtime_units),
        overtime=total(supply.overtime_units),
        outsourced=total(supply.outsource),
        receipts=total(supply.receipts),
        unconstrained=total(demand.unconstrained.sum(axis=1)),
        committed=total(demand.committed.sum(axis=1)),
        feasible=total(supply.shipped.sum(axis=1)),
        stock=total(supply.closing),
        stock_low=total(supply.stock_low),
        stock_target=total(supply.target),
        stock_high=total(supply.stock_high),
        counted=counted,
    )
