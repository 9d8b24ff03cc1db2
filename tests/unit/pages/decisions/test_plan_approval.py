"""The plan on the Decisions page: its checklist, the approval with named exceptions, and every plan approved."""

import json
from pathlib import Path
from typing import Any

import pytest

from sop_dash.pages.decisions.approval import ANSWER, APPROVAL, APPROVE, BUTTON, PLAN, PROPOSE, REOPEN
from sop_dash.pages.decisions.forms import form_id
from sop_dash.pages.decisions.versions import FACTS, FIGURE, FIGURES_NOW, MONTHS, MOVED, SIDE, VERSIONS
from sop_dash.services.access import LOCAL_USER
from sop_dash.services.bundle import Services
from tests.desk import desk, opened
from tests.page_client import PageClient
from tests.worlds import sales_only

SAVED = '{"page":"decisions-approval","type":"saved"}.data'
OPENED = f"{form_id(APPROVAL)}.is_open"


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return desk(tmp_path)


def pattern(**parts: Any) -> str:
    return json.dumps(parts, separators=(",", ":"), sort_keys=True)


def pressed(client: PageClient, output: str, do: str, seen: int) -> dict[str, Any]:
    button = {"type": BUTTON, "do": do, "seen": seen}
    every = pattern(**{**button, "seen": ["ALL"]})
    return client.ask(output, {f"{every}.n_clicks": [(button, 1)]}, by=f"{pattern(**button)}.n_clicks")


def draft_of(client: PageClient, seen: int = 0) -> dict[str, Any]:
    return dict(pressed(client, OPENED, APPROVE, seen)[form_id(APPROVAL, "draft")]["data"])


def answered(
    client: PageClient, services: Services, draft: dict[str, Any] | None, reason: str = "agreed"
) -> dict[str, Any]:
    """The answer to the button of the dialog, every open check with the same name and reason."""
    left = [check.id for check in services.plan_versions.checklist() if not check.holds]
    fields = [
        ({"type": ANSWER, "check": check, "part": part}, value)
        for check in left
        for part, value in (("owner", "Grace"), ("reason", reason))
    ]
    every = pattern(type=ANSWER, check=["ALL"], part=["ALL"])
    values = {
        f"{form_id(APPROVAL, 'save')}.n_clicks": 1,
        f"{form_id(APPROVAL, 'draft')}.data": draft,
        f"{every}.id": [(field, field) for field, _ in fields],
        f"{every}.value": fields,
    }
    return client.ask(SAVED, values, by=f"{form_id(APPROVAL, 'save')}.n_clicks")


def test_a_draft_shows_its_checklist_and_what_its_approval_takes(services: Services):
    shown = str(PageClient(services).ask(f"{PLAN}.children", {}))
    for words in ("nobody has approved this plan yet", "Figures tie", "Demand review: 0 of 2 families approved"):
        assert words in shown
    assert "exception" in shown


def test_the_dialog_asks_for_a_name_and_a_reason_of_every_open_check(services: Services):
    body = str(pressed(PageClient(services), OPENED, APPROVE, 0)[form_id(APPROVAL, "body")])
    left = [check for check in services.plan_versions.checklist() if not check.holds]
    assert body.count("'Who answers for it'") == len(left)
    assert all(check.text in body for check in left)


def test_an_approval_without_a_reason_is_refused_and_with_one_is_kept(services: Services, tmp_path: Path):
    client = PageClient(services)
    draft = draft_of(client)
    refused = answered(client, services, draft, reason="")
    assert "The reason to approve with" in refused[form_id(APPROVAL, "refused")]["children"]
    assert services.plan_versions.state().approved is False
    kept = answered(client, services, draft)
    assert "approved and frozen" in str(kept)
    assert kept[form_id(APPROVAL)]["is_open"] is False
    again = str(PageClient(opened(tmp_path)).ask(f"{PLAN}.children", {}))
    assert f"Approved by {LOCAL_USER.name}" in again
    assert "nothing has changed since" in again


def test_a_plan_changed_while_the_dialog_was_open_is_not_approved(services: Services):
    client = PageClient(services)
    draft = draft_of(client)
    services.settings.change({"cover_days": 40}, LOCAL_USER)
    refused = answered(client, services, draft)
    assert "changed by local user in the meantime" in refused[form_id(APPROVAL, "refused")]["children"]


def test_an_approval_that_names_nothing_seen_is_a_conflict(services: Services):
    client = PageClient(services)
    for draft in (None, {}, {"version": "1", "basis": "x"}):
        assert "meantime" in answered(client, services, draft)[form_id(APPROVAL, "refused")]["children"]
    assert services.plan_versions.versions() == ()


