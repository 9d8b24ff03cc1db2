"""One look for every chart, light and dark.

The colours of series are mid-tones (close to 3:1 or more on the light and on the dark surface), after Okabe and Ito's
palette for all kinds of colour vision, so a figure is never made again when the theme changes. What must differ (text,
grid, hover box) `assets/charts.css` takes from `assets/tokens.css`; the template has the light values, which a saved
picture keeps.
"""

from enum import StrEnum
from typing import Any

from sop_dash.core.model.kpi import Status

Figure = dict[str, Any]

FONT = 'Inter, system-ui, -apple-system, "Segoe UI", sans-serif'
TEXT = "#1f2933"
MUTED_TEXT = "#55606d"
GRID = "#e7ebef"
AXIS = "#b9c2cc"
SURFACE = "#ffffff"


class Colour(StrEnum):
    """One colour per meaning; a page names the meaning, never the colour."""

    DEMAND = "#2480c8"
    FEASIBLE = "#0f9b74"
    SUPPLY = "#7b95ae"
    OVERTIME = "#c08000"
    OUTSOURCE = "#b765a0"
    FROM_STOCK = "#4d8fa0"
    SHORTAGE = "#d8512d"
    CAPACITY = "#d55e00"
    NEUTRAL = "#7a8695"
    # The same hue again where two meanings never meet in one chart.
    BASELINE = NEUTRAL
    ACTUAL = SUPPLY
    BUDGET = NEUTRAL
    LAST_YEAR = OUTSOURCE
    STOCK = FROM_STOCK
    REVENUE = DEMAND
    COST = SUPPLY
    MARGIN = FEASIBLE
    CASH = DEMAND
    TOTAL = SUPPLY
    BETTER = DEMAND
    WORSE = CAPACITY
    ON_PLAN = DEMAND
    WATCH = OVERTIME
    ACT = CAPACITY


# For what has no meaning of its own (families, channels): told apart by order, never by a verdict.
SEQUENCE = (
    "#2480c8",
    "#c08000",
    "#0f9b74",
    "#b765a0",
    "#3d97c8",
    "#8a7a3c",
    "#6f74c9",
    "#d0663a",
    "#5b8f3f",
    "#7d8896",
)

STATUS_MARK = {
    Status.ON_PLAN: "▲",
    Status.WATCH: "◆",
    Status.ACT: "▼",
    Status.NO_TARGET: "",
    Status.NO_DATA: "",
    Status.NOT_INFORMATIVE: "",
}
STATUS_COLOUR = {
    Status.ON_PLAN: Colour.ON_PLAN,
    Status.WATCH: Colour.WATCH,
    Status.ACT: Colour.ACT,
    Status.NO_TARGET: Colour.NEUTRAL,
    Status.NO_DATA: Colour.NEUTRAL,
    Status.NOT_INFORMATIVE: Colour.NEUTRAL,
}


def status_slug(status: Status) -> str:
    """The status as the style sheets know it: `on-plan`, `watch`, `act`, `no-data`, …"""
    return status.value.replace(" ", "-")


def faded(colour: str, share: float) -> str:
    """The colour at this opacity (0…1), for bands and areas."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share:g})"


def _axis(**more: Any) -> dict[str, Any]:
    return {
        "automargin": True,
        "gridcolor": GRID,
        "linecolor": AXIS,
        "zerolinecolor": AXIS,
        "zerolinewidth": 1,
        "tickfont": {"size": 12, "color": MUTED_TEXT},
        "title": {"font": {"size": 12, "color": MUTED_TEXT}, "standoff": 8},
        "exponentformat": "B",
        "separatethousands": True,
        **more,
    }


TEMPLATE: dict[str, Any] = {
    "layout": {
        "font": {"family": FONT, "size": 12, "color": TEXT},
        "paper_bgcolor": SURFACE,
        "plot_bgcolor": SURFACE,
        "colorway": list(SEQUENCE),
        "margin": {"l": 8, "r": 12, "t": 30, "b": 8, "autoexpand": True},
        "xaxis": _axis(showgrid=False, showline=True, ticks="", tickangle=0),
        "yaxis": _axis(showline=False, ticks="", rangemode="tozero", nticks=6),
        "legend": {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1.02,
            "yanchor": "bottom",
            "font": {"size": 12, "color": TEXT},
            "itemwidth": 30,
            "bgcolor": "rgba(0,0,0,0)",
        },
        "hovermode": "x unified",
        "hoverlabel": {
            "bgcolor": SURFACE,
            "bordercolor": AXIS,
            "font": {"family": FONT, "size": 12, "color": TEXT},
            "namelength": -1,
        },
        "bargap": 0.28,
        "barcornerradius": 2,
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": MUTED_TEXT, "activecolor": TEXT, "orientation": "h"},
        "annotationdefaults": {"font": {"size": 12, "color": MUTED_TEXT}, "showarrow": False},
        "dragmode": False,
    }
}
