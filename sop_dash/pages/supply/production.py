"""The tab “Production”: schedule, overtime, capacity, and output of the closed months against the production plan."""

from typing import Any

from dash import Dash, Input, Output
from dash.development.base_component import Component

from sop_dash.components.data_grid import GridColumn, data_grid, plain_row
from sop_dash.components.graph import graph
from sop_dash.components.page import REVISION_STORE, SELECTION_STORE
from sop_dash.components.section_card import card, row
from sop_dash.components.states import no_data
from sop_dash.components.tabs import mount_when_opened, tabs
from sop_dash.components.why_panel import Account
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.levers import Levers
from sop_dash.figures.formats import plural
from sop_dash.figures.stock_charts import OUTPUT_MONTHS, has_output, output_by_month, output_rows
from sop_dash.figures.theme import Figure
from sop_dash.pages.supply import capacity, hours, people, schedule
from sop_dash.services.bundle import Services
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Selection

_TABS = "supply-production"
OUTPUT = "supply-output"
OUTPUT_CHART = "supply-output-chart"

OUTPUT_COLUMNS = (
    GridColumn(field="family", title="Family", pinned=True, width=112),
    GridColumn(field="planned", title="Plan, units", unit=Unit.UNITS),
    GridColumn(field="actual", title="Made, units", unit=Unit.UNITS),
    GridColumn(field="difference", title="Off, units", help="Made − plan", unit=Unit.UNITS, signed=True),
    GridColumn(field="attainment", title="Attain\u00adment", unit=Unit.RATIO, width=76),
    GridColumn(field="status", title="Status", status=True, width=88),
)
_OUTPUT_ACCOUNT = Account(
    title="Output against the production plan",
    formula="Attainment is output ÷ plan; of the mix, the smaller of output and plan of each family ÷ plan. Several "
    "families are added at standard cost.",
    table="production",
    reference="S-188, S-267, D-62",
)


def pane(services: Services, view: PlanView) -> list[Component]:
    """What stands in the tab: tabs of its own."""
    currency = view.prepared.inputs.company.currency
    panes = [
        ("Schedule", schedule.pane(currency)),
        ("Overtime", capacity.overtime_pane()),
        ("Capacity", capacity.capacity_pane(services, view)),
        ("Hours", hours.pane()),
        ("Output", _output(view, currency)),
    ]
    if view.prepared.inputs.labour is not None:
        panes.append(("People", people.pane(currency)))
    return [tabs(_TABS, panes, lazy=True)]


def _output(view: PlanView, currency: str) -> list[Component]:
    if not has_output(view):
        missing = no_data("Output is not known", "Load production (planned_units, actual_units).")
        return [row(card("Output against the production plan", missing))]
    table = data_grid(OUTPUT, OUTPUT_COLUMNS, [], row_key="family", currency=currency, file_name="output-by-family")
    chart = graph(OUTPUT_CHART, label="output-against-plan")
    return [
        row(
            card("Output against the production plan", chart, why=_OUTPUT_ACCOUNT, enlarge=True),
            card("By family", table, subtitle=f"last {plural(OUTPUT_MONTHS, 'closed month')}"),
            columns=(7, 5),
        ),
    ]


def register(app: Dash, services: Services) -> None:
    """Attach the callbacks of this tab to `app`."""
    mount_when_opened(app, _TABS, panes=6)
    schedule.register(app, services)
    capacity.register(app, services)
    hours.register(app, services)
    people.register(app, services)

    @app.callback(
        Output(OUTPUT_CHART, "figure"),
        Output(OUTPUT, "rowData"),
        Input(SELECTION_STORE, "data"),
        Input(REVISION_STORE, "data"),
    )
    def show_output(stored: Any, _revision: Any) -> tuple[Figure, list[dict[str, Any]]]:
        view = services.plans.view(Selection.from_store(stored), Levers())
        return output_by_month(view), [plain_row(row) for row in output_rows(view)]
