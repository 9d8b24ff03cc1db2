"""The schedule of the tab “Production”: what each family or item is to make or get by month, and what the mix costs."""

from typing import Any

from dash import Dash, Input, Output, html
from dash.development.base_component import Component

from sop_dash.components.answers import answers
from sop_dash.components.choice import choice
from sop_dash.components.data_grid import GridColumn, column_definition, data_grid, plain_row
from sop_dash.components.graph import BLANK, graph
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE
from sop_dash.components.section_card import card, row
from sop_dash.components.why_panel import Account
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.levers import from_plain
from sop_dash.core.model.periods import short_name
from sop_dash.figures.production_charts import mix_loss_chart
from sop_dash.figures.schedule_tables import ITEM_MONTHS, SCHEDULES, family_rows, item_rows_of_plan, mix_answers
from sop_dash.figures.theme import Figure
from sop_dash.services.bundle import Services
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Selection

SCHEDULE = "supply-schedule"
SCHEDULE_WHAT = "supply-schedule-what"
SCHEDULE_BY = "supply-schedule-by"
MIX_ANSWERS = "supply-mix-answers"
MIX_LOSS_CHART = "supply-mix-loss"
FAMILIES, ITEMS = "families", "items"

_ACCOUNT = Account(
    title="Master schedule",
    formula="What the plan makes, buys and has outsourced, month by month. Items share what their family gets so that "
    "all last equally long: (stock + share) ÷ (demand + stock target) is the same for every item that gets any; an "
    "item that has more gets nothing.",
    population="Families selected; items over the next six months, the mix being a matter of the near months",
    table="sales, products, inventory, production, receipts",
    reference="S-158, S-181, S-187, S-192",
)
_MIX_ACCOUNT = Account(
    title="Loss by the mix of items",
    formula="Shipments of the family plan − what its items can ship with the stock and supply they have, at the net "
    "price of the family. Stock of the items exceeds that of the family by what was lost so.",
    table="sales, inventory",
)


def pane(currency: str) -> list[Component]:
    """What stands in the tab."""
    grid = data_grid(SCHEDULE, _columns(()), [], row_key="key", currency=currency, file_name="master-schedule")
    tools = [
        choice(SCHEDULE_BY, "Rows", [("by family", FAMILIES), ("by item", ITEMS)], FAMILIES),
        choice(SCHEDULE_WHAT, "What is shown", [(words, name) for name, words in SCHEDULES.items()], "supply"),
    ]
    return [
        row(card("Master schedule", grid, subtitle="units a month", tools=tools, why=_ACCOUNT), share=3),
        row(
            card(
                "Loss by the mix of items",
                graph(MIX_LOSS_CHART, label="loss-by-mix"),
                subtitle="by month",
                why=_MIX_ACCOUNT,
                enlarge=True,
            ),
            card("Items", html.Div(id=MIX_ANSWERS, className="sop-answers")),
            columns=(7, 5),
            share=2,
        ),
    ]


def _columns(months: tuple[str, ...], *, items: bool = False, locked: int = 0) -> list[GridColumn]:
    """Name, kind, and a column a month; items have their stock and shortage too."""
    first = [
        GridColumn(field="name", title="Item" if items else "Family", pinned=True, width=210 if items else 130),
        GridColumn(field="family", title="Family" if items else "Category", width=112 if items else 104),
        GridColumn(field="kind", title="Made or bought", width=76),
    ]
    if items:
        first += [
            GridColumn(field="stock", title="Saleable now", unit=Unit.UNITS),
            GridColumn(field="short", title="Not served", unit=Unit.UNITS, help="Over the months shown, by any cause"),
        ]
    return first + [
        GridColumn(
            field=f"m{place}",
            title=short_name(month),
            unit=Unit.UNITS,
            help="In progress: fixed" if place < locked else "",
        )
        for place, month in enumerate(months)
    ]


def register(app: Dash, services: Services) -> None:
    """Attach the callbacks of this tab to `app`."""

    def view_of(stored: Any, moved: Any) -> PlanView:
        return services.plans.view(Selection.from_store(stored), from_plain(moved))

    @app.callback(
        Output(SCHEDULE, "columnDefs"),
        Output(SCHEDULE, "rowData"),
        Input(SCHEDULE_WHAT, "value"),
        Input(SCHEDULE_BY, "value"),
        Input(SELECTION_STORE, "data"),
        Input(LEVERS_STORE, "data"),
        Input(REVISION_STORE, "data"),
    )
    def show_schedule(what: Any, by: Any, stored: Any, moved: Any, _revision: Any) -> tuple[list[Any], list[Any]]:
        view, shown = view_of(stored, moved), what if what in SCHEDULES else "supply"
        found = services.supply_base.item_plan(view) if by == ITEMS else None
        months = view.months[:ITEM_MONTHS] if found else view.months
        columns = _columns(months, items=found is not None, locked=view.prepared.locked_months)
        currency = view.prepared.inputs.company.currency
        rows = item_rows_of_plan(found, view, shown) if found else family_rows(view, shown)
        return [column_definition(column, currency) for column in columns], [plain_row(each) for each in rows]

    @app.callback(
        Output(MIX_LOSS_CHART, "figure"),
        Output(MIX_ANSWERS, "children"),
        Input(SELECTION_STORE, "data"),
        Input(LEVERS_STORE, "data"),
        Input(REVISION_STORE, "data"),
    )
    def show_mix(stored: Any, moved: Any, _revision: Any) -> tuple[Figure, list[Component]]:
        view = view_of(stored, moved)
        found = services.supply_base.item_plan(view)
        return mix_loss_chart(found, view) if found else BLANK, answers(mix_answers(found, view))
