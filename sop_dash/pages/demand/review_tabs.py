"""The tabs under the demand table: what was corrected, how good methods and people are, what the plan rests on."""

from dataclasses import dataclass

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from sop_dash.components.data_grid import GridColumn, data_grid
from sop_dash.components.section_card import card, row
from sop_dash.components.why_panel import Account
from sop_dash.core.model.kpi import Unit
from sop_dash.core.plan.transitions import CURVE_MONTHS
from sop_dash.pages.demand.compare_tab import compare_pane
from sop_dash.pages.demand.exceptions_tab import exceptions_pane
from sop_dash.pages.demand.outlook_forms import buttons
from sop_dash.pages.demand.value_tab import value_pane
from sop_dash.services.kept_outlook import OutlookKind

METHODS, METHODS_TITLE, WHY_FORECAST = "demand-methods", "demand-methods-title", "demand-why-forecast"
OPINIONS, STOP, OPINIONS_STATE, TICK = "demand-opinions", "demand-opinions-stop", "demand-opinions-state", "demand-tick"
CORRECTIONS, CORRECTION_REASON, CORRECTION_BUTTON = (
    "demand-corrections",
    "demand-correction-reason",
    "demand-correction",
)
EVENTS, ASSUMPTIONS, RISKS, LAUNCHES = "demand-events", "demand-assumptions", "demand-risks", "demand-launches"

_METHOD_ACCOUNT = Account(
    title="Leader board",
    formula="Every method forecasts the same past months from 24 past dates without what came later; error is the sum "
    "of |forecast − actual| ÷ the sum of actual demand (WAPE). A difference is called real when chance explains it in "
    "under 5 % of cases (Diebold and Mariano 1995, corrected for few months). Second opinions are fitted at eight of "
    "the dates; the others then stand on the same ones. The share of next-month ranges that held comes with its 90 % "
    "range (Wilson 1927) for as many independent cases as its ups and downs from month to month show.",
    table="sales",
)
_CORRECTION_ACCOUNT = Account(
    title="Corrections of history",
    formula="The baseline sees what customers wanted: lost sales added, what promotions added taken off, months far "
    "out of line and missing ones set to the usual. Both series are kept; turned down, a month stays as it was sold.",
    table="sales, inventory, events",
)
_EVENT_ACCOUNT = Account(
    title="Events",
    formula="What an event did is estimated by regression on the logs of the family's months: level, trend, season, "
    "events, price, working days. Effects are drawn towards zero as far as their usual size says. The range holds nine "
    "cases in ten. Promotions of the same month every year cannot be told from the season: their average is taken as "
    "expected, and the months tell how each differs. Planned promotions are forecast with what past ones did.",
    table="events, sales",
)

_TRANSITION_ACCOUNT = Account(
    title="Transitions",
    formula="New units = volume × the first months of the analogue ÷ its forerunner's month; the old item loses the "
    "share taken, and all of it from the month it ends. What is planned here moves the forecast of the family; what "
    "the list of items only knows does not, until somebody plans it.",
    table="products, sales",
)
_ASSUMPTION_ACCOUNT = Account(
    title="Assumptions",
    formula="About a promotion, a price or a competitor: held against what its event did, the same estimate as among "
    "the events. Others: against the same month of last year; figures in units against the demand of the month. "
    "Outside the range, further than half of the figure, or a tenth of the units, it is contradicted and becomes an "
    "issue that names its owner.",
    table="assumptions, sales, events",
)

