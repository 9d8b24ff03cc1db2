"""The one place that makes a `dcc.Graph`.

`graph(id, figure)` fills the card it stands in. No button sends the chart anywhere; the other buttons show on hover.
"""

from typing import Any

from dash import dcc

from sop_dash.figures.theme import TEMPLATE, Figure

CONFIG: dict[str, Any] = {
    "showSendToCloud": False,
    "displaylogo": False,
    "displayModeBar": "hover",
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "zoomIn2d", "zoomOut2d", "autoScale2d"],
    "responsive": True,
    "toImageButtonOptions": {"format": "png", "scale": 2},
}
BLANK: Figure = {
    "data": [],
    "layout": {"template": TEMPLATE, "xaxis": {"visible": False}, "yaxis": {"visible": False}},
}


def graph(graph_id: str, figure: Figure | None = None, *, label: str = "", class_name: str = "") -> dcc.Graph:
    """A chart that takes the height its card leaves.

    Args:
        graph_id: Its id.
        figure: What to draw; None is blank until a callback answers.
        label: File name of a saved picture.
        class_name: More classes.
    """
    config = {**CONFIG, "toImageButtonOptions": {**CONFIG["toImageButtonOptions"], "filename": label or graph_id}}
    return dcc.Graph(
        id=graph_id,
        figure=figure if figure is not None else BLANK,
        config=config,
        responsive=True,
        className=f"sop-graph {class_name}".strip(),
    )
