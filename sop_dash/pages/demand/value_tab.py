"""The tab of value added: the staircase, the ledger of changes, and families whose forecast is taken as it is."""

from collections.abc import Callable, Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import ALL, Dash, Input, Output, ctx, html, no_update
from dash.development.base_component import Component

from sop_dash.components.choice import choice
from sop_dash.components.data_grid import GridColumn, column_definition, data_grid, plain_row
from sop_dash.components.graph import BLANK, graph
from sop_dash.components.notices import saved, saved_slot, saved_slot_id
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE
from sop_dash.components.section_card import STACKED, card, row
from sop_dash.components.states import empty
from sop_dash.components.why_panel import Account
from sop_dash.core.model.kpi import Unit
from sop_dash.core.plan.demand_approval import FamilyReview, ReviewState
from sop_dash.figures.demand_review_tables import Grouping, auto_words, value_rows, value_words
from sop_dash.figures.performance_charts import steps_chart
from sop_dash.figures.theme import Figure
from sop_dash.services.bundle import Services
from sop_dash.services.plans import PlanView

VALUE, VALUE_TITLE, LAG, NAMES = "demand-value", "demand-value-title", "demand-value-lag", "demand-value-names"
STAIRS, STAIRS_TITLE, AUTO, AUTO_BUTTON = "demand-stairs", "demand-stairs-title", "demand-auto", "demand-auto-keep"
AUTO_SAVED = "demand-auto"
GROUPED = "demand-value-by"
AT_DECISION, NEXT_MONTH = "decision", "next"

_VALUE_ACCOUNT = Account(
    title="Value added",
    formula="Points are the error of the step before less the error of the step, on the same frozen forecasts: above "
    "zero is better. A change is judged alone against the statistical forecast of its cycle. Under 12 cases there is "
    "no verdict. What bias costs a family: idle stock, the average units forecast too high at standard cost; and a "
    "year's margin of the units forecast too low, which is at risk unless stock covers them. Money of changes: error "
    "taken off, at net price.",
    table="forecasts, adjustments, sales",
)
_AUTO_ACCOUNT = Account(
    title="Take the forecast as it is",
    formula="Over twelve frozen forecasts or more the consensus of these families was no better than the statistical "
    "forecast. One click takes this cycle's forecast as it is; the family then counts as approved.",
    table="forecasts, sales",
)
_NAME = GridColumn(field="name", title="Name", wrap=True)
_CASES = GridColumn(field="count", title="Cases", unit=Unit.COUNT, width=76)
_POINTS = GridColumn(field="points", title="Points added", unit=Unit.INDEX, decimals=1, signed=True, width=84)
_VERDICT = GridColumn(field="verdict", title="Verdict", width=124)
_FAMILY_COLUMNS = (
    _NAME,
    _CASES,
    GridColumn(field="error", title="Error", unit=Unit.RATIO, width=76),
    _POINTS,
    _VERDICT,
    GridColumn(field="bias", title="Bias", unit=Unit.RATIO, signed=True, width=76, help="+ is forecast too high"),
    GridColumn(field="stock", title="Idle stock", unit=Unit.MONEY, width=104, help="From forecasts too high"),
    GridColumn(field="margin", title="Margin at risk", unit=Unit.MONEY, width=104, help="A year, forecasts too low"),
)
_CHANGE_COLUMNS = (
    _NAME,
    GridColumn(field="size", title="Average change", unit=Unit.RATIO, signed=True, width=92),
    _CASES,
    GridColumn(field="helped", title="Helped", unit=Unit.RATIO, decimals=0, width=80, help="Share of the changes"),
    _POINTS,
    _VERDICT,
    GridColumn(field="money", title="Money", unit=Unit.MONEY, width=112, help="Error taken off, at net price"),
)
_GROUPINGS = (
    ("families", Grouping.FAMILY),
    ("owners", Grouping.OWNER),
    ("reasons", Grouping.REASON),
    ("size of change", Grouping.SIZE),
    ("up or down", Grouping.DIRECTION),
)


def value_pane(currency: str) -> list[Component]:
    """The cards of the tab."""
    stairs = card(
        "Staircase",
        graph(STAIRS, label="staircase"),
        subtitle=html.Span("error by step", id=STAIRS_TITLE),
        why=_VALUE_ACCOUNT,
        why_index="staircase",
    )
    auto = card(
        "Take the forecast as it is",
        [html.Div(id=AUTO, className="sop-slot"), saved_slot(AUTO_SAVED)],
        subtitle="where changes do not help",
        why=_AUTO_ACCOUNT,
    )
    left = html.Div([stairs, auto], className="sop-column sop-halves")
    return [row(left, _ledger(currency), columns=(9, 15), class_name=STACKED)]


