"""The tab that compares: last cycle by cause, quarters with their yardsticks, upside and downside."""

from typing import Any

from dash import Dash, Input, Output, State, ctx, html, no_update
from dash.development.base_component import Component

from sop_dash.components.choice import choice
from sop_dash.components.data_grid import GridColumn, column_definition, data_grid, plain_row
from sop_dash.components.graph import BLANK, graph
from sop_dash.components.notices import saved, saved_slot, saved_slot_id
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE
from sop_dash.components.section_card import STACKED, card, row
from sop_dash.components.states import no_data
from sop_dash.components.why_panel import Account
from sop_dash.core.model.errors import SopError
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.levers import Change, from_plain
from sop_dash.core.model.records import Scenario
from sop_dash.core.plan.case_levers import case_levers
from sop_dash.core.plan.demand_cases import CaseWay, demand_cases
from sop_dash.figures.demand_charts import in_money, lines_of
from sop_dash.figures.demand_compare import (
    case_name,
    cases_chart,
    cases_rows,
    cases_words,
    causes_chart,
    causes_words,
    quarter_rows,
)
from sop_dash.figures.theme import Figure
from sop_dash.services.bundle import Services
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Selection

CAUSES, CAUSES_STATE, CAUSES_TITLE = "demand-causes", "demand-causes-state", "demand-causes-title"
QUARTERS = "demand-quarters"
KEEP_UPSIDE, KEEP_DOWNSIDE = "demand-keep-upside", "demand-keep-downside"
CASES, CASES_STATE, CASES_TITLE, CASES_TABLE, WAY = (
    "demand-cases",
    "demand-cases-state",
    "demand-cases-title",
    "demand-cases-table",
    "demand-cases-way",
)

_CAUSE_ACCOUNT = Account(
    title="Last cycle to this cycle",
    formula="Method: today's method on the data of last cycle − what last cycle forecast. New data: the same method on "
    "today's data − on those of last cycle. Corrections, events and transitions: what each adds to the forecast. "
    "Adjustments: today's − last cycle's. The bars add up to this cycle.",
    period="The months both cycles know, of those on screen",
    population="Money at this cycle's net price; one family also in units",
    table="forecasts, sales",
)
_QUARTER_ACCOUNT = Account(
    title="Quarters",
    formula="Closed months as they came and planned months at consensus: the planned ones against what last cycle "
    "expected of them, the whole quarter against a year earlier and against the budgeted units.",
    population="Units by family, never added up over unlike families",
    table="sales, forecasts, budget",
)
_CASE_ACCOUNT = Account(
    title="Upside and downside",
    formula="Own errors: the ends of the range that holds four months in five, measured on months held back, moved to "
    "the consensus. Named drivers: every open opportunity in the upside, every open risk in the downside, at full "
    "money in its month. Flat: 15 % up and down.",
    table="sales, risks",
)
_LEAST_MONEY = 108
"""Pixels under which money in full is cut."""
_NO_PRICE = "Choose one family to see its units, or load prices, or net_revenue in sales."
_QUARTER_COLUMNS = (
    GridColumn(field="family", title="Family", pinned=True, width=118),
    GridColumn(field="quarter", title="Quarter", width=148),
    GridColumn(field="units", title="Units", unit=Unit.UNITS, width=96),
    GridColumn(
        field="cycle", title="Last cycle", unit=Unit.RATIO, signed=True, help="Its planned months, closed ones left out"
    ),
    GridColumn(field="year", title="Last year", unit=Unit.RATIO, signed=True),
    GridColumn(field="budget", title="Budget", unit=Unit.RATIO, signed=True),
)


def compare_pane(currency: str) -> list[Component]:
    """The cards of the tab."""
    ways = [(f"from {way.value}" if way is not CaseWay.FLAT else way.value, way.value) for way in CaseWay]
    asked = choice(WAY, "Upside and downside", ways, CaseWay.ERRORS)
    chart = [html.Div(id=CAUSES_STATE, className="sop-slot sop-slot-state"), graph(CAUSES, label="causes")]
    quarters = data_grid(QUARTERS, _QUARTER_COLUMNS, [], row_key="key", file_name="quarters")
    table = data_grid(CASES_TABLE, [], [], row_key="month", currency=currency, file_name="upside-downside")
    keep = [_keep_button("downside", KEEP_DOWNSIDE), _keep_button("upside", KEEP_UPSIDE)]
    return [
        row(
            card(
                "Last cycle to this cycle",
                chart,
                subtitle=html.Span("by cause", id=CAUSES_TITLE),
                why=_CAUSE_ACCOUNT,
                enlarge=True,
            ),
            card("Quarters", quarters, subtitle="units, change against", why=_QUARTER_ACCOUNT),
            columns=(7, 6),
            class_name=STACKED,
        ),
        row(
            card(
                "Upside and downside",
                [html.Div(id=CASES_STATE, className="sop-slot sop-slot-state"), graph(CASES, label="upside-downside")],
                subtitle=html.Span("by month", id=CASES_TITLE),
                tools=(asked,),
                why=_CASE_ACCOUNT,
            ),
            card("Base, upside, downside", [table, saved_slot(CASES)], subtitle="by month", tools=keep),
            columns=(7, 6),
            class_name=STACKED,
        ),
    ]


