"""What the next block of hours is worth in every resource-month, which resources bind together, and what lifts them.

Everything is measured by planning again with the hours; planning duals only say which resource-months to measure. Money
is what is saved plus the sales that are won, before the hours themselves are paid. Units, hours and plan currency.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.result import PlanResult
from sop_dash.core.plan import Prepared
from sop_dash.core.plan.places import runs
from sop_dash.core.plan.run import problem_of
from sop_dash.core.studies.bottleneck import BLOCK_HOURS, lost_price, priced
from sop_dash.core.supply.evaluate import full_cells
from sop_dash.core.supply.worth import PairWorth, partners, relief, worth_by_cell

_MOST_CELLS = 60
_MOST_PEAKS = 4


@dataclass(frozen=True, kw_only=True)
class Companion:
    """The resource whose hours do most for those of a bottleneck; money is None where prices or costs are unknown.

    Args:
        resource: Its name.
        hours_per_month: Block put on each of the two, and on both.
        bottleneck_alone: What the block on the bottleneck brings alone.
        companion_alone: What the block on the companion brings alone.
        together: What both bring.
        served_alone: Units more served by the block on the bottleneck alone.
        served_by_companion: The same of the block on the companion alone.
        served_together: Units more served by both.
        bind_together: True when both bring noticeably more than the two apart.
        useless_alone: True when neither brings anything without the other.
    """

    resource: str
    hours_per_month: float
    bottleneck_alone: float | None
    companion_alone: float | None
    together: float | None
    served_alone: float
    served_by_companion: float
    served_together: float
    bind_together: bool
    useless_alone: bool


@dataclass(frozen=True, kw_only=True)
class Peak:
    """A run of months in which a resource has no hour left.

    Args:
        resource: Its name.
        months: The run.
        relief_hours: Hours a month up to which more hours still bring much.
        lifted: False where even more would.
        relief_value: What they bring; None where prices or costs are unknown.
        relief_served: Units more served with them.
        next_resources: Resources beyond their regular hours then, in these months.
        companion: The best companion; None where no other resource makes these families.
    """

    resource: str
    months: tuple[str, ...]
    relief_hours: float
    lifted: bool
    relief_value: float | None
    relief_served: float
    next_resources: tuple[str, ...]
    companion: Companion | None


@dataclass(frozen=True, kw_only=True, eq=False)
class HoursWorth:
    """The worth of hours of one plan.

    Args:
        block_hours: Size of a block.
        value: [R, T] money a block brings; NaN in months that cannot change and where hours are unknown.
        served_units: [R, T] units more served.
        has_money: False where prices or costs are unknown; then only units say anything.
        peaks: The runs of full months, dearest first.
    """

    block_hours: float
    value: Array
    served_units: Array
    has_money: bool
    peaks: tuple[Peak, ...]


def hours_worth(prepared: Prepared, result: PlanResult) -> HoursWorth:
    """The worth of the next hours under this plan; some hundreds of plans, for a settled plan only."""
    problem = problem_of(prepared, result.levers)
    programme, price = prepared.programme, lost_price(prepared, result)
    solution = programme.solve(problem)
    offered = ~np.isnan(problem.available_hours)
    offered[:, : problem.locked_months] = False
    value, served = (np.where(offered, 0.0, np.nan) for _ in range(2))
    for cell in worth_by_cell(programme, problem, solution, price, block_hours=BLOCK_HOURS, cells=_MOST_CELLS):
        value[cell.resource, cell.month] = cell.worth.value
        served[cell.resource, cell.month] = cell.worth.served_units
    has_money, names, horizon = priced(prepared), result.grain.resources, result.grain.horizon

    def money(amount: float) -> float | None:
        return amount if has_money else None

    peaks = []
    full = full_cells(problem, solution) & offered
    dual = np.zeros(full.shape) if solution.duals is None else solution.duals.capacity
    spans = [(r, first, last) for r in range(problem.resources) for first, last in runs(full[r])]
    for r, first, last in sorted(spans, key=lambda s: -float(dual[s[0], s[1] : s[2] + 1].sum()))[:_MOST_PEAKS]:
        months = slice(first, last + 1)
        lift = relief(programme, problem, solution, price, resource=r, months=months, block_hours=BLOCK_HOURS)
        block = lift.hours_per_month or BLOCK_HOURS
        found = partners(programme, problem, solution, price, resource=r, months=months, hours_per_month=block)
        peaks.append(
            Peak(
                resource=names[r],
                months=horizon[months],
                relief_hours=lift.hours_per_month,
                lifted=lift.lifted,
                relief_value=money(lift.worth.value),
                relief_served=lift.worth.served_units,
                next_resources=tuple(names[n] for n in lift.next_resources),
                companion=_companion(found[0], names, block, has_money) if found else None,
            )
        )
    return HoursWorth(
        block_hours=BLOCK_HOURS, value=value, served_units=served, has_money=has_money, peaks=tuple(peaks)
    )


def _companion(pair: PairWorth, names: tuple[str, ...], hours: float, has_money: bool) -> Companion:
    alone, other, both = (
        one.value if has_money else None for one in (pair.first_alone, pair.second_alone, pair.together)
    )
    return Companion(
        resource=names[pair.second],
        hours_per_month=hours,
        bottleneck_alone=alone,
        companion_alone=other,
        together=both,
        served_alone=pair.first_alone.served_units,
        served_by_companion=pair.second_alone.served_units,
        served_together=pair.together.served_units,
        bind_together=pair.bind_together,
        useless_alone=pair.one_alone_is_useless,
    )
