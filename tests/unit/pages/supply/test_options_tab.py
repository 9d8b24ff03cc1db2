"""The Options tab of Supply through its wire."""

import pytest

from sop_dash.components.page import LEVERS_STORE, SELECTION_STORE, URL
from sop_dash.core.model.levers import from_plain
from sop_dash.figures.decision_cards import decision_words
from sop_dash.pages.decisions.layout import CASE, CASE_BODY
from sop_dash.pages.supply.options import BODY, FAMILY, MONTH, WHY
from sop_dash.services.access import LOCAL_USER
from sop_dash.services.bundle import Services
from tests.desk import desk
from tests.page_client import PageClient
from tests.worlds import sales_only

MORE_DEMAND = {"demand": [{"ratio": 0.5}]}


@pytest.fixture
def services(tmp_path) -> Services:
    return desk(tmp_path)


def asked(levers=None, family="*", month="*"):
    return {
        f"{SELECTION_STORE}.data": {},
        f"{LEVERS_STORE}.data": levers,
        f"{FAMILY}.value": family,
        f"{MONTH}.value": month,
    }


def test_the_worst_gap_is_shown_until_a_family_is_chosen(services: Services):
    client = PageClient(services)
    worst = client.ask(f"{BODY}.children", asked(MORE_DEMAND))
    assert "Press is" in str(worst[BODY])
    assert "recommended" in str(worst[BODY])
    chosen = client.ask(f"{BODY}.children", asked(MORE_DEMAND, family="Lamps", month="2026-08"))
    assert "Lamps, Aug 26" in str(chosen[WHY])


def test_recording_leads_to_the_case_that_was_looked_at(services: Services):
    client = PageClient(services)
    shown = str(client.ask(f"{BODY}.children", asked(MORE_DEMAND))[BODY])
    fragment = shown.split("/decisions", 1)[1].split("'", 1)[0]
    case = client.ask(
        f"{CASE_BODY}.children",
        {f"{SELECTION_STORE}.data": {}, f"{LEVERS_STORE}.data": MORE_DEMAND, f"{URL}.hash": fragment},
    )
    question = shown.split("sop-case-question", 1)[0].rsplit("'children': '", 1)[1].split("'", 1)[0]
    assert question in str(case[CASE_BODY])
    assert case[CASE]["value"].isdigit()


def test_a_gap_that_was_decided_is_not_offered_for_recording_again(services: Services):
    client = PageClient(services)
    assert "Record as decision" in str(client.ask(f"{BODY}.children", asked(MORE_DEMAND))[BODY])
    case = services.studies.cases(from_plain(MORE_DEMAND))[0]
    services.decisions.record(
        {"text": decision_words(case, case.recommended), "category": "supply", "outcome": "pending", "owner": "Ann"},
        LOCAL_USER,
    )
    again = str(client.ask(f"{BODY}.children", asked(MORE_DEMAND))[BODY])
    assert "Already recorded" in again
    assert "Record as decision" not in again


def test_a_company_that_knows_its_sales_alone_is_told_which_files_would_tell(tmp_path):
    client = PageClient(desk(tmp_path, sales_only({"Lamps": [10.0] * 24})))
    shown = str(client.ask(f"{BODY}.children", asked())[BODY])
    assert "No gap can be told" in shown
    assert "load resources and resource_profile" in shown
