"""Results of a plan as pieces of the Executive page; pure."""

import json
from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

from dash import dcc, html
from dash.development.base_component import Component

from sop_dash.components.kpi_card import status_text, tile_row, value_text
from sop_dash.components.report_table import report_table
from sop_dash.components.section_card import card, row
from sop_dash.components.states import empty, no_data
from sop_dash.components.why_panel import kpi_account, target_in_words, why_button
from sop_dash.core.model.levers import to_plain
from sop_dash.core.model.records import Action, Decision
from sop_dash.core.plan.forecast_change import forecast_change
from sop_dash.core.studies.cases import Case
from sop_dash.figures.decision_cards import CardText, OptionText, decision_card
from sop_dash.figures.executive_tables import (
    MonthChange,
    OpenItem,
    WrittenTable,
    action_report,
    changes,
    decision_report,
    demand_report,
    open_items,
    report_kpis,
    supply_report,
    tiles,
)
from sop_dash.figures.financial_tables import financial_lines
from sop_dash.figures.formats import MISSING, months_in_words, plural
from sop_dash.figures.option_tables import recorded_words
from sop_dash.figures.storyline.executive import calm_words, change_story
from sop_dash.figures.theme import status_slug
from sop_dash.services.plans import PlanView
from sop_dash.services.studies import CaseName

RECORD = "executive-record-open"


def tiles_of(view: PlanView) -> Component:
    """The six tiles."""
    return tile_row(tiles(view), view.prepared.inputs.company.currency, plan=view.base.kpis)


def cards(view: PlanView, cases: Sequence[Case], decisions: Sequence[Decision], today: date) -> list[Component]:
    """Up to three decision cards; a calm state where no gap needs a decision. A gap with a decision says which."""
    if not cases:
        state = empty if view.plan.grain.resources else no_data
        return [html.Section(state(*calm_words(view)), className="sop-card sop-exec-calm")]
    currency = view.prepared.inputs.company.currency
    shown = [
        _card(place, case, decision_card(case, currency, today), recorded_words(case, decisions))
        for place, case in enumerate(cases)
    ]
    if len(shown) == 1:
        shown.append(html.Section(empty("Nothing else needs a decision"), className="sop-card"))
    return shown


def _card(place: int, case: Case, said: CardText, recorded: str) -> Component:
    state = "sop-chip sop-chip-approved" if said.in_plan else "sop-chip sop-chip-draft"
    return html.Section(
        [
            html.Div(
                [
                    html.Div(
                        [
                            html.Span(said.badge, className=state),
                            html.Span(
                                said.deadline, className="sop-exec-deadline", **{"data-soon": str(said.soon).lower()}
                            ),
                        ],
                        className="sop-exec-state",
                    ),
                    html.Div(_ways_on(place, case, recorded), className="sop-exec-ways"),
                ],
                className="sop-exec-card-head",
            ),
            html.H2(said.question, className="sop-exec-question"),
            _options(said.options),
            html.P([html.B(said.reason), " ", said.break_even, f" {recorded}"], className="sop-exec-why"),
        ],
        className="sop-card sop-exec-card",
    )


def _ways_on(place: int, case: Case, recorded: str) -> list[Component]:
    """The buttons of a card; what is recorded is not recorded again."""
    record = html.Button("Record as decision", id={"type": RECORD, "index": place}, className="btn btn-sm btn-primary")
    ways = {
        "See its case": f"/decisions{CaseName(place=case.place, month=case.months[0]).fragment}",
        "See in the plan": f"/supply?levers={quote(json.dumps(to_plain(case.recommended.levers)))}",
    }
    links = [dcc.Link(name, href=to, className="btn btn-sm btn-outline-primary") for name, to in ways.items()]
    return links if recorded else [record, *links]


def _options(options: Sequence[OptionText]) -> Component:
    heads = ("Option", "Margin, change", "Demand served", "Peak stock, change")
    body = [
        html.Tr(
            [
                html.Th([option.name, html.Small(_option_words(option))], scope="row"),
                html.Td(option.margin),
                html.Td(option.service),
                html.Td([option.stock, html.Small(option.below)]),
            ],
            className="sop-exec-recommended" if option.recommended else "",
        )
        for option in options
    ]
    head = html.Tr([html.Th(text, scope="col") for text in heads])
    return html.Table([html.Thead(head), html.Tbody(body)], className="sop-exec-options")


def _option_words(option: OptionText) -> str:
    if option.recommended:
        return "★ recommended"
    return "as planned" if option.in_plan else ""


def since(view: PlanView) -> list[Component]:
    """What changed since last month: four headlines, and the forecast against last cycle."""
    found, currency = changes(view), view.prepared.inputs.company.currency
    if not found:
        return [no_data("No month is closed yet", "Load sales of closed months.")]
    return [
        html.Div([_change(change, currency) for change in found], className="sop-exec-since"),
        html.P(change_story(forecast_change(view.prepared, len(view.months)), currency), className="sop-note"),
    ]


