"""Items in the tab “Inventory policy”: the policy of each, and of the one chosen every rule and lot side by side."""

from typing import Any

import dash_bootstrap_components as dbc
import numpy as np
from dash import Dash, Input, Output, html
from dash.development.base_component import Component

from sop_dash.components.answers import answers
from sop_dash.components.choice import choice
from sop_dash.components.data_grid import GridColumn, data_grid, plain_row
from sop_dash.components.page import REVISION_STORE, SELECTION_STORE
from sop_dash.components.report_table import report_table
from sop_dash.components.section_card import card, row
from sop_dash.components.states import empty, waiting
from sop_dash.components.why_panel import Account
from sop_dash.core.inventory.price_lots import PriceLots
from sop_dash.core.model.errors import SopError
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.levers import Levers
from sop_dash.figures.item_tables import first_due, item_rows
from sop_dash.figures.policy_tables import (
    PRICE_HEADS,
    RULE_HEADS,
    item_words,
    lot_words,
    price_break_words,
    price_rows,
    price_words,
    rule_rows,
)
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection
from sop_dash.services.supply_base import StockPolicy

ITEMS = "supply-items"
ITEMS_BY = "supply-items-by"
ITEM_RULES = "supply-item-rules"
ITEM_WORDS = "supply-item-words"
ITEM_PRICES = "supply-item-prices"
BREAK_UNITS = "supply-break-units"
BREAK_PRICE = "supply-break-price"
BREAK_ANSWER = "supply-break-answer"
BY_ITEM, BY_FAMILY = "items", "families"

ITEM_COLUMNS = (
    GridColumn(field="sku", title="Item", pinned=True, width=96),
    GridColumn(field="name", title="Name", width=150),
    GridColumn(field="family", title="Family", width=120),
    GridColumn(
        field="class", title="Class", width=72, help="Value A, B, C (– unknown) and steadiness X, Y, Z; N is new"
    ),
    GridColumn(field="pattern", title="Demand", width=104, help="Tells which kind of forecast fits"),
    GridColumn(field="demand", title="Demand a month", unit=Unit.UNITS),
    GridColumn(field="lead", title="Lead time, days", unit=Unit.DAYS, decimals=0),
    GridColumn(field="service", title="Service aim", unit=Unit.RATIO, decimals=0),
    GridColumn(field="safety", title="Safety stock", unit=Unit.UNITS),
    GridColumn(field="in_force", title="Now in force", unit=Unit.UNITS),
    GridColumn(field="point", title="Reorder point", unit=Unit.UNITS),
    GridColumn(
        field="rests",
        title="It rests on the demand of",
        width=236,
        help="Expected until an order placed now is in, in these months; × the average of the coming year",
    ),
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
    "lead time included; under ten units they are counted one by one. Reorder point is demand "
    "expected over the lead time that begins now (not the average of the year: before a peak it is higher) + "
    "safety stock, compared with saleable stock + open orders − backlog. Order size is the economic lot within the "
    "smallest order, the multiple, shelf life and longest cover; where prices fall with the order, that of the price "
    "whose purchase, ordering and holding cost least a year.",
    population="Items of the families selected; their demand adds up to the consensus of the family",
    table="sales, products, inventory, receipts, backlog, supplier_items, price_breaks",
    reference="S-178, S-194, S-195, S-196, S-197, D-43",
)
_RULE_ACCOUNT = Account(
    title="One item under every rule",
    formula="Chance to last: z × σ. From stock: G(z) = Q(1 − β) ÷ σ, the rest waiting; ÷ β too where it is lost. Least "
    "cost: 1 − hQ ÷ (bD). One season: b ÷ (b + h). Lot and reorder point together: both to their fixed point. Service "
    "is judged alike for all, by the spread of forecast errors and of the lead time.",
    assumptions=("A unit short costs the margin of its family and the goodwill ratio of the planning settings.",),
    reference="D-43, S-178",
)


def pane(currency: str) -> list[Component]:
    """What stands in the tab."""
    grid = data_grid(
        ITEMS, ITEM_COLUMNS, [], row_key="sku", currency=currency, file_name="inventory-policy", selectable=True
    )
    by = choice(ITEMS_BY, "Rows", [("by item", BY_ITEM), ("by family", BY_FAMILY)], BY_ITEM)
    offer = html.Div(
        [
            _number(BREAK_UNITS, "Try a price break from, units"),
            _number(BREAK_PRICE, "at a unit price of"),
        ],
        className="sop-field-pair",
    )
    return [
        row(
            card("Policy by item", grid, subtitle="units; due first; choose a row", tools=[by], why=_ITEM_ACCOUNT),
            share=6,
        ),
        row(
            card(
                "The item under every rule", html.Div(waiting(), id=ITEM_RULES, className="sop-slot"), why=_RULE_ACCOUNT
            ),
            card(
                "Order size and time",
                html.Div(
                    [html.Div(id=ITEM_PRICES), offer, html.Div(id=BREAK_ANSWER), html.Div(id=ITEM_WORDS)],
                    className="sop-answers",
                ),
            ),
            columns=(7, 5),
            share=7,
        ),
    ]