def _ledger(currency: str) -> Component:
    grouped = choice(GROUPED, "Rows", _GROUPINGS, Grouping.FAMILY)
    lags = (("when supply can react", AT_DECISION), ("next month", NEXT_MONTH))
    judged = choice(LAG, "Judged", lags, AT_DECISION)
    hidden = dbc.Switch(id=NAMES, label="Hide names", value=False, class_name="mb-0")
    grid = data_grid(VALUE, _FAMILY_COLUMNS, [], row_key="name", currency=currency, file_name="value-added")
    title = html.Span("points of error taken off", id=VALUE_TITLE)
    return card("Value added", grid, subtitle=title, tools=(grouped, judged, hidden), why=_VALUE_ACCOUNT)


def register_value(app: Dash, services: Services, view_of: Callable[[Any, Any], PlanView]) -> None:
    """Attach the callbacks of the tab."""

    @app.callback(
        Output(VALUE, "columnDefs"),
        Output(VALUE, "rowData"),
        Output(VALUE_TITLE, "children"),
        Output(STAIRS, "figure"),
        Output(STAIRS_TITLE, "children"),
        Output(AUTO, "children"),
        Input(SELECTION_STORE, "data"),
        Input(LEVERS_STORE, "data"),
        Input(REVISION_STORE, "data"),
        Input(LAG, "value"),
        Input(NAMES, "value"),
        Input(GROUPED, "value"),
    )
    def show_value(
        stored: Any, moved: Any, _revision: Any, lag: str, hidden: bool, grouped: str
    ) -> tuple[list[dict[str, Any]], list[dict[str, Any]], str, Figure, str, Component]:
        view, by = view_of(stored, moved), Grouping(grouped) if grouped in list(Grouping) else Grouping.FAMILY
        next_month = lag == NEXT_MONTH
        account = services.demand_review.value_added(view, at_lag_1=next_month, hide_names=bool(hidden))
        when = "next month" if next_month else "when supply can react"
        judged = account.stairs[0].pairs if account.stairs else 0
        figure = steps_chart(account.stairs, when=when) if judged else BLANK
        said = f"{when}, {'replayed' if account.replayed else 'as frozen'}" if judged else "no forecast can be judged"
        helps_not = {family.family: family.helped_points for family in account.families if family.auto_approve}
        reviews = services.demand_approval.state().families
        columns = _FAMILY_COLUMNS if by is Grouping.FAMILY else _CHANGE_COLUMNS
        currency, rows = view.prepared.inputs.company.currency, value_rows(account, view, by)
        return (
            [column_definition(column, currency) for column in columns],
            [plain_row(one) for one in rows],
            value_words(account) if rows else "no change of a past forecast is known: bring adjustments",
            figure,
            said,
            _auto_list(helps_not, reviews),
        )

    @app.callback(
        Output(saved_slot_id(AUTO_SAVED), "data"),
        Input({"type": AUTO_BUTTON, "family": ALL, "seen": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    def keep(clicks: Sequence[int | None]) -> Any:
        if not any(clicks) or ctx.triggered_id is None:
            return no_update
        which = ctx.triggered_id
        services.demand_approval.approve(
            [which["family"]], services.user(), seen=[which["seen"] or None], auto=True, note="changes do not help here"
        )
        return saved(f"{which['family']}: the forecast is kept as it is.")


def _auto_list(helps_not: dict[str, float], reviews: Sequence[FamilyReview]) -> Component:
    """Families where people's changes did not help, each with its button."""
    rows = [review for review in reviews if review.family in helps_not]
    if not rows:
        return empty("No family yet", "Twelve frozen forecasts show where changes do not help.")
    return html.Div([_auto_row(review, helps_not[review.family]) for review in rows], className="sop-auto-list")


def _auto_row(review: FamilyReview, points: float) -> Component:
    kept = review.state is ReviewState.AUTO
    button = html.Button(
        "Keep forecast",
        id={"type": AUTO_BUTTON, "family": review.family, "seen": review.version or 0},
        className="btn btn-sm btn-outline-secondary",
        title=f"Take the statistical forecast of {review.family} as it is",
    )
    told = html.Small(review.state.value if kept else auto_words(points))
    return html.Div([html.Span([html.Strong(review.family), told]), html.Span() if kept else button])
