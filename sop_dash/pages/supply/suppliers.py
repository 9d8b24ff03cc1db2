"""The tab “Suppliers”: the scorecard, trend and peers of one supplier, and whom to speak with."""

from typing import Any

from dash import Dash, Input, Output, html
from dash.development.base_component import Component

from sop_dash.components.answers import answers
from sop_dash.components.choice import choice
from sop_dash.components.data_grid import GridColumn, data_grid, plain_row
from sop_dash.components.graph import BLANK, graph
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE
from sop_dash.components.section_card import card, row
from sop_dash.components.states import no_data
from sop_dash.components.tabs import mount_when_opened, tabs
from sop_dash.components.why_panel import Account
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.levers import from_plain
from sop_dash.core.supply.suppliers import CRITERIA, GRADES
from sop_dash.figures.formats import number, percent
from sop_dash.figures.supplier_charts import TRENDS, peers_chart, supplier_trend
from sop_dash.figures.supplier_tables import supplier_answers, supplier_rows
from sop_dash.figures.theme import Figure
from sop_dash.pages.supply import shortfall
from sop_dash.services.bundle import Services
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Selection

_TABS = "supply-supplier-tabs"
SUPPLIERS = "supply-suppliers"
SUPPLIER_ANSWERS = "supply-supplier-answers"
SUPPLIER_TREND = "supply-supplier-trend"
TREND_OF = "supply-supplier-trend-of"
PEERS = "supply-supplier-peers"

SUPPLIER_COLUMNS = (
    GridColumn(field="name", title="Supplier", pinned=True, width=160),
    GridColumn(field="place", title="Place", unit=Unit.COUNT, help="1 is the best score"),
    GridColumn(field="grade", title="Grade", width=72),
    GridColumn(field="own", title="Own", width=60, help="The rating that the company itself gives"),
    GridColumn(field="score", title="Score", unit=Unit.COUNT, help="0 to 100 points, last six months"),
    GridColumn(field="change", title="Change", unit=Unit.COUNT, signed=True, help="Against the twelve months before"),
    GridColumn(field="on_time", title="On time", unit=Unit.RATIO),
    GridColumn(field="on_time_before", title="Before", unit=Unit.RATIO),
    GridColumn(field="in_full", title="In full", unit=Unit.RATIO),
    GridColumn(field="quality", title="Quality", unit=Unit.RATIO, help="Share of the units not rejected"),
    GridColumn(field="lead", title="Lead time, days", unit=Unit.DAYS),
    GridColumn(field="spread", title="Spread, days", unit=Unit.DAYS),
    GridColumn(field="price", title="Price in a year", unit=Unit.RATIO, signed=True, help="Mix of items included"),
    GridColumn(field="spend", title="Share of spend", unit=Unit.RATIO, help="Of the last twelve months"),
    GridColumn(field="only", title="Sole source of", unit=Unit.COUNT, help="Items nobody else is named for"),
    GridColumn(
        field="capacity", title="Capacity used", unit=Unit.RATIO, decimals=0, width=88, help="Largest month of the year"
    ),
    GridColumn(
        field="stock", title="Safety stock", unit=Unit.MONEY, signed=True, width=112, help="What its lead time adds"
    ),
    GridColumn(field="alerts", title="To speak about", width=210),
)
_ENDS = "; ".join(
    f"{each.name.lower()} (none at {percent(each.none, 0)}, all at {percent(each.full, 0)})" for each in CRITERIA
)
_ACCOUNT = Account(
    title="Supplier scorecard",
    formula=f"Points of the last six months: {_ENDS}. Between the two ends points fall in proportion; what is not "
    f"known takes no part. Their weights are planning settings, on the second tab. Grades: "
    f"{', '.join(f'{g} from {number(least)}' for g, least in GRADES)}. Spread is the standard deviation of the monthly "
    "mean lead times, for the score as a share of the mean.",
    population="All suppliers; a change is named when chance alone would hardly bring it",
    table="suppliers, supplier_items, supplier_deliveries",
    reference="S-180, S-191, S-150",
)


def pane(services: Services, view: PlanView) -> list[Component]:
    """What stands in the tab: tabs of its own."""
    currency = view.prepared.inputs.company.currency
    return [
        tabs(
            _TABS,
            [("Scorecard", _scorecard(currency)), ("Shortfall and weights", shortfall.pane(services, view))],
            lazy=True,
        )
    ]


def _scorecard(currency: str) -> list[Component]:
    grid = data_grid(
        SUPPLIERS,
        SUPPLIER_COLUMNS,
        [],
        row_key="code",
        currency=currency,
        file_name="suppliers",
        selectable=True,
    )
    of = choice(TREND_OF, "What is shown", [(words, name) for name, words in TRENDS.items()], "on_time")
    return [
        row(card("Scorecard", grid, subtitle="last six months, lowest score first", why=_ACCOUNT), share=3),
        row(
            card(
                "Trend",
                graph(SUPPLIER_TREND, label="supplier-trend"),
                subtitle="of the row chosen",
                tools=[of],
                enlarge=True,
            ),
            card("Among its peers", graph(PEERS, label="supplier-peers"), enlarge=True),
            card("Whom to speak with", html.Div(id=SUPPLIER_ANSWERS, className="sop-answers")),
            columns=(5, 4, 4),
            share=2,
        ),
    ]


def register(app: Dash, services: Services) -> None:
    """Attach the callbacks of this tab to `app`."""
    mount_when_opened(app, _TABS, panes=2)
    shortfall.register(app, services)

    @app.callback(Output(SUPPLIERS, "rowData"), Input(REVISION_STORE, "data"))
    def show_suppliers(_revision: Any) -> list[Any]:
        found = services.supply_base
        return [plain_row(each) for each in supplier_rows(found.suppliers(), found.lead_time_effect())]

    @app.callback(
        Output(SUPPLIER_ANSWERS, "children"),
        Input(SELECTION_STORE, "data"),
        Input(LEVERS_STORE, "data"),
        Input(REVISION_STORE, "data"),
    )
    def show_answers(stored: Any, moved: Any, _revision: Any) -> Any:
        view = services.plans.view(Selection.from_store(stored), from_plain(moved))
        base = services.supply_base
        if not base.suppliers().suppliers.codes:
            return no_data("No supplier is known", "Load suppliers, supplier_items and supplier_deliveries.")
        currency = view.prepared.inputs.company.currency
        told = supplier_answers(base.suppliers(), base.lead_time_effect(), base.materials(view), view.months, currency)
        return answers(told)

    @app.callback(
        Output(SUPPLIER_TREND, "figure"),
        Output(PEERS, "figure"),
        Input(SUPPLIERS, "selectedRows"),
        Input(TREND_OF, "value"),
        Input(REVISION_STORE, "data"),
    )
    def show_trend(chosen: list[dict[str, Any]] | None, what: Any, _revision: Any) -> tuple[Figure, Figure]:
        found = services.supply_base.suppliers()
        if not found.suppliers.codes:
            return BLANK, BLANK
        code = chosen[0]["code"] if chosen else ""
        return supplier_trend(found, code, what if what in TRENDS else "on_time"), peers_chart(found, code)
