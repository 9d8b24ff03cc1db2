"""Why a cell of the plan looks as it does: the ways to deliver one more unit, and the facts behind a shortage.

Facts are data; sentences are made where they are shown.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from sop_dash.core.supply.evaluate import full_cells
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.solution import SupplySolution


class Source(StrEnum):
    """Where one more unit could come from."""

    REGULAR = "make"
    OVERTIME = "make in overtime"
    OUTSOURCE = "outsource"
    LOSE = "lose the sale"


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One way to deliver one more unit.

    Args:
        source: Where from.
        month: Month it arrives in (index).
        cost: Unit cost plus holding until needed.
        scarcity: Worth of the hours it takes, planning weights included; for ranking only.
        possible: False in locked months and within lead times.
        units_left: How many units this way still has room for; 0 where it is used up or not possible.
    """

    source: Source
    month: int
    cost: float
    scarcity: float
    possible: bool
    units_left: float


@dataclass(frozen=True, kw_only=True)
class TightResource:
    """A resource-month with no hour left on the way to a short cell."""

    resource: int
    month: int
    hours_used: float
    available_hours: float
    overtime_hours: float
    overtime_limit_hours: float


@dataclass(frozen=True, kw_only=True)
class ShortFacts:
    """Everything that explains why a family is short in a month; months are indices.

    Args:
        demand_units: Asked in the month.
        lost_units: Not served.
        below_target_units: Missing from the stock target at month end.
        opening_units: Stock at the start of the month.
        arriving_units: Output that arrives in the month.
        receipts_units: On order.
        outsourced_units: Outsourced.
        outsource_left_units: Still allowed to outsource.
        first_month_to_act: First month in which a decision of today can bring stock.
        tight: Resource-months without an hour left, from the first open month to this one.
    """

    demand_units: float
    lost_units: float
    below_target_units: float
    opening_units: float
    arriving_units: float
    receipts_units: float
    outsourced_units: float
    outsource_left_units: float
    first_month_to_act: int
    tight: tuple[TightResource, ...]


def delivered_cost_ladder(problem: SupplyProblem, plan: SupplySolution, family: int, month: int) -> tuple[Rung, ...]:
    """Every way to deliver one more unit of a family in a month, cheapest first; impossible ones last."""
    rungs = []
    for arrival in range(month + 1):
        held = float(problem.holding_cost[family]) * (month - arrival)
        rungs += _made(problem, plan, family, arrival, held)
        left = _outsource_left(problem, plan, family, arrival)
        rungs.append(
            Rung(
                source=Source.OUTSOURCE,
                month=arrival,
                cost=float(problem.outsource_unit_cost[family, arrival]) + held,
                scarcity=0.0,
                possible=left > 0.0,
                units_left=left,
            )
        )
    weight = float(problem.lost_weight[family, month])
    rungs.append(
        Rung(source=Source.LOSE, month=month, cost=weight, scarcity=0.0, possible=True, units_left=float("inf"))
    )
    return tuple(sorted(rungs, key=lambda rung: (not rung.possible, rung.cost + rung.scarcity)))


def _made(problem: SupplyProblem, plan: SupplySolution, family: int, arrival: int, held: float) -> list[Rung]:
    """Making (or buying) a unit that arrives in a month; made ones also in overtime."""
    made, lead = bool(problem.made[family]), int(problem.lead_time_months[family])
    start = arrival - lead if made else arrival
    possible = start >= problem.locked_months and (made or arrival >= lead)
    at, usage = max(start, 0), problem.resource_hours_per_unit[:, family]
    cost = float(problem.unit_cost[family, at]) + held
    by_hour, by_overtime_hour = np.zeros(problem.resources), np.zeros(problem.resources)
    if plan.duals is not None:
        by_hour, by_overtime_hour = plan.duals.capacity[:, at], plan.duals.overtime[:, at]
    regular, with_overtime = _room(problem, plan, family, at) if possible else (0.0, 0.0)
    rungs = [
        Rung(
            source=Source.REGULAR,
            month=arrival,
            cost=cost,
            scarcity=float(usage @ by_hour),
            possible=possible,
            units_left=regular,
        )
    ]
    if (usage > 0.0).any() and (usage @ problem.overtime_limit_hours[:, at]) > 0.0:
        rungs.append(
            Rung(
                source=Source.OVERTIME,
                month=arrival,
                cost=cost + float(usage @ problem.overtime_premium_per_hour),
                scarcity=float(usage @ by_overtime_hour),
                possible=possible,
                units_left=with_overtime,
            )
        )
    return rungs


def _room(problem: SupplyProblem, plan: SupplySolution, family: int, month: int) -> tuple[float, float]:
    """Units that fit into what is left of regular hours, and into that with overtime; infinite without hours."""
    usage = problem.resource_hours_per_unit[:, family]
    used = usage > 0.0
    if not used.any():
        return float("inf"), 0.0
    free = np.maximum(problem.regular_limit_hours[:, month] - plan.hours_used[:, month], 0.0)
    over = np.maximum(problem.overtime_limit_hours[:, month] - plan.overtime_hours[:, month], 0.0)
    return float((free[used] / usage[used]).min()), float(((free + over)[used] / usage[used]).min())


def why_short(problem: SupplyProblem, plan: SupplySolution, family: int, month: int) -> ShortFacts:
    """The facts behind a short family-month; also answers for one that is not short (then with zeros)."""
    opening = problem.opening_units[family] if month == 0 else plan.closing_units[family, month - 1]
    lead = int(problem.lead_time_months[family])
    start = month - lead if problem.made[family] else month
    by_making = problem.locked_months + lead if problem.made[family] else max(problem.locked_months, lead)
    by_outsourcing = int(problem.outsource_lead_time_months[family])
    outsourceable = bool(problem.outsource_max_units[family].any())
    return ShortFacts(
        demand_units=float(problem.demand_units[family, month]),
        lost_units=float(plan.lost_units[family, month]),
        below_target_units=float(plan.below_target_units[family, month]),
        opening_units=float(opening),
        arriving_units=float(plan.make_units[family, start]) if start >= 0 else 0.0,
        receipts_units=float(problem.receipts_units[family, month]),
        outsourced_units=float(plan.outsource_units[family, month]),
        outsource_left_units=_outsource_left(problem, plan, family, month),
        first_month_to_act=min(by_making, by_outsourcing) if outsourceable else by_making,
        tight=_tight(problem, plan, family, max(start, -1)),
    )


def _tight(problem: SupplyProblem, plan: SupplySolution, family: int, last: int) -> tuple[TightResource, ...]:
    uses = problem.resource_hours_per_unit[:, family, None] > 0.0
    month = np.arange(problem.months)
    cells = full_cells(problem, plan) & uses & (month >= problem.locked_months) & (month <= last)
    return tuple(
        TightResource(
            resource=int(r),
            month=int(t),
            hours_used=float(plan.hours_used[r, t]),
            available_hours=float(problem.available_hours[r, t]),
            overtime_hours=float(plan.overtime_hours[r, t]),
            overtime_limit_hours=float(problem.overtime_limit_hours[r, t]),
        )
        for r, t in np.argwhere(cells)
    )


def _outsource_left(problem: SupplyProblem, plan: SupplySolution, family: int, month: int) -> float:
    if month < problem.outsource_lead_time_months[family]:
        return 0.0
    return float(max(problem.outsource_max_units[family, month] - plan.outsource_units[family, month], 0.0))
