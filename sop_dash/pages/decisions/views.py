"""Decisions, actions and cases as pieces of the page; pure."""

from collections.abc import Callable, Sequence
from datetime import date

from dash import dcc, html
from dash.development.base_component import Component

from sop_dash.components.graph import graph
from sop_dash.components.lever_positions import in_words
from sop_dash.components.states import empty, no_data
from sop_dash.core.meeting.agenda import Slot
from sop_dash.core.meeting.decision_log import Waiting, late, open_actions
from sop_dash.core.meeting.decision_rights import Level
from sop_dash.core.model.records import Action, Decision, Outcome
from sop_dash.core.performance.effects import Effect
from sop_dash.core.studies.cases import Case
from sop_dash.figures.decision_charts import evidence_chart
from sop_dash.figures.decision_tables import (
    OptionRow,
    QueueItem,
    money_words,
    option_rows,
    plan_words,
    queue_items,
    together_words,
)
from sop_dash.figures.executive_tables import due_words
from sop_dash.figures.formats import money, plural
from sop_dash.figures.scenario_tables import effect_text
from sop_dash.figures.storyline.decisions import worth_words
from sop_dash.figures.storyline.executive import calm_words
from sop_dash.pages.decisions.layout import CHANGE_ACTION, CHOOSE, EDIT, EVIDENCE, FOLLOW_UP, SWITCH
from sop_dash.services.plans import PlanView


def agenda_list(slots: Sequence[Slot]) -> Component:
    """The items of the meeting with their place on the clock; each opens its page."""
    return html.Ol([_agenda_item(slot) for slot in slots], className="sop-agenda")


def _agenda_item(slot: Slot) -> Component:
    hours, minutes = divmod(slot.start_minute, 60)
    return html.Li(
        [
            html.Div(
                [
                    dcc.Link(slot.topic.name, href=slot.topic.page),
                    html.Span(f"{slot.minutes} min", className="sop-agenda-minutes"),
                ],
                className="sop-agenda-head",
            ),
            html.Small(f"at {hours}:{minutes:02d} · {', '.join(slot.topic.covers)}"),
        ],
        **{"data-start": str(slot.start_minute), "data-minutes": str(slot.minutes)},
    )


def case_body(view: PlanView, case: Case | None, place: int) -> list[Component]:
    """One case: its question, the evidence, and its options."""
    if case is None and not view.plan.grain.resources:
        return [no_data(*calm_words(view))]
    if case is None:
        return [empty("No gap asks for a decision", "The plan serves demand and holds its stock with what is agreed.")]
    currency = view.prepared.inputs.company.currency
    facts = [f"{money(case.value, currency)} of margin is at stake if nothing is done"] if case.value else []
    facts += [f"touches {plural(len(case.families), 'family', 'families')}"]
    head = [html.Th(name, scope="col") for name in ("Option", "Margin", "Service", "Peak stock", "Choose by", "")]
    rows = [_option(row, place) for row in option_rows(case, currency)]
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(rows)], className="sop-list sop-options")
    return [
        html.P(case.question, className="sop-case-question"),
        html.P(f"{'; '.join(facts)}.", className="sop-note"),
        graph(EVIDENCE, evidence_chart(view, case), label="evidence"),
        html.Div(table, className="sop-options-frame"),
        html.P("Margin and stock against doing nothing.", className="sop-note"),
    ]


def _option(row: OptionRow, case_place: int) -> Component:
    badges = [html.Span("recommended", className="sop-badge")] if row.recommended else []
    badges += [html.Span("in the plan", className="sop-badge")] if row.in_plan else []
    name = [html.Strong(row.name), *badges, html.Small(row.note) if row.note else None]
    button = html.Button(
        "Choose",
        id={"type": CHOOSE, "index": f"{case_place}:{row.place}"},
        className="btn btn-sm btn-primary" if row.recommended else "btn btn-sm btn-outline-primary",
        disabled=not row.feasible,
        **{"aria-label": f"Choose {row.name}"},
    )
    cells = [html.Td(text, className="sop-number-cell") for text in (row.margin, row.service, row.stock)]
    return html.Tr(
        [html.Th(name, scope="row"), *cells, html.Td(row.last), html.Td(button, className="sop-list-tools")],
        className="sop-option-out" if not row.feasible else "",
    )


def queue_list(waiting: Sequence[Waiting], level: Callable[[Decision], Level], currency: str, today: date) -> Component:
    """Pending decisions, the dearest to wait for first, and which of them can be ratified together."""
    if not waiting:
        return empty("Nothing is pending", "Choose an option of a case, or record a new decision.")
    items = [_queue_item(item) for item in queue_items(waiting, level, currency, today)]
    together = html.P(together_words(waiting, level), className="sop-note")
    return html.Div([html.Ul(items, className="sop-queue"), together])


