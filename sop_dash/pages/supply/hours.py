"""The tab “Hours” of Production: what the regular hours of every resource are made of, month by month."""

from typing import Any

from dash import Dash, Input, Output, html
from dash.development.base_component import Component

from sop_dash.components.answers import answers
from sop_dash.components.data_grid import GridColumn, data_grid, plain_row
from sop_dash.components.page import REVISION_STORE, SELECTION_STORE
from sop_dash.components.section_card import card, row
from sop_dash.components.why_panel import Account
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.levers import Levers
from sop_dash.core.model.working_calendar import working_calendar
from sop_dash.figures.hours_tables import hours_answers, hours_rows
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection

HOURS = "supply-hours"
HOURS_ANSWERS = "supply-hours-answers"

COLUMNS = (
    GridColumn(field="resource", title="Resource", pinned=True, width=124),
    GridColumn(field="month", title="Month", width=84),
    GridColumn(
        field="machines", title="Machines", unit=Unit.COUNT, width=96, help="Machines or crews that run side by side"
    ),
    GridColumn(field="shifts", title="× Shifts a day", unit=Unit.COUNT, decimals=1, width=76),
    GridColumn(field="hours", title="× Hours a shift", unit=Unit.HOURS, decimals=1, width=76),
    GridColumn(
        field="days",
        title="× Work days",
        unit=Unit.DAYS,
        decimals=1,
        width=76,
        help="Given in resources, else those of the working calendar",
    ),
    GridColumn(
        field="efficiency",
        title="× Effi\u00adciency",
        unit=Unit.RATIO,
        width=80,
        help="Availability × speed × good parts",
    ),
    GridColumn(field="run", title="= Hours", unit=Unit.HOURS, width=80),
    GridColumn(
        field="regular", title="Regular hours", unit=Unit.HOURS, width=84, help="What counts, before demonstrated hours"
    ),
    GridColumn(field="origin", title="They are", wrap=True),
)
_ACCOUNT = Account(
    title="Regular hours of a resource",
    formula="Hours given count. Where none are given they are machines × shifts a day × hours a shift × working days × "
    "efficiency; days that are not given are those of the working calendar. People limit both where labour names the "
    "resource: workers × hours of a worker.",
    population="Resources that the families selected use, months on screen",
    table="resources, labour",
    reference="S-155, S-190",
)


def pane() -> list[Component]:
    """What stands in the tab."""
    table = data_grid(HOURS, COLUMNS, [], row_key="key", file_name="regular-hours")
    return [
        row(
            card("What regular hours are made of", table, subtitle="hours a month", why=_ACCOUNT),
            card("In words", html.Div(id=HOURS_ANSWERS, className="sop-answers")),
            columns=(10, 3),
        ),
    ]


def register(app: Dash, services: Services) -> None:
    """Attach the callback of this tab to `app`."""

    @app.callback(
        Output(HOURS, "rowData"),
        Output(HOURS_ANSWERS, "children"),
        Input(SELECTION_STORE, "data"),
        Input(REVISION_STORE, "data"),
    )
    def show_hours(stored: Any, _revision: Any) -> tuple[list[dict[str, Any]], list[Component]]:
        view = services.plans.view(Selection.from_store(stored), Levers())
        lines, calendar = services.production.hours(view), working_calendar(view.prepared.settings)
        days = float(calendar.days(view.months).sum())
        return [plain_row(each) for each in hours_rows(lines)], answers(hours_answers(lines, calendar, days))
