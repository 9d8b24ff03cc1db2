"""Results of a plan as pieces of the Supply page; pure."""

import numpy as np
from dash import html
from dash.development.base_component import Component

from sop_dash.components.figure_list import figure_list
from sop_dash.components.heat_map import heat_map, load_cells
from sop_dash.components.live_answer import LiveAnswer, live_heat
from sop_dash.components.states import no_data, partial
from sop_dash.core.model.kpi import Kpi
from sop_dash.core.performance.load import fullest_first, load, relevant
from sop_dash.figures.formats import listed
from sop_dash.figures.planner_tables import fallback_words
from sop_dash.figures.storyline.supply import restricted_words
from sop_dash.services.plans import PlanView

LOAD_MAP = "supply-load-map"
KEY_FIGURES = ("service", "lost-revenue", "worst-bottleneck", "overtime-hours")


def load_card(view: PlanView) -> list[Component]:
    """The heat map of the resources that matter, and the names of those folded."""
    order = _order(view)
    if not order.size:
        return [
            no_data(
                "Hours of resources are not known",
                "Load resources (available_hours) and resource_profile (hours_per_unit): until then nothing limits "
                "what is made.",
            )
        ]
    shown = max(relevant(view.plan.supply, order), relevant(view.base.supply, order))
    texts, bands = _cells(view, order[:shown])
    names = view.plan.grain.resources
    report = view.plan.solver
    flag = partial([fallback_words(report.reason)]) if report.fallback else None
    parts: list[Component] = [
        *([flag] if flag is not None else []),
        heat_map(
            LOAD_MAP,
            rows=[names[r] for r in order[:shown]],
            columns=view.months,
            texts=texts,
            bands=bands,
            corner="Resource",
            locked=view.prepared.locked_months,
            note=restricted_words(view),
        ),
    ]
    if shown < order.size:
        folded = listed([names[r] for r in order[shown:]], most=6)
        parts.append(html.P(f"Under 50 % in every month: {folded}.", className="sop-note"))
    return parts


def live_load(view: PlanView) -> LiveAnswer:
    """The values of the heat map while a slider is dragged; rows stand in the order of the plan without levers."""
    order = _order(view)
    return live_heat(LOAD_MAP, *_cells(view, order)) if order.size else LiveAnswer()


def _order(view: PlanView) -> np.ndarray:
    used = view.prepared.problem.resource_hours_per_unit[:, view.families] > 0.0
    return fullest_first(view.base.supply, np.asarray(used.any(axis=1)))


def _cells(view: PlanView, order: np.ndarray) -> tuple[list[list[str]], list[list[str]]]:
    return load_cells(load(view.plan.supply)[order, : len(view.months)])


def key_figures(view: PlanView) -> tuple[Kpi, ...]:
    """The figures of the plan that stand beside the answers."""
    return tuple(view.plan.kpi(name) for name in KEY_FIGURES)


def figures(view: PlanView) -> Component:
    """Service, shortage, bottleneck and overtime in short."""
    return figure_list(key_figures(view), view.prepared.inputs.company.currency, plan=view.base.kpis)
