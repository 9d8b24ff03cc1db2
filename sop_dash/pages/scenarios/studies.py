"""The tabs of Scenarios that ask many plans: stress test, frontier, and who gets shorted. Made once a tab is opened."""

from typing import Any

from dash import ALL, Dash, Input, Output, ctx, html, no_update
from dash.development.base_component import Component

from sop_dash.components.choice import choice
from sop_dash.components.graph import BLANK, graph
from sop_dash.components.notices import saved, saved_slot_id
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE
from sop_dash.components.report_table import report_table
from sop_dash.components.section_card import card, row
from sop_dash.components.states import no_data
from sop_dash.components.tabs import tab_id
from sop_dash.components.why_panel import Account
from sop_dash.core.model.levers import from_plain
from sop_dash.figures.charts import chart
from sop_dash.figures.scenario_studies import (
    FRONTIER_HEADS,
    STRESS_HEADS,
    frontier_chart,
    frontier_rows,
    frontier_words,
    rule_words,
    shorted_by_family,
    shorted_rows,
    shorted_words,
    stress_chart,
    stress_rows,
    stress_words,
)
from sop_dash.figures.storyline.supply import NO_LIMIT
from sop_dash.figures.theme import Figure
from sop_dash.services.bundle import Services
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Selection

TABS = "scenarios-tabs"
STRESS_TAB, FRONTIER_TAB, SHORTED_TAB = (tab_id(TABS, place) for place in (1, 2, 3))
STRESS, STRESS_CHART = "scenarios-stress", "scenarios-stress-chart"
FRONTIER, FRONTIER_CHART = "scenarios-frontier", "scenarios-frontier-chart"
SHORTED, BY_FAMILY, RULE = "scenarios-shorted", "scenarios-shorted-families", "scenarios-shorted-rule"
USE_RULE = "scenarios-use-rule"

_STORES = (Input(SELECTION_STORE, "data"), Input(LEVERS_STORE, "data"), Input(REVISION_STORE, "data"))
_STRESS_ACCOUNT = Account(
    title="Stress test",
    formula="Each driver is set low and high while all others stay, and the whole plan is made again. A bar is the "
    "change of margin. Drivers that move together are not shown.",
    population="All families and channels, next twelve months",
    table="all tables of the plan",
)
_FRONTIER_ACCOUNT = Account(
    title="Cost against service",
    formula="Stock cover from ten days less to ten days more, overtime from none to 20 %: each place is a whole plan. "
    "Cost is what overtime, outsourcing, overflow space and spot transport cost more, plus the holding of stock. On "
    "the frontier no other place serves as much for less.",
    population="All families and channels, next twelve months",
    table="all tables of the plan",
)
_SHORTED_ACCOUNT = Account(
    title="Who gets shorted",
    formula="Units that cannot be served are the same under every rule. In proportion: each channel loses its share of "
    "demand. Least contribution first: the channel with the lowest price gives first. A channel first: it loses only "
    "what the others cannot give.",
    population="All families, months on screen",
    table="sales, prices, products",
    reference="S-185",
)


def stress_pane() -> list[Component]:
    """What stands in the tab “Stress test”."""
    return [
        row(
            card("What each driver does to the margin", graph(STRESS_CHART, label="stress-test"), why=_STRESS_ACCOUNT),
            share=3,
        ),
        row(card("Driver by driver", html.Div(id=STRESS, className="sop-slot sop-scroll")), share=2),
    ]


def frontier_pane() -> list[Component]:
    """What stands in the tab “Frontier”."""
    return [
        row(
            card("Cost against service", graph(FRONTIER_CHART, label="frontier"), why=_FRONTIER_ACCOUNT, enlarge=True),
            card("The frontier", html.Div(id=FRONTIER, className="sop-slot sop-scroll")),
            columns=(7, 5),
        )
    ]


def shorted_pane() -> list[Component]:
    """What stands in the tab “Who gets shorted”."""
    return [
        row(
            card(
                "Who loses how much under each rule", html.Div(id=SHORTED, className="sop-slot"), why=_SHORTED_ACCOUNT
            ),
            share=2,
        ),
        row(
            card(
                "By family",
                html.Div(id=BY_FAMILY, className="sop-slot sop-scroll"),
                subtitle="units and revenue not served",
                tools=[choice(RULE, "Rule", [("the rule in force", "*")], "*")],
            ),
            share=3,
        ),
    ]


def register(app: Dash, services: Services, page_id: str) -> None:
    """Attach the callbacks of these tabs of a page to `app`."""
    _sweeps(app, services)
    _rules(app, services, page_id)


def _view_of(services: Services, stored: Any, moved: Any) -> PlanView:
    return services.plans.view(Selection.from_store(stored), from_plain(moved))