def _keep_button(side: str, button_id: str) -> Component:
    said = f"Keep the {side} as a scenario, to compare it with the plan"
    return html.Button(f"Keep {side}", id=button_id, className="btn btn-sm btn-outline-secondary", title=said)


def register_compare(app: Dash, services: Services) -> None:
    """Attach the callbacks of the tab."""
    changed = (Input(SELECTION_STORE, "data"), Input(LEVERS_STORE, "data"), Input(REVISION_STORE, "data"))

    def view_of(stored: Any, moved: Any) -> PlanView:
        return services.plans.view(Selection.from_store(stored), from_plain(moved))

    @app.callback(
        Output(CAUSES, "figure"),
        Output(CAUSES_STATE, "children"),
        Output(CAUSES_TITLE, "children"),
        *changed,
    )
    def show_causes(stored: Any, moved: Any, _revision: Any) -> tuple[Figure, Component | None, str]:
        view = view_of(stored, moved)
        found = services.demand_review.causes(view)
        figure = causes_chart(view, found)
        if figure is None:
            return BLANK, no_data("Nothing to compare", _NO_PRICE), ""
        return figure, None, causes_words(view, found)

    @app.callback(Output(QUARTERS, "rowData"), *changed)
    def show_quarters(stored: Any, moved: Any, _revision: Any) -> list[dict[str, Any]]:
        return [plain_row(one) for one in quarter_rows(view_of(stored, moved))]

    @app.callback(
        Output(CASES, "figure"),
        Output(CASES_STATE, "children"),
        Output(CASES_TITLE, "children"),
        Output(CASES_TABLE, "columnDefs"),
        Output(CASES_TABLE, "rowData"),
        *changed,
        Input(WAY, "value"),
    )
    def show_cases(
        stored: Any, moved: Any, _revision: Any, chosen: Any
    ) -> tuple[Figure, Component | None, str, list[Any], list[Any]]:
        view, way = view_of(stored, moved), _way(chosen)
        lines = lines_of(view)
        if not lines.counted.any():
            return BLANK, no_data("No cases", _NO_PRICE), "", _case_columns(view), []
        cases = demand_cases(view.prepared, lines, view.families, way)
        rows = [plain_row(one) for one in cases_rows(view, cases)]
        return cases_chart(view, cases), None, cases_words(view, lines, cases, way), _case_columns(view), rows

    @app.callback(
        Output(saved_slot_id(CASES), "data"),
        Input(KEEP_UPSIDE, "n_clicks"),
        Input(KEEP_DOWNSIDE, "n_clicks"),
        State(SELECTION_STORE, "data"),
        State(LEVERS_STORE, "data"),
        State(WAY, "value"),
        prevent_initial_call=True,
    )
    def keep_case(up: int | None, down: int | None, stored: Any, moved: Any, chosen: Any) -> Any:
        if not (up or down):
            return no_update
        kept = _kept_case(services, view_of(stored, moved), _way(chosen), up=ctx.triggered_id == KEEP_UPSIDE)
        return saved(f"Scenario “{kept.name}” is kept; Scenarios compares it with the plan.")


def _kept_case(services: Services, view: PlanView, way: CaseWay, *, up: bool) -> Scenario:
    """The upside or downside kept as a scenario. Raises `SopError` where it is not known, or is the plan."""
    lines, chosen, name = lines_of(view), view.selection, case_name(view, way, up=up)
    cases = demand_cases(view.prepared, lines, view.families, way)
    scope = Change(ratio=0.0, category=chosen.category, family=chosen.family, channel=chosen.channel)
    levers = case_levers(view.prepared, cases, view.families, view.channels, scope, up=up)
    if not levers.moved:
        raise SopError(f"{name.partition(',')[0]} is no other than the plan.", remedy="Choose another way to find it.")
    given = {"name": services.scenarios.free_name(name), "question": cases_words(view, lines, cases, way)}
    return services.scenarios.keep(given, levers, services.user())


def _way(chosen: Any) -> CaseWay:
    """The way chosen; own errors for anything else."""
    return CaseWay(chosen) if chosen in list(CaseWay) else CaseWay.ERRORS


def _case_columns(view: PlanView) -> list[dict[str, Any]]:
    unit, currency = Unit.MONEY if in_money(view) else Unit.UNITS, view.prepared.inputs.company.currency
    columns = (
        GridColumn(field="month", title="Month", width=84),
        GridColumn(field="downside", title="Downside", unit=unit),
        GridColumn(field="down", title="Below", unit=Unit.RATIO, decimals=0, signed=True, width=72, help="The base"),
        GridColumn(field="base", title="Base", unit=unit),
        GridColumn(field="upside", title="Upside", unit=unit),
        GridColumn(field="up", title="Above", unit=Unit.RATIO, decimals=0, signed=True, width=72, help="The base"),
    )
    least = {"minWidth": _LEAST_MONEY}
    return [column_definition(column, currency) | ({} if column.width else least) for column in columns]
