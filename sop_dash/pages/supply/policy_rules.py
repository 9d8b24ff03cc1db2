"""Rules and classes in the tab “Inventory policy”: limits and aims to try, what they do to cash and service."""

from collections.abc import Mapping
from typing import Any

import dash_bootstrap_components as dbc
import numpy as np
from dash import Dash, Input, Output, State, html
from dash.development.base_component import Component

from sop_dash.components.answers import answers
from sop_dash.components.graph import graph
from sop_dash.components.notices import saved, saved_slot, saved_slot_id
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE
from sop_dash.components.report_table import report_table
from sop_dash.components.section_card import card, row
from sop_dash.components.states import no_data
from sop_dash.components.why_panel import Account
from sop_dash.core.model.errors import SopError
from sop_dash.core.model.levers import Levers, from_plain
from sop_dash.core.model.planning_settings import PlanningSettings, SafetyStockRule
from sop_dash.figures.item_tables import (
    CLASS_HEADS,
    COVER_DAYS,
    class_rows,
    cover_answer,
    cover_chart,
    policy_answers,
)
from sop_dash.figures.policy_tables import EFFECT_HEADS, effect_rows
from sop_dash.figures.theme import Figure
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection

CLASSES = "supply-classes"
EFFECT = "supply-policy-effect"
POLICY_ANSWERS = "supply-policy-answers"
COVER_ANSWER = "supply-cover-answer"
COVER_CHART = "supply-cover-chart"
KEEP_POLICY = "supply-policy-keep"
SAVED = "supply-policy"

# Setting, its words, and how many times the setting the box shows.
_NUMBERS: tuple[tuple[str, str, float], ...] = (
    ("cycle_service_a", "Service A, %", 100.0),
    ("cycle_service_b", "B, %", 100.0),
    ("cycle_service_c", "C, %", 100.0),
    ("service_target", "From stock, %", 100.0),
    ("abc_a_share", "A up to, % of value", 100.0),
    ("abc_b_share", "B up to, %", 100.0),
    ("xyz_x_cv", "X up to, CV", 1.0),
    ("xyz_y_cv", "Y up to, CV", 1.0),
    ("review_days", "Review every, days", 1.0),
    ("largest_lot_days", "Lot at most, days", 1.0),
)
_RULES = {
    SafetyStockRule.CYCLE_SERVICE: "chance to last until the order is in",
    SafetyStockRule.FILL_RATE: "share of demand served from stock",
    SafetyStockRule.LEAST_COST: "least cost of stock and shortage",
    SafetyStockRule.COVER_DAYS: "days of cover",
}
_SWITCHES = (
    ("short_demand_lost", "short demand is lost"),
    ("lead_time_moves_with_demand", "lead time grows with demand"),
)
FIELDS = ("safety_stock_rule", "switches", *(name for name, _, _ in _NUMBERS))

_CLASS_ACCOUNT = Account(
    title="Classes of items",
    formula="A, B, C by the share of the coming year's demand at standard cost before the item (by net revenue where "
    "more is known of it, in units where neither is known; an item of unknown value has no class); X, Y, Z by the "
    "standard deviation of demand without its season ÷ its mean. Each cell: items · share of value.",
    table="sales, products",
    reference="S-194",
)
_EFFECT_ACCOUNT = Account(
    title="What a change of the policy does",
    formula="Average stock is safety stock + half a lot, at standard cost; its change is the cash tied up or freed. "
    "“In force” is the safety stock that products give.",
    population="Items of the families selected with demand, cost and lead time",
    table="sales, products, inventory",
    reference="S-161, D-43",
)
_COVER_ACCOUNT = Account(
    title="What days of cover give",
    formula="Cover in units ÷ the spread of forecast errors until the next monthly plan takes effect is the safety "
    "factor z, and its normal probability the chance not to run out. Share served is 1 − spread × G(z) ÷ a month of "
    "demand, G the normal loss.",
    population="Families selected; errors of the forecasts of the last twelve cycles made again",
    table="sales",
    reference="D-43",
)


def field_id(name: str) -> str:
    """Id of the control of one setting."""
    return f"supply-policy-{name.replace('_', '-')}"


def pane(settings: PlanningSettings) -> list[Component]:
    """What stands in the tab."""
    keep = html.Button("Keep as planning settings", id=KEEP_POLICY, className="btn btn-sm btn-primary")
    return [
        row(
            card("Rule and limits to try", _form(settings), tools=[keep]),
            html.Div(
                [
                    card(
                        "Classes", html.Div(id=CLASSES, className="sop-slot"), subtitle="as tried", why=_CLASS_ACCOUNT
                    ),
                    card("Cash and service", html.Div(id=EFFECT, className="sop-slot"), why=_EFFECT_ACCOUNT),
                ],
                className="sop-column sop-short-tables",
            ),
            columns=(5, 7),
            share=3,
        ),
        row(
            card("What to do", html.Div(id=POLICY_ANSWERS, className="sop-answers"), subtitle="policy kept"),
            card("What days of cover give", graph(COVER_CHART, label="cover-service"), why=_COVER_ACCOUNT),
            card("The cover of the slider", html.Div(id=COVER_ANSWER, className="sop-answers")),
            columns=(5, 4, 3),
            share=2,
        ),
        saved_slot(SAVED),
    ]


