"""Goal seek: how far one lever must move until a figure reaches a target; every step is a whole plan.

Figures answer a lever in one direction, so the place is found by halving. Lever values are ratios, days and hours.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from sop_dash.core.model.kpi import Better
from sop_dash.core.model.levers import RANGES, Change, ExtraHours, Levers
from sop_dash.core.model.result import PlanResult
from sop_dash.core.plan import Prepared, plan

_STEPS = 12
_SAMPLES = 5
_CLOSE_SHARE = 2e-3


class SoughtLever(StrEnum):
    """The levers a goal can be sought with."""

    OVERTIME = "overtime"
    COVER = "cover"
    OUTSOURCE = "outsource"
    DEMAND = "demand"
    HOURS = "hours"


GOALS = ("service", "margin-ahead", "stock-value", "cash-low")


@dataclass(frozen=True, kw_only=True)
class Point:
    """One plan tried: where the lever stood and what the figure was; None where it is unknown."""

    lever: float
    value: float | None


@dataclass(frozen=True, kw_only=True)
class GoalSeek:
    """The answer.

    Args:
        lever: Which lever was moved.
        goal: KPI id of the figure.
        target: What it should reach.
        start: Where the lever stands, and the figure there.
        found: The smallest move that reaches the target, the best that can be reached where none does; None where the
            figure is unknown.
        reached: True when the target is reached.
        already: True when the plan reaches it as it stands.
        points: Everything tried, by lever.
    """

    lever: SoughtLever
    goal: str
    target: float
    start: Point
    found: Point | None
    reached: bool
    already: bool
    points: tuple[Point, ...]


def goal_seek(
    prepared: Prepared, result: PlanResult, lever: SoughtLever, goal: str, target: float, *, stands_at: float
) -> GoalSeek:
    """Move one lever, everything else as in this plan, until a figure reaches a target.

    Args:
        prepared: What the plan was made from.
        result: The plan as the levers stand.
        lever: What is moved; extra hours go on the fullest resource of the plan.
        goal: KPI id, one of `GOALS`.
        target: What it should reach: at least this, at most this where less is better.
        stands_at: Where the lever stands now.
    """
    resource, (low, high) = fullest(prepared, result), lever_ends(lever, stands_at)
    points: dict[float, float | None] = {stands_at: result.kpi(goal).value}

    smaller = less_is_better(result, goal)

    def value(at: float) -> float | None:
        if at not in points:
            points[at] = plan(prepared, moved_to(result.levers, lever, at, resource)).kpi(goal).value
        return points[at]

    def good(at: float) -> bool:
        found = value(at)
        return found is not None and (found <= target if smaller else found >= target)

    for share in range(_SAMPLES):
        value(low + (high - low) * share / (_SAMPLES - 1))
    ends = [end for end in (low, high) if good(end)]
    if good(stands_at):
        best: float | None = stands_at
    elif ends:
        best = halved(stands_at, min(ends, key=lambda end: abs(end - stands_at)), good, high - low)
    else:
        known = {at: found for at, found in points.items() if found is not None}
        best = (min if smaller else max)(known, key=lambda at: known[at]) if known else None
    return GoalSeek(
        lever=lever,
        goal=goal,
        target=target,
        start=Point(lever=stands_at, value=points[stands_at]),
        found=None if best is None else Point(lever=best, value=points[best]),
        reached=best is not None and good(best),
        already=good(stands_at),
        points=tuple(Point(lever=at, value=points[at]) for at in sorted(points)),
    )


def halved(short: float, enough: float, good: Callable[[float], bool], span: float) -> float:
    """The place nearest to `short` that is good, found by halving."""
    for _ in range(_STEPS):
        if abs(enough - short) <= _CLOSE_SHARE * span:
            break
        middle = (short + enough) / 2.0
        if good(middle):
            enough = middle
        else:
            short = middle
    return enough


def less_is_better(result: PlanResult, goal: str) -> bool:
    """Whether a goal is reached from above; stock is, because a target for it is a limit."""
    return result.kpi(goal).definition.better is Better.LOWER or goal == "stock-value"


def lever_ends(lever: SoughtLever, stands_at: float) -> tuple[float, float]:
    """Lowest and highest place looked at; they hold the place the lever stands at."""
    low, high = {
        SoughtLever.OVERTIME: (0.0, RANGES["overtime_max_ratio"].high),
        SoughtLever.COVER: (0.0, 90.0),
        SoughtLever.OUTSOURCE: (0.0, 0.5),
        SoughtLever.DEMAND: (-0.3, 0.3),
        SoughtLever.HOURS: (0.0, 4000.0),
    }[lever]
    return min(low, stands_at), max(high, stands_at)


def moved_to(stand: Levers, lever: SoughtLever, at: float, resource: str = "") -> Levers:
    """The levers as they stand with one moved to a place; changes of demand and extra hours come on top of theirs.

    Args:
        stand: All levers as they stand.
        lever: Which one moves.
        at: Its new place.
        resource: Gets the extra hours.
    """
    if lever is SoughtLever.OVERTIME:
        return replace(stand, overtime_max_ratio=at)
    if lever is SoughtLever.COVER:
        return replace(stand, cover_days=at)
    if lever is SoughtLever.OUTSOURCE:
        return replace(stand, outsource_max_ratio=at)
    if not at:
        return stand
    if lever is SoughtLever.DEMAND:
        return Levers(demand=(Change(ratio=at),)).on_top_of(stand)
    return Levers(extra_hours=(ExtraHours(resources=(resource,), hours_per_month=at),)).on_top_of(stand)


def fullest(prepared: Prepared, result: PlanResult) -> str:
    """The resource with most months without an hour left that can still get more; empty without resources."""
    able = _by_full_months(prepared, result)
    return able[0][0] if able else ""


def short_resources(prepared: Prepared, result: PlanResult) -> tuple[str, ...]:
    """The resources that can still get hours and have a month without an hour left, those with most of them first."""
    return tuple(name for name, months in _by_full_months(prepared, result) if months)


def _by_full_months(prepared: Prepared, result: PlanResult) -> list[tuple[str, int]]:
    supply, names = result.supply, result.grain.resources
    full = (supply.hours_used >= 0.999 * (supply.available_hours + supply.overtime_limit_hours)).sum(axis=1)
    able = [(name, int(full[r])) for r, name in enumerate(names) if prepared.scope.first_month((name,)) is not None]
    return sorted(able, key=lambda one: -one[1])
