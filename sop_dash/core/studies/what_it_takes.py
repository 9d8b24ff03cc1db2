"""What it would take to serve a share of demand: the smallest list of hours and units, in names and months.

Service is the share of demand served, weighed by price (by units where a price is missing, as everywhere).
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import BoolArray
from sop_dash.core.model.company_money import every_price_known
from sop_dash.core.model.result import PlanResult
from sop_dash.core.plan import Prepared
from sop_dash.core.plan.run import problem_of
from sop_dash.core.studies.bottleneck import lost_price
from sop_dash.core.supply.restoration import restoration, service_ratio

_TOLD_UNITS, _TOLD_SHARE = 0.5, 1e-3


@dataclass(frozen=True, kw_only=True)
class Needed:
    """One entry of the list.

    Args:
        place: Resource (hours) or family (units).
        month: In which month.
        amount: Hours beyond regular hours and all overtime allowed, or units received from outside.
        is_hours: True for hours.
        in_time: False for hours before the lead time of more capacity: only a special shift or a favour can give them.
    """

    place: str
    month: str
    amount: float
    is_hours: bool
    in_time: bool


@dataclass(frozen=True, kw_only=True)
class Uncured:
    """Demand that stays unserved whatever is added from now on."""

    family: str
    month: str
    units: float


@dataclass(frozen=True, kw_only=True)
class WhatItTakes:
    """The answer.

    Args:
        target_ratio: Share asked for.
        now_ratio: Share the plan serves; NaN without demand.
        then_ratio: Share served with everything on the list.
        reached: True when that is what was asked for; otherwise it is the most that can be reached.
        needed: The list, empty when nothing is missing.
        uncured: What stays unserved where the target is not reached, largest first.
        months: The months whose demand counts.
        by_price: True where demand is weighed by price, False where it is counted in units.
    """

    target_ratio: float
    now_ratio: float
    then_ratio: float
    reached: bool
    needed: tuple[Needed, ...]
    uncured: tuple[Uncured, ...]
    months: tuple[str, ...]
    by_price: bool

    @property
    def hours(self) -> float:
        """All hours on the list."""
        return sum(one.amount for one in self.needed if one.is_hours)


def what_it_takes(prepared: Prepared, result: PlanResult, chosen: BoolArray, target_ratio: float) -> WhatItTakes:
    """The smallest additions with which the chosen families reach the share.

    Args:
        prepared: What the plan was made from.
        result: The plan looked at; its levers stand.
        chosen: [F] families whose demand counts.
        target_ratio: Share of their demand, 0 to 1.
    """
    problem, grain = problem_of(prepared, result.levers), result.grain
    by_price = every_price_known(result.money.price, result.demand.committed)
    value = np.maximum(lost_price(prepared, result), 0.0) if by_price else np.ones_like(problem.demand_units)
    found = restoration(problem, chosen, value, target_ratio)
    now = service_ratio(result.supply.lost.sum(axis=1), problem.demand_units, value, chosen)
    hours = [
        Needed(
            place=grain.resources[one.resource],
            month=grain.horizon[one.month],
            amount=one.hours,
            is_hours=True,
            in_time=_in_time(prepared, grain.resources[one.resource], grain.horizon[one.month]),
        )
        for one in found.hours
        if one.hours >= _TOLD_UNITS
    ]
    units = [
        Needed(
            place=grain.families[one.family],
            month=grain.horizon[one.month],
            amount=one.units,
            is_hours=False,
            in_time=True,
        )
        for one in found.units
        if one.units >= _TOLD_UNITS
    ]
    told = np.maximum(_TOLD_UNITS, _TOLD_SHARE * problem.demand_units)
    left = [
        Uncured(family=grain.families[f], month=grain.horizon[t], units=float(found.lost_units[f, t]))
        for f, t in np.argwhere((found.lost_units >= told) & chosen[:, None]).tolist()
    ]
    return WhatItTakes(
        target_ratio=target_ratio,
        now_ratio=now,
        then_ratio=max(service_ratio(found.lost_units, problem.demand_units, value, chosen), now),
        reached=found.reached,
        needed=(*hours, *units),
        uncured=() if found.reached else tuple(sorted(left, key=lambda one: -one.units)),
        months=tuple(grain.horizon),
        by_price=by_price,
    )


def _in_time(prepared: Prepared, resource: str, month: str) -> bool:
    first = prepared.scope.first_month((resource,))
    return first is not None and month >= first
