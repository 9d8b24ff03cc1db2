"""The Demand page as charts: history and forecast with their ranges, and the consensus by channel.

One family is drawn in units, or in money when asked; several families only in money.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.kpi import Unit
from sop_dash.core.plan.demand_lines import DemandLines, demand_lines
from sop_dash.figures.charts import chart, shaded_months, with_shapes
from sop_dash.figures.theme import SEQUENCE, Colour, Figure
from sop_dash.figures.traces import Trace, band, bars, line, points
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Measure

_MONTHS_BEFORE = 24
_SHOWN_RATIO = 0.02


def in_money(view: PlanView) -> bool:
    """Whether the charts count money: always for several families; for one, when asked and its price is known."""
    if view.families.sum() != 1:
        return True
    return view.selection.measure is Measure.MONEY and not _priceless(view)


def lines_of(view: PlanView) -> DemandLines:
    """The demand lines of what is selected."""
    return demand_lines(
        view.prepared, view.plan.demand.committed, view.families, view.channels, in_money=in_money(view)
    )


def scale_words(view: PlanView) -> str:
    """What the charts count, as their cards say it."""
    grain = view.plan.grain
    whom = view.selection.family or view.selection.category or "all families"
    if view.families.sum() == 1:
        whom = grain.families[int(np.argmax(view.families))]
    where = f", {view.selection.channel}" if view.selection.channel else ""
    return f"{whom}{where}, {'money at net price' if in_money(view) else 'units'}"


def history_and_forecast(view: PlanView, lines: DemandLines) -> Figure:
    """The last two years, the baseline with its 80 % and 95 % ranges, the consensus and what it is held against."""
    before, months = min(_MONTHS_BEFORE, lines.demand.size), len(view.months)
    closed = lines.demand.size

    def past(values: Array) -> list[float]:
        return [*values[closed - before :].tolist(), *[np.nan] * months]

    def ahead(values: Array) -> list[float]:
        return [*[np.nan] * before, *values[:months].tolist()]

    edges = lines.bands
    figure = chart(
        [
            *band("95 % range", ahead(edges.lo95), ahead(edges.hi95), Colour.DEMAND, opacity=0.13),
            *band("80 % range", ahead(edges.lo80), ahead(edges.hi80), Colour.DEMAND, opacity=0.22),
            line("Last year", ahead(lines.last_year[closed:]), Colour.LAST_YEAR, dash="dot", width=1.5),
            line("Last cycle", ahead(lines.last_cycle), Colour.OVERTIME, dash="dot", width=1.5),
            line("Sold", past(lines.sold), Colour.NEUTRAL, dash="dot", width=1.5),
            line("Demand", past(lines.demand), Colour.ACTUAL, width=2.5),
            points("Cleansed", past(_corrected_only(lines)), Colour.FEASIBLE),
            line("Statistical forecast", ahead(lines.statistical), Colour.BASELINE, dash="dash"),
            line("Sales input", ahead(lines.sales_input), Colour.CAPACITY, dash="dot", width=1.5),
            line("Committed", ahead(lines.committed), Colour.FEASIBLE, dash="dash", width=1.5),
            line("Consensus", ahead(lines.consensus), Colour.DEMAND, width=2.5, marks=True),
        ],
        months=[*view.plan.grain.history[closed - before :], *view.months],
        y_title="Money a month, at net price" if lines.in_money else "Units a month",
        unit=Unit.MONEY if lines.in_money else Unit.UNITS,
        currency=view.prepared.inputs.company.currency,
        every=3,
        view=f"{view.selection}",
    )
    locked = view.prepared.locked_months
    return with_shapes(figure, shaded_months(before, locked, "in progress")) if locked else figure


def _corrected_only(lines: DemandLines) -> Array:
    """[H] what the baseline sees in months that differ by 2 % or more from what was sold; NaN elsewhere."""
    change = np.abs(lines.cleansed - np.nan_to_num(lines.sold))
    return np.asarray(np.where(change > _SHOWN_RATIO * np.abs(lines.cleansed), lines.cleansed, np.nan))


def channel_mix(view: PlanView) -> Figure:
    """The consensus by channel and month, stacked."""
    months, money = len(view.months), in_money(view)
    names = view.plan.grain.channels
    traces: list[Trace] = []
    for place, name in enumerate(names):
        alone = np.array([place == other for other in range(len(names))], dtype=np.bool_) & view.channels
        lines = demand_lines(view.prepared, view.plan.demand.committed, view.families, alone, in_money=money)
        traces.append(bars(name, lines.consensus[:months], SEQUENCE[place % len(SEQUENCE)]))
    return chart(
        traces,
        months=view.months,
        y_title="Money a month" if money else "Units a month",
        unit=Unit.MONEY if money else Unit.UNITS,
        currency=view.prepared.inputs.company.currency,
        stacked=True,
        locked=view.prepared.locked_months,
        every=2,
        view=f"{view.selection}",
    )


def _priceless(view: PlanView) -> bool:
    return bool(np.isnan(view.prepared.money.price[view.families]).all())


def errors_chart(rows: Sequence[Mapping[str, Any]]) -> Figure:
    """The error of the baseline three months ahead beside repeating last year, family by family.

    Args:
        rows: Of the back-test table, in its order.
    """
    return chart(
        [
            bars("Baseline", [row["engine3"] for row in rows], Colour.DEMAND),
            bars("Last year again", [row["naive3"] for row in rows], Colour.LAST_YEAR),
        ],
        labels=[row["family"] for row in rows],
        x_title="Family",
        y_title="Error (WAPE), three months ahead, %",
        unit=Unit.RATIO,
    )
