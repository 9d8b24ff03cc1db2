"""Scenarios as pieces of the page: the comparison table and the list of all; pure."""

from collections.abc import Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from sop_dash.components.lever_board import open_levers_button
from sop_dash.components.lever_positions import in_words
from sop_dash.components.live_answer import LiveAnswer
from sop_dash.components.states import empty
from sop_dash.components.why_panel import kpi_account, why_button
from sop_dash.core.model.levers import to_plain
from sop_dash.core.model.records import Scenario
from sop_dash.core.performance.effects import effects
from sop_dash.figures.formats import date_in_words, plural, written
from sop_dash.figures.scenario_charts import MOST_COMPARED
from sop_dash.figures.scenario_tables import EffectText, effect_text
from sop_dash.pages.scenarios.layout import COMPARE, PAGE_ID, REMOVE
from sop_dash.services.plans import PlanView
from sop_dash.services.scenarios import ScenarioView

_NOTHING_MOVED = "nothing moved"


def chosen_of(kept: Sequence[ScenarioView], ids: Any) -> tuple[ScenarioView, ...]:
    """The scenarios compared: those chosen, the newest ones before anything was chosen."""
    wanted = set(ids) if isinstance(ids, list) else {one.scenario.id for one in kept[:MOST_COMPARED]}
    return tuple(one for one in kept if one.scenario.id in wanted)[:MOST_COMPARED]


def comparison(view: PlanView, chosen: Sequence[ScenarioView]) -> Component:
    """The plan, what the levers do now, and the scenarios chosen: changes first, then the eight outcomes."""
    columns = [_written(view), *(_written(one.view) if one.view else None for one in chosen)]
    heads = ["As the levers stand", *(one.scenario.name for one in chosen)]
    changes = [_phrases(view.levers), *(_phrases(one.scenario.levers) for one in chosen)]
    head = html.Thead(
        html.Tr([html.Th("", scope="col"), html.Th("Plan", scope="col"), *(html.Th(n, scope="col") for n in heads)])
    )
    first = html.Tr(
        [html.Th("Changes", scope="row"), html.Td(_decided(view)), *(html.Td(said) for said in changes)],
        className="sop-compare-changes",
    )
    body = [first, *_outcome_rows(view, columns, [one.refused for one in chosen])]
    table = html.Table([head, html.Tbody(body)], className="sop-compare")
    return html.Div(table, className="sop-compare-frame", tabIndex=0, role="region", **{"aria-label": "Comparison"})


def _outcome_rows(
    view: PlanView, columns: Sequence[tuple[EffectText, ...] | None], refused: Sequence[str]
) -> list[Component]:
    currency = view.prepared.inputs.company.currency
    plan = effects(view.base, view.base)
    rows = []
    for place, outcome in enumerate(plan):
        kpi = outcome.kpi
        name = [kpi.definition.name, why_button(f"compare-{kpi.definition.id}", kpi_account(kpi, currency))]
        cells: list[Component] = [
            html.Td(_plan_figure(outcome.kpi.reason, written(kpi.value, kpi.definition.unit, currency)))
        ]
        for number, column in enumerate(columns):
            prefix = live_id(kpi.definition.id) if number == 0 else ""
            cells.append(_effect_cell(column[place], prefix) if column else _refused_cell(refused[number - 1], place))
        rows.append(html.Tr([html.Th(name, scope="row", title=kpi.period), *cells]))
    return rows


def _plan_figure(reason: str, value: str) -> Component:
    return html.Span(value, className="sop-compare-plan", title=reason or None)


def live_id(outcome: str) -> str:
    """Prefix of the ids in the column of the levers, which follows the hand."""
    return f"{PAGE_ID}-now-{outcome}"


def live_column(view: PlanView) -> LiveAnswer:
    """The column of the levers while a slider is dragged."""
    text: dict[str, str] = {}
    state: dict[str, str] = {}
    for effect, said in zip(effects(view.plan, view.base), _written(view), strict=True):
        prefix = live_id(effect.kpi.definition.id)
        text |= {f"{prefix}-change": said.change, f"{prefix}-mark": said.direction, f"{prefix}-value": said.value}
        state[prefix] = said.slug
    return LiveAnswer(text=text, state=state)


def _written(view: PlanView) -> tuple[EffectText, ...]:
    currency = view.prepared.inputs.company.currency
    return tuple(effect_text(effect, currency) for effect in effects(view.plan, view.base))


def _effect_cell(said: EffectText, prefix: str) -> Component:
    def named(part: str) -> dict[str, str]:
        return {"id": f"{prefix}-{part}"} if prefix else {}

    whole = {"id": prefix} if prefix else {}
    return html.Td(
        [
            html.Span(said.change, className="sop-compare-change", **named("change")),
            html.Span(said.direction, className="sop-status", **named("mark")),
            html.Small(said.value, **named("value")),
        ],
        title=said.reason or None,
        **whole,
        **{"data-status": said.slug},
    )


def _refused_cell(refused: str, place: int) -> Component:
    return html.Td(refused if place == 0 else "–", className="sop-compare-refused")


def _phrases(levers: Any) -> Component | str:
    phrases = in_words(levers)
    return html.Ul([html.Li(phrase) for phrase in phrases]) if phrases else _NOTHING_MOVED


def _decided(view: PlanView) -> str:
    count = len(view.prepared.decisions)
    return f"{plural(count, 'decision')} in it" if count else "no decision in it yet"


def scenario_list(scenarios: Sequence[Scenario], kept: Sequence[ScenarioView], ids: Any) -> Component:
    """All scenarios, newest first: compare, open, remove.

    Args:
        scenarios: All that are kept.
        kept: Those that can be compared.
        ids: Those chosen, as the browser keeps them.
    """
    if not scenarios:
        return empty("No scenario is kept yet", "Move a lever and press “Keep as scenario”.")
    shown = {one.scenario.id for one in chosen_of(kept, ids)}
    able = {one.scenario.id for one in kept} if len(shown) < MOST_COMPARED else shown
    head = html.Tr([html.Th(name, scope="col") for name in ("Compare", "Scenario", "")])
    rows = [_list_row(one, one.id in shown, one.id not in able | shown) for one in reversed(scenarios)]
    return html.Table([html.Thead(head), html.Tbody(rows)], className="sop-list")


def _list_row(scenario: Scenario, shown: bool, full: bool) -> Component:
    return html.Tr(
        [
            html.Td(
                dbc.Checkbox(
                    id={"type": COMPARE, "index": scenario.id},
                    value=shown,
                    disabled=full,
                    label=html.Span(f"Compare {scenario.name}", className="visually-hidden"),
                ),
                title=f"At most {MOST_COMPARED} of the newest scenarios are compared" if full else None,
            ),
            html.Td(
                [
                    html.Strong(scenario.name),
                    html.Small(scenario.question) if scenario.question else None,
                    html.Small("; ".join(in_words(scenario.levers))),
                    html.Small(f"{scenario.owner}, {date_in_words(scenario.created_at)}"),
                ]
            ),
            html.Td(_tools(scenario), className="sop-list-tools"),
        ]
    )


def _tools(scenario: Scenario) -> list[Component]:
    return [
        open_levers_button(scenario.id, "Open", to_plain(scenario.levers)),
        html.Button(
            html.I(className="bi bi-trash", **{"aria-hidden": "true"}),
            id={"type": REMOVE, "index": scenario.id, "version": scenario.version},
            className="sop-icon-button",
            title=f"Remove {scenario.name}",
            **{"aria-label": f"Remove {scenario.name}"},
        ),
    ]
