"""People of the labour pools: the ways to staff the plan as rows, by month as lines, and the choice in a sentence."""

import numpy as np

from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.labour import Labour
from sop_dash.core.plan.workforce import AS_PLANNED, CHASE, CHEAPEST, LEVEL, WorkforceOption
from sop_dash.figures.charts import chart
from sop_dash.figures.formats import listed, money, number
from sop_dash.figures.storyline.supply import Told
from sop_dash.figures.supply_tables import Row
from sop_dash.figures.theme import Colour, Figure
from sop_dash.figures.traces import bars, line
from sop_dash.services.plans import PlanView

_COLOURS = {
    AS_PLANNED: Colour.NEUTRAL,
    CHASE: Colour.DEMAND,
    LEVEL: Colour.OVERTIME,
    CHEAPEST: Colour.FEASIBLE,
}


def workforce_rows(options: tuple[WorkforceOption, ...], pools: tuple[str, ...]) -> list[Row]:
    """One row for each pool and way, over the whole horizon."""
    return [
        {
            "key": f"{pool}, {option.name}",
            "pool": pool,
            "way": option.name[:1].upper() + option.name[1:],
            "least": float(option.workers[p].min()),
            "most": float(option.workers[p].max()),
            "hired": float(option.hired[p].sum()),
            "laid_off": float(option.laid_off[p].sum()),
            "change": float(option.change_value[p]),
            "wages": float(option.wage_value[p]),
            "short": float(option.short_hours[p].sum()),
            "overtime": float(option.overtime_value[p]),
        }
        for p, pool in enumerate(pools)
        for option in options
    ]


def workforce_chart(options: tuple[WorkforceOption, ...], view: PlanView) -> Figure:
    """Workers of all pools by month, a line for each way there is; people as given are bars."""
    months = len(view.months)
    by_way = {option.name: option.workers[:, :months].sum(axis=0) for option in options}
    traces = [bars("As given", by_way[AS_PLANNED], _COLOURS[AS_PLANNED])] if by_way else []
    for name in (CHASE, LEVEL, CHEAPEST):
        if name in by_way:
            words = name[:1].upper() + name[1:]
            traces.append(line(words, by_way[name], _COLOURS[name], marks=True))
    return chart(
        traces,
        months=view.months,
        y_title="Workers, all pools",
        unit=Unit.COUNT,
        locked=view.prepared.locked_months,
        every=3,
        view=f"{view.selection}",
    )


def _unpriced(labour: Labour | None) -> str:
    """Which rates of which pools are not known."""
    if labour is None:
        return "No labour pools are known: load the table labour."
    rates = (
        ("wage_per_month", labour.wage_per_month),
        ("hire_cost", labour.hire_cost),
        ("fire_cost", labour.lay_off_cost),
    )
    lacking = [
        f"{name} of {listed([pool for pool, none in zip(labour.pools, np.isnan(rate), strict=True) if none])}"
        for name, rate in rates
        if np.isnan(rate).any()
    ]
    return f"That is not known: labour gives no {listed(lacking)}."


def workforce_answers(options: tuple[WorkforceOption, ...], view: PlanView) -> list[Told]:
    """What each way costs, which costs least, and what of it is in the profit."""
    currency = view.prepared.inputs.company.currency
    priced = [option for option in options if not np.isnan(option.total_value)]
    if not priced:
        return [Told(asked="Which way costs least?", sentence=_unpriced(view.prepared.inputs.labour))]
    best = min((option for option in priced if option.name != AS_PLANNED), key=lambda option: option.total_value)
    paid = "for wages, overtime, hiring and letting go over the horizon"
    least = f"“{best.name}”: {money(best.total_value, currency)} {paid}."
    told = [Told(asked="Which way costs least?", sentence=least)]
    given = next((option for option in priced if option.name == AS_PLANNED), None)
    if given is not None:
        short, more = float(given.short_hours.sum()), best.total_value - given.total_value
        lacking = f"work {number(short)} hours of the plan in overtime" if short > 0.5 else "have all hours needed"
        side = "more" if more > 0 else "less"
        told.append(
            Told(
                asked="And the people as given?",
                sentence=f"They cost {money(given.total_value, currency)} and {lacking}; "
                f"“{best.name}” costs {money(abs(more), currency)} {side}.",
            )
        )
        told.append(
            Told(
                asked="What is in the profit?",
                sentence=f"The people as given: {money(float(given.change_value.sum()), currency)} for hiring and "
                "letting go, in the months they come and go. Wages count as part of the standard cost.",
            )
        )
    return told
