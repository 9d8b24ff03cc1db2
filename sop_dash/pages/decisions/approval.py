"""The card “Plan”: how far it is, its checklist, and the dialog that approves it with a name for every open check."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import dash_bootstrap_components as dbc
from dash import ALL, Dash, Input, Output, State, ctx, dcc, html, no_update
from dash.development.base_component import Component

from sop_dash.components.notices import saved, saved_slot, saved_slot_id
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE
from sop_dash.components.section_card import card
from sop_dash.components.why_panel import Account
from sop_dash.core.meeting.checklist import Check
from sop_dash.core.meeting.stages import STAGES
from sop_dash.core.model.errors import SopError
from sop_dash.core.model.levers import from_plain
from sop_dash.core.model.periods import short_name
from sop_dash.figures.version_tables import approve_words, changes_sentence, state_sentence
from sop_dash.pages.decisions.forms import dialog, form_id
from sop_dash.services.bundle import Services
from sop_dash.services.plan_versions import PlanState, Seen

PLAN, APPROVAL = "decisions-plan", "approval"
BUTTON = "decisions-plan-button"
ANSWER = "decisions-exception"
APPROVE, PROPOSE, REOPEN = "approve", "propose", "reopen"
_SAVED = "decisions-approval"
_PAGES = {stage.id: stage.page for stage in STAGES}
_ACCOUNT = Account(
    title="Plan",
    formula="Approving freezes data, adjustments, decisions, planning settings and every figure of the plan under one "
    "content hash. Arithmetic that does not tie blocks it; any other open check needs somebody who answers for it and "
    "a reason. Levers that you have moved yourself are not part of it. Whatever is changed later shows as changed "
    "since approval, on every page.",
    reference="S-237, S-247",
)


def plan_card() -> Component:
    """The card, filled by the callbacks, and its dialog."""
    body = html.Div(id=PLAN, className="sop-plan-body sop-scroll")
    return card("Plan", [body, saved_slot(_SAVED)], why=_ACCOUNT, class_name="sop-plan-card")


def approval_dialog() -> Component:
    """The dialog, closed."""
    return dialog(APPROVAL, [html.Div(id=form_id(APPROVAL, "body"))], "Approve plan", size="lg")


def plan_body(state: PlanState, checks: Sequence[Check]) -> list[Component]:
    """Where the plan stands, its checklist, and what can be done."""
    changed = changes_sentence(state)
    parts: list[Component] = [html.P(state_sentence(state), className="sop-plan-said")]
    if changed:
        parts.append(html.P(changed, className="sop-plan-changed"))
    if state.approved and not changed:
        return [*parts, html.Div(_button("Open again", REOPEN, state), className="sop-plan-buttons")]
    blocked = any(check.blocks and not check.holds for check in checks)
    left = sum(not check.holds for check in checks)
    buttons = [_button(approve_words(0 if blocked else left), APPROVE, state, main=True, disabled=blocked)]
    if state.approved:
        buttons.append(_button("Open again", REOPEN, state))
    elif not state.proposed:
        buttons.append(_button("Propose", PROPOSE, state))
    lines = html.Ul([_line(check) for check in checks], className="sop-checklist")
    return [*parts, lines, html.Div(buttons, className="sop-plan-buttons")]


def _button(words: str, do: str, state: PlanState, *, main: bool = False, disabled: bool = False) -> Component:
    return html.Button(
        words,
        id={"type": BUTTON, "do": do, "seen": state.version or 0},
        className=f"btn btn-sm btn-{'primary' if main else 'outline-primary'}",
        disabled=disabled,
    )


def _line(check: Check) -> Component:
    kind = "holds" if check.holds else "blocks" if check.blocks else "open"
    icon = {"holds": "check2-circle", "blocks": "x-octagon", "open": "exclamation-circle"}[kind]
    word = {"holds": "done", "blocks": "blocks the approval", "open": "open"}[kind]
    text: list[Component | str] = [dcc.Link(check.text, href=_PAGES[check.stage])]
    if not check.holds:
        text.append(html.Small(f"{word}: {check.detail}" if check.detail else word, title=check.detail))
    mark = html.I(className=f"bi bi-{icon}", **{"aria-hidden": "true"})
    return html.Li([mark, html.Div(text)], className=f"sop-check sop-check-{kind}")


def dialog_body(state: PlanState, checks: Sequence[Check], owner: str, moved: int) -> list[Component]:
    """What is approved, and a name and a reason to fill in for every open check."""
    left = [check for check in checks if not check.holds]
    parts: list[Component] = [
        html.P(f"The plan of {short_name(state.cycle)} is frozen as it stands now, for everybody to read."),
    ]
    if moved:
        parts.append(html.P("The levers you have moved are not part of it.", className="sop-note"))
    if left:
        parts.append(html.P("These checks are open. Say who answers for each, and why the plan goes ahead:"))
    return parts + [_exception(check, owner) for check in left]


def _exception(check: Check, owner: str) -> Component:
    def field(part: str, label: str, value: str, longest: int) -> Component:
        told = [label, html.Span(f": {check.text}", className="visually-hidden")]
        control = dbc.Input(id={"type": ANSWER, "check": check.id, "part": part}, value=value, maxLength=longest)
        return html.Label([html.Span(told, className="form-label"), control], className="sop-field")

    detail = [html.Small(check.detail, className="sop-note")] if check.detail else []
    fields = [field("owner", "Who answers for it", owner, 80), field("reason", "Reason", "", 400)]
    return html.Div(
        [html.P([html.B(check.text), *detail]), html.Div(fields, className="sop-exception-fields")],
        className="sop-exception",
    )


def register(app: Dash, services: Services) -> None:
    """Attach the callbacks of the card to `app`."""

    @app.callback(Output(PLAN, "children"), Input(SELECTION_STORE, "data"), Input(REVISION_STORE, "data"))
    def show_plan(_stored: Any, _revision: Any) -> list[Component]:
        return plan_body(services.plan_versions.state(), services.plan_versions.checklist())

    _opening(app, services)
    _approving(app, services)

    @app.callback(
        Output(saved_slot_id(_SAVED), "data", allow_duplicate=True),
        Input({"type": BUTTON, "do": PROPOSE, "seen": ALL}, "n_clicks"),
        Input({"type": BUTTON, "do": REOPEN, "seen": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    def press(*clicks: Sequence[int | None]) -> Any:
        if not any(one for group in clicks for one in group):
            return no_update
        versions, which, user = services.plan_versions, ctx.triggered_id, services.user()
        if which["do"] == PROPOSE:
            versions.propose(replace(versions.seen(), version=which["seen"] or None), user)
            return saved("The plan is proposed: it waits for approval.")
        versions.reopen(which["seen"], user)
        return saved("The plan is open again; what was approved stays under Versions.")


def _opening(app: Dash, services: Services) -> None:
    @app.callback(
        Output(form_id(APPROVAL), "is_open"),
        Output(form_id(APPROVAL, "title"), "children"),
        Output(form_id(APPROVAL, "refused"), "children"),
        Output(form_id(APPROVAL, "draft"), "data"),
        Output(form_id(APPROVAL, "body"), "children"),
        Input({"type": BUTTON, "do": APPROVE, "seen": ALL}, "n_clicks"),
        Input(form_id(APPROVAL, "cancel"), "n_clicks"),
        State(LEVERS_STORE, "data"),
        prevent_initial_call=True,
    )
    def open_dialog(clicks: Sequence[int | None], _cancel: Any, moved: Any) -> tuple[Any, ...]:
        if ctx.triggered_id == form_id(APPROVAL, "cancel"):
            return False, no_update, no_update, no_update, no_update
        if not any(clicks):
            return (no_update,) * 5
        versions = services.plan_versions
        seen, state = versions.seen(), versions.state()
        body = dialog_body(state, versions.checklist(), services.user().name, from_plain(moved).count)
        return True, f"Approve the plan of {short_name(state.cycle)}", "", vars(seen), body


def _approving(app: Dash, services: Services) -> None:
    @app.callback(
        Output(form_id(APPROVAL), "is_open", allow_duplicate=True),
        Output(form_id(APPROVAL, "refused"), "children", allow_duplicate=True),
        Output(saved_slot_id(_SAVED), "data"),
        Input(form_id(APPROVAL, "save"), "n_clicks"),
        State(form_id(APPROVAL, "draft"), "data"),
        State({"type": ANSWER, "check": ALL, "part": ALL}, "id"),
        State({"type": ANSWER, "check": ALL, "part": ALL}, "value"),
        prevent_initial_call=True,
    )
    def approve(_save: Any, draft: Any, fields: Sequence[Mapping[str, str]], values: Sequence[Any]) -> tuple[Any, ...]:
        answers: dict[str, dict[str, Any]] = {}
        for field, value in zip(fields, values, strict=True):
            answers.setdefault(field["check"], {})[field["part"]] = value
        given = draft if isinstance(draft, Mapping) else {}
        seen = Seen(version=given.get("version"), basis=str(given.get("basis")))
        try:
            plan = services.plan_versions.approve(answers, seen, services.user())
        except SopError as error:
            return no_update, error.sentence, no_update
        return False, "", saved(f"The plan of {plan.name} is approved and frozen.")