def _prices(found: PriceLots | None, currency: str) -> list[Component]:
    """The prices of the item and which of them decides; nothing where the price does not fall with the order."""
    if found is None:
        return []
    table = report_table(PRICE_HEADS, price_rows(found, currency), label="Prices by size of order", numbers=(1, 2, 3))
    return [*answers([price_words(found, currency)]), table]


def _number(control_id: str, words: str) -> Component:
    control = dbc.Input(id=control_id, type="number", min=0, step="any", size="sm", debounce=True)
    return html.Div([dbc.Label(words, html_for=control_id, class_name="sop-note"), control], className="sop-field")


def found_by(services: Services, by: Any) -> StockPolicy:
    """The policy by item or by family."""
    base = services.supply_base
    return base.family_policy() if by == BY_FAMILY else base.policy()


def chosen_item(services: Services, found: StockPolicy, chosen: Any, stored: Any) -> int | None:
    """The row chosen, else what is due first of the families selected; None where there is no row."""
    if chosen and (place := found.place(str(chosen[0].get("sku", "")))) is not None:
        return place
    view = services.plans.view(Selection.from_store(stored), Levers())
    shown = np.asarray(view.families[found.items.items.family], dtype=np.bool_)
    return first_due(found.items, shown)


def register(app: Dash, services: Services) -> None:
    """Attach the callbacks of this tab to `app`."""

    @app.callback(
        Output(ITEMS, "rowData"),
        Input(ITEMS_BY, "value"),
        Input(SELECTION_STORE, "data"),
        Input(REVISION_STORE, "data"),
    )
    def show_items(by: Any, stored: Any, _revision: Any) -> list[Any]:
        view = services.plans.view(Selection.from_store(stored), Levers())
        found = found_by(services, by).items
        shown = np.asarray(view.families[found.items.family], dtype=np.bool_)
        return [plain_row(each) for each in item_rows(found, shown)]

    @app.callback(
        Output(ITEM_RULES, "children"),
        Output(ITEM_WORDS, "children"),
        Output(ITEM_PRICES, "children"),
        Input(ITEMS, "selectedRows"),
        Input(ITEMS_BY, "value"),
        Input(SELECTION_STORE, "data"),
        Input(REVISION_STORE, "data"),
    )
    def show_item(chosen: Any, by: Any, stored: Any, _revision: Any) -> tuple[Any, list[Component], list[Component]]:
        found = found_by(services, by)
        item = chosen_item(services, found, chosen, stored)
        if item is None:
            return empty("No item is known", "Load sales or products with a sku for each item."), [], []
        inputs = services.plans.prepared().inputs
        items, currency = found.items.items, inputs.company.currency
        name = items.skus[item] if items.names[item] == items.skus[item] else f"{items.skus[item]} {items.names[item]}"
        table = report_table(
            (name, *RULE_HEADS[1:]),
            rule_rows(found.rules(item), currency),
            label="One item under every rule",
            numbers=range(1, len(RULE_HEADS)),
        )
        lots = found.lots(item)
        told = [*item_words(found.items, item), *lot_words(lots, inputs.grain.horizon, currency)]
        return table, answers(told), _prices(lots.prices, currency)

    @app.callback(
        Output(BREAK_ANSWER, "children"),
        Input(BREAK_UNITS, "value"),
        Input(BREAK_PRICE, "value"),
        Input(ITEMS, "selectedRows"),
        Input(ITEMS_BY, "value"),
        Input(SELECTION_STORE, "data"),
    )
    def show_break(units: Any, price: Any, chosen: Any, by: Any, stored: Any) -> list[Component]:
        if not (isinstance(units, int | float) and isinstance(price, int | float)):
            return []
        found = found_by(services, by)
        item = chosen_item(services, found, chosen, stored)
        if item is None:
            return []
        try:
            offer = found.price_break(item, float(units), float(price))
        except SopError as error:
            return [html.P(error.sentence, className="sop-refused", role="alert")]
        currency = services.plans.prepared().inputs.company.currency
        return answers([price_break_words(offer, float(units), currency)])
