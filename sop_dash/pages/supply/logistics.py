"""The tab “Logistics”: how full warehouses and lanes are under the plan, and what overflow costs."""

from typing import Any

import numpy as np
from dash import Dash, Input, Output, html
from dash.development.base_component import Component

from sop_dash.components.choice import choice
from sop_dash.components.data_grid import GridColumn, column_definition, data_grid, plain_row
from sop_dash.components.graph import BLANK, graph
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE
from sop_dash.components.section_card import card, row
from sop_dash.components.states import no_data, partial
from sop_dash.components.why_panel import Account
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.levers import from_plain
from sop_dash.figures.formats import listed
from sop_dash.figures.supplier_tables import logistics_chart, logistics_months, logistics_rows
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection

LOGISTICS = "supply-logistics"
LOGISTICS_CHART = "supply-logistics-chart"
LOGISTICS_STATE = "supply-logistics-state"
LOGISTICS_NOTE = "supply-logistics-note"
LOGISTICS_BY = "supply-logistics-by"
ALL_MONTHS, EACH_MONTH = "all", "each"
_ROWS = (("all months", ALL_MONTHS), ("by month", EACH_MONTH))

LOGISTICS_COLUMNS = (
    GridColumn(field="name", title="Warehouse or lane", pinned=True, width=190),
    GridColumn(field="kind", title="Kind"),
    GridColumn(field="use", title="Fullest", unit=Unit.RATIO),
    GridColumn(field="month", title="In"),
    GridColumn(field="over", title="Months over", unit=Unit.COUNT),
    GridColumn(field="overflow", title="Most overflow, space", unit=Unit.UNITS),
    GridColumn(field="cost", title="Cost within", unit=Unit.MONEY),
    GridColumn(field="extra", title="Cost of overflow", unit=Unit.MONEY),
)
MONTH_COLUMNS = (
    GridColumn(field="name", title="Warehouse or lane", pinned=True, width=190),
    GridColumn(field="kind", title="Kind"),
    GridColumn(field="month", title="Month"),
    GridColumn(field="load", title="Load, space", unit=Unit.UNITS),
    GridColumn(field="capacity", title="Limit, space", unit=Unit.UNITS),
    GridColumn(field="use", title="Use", unit=Unit.RATIO),
    GridColumn(field="overflow", title="Overflow, space", unit=Unit.UNITS),
    GridColumn(field="cost", title="Cost within", unit=Unit.MONEY),
    GridColumn(field="extra", title="Cost of overflow", unit=Unit.MONEY),
)
_ACCOUNT = Account(
    title="Load of warehouses and lanes",
    formula="Stock at month end × storage space a unit, and units shipped × transport space a unit, ÷ capacity. What "
    "is beyond the capacity is charged at the overflow cost. Several of one kind share the load by their capacity.",
    population="All families, whatever is selected: they share the space",
    table="logistics, products (storage_per_unit, transport_per_unit)",
    reference="S-179, S-193, S-182",
)


def pane(currency: str) -> list[Component]:
    """What stands in the tab."""
    grid = data_grid(LOGISTICS, LOGISTICS_COLUMNS, [], row_key="key", currency=currency, file_name="logistics")
    return [
        row(
            card(
                "Load against limits",
                [
                    html.Div(id=LOGISTICS_STATE, className="sop-slot sop-slot-state"),
                    graph(LOGISTICS_CHART, label="load-of-warehouses-and-lanes"),
                ],
                subtitle="by month, % of capacity",
                why=_ACCOUNT,
                enlarge=True,
            ),
            share=3,
        ),
        row(
            card(
                "By warehouse and lane",
                [html.Div(id=LOGISTICS_NOTE), grid],
                subtitle="months on screen",
                tools=[choice(LOGISTICS_BY, "Rows", _ROWS, ALL_MONTHS)],
            ),
            share=2,
        ),
    ]


def register(app: Dash, services: Services) -> None:
    """Attach the callbacks of this tab to `app`."""

    @app.callback(
        Output(LOGISTICS_CHART, "figure"),
        Output(LOGISTICS, "columnDefs"),
        Output(LOGISTICS, "rowData"),
        Output(LOGISTICS_STATE, "children"),
        Output(LOGISTICS_NOTE, "children"),
        Input(LOGISTICS_BY, "value"),
        Input(SELECTION_STORE, "data"),
        Input(LEVERS_STORE, "data"),
        Input(REVISION_STORE, "data"),
    )
    def show_logistics(by: Any, stored: Any, moved: Any, _revision: Any) -> tuple[Any, ...]:
        view = services.plans.view(Selection.from_store(stored), from_plain(moved))
        found = services.supply_base.logistics(view)
        if not found.lines:
            missing = no_data("No warehouse or lane is known", "Load logistics (month, kind, name, capacity).")
            return BLANK, [], [], missing, None
        currency, monthly = view.prepared.inputs.company.currency, by == EACH_MONTH
        columns = [column_definition(each, currency) for each in (MONTH_COLUMNS if monthly else LOGISTICS_COLUMNS)]
        rows = logistics_months(found, view.months) if monthly else logistics_rows(found, view.months)
        drawn = logistics_chart(
            found,
            view.months,
            currency=currency,
            locked=view.prepared.locked_months,
            view=f"{view.selection.horizon}",
        )
        names = [view.plan.grain.families[f] for f in np.flatnonzero(found.not_counted)]
        left_out = [f"Without {listed(names)}: space a unit takes is not given in products."] if names else []
        return drawn, columns, [plain_row(each) for each in rows], None, partial(left_out)
