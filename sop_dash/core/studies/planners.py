"""The plan beside plans made by rules: chase, level and hybrid, through the same evaluator, with their gap to the best.

Differences are rule − plan over the months ahead; money is favourable when positive.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.levers import Levers
from sop_dash.core.model.result import PlanResult
from sop_dash.core.performance.effects import Effect, effects
from sop_dash.core.plan import Prepared, plan
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.rules import chase, level, merit_order
from sop_dash.core.supply.solution import SupplySolution

OUTCOMES = ("margin-ahead", "service", "lost-revenue", "stock-value", "overtime-hours")


@dataclass(frozen=True, kw_only=True, eq=False)
class Planner:
    """One way to plan.

    Args:
        key: best-mix, chase, level or hybrid.
        name: As shown.
        idea: What it does, in a few words.
        result: The whole plan.
        effects: Its figures, each against the best mix.
        weighed_gap: How much worse the plan weighs it, a share of the best mix; 0 for the best mix itself.
        smoothness: Sum of month-to-month steps of output ÷ output, at standard hours or cost.
    """

    key: str
    name: str
    idea: str
    result: PlanResult
    effects: tuple[Effect, ...]
    weighed_gap: float
    smoothness: float


_RULES: tuple[tuple[str, str, str, Callable[[SupplyProblem], SupplySolution]], ...] = (
    ("chase", "Chase", "makes each month what the month needs", chase),
    ("level", "Level", "makes the same every day", level),
    ("hybrid", "Hybrid", "serves each month from its cheapest source", merit_order),
)


def planners(prepared: Prepared, levers: Levers) -> tuple[Planner, ...]:
    """The best mix first, then each rule, under the same levers."""
    best = plan(prepared, levers)
    found = [_planner("best-mix", "Best mix", "weighs all months and means at once", best, best, prepared)]
    for key, name, idea, rule in _RULES:
        found.append(_planner(key, name, idea, plan(prepared, levers, rule=rule), best, prepared))
    return tuple(found)


def _planner(key: str, name: str, idea: str, result: PlanResult, best: PlanResult, prepared: Prepared) -> Planner:
    objective, least = result.solver.objective, best.solver.objective
    return Planner(
        key=key,
        name=name,
        idea=idea,
        result=result,
        effects=effects(result, best, OUTCOMES),
        weighed_gap=(objective - least) / abs(least) if least else 0.0,
        smoothness=_smoothness(result, prepared),
    )


def _smoothness(result: PlanResult, prepared: Prepared) -> float:
    """Steps of output from month to month ÷ output, families added at the cost the plan weighs; NaN without output."""
    made = result.supply.make * np.asarray(prepared.problem.made)[:, None] * prepared.problem.unit_cost
    total = float(made.sum())
    return float(np.abs(np.diff(made, axis=1)).sum()) / total if total > 0.0 else float("nan")
