"""Wiring of the Cycle page: evidence of the gates and the story of the day."""

from datetime import date
from typing import Any

from dash import Dash, Input, Output, html
from dash.development.base_component import Component

from sop_dash.components.page import REVISION_STORE
from sop_dash.components.story_line import story, story_slot
from sop_dash.core.meeting.stages import STAGES, calendar_of
from sop_dash.core.model.levers import Levers
from sop_dash.core.model.working_calendar import working_calendar
from sop_dash.figures.storyline.cycle import cycle_story
from sop_dash.pages.cycle.layout import PAGE_ID, card_class, gate_slot, stage_card, state_slot, state_words
from sop_dash.services.bundle import Services
from sop_dash.services.gates import Gate, standing
from sop_dash.services.selection import Selection

_MARK = {True: "check2", False: "exclamation-diamond", None: "dot"}
_TONE = {True: "sop-gate sop-gate-met", False: "sop-gate sop-gate-open", None: "sop-gate"}
_WORD = {True: "met", False: "open", None: "to know"}


def register(app: Dash, services: Services) -> None:
    """Attach the callbacks of this page to `app`."""

    @app.callback(
        *(Output(gate_slot(stage.id), "children") for stage in STAGES),
        *(Output(state_slot(stage.id), "children") for stage in STAGES),
        *(Output(stage_card(stage.id), "className") for stage in STAGES),
        Output(story_slot(PAGE_ID), "children"),
        Input(REVISION_STORE, "data"),
    )
    def show_gates(_revision: Any) -> tuple[Any, ...]:
        view = services.plans.view(Selection(), Levers())
        gates = services.gates.of(view)
        lists = [[_gate(gate) for gate in gates if gate.stage == stage.id] for stage in STAGES]
        today = date.fromisoformat(services.today())
        dates = calendar_of(services.plans.cycle, working_calendar(services.plans.settings))
        states = [standing(one, gates, today) for one in dates]
        heads, looks = map(state_words, states), map(card_class, states)
        return *lists, *heads, *looks, story(*cycle_story(dates, gates, today))


def _gate(gate: Gate) -> Component:
    mark = html.I(className=f"bi bi-{_MARK[gate.met]}", title=_WORD[gate.met])
    return html.P([mark, gate.text], className=_TONE[gate.met])