def _sweeps(app: Dash, services: Services) -> None:
    @app.callback(Output(STRESS, "children"), Output(STRESS_CHART, "figure"), Input(STRESS_TAB, "n_clicks"), *_STORES)
    def show_stress(opened: Any, stored: Any, moved: Any, _revision: Any) -> tuple[Any, Figure]:
        if not opened:
            return None, BLANK
        view = _view_of(services, stored, moved)
        inputs = view.prepared.inputs
        if inputs.supply_is_unlimited and view.plan.kpi("margin-outlook").value is None:
            cure = f"{NO_LIMIT} Prices and costs would show what a driver earns."
            return no_data("No driver moves anything yet", cure), chart([], y_title="", unknown=NO_LIMIT)
        found, currency = services.studies.stress_test(view, services.desk.choices()), _currency(view)
        table = report_table(STRESS_HEADS, stress_rows(found, currency), label="Stress test", numbers=(2, 3, 5, 6))
        return [html.P(stress_words(found, currency), className="sop-study-said"), table], stress_chart(found, currency)

    @app.callback(
        Output(FRONTIER, "children"), Output(FRONTIER_CHART, "figure"), Input(FRONTIER_TAB, "n_clicks"), *_STORES
    )
    def show_frontier(opened: Any, stored: Any, moved: Any, _revision: Any) -> tuple[Any, Figure]:
        if not opened:
            return None, BLANK
        view = _view_of(services, stored, moved)
        found, currency = services.studies.frontier(view, services.desk.choices()), _currency(view)
        if found is None:
            cure = "Load products (unit_cost) and supply_options."
            return no_data("Costs are not known", cure), chart([], y_title="", unknown=f"Costs are not known: {cure}")
        table = report_table(FRONTIER_HEADS, frontier_rows(found, currency), label="Frontier", numbers=(2, 3))
        said = html.P(frontier_words(found, currency), className="sop-study-said")
        return [said, table], frontier_chart(found, currency)


def _rules(app: Dash, services: Services, page_id: str) -> None:
    @app.callback(
        Output(SHORTED, "children"),
        Output(BY_FAMILY, "children"),
        Output(RULE, "options"),
        Input(SHORTED_TAB, "n_clicks"),
        *_STORES,
        Input(RULE, "value"),
    )
    def show_shorted(opened: Any, stored: Any, moved: Any, _revision: Any, rule: Any) -> tuple[Any, Any, Any]:
        if not opened:
            return None, None, no_update
        view = _view_of(services, stored, moved)
        if view.prepared.inputs.supply_is_unlimited:
            return no_data("Who would be short is not known", NO_LIMIT), None, no_update
        return shorted_of(services, view, rule)

    @app.callback(
        Output(saved_slot_id(page_id), "data", allow_duplicate=True),
        Input({"type": USE_RULE, "index": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    def use_rule(clicks: list[int | None]) -> Any:
        if not any(clicks) or not isinstance(ctx.triggered_id, dict):
            return no_update
        rule, _, channel = str(ctx.triggered_id["index"]).partition(": ")
        services.settings.change({"shortage_rule": rule, "named_first_channel": channel}, services.user())
        return saved("The shortage rule of the plan is changed.")


def shorted_of(
    services: Services, view: PlanView, rule: Any
) -> tuple[list[Component], Component, list[dict[str, str]]]:
    """Every rule with what each channel loses, the families under one of them, and the rules to choose from."""
    found, currency, grain = services.studies.shorted(view), _currency(view), view.plan.grain
    rows = []
    for each, cells in zip(found, shorted_rows(found, currency), strict=True):
        button = html.Button(
            "Use this rule",
            id={"type": USE_RULE, "index": each.key},
            className="btn btn-sm btn-outline-primary",
            **{"aria-label": f"Use the rule: {cells[0]}"},
        )
        rows.append([*cells, html.Span("in force", className="sop-badge") if each.in_force else button])
    heads = ("Rule", *grain.channels, "Margin lost", "")
    chosen = next((one for one in found if one.key == rule), None) or next(
        (one for one in found if one.in_force), found[0]
    )
    options = [{"label": "the rule in force", "value": "*"}]
    options += [{"label": rule_words(one), "value": one.key} for one in found]
    lines = shorted_by_family(chosen, grain.families, currency)
    families: Component = report_table(
        ("Family", *grain.channels), lines, label="Not served by family", numbers=range(1, len(grain.channels) + 1)
    )
    said = html.P(shorted_words(found, grain.channels, currency), className="sop-study-said")
    table = report_table(heads, rows, label="Shortage rules", numbers=range(1, len(grain.channels) + 2))
    return [said, table], families if lines else html.P("Nothing is short.", className="sop-note"), options


def _currency(view: PlanView) -> str:
    return view.prepared.inputs.company.currency
