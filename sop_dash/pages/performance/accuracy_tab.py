"""The accuracy tab: forecasts against what came, at the lag asked for, and what each step adds."""

from typing import Any

import numpy as np
from dash import Dash, Input, Output, html
from dash.development.base_component import Component

from sop_dash.components.choice import choice
from sop_dash.components.data_grid import GridColumn, column_definition, data_grid, plain_row
from sop_dash.components.graph import BLANK, graph
from sop_dash.components.page import REVISION_STORE
from sop_dash.components.section_card import card, row
from sop_dash.components.states import no_data, partial
from sop_dash.components.why_panel import Account
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.levers import Levers
from sop_dash.figures.performance_charts import steps_chart
from sop_dash.figures.performance_tables import accuracy_rows
from sop_dash.figures.theme import Figure
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection

ACCURACY, ACCURACY_NOTE, LAG = "performance-accuracy", "performance-accuracy-note", "performance-lag"
STEPS, STEPS_STATE, STEPS_TITLE = "performance-steps", "performance-steps-state", "performance-steps-title"
NEXT_MONTH, AT_DECISION = "next", "decision"

_ACCURACY_COLUMNS = (
    GridColumn(field="family", title="Family", pinned=True, width=150),
    GridColumn(
        field="value",
        title="Demand, money",
        unit=Unit.MONEY,
        width=110,
        help="Demand of the months judged at net price",
    ),
    GridColumn(field="wape", title="Error (WAPE)", unit=Unit.RATIO, help="Sum of absolute errors ÷ sum of demand"),
    GridColumn(field="bias", title="Bias", unit=Unit.RATIO, signed=True, help="Positive is over-forecast"),
    GridColumn(field="side", title="Side", width=118),
    GridColumn(field="mape", title="MAPE", unit=Unit.RATIO, help="Mean error of the months with sales"),
    GridColumn(field="signal", title="Tracking signal", unit=Unit.INDEX, decimals=1, signed=True, help="Alarm past ±4"),
    GridColumn(field="mase", title="Against last year", unit=Unit.INDEX, help="Below 1 is better than last year again"),
    GridColumn(field="judged", title="Months judged", width=84),
    GridColumn(field="note", title="Remark", wrap=True, width=210),
)
_IN_UNITS = GridColumn(
    field="value", title="Demand, units", unit=Unit.UNITS, width=110, help="Demand of the months judged"
)
_ACCURACY_ACCOUNT = Account(
    title="Accuracy by family",
    formula="The forecast frozen in the cycle before the month (lag 1), or in the last cycle in which supply could "
    "still react (after the fences, or the lead time if that is longer), against demand. Errors of families are added "
    "up as amounts, never netted.",
    period="The last 12 closed months",
    table="forecasts, sales",
)
_STEPS_ACCOUNT = Account(
    title="What each step adds",
    formula="Error of the step before − error of this step, on the same families and months; plus means that the step "
    "takes error off.",
    population="Families weighted by value",
    table="forecasts, sales",
    reference="Gilliland, forecast value added",
)


def accuracy_pane(currency: str) -> list[Component]:
    """The two cards of the tab."""
    lags = [("one month ahead", NEXT_MONTH), ("when supply can react", AT_DECISION)]
    grid = data_grid(ACCURACY, _ACCURACY_COLUMNS, [], row_key="family", currency=currency, file_name="accuracy")
    steps = [html.Div(id=STEPS_STATE, className="sop-slot sop-slot-state"), graph(STEPS, label="steps")]
    return [
        row(
            card(
                "Accuracy by family",
                [html.Div(id=ACCURACY_NOTE), grid],
                tools=(choice(LAG, "How far ahead", lags, NEXT_MONTH),),
                why=_ACCURACY_ACCOUNT,
            ),
            card(
                "What each step adds",
                steps,
                subtitle=html.Span("to accuracy", id=STEPS_TITLE),
                why=_STEPS_ACCOUNT,
            ),
            columns=(8, 4),
        )
    ]


def _columns(inputs: PlanInputs) -> list[dict[str, Any]]:
    """The columns; demand is in units where no price is known."""
    by_units = np.isnan(inputs.sales.net_revenue_value).all()
    made = [_IN_UNITS if by_units and column.field == "value" else column for column in _ACCURACY_COLUMNS]
    return [column_definition(column, inputs.company.currency) for column in made]


def register_accuracy(app: Dash, services: Services) -> None:
    """Attach the callback of the tab."""

    @app.callback(
        Output(ACCURACY, "columnDefs"),
        Output(ACCURACY, "rowData"),
        Output(ACCURACY_NOTE, "children"),
        Output(STEPS, "figure"),
        Output(STEPS_STATE, "children"),
        Output(STEPS_TITLE, "children"),
        Input(LAG, "value"),
        Input(REVISION_STORE, "data"),
    )
    def show_accuracy(
        lag: str | None, _revision: Any
    ) -> tuple[Any, list[dict[str, Any]], Component | None, Figure, Component | None, str]:
        view = services.plans.view(Selection(), Levers())
        next_month = lag != AT_DECISION
        judged = services.demand_review.accuracy(view, at_lag_1=next_month)
        columns = _columns(view.prepared.inputs)
        account = services.demand_review.value_added(view, at_lag_1=next_month)
        rows = [plain_row(one) for one in accuracy_rows(judged, view.prepared.settings)]
        told = []
        if account.replayed:
            told.append("Replayed: no forecast was kept, so past months are forecast again as they were known then.")
        if not any(one.months for one in judged):
            told = ["No forecast can be judged: load forecasts, or at least eight months of sales."]
        stairs = account.stairs
        if len(stairs) < 2 or not stairs[0].pairs:
            cure = "Load forecasts with the steps naive, statistical, sales and consensus."
            return columns, rows, partial(told), BLANK, no_data("Steps are not known", cure), ""
        figure = steps_chart(stairs, when="one month ahead" if next_month else "when supply can react")
        return columns, rows, partial(told), figure, None, f"{stairs[0].pairs:,} pairs that every step knows"
