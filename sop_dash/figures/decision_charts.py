"""The evidence of a case as a chart: hours asked against hours there are, or demand against what is served."""

from sop_dash.core.model.kpi import Unit
from sop_dash.core.studies.cases import Case
from sop_dash.core.studies.evidence import evidence
from sop_dash.figures.charts import chart, shaded_months, with_shapes
from sop_dash.figures.theme import Colour, Figure, faded
from sop_dash.figures.traces import bars, line
from sop_dash.services.plans import PlanView


def evidence_chart(view: PlanView, case: Case) -> Figure:
    """The months of the horizon up to a half-year after the gap; the months of the gap are shaded."""
    horizon = view.plan.grain.horizon
    first, last = (horizon.index(month) for month in case.months)
    months = min(len(horizon), max(len(view.months), last + 7))
    found = evidence(view.prepared, view.plan, case)
    names = (
        ("Regular hours", "Overtime", "Regular hours available", "Hours asked")
        if case.is_resource
        else ("Served", "Not served", "Stock at month end", "Demand")
    )
    figure = chart(
        [
            bars(names[0], found.regular[:months], Colour.SUPPLY),
            bars(names[1], found.beyond[:months], Colour.OVERTIME if case.is_resource else Colour.SHORTAGE),
            line(names[2], found.limit[:months], Colour.CAPACITY, dash="dash"),
            line(names[3], found.asked[:months], Colour.DEMAND, marks=True),
        ],
        months=horizon[:months],
        y_title=f"Hours of {case.place} a month" if case.is_resource else f"Units of {case.place} a month",
        unit=Unit.HOURS if case.is_resource else Unit.UNITS,
        stacked=True,
        locked=view.prepared.locked_months,
        view=f"{case.place}{case.months}",
    )
    gap = shaded_months(first, last - first + 1, "short", row=1)
    return with_shapes(figure, gap | {"fillcolor": faded(Colour.SHORTAGE, 0.12)})
