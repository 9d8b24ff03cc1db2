"""The Executive page through its wire."""

import json

import pytest

from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE
from sop_dash.core.model.levers import Change, Levers, from_plain
from sop_dash.core.model.records import Outcome
from sop_dash.pages.executive.callbacks import live
from sop_dash.pages.executive.layout import CARDS, CHANGES, CHART, CHART_STATE, OPEN_ITEMS, REPORT, TILES, layout
from sop_dash.pages.executive.record_form import FORM, OPTION, SAVE, field_id
from sop_dash.pages.executive.views import RECORD
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection
from tests.desk import desk
from tests.page_client import PageClient
from tests.worlds import sales_only

MORE_DEMAND = {"demand": [{"ratio": 0.5}]}
SEEN = {f"{SELECTION_STORE}.data": {}, f"{REVISION_STORE}.data": None}


@pytest.fixture
def services(tmp_path) -> Services:
    return desk(tmp_path)


@pytest.fixture
def client(services: Services) -> PageClient:
    return PageClient(services)


def stores(levers=None):
    return {**SEEN, f"{LEVERS_STORE}.data": levers}


def form(option: str, **changed: str):
    entered = {
        "text": "Use the best mix",
        "category": "supply",
        "owner": "Ann",
        "due_date": "2026-04-30",
        "outcome": "approved",
        "rationale": "It serves more demand.",
        **changed,
    }
    values = {f"{field_id(name)}.value": value for name, value in entered.items()}
    return {**values, f"{OPTION}.value": option, f"{LEVERS_STORE}.data": MORE_DEMAND, f"{SAVE}.n_clicks": 1}


def opened(client: PageClient):
    button = {"type": RECORD, "index": 0}
    asked = {
        json.dumps({"index": ["ALL"], "type": RECORD}, separators=(",", ":")) + ".n_clicks": [(button, 1)],
        '{"index":["ALL"],"type":"executive-record-open"}.n_clicks': [(button, 1)],
        f"{LEVERS_STORE}.data": MORE_DEMAND,
    }
    by = json.dumps({"index": 0, "type": RECORD}, separators=(",", ":")) + ".n_clicks"
    return client.ask(f"{OPTION}.options", asked, by=by)


def test_the_question_its_options_and_the_last_day_stand_on_a_card(client: PageClient):
    cards = str(client.ask(f"{CARDS}.children", stores(MORE_DEMAND)))
    assert "Press is 800 hours short of regular time" in cards
    assert "recommended" in cards
    assert "in the plan" in cards
    assert "30\\xa0Apr 26" in cards
    assert "/supply?levers=" in cards


def test_a_company_without_resources_is_told_why_no_card_is_shown(tmp_path):
    client = PageClient(desk(tmp_path, sales_only({"Lamps": [10.0] * 24})))
    assert "No gap can be told" in str(client.ask(f"{CARDS}.children", stores()))
    chart = client.ask(f"{CHART}.figure", stores())
    assert chart[CHART]["figure"]["data"] == []
    assert "No hours of resources are known" in str(chart[CHART_STATE])
    assert "no data" in str(client.ask(f"{TILES}.children", stores()))


def test_a_dragged_slider_moves_the_same_tiles_and_chart_that_the_release_draws(services, client: PageClient):
    answer = live(services, Selection(), Levers(demand=(Change(ratio=0.5),)))
    drawn = client.ask(f"{CHART}.figure", stores(MORE_DEMAND))[CHART]["figure"]
    assert answer.charts[CHART]["y"] == [trace["y"] for trace in drawn["data"]]
    tiles = str(client.ask(f"{TILES}.children", stores(MORE_DEMAND)))
    assert answer.text["tile-service-value"].replace("\u00a0", "\\xa0") in tiles
    assert answer.text["tile-service-change"].endswith("v plan")


def test_the_form_is_filled_with_the_recommended_option(services, client: PageClient):
    filled = opened(client)
    assert filled[FORM]["is_open"] is True
    assert filled[OPTION]["options"][0]["label"] == "Best mix (recommended)"
    assert filled[field_id("owner")]["value"] == services.user().name
    told = client.ask(
        f"{field_id('text')}.value",
        {f"{OPTION}.value": filled[OPTION]["value"], f"{LEVERS_STORE}.data": MORE_DEMAND},
    )
    assert told[field_id("text")]["value"] == "Press, May 26–Sep 27: best mix"
    case = services.studies.cases(from_plain(MORE_DEMAND))[0]
    more = case.recommended.service_ratio - case.options[0].service_ratio
    assert f"serves {100 * more:.1f}" in told[field_id("rationale")]["value"]


def test_an_approved_option_is_kept_and_its_levers_become_part_of_the_plan(services, client: PageClient):
    option = opened(client)[OPTION]["value"]
    kept = client.ask(client.answering(SAVE), form(option))
    assert kept[FORM]["is_open"] is False
    (decision,) = services.decisions.decisions()
    assert (decision.outcome, decision.in_plan) == (Outcome.APPROVED, True)
    assert decision.levers == Levers(demand=(Change(ratio=0.5),))
    assert services.plans.prepared().plan_levers == decision.levers
    assert decision.one_off_value is not None


def test_a_refused_entry_says_why_and_keeps_the_form_open(services, client: PageClient):
    option = opened(client)[OPTION]["value"]
    refused = client.ask(client.answering(SAVE), form(option, owner=" "))
    assert "The owner is missing" in str(refused)
    assert FORM not in refused
    gone = client.ask(client.answering(SAVE), form("2020-01 best-mix Lathe"))
    assert "no longer in the plan" in str(gone)
    assert services.decisions.decisions() == ()


def test_a_pending_decision_waits_in_sight_and_stays_outside_the_plan(services, client: PageClient):
    option = opened(client)[OPTION]["value"]
    client.ask(client.answering(SAVE), form(option, outcome="pending"))
    assert "Use the best mix (Ann)" in str(client.ask(f"{OPEN_ITEMS}.children", SEEN))
    assert not services.plans.prepared().plan_levers.moved


def test_the_report_has_all_six_parts(client: PageClient):
    report = str(client.ask(f"{REPORT}.children", stores()))
    for part in ("Key figures", "Money", "Decisions made", "Demand", "Supply", "Actions"):
        assert f"'{part}'" in report


def test_the_month_is_compared_with_the_one_before(client: PageClient):
    told = str(client.ask(f"{CHANGES}.children", SEEN))
    assert "Days of supply" in told
    assert "No forecast of last cycle is kept" in told


def test_the_frame_of_the_page_names_what_the_callbacks_fill(services: Services):
    ids = {
        getattr(part, "id", None)
        for part in layout(services, Selection(), Levers())._traverse()
        if not isinstance(getattr(part, "id", None), dict)
    }
    assert {CARDS, TILES, CHART, CHANGES, OPEN_ITEMS, REPORT} <= ids
