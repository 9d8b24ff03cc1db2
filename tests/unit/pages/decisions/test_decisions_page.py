"""The Decisions page through its wire: agenda, cases, queue, log, and records kept, changed, refused and switched."""

import json
from pathlib import Path
from typing import Any

import pytest

from sop_dash.components.page import LEVERS_STORE
from sop_dash.core.model.levers import from_plain
from sop_dash.core.model.records import Decision, Outcome
from sop_dash.pages.decisions.forms import ACTION, ACTION_FIELDS, DECISION, DECISION_FIELDS, field_id, form_id
from sop_dash.pages.decisions.layout import (
    ACTIONS,
    AGENDA,
    AGENDA_SUM,
    BOOKED,
    CASE,
    CASE_BODY,
    CHOOSE,
    DETAIL,
    EDIT,
    FOLLOW_UP,
    LOG,
    NEW_DECISION,
    PAGE_ID,
    QUEUE,
    SUMMARY,
    SWITCH,
)
from sop_dash.services.access import LOCAL_USER
from sop_dash.services.bundle import Services
from tests.desk import desk, opened
from tests.page_client import PageClient
from tests.worlds import sales_only

SAVED = f'{{"page":"{PAGE_ID}","type":"saved"}}.data'
MORE = {f"{LEVERS_STORE}.data": {"demand": [{"ratio": 0.5}]}}
DEARER = {"price": [{"ratio": 0.1}]}


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return desk(tmp_path)


def record(services: Services, **given: Any) -> Decision:
    return services.decisions.record(
        {"text": "Third shift", "category": "supply", "owner": "Grace", **given}, LOCAL_USER
    )


def pattern(**parts: Any) -> str:
    return json.dumps(parts, separators=(",", ":"), sort_keys=True)


def pressed(client: PageClient, output: str, values: dict[str, Any], **button: Any) -> dict[str, Any]:
    """The answer to a press of one of many buttons, named by the parts of its id."""
    every = pattern(**{name: value if name == "type" else ["ALL"] for name, value in button.items()})
    return client.ask(output, {**values, f"{every}.n_clicks": [(button, 1)]}, by=f"{pattern(**button)}.n_clicks")


def entered(kind: str, values: dict[str, Any], draft: dict[str, Any] | None = None) -> dict[str, Any]:
    """What stands in a form, as its save button sends it."""
    fields = DECISION_FIELDS if kind == DECISION else ACTION_FIELDS
    typed = {f"{field_id(kind, name)}.value": values.get(name) for name in fields}
    return {**typed, f"{form_id(kind, 'draft')}.data": draft, f"{form_id(kind, 'save')}.n_clicks": 1}


def _save(kind: str) -> str:
    return f"{form_id(kind, 'save')}.n_clicks"


def form_values(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: answer[field_id(DECISION, name)]["value"] for name in DECISION_FIELDS}


NEW = {"text": "Third shift", "category": "supply", "owner": "Grace", "outcome": "pending", "execution": "not started"}
NEW |= {"levers": "none", "in_plan": "no"}


def test_the_agenda_fits_the_time_booked_and_shows_its_sum(services: Services):
    answer = PageClient(services).ask(f"{AGENDA}.children", {f"{BOOKED}.value": "90"})
    assert answer[AGENDA_SUM]["children"] == "90 min, scaled from 190"
    assert len(answer[AGENDA]["children"]["props"]["children"]) == 7


def test_a_case_shows_its_question_and_every_option(services: Services):
    shown = PageClient(services).ask(f"{CASE_BODY}.children", MORE)
    assert shown[CASE]["options"][0]["label"] == "1. Press"
    for word in ("how do we serve demand?", "Do nothing", "Best mix", "recommended"):
        assert word in str(shown[CASE_BODY])


def test_a_plan_that_serves_all_demand_has_nothing_to_decide(services: Services):
    shown = PageClient(services).ask(f"{CASE_BODY}.children", {f"{LEVERS_STORE}.data": {"demand": [{"ratio": -0.5}]}})
    assert "No gap asks for a decision" in str(shown[CASE_BODY])


def test_without_hours_no_gap_can_be_told(tmp_path):
    shown = PageClient(desk(tmp_path, sales_only({"Lamps": [10.0] * 24}))).ask(f"{CASE_BODY}.children", {})
    assert "No gap can be told" in str(shown[CASE_BODY])


