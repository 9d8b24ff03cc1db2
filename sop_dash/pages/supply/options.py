"""The tab “Options”: any gap with all ways to answer it side by side, why it is short, and what one more unit costs."""

from datetime import date
from typing import Any

from dash import Dash, Input, Output, dcc, html
from dash.development.base_component import Component

from sop_dash.components.answers import answers
from sop_dash.components.choice import EVERYTHING, choice
from sop_dash.components.graph import graph
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE
from sop_dash.components.report_table import report_table
from sop_dash.components.section_card import card, row
from sop_dash.components.states import empty, no_data
from sop_dash.components.why_panel import Account
from sop_dash.core.model.levers import from_plain
from sop_dash.core.model.periods import short_name
from sop_dash.core.studies.cases import Case
from sop_dash.core.studies.ladder import Ladder
from sop_dash.figures.decision_cards import break_even_words, reason_words
from sop_dash.figures.decision_charts import evidence_chart
from sop_dash.figures.option_tables import (
    LADDER_HEADS,
    OPTION_LINES,
    OptionColumn,
    case_note,
    ladder_rows,
    ladder_words,
    option_columns,
    recorded_words,
)
from sop_dash.figures.storyline.executive import calm_words
from sop_dash.figures.storyline.supply import why_told
from sop_dash.services.bundle import Services
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Selection
from sop_dash.services.studies import CaseName

FAMILY = "supply-option-family"
MONTH = "supply-option-month"
BODY = "supply-option-body"
WHY = "supply-option-why"
EVIDENCE = "supply-option-evidence"
_WORST = "*"

_ACCOUNT = Account(
    title="Options for a gap",
    formula="Each option is the whole plan made again by the same planner, the means it does not use switched off: "
    "doing nothing has regular hours only, nothing outsourced and no stock built beyond its target; building ahead, "
    "overtime and outsourcing each allow one means more; the best mix allows all. What an option leaves unserved is "
    "priced at its margin. The gap costs: premiums + other costs (overflow space, spot transport, hiring and letting "
    "go, contract minimums not used) + holding of more stock than by doing nothing, months counted, less where there "
    "is less stock + margin still lost. Without the holding, options differ by it as they differ in the profit. The "
    "last day is that of the cycle in which the first hour or order beyond doing nothing must be planned.",
    population="The families that share what is short: the months that prepare the gap, its own, and those after it in "
    "which doing nothing still loses sales",
    table="resources, resource_profile, supply_options, prices, products",
    reference="S-160, S-167…S-171, D-35…D-40",
)
_LADDER_ACCOUNT = Account(
    title="What one more unit costs",
    formula="Cost that falls away when a unit is not made, plus the overtime or outsourcing premium, plus holding for "
    "every month until it is needed. A lost sale costs its net price.",
    population="The family and month chosen, from every month that can still deliver it",
    table="products, resources, supply_options",
    reference="S-157, D-38",
)


def pane(services: Services, view: PlanView) -> list[Component]:
    """What stands in the tab."""
    grain = view.plan.grain
    families = [("the worst gap", _WORST), *((name, name) for name in grain.families)]
    months = [("its month", EVERYTHING), *((short_name(month), month) for month in grain.horizon)]
    return [
        row(
            card(
                "Options side by side",
                html.Div(id=BODY, className="sop-slot"),
                tools=[choice(FAMILY, "Gap of", families, _WORST), choice(MONTH, "Month", months, EVERYTHING)],
                why=_ACCOUNT,
            ),
            card(
                "What one more unit costs",
                html.Div(id=WHY, className="sop-slot sop-scroll"),
                why=_LADDER_ACCOUNT,
            ),
            columns=(8, 4),
        )
    ]