def _queue_item(item: QueueItem) -> Component:
    button = html.Button(
        "Decide",
        id={"type": EDIT, "index": item.id, "place": "queue"},
        className="btn btn-sm btn-outline-primary",
        **{"aria-label": f"Decide {item.id}"},
    )
    return html.Li(
        [
            html.Div(
                [
                    html.P([html.B(item.id), f" {item.text}"]),
                    html.Small(
                        [item.money, " · ", item.owner, " · ", _due(item.due, item.late), f" · for: {item.level}"]
                    ),
                ]
            ),
            html.Span(item.rank, className="sop-queue-rank", title="money at stake per day left"),
            button,
        ]
    )


def _due(words: str, is_late: bool) -> Component:
    return html.Span(words, className="sop-due-late" if is_late else "")


def action_list(actions: Sequence[Action], today: date) -> Component:
    """Open actions, the first due first."""
    found = open_actions(actions)
    if not found:
        return empty("No action is open", "Record one with an owner and a date.")
    return html.Ul([_action_item(action, today) for action in found], className="sop-queue")


def _action_item(action: Action, today: date) -> Component:
    link = f" · {action.decision_id}" if action.decision_id else ""
    priority = f"{action.priority.value} priority"
    button = html.Button(
        html.I(className="bi bi-pencil", **{"aria-hidden": "true"}),
        id={"type": CHANGE_ACTION, "index": action.id},
        className="sop-icon-button",
        title=f"Change {action.id}",
        **{"aria-label": f"Change {action.id}"},
    )
    small = [action.owner, " · ", _due(due_words(action.due_date, today), late(action, today)), f" · {priority}{link}"]
    return html.Li([html.Div([html.P([html.B(action.id), f" {action.text}"]), html.Small(small)]), button])


def detail(
    decision: Decision, worth: Sequence[Effect], refused: str, actions: Sequence[Action], currency: str
) -> Component:
    """One decision of the log: what it is worth, what it moves, and what may be done with it."""
    worth_told = money_words(decision.one_off_value, decision.recurring_value_per_month, decision.from_month, currency)
    against = f", against {decision.measured_against}" if decision.measured_against else ""
    following = [action for action in actions if action.decision_id == decision.id]
    lines = [
        ("Outcome", f"{decision.outcome.value}{f' on {decision.decided_on}' if decision.decided_on else ''}"),
        ("Carried out", decision.execution.value),
        ("Owner", f"{decision.owner}{f', due {decision.due_date}' if decision.due_date else ''}"),
        ("Money", f"{worth_told}{against}"),
        ("Plan", plan_words(decision)),
        ("Moves", "; ".join(in_words(decision.levers)) or "no lever"),
        ("Why", decision.rationale or "no reason told"),
        ("Actions", "; ".join(f"{a.id} {a.text} ({a.status.value.replace('_', ' ')})" for a in following) or "none"),
    ]
    parts: list[Component] = [
        html.P([html.B(decision.id), f" {decision.text}"], className="sop-detail-text"),
        html.Div(_detail_buttons(decision), className="sop-detail-buttons"),
        html.Dl([piece for name, said in lines for piece in (html.Dt(name), html.Dd(said))], className="sop-detail"),
    ]
    if refused:
        parts.append(html.P(f"Its levers cannot act on these data: {refused}", className="sop-refused"))
    elif worth:
        parts += [html.H3("With and without it"), html.P(worth_words(worth, currency)), _worth_table(worth, currency)]
    return html.Div(parts)


def _detail_buttons(decision: Decision) -> list[Component]:
    small = "btn btn-sm btn-outline-primary"
    buttons = [
        html.Button("Change", id={"type": EDIT, "index": decision.id, "place": "log"}, className=small),
        html.Button("Add action", id={"type": FOLLOW_UP, "index": decision.id}, className=small),
    ]
    if decision.in_plan or (decision.outcome is Outcome.APPROVED and decision.levers.moved):
        words = "Take out of the plan" if decision.in_plan else "Put into the plan"
        which = {"type": SWITCH, "index": decision.id, "version": decision.version, "into": int(not decision.in_plan)}
        buttons.append(html.Button(words, id=which, className="btn btn-sm btn-primary"))
    return buttons


def _worth_table(worth: Sequence[Effect], currency: str) -> Component:
    rows = []
    for effect in worth:
        said = effect_text(effect, currency)
        rows.append(
            html.Tr(
                [
                    html.Th(effect.kpi.definition.name, scope="row"),
                    html.Td(said.value),
                    html.Td([said.change, " ", html.Span(said.direction, className="sop-status")]),
                ],
                **{"data-status": said.slug},
            )
        )
    head = html.Tr([html.Th(name, scope="col") for name in ("", "With it", "Against without")])
    return html.Table([html.Thead(head), html.Tbody(rows)], className="sop-pairs sop-worth")