def _change(change: MonthChange, currency: str) -> Component:
    kpi = change.kpi
    told = [change.change, html.Span(change.direction, className="sop-status")] if change.change else [kpi.reason]
    return html.Div(
        [
            html.Div(
                [
                    html.Span([kpi.definition.name, html.Small(kpi.period)], className="sop-figure-name"),
                    why_button(f"since-{kpi.definition.id}", kpi_account(kpi, currency)),
                ],
                className="sop-tile-head",
            ),
            html.P(change.value, className="sop-exec-number"),
            html.P(told, className="sop-exec-change", title=kpi.reason or None),
        ],
        className="sop-exec-headline",
        **{"data-status": change.slug},
    )


def still_open(decisions: Sequence[Decision], actions: Sequence[Action], today: date) -> list[Component]:
    """Pending decisions and open actions, the first due first."""
    items = open_items(decisions, actions, today)
    if not items:
        return [html.P("No decision is pending and no action is open.", className="sop-note")]
    return [html.Ul([_open_item(item) for item in items], className="sop-exec-items", tabIndex=0)]


def open_count(decisions: Sequence[Decision], actions: Sequence[Action], today: date) -> str:
    """How much is open and how much of it is late."""
    items = open_items(decisions, actions, today)
    late = sum(item.late for item in items)
    return f"{plural(len(items), 'item')}, {late} late" if items else ""


def _open_item(item: OpenItem) -> Component:
    return html.Li(
        [
            html.B(item.number),
            html.Span(f"{item.text} ({item.owner})", className="sop-exec-item-text", title=item.text),
            html.Span(item.due, className="sop-exec-due", **{"data-late": str(item.late).lower()}),
        ]
    )


def report(view: PlanView, decisions: Sequence[Decision], actions: Sequence[Action], today: date) -> list[Component]:
    """The one-page report (S-304 to S-312)."""
    currency = view.prepared.inputs.company.currency
    made, to_do = decision_report(decisions, currency), action_report(actions, today)
    demand, supply, months = demand_report(view), supply_report(view), months_in_words(view.months)
    return [
        row(
            card("Key figures", _metrics(view), subtitle="metric, current, target, status"),
            card("Money", _money(view), subtitle="plan, budget, variance"),
            card("Decisions made", _or_empty(made, "No decision is made yet", numbers=(4,)), subtitle=_more(made)),
            columns=(11, 12, 9),
        ),
        row(
            card("Demand", _written(demand, "Demand", numbers=range(1, 7)), subtitle=_more(demand)),
            card("Supply", _written(supply, "Supply", numbers=(1, 2, 3)), subtitle=_more(supply) or months),
            card("Actions", _or_empty(to_do, "No action is open"), subtitle=_more(to_do)),
            columns=(11, 12, 9),
        ),
    ]


def _metrics(view: PlanView) -> Component:
    currency = view.prepared.inputs.company.currency
    kpis = report_kpis(view)
    rows = [
        (
            html.Span([kpi.definition.name, html.Small(kpi.period)], title=kpi.period),
            value_text(kpi, currency),
            target_in_words(kpi.goal, kpi.definition.unit, currency) or MISSING,
            html.Span(status_text(kpi), className="sop-status", title=kpi.reason or None),
        )
        for kpi in kpis
    ]
    return report_table(
        ("Metric", "Current", "Target", "Status"),
        rows,
        label="Key figures",
        numbers=(1, 2),
        marks=[status_slug(kpi.status) for kpi in kpis],
    )


def _money(view: PlanView) -> Component:
    heads, lines = financial_lines(view)
    rows = [
        (
            name,
            *(html.Span([html.B(line.value), *_budget_words(line.budget, line.variance)]) for line in found),
        )
        for name, found in lines.items()
    ]
    titles = ("", *(html.Span([head.name, html.Small(head.made_of)]) for head in heads))
    return report_table(titles, rows, label="Money", numbers=range(1, len(titles)))


def _budget_words(budget: str, variance: str) -> list[Component]:
    if budget == MISSING:
        return [html.Small("no budget")]
    return [html.Small(f"budget {budget}"), html.Small(variance)]


def _more(table: WrittenTable) -> str:
    return f"and {table.left} more" if table.left else ""


def _written(table: WrittenTable, label: str, *, numbers: Sequence[int] | range = ()) -> Component:
    return report_table(table.heads, table.rows, label=label, numbers=numbers, marks=table.marks)


def _or_empty(table: WrittenTable, nothing: str, *, numbers: Sequence[int] = ()) -> Component:
    if not table.rows:
        return html.P(nothing, className="sop-note")
    return _written(table, nothing, numbers=numbers)
