"""What a scenario changes: each outcome against the plan, and whether that is better or worse.

A change is in the unit of the figure, scenario − plan. Better and worse follow the definition of the figure; a figure
with a band is better when it comes closer to the band. What has no good way is only more or less.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.kpi import Better, Kpi
from sop_dash.core.model.result import PlanResult
from sop_dash.core.performance.load import load

OUTCOMES = (
    "revenue-ahead",
    "margin-ahead",
    "service",
    "lost-revenue",
    "stock-value",
    "overtime-hours",
    "worst-bottleneck",
    "cash-low",
)
_NOTICEABLE_RATIO = 1e-4


class Direction(StrEnum):
    """Which way a figure moved, in one word."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    MORE = "more"
    LESS = "less"
    UNKNOWN = "no data"


@dataclass(frozen=True, kw_only=True)
class Effect:
    """One figure of a scenario beside the plan's.

    Args:
        kpi: The figure under the scenario.
        change: Scenario − plan, in its unit; None when either is unknown.
        direction: Whether that is good.
    """

    kpi: Kpi
    change: float | None
    direction: Direction


def effects(scenario: PlanResult, plan: PlanResult, outcomes: Sequence[str] = OUTCOMES) -> tuple[Effect, ...]:
    """One effect per outcome, in the order given."""
    return tuple(effect(scenario.kpi(name), plan.kpi(name)) for name in outcomes)


def effect(kpi: Kpi, plan: Kpi) -> Effect:
    """The same figure under a scenario and in the plan; changes below 0.1 ‰ are none."""
    if kpi.value is None or plan.value is None:
        return Effect(kpi=kpi, change=None, direction=Direction.UNKNOWN)
    change = kpi.value - plan.value
    if abs(change) <= _NOTICEABLE_RATIO * max(abs(plan.value), abs(kpi.value)):
        return Effect(kpi=kpi, change=change, direction=Direction.SAME)
    return Effect(kpi=kpi, change=change, direction=_direction(kpi, plan, change))


def _direction(kpi: Kpi, plan: Kpi, change: float) -> Direction:
    better = kpi.definition.better
    if better is Better.BAND:
        now, before = _distance(kpi), _distance(plan)
        if now == before:
            return Direction.SAME
        return Direction.BETTER if now < before else Direction.WORSE
    if better is Better.NEITHER:
        return Direction.MORE if change > 0.0 else Direction.LESS
    return Direction.BETTER if (change > 0.0) is (better is Better.HIGHER) else Direction.WORSE


def _distance(kpi: Kpi) -> float:
    """How far a figure lies outside its band; 0 inside it and without one."""
    goal, value = kpi.goal, kpi.value or 0.0
    low = goal.low if goal and goal.low is not None else value
    high = goal.high if goal and goal.high is not None else value
    return max(low - value, value - high, 0.0)


def by_month(plan: PlanResult, outcome: str) -> Array:
    """[T] an outcome month by month; the worst bottleneck is the fullest resource of each month."""
    if outcome == "worst-bottleneck":
        return np.asarray(np.fmax.reduce(load(plan.supply), axis=0, initial=np.nan))
    series = np.full(len(plan.grain.horizon), np.nan)
    known = plan.kpi(outcome).series[: series.size]
    series[: len(known)] = known
    return series
