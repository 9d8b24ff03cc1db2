"""How the Decisions page records: a form opened empty or filled in, kept by the use case, left open when refused."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from dash import ALL, Dash, Input, Output, State, ctx, no_update

from sop_dash.components.lever_positions import in_words
from sop_dash.components.notices import saved, saved_slot_id
from sop_dash.components.page import LEVERS_STORE, URL
from sop_dash.core.model.errors import SopError
from sop_dash.core.model.levers import Levers, from_plain, to_plain
from sop_dash.core.model.periods import last_day
from sop_dash.core.model.records import Action, ActionStatus, Decision, DecisionCategory, Execution, Outcome, Priority
from sop_dash.figures.decision_cards import decision_words, reason_words
from sop_dash.figures.decision_tables import money_to_type
from sop_dash.pages.decisions.forms import (
    ACTION,
    ACTION_FIELDS,
    BOARD_LEVERS,
    DECISION,
    DECISION_FIELDS,
    DRAFT_LEVERS,
    IN_PLAN,
    MONEY_FIELDS,
    NO_DECISION,
    NO_LEVER,
    NOT_IN_PLAN,
    SCENARIO_LEVERS,
    field_id,
    form_id,
    select_options,
)
from sop_dash.pages.decisions.layout import (
    ACTIONS,
    CHANGE_ACTION,
    CHOOSE,
    EDIT,
    EDIT_ACTION,
    FOLLOW_UP,
    NEW_ACTION,
    NEW_DECISION,
    PAGE_ID,
    SWITCH,
)
from sop_dash.services.bundle import Services
from sop_dash.services.case_decisions import decision_of_option
from sop_dash.services.decisions import plain_decision
from sop_dash.services.studies import CaseName

MEASURED = "measured"
"""Key of a draft whose money was measured on plans and is not typed."""
_R = TypeVar("_R", Decision, Action)
_MARGIN_AGAINST_PLAN = "the plan without it: margin of the next twelve months"


def register(app: Dash, services: Services) -> None:
    """Attach the writing callbacks of this page to `app`."""
    _decision_form(app, services)
    _keep_decision(app, services)
    _action_form(app, services)
    _keep_action(app, services)


def _clicked() -> bool:
    """True for a real click; lists that are drawn again report buttons that nobody pressed."""
    return bool(ctx.triggered and ctx.triggered[0]["value"])


def _decision_form(app: Dash, services: Services) -> None:
    @app.callback(
        Output(form_id(DECISION), "is_open"),
        Output(form_id(DECISION, "title"), "children"),
        Output(form_id(DECISION, "refused"), "children"),
        Output(form_id(DECISION, "draft"), "data"),
        Output(field_id(DECISION, "levers"), "options"),
        *(Output(field_id(DECISION, name), "readonly") for name in MONEY_FIELDS),
        *(Output(field_id(DECISION, name), "value") for name in DECISION_FIELDS),
        Input(NEW_DECISION, "n_clicks"),
        Input(form_id(DECISION, "cancel"), "n_clicks"),
        Input({"type": EDIT, "index": ALL, "place": ALL}, "n_clicks"),
        Input({"type": CHOOSE, "index": ALL}, "n_clicks"),
        State(LEVERS_STORE, "data"),
        State(URL, "hash"),
        prevent_initial_call=True,
    )
    def open_decision(_new: Any, _cancel: Any, _edit: Any, _choose: Any, moved: Any, fragment: Any) -> tuple[Any, ...]:
        untouched = (no_update,) * (4 + len(MONEY_FIELDS) + len(DECISION_FIELDS))
        if not _clicked():
            return no_update, *untouched
        which = ctx.triggered_id
        if which == form_id(DECISION, "cancel"):
            return False, *untouched
        title, draft, values = _opened(services, which, moved, CaseName.from_fragment(fragment))
        levers = from_plain(draft["levers"])
        options = _lever_options(services, levers, from_plain(moved))
        values["levers"] = DRAFT_LEVERS if levers.moved else NO_LEVER
        fixed = [MEASURED in draft] * len(MONEY_FIELDS)
        return True, title, "", draft, options, *fixed, *(values.get(name) for name in DECISION_FIELDS)


def _opened(
    services: Services, which: Any, moved: Any, named: CaseName | None
) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """Title, draft and field values of the form: a decision of the log, an option of a case, or a fresh start."""
    if isinstance(which, Mapping) and which["type"] == EDIT:
        decision = _one(services.decisions.decisions(), which["index"])
        draft = {"seen": [decision.id, decision.version], "levers": to_plain(decision.levers), "cycle": decision.cycle}
        return f"Decision {decision.id}", draft, _values_of(plain_decision(decision))
    if isinstance(which, Mapping) and which["type"] == CHOOSE:
        return _chosen(services, which["index"], moved, named)
    fresh = {
        "category": DecisionCategory.SUPPLY.value,
        "outcome": Outcome.PENDING.value,
        "execution": Execution.NOT_STARTED.value,
        "in_plan": NOT_IN_PLAN,
        "owner": services.user().name,
    }
    return "New decision", {"seen": None, "levers": {}}, fresh


def _one(records: Sequence[_R], wanted: str) -> _R:
    """The record with this id. Raises `SopError` when the company in use has none."""
    for record in records:
        if record.id == wanted:
            return record
    raise SopError(f"{wanted} is not kept here any more.", remedy="Open the page again.")


def _values_of(plain: Mapping[str, Any]) -> dict[str, Any]:
    values = {name: plain.get(name) for name in DECISION_FIELDS}
    money = {name: money_to_type(plain.get(name)) for name in MONEY_FIELDS}
    return {**values, **money, "in_plan": IN_PLAN if plain.get("in_plan") else NOT_IN_PLAN}


def _chosen(
    services: Services, index: str, moved: Any, named: CaseName | None
) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """The form for an option of a case: its money and levers come from the plans behind it."""
    case_place, option_place = (int(part) for part in index.split(":"))
    found = services.studies.cases(from_plain(moved), named)
    if case_place >= len(found) or option_place >= len(found[case_place].options):
        raise SopError("This gap is no longer in the plan.", remedy="Look at the cases again, then choose.")
    case = found[case_place]
    option = case.options[option_place]
    due = max(last_day(option.last_month).isoformat(), services.today()) if option.last_month else ""
    given = {
        "text": decision_words(case, option),
        "category": DecisionCategory.SUPPLY.value,
        "owner": services.user().name,
        "due_date": due,
        "outcome": Outcome.APPROVED.value,
        "execution": Execution.NOT_STARTED.value,
        "from_month": case.months[0],
        "rationale": reason_words(case, option, services.plans.prepared().inputs.company.currency),
    }
    body = decision_of_option(option, given, today=services.today())
    draft = {"seen": None, "levers": body["levers"], MEASURED: body["one_off_value"]}
    return "Record the option chosen", draft, _values_of(body)


def _lever_options(services: Services, draft: Levers, board: Levers) -> list[dict[str, str]]:
    options = [("no lever", NO_LEVER)]
    if draft.moved:
        options.append((f"as recorded: {'; '.join(in_words(draft))}", DRAFT_LEVERS))
    if board.moved:
        options.append((f"the levers as they stand: {'; '.join(in_words(board))}", BOARD_LEVERS))
    options += [(f"scenario “{s.name}”", f"{SCENARIO_LEVERS}{s.id}") for s in services.scenarios.all()]
    return select_options(options)


def _keep_decision(app: Dash, services: Services) -> None:
    @app.callback(
        Output(form_id(DECISION), "is_open", allow_duplicate=True),
        Output(form_id(DECISION, "refused"), "children", allow_duplicate=True),
        Output(saved_slot_id(PAGE_ID), "data"),
        Input(form_id(DECISION, "save"), "n_clicks"),
        State(form_id(DECISION, "draft"), "data"),
        State(LEVERS_STORE, "data"),
        *(State(field_id(DECISION, name), "value") for name in DECISION_FIELDS),
        prevent_initial_call=True,
    )
    def keep_decision(_save: Any, draft: Any, moved: Any, *values: Any) -> tuple[Any, ...]:
        entered = dict(zip(DECISION_FIELDS, values, strict=True))
        try:
            given = _given(services, entered, draft or {}, moved)
            kept = services.decisions.record(given, services.user(), seen=_seen(draft))
        except SopError as error:
            return no_update, error.sentence, no_update
        where = " and is part of the plan" if kept.in_plan else ""
        return False, "", saved(f"Decision {kept.id} kept{where}.")

    @app.callback(
        Output(saved_slot_id(PAGE_ID), "data", allow_duplicate=True),
        Input({"type": SWITCH, "index": ALL, "version": ALL, "into": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    def switch(_clicks: Any) -> Any:
        if not _clicked():
            return no_update
        which = ctx.triggered_id
        kept = services.decisions.switch(which["index"], which["version"], bool(which["into"]), services.user())
        return saved(f"Decision {kept.id} {'is part of the plan' if kept.in_plan else 'is out of the plan'}.")


def _seen(draft: Any) -> tuple[str, int] | None:
    seen = draft.get("seen") if isinstance(draft, Mapping) else None
    return (str(seen[0]), int(seen[1])) if seen else None


def _given(services: Services, entered: Mapping[str, Any], draft: Mapping[str, Any], moved: Any) -> dict[str, Any]:
    """What was entered as the use case takes it; money of levers that nobody typed is measured on the plan."""
    levers = _levers_of(services, str(entered["levers"]), draft, moved)
    given = {
        **entered,
        "levers": to_plain(levers),
        "in_plan": entered["in_plan"] == IN_PLAN,
        "cycle": draft.get("cycle", ""),
    }
    if entered["outcome"] == Outcome.APPROVED and not entered["decided_on"]:
        given["decided_on"] = services.today()
    if MEASURED in draft and levers == from_plain(draft.get("levers")):
        return {**given, "one_off_value": draft[MEASURED]}
    untold = MEASURED in draft or all(entered[name] is None for name in MONEY_FIELDS)
    if levers.moved and untold and _seen(draft) is None:
        margin = services.studies.margin_of(levers)
        return {**given, "one_off_value": margin, "measured_against": _MARGIN_AGAINST_PLAN}
    return given


def _levers_of(services: Services, choice: str, draft: Mapping[str, Any], moved: Any) -> Levers:
    if choice == DRAFT_LEVERS:
        return from_plain(draft.get("levers"))
    if choice == BOARD_LEVERS:
        return from_plain(moved)
    if choice.startswith(SCENARIO_LEVERS):
        return services.scenarios.get(choice.removeprefix(SCENARIO_LEVERS)).levers
    return Levers()


def _action_form(app: Dash, services: Services) -> None:
    @app.callback(
        Output(form_id(ACTION), "is_open"),
        Output(form_id(ACTION, "title"), "children"),
        Output(form_id(ACTION, "refused"), "children"),
        Output(form_id(ACTION, "draft"), "data"),
        Output(field_id(ACTION, "decision_id"), "options"),
        *(Output(field_id(ACTION, name), "value") for name in ACTION_FIELDS),
        Input(NEW_ACTION, "n_clicks"),
        Input(form_id(ACTION, "cancel"), "n_clicks"),
        Input(EDIT_ACTION, "n_clicks", allow_optional=True),  # it stands in a tab that may not have been opened
        Input({"type": CHANGE_ACTION, "index": ALL}, "n_clicks"),
        Input({"type": FOLLOW_UP, "index": ALL}, "n_clicks"),
        State(ACTIONS, "selectedRows", allow_optional=True),
        prevent_initial_call=True,
    )
    def open_action(_new: Any, _cancel: Any, _edit: Any, _change: Any, _follow: Any, rows: Any) -> tuple[Any, ...]:
        untouched = (no_update,) * (4 + len(ACTION_FIELDS))
        which = ctx.triggered_id
        if not _clicked() or (which == EDIT_ACTION and not rows):
            return no_update, *untouched
        if which == form_id(ACTION, "cancel"):
            return False, *untouched
        title, draft, values = _action_opened(services, which, rows)
        options = [("no decision", NO_DECISION)]
        options += [(f"{d.id} {d.text}", d.id) for d in reversed(services.decisions.decisions())]
        return True, title, "", draft, select_options(options), *(values[name] for name in ACTION_FIELDS)


def _action_opened(services: Services, which: Any, rows: Any) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """Title, draft and field values of the form: an action that is kept, or a fresh start, after a decision or not."""
    follows = which["index"] if isinstance(which, Mapping) and which["type"] == FOLLOW_UP else NO_DECISION
    if which == EDIT_ACTION or (isinstance(which, Mapping) and which["type"] == CHANGE_ACTION):
        wanted = rows[0]["id"] if which == EDIT_ACTION else which["index"]
        action = _one(services.decisions.actions(), wanted)
        values = {name: getattr(action, name) for name in ACTION_FIELDS}
        draft = {"seen": [action.id, action.version], "cycle": action.cycle}
        return f"Action {action.id}", draft, {**values, "decision_id": action.decision_id or NO_DECISION}
    fresh = {
        "text": "",
        "owner": "",
        "due_date": "",
        "status": ActionStatus.OPEN.value,
        "priority": Priority.MEDIUM.value,
        "decision_id": follows,
    }
    return "New action", {"seen": None}, fresh


def _keep_action(app: Dash, services: Services) -> None:
    @app.callback(
        Output(form_id(ACTION), "is_open", allow_duplicate=True),
        Output(form_id(ACTION, "refused"), "children", allow_duplicate=True),
        Output(saved_slot_id(PAGE_ID), "data", allow_duplicate=True),
        Input(form_id(ACTION, "save"), "n_clicks"),
        State(form_id(ACTION, "draft"), "data"),
        *(State(field_id(ACTION, name), "value") for name in ACTION_FIELDS),
        prevent_initial_call=True,
    )
    def keep_action(_save: Any, draft: Any, *values: Any) -> tuple[Any, ...]:
        entered = dict(zip(ACTION_FIELDS, values, strict=True))
        follows = "" if entered["decision_id"] == NO_DECISION else entered["decision_id"]
        given = {**entered, "decision_id": follows, "cycle": (draft or {}).get("cycle", "")}
        try:
            kept = services.decisions.record_action(given, services.user(), seen=_seen(draft))
        except SopError as error:
            return no_update, error.sentence, no_update
        return False, "", saved(f"Action {kept.id} kept.")