_METHOD_COLUMNS = (
    GridColumn(field="family", title="Family", pinned=True, width=118),
    GridColumn(field="method", title="Method"),
    *(GridColumn(field=f"lag{lag}", title=f"Error, month {lag}", unit=Unit.RATIO, width=82) for lag in (1, 2, 3)),
    GridColumn(field="all", title="Error, all", unit=Unit.RATIO, width=82),
    GridColumn(field="pairs", title="Months", unit=Unit.COUNT, width=92),
    GridColumn(field="differs", title="Difference", width=118, help="From the engine"),
)
_EVENT_COLUMNS = (
    GridColumn(field="when", title="When", width=92, wrap=True),
    GridColumn(field="family", title="For", width=96, wrap=True),
    GridColumn(field="kind", title="Kind", width=94, wrap=True),
    GridColumn(field="what", title="What", wrap=True),
    GridColumn(field="expected", title="Expected", unit=Unit.RATIO, signed=True, width=82),
    GridColumn(field="seen", title="Seen", unit=Unit.RATIO, signed=True, width=72),
    GridColumn(field="range", title="Range", width=94, wrap=True, help="Nine cases in ten"),
    GridColumn(field="months", title="Months", unit=Unit.COUNT, width=70, help="That the estimate rests on"),
    GridColumn(field="planned", title="Planned", unit=Unit.RATIO, signed=True, width=76, help="In the forecast"),
    GridColumn(field="owner", title="Owner", width=108, wrap=True),
)
_ASSUMPTION_COLUMNS = (
    GridColumn(field="id", title="No.", width=62, wrap=True),
    GridColumn(field="state", title="State", width=104, wrap=True),
    GridColumn(field="text", title="Assumption", wrap=True),
    GridColumn(field="assumed", title="Assumed", width=84, wrap=True),
    GridColumn(field="seen", title="Seen", width=76, wrap=True),
    GridColumn(field="range", title="Range", width=94, wrap=True, help="Nine cases in ten"),
    GridColumn(field="owner", title="Owner", width=94, wrap=True),
    GridColumn(field="until", title="Valid until", width=88, wrap=True),
    GridColumn(field="rests", title="Rests on it", wrap=True),
)
_RISK_COLUMNS = (
    GridColumn(field="kind", title="Kind", width=96, wrap=True),
    GridColumn(field="text", title="What may happen", wrap=True),
    GridColumn(field="family", title="Family", width=88, wrap=True),
    GridColumn(field="value", title="Money", unit=Unit.MONEY, width=104),
    GridColumn(field="probability", title="Chance", unit=Unit.RATIO, decimals=0, width=74),
    GridColumn(field="weighted", title="Weighted", unit=Unit.MONEY, width=94),
    GridColumn(field="month", title="Month", width=74, wrap=True),
    GridColumn(field="owner", title="Owner", width=104, wrap=True),
    GridColumn(field="due", title="Act by", width=86, wrap=True),
    GridColumn(field="status", title="Status", width=74, wrap=True),
)
_LAUNCH_COLUMNS = (
    GridColumn(field="sku", title="Item", pinned=True, width=96),
    GridColumn(field="state", title="State", wrap=True),
    GridColumn(field="launch", title="Launch", width=76, wrap=True),
    GridColumn(field="follows", title="Follows", width=92, wrap=True),
    GridColumn(field="ends", title="Old ends", width=76, wrap=True),
    GridColumn(field="before", title="Before, a month", unit=Unit.UNITS, width=80, help="Of the item it follows"),
    GridColumn(field="analogue", title="Curve of", width=88, wrap=True, help="Past launch whose first months are used"),
    *(
        GridColumn(field=f"m{month}", title=f"Month {month}", unit=Unit.UNITS, width=72)
        for month in range(1, CURVE_MONTHS + 1)
    ),
    GridColumn(field="taken", title="Taken from old", unit=Unit.RATIO, decimals=0, width=84),
)


@dataclass(frozen=True, kw_only=True)
class OutlookList:
    """One list of the outlook as its card shows it.

    Args:
        kind: What its rows are.
        name: One of them in words.
        title: Heading of the card.
        said: In a quieter voice beside it.
        grid_id: Id of the table.
        columns: Its columns.
        row_key: Field that names a row.
        why: How its figures come about; None where they are as entered.
    """

    kind: OutlookKind
    name: str
    title: str
    said: str
    grid_id: str
    columns: tuple[GridColumn, ...]
    row_key: str
    why: Account | None = None


