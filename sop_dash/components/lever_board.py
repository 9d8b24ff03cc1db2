"""The lever board: the same panel on Supply, Financials, Scenarios and behind "What if" on the Executive page.

    lever_board("supply", choices, levers)                        # a column; `flat=True` for the strip along a page
    Output(binding_slot("supply"), "children")                     # sentences: which constraint binds

Sliders and number boxes move together. While one is dragged the page follows through `Page.live`; on release the shell
writes `LEVERS_STORE`. Page code never reads or writes the controls. A scope of families acts together with the channel.
"""

import json
from collections.abc import Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from sop_dash.components.choice import EVERYTHING, choice
from sop_dash.components.lever_positions import CATEGORY, FAMILY, Positions, in_words, positions
from sop_dash.core.model.levers import Levers, from_plain
from sop_dash.core.model.periods import short_name
from sop_dash.services.frame_facts import Choices

SLIDERS = ("demand", "overtime", "hours", "cover", "price", "outsource", "lead-time")
CHOOSERS = (
    "demand-scope",
    "demand-channel",
    "demand-from",
    "hours-resources",
    "hours-from",
    "price-channel",
    "price-from",
)
PLAN_POSITIONS = "lever-plan"
REST = "lever-rest"
RESET_ALL = "lever-reset-all"
KEEP = "lever-keep"
OPEN_LEVERS = "open-levers"
WHAT_IF = "what-if"
WHAT_IF_OPEN = "what-if-open"

_LABELS = {
    "demand": ("Demand", "%"),
    "overtime": ("Overtime, at most", "% of hours"),
    "hours": ("Extra capacity", "h a month"),
    "cover": ("Stock cover", "days"),
    "price": ("Price", "%"),
    "outsource": ("Outsourcing, at most", "% of demand"),
    "lead-time": ("Lead time", "months more"),
}
# Lowest, highest and step a slider offers; the range grows to hold a scenario that goes further.
_OFFERED = {
    "demand": (-30.0, 30.0, 0.5),
    "price": (-20.0, 20.0, 0.5),
    "overtime": (0.0, 50.0, 1.0),
    "cover": (0.0, 90.0, 1.0),
    "outsource": (0.0, 100.0, 0.5),
    "lead-time": (0.0, 6.0, 1.0),
}


def lever_id(name: str) -> str:
    """Id of a control of the board."""
    return f"lever-{name}"


def reset_id(name: str) -> str:
    """Id of the button that puts one lever back to the plan."""
    return f"lever-{name}-reset"


def binding_slot(page_id: str) -> str:
    """Id of the place below the board where a page says in words which constraint binds."""
    return f"{page_id}-binding"


def lever_board(page_id: str, choices: Choices, levers: Levers, *, flat: bool = False) -> Component:
    """The board as it stands under these levers.

    Args:
        page_id: The page it stands on.
        choices: What the data load offers.
        levers: Where it stands.
        flat: A strip along the page instead of a column.
    """
    at = positions(levers, choices)
    most_hours = max(choices.hours_limit, at.values["hours"])
    front = [
        _lever("demand", at, _offered("demand", at), _demand_scope(at, choices)),
        _lever("overtime", at, _offered("overtime", at)),
        _lever("hours", at, (0.0, most_hours, 10.0), _hours_scope(at, choices)),
        _lever("cover", at, _offered("cover", at)),
        _lever("price", at, _offered("price", at), _price_scope(at, choices)),
    ]
    more = [_lever(name, at, _offered(name, at)) for name in ("outsource", "lead-time")]
    return html.Section(
        [
            dcc.Store(id=PLAN_POSITIONS, data=dict(at.plan)),
            dcc.Store(id=REST, data=dict(at.rest)),
            html.Div([html.H2("Levers", className="sop-card-title"), _buttons()], className="sop-card-head"),
            html.Div(front, className="sop-levers"),
            html.Details(
                [html.Summary("More levers"), html.Div(more, className="sop-levers")],
                open=not flat,
                className="sop-more",
            ),
            _rest_in_words(at),
            html.Div(id=binding_slot(page_id), className="sop-binding", **{"aria-live": "polite"}),
        ],
        className="sop-card sop-board sop-board-flat" if flat else "sop-card sop-board",
        **{"aria-label": "Levers"},
    )


def what_if(page_id: str, choices: Choices, levers: Levers) -> Component:
    """The board in a drawer, behind a button; the charts stay in sight beside it."""
    drawer = dbc.Offcanvas(
        lever_board(page_id, choices, levers),
        id={"type": WHAT_IF, "page": page_id},
        title="What if",
        placement="start",
        backdrop=False,
        scrollable=True,
        is_open=False,
        className="sop-what-if",
    )
    opener = html.Button("What if", id={"type": WHAT_IF_OPEN, "page": page_id}, className="btn btn-sm btn-primary")
    return html.Div([opener, drawer])


