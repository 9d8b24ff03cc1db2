"""Cost of supply against service: stock cover and overtime swept together, and the places that no other one beats.

Cost is premiums and other costs, as in the profit, plus the holding of stock; plan currency over the next twelve
months.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sop_dash.core.model.levers import RANGES
from sop_dash.core.model.result import PlanResult
from sop_dash.core.plan import Prepared, plan

COVER_STEPS = (-10.0, -5.0, 0.0, 5.0, 10.0)
OVERTIME_PLACES = (0.0, 0.05, 0.10, 0.15, 0.20)
_MONTHS = 12
_SAME_SERVICE = 1e-6


@dataclass(frozen=True, kw_only=True)
class Place:
    """One plan of the sweep.

    Args:
        cover_days: Stock cover.
        overtime_ratio: Overtime allowed.
        cost_value: Premiums and holding; None where costs are unknown.
        service_ratio: Share of demand served, by value.
        efficient: True when no other place serves as much for less, or more for as much.
    """

    cover_days: float
    overtime_ratio: float
    cost_value: float | None
    service_ratio: float
    efficient: bool = False


@dataclass(frozen=True, kw_only=True)
class Frontier:
    """The sweep, the plan as it stands among it, and what the same service could cost less."""

    places: tuple[Place, ...]
    now: Place
    saving_value: float | None
    cheaper: Place | None


def frontier(prepared: Prepared, result: PlanResult, *, cover_days: float, overtime_ratio: float) -> Frontier | None:
    """Sweep cover and overtime around this plan; None where service or costs are unknown.

    Args:
        prepared: What the plan was made from.
        result: The plan as the levers stand.
        cover_days: Where cover stands.
        overtime_ratio: Where overtime stands.
    """
    now = _place(prepared, result, cover_days, overtime_ratio)
    if now is None or now.cost_value is None:
        return None
    covers = sorted({min(max(cover_days + step, 0.0), RANGES["cover_days"].high) for step in COVER_STEPS})
    found: list[Place] = []
    for cover in covers:
        for overtime in sorted({*OVERTIME_PLACES, overtime_ratio}):
            levers = replace(result.levers, cover_days=cover, overtime_max_ratio=overtime)
            place = _place(prepared, plan(prepared, levers), cover, overtime)
            if place is not None:
                found.append(place)
    marked = tuple(replace(place, efficient=_efficient(place, found)) for place in found)
    as_good = [p for p in marked if p.service_ratio >= now.service_ratio - _SAME_SERVICE]
    best = min(as_good, key=_cost, default=None)
    saving = max(_cost(now) - _cost(best), 0.0) if best is not None else None
    return Frontier(places=marked, now=now, saving_value=saving, cheaper=best)


def _place(prepared: Prepared, result: PlanResult, cover: float, overtime: float) -> Place | None:
    service = result.kpi("service").value
    premiums = [result.kpi(name).value for name in ("overtime-cost", "outsourcing-cost")]
    no_cost = np.isnan(result.money.unit_cost).all()
    if service is None or no_cost or any(value is None for value in premiums):
        return None
    stock = result.supply.closing[:, :_MONTHS].sum(axis=1)
    other = result.money.other_value[:, :_MONTHS].sum()
    cost = sum(value or 0.0 for value in premiums) + float(other) + float(prepared.problem.holding_cost @ stock)
    return Place(cover_days=cover, overtime_ratio=overtime, cost_value=cost, service_ratio=service)


def _efficient(place: Place, others: Sequence[Place]) -> bool:
    return not any(
        other.service_ratio >= place.service_ratio
        and _cost(other) <= _cost(place)
        and (other.service_ratio > place.service_ratio or _cost(other) < _cost(place))
        for other in others
    )


def _cost(place: Place) -> float:
    return place.cost_value or 0.0
