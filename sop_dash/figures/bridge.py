"""Bridges: from one figure over its causes to another; the end is the sum by construction."""

from collections.abc import Sequence

from sop_dash.core.model.kpi import Unit
from sop_dash.figures.axes import nice_range, value_axis
from sop_dash.figures.theme import TEMPLATE, Colour, Figure
from sop_dash.figures.traces import plain_numbers


def bridge(
    steps: Sequence[tuple[str, float]],
    texts: Sequence[str],
    *,
    start: tuple[str, float],
    end_name: str,
    y_title: str,
    currency: str = "USD",
    unit: Unit = Unit.MONEY,
) -> Figure:
    """A bridge, in money unless `unit` says otherwise, from `start` over better (+) and worse (−) steps to their sum.

    `texts` are the written numbers over start, every step and the end, in this order.
    """
    end = start[1] + sum(value for _, value in steps)
    names = [start[0], *(name for name, _ in steps), end_name]
    levels = [start[1]]
    for _, value in steps:
        levels.append(levels[-1] + value)
    trace = {
        "type": "waterfall",
        "x": names,
        "y": plain_numbers([start[1], *(value for _, value in steps), end]),
        "measure": ["absolute", *("relative" for _ in steps), "total"],
        "text": list(texts),
        "textposition": "outside",
        "cliponaxis": False,
        "hoverinfo": "x+text",
        "increasing": {"marker": {"color": Colour.BETTER}},
        "decreasing": {"marker": {"color": Colour.WORSE}},
        "totals": {"marker": {"color": Colour.TOTAL}},
        "connector": {"line": {"color": Colour.NEUTRAL, "width": 1, "dash": "dot"}},
    }
    ends = nice_range([*levels, end], floor=None if min(*levels, end) > 0 else 0.0)
    layout = {
        "template": TEMPLATE,
        "xaxis": {"type": "category", "title": {"text": ""}},
        "yaxis": value_axis(y_title, unit, currency, ends),
        "showlegend": False,
        "hovermode": "closest",
    }
    return {"data": [trace], "layout": layout}