def test_a_chosen_option_is_kept_with_the_money_measured_and_its_levers(services: Services):
    client = PageClient(services)
    options = services.studies.cases(from_plain(MORE[f"{LEVERS_STORE}.data"]))[0].options
    place = next(p for p, option in enumerate(options) if option.key == "overtime")
    answer = pressed(client, f"{form_id(DECISION)}.is_open", MORE, type=CHOOSE, index=f"0:{place}")
    assert answer[form_id(DECISION)]["is_open"] is True
    assert answer[field_id(DECISION, "one_off_value")]["readonly"] is True
    values = form_values(answer)
    draft = answer[form_id(DECISION, "draft")]["data"]
    tampered = {**values, "one_off_value": 9e9}
    saved = client.ask(SAVED, {**MORE, **entered(DECISION, tampered, draft)}, by=_save(DECISION))
    (kept,) = services.decisions.decisions()
    assert f"Decision {kept.id} kept and is part of the plan" in str(saved)
    assert kept.one_off_value == pytest.approx(options[place].margin_change)
    assert kept.levers == options[place].levers
    assert kept.measured_against.startswith("doing nothing")


def test_a_new_decision_gets_its_number_and_stands_in_queue_log_and_summary(services: Services):
    client = PageClient(services)
    given = {**NEW, "one_off_value": -700.0, "due_date": "2099-01-01"}
    client.ask(SAVED, entered(DECISION, given), by=_save(DECISION))
    (kept,) = services.decisions.decisions()
    assert kept.id == "DEC-001"
    assert "Third shift" in str(client.ask(f"{QUEUE}.children", {})[QUEUE])
    records = client.ask(f"{LOG}.rowData", {})
    assert (records[LOG]["rowData"][0]["id"], records[LOG]["rowData"][0]["one_off"]) == ("DEC-001", -700.0)
    assert client.ask(f"{SUMMARY}.rowData", {})[SUMMARY]["rowData"][0]["count"] == 1


def test_pending_decisions_say_who_may_approve_them_and_small_ones_go_together(services: Services):
    client = PageClient(services)
    for once in (-400.0, 300.0, -900_000.0):
        record(services, one_off_value=once)
    shown = str(client.ask(f"{QUEUE}.children", {})[QUEUE])
    assert "for: Executive S&OP" in shown
    assert "DEC-001 and DEC-002 are small enough to be ratified together" in shown
    rows = client.ask(f"{LOG}.rowData", {})[LOG]["rowData"]
    assert [row["level"] for row in rows] == ["Executive S&OP", "planner", "planner"]


def test_everything_is_found_again_after_a_restart(services: Services, tmp_path: Path):
    record(services, one_off_value=-5.0, from_month="2026-05", measured_against="last year", rationale="peak")
    services.decisions.record_action({"text": "Call", "owner": "Omar", "due_date": "2026-05-01"}, LOCAL_USER)
    client = PageClient(opened(tmp_path))
    (row,) = client.ask(f"{LOG}.rowData", {})[LOG]["rowData"]
    assert (row["one_off"], row["from_month"], row["measured_against"], row["rationale"]) == (
        -5.0,
        "2026-05",
        "last year",
        "peak",
    )
    assert client.ask(f"{ACTIONS}.rowData", {})[ACTIONS]["rowData"][0]["text"] == "Call"


def test_a_refused_form_stays_open_and_says_why(services: Services):
    answer = PageClient(services).ask(SAVED, entered(DECISION, {**NEW, "owner": ""}), by=_save(DECISION))
    assert "The owner is missing" in str(answer[form_id(DECISION, "refused")])
    assert form_id(DECISION) not in answer
    assert services.decisions.decisions() == ()


def test_who_saves_second_is_told_and_overwrites_nothing(services: Services):
    kept = record(services)
    client = PageClient(services)
    answer = pressed(client, f"{form_id(DECISION)}.is_open", {}, type=EDIT, index=kept.id, place="log")
    values, draft = form_values(answer), answer[form_id(DECISION, "draft")]["data"]
    record_again = {**values, "text": "Saved first"}
    client.ask(SAVED, entered(DECISION, record_again, draft), by=_save(DECISION))
    refused = client.ask(SAVED, entered(DECISION, {**values, "text": "Saved second"}, draft), by=_save(DECISION))
    assert str(refused[form_id(DECISION, "refused")]["children"]) != ""
    assert form_id(DECISION) not in refused
    assert [d.text for d in services.decisions.decisions()] == ["Saved first"]


