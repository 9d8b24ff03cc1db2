"""Why demand is not served, which resources bind, what the next hundred hours bring, and how long there is to choose.

The worth of hours is measured by solving again with them; it takes some tens of plans and is meant for a settled plan,
not for a dragged slider. Units, hours and plan currency; months are texts.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array, BoolArray, ratio_or_nan
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.result import PlanResult
from sop_dash.core.plan import Prepared
from sop_dash.core.plan.limit_uses import limit_uses
from sop_dash.core.plan.run import problem_of
from sop_dash.core.supply.evaluate import full_cells
from sop_dash.core.supply.explain import ShortFacts, why_short
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.solution import SupplySolution
from sop_dash.core.supply.worth import binding_pairs, worth_by_cell

BLOCK_HOURS = 100.0
_NOTICEABLE = 1e-6


@dataclass(frozen=True, kw_only=True)
class Binding:
    """A resource with open months in which regular hours and allowed overtime are used up."""

    resource: str
    months: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class NextHours:
    """What the next block of hours brings; one resource in one month, or two resources in every open month.

    Args:
        resources: Where the hours are added.
        month: The month; empty for every open month.
        hours: Size of the block, on each resource.
        value: Money saved plus sales won; None where prices or costs are unknown.
        served_units: More demand served, all families.
    """

    resources: tuple[str, ...]
    month: str
    hours: float
    value: float | None
    served_units: float


@dataclass(frozen=True, kw_only=True)
class Shortfall:
    """The dearest family-month that is not served.

    Args:
        family: Its family.
        month: Its month.
        facts: Everything behind it.
        tight: Resources without an hour left on the way to it, fullest first.
        used_up: Materials, suppliers, warehouses and lanes of this family without room left on the way to it.
        last_cycle: Last cycle in which a choice still brings stock in that month; None when it is too late.
        first_help: First month in which a choice of now brings stock; None beyond the horizon.
        locked: True when the month can no longer be changed.
    """

    family: str
    month: str
    facts: ShortFacts
    tight: tuple[str, ...]
    used_up: tuple[str, ...]
    last_cycle: str | None
    first_help: str | None
    locked: bool


@dataclass(frozen=True, kw_only=True)
class Bottleneck:
    """What holds a plan back; empty parts when nothing does.

    Args:
        limited: True when hours of a resource are known; otherwise nothing limits what is made.
        binding: Resources that bind, most months first.
        shortfall: The dearest shortage of the families asked for; None when all their demand is served.
        next_hours: The resource-month where a block of hours brings most; None when it brings nothing.
        pair: Two resources that are worth more together than apart; None without.
    """

    limited: bool
    binding: tuple[Binding, ...]
    shortfall: Shortfall | None
    next_hours: NextHours | None
    pair: NextHours | None


def bottleneck(prepared: Prepared, result: PlanResult, chosen: BoolArray, *, months: int | None = None) -> Bottleneck:
    """What holds this plan back.

    Args:
        prepared: What the plan was made from.
        result: The plan.
        chosen: [F] families whose shortage is explained.
        months: How many months of the horizon the shortage is looked for in; None looks at all of them.
    """
    problem = problem_of(prepared, result.levers)
    solution = prepared.programme.solve(problem)
    return Bottleneck(
        limited=bool((~np.isnan(problem.available_hours)).any()),
        binding=_binding(result, problem, solution),
        shortfall=_shortfall(prepared, result, problem, solution, chosen, months),
        next_hours=_next_hours(prepared, result, problem, solution),
        pair=_pair(prepared, result, problem, solution),
    )


def _binding(result: PlanResult, problem: SupplyProblem, solution: SupplySolution) -> tuple[Binding, ...]:
    full = full_cells(problem, solution)
    full[:, : problem.locked_months] = False
    order = np.argsort(-full.sum(axis=1), kind="stable").tolist()
    grain = result.grain
    return tuple(
        Binding(resource=grain.resources[r], months=tuple(grain.horizon[t] for t in np.flatnonzero(full[r])))
        for r in order
        if full[r].any()
    )


def _shortfall(
    prepared: Prepared,
    result: PlanResult,
    problem: SupplyProblem,
    solution: SupplySolution,
    chosen: BoolArray,
    months: int | None,
) -> Shortfall | None:
    lost = np.where(chosen[:, None], solution.lost_units, 0.0)
    lost[:, problem.months if months is None else months :] = 0.0
    lost[lost <= _NOTICEABLE * np.maximum(problem.demand_units, 1.0)] = 0.0
    if not lost.any():
        return None
    stake = lost * problem.lost_weight
    if lost[:, problem.locked_months :].any():
        stake[:, : problem.locked_months] = 0.0
    family, month = (int(place) for place in np.unravel_index(int(stake.argmax()), stake.shape))
    return shortfall_at(prepared.inputs, result, problem, solution, family, month)


def shortfall_at(
    inputs: PlanInputs, result: PlanResult, problem: SupplyProblem, solution: SupplySolution, family: int, month: int
) -> Shortfall:
    """Everything behind what a family-month (positions) is served; also answers for one that is not short."""
    facts = why_short(problem, solution, family, month)
    grain, first = result.grain, facts.first_month_to_act
    return Shortfall(
        family=grain.families[family],
        month=grain.horizon[month],
        facts=facts,
        tight=tuple(grain.resources[r] for r in dict.fromkeys(cell.resource for cell in reversed(facts.tight))),
        used_up=_used_up(inputs, problem, solution, grain.families[family], month),
        last_cycle=grain.horizon[month - first] if month >= first else None,
        first_help=grain.horizon[first] if first < problem.months else None,
        locked=month < problem.locked_months,
    )


def _used_up(
    inputs: PlanInputs, problem: SupplyProblem, solution: SupplySolution, family: str, month: int
) -> tuple[str, ...]:
    """Limits besides hours that a family uses and that are full in an open month up to this one."""
    on_the_way = slice(problem.locked_months, month + 1)
    mine = [use for use in limit_uses(inputs, problem, solution) if family in use.families]
    return tuple(f"{use.kind} {use.name}" for use in mine if use.full[on_the_way].any())


def _next_hours(
    prepared: Prepared, result: PlanResult, problem: SupplyProblem, solution: SupplySolution
) -> NextHours | None:
    cells = worth_by_cell(
        prepared.programme, problem, solution, lost_price(prepared, result), block_hours=BLOCK_HOURS, cells=3
    )
    best = next((cell for cell in cells if cell.worth.value > 0.0), None)
    if best is None:
        return None
    return NextHours(
        resources=(result.grain.resources[best.resource],),
        month=result.grain.horizon[best.month],
        hours=BLOCK_HOURS,
        value=best.worth.value if priced(prepared) else None,
        served_units=best.worth.served_units,
    )


def _pair(prepared: Prepared, result: PlanResult, problem: SupplyProblem, solution: SupplySolution) -> NextHours | None:
    pairs = binding_pairs(
        prepared.programme,
        problem,
        solution,
        lost_price(prepared, result),
        hours_per_month=BLOCK_HOURS,
        most_resources=3,
    )
    if not pairs:
        return None
    best, names = pairs[0], result.grain.resources
    return NextHours(
        resources=(names[best.first], names[best.second]),
        month="",
        hours=BLOCK_HOURS,
        value=best.together.value if priced(prepared) else None,
        served_units=best.together.served_units,
    )


def lost_price(prepared: Prepared, result: PlanResult) -> Array:
    """[F, T] price of a lost unit, channels weighted by demand; known or the stand-in the plan is decided on."""
    demand = result.demand.committed
    known = np.where(np.isnan(result.money.price), prepared.costs.price, result.money.price)
    price = ratio_or_nan((known * demand).sum(axis=1), demand.sum(axis=1))
    return np.where(np.isnan(price), known.mean(axis=1), price)


def priced(prepared: Prepared) -> bool:
    """Money of the study means something only where prices and costs are the company's own."""
    money = prepared.money
    return bool(~np.isnan(money.price).all() and ~np.isnan(money.unit_cost).all())
