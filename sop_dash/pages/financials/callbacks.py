"""Wiring of the Financials page: one answer while a slider is dragged, figures, tables and sentences on release."""

from collections.abc import Callable
from typing import Any

from dash import Dash, Input, Output
from dash.development.base_component import Component

from sop_dash.components.data_grid import plain_row
from sop_dash.components.graph import BLANK
from sop_dash.components.kpi_card import live_tiles
from sop_dash.components.lever_board import binding_slot
from sop_dash.components.live_answer import LiveAnswer, live_figure
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE
from sop_dash.components.states import no_data
from sop_dash.components.story_line import story, story_slot
from sop_dash.core.finance.balance import balance
from sop_dash.core.model.levers import Levers, from_plain
from sop_dash.core.studies.hour_earnings import hour_earnings
from sop_dash.figures.financial_charts import bridge_chart, cash_chart, money_chart, year_bridge, years_of
from sop_dash.figures.financial_tables import balance_rows, hour_rows, premium_rows, profit_rows
from sop_dash.figures.storyline.financials import financials_story
from sop_dash.figures.storyline.supply import binding_words
from sop_dash.figures.theme import Figure
from sop_dash.pages.financials.layout import (
    BALANCE_NOTE,
    BALANCES,
    BRIDGE_CHART,
    BRIDGE_NOTE,
    BRIDGE_STATE,
    BUDGET_NOTE,
    CASH_CHART,
    CASH_NOTE,
    CASH_STATE,
    HOUR_NOTE,
    HOURS,
    MARGIN_CARD,
    MONEY,
    MONEY_STATE,
    PAGE_ID,
    PERIODS,
    PREMIUMS,
    PROFIT,
    PROFIT_BY,
    TILES,
    YEAR,
)
from sop_dash.pages.financials.views import (
    balance_words,
    bridge_words,
    budget_note,
    cash_words,
    live_margins,
    margins,
    periods,
    tiles,
    tiles_of,
)
from sop_dash.services.bundle import Services
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Selection

_CHANGED = (Input(SELECTION_STORE, "data"), Input(LEVERS_STORE, "data"), Input(REVISION_STORE, "data"))
_ViewOf = Callable[[Any, Any], PlanView]


def live(services: Services, selection: Selection, levers: Levers) -> LiveAnswer:
    """Tiles, both charts and the margin table under a dragged slider."""
    view = services.plans.view(selection, levers)
    cash = cash_chart(view)
    return LiveAnswer.of(
        live_tiles(tiles_of(view), view.prepared.inputs.company.currency, plan=view.base.kpis),
        live_margins(view),
        live_figure(MONEY, money_chart(view)),
        live_figure(CASH_CHART, cash) if cash else LiveAnswer(),
    )


def register(app: Dash, services: Services) -> None:
    """Attach the callbacks of this page to `app`."""

    def view_of(stored: Any, moved: Any) -> PlanView:
        return services.plans.view(Selection.from_store(stored), from_plain(moved))

    _outlook(app, services, view_of)
    _charts(app, view_of)
    _tables(app, view_of)


def _outlook(app: Dash, services: Services, view_of: _ViewOf) -> None:
    @app.callback(
        Output(TILES, "children"),
        Output(MARGIN_CARD, "children"),
        Output(PERIODS, "children"),
        Output(BUDGET_NOTE, "children"),
        Output(story_slot(PAGE_ID), "children"),
        *_CHANGED,
    )
    def show_outlook(stored: Any, moved: Any, _revision: Any) -> tuple[Any, ...]:
        view = view_of(stored, moved)
        told = story(*financials_story(view, year_bridge(view, years_of(view)[0])))
        return tiles(view), margins(view), periods(view), budget_note(view), told

    @app.callback(Output(binding_slot(PAGE_ID), "children"), *_CHANGED)
    def show_binding(stored: Any, moved: Any, _revision: Any) -> str:
        return binding_words(services.studies.bottleneck(view_of(stored, moved)))


def _charts(app: Dash, view_of: _ViewOf) -> None:
    @app.callback(Output(MONEY, "figure"), Output(MONEY_STATE, "children"), *_CHANGED)
    def show_months(stored: Any, moved: Any, _revision: Any) -> tuple[Figure, Component | None]:
        view = view_of(stored, moved)
        revenue = view.plan.kpi("revenue-ahead")
        if revenue.value is None:
            return BLANK, no_data("Revenue is not known", revenue.reason)
        return money_chart(view), None

    @app.callback(
        Output(BRIDGE_CHART, "figure"),
        Output(BRIDGE_STATE, "children"),
        Output(BRIDGE_NOTE, "children"),
        *_CHANGED,
        Input(YEAR, "value"),
    )
    def show_bridge(stored: Any, moved: Any, _revision: Any, chosen: Any) -> tuple[Figure, Component | None, str]:
        view = view_of(stored, moved)
        years = years_of(view)
        year = years[int(chosen)] if str(chosen).isdigit() and int(chosen) < len(years) else years[0]
        found = year_bridge(view, year)
        figure = bridge_chart(found, year.name, view.prepared.inputs.company.currency)
        if figure is None:
            return BLANK, no_data(f"{year.name} cannot be bridged from its budget", found.reason), ""
        return figure, None, bridge_words(found, view.prepared.inputs.company.currency)

    @app.callback(
        Output(CASH_CHART, "figure"), Output(CASH_STATE, "children"), Output(CASH_NOTE, "children"), *_CHANGED
    )
    def show_cash(stored: Any, moved: Any, _revision: Any) -> tuple[Figure, Component | None, str]:
        view = view_of(stored, moved)
        figure = cash_chart(view)
        if figure is None:
            return BLANK, no_data("The cash path is not known", view.plan.kpi("cash-low").reason), ""
        return figure, None, cash_words(view)


def _tables(app: Dash, view_of: _ViewOf) -> None:
    @app.callback(Output(PROFIT, "rowData"), *_CHANGED, Input(PROFIT_BY, "value"))
    def show_profit(stored: Any, moved: Any, _revision: Any, by: Any) -> list[dict[str, Any]]:
        view = view_of(stored, moved)
        return [plain_row(one) for one in profit_rows(view, quarters=by == "quarter")]

    @app.callback(Output(PREMIUMS, "rowData"), *_CHANGED)
    def show_premiums(stored: Any, moved: Any, _revision: Any) -> list[dict[str, Any]]:
        return [plain_row(one) for one in premium_rows(view_of(stored, moved))]

    @app.callback(Output(HOURS, "rowData"), Output(HOUR_NOTE, "children"), *_CHANGED)
    def show_hours(stored: Any, moved: Any, _revision: Any) -> tuple[list[dict[str, Any]], str]:
        view = view_of(stored, moved)
        found = hour_earnings(view.prepared, view.plan, len(view.months))
        if found is None:
            return [], "Hours of resources are not known: load resources and resource_profile."
        return [plain_row(one) for one in hour_rows(found)], f"of {found.resource}, the fullest resource"

    @app.callback(Output(BALANCES, "rowData"), Output(BALANCE_NOTE, "children"), *_CHANGED)
    def show_balance(stored: Any, moved: Any, _revision: Any) -> tuple[list[dict[str, Any]], str]:
        view = view_of(stored, moved)
        books = balance(view.plan.supply, view.plan.money)
        return [plain_row(one) for one in balance_rows(books, view.months)], balance_words(view, books)