def test_editing_keeps_the_cycle_and_the_levers(services: Services):
    kept = record(services, outcome="approved", levers=DEARER, cycle="2026-02")
    client = PageClient(services)
    answer = pressed(client, f"{form_id(DECISION)}.is_open", {}, type=EDIT, index=kept.id, place="queue")
    values, draft = form_values(answer), answer[form_id(DECISION, "draft")]["data"]
    client.ask(SAVED, entered(DECISION, {**values, "execution": "done"}, draft), by=_save(DECISION))
    (changed,) = services.decisions.decisions()
    assert (changed.cycle, changed.levers, changed.execution.value) == ("2026-02", kept.levers, "done")


def test_levers_without_money_are_measured_on_the_plan(services: Services):
    given = {**NEW, "outcome": "approved", "levers": "board", "in_plan": "yes"}
    values = {**entered(DECISION, given), f"{LEVERS_STORE}.data": DEARER}
    PageClient(services).ask(SAVED, values, by=_save(DECISION))
    (kept,) = services.decisions.decisions()
    assert kept.one_off_value == pytest.approx(5_500.0)  # 0.1 × 5,000 in 11 open months
    assert (kept.in_plan, kept.decided_on) == (True, services.today())


def test_a_kept_scenario_becomes_part_of_the_plan_by_a_decision(services: Services):
    scenario = services.scenarios.keep({"name": "Dearer"}, from_plain(DEARER), LOCAL_USER)
    client = PageClient(services)
    opened_form = client.ask(f"{form_id(DECISION)}.is_open", {f"{NEW_DECISION}.n_clicks": 1})
    assert "scenario “Dearer”" in str(opened_form[field_id(DECISION, "levers")]["options"])
    given = {**NEW, "outcome": "approved", "levers": f"scenario:{scenario.id}", "in_plan": "yes"}
    client.ask(SAVED, entered(DECISION, given), by=_save(DECISION))
    assert services.plans.prepared().plan_levers == scenario.levers


def test_a_decision_of_the_log_is_shown_with_and_without_it_and_switched(services: Services):
    kept = record(services, outcome="approved", levers=DEARER)
    client = PageClient(services)
    shown = str(client.ask(f"{DETAIL}.children", {f"{LOG}.selectedRows": [{"id": kept.id}]}))
    assert "With it the next twelve months have +€\\xa05.50\\xa0k margin" in shown
    assert "Put into the plan" in shown
    listens = client.answering(pattern(type=SWITCH, index=["ALL"], version=["ALL"], into=["ALL"]))
    answer = pressed(client, listens, {}, type=SWITCH, index=kept.id, version=kept.version, into=1)
    assert "is part of the plan" in str(answer)
    assert services.decisions.decisions()[0].in_plan


def test_a_decision_that_is_not_approved_cannot_be_put_into_the_plan(services: Services):
    given = {**NEW, "levers": "none", "in_plan": "yes"}
    answer = PageClient(services).ask(SAVED, entered(DECISION, given), by=_save(DECISION))
    assert "Only an approved decision" in str(answer[form_id(DECISION, "refused")])


def test_an_action_follows_its_decision(services: Services):
    kept = record(services, outcome=Outcome.APPROVED)
    client = PageClient(services)
    answer = pressed(client, f"{form_id(ACTION)}.is_open", {}, type=FOLLOW_UP, index=kept.id)
    assert answer[field_id(ACTION, "decision_id")]["value"] == kept.id
    given = {"text": "Call the agency", "owner": "Omar", "due_date": "2026-05-01", "status": "open"}
    given |= {"priority": "high", "decision_id": kept.id}
    client.ask(client.answering(form_id(ACTION, "save")), entered(ACTION, given, {"seen": None}), by=_save(ACTION))
    (action,) = services.decisions.actions()
    assert (action.id, action.decision_id, action.priority.value) == ("ACT-001", kept.id, "high")


def test_an_option_of_a_gap_that_is_gone_opens_no_form(services: Services):
    answer = pressed(PageClient(services), f"{form_id(DECISION)}.is_open", {}, type=CHOOSE, index="7:0")
    assert form_id(DECISION) not in answer


def test_lists_drawn_again_open_no_form(services: Services):
    record(services)
    button = {"type": EDIT, "index": "DEC-001", "place": "queue"}
    every = pattern(type=EDIT, index=["ALL"], place=["ALL"])
    values = {f"{every}.n_clicks": [(button, None)]}
    answer = PageClient(services).ask(f"{form_id(DECISION)}.is_open", values, by=f"{pattern(**button)}.n_clicks")
    assert answer == {}
