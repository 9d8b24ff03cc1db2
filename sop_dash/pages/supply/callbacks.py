"""Wiring of the Supply page: one answer while a slider is dragged, whole figures, table and sentences on release."""

from typing import Any

from dash import Dash, Input, Output, Patch
from dash.development.base_component import Component

from sop_dash.components.answers import answers
from sop_dash.components.data_grid import plain_row
from sop_dash.components.graph import BLANK
from sop_dash.components.kpi_card import live_tiles
from sop_dash.components.lever_board import binding_slot
from sop_dash.components.live_answer import LiveAnswer, live_figure
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE
from sop_dash.components.states import no_data
from sop_dash.components.story_line import story, story_slot
from sop_dash.components.tabs import mount_when_opened
from sop_dash.core.model.levers import Levers, from_plain
from sop_dash.figures.storyline.supply import binding_words, bottleneck_answers, supply_story
from sop_dash.figures.supply_charts import supply_and_stock, supply_scale
from sop_dash.figures.supply_tables import gap_rows, gap_totals
from sop_dash.figures.theme import Figure
from sop_dash.pages.supply import explanations, logistics, options, planners, policy, production, stock, suppliers
from sop_dash.pages.supply.layout import (
    ANSWERS,
    EXPLANATIONS_TAB,
    FIGURES,
    GAPS,
    LOAD_CARD,
    MIX,
    MIX_SCALE,
    MIX_STATE,
    PAGE_ID,
    PLANNERS_TAB,
    TABS,
)
from sop_dash.pages.supply.views import figures, key_figures, live_load, load_card
from sop_dash.services.bundle import Services
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Selection

_CHANGED = (Input(SELECTION_STORE, "data"), Input(LEVERS_STORE, "data"), Input(REVISION_STORE, "data"))


def live(services: Services, selection: Selection, levers: Levers) -> LiveAnswer:
    """Figures, chart and heat map under a dragged slider."""
    view = services.plans.view(selection, levers)
    scale = supply_scale(view)
    return LiveAnswer.of(
        live_tiles(key_figures(view), view.prepared.inputs.company.currency, plan=view.base.kpis),
        live_load(view),
        live_figure(MIX, supply_and_stock(view, scale)) if scale else LiveAnswer(),
    )


def register(app: Dash, services: Services) -> None:
    """Attach the callbacks of this page and its tabs to `app`."""
    mount_when_opened(app, TABS, panes=9)
    for tab in (options, stock, policy, suppliers, logistics, production):
        tab.register(app, services)
    explanations.register(app, services, EXPLANATIONS_TAB)
    planners.register(app, services, PLANNERS_TAB)

    def view_of(stored: Any, moved: Any) -> PlanView:
        return services.plans.view(Selection.from_store(stored), from_plain(moved))

    @app.callback(
        Output(LOAD_CARD, "children"),
        Output(FIGURES, "children"),
        Output(story_slot(PAGE_ID), "children"),
        *_CHANGED,
    )
    def show_load(stored: Any, moved: Any, _revision: Any) -> tuple[Any, ...]:
        view = view_of(stored, moved)
        return load_card(view), figures(view), story(*supply_story(view))

    @app.callback(Output(GAPS, "rowData"), Output(GAPS, "dashGridOptions"), *_CHANGED)
    def show_gaps(stored: Any, moved: Any, _revision: Any) -> tuple[list[dict[str, Any]], Patch]:
        view, options = view_of(stored, moved), Patch()
        options["pinnedBottomRowData"] = [plain_row(total) for total in gap_totals(view)]
        return [plain_row(gap) for gap in gap_rows(view)], options

    @app.callback(Output(MIX, "figure"), Output(MIX_SCALE, "children"), Output(MIX_STATE, "children"), *_CHANGED)
    def show_mix(stored: Any, moved: Any, _revision: Any) -> tuple[Figure, str, Component | None]:
        view = view_of(stored, moved)
        scale = supply_scale(view)
        if scale is None:
            missing = no_data(
                "Families cannot be added up without a cost",
                "Choose one family to see its units, or load products (unit_cost).",
            )
            return BLANK, "", missing
        return supply_and_stock(view, scale), scale.words, None

    @app.callback(Output(ANSWERS, "children"), Output(binding_slot(PAGE_ID), "children"), *_CHANGED)
    def show_answers(stored: Any, moved: Any, _revision: Any) -> tuple[list[Component], str]:
        view = view_of(stored, moved)
        found = services.studies.bottleneck(view)
        currency = view.prepared.inputs.company.currency
        return answers(bottleneck_answers(found, currency, view.plan.kpi("service"))), binding_words(found)
