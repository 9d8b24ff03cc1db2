"""The tab “People” of Production: how many workers the plan needs; only where the company brings the table labour."""

from typing import Any

from dash import Dash, Input, Output, html
from dash.development.base_component import Component

from sop_dash.components.answers import answers
from sop_dash.components.data_grid import GridColumn, data_grid, plain_row
from sop_dash.components.graph import graph
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE
from sop_dash.components.section_card import card, row
from sop_dash.components.why_panel import Account
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.levers import from_plain
from sop_dash.core.plan.run import problem_of
from sop_dash.core.plan.workforce import workforce_options
from sop_dash.figures.theme import Figure
from sop_dash.figures.workforce_tables import workforce_answers, workforce_chart, workforce_rows
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection

PEOPLE = "supply-people"
PEOPLE_CHART = "supply-people-chart"
PEOPLE_ANSWERS = "supply-people-answers"

_COLUMNS = (
    GridColumn(field="pool", title="Pool", pinned=True, width=130),
    GridColumn(field="way", title="Way", width=170),
    GridColumn(field="least", title="Fewest workers", unit=Unit.COUNT),
    GridColumn(field="most", title="Most workers", unit=Unit.COUNT),
    GridColumn(field="hired", title="Hired", unit=Unit.COUNT),
    GridColumn(field="laid_off", title="Let go", unit=Unit.COUNT),
    GridColumn(field="change", title="Hiring and letting go", unit=Unit.MONEY),
    GridColumn(field="wages", title="Wages", unit=Unit.MONEY, help="Paid whether there is work or not"),
    GridColumn(field="short", title="Overtime hours", unit=Unit.HOURS, help="Of the plan, beyond regular time"),
    GridColumn(field="overtime", title="Overtime pay", unit=Unit.MONEY, help="Hours × (wage of an hour + premium)"),
)
_ACCOUNT = Account(
    title="Ways to staff the plan",
    formula="Following the load: hours of the month ÷ hours of a worker, rounded up. One crew: the fewest workers that "
    "have done all work by the end of every month. Cheapest: the plan of least cost of wages, hiring, letting go, "
    "overtime, stock and late orders; it may make the demand in other months and count parts of a worker.",
    population="Pools named like a resource, whole horizon",
    table="labour, resource_profile",
)


def pane(currency: str) -> list[Component]:
    """What stands in the tab."""
    table = data_grid(PEOPLE, _COLUMNS, [], row_key="key", currency=currency, file_name="people")
    return [
        row(card("Ways to staff the plan", table, subtitle="whole horizon", why=_ACCOUNT), share=2),
        row(
            card("Workers by month", graph(PEOPLE_CHART, label="workers-by-month"), enlarge=True),
            card("The choice", html.Div(id=PEOPLE_ANSWERS, className="sop-answers")),
            columns=(8, 4),
            share=3,
        ),
    ]


def register(app: Dash, services: Services) -> None:
    """Attach the callback of this tab to `app`."""

    @app.callback(
        Output(PEOPLE, "rowData"),
        Output(PEOPLE_CHART, "figure"),
        Output(PEOPLE_ANSWERS, "children"),
        Input(SELECTION_STORE, "data"),
        Input(LEVERS_STORE, "data"),
        Input(REVISION_STORE, "data"),
    )
    def show_people(stored: Any, moved: Any, _revision: Any) -> tuple[list[dict[str, Any]], Figure, list[Component]]:
        view = services.plans.view(Selection.from_store(stored), from_plain(moved))
        problem = problem_of(view.prepared, view.levers)
        options = workforce_options(view.prepared, view.plan, problem)
        labour = view.prepared.inputs.labour
        rows = workforce_rows(options, labour.pools if labour is not None else ())
        told = workforce_answers(options, view)
        return [plain_row(each) for each in rows], workforce_chart(options, view), answers(told)
