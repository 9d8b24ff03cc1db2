"""One outcome month by month: the plan, the plan as the levers stand, and kept scenarios."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.result import PlanResult
from sop_dash.core.performance.effects import by_month
from sop_dash.figures.axes import nice_range
from sop_dash.figures.charts import chart
from sop_dash.figures.theme import SEQUENCE, Colour, Figure
from sop_dash.figures.traces import Trace, line
from sop_dash.services.plans import PlanView

MOST_COMPARED = 4
_BOARD = "As the levers stand"
# The first colour of the sequence is that of the board.
_KEPT_COLOURS = SEQUENCE[1 : MOST_COMPARED + 1]


def outcome_chart(
    outcome: str, view: PlanView, chosen: Sequence[tuple[str, PlanResult]], kept: Sequence[PlanResult]
) -> Figure:
    """The outcome over the months on screen; always six lines, so that the first two can be moved in place.

    Args:
        outcome: A KPI id of `effects.OUTCOMES`.
        view: The plan as the levers stand and without them.
        chosen: Name and plan of up to four scenarios.
        kept: All scenarios that may be chosen; the axis holds them, so that it stays when the choice changes.
    """
    kpi = view.base.kpi(outcome)
    unit, currency = kpi.definition.unit, view.prepared.inputs.company.currency
    months = len(view.months)
    return chart(
        _lines(outcome, view, chosen),
        months=view.months,
        y_title=_axis_title(kpi.definition.name, unit),
        unit=unit,
        currency=currency,
        y_range=nice_range(
            *(by_month(plan, outcome)[:months].tolist() for plan in (view.base, view.plan, *kept)),
            floor=None,
        ),
        locked=view.prepared.locked_months,
        view=f"{view.selection}{outcome}",
    )


def unknown_outcome(outcome: str, view: PlanView, kept: Sequence[PlanResult]) -> bool:
    """True where no plan on the chart knows this outcome in any month on screen."""
    shown = [by_month(plan, outcome)[: len(view.months)] for plan in (view.base, view.plan, *kept)]
    return bool(np.isnan(np.concatenate(shown)).all())


def live_outcome(outcome: str, view: PlanView, kept: Sequence[PlanResult]) -> dict[str, Any]:
    """What moves while a slider is dragged: the plan and the levers, the first two lines of the same chart."""
    figure = outcome_chart(outcome, view, (), kept)
    return {"y": [trace["y"] for trace in figure["data"][:2]], "range": figure["layout"]["yaxis"]["range"]}


def _lines(outcome: str, view: PlanView, chosen: Sequence[tuple[str, PlanResult]]) -> list[Trace]:
    months = len(view.months)
    lines = [
        line("Plan", by_month(view.base, outcome)[:months], Colour.NEUTRAL, width=3),
        line(_BOARD, by_month(view.plan, outcome)[:months], Colour.DEMAND, width=2.5, marks=True),
    ]
    for place, colour in enumerate(_KEPT_COLOURS):
        if place < len(chosen):
            name, plan = chosen[place]
            lines.append(line(name, by_month(plan, outcome)[:months], colour, dash="dash"))
        else:
            lines.append({**line("", [None] * months, colour), "showlegend": False, "hoverinfo": "skip"})
    return lines


def _axis_title(name: str, unit: Unit) -> str:
    return f"{name} a month" if unit in {Unit.MONEY, Unit.HOURS} else f"{name} by month"
