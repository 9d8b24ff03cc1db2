"""The tab “Inventory”: stock of every family against its band, saleable stock apart from the rest."""

from typing import Any

from dash import Dash, Input, Output
from dash.development.base_component import Component

from sop_dash.components.data_grid import GridColumn, data_grid, plain_row
from sop_dash.components.graph import graph
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE
from sop_dash.components.section_card import card, row
from sop_dash.components.why_panel import Account
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.levers import from_plain
from sop_dash.figures.stock_charts import positions, stock_by_family, stock_in_band, stock_rows
from sop_dash.figures.theme import Figure
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection

STOCK = "supply-stock"
STOCK_CHART = "supply-stock-chart"
BAND_CHART = "supply-stock-band"

STOCK_COLUMNS = (
    GridColumn(field="family", title="Family", pinned=True, width=130),
    GridColumn(field="saleable", title="Saleable, units", unit=Unit.UNITS),
    GridColumn(field="value", title="Saleable, cost", unit=Unit.MONEY),
    GridColumn(field="cover", title="Cover, days", unit=Unit.DAYS),
    GridColumn(field="target", title="Target, days", unit=Unit.DAYS),
    GridColumn(field="lowest", title="Lowest ahead, days", unit=Unit.DAYS),
    GridColumn(field="month", title="In"),
    GridColumn(field="missing", title="Most below target, units", unit=Unit.UNITS),
    GridColumn(field="discontinued", title="Discontinued, units", unit=Unit.UNITS),
    GridColumn(field="blocked", title="Blocked, units", unit=Unit.UNITS),
    GridColumn(field="status", title="Status", status=True, width=110),
)
_STOCK_ACCOUNT = Account(
    title="Stock by family",
    formula="Cover is how many calendar days the stock lasts against the demand that follows. Least, target and most "
    "are the band of the first planned month end; the lowest point is looked for in the open months on screen.",
    population="Saleable stock of active items; discontinued and blocked stock stands apart and serves no demand",
    table="inventory, supply_options, products",
    reference="S-177, D-45, D-61",
)


def pane(currency: str) -> list[Component]:
    """What stands in the tab."""
    table = data_grid(STOCK, STOCK_COLUMNS, [], row_key="family", currency=currency, file_name="stock-by-family")
    chart = graph(STOCK_CHART, label="stock-by-family")
    return [
        row(
            card("Cover against its band", chart, subtitle="days of demand", why=_STOCK_ACCOUNT, enlarge=True),
            card("Stock in its band", graph(BAND_CHART, label="stock-in-band"), subtitle="by month", enlarge=True),
            columns=(7, 5),
        ),
        row(card("Stock by family", table, subtitle="saleable against target; discontinued and blocked apart")),
    ]


def register(app: Dash, services: Services) -> None:
    """Attach the callbacks of this tab to `app`."""

    @app.callback(
        Output(STOCK_CHART, "figure"),
        Output(BAND_CHART, "figure"),
        Output(STOCK, "rowData"),
        Input(SELECTION_STORE, "data"),
        Input(LEVERS_STORE, "data"),
        Input(REVISION_STORE, "data"),
    )
    def show_stock(stored: Any, moved: Any, _revision: Any) -> tuple[Figure, Figure, list[dict[str, Any]]]:
        view = services.plans.view(Selection.from_store(stored), from_plain(moved))
        rows = positions(view)
        return stock_by_family(view, rows), stock_in_band(view), [plain_row(row) for row in stock_rows(rows)]
