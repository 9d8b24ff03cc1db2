"""Kinds of trace: lines, bars, areas and bands as plain dicts. Unknown values are gaps."""

import math
from collections.abc import Iterable
from typing import Any

from sop_dash.figures.theme import faded

Trace = dict[str, Any]


def plain_numbers(values: Iterable[float | None]) -> list[float | None]:
    """Values for the browser: nine digits, unknown and infinite ones as None."""
    return [None if v is None or not math.isfinite(v) else float(f"{v:.9g}") for v in values]


def line(
    name: str,
    values: Iterable[float | None],
    colour: str,
    *,
    dash: str = "solid",
    width: float = 2,
    marks: bool = False,
) -> Trace:
    """A line; `dash` is solid, dash or dot; `marks` adds a point at each month."""
    return {
        "type": "scatter",
        "mode": "lines+markers" if marks else "lines",
        "name": name,
        "y": plain_numbers(values),
        "line": {"color": colour, "width": width, "dash": dash},
        "marker": {"size": 6, "color": colour},
    }


def points(name: str, values: Iterable[float | None], colour: str) -> Trace:
    """Single months as open points."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "y": plain_numbers(values),
        "marker": {"size": 8, "color": colour, "symbol": "circle-open", "line": {"width": 2}},
    }


def bars(name: str, values: Iterable[float | None], colour: str, *, opacity: float = 1.0) -> Trace:
    """Upright bars, stacked when the chart is."""
    return {
        "type": "bar",
        "name": name,
        "y": plain_numbers(values),
        "marker": {"color": colour if opacity == 1.0 else faded(colour, opacity), "line": {"width": 0}},
    }


def area(name: str, values: Iterable[float | None], colour: str) -> Trace:
    """A filled part of a stack; several stack in the order given."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "y": plain_numbers(values),
        "stackgroup": "one",
        "line": {"width": 0.5, "color": colour},
        "fillcolor": faded(colour, 0.75),
    }


def band(
    name: str,
    low: Iterable[float | None],
    high: Iterable[float | None],
    colour: str,
    *,
    opacity: float = 0.16,
) -> list[Trace]:
    """The area between two lines, as two traces: an unseen lower edge and the upper edge filled down to it."""
    edge = {"type": "scatter", "mode": "lines", "line": {"width": 0, "color": colour}, "legendgroup": name}
    return [
        {**edge, "name": f"{name}, low", "y": plain_numbers(low), "showlegend": False, "hoverinfo": "skip"},
        {
            **edge,
            "name": name,
            "y": plain_numbers(high),
            "fill": "tonexty",
            "fillcolor": faded(colour, opacity),
            "hoverinfo": "skip",
        },
    ]


def on_second_axis(trace: Trace) -> Trace:
    """The same trace read on the right-hand axis."""
    return {**trace, "yaxis": "y2"}
