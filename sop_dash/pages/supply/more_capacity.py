"""The what-if in the tab “Production”: one more shift or machine on a resource, from a date, through the whole plan."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import Dash, Input, Output, State, html
from dash.development.base_component import Component

from sop_dash.components.answers import answers
from sop_dash.components.choice import EVERYTHING, choice
from sop_dash.components.lever_board import open_levers_button
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE
from sop_dash.components.section_card import card
from sop_dash.components.why_panel import Account
from sop_dash.core.model.errors import SopError
from sop_dash.core.model.levers import Levers, from_plain, to_plain
from sop_dash.core.model.periods import short_name
from sop_dash.figures.production_tables import hours_words, more_capacity_words
from sop_dash.services.bundle import Services
from sop_dash.services.production import MoreCapacity
from sop_dash.services.selection import Selection

MORE_FIELDS = ("resource", "together", "from", "machines", "shifts", "hours", "efficiency")
RUN_FIELDS = ("machines", "shifts", "hours", "efficiency")
MORE_ANSWER = "supply-more-answer"
_ONE_SHIFT = (1.0, 1.0, 8.0, 85.0)
"""Where the company tells no machines: one, on one shift."""

_ACCOUNT = Account(
    title="One more shift or machine",
    formula="Machines × working days × shifts × hours a shift × efficiency are the hours a month; the whole plan is "
    "solved again with them from the month chosen, on top of the levers as they stand.",
    assumptions=("Working days are those of the working calendar in the planning settings, in a mean month.",),
    reference="S-155, S-162",
)


def field_id(name: str) -> str:
    """Id of the control of one field of the what-if."""
    return f"supply-more-{name}"


def form(services: Services, fullest: str) -> Component:
    """The card with its fields and its answer; `fullest` is the resource it starts from."""
    choices = services.desk.choices()
    names = [(name, name) for name in choices.resources]
    months = [("after its lead time", EVERYTHING), *((short_name(month), month) for month in choices.months)]
    start = dict(zip(RUN_FIELDS, run_of(services, fullest), strict=True))
    numbers = (("machines", "Machines", 0.5), ("shifts", "Shifts a day", 1), ("hours", "Hours a shift", 0.5))
    fields = [
        _pair(
            _field("resource", "On", choice(field_id("resource"), "On", names or [("–", "")], fullest)),
            _field(
                "together",
                "And on",
                choice(field_id("together"), "And on", [("no other", EVERYTHING), *names], EVERYTHING),
            ),
            _field("from", "From", choice(field_id("from"), "From", months, EVERYTHING)),
        ),
        _pair(
            *(
                _field(
                    name,
                    words,
                    dbc.Input(id=field_id(name), type="number", min=0, step=step, value=start[name], size="sm"),
                )
                for name, words, step in numbers
            ),
            _field(
                "efficiency",
                "Efficiency, %",
                dbc.Input(
                    id=field_id("efficiency"),
                    type="number",
                    min=0,
                    max=150,
                    step="any",
                    value=start["efficiency"],
                    size="sm",
                ),
            ),
        ),
    ]
    body = html.Div([*fields, html.Div(id=MORE_ANSWER, className="sop-answers")], className="sop-slot")
    return card("One more shift or machine", body, why=_ACCOUNT)


def run_of(services: Services, resource: str) -> tuple[float, float, float, float]:
    """One machine more, run as those of the resource are: machines, shifts a day, hours a shift, efficiency in %."""
    now = services.production.running(resource)
    if now is None or now.shifts is None:
        return _ONE_SHIFT
    run = now.shifts
    return 1.0, run.shifts_per_day, run.hours_per_shift, round(100.0 * run.efficiency_ratio, 2)


def _field(name: str, words: str, control: Component) -> Component:
    return html.Div([dbc.Label(words, html_for=field_id(name), class_name="sop-note"), control], className="sop-field")


def _pair(*fields: Component) -> Component:
    return html.Div(list(fields), className="sop-field-pair")


def register(app: Dash, services: Services) -> None:
    """Attach the callbacks of the what-if to `app`."""

    @app.callback(
        *(Output(field_id(name), "value") for name in RUN_FIELDS),
        Input(field_id("resource"), "value"),
        prevent_initial_call=True,
    )
    def start_from(resource: Any) -> tuple[float, ...]:
        return run_of(services, str(resource or ""))

    @app.callback(
        Output(MORE_ANSWER, "children"),
        *(Input(field_id(name), "value") for name in MORE_FIELDS),
        Input(LEVERS_STORE, "data"),
        Input(REVISION_STORE, "data"),
        State(SELECTION_STORE, "data"),
    )
    def show_more(*given: Any) -> list[Component]:
        *fields, moved, _revision, stored = given
        view = services.plans.view(Selection.from_store(stored), from_plain(moved))
        try:
            found = services.production.more(view, MoreCapacity.of(dict(zip(MORE_FIELDS, fields, strict=True))))
        except SopError as error:
            return [html.P(error.sentence, className="sop-refused", role="alert")]
        if found is None:
            return []
        currency = view.prepared.inputs.company.currency
        told = more_capacity_words(found.plan, view.plan, found.extra.hours_per_month, currency)
        levers = to_plain(Levers(extra_hours=(found.extra,)).on_top_of(view.levers))
        now = services.production.running(str(fields[0] or ""))
        return [
            html.P(hours_words(found.shifts, found.working_days, found.extra, now), className="sop-note"),
            *answers(told),
            open_levers_button("supply-more", "Try it on the page", levers),
        ]
