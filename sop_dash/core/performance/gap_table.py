"""The gap table (S-308): per family demand, supply in regular hours, gap, and how the plan closes it. Units.

Regular supply is stock beyond the target at the end, open orders, and what is made in regular hours or bought. Because
stocks balance, the gap (supply − demand, a shortage is negative) is exactly what the means of the plan put in:

    gap = closing − target − overtime − outsourced − not served
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array, BoolArray, worth
from sop_dash.core.model.kpi import Status
from sop_dash.core.model.result import PlanResult

_NOTICEABLE = 1e-6
_TOLD_FROM = 1e-4


@dataclass(frozen=True, kw_only=True)
class FamilyGap:
    """One family over the months asked for; units unless named otherwise.

    Args:
        family: Its name.
        demand: Committed demand.
        regular_supply: Usable stock, open orders and regular output.
        overtime, outsourced, not_served: What the plan does about the gap, and what it cannot do.
        from_stock: Stock taken below its target at the end; negative when stock is built beyond it.
        lost_revenue_value: Revenue of what is not served; NaN where no price is known.
        first_short: Position of the first month in which demand is not served; None without one.
        capacity_known: False where nothing is known that could limit the family.
    """

    family: str
    demand: float
    regular_supply: float
    overtime: float
    outsourced: float
    from_stock: float
    not_served: float
    lost_revenue_value: float
    first_short: int | None
    capacity_known: bool = True

    @property
    def gap(self) -> float:
        """Regular supply − demand: a shortage is negative."""
        return self.regular_supply - self.demand

    @property
    def gap_ratio(self) -> float:
        """Gap ÷ demand; NaN without demand."""
        return self.gap / self.demand if self.demand > 0.0 else float("nan")

    @property
    def status(self) -> Status:
        """Demand not served asks for action, a gap that the plan closes for attention.

        Without demand, and without a capacity that could have limited the plan, there is nothing to judge.
        """
        if self.first_short is not None:
            return Status.ACT
        if self.demand <= 0.0 or not self.capacity_known:
            return Status.NO_DATA
        return Status.WATCH if self.gap < -_NOTICEABLE * self.demand else Status.ON_PLAN


def gap_table(
    plan: PlanResult, opening_units: Array, hours_per_unit: Array, chosen: BoolArray, months: int
) -> tuple[FamilyGap, ...]:
    """One row per chosen family, the dearest shortage first, then the largest gap against demand.

    Args:
        plan: The plan.
        opening_units: [F] saleable stock before the first month.
        hours_per_unit: [R, F] of made families.
        chosen: [F] families asked for.
        months: How many months of the horizon, from its start.
    """
    supply = plan.supply
    demand = plan.demand.committed.sum(axis=1)[:, :months]
    lost = supply.lost[:, :, :months]
    lost_units = lost.sum(axis=1)
    revenue = worth(lost, plan.money.price[:, :, :months]).sum(axis=(1, 2))
    overtime, outsourced = (a[:, :months].sum(axis=1) for a in (supply.overtime_units, supply.outsource))
    closing, target = supply.closing[:, months - 1], supply.target[:, months - 1]
    # All supply of these months by the balance of stock, so that lead times need no second look.
    shipped = supply.shipped[:, :, :months].sum(axis=(1, 2))
    supplied = closing - opening_units + shipped
    not_served = demand.sum(axis=1) - shipped  # lost, or made to wait beyond these months
    unserved = lost_units + supply.waiting[:, :, :months].sum(axis=1)
    short = unserved > _NOTICEABLE * np.maximum(demand, 1.0)
    known = _capacity_known(plan, hours_per_unit, months)
    rows = [
        FamilyGap(
            family=plan.grain.families[f],
            demand=float(demand[f].sum()),
            regular_supply=float(opening_units[f] - target[f] + supplied[f] - overtime[f] - outsourced[f]),
            overtime=float(overtime[f]),
            outsourced=float(outsourced[f]),
            from_stock=float(target[f] - closing[f]),
            not_served=float(not_served[f]),
            lost_revenue_value=float(revenue[f]),
            first_short=int(short[f].argmax()) if short[f].any() else None,
            capacity_known=bool(known[f]),
        )
        for f in np.flatnonzero(chosen).tolist()
    ]
    return tuple(sorted(rows, key=_importance))


def _capacity_known(plan: PlanResult, hours_per_unit: Array, months: int) -> BoolArray:
    """[F] made families that use a resource with known hours, and bought ones; none in a company without resources."""
    limited = np.asarray(~np.isnan(plan.supply.available_hours[:, :months]).all(axis=1))
    uses = np.asarray(((hours_per_unit > 0.0) & limited[:, None]).any(axis=0))
    bought = ~np.array(plan.grain.made, dtype=np.bool_)
    return np.asarray(uses | (bought & bool(plan.grain.resources)))


@dataclass(frozen=True, kw_only=True)
class Shortage:
    """Demand that is not served in a span of months; empty where all of it is.

    Args:
        families: Short families, the dearest first (the largest share of demand where no price is known).
        months: Their short months, in order.
        revenue_value: Revenue of what is not served; NaN where no price is known.
    """

    families: tuple[str, ...]
    months: tuple[str, ...]
    revenue_value: float


def shortage(plan: PlanResult, chosen: BoolArray, months: int) -> Shortage:
    """What the chosen families cannot serve in the first `months` of the horizon; shares below 0.1 ‰ do not count."""
    lost = plan.supply.lost[:, :, :months]
    demand = plan.demand.committed.sum(axis=1)[:, :months]
    units = lost.sum(axis=1)
    short = (units > _TOLD_FROM * np.maximum(demand, 1.0)) & chosen[:, None]
    revenue = worth(lost, plan.money.price[:, :, :months]).sum(axis=(1, 2))
    share = units.sum(axis=1) / np.maximum(demand.sum(axis=1), 1.0)
    order = np.lexsort((-share, -np.nan_to_num(revenue)))
    known = revenue[short.any(axis=1) & ~np.isnan(revenue)]
    return Shortage(
        families=tuple(plan.grain.families[f] for f in order.tolist() if short[f].any()),
        months=tuple(plan.grain.horizon[t] for t in np.flatnonzero(short.any(axis=0))),
        revenue_value=float(known.sum()) if known.size else float("nan"),
    )


def _importance(row: FamilyGap) -> tuple[bool, float, float]:
    money = row.lost_revenue_value if row.first_short is not None else 0.0
    return row.first_short is None, -float(np.nan_to_num(money)), float(np.nan_to_num(row.gap_ratio))
