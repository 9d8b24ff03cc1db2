"""The Executive page as a chart: how full the fullest resource is, and the shortage in money, month by month."""

import math

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.kpi import Unit
from sop_dash.core.performance.effects import by_month
from sop_dash.core.performance.load import fullest_by_month
from sop_dash.figures.axes import nice_range
from sop_dash.figures.charts import chart
from sop_dash.figures.formats import MISSING
from sop_dash.figures.theme import Colour, Figure
from sop_dash.figures.traces import bars, line, on_second_axis
from sop_dash.services.plans import PlanView

# The shortage axis spans at least this share of a month's revenue, so that a small shortage looks small.
_LEAST_SHARE = 0.02
_LARGE_TYPE = 14
_LOAD_STEP = 0.25
_LOAD = "worst-bottleneck"


def nothing_to_draw(view: PlanView) -> bool:
    """True where no hours are known and no shortage in money is either: none can be told, or nothing limits supply."""
    short = np.concatenate([by_month(plan, "lost-revenue") for plan in (view.plan, view.base)])
    return bool(np.isnan(_load(view)).all()) and not bool((np.nan_to_num(short) > 0.0).any())


def load_and_shortage(view: PlanView) -> Figure:
    """Load of the fullest resource of each month (right) over the shortage in money (left); the plan behind levers."""
    months = len(view.months)
    short, planned = (by_month(p, "lost-revenue")[:months] for p in (view.plan, view.base))
    moved = view.levers.moved
    loads = {"Fullest resource": _load(view), "Fullest resource in the plan": by_month(view.base, _LOAD)[:months]}
    traces = [
        bars("Shortage in the plan", planned, Colour.NEUTRAL, opacity=0.45),
        bars("Shortage", short, Colour.SHORTAGE, opacity=0.85),
        *(
            on_second_axis(line(name, values, Colour.DEMAND, dash=dash, marks=dash == "solid", width=2.5))
            for (name, values), dash in zip(loads.items(), ("solid", "dot"), strict=True)
        ),
        on_second_axis(line("Regular hours (100 %)", np.ones(months), Colour.CAPACITY, dash="dash", width=1.5)),
    ]
    traces[2]["customdata"] = [name or MISSING for name in _names(view)]
    traces[2]["hovertemplate"] = "%{y:.0%} (%{customdata})"
    for place in (0, 3):
        traces[place]["showlegend"] = moved
        if not moved:
            traces[place]["hoverinfo"] = "skip"
    figure = chart(
        traces,
        months=view.months,
        y_title="Shortage a month, net price",
        unit=Unit.MONEY,
        currency=view.prepared.inputs.company.currency,
        y_range=nice_range(short, planned, [_least(view)]),
        second_title="Of regular hours",
        second_range=nice_range(*loads.values(), [1.2]),
        locked=view.prepared.locked_months,
        view=f"{view.selection}",
    )
    return _in_large_type(figure)


def _load(view: PlanView) -> Array:
    return by_month(view.plan, _LOAD)[: len(view.months)]


def _names(view: PlanView) -> list[str]:
    names = view.plan.grain.resources
    fullest = fullest_by_month(view.plan.supply)[: len(view.months)].tolist()
    return [names[row] if row >= 0 else "" for row in fullest]


def _least(view: PlanView) -> float | None:
    revenue = view.base.kpi("revenue-ahead")
    known = [value for value in revenue.series if math.isfinite(value)]
    return _LEAST_SHARE * max(known) if known else None


def _in_large_type(figure: Figure) -> Figure:
    """Axes and legend for a room; quarters on the axis of load, the plan's bars behind the others."""
    layout = dict(figure["layout"])
    for axis in ("xaxis", "yaxis", "yaxis2"):
        given = layout[axis]
        layout[axis] = {
            **given,
            "tickfont": {"size": _LARGE_TYPE},
            "title": {**given["title"], "font": {"size": _LARGE_TYPE - 1}},
        }
    layout["legend"] = {"font": {"size": _LARGE_TYPE}}
    layout["yaxis2"]["dtick"] = _LOAD_STEP
    layout["barmode"] = "overlay"  # the plan stands behind what the levers make of it
    return {**figure, "layout": layout}
