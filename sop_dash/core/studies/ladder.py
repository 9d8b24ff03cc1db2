"""What one more unit of a family in a month would cost from every source, and why the month is served as it is.

Cost is avoidable cost plus holding until the unit is needed, plan currency per unit; a lost sale costs its price. A
premium of overtime that the company gives per unit counts as given; one per hour by the hours of the unit (practice 9).
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.result import PlanResult
from sop_dash.core.plan import Prepared
from sop_dash.core.plan.run import problem_of
from sop_dash.core.studies.bottleneck import Shortfall, lost_price, priced, shortfall_at
from sop_dash.core.supply.explain import Source, delivered_cost_ladder
from sop_dash.core.supply.problem import SupplyProblem


@dataclass(frozen=True, kw_only=True)
class LadderStep:
    """One way to deliver a unit more.

    Args:
        source: Make, make in overtime, outsource or lose the sale.
        made: False for a bought family, whose `make` is an order.
        month: Month it arrives in.
        cost: Per unit; None where prices or costs are unknown.
        units_left: Units it still has room for.
        possible: False where it is used up, in months that are locked and within lead times.
        too_late: True in months that are locked and within lead times.
    """

    source: Source
    made: bool
    month: str
    cost: float | None
    units_left: float
    possible: bool
    too_late: bool


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """All ways for one family-month, cheapest first, and the facts behind it."""

    shortfall: Shortfall
    steps: tuple[LadderStep, ...]


def ladder(prepared: Prepared, result: PlanResult, family: str, month: str) -> Ladder:
    """The ladder of a family-month of this plan, and why it is served as it is."""
    grain, problem = result.grain, problem_of(prepared, result.levers)
    f, t = grain.families.index(family), grain.horizon.index(month)
    solution = prepared.programme.solve(problem)
    has_money, price = priced(prepared), float(lost_price(prepared, result)[f, t])
    beyond = {
        Source.OVERTIME: _own_premium(prepared, problem, f),
        Source.LOSE: price - float(problem.lost_weight[f, t]),
    }
    first_outsourced = max(problem.locked_months, int(problem.outsource_lead_time_months[f]))
    steps = [
        LadderStep(
            source=rung.source,
            made=bool(problem.made[f]),
            month=grain.horizon[rung.month],
            cost=rung.cost + beyond.get(rung.source, 0.0) if has_money else None,
            units_left=rung.units_left,
            possible=rung.possible,
            too_late=not rung.possible and (rung.source is not Source.OUTSOURCE or rung.month < first_outsourced),
        )
        for rung in delivered_cost_ladder(problem, solution, f, t)
        if rung.source is not Source.OUTSOURCE or (problem.outsource_max_units[f] > 0.0).any()
    ]
    ordered = sorted(steps, key=lambda s: (not s.possible, np.inf if s.cost is None else s.cost))
    return Ladder(shortfall=shortfall_at(prepared.inputs, result, problem, solution, f, t), steps=tuple(ordered))


def _own_premium(prepared: Prepared, problem: SupplyProblem, family: int) -> float:
    """What the company's own premium per unit of overtime adds to that by hours; 0 where it gives none."""
    given = float(prepared.inputs.supply.overtime_premium_per_unit[family])
    by_hours = float(problem.overtime_premium_per_hour @ problem.resource_hours_per_unit[:, family])
    return 0.0 if np.isnan(given) else given - by_hours
