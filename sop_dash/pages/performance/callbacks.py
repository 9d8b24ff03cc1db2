"""Wiring of the Performance page: the story of the month, and the bridge over the months asked for."""

from typing import Any

from dash import Dash, Input, Output
from dash.development.base_component import Component

from sop_dash.components.graph import BLANK
from sop_dash.components.page import REVISION_STORE
from sop_dash.components.review_list import register_review_list
from sop_dash.components.states import no_data, partial
from sop_dash.components.story_line import story, story_slot
from sop_dash.components.tabs import mount_when_opened
from sop_dash.core.finance.budget_bridge import budget_bridge
from sop_dash.core.model.findings import Finding, by_importance
from sop_dash.core.model.fiscal import closed_span
from sop_dash.core.model.levers import Levers
from sop_dash.figures.formats import listed, months_in_words
from sop_dash.figures.performance_charts import budget_to_actual
from sop_dash.figures.storyline.performance import performance_story
from sop_dash.figures.theme import Figure
from sop_dash.pages.performance.accuracy_tab import register_accuracy
from sop_dash.pages.performance.layout import (
    BRIDGE,
    BRIDGE_NOTE,
    BRIDGE_STATE,
    EXCEPTIONS,
    ISSUES,
    PAGE_ID,
    SPAN,
    TABS,
    YEAR,
)
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection


def register(app: Dash, services: Services) -> None:
    """Attach the callbacks of this page to `app`."""
    mount_when_opened(app, TABS, panes=7)

    def found(_stored: Any, _moved: Any) -> tuple[Finding, ...]:
        review = services.plans.prepared().review
        return review.exceptions if review else ()

    def issues(_stored: Any, _moved: Any) -> tuple[Finding, ...]:
        prepared = services.plans.prepared()
        return by_importance((*prepared.inputs.findings, *prepared.history.findings))

    register_review_list(app, services, EXCEPTIONS, found)
    register_review_list(app, services, ISSUES, issues)
    register_accuracy(app, services)

    @app.callback(Output(story_slot(PAGE_ID), "children"), Input(REVISION_STORE, "data"))
    def tell(_revision: Any) -> list[Component]:
        prepared = services.plans.prepared()
        return story(*performance_story(prepared.review, prepared.inputs.company.currency))

    @app.callback(
        Output(BRIDGE, "figure"),
        Output(BRIDGE_STATE, "children"),
        Output(BRIDGE_NOTE, "children"),
        Input(SPAN, "value"),
        Input(REVISION_STORE, "data"),
    )
    def show_bridge(span: str | None, _revision: Any) -> tuple[Figure, Component | None, Component | None]:
        view = services.plans.view(Selection(), Levers())
        inputs, plan = view.prepared.inputs, view.base
        first, months = closed_span(inputs.grain, inputs.company.fiscal_year_first_month, year_to_date=span == YEAR)
        found = budget_bridge(inputs, plan.supply, plan.money, first=first, months=months)
        if found.bridge is None:
            return BLANK, no_data("No bridge", found.reason), None
        period = months_in_words(inputs.grain.history[first : first + months])
        note = partial([f"Left out, not known in full: {listed(found.excluded)}."] if found.excluded else [])
        return budget_to_actual(found.bridge, inputs.company.currency, period), None, note
