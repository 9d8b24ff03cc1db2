"""Capacity in the tab “Production”: the overtime calendar, every resource, and hours as given or demonstrated."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import Dash, Input, Output, html
from dash.development.base_component import Component

from sop_dash.components.answers import answers
from sop_dash.components.data_grid import GridColumn, data_grid, plain_row
from sop_dash.components.graph import BLANK, graph
from sop_dash.components.heat_map import heat_map
from sop_dash.components.notices import saved, saved_slot, saved_slot_id
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE
from sop_dash.components.report_table import report_table
from sop_dash.components.section_card import card, row
from sop_dash.components.states import no_data, waiting
from sop_dash.components.why_panel import Account
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.levers import from_plain
from sop_dash.core.performance.resource_lines import load_test
from sop_dash.figures.production_charts import load_test_chart
from sop_dash.figures.production_tables import (
    OVERTIME_LEGEND,
    capacity_answers,
    overtime_answers,
    overtime_cells,
    resource_rows,
    switch_rows,
)
from sop_dash.figures.theme import Figure
from sop_dash.pages.supply import more_capacity
from sop_dash.services.bundle import Services
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Selection

CALENDAR = "supply-overtime-calendar"
OVERTIME_ANSWERS = "supply-overtime-answers"
RESOURCES = "supply-resources"
CAPACITY_ANSWERS = "supply-capacity-answers"
LOAD_TEST = "supply-load-test"
SWITCH = "supply-capacity-switch"
SWITCH_ROWS = "supply-capacity-switch-rows"
SAVED = "supply-capacity"
GIVEN, SHOWN = "given", "demonstrated"
_CHANGED = (Input(SELECTION_STORE, "data"), Input(LEVERS_STORE, "data"), Input(REVISION_STORE, "data"))

RESOURCE_COLUMNS = (
    GridColumn(field="name", title="Resource", pinned=True, width=136),
    GridColumn(
        field="given", title="Given, hours", unit=Unit.HOURS, width=84, help="Regular hours a month the company gave"
    ),
    GridColumn(
        field="shown",
        title="Shown, hours",
        unit=Unit.HOURS,
        width=84,
        help="Best share of its hours in one of the last 24 months, overtime included",
    ),
    GridColumn(field="planned", title="Planned, hours", unit=Unit.HOURS, width=90, help="Regular hours of this plan"),
    GridColumn(field="use", title="Use", unit=Unit.RATIO, decimals=0),
    GridColumn(field="peak", title="Fullest", unit=Unit.RATIO, decimals=0, width=80),
    GridColumn(field="month", title="In", width=84),
    GridColumn(
        field="bands",
        title="Months under · in · above · over",
        width=118,
        help="Under, in and above the band of utilisation; over 100 %",
    ),
    GridColumn(field="overtime", title="Over\u00adtime, hours", unit=Unit.HOURS),
    GridColumn(field="run", title="In a row", unit=Unit.COUNT, help="Longest run of months with overtime"),
    GridColumn(field="lead", title="To add, months", unit=Unit.COUNT, width=84, help="Lead time of more capacity"),
    GridColumn(field="changeover", title="Change\u00adovers", unit=Unit.RATIO, width=92, help="Share of its hours"),
    GridColumn(
        field="bias",
        title="Profile off by",
        unit=Unit.RATIO,
        signed=True,
        width=84,
        help="Load profile × output ÷ hours booked − 1, last twelve months",
    ),
)
_RESOURCE_ACCOUNT = Account(
    title="Resources",
    formula="Use is hours asked ÷ regular hours planned. Hours planned are those given, or what has been demonstrated "
    "÷ (1 + overtime allowed) where that is more and the switch says so. The load profile is tested on the closed "
    "months: hours a unit × output against the hours booked.",
    table="resources, resource_profile, production",
    reference="S-148, S-155, S-166, S-190, S-269, D-31, D-34",
)
_CALENDAR_ACCOUNT = Account(
    title="Overtime calendar",
    formula="Overtime hours of the plan by resource and month; the colour is their share of the overtime allowed.",
    table="resources, resource_profile",
    reference="S-168",
)


def overtime_pane() -> list[Component]:
    """The overtime calendar and what it says."""
    return [
        row(
            card(
                "Overtime calendar",
                html.Div(waiting(), id=CALENDAR, className="sop-slot"),
                subtitle="hours a month",
                why=_CALENDAR_ACCOUNT,
                enlarge=True,
            ),
            card("In words", html.Div(id=OVERTIME_ANSWERS, className="sop-answers")),
            columns=(8, 4),
        )
    ]


def capacity_pane(services: Services, view: PlanView) -> list[Component]:
    """Resources, the switch between given and demonstrated hours, and the what-if."""
    grid = data_grid(RESOURCES, RESOURCE_COLUMNS, [], row_key="name", file_name="resources", selectable=True)
    lines = services.production.lines(view)
    shown = SHOWN if view.prepared.settings.capacity_demonstrated else GIVEN
    switch = dbc.RadioItems(
        id=SWITCH,
        options=[{"label": "as given", "value": GIVEN}, {"label": "demonstrated where more", "value": SHOWN}],
        value=shown,
        inline=True,
        class_name="sop-choice-box",
    )
    return [
        row(
            card("Resources", grid, subtitle="months on screen; choose one for its load test", why=_RESOURCE_ACCOUNT),
            more_capacity.form(services, lines[0].name if lines else ""),
            columns=(8, 4),
            share=3,
            class_name="sop-stacked",
        ),
        row(
            card("Load profile against hours booked", graph(LOAD_TEST, label="load-test"), enlarge=True),
            card("Flexibility and load profile", html.Div(id=CAPACITY_ANSWERS, className="sop-answers")),
            card("Hours the plan uses", [switch, html.Div(waiting(), id=SWITCH_ROWS, className="sop-slot")]),
            columns=(4, 4, 4),
            share=2,
        ),
        saved_slot(SAVED),
    ]


def register(app: Dash, services: Services) -> None:
    """Attach the callbacks of this tab to `app`."""
    more_capacity.register(app, services)
    _overtime(app, services)
    _resources(app, services)

    @app.callback(Output(saved_slot_id(SAVED), "data"), Input(SWITCH, "value"), prevent_initial_call=True)
    def switch_hours(chosen: Any) -> Any:
        wanted = chosen == SHOWN
        if services.plans.settings.capacity_demonstrated == wanted:
            return None
        services.settings.change({"capacity_demonstrated": wanted}, services.user())
        return saved(f"The plan uses the hours {'demonstrated where more' if wanted else 'as given'}.")


def _view(services: Services, stored: Any, moved: Any) -> PlanView:
    return services.plans.view(Selection.from_store(stored), from_plain(moved))


def _overtime(app: Dash, services: Services) -> None:
    @app.callback(Output(CALENDAR, "children"), Output(OVERTIME_ANSWERS, "children"), *_CHANGED)
    def show_overtime(stored: Any, moved: Any, _revision: Any) -> tuple[Component, list[Component]]:
        view = _view(services, stored, moved)
        lines = services.production.lines(view)
        if not lines:
            return no_data("Hours of resources are not known", "Load resources and resource_profile."), []
        names = [line.name for line in lines]
        texts, bands = overtime_cells(view, [view.plan.grain.resources.index(name) for name in names])
        calendar = heat_map(
            f"{CALENDAR}-map",
            rows=names,
            columns=view.months,
            texts=texts,
            bands=bands,
            corner="Resource",
            locked=view.prepared.locked_months,
            legend=OVERTIME_LEGEND,
        )
        return calendar, answers(overtime_answers(lines, view))


def _resources(app: Dash, services: Services) -> None:
    @app.callback(Output(RESOURCES, "rowData"), Output(CAPACITY_ANSWERS, "children"), *_CHANGED)
    def show_resources(stored: Any, moved: Any, _revision: Any) -> tuple[list[Any], list[Component]]:
        view = _view(services, stored, moved)
        lines = services.production.lines(view)
        if not lines:
            return [], []
        told = capacity_answers(lines, view.prepared.settings.capacity_demonstrated)
        return [plain_row(each) for each in resource_rows(lines, view.months)], answers(told)

    @app.callback(Output(LOAD_TEST, "figure"), Input(RESOURCES, "selectedRows"), *_CHANGED)
    def show_load_test(chosen: Any, stored: Any, moved: Any, _revision: Any) -> Figure:
        view = _view(services, stored, moved)
        names = view.plan.grain.resources
        if not names:
            return BLANK
        wanted = chosen[0]["name"] if chosen else services.production.lines(view)[0].name
        place = names.index(wanted) if wanted in names else 0
        return load_test_chart(load_test(view.prepared.inputs), view, place)

    @app.callback(Output(SWITCH_ROWS, "children"), *_CHANGED)
    def show_switch(stored: Any, moved: Any, _revision: Any) -> Component:
        view = _view(services, stored, moved)
        given, shown = services.production.by_hours(view.levers)
        cells = switch_rows(given, shown, view.prepared.inputs.company.currency)
        return report_table(
            ("Next twelve months", "As given", "Demonstrated"), cells, label="Both kinds of hours", numbers=(1, 2)
        )