OUTLOOK_LISTS = (
    OutlookList(
        kind=OutlookKind.EVENT,
        name="event",
        title="Events",
        said="seen and expected",
        grid_id=EVENTS,
        columns=_EVENT_COLUMNS,
        row_key="key",
        why=_EVENT_ACCOUNT,
    ),
    OutlookList(
        kind=OutlookKind.TRANSITION,
        name="transition",
        title="Transitions",
        said="by the curve of a forerunner, units a month",
        grid_id=LAUNCHES,
        columns=_LAUNCH_COLUMNS,
        row_key="row",
        why=_TRANSITION_ACCOUNT,
    ),
    OutlookList(
        kind=OutlookKind.ASSUMPTION,
        name="assumption",
        title="Assumptions",
        said="held against what happened",
        grid_id=ASSUMPTIONS,
        columns=_ASSUMPTION_COLUMNS,
        row_key="id",
        why=_ASSUMPTION_ACCOUNT,
    ),
    OutlookList(
        kind=OutlookKind.RISK,
        name="risk or opportunity",
        title="Risks and opportunities",
        said="weighted by chance",
        grid_id=RISKS,
        columns=_RISK_COLUMNS,
        row_key="id",
    ),
)
"""The lists of the two tabs, in order."""


def corrections_card() -> Component:
    """The corrections of history with the one field for the reason of turning one down."""
    reason = dbc.Input(
        id=CORRECTION_REASON, maxLength=400, size="sm", placeholder="Why a month is real, before turning it down"
    )
    return card(
        "Corrections of history",
        [
            html.Div([dbc.Label("Reason", html_for=CORRECTION_REASON, class_name="visually-hidden"), reason]),
            html.Div(id=CORRECTIONS, className="sop-slot"),
        ],
        subtitle="the largest first, units",
        why=_CORRECTION_ACCOUNT,
        class_name="sop-corrections",
    )


def review_panes(currency: str) -> list[tuple[str, list[Component]]]:
    """Labels and panes of the review tabs, in order."""
    events, launches, stated, risks = (_outlook_list(one, currency) for one in OUTLOOK_LISTS)
    return [
        ("Exceptions", exceptions_pane(currency)),
        ("Compare", compare_pane(currency)),
        ("Value added", value_pane(currency)),
        ("Events and transitions", [row(events, share=3), row(launches, share=2)]),
        ("Assumptions and risks", [row(stated, share=3), row(risks, share=2)]),
    ]


def said_id(grid_id: str) -> str:
    """Id of the quieter words beside the heading of a list."""
    return f"{grid_id}-said"


def _outlook_list(one: OutlookList, currency: str) -> Component:
    grid = data_grid(
        one.grid_id,
        one.columns,
        [],
        row_key=one.row_key,
        currency=currency,
        file_name=one.title.lower().replace(" ", "-"),
        selectable=True,
    )
    return card(
        one.title,
        grid,
        subtitle=html.Span(one.said, id=said_id(one.grid_id)),
        why=one.why,
        tools=buttons(one.kind, one.name),
    )


def methods_card() -> Component:
    """The leader board with its button for second opinions."""
    tools = (
        html.Span(id=OPINIONS_STATE, className="sop-muted"),
        html.Button("Second opinions", id=OPINIONS, className="btn btn-sm btn-outline-secondary"),
        html.Button("Stop", id=STOP, className="btn btn-sm btn-outline-secondary", hidden=True),
        dcc.Interval(id=TICK, interval=2_000, disabled=True),
    )
    grid = data_grid(METHODS, _METHOD_COLUMNS, [], row_key="key", file_name="methods")
    title = html.Span("by family", id=METHODS_TITLE)
    why = html.Div(id=WHY_FORECAST, className="sop-why-forecast", tabIndex=0, role="note")
    return card("Leader board", [why, grid], subtitle=title, tools=tools, why=_METHOD_ACCOUNT)
