"""The tab “Explanations”: worth of hours, what binds and with whom, what it would take, and a goal on one lever.

Its studies take some hundreds of plans, so they are made when the tab is opened and then follow every release.
"""

from typing import Any

import numpy as np
from dash import Dash, Input, Output, html
from dash.development.base_component import Component

from sop_dash.components.answers import answers
from sop_dash.components.choice import choice
from sop_dash.components.graph import BLANK, graph
from sop_dash.components.heat_map import heat_map
from sop_dash.components.number_box import number_box
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE
from sop_dash.components.report_table import report_table
from sop_dash.components.section_card import card, row
from sop_dash.components.states import empty, no_data
from sop_dash.components.why_panel import Account
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.levers import from_plain
from sop_dash.core.studies.goal_seek import GOALS, SoughtLever
from sop_dash.figures.storyline.supply import NO_LIMIT
from sop_dash.figures.theme import Figure
from sop_dash.figures.worth_tables import (
    LEVER_WORDS,
    NEEDED_HEADS,
    WORTH_LEGEND,
    binding_told,
    goal_chart,
    goal_told,
    goal_unit,
    minus_words,
    needed_rows,
    needed_told,
    share_refused,
    worth_cells,
    worth_rows,
)
from sop_dash.pages.supply import totals
from sop_dash.services.bundle import Services
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Selection

WORTH = "supply-worth"
BINDING = "supply-worth-binding"
SHARE = "supply-needed-share"
NEEDED = "supply-needed"
LEVER = "supply-goal-lever"
GOAL = "supply-goal"
TARGET = "supply-goal-target"
ANSWER = "supply-goal-answer"
CHART = "supply-goal-chart"

_WORTH_ACCOUNT = Account(
    title="Worth of the next 100 hours",
    formula="The plan is made again with 100 more regular hours in the month. Worth is the money saved plus the sales "
    "won at net price, before the hours themselves are paid. It may be negative: demand and stock come before money in "
    "the plan. Worth of several months does not add up.",
    population="All families; open months with known hours",
    table="resources, resource_profile, prices, products",
    reference="S-149, S-154",
)
_NEEDED_ACCOUNT = Account(
    title="What would it take?",
    formula="The smallest sum of hours, beyond regular hours and all overtime allowed, with which the families "
    "selected reach the share of demand, weighed by price. Units from outside are asked for only where no routing is "
    "known.",
    population="The families selected, all months of the horizon",
    table="resources, resource_profile, supply_options",
    reference="S-152, S-153",
)
_GOAL_ACCOUNT = Account(
    title="Goal seek",
    formula="One lever is moved while everything else stays, and the whole plan is made again each time, until the "
    "figure reaches the target: at least the target, for stock at most.",
    population="All families, next twelve months",
    table="all tables of the plan",
)


def pane(currency: str) -> list[Component]:
    """What stands in the tab."""
    levers = [(words[0], lever.value) for lever, words in LEVER_WORDS.items()]
    return [
        row(
            card(
                "Worth of the next 100 hours",
                html.Div(id=WORTH, className="sop-slot"),
                subtitle=f"{currency}, by month in which they are added",
                why=_WORTH_ACCOUNT,
                enlarge=True,
            ),
            card("What binds, and with whom", html.Div(id=BINDING, className="sop-answers")),
            columns=(7, 5),
            share=4,
        ),
        row(
            card(
                "What would it take?",
                [
                    html.Div(
                        [number_box(SHARE, "Share of demand to serve", "%", 100)],
                        className="sop-asked",
                    ),
                    html.Div(id=NEEDED, className="sop-answers"),
                ],
                why=_NEEDED_ACCOUNT,
            ),
            totals.targets_card(currency),
            card(
                "Goal seek",
                [
                    html.Div(
                        [
                            choice(LEVER, "Lever", levers, SoughtLever.OVERTIME.value),
                            choice(GOAL, "Figure", [(name, name) for name in GOALS], GOALS[0]),
                            number_box(TARGET, "Target", "%", 99.9),
                        ],
                        className="sop-asked",
                    ),
                    html.Div(id=ANSWER, className="sop-answers sop-answers-own"),
                    graph(CHART, label="goal-seek"),
                ],
                why=_GOAL_ACCOUNT,
            ),
            columns=(4, 5, 5),
            share=4,
            class_name="sop-explained",
        ),
    ]


