"""The tab “Inventory policy”: classes, what cover gives, what is due, and the policy of every item."""

from typing import Any

import numpy as np
from dash import Dash, Input, Output, html
from dash.development.base_component import Component

from sop_dash.components.data_grid import GridColumn, data_grid, plain_row
from sop_dash.components.graph import graph
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE
from sop_dash.components.report_table import report_table
from sop_dash.components.section_card import card, row
from sop_dash.components.states import no_data
from sop_dash.components.why_panel import Account
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.levers import Levers, from_plain
from sop_dash.figures.item_tables import (
    CLASS_HEADS,
    COVER_DAYS,
    class_rows,
    cover_answer,
    cover_chart,
    item_rows,
    policy_answers,
)
from sop_dash.figures.theme import Figure
from sop_dash.pages.supply.views import answers
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection

ITEMS = "supply-items"
CLASSES = "supply-classes"
POLICY_ANSWERS = "supply-policy-answers"
COVER_ANSWER = "supply-cover-answer"
COVER_CHART = "supply-cover-chart"

ITEM_COLUMNS = (
    GridColumn(field="sku", title="Item", pinned=True, width=96),
    GridColumn(field="name", title="Name", width=150),
    GridColumn(field="family", title="Family", width=120),
    GridColumn(field="class", title="Class", width=72, help="Value A, B, C and steadiness X, Y, Z; N is new"),
    GridColumn(field="pattern", title="Demand", width=104, help="Tells which kind of forecast fits"),
    GridColumn(field="demand", title="Demand a month", unit=Unit.UNITS),
    GridColumn(field="lead", title="Lead time, days", unit=Unit.DAYS, decimals=0),
    GridColumn(field="service", title="Service aim", unit=Unit.RATIO, decimals=0),
    GridColumn(field="safety", title="Safety stock", unit=Unit.UNITS),
    GridColumn(field="in_force", title="Now in force", unit=Unit.UNITS),
    GridColumn(field="point", title="Reorder point", unit=Unit.UNITS),
    GridColumn(field="lot", title="Order size", unit=Unit.UNITS),
    GridColumn(field="position", title="Stock and orders", unit=Unit.UNITS, help="Saleable + on order − backlog"),
    GridColumn(field="order", title="Order now", unit=Unit.UNITS),
    GridColumn(field="days", title="Lasts, days", unit=Unit.DAYS, decimals=0),
    GridColumn(field="excess", title="Excess", unit=Unit.MONEY),
    GridColumn(field="note", title="Note", width=170),
)
_ITEM_ACCOUNT = Account(
    title="Inventory policy by item",
    formula="Safety stock is the safety factor × the spread of forecast errors over the lead time, the spread of the "
    "lead time included; under ten units they are counted one by one. Reorder point is demand over the lead time + "
    "safety stock, compared with saleable stock + open orders − backlog. Order size is the economic lot within the "
    "smallest order, the multiple, shelf life and longest cover.",
    population="Items of the families selected; their demand adds up to the consensus of the family",
    table="sales, products, inventory, receipts, backlog, supplier_items",
    reference="S-178, S-194, S-195, S-196, S-197, D-43",
)
_CLASS_ACCOUNT = Account(
    title="Classes of items",
    formula="A, B, C by the share of the coming year's demand at standard cost before the item (limits 80 % and "
    "95 %); X, Y, Z by the standard deviation of demand without its season ÷ its mean (limits 0.5 and 1). The limits "
    "are planning settings.",
    table="sales, products",
    reference="S-194",
)
_COVER_ACCOUNT = Account(
    title="What days of cover give",
    formula="Cover in units ÷ the spread of forecast errors until the next monthly plan takes effect is the safety "
    "factor z, and its normal probability the chance not to run out. Share served is 1 − spread × G(z) ÷ a month of "
    "demand, G the normal loss.",
    population="Families selected; errors of the forecasts of the last twelve cycles made again",
    table="sales",
    reference="D-43",
)


def pane(currency: str) -> list[Component]:
    """What stands in the tab."""
    grid = data_grid(ITEMS, ITEM_COLUMNS, [], row_key="sku", currency=currency, file_name="inventory-policy")
    return [
        row(
            card("Classes", html.Div(id=CLASSES, className="sop-slot"), why=_CLASS_ACCOUNT),
            card(
                "What to do",
                html.Div([html.Div(id=POLICY_ANSWERS), html.Div(id=COVER_ANSWER)], className="sop-answers"),
            ),
            card("What days of cover give", graph(COVER_CHART, label="cover-service"), why=_COVER_ACCOUNT),
            columns=(5, 4, 4),
            share=2,
        ),
        row(card("Policy by item", grid, subtitle="units; what is due first", why=_ITEM_ACCOUNT), share=3),
    ]


def register(app: Dash, services: Services) -> None:
    """Attach the callbacks of this tab to `app`."""

    @app.callback(
        Output(ITEMS, "rowData"),
        Output(CLASSES, "children"),
        Output(POLICY_ANSWERS, "children"),
        Input(SELECTION_STORE, "data"),
        Input(REVISION_STORE, "data"),
    )
    def show_items(stored: Any, _revision: Any) -> tuple[list[Any], Component, list[Component]]:
        view = services.plans.view(Selection.from_store(stored), Levers())
        found, currency = services.supply_base.policy().items, view.prepared.inputs.company.currency
        shown = np.asarray(view.families[found.items.family], dtype=np.bool_)
        if not shown.any():
            return [], no_data("No item is known", "Load sales or products with a sku for each item."), []
        table = report_table(
            CLASS_HEADS, class_rows(found, shown, currency), label="Items by class", numbers=range(1, len(CLASS_HEADS))
        )
        return (
            [plain_row(each) for each in item_rows(found, shown)],
            table,
            answers(policy_answers(found, shown, currency)),
        )

    @app.callback(Output(COVER_CHART, "figure"), Input(SELECTION_STORE, "data"), Input(REVISION_STORE, "data"))
    def show_cover(stored: Any, _revision: Any) -> Figure:
        view = services.plans.view(Selection.from_store(stored), Levers())
        found = [services.supply_base.cover_service(float(days)) for days in COVER_DAYS]
        return cover_chart(found, view.families, f"{view.selection}")

    @app.callback(
        Output(COVER_ANSWER, "children"),
        Input(SELECTION_STORE, "data"),
        Input(LEVERS_STORE, "data"),
        Input(REVISION_STORE, "data"),
    )
    def show_cover_of_the_slider(stored: Any, moved: Any, _revision: Any) -> list[Component]:
        levers = from_plain(moved)
        view = services.plans.view(Selection.from_store(stored), levers)
        days = services.desk.choices().cover_days if levers.cover_days is None else levers.cover_days
        found = services.supply_base.cover_service(days)
        return answers([cover_answer(found, view.families, view.plan.grain.families, days)])
