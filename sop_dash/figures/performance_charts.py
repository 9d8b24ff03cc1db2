"""The Performance page as charts: six trends in their bands, budget to actual, service of the closed months."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from sop_dash.core.demand.value_added import Step
from sop_dash.core.finance.bridge import Bridge
from sop_dash.core.model.kpi import Kpi, Target, Unit
from sop_dash.core.performance.review import Review, Trend
from sop_dash.figures.axes import nice_range
from sop_dash.figures.bridge import bridge
from sop_dash.figures.charts import chart, target_band, target_line, with_shapes
from sop_dash.figures.formats import money, number, percent, signed
from sop_dash.figures.theme import Colour, Figure
from sop_dash.figures.traces import bars, line, on_second_axis

_MONTHS = 24
_AXIS = {
    "mape": "Error, % of actual",
    "bias": "Too high (+) or low (−), %",
    "plan-attainment": "Output ÷ plan, %",
    "inventory-turns": "Turns a year",
    "days-of-supply": "Days",
    "revenue-attainment": "Revenue ÷ budget, %",
}
_NAMES = {"mape": ("MAPE", "WAPE"), "plan-attainment": ("Volume", "Mix")}
_ROOM_FOR_LEVELS = 3.5
# A family with next to no sales has errors beyond all measure; they must not flatten the rest.
_MOST, _CUT_WORDS = 1.0, ", cut at 100 %"
_STEP_NAMES = {
    "naive": "Last year again",
    "statistical": "Statistical",
    "sales": "Sales input",
    "consensus": "Consensus",
}
_SERVICE = (
    ("otif", Colour.DEMAND),
    ("on-time-promised", Colour.OVERTIME),
    ("in-full", Colour.FEASIBLE),
    ("perfect-order", Colour.OUTSOURCE),
)


def trend_chart(trend: Trend) -> Figure:
    """One trend of the last two years with its band and target lines (S-286)."""
    months, values = trend.months[-_MONTHS:], trend.values[-_MONTHS:]
    first, second = _NAMES.get(trend.definition.id, (trend.definition.name, ""))
    traces = [line(first, values, Colour.DEMAND, marks=True)]
    if trend.second is not None:
        traces.append(line(second, trend.second_values[-_MONTHS:], Colour.NEUTRAL, dash="dot", width=1.5))
    levels = _levels(trend.target)
    starts_at_zero = trend.definition.unit in {Unit.DAYS, Unit.TURNS} or trend.definition.id == "mape"
    ends = nice_range(*(trace["y"] for trace in traces), levels, floor=0.0 if starts_at_zero else None)
    cut = _MOST if trend.definition.id == "mape" else math.inf
    figure = chart(
        traces,
        months=months,
        y_title=f"{_AXIS[trend.definition.id]}{_CUT_WORDS if ends[1] > cut else ''}",
        unit=trend.definition.unit,
        y_range=[ends[0], min(ends[1], cut)],
        every=6,
    )
    figure["layout"]["showlegend"] = trend.second is not None
    figure["layout"]["xaxis"]["range"] = [-0.5, len(months) + _ROOM_FOR_LEVELS]
    return with_shapes(figure, *_targets(trend))


def _levels(target: Target | None) -> list[float | None]:
    return [target.low, target.high, target.aim] if target is not None else []


def _targets(trend: Trend) -> list[dict[str, Any]]:
    """The band in green, and a line at each end of it, or at the aim where the band has one."""
    target, unit = trend.target, trend.definition.unit
    if target is None:
        return []
    shapes = []
    if target.low is not None and target.high is not None:
        shapes.append(target_band(target.low, target.high, colour=Colour.FEASIBLE))
    ends = [end for end in (target.low, target.high) if end is not None]
    drawn = [target.aim] if unit in {Unit.DAYS, Unit.TURNS} and target.aim is not None else ends
    return [*shapes, *(_target(level, unit, below=len(drawn) > 1 and level == target.low) for level in drawn)]


def _target(level: float, unit: Unit, *, below: bool) -> dict[str, Any]:
    """The line of a level; the name of a lower end stands under it."""
    shape = target_line(level, percent(level, 0) if unit is Unit.RATIO else number(level))
    return {**shape, "label": {**shape["label"], "yanchor": "top"}} if below else shape


def budget_to_actual(found: Bridge, currency: str, period: str) -> Figure:
    """From budgeted to actual margin; causes that moved nothing are left out."""
    steps = [(name.capitalize(), value) for name, value in found.bars.items() if abs(value) > 0.5]
    texts = [
        money(found.start, currency),
        *(signed(value, Unit.MONEY, currency) for _, value in steps),
        money(found.end, currency),
    ]
    return bridge(
        steps,
        texts,
        start=("Budget", found.start),
        end_name="Actual",
        y_title=f"Gross margin, {period}",
        currency=currency,
    )


def steps_chart(steps: Sequence[Step], *, when: str = "one month ahead") -> Figure:
    """The error after each step of the forecast, with the points the step took off (+) or added (−).

    Args:
        steps: In their order.
        when: How far ahead they were judged, in words.
    """
    errors = [step.wape_ratio for step in steps]
    trace = {
        **bars("Error", errors, Colour.SUPPLY),
        "text": [_step_words(step) for step in steps],
        "textposition": "outside",
        "cliponaxis": False,
    }
    figure = chart(
        [trace],
        labels=[_STEP_NAMES.get(step.name, step.name) for step in steps],
        x_title="Step of the forecast",
        y_title=f"Error (WAPE), {when}, %",
        unit=Unit.RATIO,
        y_range=nice_range([1.15 * error for error in errors]),
    )
    figure["layout"]["showlegend"] = False
    return figure


def _step_words(step: Step) -> str:
    error = percent(step.wape_ratio)
    return error if step.verdict is None else f"{error}<br>{signed(step.added_points / 100.0, Unit.RATIO)}"


def service_chart(review: Review) -> Figure | None:
    """Orders on time, in full and perfect by month; None where no service figure is known."""
    known = {kpi.definition.id: kpi for kpi in review.service}
    if all(known[kpi_id].value is None for kpi_id, _ in _SERVICE):
        return None
    traces = [line(known[kpi_id].definition.name, _recent(known[kpi_id]), colour) for kpi_id, colour in _SERVICE]
    return chart(
        traces,
        months=review.trends[0].months[-_MONTHS:],
        y_title="Share of order lines, %",
        unit=Unit.RATIO,
        y_range=_up_to_all(*(trace["y"] for trace in traces)),
        every=3,
    )


def lost_sales_chart(review: Review, currency: str) -> Figure | None:
    """Sales lost by month, with the fill rate on the right; None where demand is known only as sales."""
    known = {kpi.definition.id: kpi for kpi in review.service}
    lost, rate = known["lost-sales"], known["fill-rate"]
    if lost.value is None or not lost.informative:
        return None
    return chart(
        [
            bars("Lost sales", _recent(lost), Colour.SHORTAGE),
            on_second_axis(line("Fill rate", _recent(rate), Colour.DEMAND, marks=True)),
        ],
        months=review.trends[0].months[-_MONTHS:],
        y_title="Lost sales a month, at net price",
        unit=Unit.MONEY,
        currency=currency,
        second_title="Fill rate, %",
        second_range=_up_to_all(_recent(rate)),
        every=3,
    )


def _up_to_all(*series: Sequence[float | None]) -> list[float]:
    """Ends of an axis of shares, which never go past 100 %."""
    low, high = nice_range(*series, floor=None)
    return [low, min(high, 1.0)]


def _recent(kpi: Kpi) -> list[float]:
    series = list(kpi.series[-_MONTHS:])
    return series or [np.nan]
