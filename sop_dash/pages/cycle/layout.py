"""What stands on the Cycle page: the calendar of the open cycle, its stages, and who does what."""

from datetime import date

from dash import dcc, html
from dash.development.base_component import Component

from sop_dash.components.data_grid import GridColumn, data_grid
from sop_dash.components.section_card import card, page_body, row
from sop_dash.components.tabs import tabs
from sop_dash.core.meeting.stages import RACI_WORDS, ROLES, STAGES, StageDates, calendar_of, raci
from sop_dash.core.model.levers import Levers
from sop_dash.core.model.working_calendar import working_calendar
from sop_dash.figures.formats import days_in_words
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection

PAGE_ID = "cycle"
_PAGE_NAMES = {
    "/performance": "Performance",
    "/demand": "Demand",
    "/supply": "Supply",
    "/financials": "Financials",
    "/scenarios": "Scenarios",
    "/": "Executive",
}
_STATE_MARK = {
    "done": "check-circle",
    "still open": "exclamation-diamond",
    "over": "dash-circle",
    "now": "record-circle",
    "to come": "circle",
}


def gate_slot(stage_id: str) -> str:
    """Id of the list of evidence of a stage."""
    return f"cycle-gates-{stage_id}"


def stage_card(stage_id: str) -> str:
    """Id of the card of a stage."""
    return f"cycle-stage-{stage_id}"


def state_slot(stage_id: str) -> str:
    """Id of the words that say where a stage stands."""
    return f"cycle-state-{stage_id}"


def card_class(state: str) -> str:
    """Look of the card of a stage that stands so."""
    return f"sop-card sop-stage sop-stage-{state.replace(' ', '-')}"


def state_words(state: str) -> list[Component | str]:
    """Where a stage stands, with its mark."""
    return [html.I(className=f"bi bi-{_STATE_MARK[state]}", **{"aria-hidden": "true"}), state]


def layout(services: Services, _selection: Selection, _levers: Levers) -> Component:
    """The page of the open cycle as of today."""
    today = date.fromisoformat(services.today())
    dates = calendar_of(services.plans.cycle, working_calendar(services.plans.settings))
    board = html.Div([_stage(one, today) for one in dates], className="sop-stages")
    return page_body(
        tabs(
            "cycle-tabs",
            [
                ("Stages", board),
                ("Who does what", row(card("Who does what", _raci_grid(), subtitle=_raci_words()))),
            ],
        )
    )


def _stage(one: StageDates, today: date) -> Component:
    stage, state = one.stage, one.state(today)
    head = html.Div(
        [
            html.Span(state_words(state), id=state_slot(stage.id), className="sop-stage-state"),
            html.H2(stage.name, className="sop-card-title"),
            html.P(
                [
                    html.B(days_in_words(one.first, one.last)),
                    f" · working days {stage.first_day}–{stage.last_day}",
                ],
                className="sop-stage-dates",
            ),
        ]
    )
    parts = [
        head,
        html.P(stage.purpose, className="sop-stage-purpose"),
        html.Div(id=gate_slot(stage.id), className="sop-gates"),
        _list("Questions", stage.questions),
        _list("Needs", stage.inputs),
        _list("Leaves behind", stage.outputs),
        html.P([html.B("With "), ", ".join(stage.participants)], className="sop-stage-people"),
        html.P([html.B("Decides: "), stage.decides], className="sop-stage-people"),
        dcc.Link(
            f"Open the {_PAGE_NAMES[stage.page]} page", href=stage.page, className="btn btn-sm btn-outline-primary"
        ),
    ]
    return html.Section(parts, id=stage_card(stage.id), className=card_class(state))


def _list(title: str, entries: tuple[str, ...]) -> Component:
    return html.Div([html.H3(title), html.Ul([html.Li(entry) for entry in entries])], className="sop-stage-list")


def _raci_grid() -> Component:
    columns = [
        GridColumn(field="stage", title="Stage", pinned=True, width=230),
        *(GridColumn(field=role, title=role) for role in ROLES),
    ]
    rows = [{"stage": stage.name, **raci(stage)} for stage in STAGES]
    return data_grid("cycle-raci", columns, rows, row_key="stage", file_name="who-does-what")


def _raci_words() -> str:
    return " · ".join(f"{letter} {words}" for letter, words in RACI_WORDS.items())
