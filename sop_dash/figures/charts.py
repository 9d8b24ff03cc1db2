"""Charts as plain dicts: traces put together on one pair of axes, and the answer that moves them live.

    chart(
        [bars("Made", made, Colour.SUPPLY), line("Committed demand", demand, Colour.DEMAND)],
        months=grain.horizon, y_title="Hours a month", unit=Unit.HOURS, stacked=True, locked=1,
    )

Lists, not arrays or `go.Figure`: they are made and sent about seventy times cheaper. The number and order of the
traces of a chart never depend on the data, so that `live_chart` can move them in place. Ranges are rounded on the
server and so seldom change.
"""

from collections.abc import Sequence
from typing import Any

from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.periods import short_name
from sop_dash.figures.axes import nice_range, own_range, value_axis
from sop_dash.figures.formats import known
from sop_dash.figures.theme import MUTED_TEXT, TEMPLATE, Colour, Figure, faded
from sop_dash.figures.traces import Trace

_NAME_ROW = 14
_LOWER_FLOOR, _UPPER_FLOOR = [0.0, 0.3], [0.41, 1.0]


def chart(
    traces: Sequence[Trace],
    *,
    y_title: str,
    months: Sequence[str] = (),
    labels: Sequence[str] = (),
    x_title: str = "Month",
    unit: Unit = Unit.UNITS,
    currency: str = "USD",
    stacked: bool = False,
    y_range: Sequence[float] | None = None,
    second_title: str = "",
    second_unit: Unit = Unit.RATIO,
    second_range: Sequence[float] | None = None,
    locked: int = 0,
    every: int = 1,
    view: str = "",
    unknown: str = "",
) -> Figure:
    """Put traces on one pair of axes.

    Args:
        traces: In the order they are drawn; flatten `band(...)` with a star.
        y_title: What is measured and in which unit.
        months: `YYYY-MM` along the x axis; or `labels` for anything else.
        labels: Texts along the x axis when it is not months.
        x_title: What the x axis counts.
        unit: Decides ticks and hover digits of the left axis.
        currency: For money.
        stacked: Bars stand on one another.
        y_range: Ends of the left axis; None takes `nice_range` of the traces.
        second_title: Title of the right axis; empty without one.
        second_unit: Unit of the right axis.
        second_range: Ends of the right axis; None takes `nice_range` of its traces.
        locked: Months at the start that are in progress; they are shaded.
        every: Name each month, or each third in a narrow card.
        view: Changes when zoom and hidden traces should be forgotten (a new selection).
        unknown: What to say in the place of axes around nothing, when no trace has a known value.
    """
    along = [short_name(month) for month in months] if months else list(labels)
    left = [t["y"] for t in traces if t.get("yaxis") != "y2"]
    right = [t["y"] for t in traces if t.get("yaxis") == "y2"]
    layout: dict[str, Any] = {
        "template": TEMPLATE,
        "uirevision": view or "same",
        "barmode": "relative" if stacked else "group",
        "xaxis": {
            "title": {"text": x_title},
            "type": "category",
            "unifiedhovertitle": {"text": "%{x}"},
            # Names other than months turn when they stand too close.
            **(_month_names(along, every) if months else {"tickangle": "auto"}),
        },
        "yaxis": value_axis(y_title, unit, currency, y_range or own_range(traces, left, stacked=stacked)),
    }
    if second_title:
        layout["yaxis2"] = {
            **value_axis(second_title, second_unit, currency, second_range or nice_range(*right)),
            "overlaying": "y",
            "side": "right",
            "showgrid": False,
        }
    if locked:
        layout["shapes"] = [shaded_months(0, locked, "in progress" if every == 1 else "")]
    if unknown and not any(known(value) for trace in traces for value in trace["y"]):
        layout |= {"annotations": [_said(unknown)], "showlegend": False, "shapes": []}
        layout |= {name: {**layout[name], "visible": False} for name in ("xaxis", "yaxis")}
    return {"data": [{**trace, "x": along} for trace in traces], "layout": layout}


