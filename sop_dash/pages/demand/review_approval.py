"""How far the demand review is, with its buttons; and the question "season or launch?" where a level breaks."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from dash import ALL, Dash, Input, Output, ctx, html, no_update
from dash.development.base_component import Component

from sop_dash.components.notices import saved, saved_slot_id
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE
from sop_dash.core.demand.cleansing import LevelBreak
from sop_dash.core.model.levers import from_plain
from sop_dash.core.model.outlook import LevelCause
from sop_dash.core.model.periods import short_name
from sop_dash.core.plan.demand_approval import FamilyReview, ReviewState
from sop_dash.figures.demand_approval_words import (
    answer_words,
    change_words,
    due_words,
    family_words,
    progress_words,
    review_words,
)
from sop_dash.figures.formats import listed, number, plural
from sop_dash.pages.demand.review_slots import APPROVAL, APPROVAL_SAVED, QUESTION, QUESTION_SAVED
from sop_dash.services.bundle import Services
from sop_dash.services.demand_approval import DemandState
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Selection

_CHANGED = (Input(SELECTION_STORE, "data"), Input(LEVERS_STORE, "data"), Input(REVISION_STORE, "data"))
_BUTTON, _ANSWER = "demand-approve", "demand-answer"
_APPROVE, _AUTO, _REOPEN, _IN_LINE, _WHOLE, _OPEN = "approve", "auto", "reopen", "in-line", "whole", "open"
_NOBODY = 0
"""Version in a button's id where nothing was said yet."""