def test_an_approved_plan_is_opened_again_by_its_button(services: Services):
    client = PageClient(services)
    answered(client, services, draft_of(client))
    shown = client.ask(f"{PLAN}.children", {})
    assert "Open again" in str(shown)
    pressed(client, client.answering(pattern(type=BUTTON, do=REOPEN, seen=["ALL"])), REOPEN, 1)
    assert services.plan_versions.state().approved is False
    assert "opened again by" in str(client.ask(f"{PLAN}.children", {}))


def test_a_plan_is_proposed_by_its_button_and_a_draft_again_once_changed(services: Services):
    client = PageClient(services)
    pressed(client, client.answering(pattern(type=BUTTON, do=PROPOSE, seen=["ALL"])), PROPOSE, 0)
    assert services.plan_versions.state().proposed is True
    shown = str(client.ask(f"{PLAN}.children", {}))
    assert "it waits for approval" in shown
    assert "'Propose'" not in shown
    services.settings.change({"cover_days": 40}, LOCAL_USER)
    assert "nobody has approved this plan yet" in str(client.ask(f"{PLAN}.children", {}))


def test_before_any_approval_the_versions_say_how_the_first_one_comes_about(services: Services):
    client = PageClient(services)
    assert "No plan has been approved yet" in str(client.ask(f"{FACTS}.children", {}))
    assert client.ask(f"{VERSIONS}.rowData", {})[VERSIONS]["rowData"] == []
    assert "Nothing to lay beside" in client.ask(f"{MONTHS}.rowData", {})[MOVED]["children"]


def test_a_version_is_laid_beside_the_plan_now_by_family_and_month(services: Services):
    client = PageClient(services)
    answered(client, services, draft_of(client))
    before = services.plan_versions.present()
    fields = {"text": "Raise prices", "category": "demand", "owner": "Grace", "outcome": "approved", "in_plan": True}
    services.decisions.record({**fields, "levers": {"price": [{"ratio": 0.1}]}}, LOCAL_USER)
    (row,) = client.ask(f"{VERSIONS}.rowData", {})[VERSIONS]["rowData"]
    assert (row["name"], row["standing"], row["by"]) == ("Apr 26, plan 1", "changed since", LOCAL_USER.name)
    facts = client.ask(f"{FACTS}.children", {})
    assert "as it was when approved" in str(facts[FACTS])
    assert "Revenue" in str(facts[FIGURES_NOW])
    shown = client.ask(f"{MONTHS}.rowData", {f"{FIGURE}.value": "revenue_value", f"{SIDE}.value": "change"})
    kettles, lamps = shown[MONTHS]["rowData"]
    # A tenth more after the locked month, on what was approved.
    assert kettles["m0"] == pytest.approx(0.0, abs=1e-6)
    assert kettles["m1"] == pytest.approx(0.1 * before.figures["revenue_value"][0, 1])
    assert "2\u00a0families differ" in shown[MOVED]["children"]
    (total,) = shown[MONTHS]["dashGridOptions"]["operations"][-1]["params"]["value"]
    assert total["m1"] == pytest.approx(kettles["m1"] + lamps["m1"])
    as_approved = client.ask(f"{MONTHS}.rowData", {f"{FIGURE}.value": "demand_units", f"{SIDE}.value": "approved"})
    assert as_approved[MONTHS]["rowData"][1]["m0"] == before.figures["demand_units"][1, 0]
    assert lamps["family"] == "Lamps"


def test_a_company_of_sales_alone_approves_its_plan_too_and_unknown_money_stays_unknown(tmp_path: Path):
    services = desk(tmp_path, sales_only({"Kettles": [100.0] * 24}))
    client = PageClient(services)
    answered(client, services, draft_of(client))
    assert services.plan_versions.state().approved is True
    shown = client.ask(f"{MONTHS}.rowData", {f"{FIGURE}.value": "revenue_value", f"{SIDE}.value": "approved"})
    (row,) = shown[MONTHS]["rowData"]
    assert row["m1"] is None
    assert shown[MOVED]["children"] == "Revenue: not known when approved."
    demand = client.ask(f"{MONTHS}.rowData", {f"{FIGURE}.value": "demand_units", f"{SIDE}.value": "now"})
    assert demand[MONTHS]["rowData"][0]["m1"] == pytest.approx(100.0)
    assert demand[MOVED]["children"] == "Demand: no family differs from the plan approved."
