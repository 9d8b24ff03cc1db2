"""The tab of exceptions: what asks for a look, ranked by money, and family by month against last cycle."""

from typing import Any

from dash import Dash, Input, Output, html
from dash.development.base_component import Component

from sop_dash.components.choice import choice
from sop_dash.components.data_grid import GridColumn, data_grid, plain_row
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE
from sop_dash.components.review_list import register_review_list, review_list
from sop_dash.components.section_card import card, row
from sop_dash.components.why_panel import Account
from sop_dash.core.model.findings import Finding
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.levers import from_plain
from sop_dash.core.performance.exceptions import HIDDEN_BIAS
from sop_dash.core.plan.demand_exceptions import demand_exceptions, moved_months
from sop_dash.figures.exception_tables import changed_rows
from sop_dash.figures.formats import months_in_words, percent, plural
from sop_dash.services.bundle import Services
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Selection

EXCEPTIONS, THRESHOLD, MOVED, MOVED_TITLE = (
    "demand-exceptions",
    "demand-threshold",
    "demand-moved",
    "demand-moved-title",
)
_SHARES = (0.10, 0.15, 0.20, 0.30, 0.50)
_USUAL = 0.20

_ACCOUNT = Account(
    title="Exceptions of demand",
    formula="A month counts when its consensus differs from what last cycle agreed for the same month by more than the "
    "share chosen and by more than 0.05 % of the money planned; neighbour months are never compared. New: last cycle "
    "had nothing, or under twelve months are known. Out of range: people plan where the forecast expects less than one "
    "month in five. Runs off: tracking signal beyond ±4. Change and money of a family: over all months on screen that "
    "both cycles know, as in the list of families; each month's ups and downs × price.",
    table="forecasts, sales",
)
_MOVED_COLUMNS = (
    GridColumn(field="family", title="Family", pinned=True, width=128),
    GridColumn(field="month", title="Month", width=92),
    GridColumn(field="units", title="Forecast, units", unit=Unit.UNITS),
    GridColumn(field="before", title="Last cycle, units", unit=Unit.UNITS),
    GridColumn(field="change", title="Change", unit=Unit.RATIO, signed=True),
    GridColumn(field="state", title="", width=72),
    GridColumn(field="value", title="Change, money", unit=Unit.MONEY),
)


def exceptions_pane(currency: str) -> list[Component]:
    """The two cards of the tab."""
    shares = [(f"over {100.0 * share:.0f} % change", share) for share in _SHARES]
    asked = choice(THRESHOLD, "Least change since last cycle", shares, _USUAL)
    moved = data_grid(MOVED, _MOVED_COLUMNS, [], row_key="key", currency=currency, file_name="forecast-changes")
    title = html.Span("by month", id=MOVED_TITLE)
    return [
        row(review_list(EXCEPTIONS, "Exceptions", currency, why=_ACCOUNT, tools=(asked,)), share=3),
        row(card("Forecast against last cycle", moved, subtitle=title), share=2),
    ]


def register_exceptions(app: Dash, services: Services) -> None:
    """Attach the callbacks of the tab."""

    def view_of(stored: Any, moved: Any) -> PlanView:
        return services.plans.view(Selection.from_store(stored), from_plain(moved))

    def found(stored: Any, moved: Any, share: Any) -> list[Finding]:
        view = view_of(stored, moved)
        before = services.demand_review.causes(view).last_cycle_units
        told = demand_exceptions(view.prepared, months=len(view.months), threshold=_share(share), before=before)
        names = _names(view)
        return [one for one in told if one.place in names or (one.kind is HIDDEN_BIAS and len(names) > 1)]

    register_review_list(app, services, EXCEPTIONS, found, (THRESHOLD, "value"))

    @app.callback(
        Output(MOVED, "rowData"),
        Output(MOVED_TITLE, "children"),
        Input(SELECTION_STORE, "data"),
        Input(LEVERS_STORE, "data"),
        Input(REVISION_STORE, "data"),
        Input(THRESHOLD, "value"),
    )
    def show_moved(stored: Any, moved: Any, _revision: Any, share: Any) -> tuple[list[dict[str, Any]], str]:
        view = view_of(stored, moved)
        last, months = services.demand_review.causes(view), len(view.months)
        found = moved_months(view.prepared, months=months, threshold=_share(share), before=last.last_cycle_units)
        rows = changed_rows(found, _names(view))
        replayed = "; last cycle is replayed" if last.replayed else ""
        said = (
            f"{plural(len(rows), 'month')} of {months_in_words(view.months)} moved by over {percent(_share(share), 0)}"
        )
        return [plain_row(one) for one in rows], said + replayed


def _share(chosen: Any) -> float:
    """The share chosen; the usual one for anything else."""
    return next((share for share in _SHARES if str(share) == str(chosen)), _USUAL)


def _names(view: PlanView) -> set[str]:
    return {name for name, inside in zip(view.plan.grain.families, view.families, strict=True) if inside}