def _said(words: str) -> dict[str, Any]:
    """A sentence in the middle of the chart; axes around nothing would look like a measured zero."""
    place = {"xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5, "showarrow": False}
    return {**place, "text": words.replace(": ", ":<br>", 1), "font": {"color": MUTED_TEXT}}


def _month_names(along: list[str], every: int) -> dict[str, Any]:
    """Short names; the year stands under the first one and under each January shown."""
    texts, year = [], ""
    for name in along[::every]:
        month, now = name.split(" ")
        texts.append(month if now == year else f"{month}<br>20{now}")
        year = now
    return {"tickmode": "array", "tickvals": along[::every], "ticktext": texts}


def shaded_months(first: int, months: int, words: str, *, row: int = 0) -> dict[str, Any]:
    """A grey strip over months that differ, with its name on top.

    Args:
        first: Place of the first month on the axis.
        months: How many.
        words: The name.
        row: Line of the name from the top, so that names of strips side by side do not run into one another.
    """
    return {
        "type": "rect",
        "xref": "x",
        "yref": "paper",
        "x0": first - 0.5,
        "x1": first + months - 0.5,
        "y0": 0,
        "y1": 1,
        "layer": "below",
        "line": {"width": 0},
        "fillcolor": faded(Colour.NEUTRAL, 0.14),
        "label": {
            "text": words,
            # centred on one month at the left edge, a name would be cut off
            "textposition": "top left" if first == 0 and months == 1 else "top center",
            "padding": 3 + row * _NAME_ROW,
            "font": {"size": 10, "color": MUTED_TEXT},
        },
    }


def target_line(
    value: float, text: str, *, colour: str = Colour.NEUTRAL, curve: Sequence[float | None] = ()
) -> dict[str, Any]:
    """A level across the whole chart with its name; append it to `figure["layout"]["shapes"]`.

    Args:
        value: The level.
        text: Its name, at the right end.
        colour: Of the line.
        curve: A line of the chart that the name keeps clear of: it goes to the end where that is further away, and to
            the other side of the level.
    """
    points = [point for point in curve if point is not None] or [value]
    at_start = abs(points[0] - value) > abs(points[-1] - value)
    below = points[0 if at_start else -1] > value
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "yref": "y",
        "y0": value,
        "y1": value,
        "line": {"color": colour, "width": 1.5, "dash": "dash"},
        "label": {
            "text": text,
            "textposition": "start" if at_start else "end",
            "yanchor": "top" if below else "bottom",
            "font": {"size": 11},
        },
    }


def target_band(low: float, high: float, *, colour: str = Colour.ON_PLAN) -> dict[str, Any]:
    """The good range as a pale strip; append it to `figure["layout"]["shapes"]`."""
    return {
        "type": "rect",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "yref": "y",
        "y0": low,
        "y1": high,
        "layer": "below",
        "line": {"width": 0},
        "fillcolor": faded(colour, 0.10),
    }


def with_shapes(figure: Figure, *shapes: dict[str, Any]) -> Figure:
    """The figure with more shapes (`target_line`, `target_band`)."""
    layout = figure["layout"]
    return {**figure, "layout": {**layout, "shapes": [*layout.get("shapes", []), *shapes]}}


def on_two_floors(figure: Figure) -> Figure:
    """The second axis below the first instead of over it, both on one row of months."""
    layout = dict(figure["layout"])
    below = {k: v for k, v in layout["yaxis2"].items() if k not in {"overlaying", "side", "showgrid"}}
    layout["yaxis2"] = {**below, "domain": _LOWER_FLOOR, "nticks": 3}
    layout["yaxis"] = {**layout["yaxis"], "domain": _UPPER_FLOOR}
    layout["xaxis"] = {**layout["xaxis"], "anchor": "y2"}
    return {**figure, "layout": layout}


def live_chart(figure: Figure) -> dict[str, Any]:
    """What moves while a slider is dragged, cut from the same figure: the values of every trace and the axes' ends."""
    layout = figure["layout"]
    moved: dict[str, Any] = {"y": [trace["y"] for trace in figure["data"]], "range": layout["yaxis"]["range"]}
    if "yaxis2" in layout:
        moved["range2"] = layout["yaxis2"]["range"]
    return moved
