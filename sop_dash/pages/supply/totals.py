"""The card “Targets on totals” of Explanations: the lever moves with which service, margin and stock are reached."""

from collections.abc import Sequence
from typing import Any

from dash import Dash, Input, Output, html
from dash.development.base_component import Component

from sop_dash.components.answers import answers
from sop_dash.components.lever_board import open_levers_button
from sop_dash.components.number_box import number_box
from sop_dash.components.report_table import report_table
from sop_dash.components.section_card import card
from sop_dash.components.why_panel import Account
from sop_dash.core.model.kpi import Kpi
from sop_dash.core.model.levers import from_plain, to_plain
from sop_dash.core.studies.totals import TOTALS
from sop_dash.figures.formats import listed, written
from sop_dash.figures.total_tables import MOVE_HEADS, TOTAL_HEADS, looked_at, move_rows, reach_told, total_rows
from sop_dash.figures.worth_tables import counted_words, goal_unit, share_refused
from sop_dash.services.bundle import Services
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Selection

BOXES = {name: f"supply-total-{name}" for name in TOTALS}
REACH = "supply-reach"

_ACCOUNT = Account(
    title="Targets on totals",
    formula="Levers are moved one after the other, each to the place that brings all targets nearest, from where they "
    "stand and from all the supply they allow. Then every move that is not needed is left out, and the others are made "
    "as small as they can be. Every step is the whole plan made again, and so is the answer. Best alone is the best of "
    "all plans tried, whatever the other targets.",
    population="All families, the months of the figure: next twelve months; stock is the average of month ends",
    assumptions=("Extra hours have no price in the data: their cost is not in the margin.",),
    table="all tables of the plan",
    reference="core 3.2, 12",
)


def targets_card(currency: str) -> Component:
    """The card with its boxes; empty ones are not asked."""
    return card(
        "Targets on totals",
        [
            html.Div(
                [
                    number_box(BOXES["service"], "Service at least", "%", None),
                    number_box(BOXES["margin-ahead"], "Gross margin at least", f"{currency} thousand", None),
                    number_box(BOXES["stock-value"], "Stock value at most", f"{currency} thousand", None),
                ],
                className="sop-asked",
            ),
            html.Div(id=REACH, className="sop-answers"),
        ],
        why=_ACCOUNT,
    )


def register(app: Dash, services: Services, changed: Sequence[Input]) -> None:
    """Attach the callback of the card to `app`; `changed` are the clicks on the tab, selection, levers, revision."""

    @app.callback(Output(REACH, "children"), *changed, *(Input(box, "value") for box in BOXES.values()))
    def show_reach(opened: Any, stored: Any, moved: Any, _revision: Any, *typed: Any) -> Any:
        view = services.plans.view(Selection.from_store(stored), from_plain(moved))
        return reached(services, view, typed) if opened else None


def reached(services: Services, view: PlanView, typed: Sequence[Any]) -> list[Component]:
    """The moves that reach the totals typed; figures typed are in percent and thousands, empty ones are not asked."""
    currency = view.prepared.inputs.company.currency
    share = dict(zip(BOXES, typed, strict=True)).get("service")
    refused = share_refused(share) if isinstance(share, int | float) else ""
    if refused:
        return [html.P(refused, className="sop-refused", role="alert")]
    targets = {
        name: float(value) * goal_unit(view.plan.kpi(name), currency)[1]
        for name, value in zip(BOXES, typed, strict=True)
        if isinstance(value, int | float)
    }
    now = [view.plan.kpi(name) for name in targets or BOXES]
    if not targets:
        stand = [f"{k.definition.name} {written(k.value, k.definition.unit, currency)}" for k in now]
        said = f"The plan gives {listed(stand)}. Type one target or more."
        return [html.P(said, className="sop-note"), _counted(now)]
    found = services.studies.reach(view, targets, services.desk.choices())
    parts = answers([reach_told(found, now, currency)])
    if found.moves:
        parts.append(report_table(MOVE_HEADS, move_rows(found), label="Moves", numbers=(1, 2)))
    parts.append(report_table(TOTAL_HEADS, total_rows(found, now, currency), label="Targets", numbers=(1, 2, 3, 4)))
    if found.moves:
        parts.append(open_levers_button("supply-reach", "Try it on the page", to_plain(found.levers)))
    return [*parts, _counted(now), html.P(looked_at(found), className="sop-note")]


def _counted(kpis: Sequence[Kpi]) -> Component:
    """The months and the base of every figure."""
    said = "; ".join(f"{kpi.definition.name} over {counted_words(kpi)}" for kpi in kpis)
    return html.P(f"Counted: {said}.", className="sop-note")