def open_levers_button(index: str, label: Any, levers: dict[str, Any], *, class_name: str = "") -> Component:
    """A button that opens these levers (`{}` is the plan) on the page it stands on; the index is unique there."""
    return html.Button(
        label,
        id={"type": OPEN_LEVERS, "index": index},
        value=json.dumps(levers),
        className=class_name or "btn btn-sm btn-outline-primary",
    )


def _lever(name: str, at: Positions, ends: tuple[float, float, float], scope: Sequence[Component] = ()) -> Component:
    title, unit = _LABELS[name]
    low, high, step = ends
    slider = dcc.Slider(
        id=lever_id(name),
        min=low,
        max=high,
        step=step,
        value=at.values[name],
        marks={at.plan[name]: {"label": "plan"}} if low <= at.plan[name] <= high else None,
        included=low >= 0,
        updatemode="mouseup",
    )
    reset = html.Button(
        html.I(className="bi bi-arrow-counterclockwise", **{"aria-hidden": "true"}),
        id=reset_id(name),
        className="sop-icon-button",
        title="Back to plan",
        **{"aria-label": f"{title}: back to plan"},
    )
    head = [html.Label([title, html.Small(unit)], id=f"lbl-{lever_id(name)}"), reset]
    limit = html.P(className="sop-lever-limit", role="status")  # filled by `assets/levers.js`
    parts: list[Component] = [html.Div(head, className="sop-lever-head"), slider, limit]
    if scope:
        parts.append(html.Div(list(scope), className="sop-lever-scope"))
    return html.Div(parts, className=f"sop-lever sop-lever-{name}")


def _offered(name: str, at: Positions) -> tuple[float, float, float]:
    low, high, step = _OFFERED[name]
    return min(low, at.values[name], at.plan[name]), max(high, at.values[name], at.plan[name]), step


def _demand_scope(at: Positions, choices: Choices) -> list[Component]:
    names = [("all families", EVERYTHING)]
    for category, families in choices.families.items():
        names.append((category, f"{CATEGORY}{category}"))
        names += [(f"– {family}", f"{FAMILY}{family}") for family in families]
    return [
        _choice("demand-scope", names, at, "Demand of"),
        _choice("demand-channel", _channels(choices), at, "Demand in"),
        _choice("demand-from", _months(choices.months, "first open month"), at, "Demand from"),
    ]


def _price_scope(at: Positions, choices: Choices) -> list[Component]:
    months = _months(choices.months, "first open month")
    return [
        _choice("price-channel", _channels(choices), at, "Price in"),
        _choice("price-from", months, at, "Price from"),
    ]


def _hours_scope(at: Positions, choices: Choices) -> list[Component]:
    chosen = at.choices["hours-resources"]
    starts = [m for m in choices.months if all(m in choices.hours_months.get(r, choices.months) for r in chosen)]
    words = "On which resources"
    resources = dcc.Dropdown(
        id=lever_id("hours-resources"),
        options=list(choices.resources),
        value=chosen,
        multi=True,
        clearable=False,
        searchable=False,
        placeholder=words,
        className="sop-choices",
    )
    label = html.Span(words, id=f"lbl-{lever_id('hours-resources')}", className="visually-hidden")
    months = _months(starts, "after lead time")
    return [html.Div([label, resources]), _choice("hours-from", months, at, "Hours from")]


def _choice(name: str, options: Sequence[tuple[str, str]], at: Positions, label: str) -> Component:
    return choice(lever_id(name), label, options, at.choices[name])


def _channels(choices: Choices) -> list[tuple[str, str]]:
    return [("all channels", EVERYTHING), *((name, name) for name in choices.channels)]


def _months(months: Sequence[str], first: str) -> list[tuple[str, str]]:
    return [(first, EVERYTHING), *((f"from {short_name(month)}", month) for month in months)]


def _buttons() -> Component:
    return html.Div(
        [
            html.Button("Reset all", id=RESET_ALL, className="btn btn-sm btn-outline-secondary"),
            html.Button("Keep as scenario", id=KEEP, className="btn btn-sm btn-primary"),
        ],
        className="sop-card-tools",
    )


def _rest_in_words(at: Positions) -> Component:
    phrases = in_words(from_plain(dict(at.rest)))
    text = f"Also in this scenario: {'; '.join(phrases)}." if phrases else ""
    return html.P(text, id="lever-rest-words", className="sop-rest")