def register(app: Dash, services: Services) -> None:
    """Attach the callbacks of this tab to `app`."""

    @app.callback(
        Output(BODY, "children"),
        Output(WHY, "children"),
        Input(SELECTION_STORE, "data"),
        Input(LEVERS_STORE, "data"),
        Input(REVISION_STORE, "data"),
        Input(FAMILY, "value"),
        Input(MONTH, "value"),
    )
    def show_options(stored: Any, moved: Any, _revision: Any, family: Any, month: Any) -> tuple[Any, Any]:
        view = services.plans.view(Selection.from_store(stored), from_plain(moved))
        place = _place(services, view, family, month)
        if place is None and not view.plan.grain.resources:
            return no_data(*calm_words(view)), None
        if place is None:
            return empty("No gap asks for an answer", "Choose a family to see what its options would be."), None
        case = services.studies.case_at(view, *place)
        today = date.fromisoformat(services.today())
        recorded = recorded_words(case, services.decisions.decisions())
        return (
            _side_by_side(case, place[0], view.prepared.inputs.company.currency, today, recorded),
            [
                *_why(services.studies.ladder(view, *place), view.prepared.inputs.company.currency),
                graph(EVIDENCE, evidence_chart(view, case), label="gap-by-month"),
            ],
        )


def _place(services: Services, view: PlanView, family: Any, month: Any) -> tuple[str, str] | None:
    """The family and month asked for; the dearest shortage, else the largest gap, where none is named."""
    grain = view.plan.grain
    named = family if family in grain.families else None
    short = services.studies.bottleneck(view).shortfall
    if named is None:
        if short is not None:
            return short.family, short.month
        largest = services.studies.cases(view.levers)
        return (largest[0].families[0], largest[0].months[0]) if largest else None
    if month in grain.horizon:
        return named, month
    lost = view.plan.supply.lost[grain.families.index(named)].sum(axis=0)
    lost[: view.prepared.locked_months] = 0.0
    place = int(lost.argmax()) if lost.any() else view.prepared.locked_months
    return named, grain.horizon[min(place, len(grain.horizon) - 1)]


def _side_by_side(case: Case, family: str, currency: str, today: date, recorded: str) -> list[Component]:
    columns = option_columns(case, currency, today)
    link = dcc.Link(
        "See the recorded decision" if recorded else "Record as decision",
        href=f"/decisions{CaseName(place=case.place, month=case.months[0]).fragment}",
        className="btn btn-sm btn-primary",
    )
    return [
        html.Div([html.P(case.question, className="sop-case-question"), link], className="sop-option-head"),
        html.P([case_note(case, family, currency), " ", html.B(recorded)], className="sop-note"),
        _table(columns),
        html.P(
            [html.B(reason_words(case, case.recommended, currency)), " ", break_even_words(case, currency)],
            className="sop-option-said",
        ),
    ]


def _table(columns: tuple[OptionColumn, ...]) -> Component:
    head = html.Thead(html.Tr([html.Th("", scope="col"), *(_head(column) for column in columns)]))
    body = []
    for place, line in enumerate(OPTION_LINES):
        cells = []
        for column in columns:
            if column.possible:
                cells.append(html.Td(column.cells[place], className=_kind(column)))
            elif place == 0:
                reason = [html.B("Not possible. "), column.reason]
                cells.append(html.Td(reason, rowSpan=len(OPTION_LINES), className="sop-option-out"))
        strong = "sop-option-sum" if line == "The gap costs" else ""
        body.append(html.Tr([html.Th(line, scope="row"), *cells], className=strong))
    table = html.Table([head, html.Tbody(body)], className="sop-option-table")
    return html.Div(table, className="sop-option-frame", tabIndex=0, role="region", **{"aria-label": "Options"})


def _kind(column: OptionColumn) -> str:
    return "sop-option-best" if "recommended" in column.badges else ""


def _head(column: OptionColumn) -> Component:
    badges = [html.Span(words, className="sop-badge") for words in column.badges]
    note = [html.Small(column.reason)] if column.possible and column.reason else []
    return html.Th([column.name, *badges, *note], scope="col", className=_kind(column))


def _why(found: Ladder, currency: str) -> list[Component]:
    rows = ladder_rows(found.steps, currency)
    return [
        *answers([why_told(found.shortfall)]),
        html.P(ladder_words(found.steps, currency), className="sop-note"),
        report_table(LADDER_HEADS, rows, label="What one more unit costs", numbers=(2,)),
    ]
