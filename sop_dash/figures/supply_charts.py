"""The Supply page as charts: supply against its demand lines with stock in its band, stock by family, plan and actual.

Company charts are in money at standard cost or in hours of the bottleneck, never in units of unlike families.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.kpi import Unit
from sop_dash.core.performance.load import fullest_first
from sop_dash.core.performance.supply_lines import SupplyLines, supply_lines
from sop_dash.figures.charts import chart, on_two_floors
from sop_dash.figures.theme import Colour, Figure
from sop_dash.figures.traces import band, bars, line, on_second_axis
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Measure


@dataclass(frozen=True, kw_only=True, eq=False)
class Scale:
    """What the supply chart counts.

    Args:
        rate: [F, T] what a unit of each family counts.
        unit: Its unit.
        words: As the card says it ("money at standard cost").
        axis: As the axis says it.
    """

    rate: Array
    unit: Unit
    words: str
    axis: str


def supply_scale(view: PlanView) -> Scale | None:
    """Units for one family, else money at standard cost or hours of the bottleneck; None when neither is known."""
    plan, shape = view.base, view.base.supply.make.shape
    if view.families.sum() == 1:
        name = plan.grain.families[int(np.argmax(view.families))]
        return Scale(rate=np.ones(shape), unit=Unit.UNITS, words=f"{name}, units", axis="Units a month")
    hours = view.prepared.problem.resource_hours_per_unit[:, view.families]
    order = fullest_first(plan.supply, np.asarray((hours > 0.0).any(axis=1)))
    cost = view.prepared.money.unit_cost
    if view.selection.measure is Measure.MONEY or not order.size:
        if np.isnan(cost[view.families]).any(axis=1).all():
            return None
        return Scale(rate=cost, unit=Unit.MONEY, words="money at standard cost", axis="Standard cost<br>a month")
    resource = int(order[0])
    name = plan.grain.resources[resource]
    rate = np.repeat(view.prepared.problem.resource_hours_per_unit[resource][:, None], shape[1], axis=1)
    return Scale(rate=rate, unit=Unit.HOURS, words=f"hours of {name}", axis=f"Hours of {name}<br>a month")


def supply_and_stock(view: PlanView, scale: Scale) -> Figure:
    """How demand is served month by month, and below it the stock at month end in its band."""
    lines, months = supply_lines(view.plan, scale.rate, view.families), len(view.months)
    currency = view.prepared.inputs.company.currency
    figure = chart(
        [*_supply(lines, months), *(on_second_axis(trace) for trace in _stock(lines, months))],
        months=view.months,
        y_title=scale.axis,
        unit=scale.unit,
        currency=currency,
        stacked=True,
        second_title="Stock at<br>month end",
        second_unit=scale.unit,
        locked=view.prepared.locked_months,
        view=f"{view.selection}",
    )
    return on_two_floors(figure)


def _supply(lines: SupplyLines, months: int) -> list[dict[str, object]]:
    return [
        bars("Regular", lines.regular[:months], Colour.SUPPLY),
        bars("Overtime", lines.overtime[:months], Colour.OVERTIME),
        bars("Outsourced", lines.outsourced[:months], Colour.OUTSOURCE),
        bars("On order", lines.receipts[:months], Colour.FROM_STOCK),
        line("Unconstrained demand", lines.unconstrained[:months], Colour.NEUTRAL, dash="dot"),
        line("Committed demand", lines.committed[:months], Colour.DEMAND, marks=True),
        line("Can be supplied", lines.feasible[:months], Colour.FEASIBLE, dash="dash"),
    ]


def _stock(lines: SupplyLines, months: int) -> list[dict[str, object]]:
    return [
        *band("Stock band", lines.stock_low[:months], lines.stock_high[:months], Colour.STOCK),
        line("Stock", lines.stock[:months], Colour.STOCK, width=2.5),
    ]