def _form(settings: PlanningSettings) -> Component:
    rule = dbc.Select(
        id=field_id("safety_stock_rule"),
        options=[{"label": words, "value": str(name)} for name, words in _RULES.items()],
        value=str(settings.safety_stock_rule),
        size="sm",
    )
    switches = dbc.Checklist(
        id=field_id("switches"),
        options=[{"label": words, "value": name} for name, words in _SWITCHES],
        value=[name for name, _ in _SWITCHES if getattr(settings, name)],
        inline=True,
        class_name="sop-note",
    )
    boxes = [_box(name, words, round(getattr(settings, name) * times, 6)) for name, words, times in _NUMBERS]
    return html.Div(
        [
            _labelled("safety_stock_rule", "Safety stock by", rule),
            html.Div(
                [dbc.Label("Lost or late", html_for=field_id("switches"), class_name="visually-hidden"), switches]
            ),
            *(html.Div(boxes[first : first + 4], className="sop-field-pair") for first in range(0, len(boxes), 4)),
        ],
        className="sop-slot",
    )


def _box(name: str, words: str, value: float) -> Component:
    return _labelled(
        name, words, dbc.Input(id=field_id(name), type="number", step="any", min=0, value=value, size="sm")
    )


def _labelled(name: str, words: str, control: Component) -> Component:
    return html.Div([dbc.Label(words, html_for=field_id(name), class_name="sop-note"), control], className="sop-field")


def asked(values: Mapping[str, Any]) -> dict[str, Any]:
    """The settings that the form asks for; an empty box asks for nothing."""
    chosen = values.get("switches") or []
    given: dict[str, Any] = {name: name in chosen for name, _ in _SWITCHES}
    if values.get("safety_stock_rule"):
        given["safety_stock_rule"] = values["safety_stock_rule"]
    for name, _, times in _NUMBERS:
        value = values.get(name)
        if isinstance(value, int | float):
            given[name] = round(value / times, 9)
    return given


def register(app: Dash, services: Services) -> None:
    """Attach the callbacks of this tab to `app`."""
    values = [(field_id(name), "value") for name in FIELDS]

    @app.callback(
        Output(CLASSES, "children"),
        Output(EFFECT, "children"),
        *(Input(*each) for each in values),
        Input(SELECTION_STORE, "data"),
        Input(REVISION_STORE, "data"),
    )
    def show_effect(*given: Any) -> tuple[Component, Component | None]:
        *fields, stored, _revision = given
        view = services.plans.view(Selection.from_store(stored), Levers())
        base, currency = services.supply_base, view.prepared.inputs.company.currency
        kept = base.policy()
        shown = np.asarray(view.families[kept.items.items.family], dtype=np.bool_)
        if not shown.any():
            return no_data("No item is known", "Load sales or products with a sku for each item."), None
        try:
            tried = base.policy_under(services.settings.with_values(asked(dict(zip(FIELDS, fields, strict=True)))))
        except SopError as error:
            return html.P(error.sentence, className="sop-refused", role="alert"), None
        numbers = range(1, len(CLASS_HEADS))
        classes = report_table(
            CLASS_HEADS, class_rows(tried.items, shown, currency), label="Items by class", numbers=numbers
        )
        effect = report_table(
            EFFECT_HEADS,
            effect_rows(kept.items, tried.items, shown, kept.carrying_ratio_per_year, currency),
            label="Cash and service",
            numbers=range(1, len(EFFECT_HEADS)),
        )
        return classes, effect

    @app.callback(
        Output(saved_slot_id(SAVED), "data"),
        Input(KEEP_POLICY, "n_clicks"),
        *(State(*each) for each in values),
        prevent_initial_call=True,
    )
    def keep_policy(_clicks: Any, *fields: Any) -> dict[str, Any]:
        services.settings.change(asked(dict(zip(FIELDS, fields, strict=True))), services.user())
        return saved("The inventory policy is kept.")

    _register_reading(app, services)


def _register_reading(app: Dash, services: Services) -> None:
    """What the policy kept says, and what days of cover give."""

    @app.callback(Output(POLICY_ANSWERS, "children"), Input(SELECTION_STORE, "data"), Input(REVISION_STORE, "data"))
    def show_answers(stored: Any, _revision: Any) -> list[Component]:
        view = services.plans.view(Selection.from_store(stored), Levers())
        found = services.supply_base.policy().items
        shown = np.asarray(view.families[found.items.family], dtype=np.bool_)
        settings, currency = view.prepared.settings, view.prepared.inputs.company.currency
        ratios = (
            settings.provision_obsolete_ratio,
            settings.provision_at_risk_ratio,
            settings.provision_excess_ratio,
        )
        return answers(policy_answers(found, shown, ratios, currency)) if shown.any() else []

    @app.callback(Output(COVER_CHART, "figure"), Input(SELECTION_STORE, "data"), Input(REVISION_STORE, "data"))
    def show_cover(stored: Any, _revision: Any) -> Figure:
        view = services.plans.view(Selection.from_store(stored), Levers())
        found = [services.supply_base.cover_service(float(days)) for days in COVER_DAYS]
        return cover_chart(found, view.families, f"{view.selection}")

    @app.callback(
        Output(COVER_ANSWER, "children"),
        Input(SELECTION_STORE, "data"),
        Input(LEVERS_STORE, "data"),
        Input(REVISION_STORE, "data"),
    )
    def show_cover_of_the_slider(stored: Any, moved: Any, _revision: Any) -> list[Component]:
        levers = from_plain(moved)
        view = services.plans.view(Selection.from_store(stored), levers)
        days = services.desk.choices().cover_days if levers.cover_days is None else levers.cover_days
        found = services.supply_base.cover_service(days)
        return answers([cover_answer(found, view.families, view.plan.grain.families, days)])
