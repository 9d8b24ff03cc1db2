"""Gaps: where demand and stock targets ask for more than regular hours give, and what cannot be served at all.

A gap of a resource is a run of open months whose load exceeds the regular hours; a gap of a family is what the plan
leaves unserved without a resource to blame. Hours, units and plan currency.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array, BoolArray
from sop_dash.core.model.result import PlanResult
from sop_dash.core.plan.places import runs
from sop_dash.core.supply.problem import SupplyProblem

_NOISE_RATIO = 1e-3


@dataclass(frozen=True, kw_only=True)
class Gap:
    """One gap.

    Args:
        resource: The resource that is short; None for a gap of a family.
        families: Families it touches, by index.
        first, last: Positions of its first and last month in the horizon.
        hours: Hours asked beyond the regular ones; 0 for a gap of a family.
        window: The months its options are measured in: those that prepare it, its own, and those after it in which
            doing nothing still loses sales. Before the gap that follows, of any resource the families share, the other
            months prepare that one, so that no month counts twice.
        units: Units of these families the plan leaves unserved in the window.
        value: Margin of what is not served there if nothing is done; 0 where it is unknown.
        share: Part of the load (of the demand, for a family) that is not covered.
    """

    resource: int | None
    families: tuple[int, ...]
    first: int
    last: int
    window: slice
    hours: float
    units: float
    value: float
    share: float

    def overlaps(self, other: "Gap") -> bool:
        """True when both touch a common family in a common month: one decision, not two."""
        shared = set(self.families) & set(other.families)
        return bool(shared) and self.first <= other.last and other.first <= self.last


def gaps(problem: SupplyProblem, base: PlanResult, nothing: PlanResult) -> tuple[Gap, ...]:
    """All gaps in open months, largest money first, then the tightest.

    Args:
        problem: The supply problem of `base`.
        base: The plan looked at.
        nothing: The same plan when nothing is done; what it does not serve is the money at stake.
    """
    found = _of_resources(problem, base, nothing)
    covered = np.zeros(problem.demand_units.shape, dtype=np.bool_)
    for gap in found:
        covered[list(gap.families), gap.first :] = True
    found += _of_families(problem, base, covered)
    return tuple(sorted(found, key=lambda g: (-g.value, -g.share, g.first)))


def gap_at(
    problem: SupplyProblem, found: tuple[Gap, ...], base: PlanResult, nothing: PlanResult, family: int, month: int
) -> Gap:
    """The gap that holds a family-month, the nearest one before it that empties its stock, else one of its own.

    Args:
        problem: The supply problem of `base`.
        found: All gaps of the plan.
        base: The plan looked at.
        nothing: The same plan when nothing is done.
        family: Its position.
        month: Its position in the horizon.
    """
    mine = [g for g in found if family in g.families and g.first <= month]
    holding = [g for g in mine if month <= g.last or (month < g.window.stop and _lost(base, family, month) > 0.0)]
    if holding:
        return max(holding, key=lambda g: (g.resource is not None, g.first, g.hours, g.share))
    units, demand = _lost(base, family, month), float(problem.demand_units[family, month])
    return Gap(
        resource=None,
        families=(family,),
        first=month,
        last=month,
        window=slice(0, problem.months),
        hours=0.0,
        units=units,
        value=max(float(np.nan_to_num(nothing.money.lost_margin[family, :, month]).sum()), 0.0),
        share=units / demand if demand > 0.0 else 0.0,
    )


def _lost(base: PlanResult, family: int, month: int) -> float:
    return float(base.supply.lost[family, :, month].sum())


def required_units(problem: SupplyProblem) -> Array:
    """[F, T] net requirement, never negative: demand and change of the stock path less stock and open orders."""
    path = problem.glide_units
    before = np.concatenate((problem.opening_units[:, None], path[:, :-1]), axis=1)
    return np.asarray(np.maximum(problem.demand_units + path - before - problem.receipts_units, 0.0))


def _of_resources(problem: SupplyProblem, base: PlanResult, nothing: PlanResult) -> list[Gap]:
    usage = problem.resource_hours_per_unit
    asked = problem.demand_units
    load = usage @ required_units(problem)
    over = np.nan_to_num(load - problem.available_hours, nan=0.0)
    short = over > _NOISE_RATIO * np.maximum(load, 1.0)
    short[:, : problem.locked_months] = False
    spans = [(r, first, last) for r in range(problem.resources) for first, last in runs(short[r])]
    at_stake = np.nan_to_num(nothing.money.lost_margin, nan=0.0).sum(axis=1)
    found = []
    for r, first, last in spans:
        users = [f for f in range(problem.families) if usage[r, f] > 0.0]
        related = [s for s in spans if (usage[s[0], users] > 0.0).any()]
        losing = nothing.supply.lost[users].sum(axis=(0, 1)) > _NOISE_RATIO * asked[users].mean()
        start = max((_over(losing, end, first) for _, _, end in related if end < first), default=0)
        stop = min((_over(losing, last, begin) for _, begin, _ in related if begin > last), default=problem.months)
        window = slice(start, stop)
        if not _matters(nothing, users, window):
            continue
        months = slice(first, last + 1)
        found.append(
            Gap(
                resource=r,
                families=tuple(users),
                first=first,
                last=last,
                window=window,
                hours=float(over[r, months].sum()),
                units=float(base.supply.lost[users, :, window].sum()),
                value=max(float(at_stake[users, window].sum()), 0.0),
                share=float(over[r, months].sum() / load[r, months].sum()),
            )
        )
    return found


def _over(losing: BoolArray, last: int, following: int) -> int:
    """The month after the last one that a gap still loses sales in; the gap that follows begins in `following`."""
    later = np.flatnonzero(losing[last + 1 : following])
    return last + 1 + (int(later[-1]) + 1 if later.size else 0)


def _matters(nothing: PlanResult, families: list[int], window: slice) -> bool:
    """Whether doing nothing loses a sale or takes stock below its minimum; a planned draw of stock is no gap."""
    supply = nothing.supply
    lost = supply.lost[families, :, window].sum() > _NOISE_RATIO * nothing.demand.committed[families, :, window].mean()
    return bool(lost) or bool((supply.closing[families, window] < 0.99 * supply.stock_low[families, window]).any())


def _of_families(problem: SupplyProblem, base: PlanResult, covered: BoolArray) -> list[Gap]:
    lost = base.supply.lost.sum(axis=1)
    short = (lost > _NOISE_RATIO * np.maximum(problem.demand_units, 1.0)) & ~covered
    short[:, : problem.locked_months] = False
    margin = np.nan_to_num(base.money.lost_margin, nan=0.0).sum(axis=1)
    found = []
    for f in range(problem.families):
        for first, last in runs(short[f]):
            months = slice(first, last + 1)
            units = float(lost[f, months].sum())
            found.append(
                Gap(
                    resource=None,
                    families=(f,),
                    first=first,
                    last=last,
                    window=slice(0, problem.months),
                    hours=0.0,
                    units=units,
                    value=max(float(margin[f, months].sum()), 0.0),
                    share=units / float(problem.demand_units[f, months].sum()),
                )
            )
    return found
