"""In the tab “Suppliers”: what a supplier that delivers less does to the plan, and the weights of the score."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import Dash, Input, Output, State, html
from dash.development.base_component import Component

from sop_dash.components.answers import answers
from sop_dash.components.choice import choice
from sop_dash.components.graph import BLANK, graph
from sop_dash.components.notices import saved, saved_slot, saved_slot_id
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE
from sop_dash.components.report_table import report_table
from sop_dash.components.section_card import card, row
from sop_dash.components.states import no_data, waiting
from sop_dash.components.why_panel import Account
from sop_dash.core.model.errors import SopError
from sop_dash.core.model.levers import from_plain
from sop_dash.core.model.periods import short_name
from sop_dash.core.plan.supplier_shortfall import Shortfall
from sop_dash.figures.formats import number
from sop_dash.figures.shortfall_tables import HIT_HEADS, hit_rows, lost_by_month, shortfall_words
from sop_dash.figures.supplier_tables import WEIGHT_HEADS, weight_rows
from sop_dash.figures.theme import Figure
from sop_dash.services.bundle import Services
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Selection
from sop_dash.services.supply_base import WEIGHT_SETTINGS

WHO = "supply-short-supplier"
LESS = "supply-short-percent"
SINCE = "supply-short-from"
LONG = "supply-short-months"
HIT = "supply-short-hit"
HIT_CHART = "supply-short-chart"
WEIGHT_ROWS = "supply-weight-rows"
KEEP_WEIGHTS = "supply-weight-keep"
SAVED = "supply-weights"
_SHARES = (10, 20, 30, 50, 100)
_MONTHS = (1, 2, 3, 6, 12)
_WORDS = ("On time", "In full", "Quality", "Lead time spread", "Price")

_ACCOUNT = Account(
    title="A supplier that delivers less",
    formula="The part of the plan that comes from the supplier, or that cannot be made without it, is cut by the "
    "share; the whole plan is solved again under that limit, stock and the other months helping where they can.",
    assumptions=(
        "Bought items of several suppliers get equal parts from each; made items need every supplier listed.",
    ),
    table="supplier_items, materials, material_usage",
    reference="S-150, S-156, S-180",
)
_WEIGHT_ACCOUNT = Account(
    title="Weights of the score",
    formula="Σ weight × points ÷ Σ weights over the criteria that are known; only the proportions count.",
    table="supplier_deliveries",
    reference="S-180",
)


def weight_id(name: str) -> str:
    """Id of the box of one weight."""
    return name.replace("_", "-")


def pane(services: Services, view: PlanView) -> list[Component]:
    """What stands in the tab."""
    card_ = services.supply_base.suppliers()
    found = card_.suppliers
    settings = view.prepared.settings
    order = sorted(range(len(found.codes)), key=lambda u: (card_.rank[u] == 0, -card_.rank[u]))
    names = [(found.names[u], u) for u in order] or [("–", 0)]
    open_months = view.plan.grain.horizon[view.prepared.locked_months :][:12]
    form = html.Div(
        [
            _field(WHO, "Supplier", choice(WHO, "Supplier", names, names[0][1])),
            _field(LESS, "Delivers less by", choice(LESS, "Less by", [(f"{n} %", n) for n in _SHARES], 50)),
            _field(SINCE, "From", choice(SINCE, "From", [(short_name(m), m) for m in open_months], open_months[0])),
            _field(LONG, "For, months", choice(LONG, "For", [(number(n), n) for n in _MONTHS], 3)),
        ],
        className="sop-field-pair",
    )
    boxes = [
        _field(
            weight_id(name),
            words,
            dbc.Input(
                id=weight_id(name),
                type="number",
                min=0,
                max=100,
                step="any",
                value=round(100.0 * getattr(settings, name), 4),
                size="sm",
            ),
        )
        for name, words in zip(WEIGHT_SETTINGS, _WORDS, strict=True)
    ]
    keep = html.Button("Keep as planning settings", id=KEEP_WEIGHTS, className="btn btn-sm btn-primary")
    return [
        row(
            card(
                "If a supplier delivers less",
                [form, html.Div(waiting(), id=HIT, className="sop-answers")],
                why=_ACCOUNT,
            ),
            card(
                "Demand not served", graph(HIT_CHART, label="not-served-with-less"), subtitle="by month", enlarge=True
            ),
            card(
                "Weights of the score",
                [html.Div(boxes, className="sop-field-pair"), html.Div(id=WEIGHT_ROWS, className="sop-slot")],
                subtitle="in percent",
                tools=[keep],
                why=_WEIGHT_ACCOUNT,
            ),
            columns=(5, 4, 5),
        ),
        saved_slot(SAVED),
    ]


def _field(control_id: str, words: str, control: Component) -> Component:
    return html.Div([dbc.Label(words, html_for=control_id, class_name="sop-note"), control], className="sop-field")


def register(app: Dash, services: Services) -> None:
    """Attach the callbacks of this tab to `app`."""
    boxes = [(weight_id(name), "value") for name in WEIGHT_SETTINGS]

    @app.callback(
        Output(HIT, "children"),
        Output(HIT_CHART, "figure"),
        Input(WHO, "value"),
        Input(LESS, "value"),
        Input(SINCE, "value"),
        Input(LONG, "value"),
        Input(LEVERS_STORE, "data"),
        Input(REVISION_STORE, "data"),
        State(SELECTION_STORE, "data"),
    )
    def show_hit(*given: Any) -> tuple[list[Component], Figure]:
        who, less, since, long, moved, _revision, stored = given
        view = services.plans.view(Selection.from_store(stored), from_plain(moved))
        found = services.supply_base.suppliers().suppliers
        if not found.codes or since not in view.plan.grain.horizon:
            missing = no_data("No supplier is known", "Load suppliers, supplier_items and supplier_deliveries.")
            return [missing], BLANK
        asked = Shortfall(
            supplier=min(int(who), len(found.codes) - 1),
            ratio=int(less) / 100.0,
            first_month=view.plan.grain.horizon.index(since),
            months=int(long),
        )
        plan = services.supply_base.shortfall(view, asked)
        currency = view.prepared.inputs.company.currency
        told = answers(shortfall_words(view.plan, plan, found.names[asked.supplier], asked.ratio, currency))
        rows = hit_rows(view.plan, plan, currency)
        table = [report_table(HIT_HEADS, rows, label="Families hit", numbers=(1, 2, 3))] if rows else []
        return [*told, *table], lost_by_month(view.plan, plan, view.months, currency)

    @app.callback(Output(WEIGHT_ROWS, "children"), *(Input(*each) for each in boxes), Input(REVISION_STORE, "data"))
    def show_weights(*given: Any) -> Component | None:
        base = services.supply_base
        kept = base.suppliers()
        if not kept.suppliers.codes:
            return None
        try:
            tried = base.suppliers_under(services.settings.with_values(_asked(given[:-1])))
        except SopError as error:
            return html.P(error.sentence, className="sop-refused", role="alert")
        return report_table(WEIGHT_HEADS, weight_rows(kept, tried), label="Scores as tried", numbers=range(1, 6))

    @app.callback(
        Output(saved_slot_id(SAVED), "data"),
        Input(KEEP_WEIGHTS, "n_clicks"),
        *(State(*each) for each in boxes),
        prevent_initial_call=True,
    )
    def keep_weights(_clicks: Any, *given: Any) -> dict[str, Any]:
        services.settings.change(_asked(given), services.user())
        return saved("The weights of the score are kept.")


def _asked(values: Any) -> dict[str, Any]:
    """Weights as ratios; an empty box asks for nothing."""
    return {
        name: round(value / 100.0, 9)
        for name, value in zip(WEIGHT_SETTINGS, values, strict=True)
        if isinstance(value, int | float)
    }
