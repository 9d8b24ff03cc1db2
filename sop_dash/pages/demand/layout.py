"""What stands on the Demand page; the callbacks fill it."""

from dash import html
from dash.development.base_component import Component

from sop_dash.components.data_grid import GridColumn, data_grid
from sop_dash.components.graph import graph
from sop_dash.components.notices import saved_slot
from sop_dash.components.section_card import STACKED, card, page_body, row
from sop_dash.components.tabs import tabs
from sop_dash.components.why_panel import Account
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.levers import Levers
from sop_dash.pages.demand.fill_form import fill_form
from sop_dash.pages.demand.outlook_forms import outlook_dialogs
from sop_dash.pages.demand.review_slots import approval_card, question_slot
from sop_dash.pages.demand.review_tabs import corrections_card, methods_card, review_panes
from sop_dash.pages.demand.sheet import review_dialog, sheet_card
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection

PAGE_ID = "demand"
VIEWS = "demand-views"
FAMILIES = "demand-families"
FAMILY_BUTTON = "demand-family"
HISTORY = "demand-history"
HISTORY_SCALE = "demand-history-scale"
HISTORY_STATE = "demand-history-state"
HISTORY_NOTE = "demand-history-note"
STACK, STACK_TITLE, STACK_ALL = "demand-stack", "demand-stack-title", "demand-stack-all"
STACK_ORDER = "in the order they stack, units"
REJECT_BUTTON, REJECT, RESTORE = "demand-layer", "reject", "restore"
MIX = "demand-mix"
MIX_SCALE = "demand-mix-scale"
MIX_STATE = "demand-mix-state"
TESTS, ERRORS = "demand-tests", "demand-errors"

_REPEATED = "Error of repeating the same month of last year"
_GAIN = "Error of repeating last year less error of the baseline, three months ahead; positive is better"
TEST_COLUMNS = (
    GridColumn(field="family", title="Family", pinned=True, width=118),
    GridColumn(field="engine1", title="1 month", unit=Unit.RATIO, help="Error of the baseline"),
    GridColumn(field="naive1", title="last year", unit=Unit.RATIO, help=_REPEATED),
    GridColumn(field="engine3", title="3 months", unit=Unit.RATIO, help="Error of the baseline"),
    GridColumn(field="naive3", title="last year", unit=Unit.RATIO, help=_REPEATED),
    GridColumn(field="added", title="Gain", unit=Unit.RATIO, signed=True, help=_GAIN),
    GridColumn(
        field="inside80",
        title="In range",
        unit=Unit.RATIO,
        decimals=0,
        help="Share of the tested months inside the 80 % range",
    ),
)
_ISSUE_ACCOUNT = Account(
    title="Money at issue",
    formula="The dearest of three questions: forecasts that ran to one side (bias × money sold in the months judged), "
    "a consensus that changed since last cycle (each month's ups and downs × price), and a consensus away from the "
    "budget.",
    period="The months on screen that last cycle knew, or that have a budget; bias over the last 12 closed months",
    excluded="What is within 5 % is noise and not asked",
    table="forecasts, sales, budget",
)
_HISTORY_ACCOUNT = Account(
    title="History and forecast",
    formula="The statistical forecast is the median of four models, computed by family and channel. The ranges are as "
    "wide as the models have really been wrong on months held back: 80 % and 95 % of the months fall inside. The "
    "consensus is the statistical forecast with the accepted adjustments applied in their order.",
    population="One family in units; several in money at net price, as their units are unlike",
    table="sales, forecasts, prices",
)
_TEST_ACCOUNT = Account(
    title="Back-test",
    formula="The forecast is made again from up to twelve past months, each time without what came later. Error is the "
    "sum of |forecast − actual| ÷ the sum of actual demand (WAPE). The yardstick repeats the same month of last year.",
    table="sales",
)


def layout(services: Services, selection: Selection, levers: Levers) -> Component:
    """The page under this selection and these levers."""
    view = services.plans.view(selection, levers)
    currency = view.prepared.inputs.company.currency
    return page_body(
        row(
            html.Div(
                [
                    card(
                        "Families",
                        html.Div(id=FAMILIES, className="sop-families"),
                        subtitle="by money at issue",
                        why=_ISSUE_ACCOUNT,
                    ),
                    approval_card(),
                ],
                className="sop-column sop-demand-side",
            ),
            html.Div(_views(currency), className="sop-column sop-demand"),
            columns=(5, 19),
        ),
        fill_form(view.prepared.inputs.grain, view.prepared.locked_months, view.prepared.settings.restricted_months),
        review_dialog(),
        *outlook_dialogs(view.prepared.inputs),
        saved_slot(PAGE_ID),
        saved_slot(STACK),
    )


def _history() -> Component:
    return row(
        card(
            "History and forecast",
            [
                html.Div(id=HISTORY_NOTE),
                html.Div(id=HISTORY_STATE, className="sop-slot sop-slot-state"),
                graph(HISTORY, label="demand"),
            ],
            subtitle=html.Span("by month", id=HISTORY_SCALE),
            why=_HISTORY_ACCOUNT,
            enlarge=True,
        ),
        share=9,
    )


def _views(currency: str) -> Component:
    forecast = [question_slot(), _history(), row(sheet_card(), share=11), _below()]
    panes = [("Forecast", forecast), ("Back-test", _tests(currency)), *review_panes(currency)]
    return tabs(VIEWS, panes, lazy=True)


def _below() -> Component:
    stack = html.Div(id=STACK, className="sop-slot")
    whole = html.Button("Show all", id=STACK_ALL, className="btn btn-sm btn-outline-secondary", hidden=True)
    title = html.Span(STACK_ORDER, id=STACK_TITLE)
    mix = [html.Div(id=MIX_STATE, className="sop-slot sop-slot-state"), graph(MIX, label="channels")]
    return row(
        tabs(
            "demand-changes",
            [
                ("Adjustments", card("Adjustments", stack, subtitle=title, tools=(whole,))),
                ("Corrections", corrections_card()),
            ],
        ),
        card("Consensus by channel", mix, subtitle=html.Span("by month", id=MIX_SCALE)),
        columns=(7, 5),
        share=8,
    )


def _tests(currency: str) -> list[Component]:
    tests = data_grid(TESTS, TEST_COLUMNS, [], row_key="family", currency=currency, file_name="back-test")
    return [
        row(
            card("Error of the baseline", tests, subtitle="beside repeating last year", why=_TEST_ACCOUNT),
            card("Family by family", graph(ERRORS, label="errors"), subtitle="less is better", enlarge=True),
            share=1,
            class_name=STACKED,
        ),
        row(methods_card(), share=1),
    ]