def register(app: Dash, services: Services, tab: str) -> None:
    """Attach the callbacks of this tab to `app`; `tab` is the id of its button."""
    changed = (
        Input(tab, "n_clicks"),
        Input(SELECTION_STORE, "data"),
        Input(LEVERS_STORE, "data"),
        Input(REVISION_STORE, "data"),
    )

    totals.register(app, services, changed)

    def view_of(stored: Any, moved: Any) -> PlanView:
        return services.plans.view(Selection.from_store(stored), from_plain(moved))

    @app.callback(Output(WORTH, "children"), Output(BINDING, "children"), *changed)
    def show_worth(opened: Any, stored: Any, moved: Any, _revision: Any) -> tuple[Any, Any]:
        return worth_of(services, view_of(stored, moved)) if opened else (None, None)

    @app.callback(Output(NEEDED, "children"), *changed, Input(SHARE, "value"))
    def show_needed(opened: Any, stored: Any, moved: Any, _revision: Any, share: Any) -> Any:
        view = view_of(stored, moved)
        if opened and view.prepared.inputs.supply_is_unlimited:
            return no_data("Not known", NO_LIMIT)
        return needed(services, view, share) if opened else None

    @app.callback(
        Output(ANSWER, "children"),
        Output(CHART, "figure"),
        Output(f"{TARGET}-unit", "children"),
        Output(GOAL, "options"),
        *changed,
        Input(LEVER, "value"),
        Input(GOAL, "value"),
        Input(TARGET, "value"),
    )
    def show_goal(
        opened: Any,
        stored: Any,
        moved: Any,
        _revision: Any,
        lever: Any,
        goal: Any,
        target: Any,
    ) -> tuple[Any, Figure, str, Any]:
        view = view_of(stored, moved)
        wanted = goal if goal in GOALS else GOALS[0]
        kpi = view.plan.kpi(wanted)
        unit, counts = goal_unit(kpi, view.prepared.inputs.company.currency)
        named = [{"label": view.plan.kpi(name).definition.name, "value": name} for name in GOALS]
        if not opened or not isinstance(target, int | float):
            return None, BLANK, unit, named
        refused = share_refused(target) if kpi.definition.unit is Unit.RATIO else ""
        if refused:
            return html.P(refused, className="sop-refused", role="alert"), BLANK, unit, named
        if view.prepared.inputs.supply_is_unlimited:
            return no_data("No lever moves a plan without limits", NO_LIMIT), BLANK, unit, named
        asked = SoughtLever(lever) if lever in set(SoughtLever) else SoughtLever.OVERTIME
        found = services.studies.goal_seek(
            view, asked, wanted, float(target) * counts, stands_at=stands_at(services, view, asked)
        )
        currency = view.prepared.inputs.company.currency
        return answers([goal_told(found, kpi, currency)]), goal_chart(found, kpi, currency), unit, named


def worth_of(services: Services, view: PlanView) -> tuple[Any, list[Component]]:
    """The heat map and what binds."""
    if np.isnan(view.plan.supply.available_hours).all():
        return no_data("Hours of resources are not known", "Load resources and resource_profile."), []
    found, currency = services.studies.hours_worth(view), view.prepared.inputs.company.currency
    rows = worth_rows(found)
    told = answers(binding_told(found, currency))
    if not rows.size:
        return empty("More hours would bring nothing", "No resource holds the plan back."), told
    texts, bands = worth_cells(found, rows, len(view.months))
    names = view.plan.grain.resources
    idle = len(names) - rows.size
    parts: list[Component] = [
        heat_map(
            "supply-worth-map",
            rows=[names[r] for r in rows],
            columns=view.months,
            texts=texts,
            bands=bands,
            corner="Resource" if found.has_money else "Resource, units served",
            locked=view.prepared.locked_months,
            legend=WORTH_LEGEND,
        )
    ]
    minus = minus_words(found, currency)
    if minus:
        parts.append(html.P(minus, className="sop-note"))
    if idle:
        parts.append(html.P(f"{idle} more: hours there bring nothing.", className="sop-note"))
    return parts, told


def needed(services: Services, view: PlanView, share: Any) -> list[Component]:
    """The smallest list of additions for a share of demand, in percent."""
    refused = share_refused(share)
    if refused:
        return [html.P(refused, className="sop-refused", role="alert")]
    found = services.studies.what_it_takes(view, float(share) / 100.0)
    rows = needed_rows(found)
    table = report_table(NEEDED_HEADS, rows, label="What it would take", numbers=(2,)) if rows else None
    return [*answers([needed_told(found)]), table] if table else answers([needed_told(found)])


def stands_at(services: Services, view: PlanView, lever: SoughtLever) -> float:
    """Where a lever stands under the levers of this view."""
    choices, moved = services.desk.choices(), view.levers
    at = {
        SoughtLever.OVERTIME: (moved.overtime_max_ratio, choices.overtime_ratio),
        SoughtLever.COVER: (moved.cover_days, choices.cover_days),
        SoughtLever.OUTSOURCE: (moved.outsource_max_ratio, choices.outsource_ratio),
    }
    given, planned = at.get(lever, (None, 0.0))
    return planned if given is None else given