def register_approval(app: Dash, services: Services) -> None:
    """Attach the callbacks of the approval and of the question."""

    def view_of(stored: Any, moved: Any) -> PlanView:
        return services.plans.view(Selection.from_store(stored), from_plain(moved))

    @app.callback(Output(APPROVAL, "children"), *_CHANGED)
    def show_approval(stored: Any, moved: Any, _revision: Any) -> list[Component]:
        view = view_of(stored, moved)
        due = due_words(services.demand_review.assumptions(view), date.fromisoformat(services.today()))
        return approval_body(services.demand_approval.state(), view, due)

    @app.callback(Output(QUESTION, "children"), *_CHANGED)
    def show_question(stored: Any, moved: Any, _revision: Any) -> list[Component]:
        view = view_of(stored, moved)
        versions = {(a.family, a.month): a.version for a in view.prepared.inputs.level_answers}
        return [_question(step, versions.get((step.family, step.month))) for step in _asked(view)]

    @app.callback(
        Output(saved_slot_id(APPROVAL_SAVED), "data"),
        Input({"type": _BUTTON, "do": ALL, "family": ALL, "seen": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    def press(clicks: Sequence[int | None]) -> Any:
        if not any(clicks) or ctx.triggered_id is None:
            return no_update
        return saved(_done(services, ctx.triggered_id))

    @app.callback(
        Output(saved_slot_id(QUESTION_SAVED), "data"),
        Input({"type": _ANSWER, "family": ALL, "month": ALL, "cause": ALL, "seen": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    def answer(clicks: Sequence[int | None]) -> Any:
        if not any(clicks) or ctx.triggered_id is None:
            return no_update
        which = ctx.triggered_id
        given = {name: which[name] for name in ("family", "month", "cause")}
        services.outlook.answer_level(given, which["seen"] or None, services.user())
        return saved(answer_words(which["family"], which["month"], LevelCause(which["cause"])))


def _done(services: Services, which: dict[str, Any]) -> str:
    """Do what a button says; the sentence that tells it."""
    approval, user, family, seen = services.demand_approval, services.user(), which["family"], which["seen"] or None
    if which["do"] in (_APPROVE, _AUTO):
        approval.approve([family], user, seen=[seen], auto=which["do"] == _AUTO)
        return f"{family}: {'the forecast is kept as it is' if which['do'] == _AUTO else 'approved'}."
    if which["do"] == _IN_LINE:
        state = approval.state()
        versions = {row.family: row.version for row in state.families}
        approval.approve(state.in_line, user, seen=[versions[name] for name in state.in_line])
        return f"{plural(len(state.in_line), 'family', 'families')} in line approved."
    if which["do"] == _REOPEN:
        approval.reopen_family(family, seen or 0, user)
        return f"{family}: open again."
    if which["do"] == _WHOLE:
        approval.approve_review(seen, user)
        return "The demand review is approved and its forecasts are frozen."
    approval.open_review(seen or 0, user)
    return "The demand review is open again."


def approval_body(state: DemandState, view: PlanView, due: Sequence[str]) -> list[Component]:
    """Progress, the family selected, what can be approved, what changed and what is due."""
    currency = view.prepared.inputs.company.currency
    parts: list[Component] = [_progress(state)]
    if view.families.sum() == 1 and not state.approved:
        parts.append(_one_family(state.families[int(view.families.argmax())], currency))
    parts.append(html.Div(_whole_buttons(state), className="sop-approval-buttons"))
    if review_words(state):
        parts.append(html.P(review_words(state), className="sop-approval-said"))
    if state.changed:
        told = listed([change_words(row, currency) for row in state.changed])
        parts.append(html.P(f"Changed since approval: {told}", className="sop-approval-changed"))
    parts += [html.P(sentence, className="sop-approval-due") for sentence in due]
    return parts


def _progress(state: DemandState) -> Component:
    share = state.through / len(state.families) if state.families else 0.0
    return html.Div(
        [
            html.Strong(progress_words(state)),
            html.Div(html.Div(style={"width": f"{100.0 * share:.0f}%"}), className="sop-approval-bar"),
        ],
        className="sop-approval-progress",
    )


def _one_family(row: FamilyReview, currency: str) -> Component:
    buttons = [_button("Approve", _APPROVE, row.family, row.version, main=True)]
    if row.state is ReviewState.OPEN:
        buttons.append(_button("Keep forecast", _AUTO, row.family, row.version))
    if row.through:
        buttons = [_button("Open again", _REOPEN, row.family, row.version)]
    return html.Div(
        [html.Div([html.Strong(row.family), html.Small(family_words(row, currency))]), html.Div(buttons)],
        className="sop-approval-family",
    )


def _whole_buttons(state: DemandState) -> list[Component]:
    if state.approved:
        return [_button("Open review again", _OPEN, "", state.version)]
    buttons = []
    if state.in_line:
        named = f"Approve {plural(len(state.in_line), 'family', 'families')} in line"
        buttons.append(_button(named, _IN_LINE, "", None))
    if state.through == len(state.families):
        buttons.append(_button("Approve demand review", _WHOLE, "", state.version, main=True))
    return buttons


def _button(label: str, do: str, family: str, seen: int | None, *, main: bool = False) -> Component:
    return html.Button(
        label,
        id={"type": _BUTTON, "do": do, "family": family, "seen": seen or _NOBODY},
        className=f"btn btn-sm {'btn-primary' if main else 'btn-outline-secondary'}",
    )


def _asked(view: PlanView) -> list[LevelBreak]:
    """The steps of the families selected; answered ones only of the one family selected."""
    names = view.plan.grain.families
    chosen = {name for name, inside in zip(names, view.families, strict=True) if inside}
    found = [step for step in view.prepared.history.level_breaks if step.family in chosen]
    return [step for step in found if step.cause is None or len(chosen) == 1]


def _question(step: LevelBreak, seen: int | None) -> Component:
    asked = f"{step.family}: sales are {number(step.times, 1)} times last year since {short_name(step.month)}"
    told = f"{asked}; {step.changed}." if step.cause is None else f"{asked}: {step.answered_by} said {step.cause}."
    choices = [
        ("Season: it passes", LevelCause.SEASON),
        ("Launch: it stays", LevelCause.LAUNCH),
    ]
    buttons = [
        html.Button(
            label,
            id={
                "type": _ANSWER,
                "family": step.family,
                "month": step.month,
                "cause": cause.value,
                "seen": seen or _NOBODY,
            },
            className="btn btn-sm btn-outline-secondary",
        )
        for label, cause in choices
        if cause is not step.cause
    ]
    head = "Season or launch?" if step.cause is None else "Answered"
    return html.Div(
        [html.Span([html.Strong(head), f" {told}"]), html.Div(buttons)], className="sop-question", role="note"
    )
