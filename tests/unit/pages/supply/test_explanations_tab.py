"""The tabs Explanations and Planners of Supply through their wires."""

import pytest

from sop_dash.components.page import LEVERS_STORE, SELECTION_STORE
from sop_dash.figures.storyline.supply import NO_LIMIT
from sop_dash.pages.supply import explanations, planners, totals
from sop_dash.pages.supply.layout import EXPLANATIONS_TAB, PLANNERS_TAB
from sop_dash.services.bundle import Services
from tests.desk import desk
from tests.page_client import PageClient
from tests.worlds import sales_only

SHARE = f"{explanations.SHARE}.value"
MORE_DEMAND = {"demand": [{"ratio": 0.5}]}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> PageClient:
    return PageClient(desk(tmp_path_factory.mktemp("press")))


def asked(tab: str, clicks=1, **values):
    return {
        f"{tab}.n_clicks": clicks,
        f"{SELECTION_STORE}.data": {},
        f"{LEVERS_STORE}.data": MORE_DEMAND,
        **values,
    }


def test_nothing_is_worked_out_before_the_tab_is_opened(client: PageClient):
    closed = client.ask(f"{explanations.WORTH}.children", asked(EXPLANATIONS_TAB, clicks=None))
    assert closed[explanations.WORTH]["children"] is None


def test_the_press_is_told_with_the_worth_of_its_hours(client: PageClient):
    shown = client.ask(f"{explanations.WORTH}.children", asked(EXPLANATIONS_TAB))
    assert "supply-worth-map" in str(shown[explanations.WORTH])
    assert "used up" in str(shown[explanations.BINDING])


def test_a_share_of_demand_is_answered_with_hours(client: PageClient):
    shown = str(client.ask(f"{explanations.NEEDED}.children", asked(EXPLANATIONS_TAB, **{SHARE: 100})))
    assert "Press" in shown
    assert "hours" in shown


@pytest.mark.parametrize("share,words", [(101, "101"), (-5, "−5"), (None, "Type the share")])
def test_a_share_that_cannot_be_clears_the_answer_and_says_why(client: PageClient, share, words):
    shown = str(client.ask(f"{explanations.NEEDED}.children", asked(EXPLANATIONS_TAB, **{SHARE: share})))
    assert words in shown
    assert "hours" not in shown
    assert "sop-refused" in shown


def test_a_goal_is_sought_with_the_lever_chosen(client: PageClient):
    values = {
        f"{explanations.LEVER}.value": "overtime",
        f"{explanations.GOAL}.value": "service",
        f"{explanations.TARGET}.value": 95,
    }
    shown = client.ask(f"{explanations.ANSWER}.children", asked(EXPLANATIONS_TAB, **values))
    assert "Which overtime limit gives" in str(shown[explanations.ANSWER])
    assert shown[explanations.CHART]["figure"]["data"]


def test_totals_are_reached_with_moves_or_said_to_be_out_of_reach(client: PageClient):
    boxes = {f"{box}.value": None for box in totals.BOXES.values()}
    nothing = client.ask(f"{totals.REACH}.children", asked(EXPLANATIONS_TAB, **boxes))
    assert "Type one target or more" in str(nothing)
    service, margin = (totals.BOXES[name] for name in ("service", "margin-ahead"))
    found = client.ask(f"{totals.REACH}.children", asked(EXPLANATIONS_TAB, **boxes | {f"{service}.value": 99}))
    assert "What would it take for Service (plan) 99.00" in str(found)
    assert "Looked at" in str(found)
    assert "Try it on the page" in str(found)
    never = asked(EXPLANATIONS_TAB, **boxes | {f"{margin}.value": 1e6})
    assert "It cannot be reached" in str(client.ask(f"{totals.REACH}.children", never))


def test_rules_stand_beside_the_best_mix(client: PageClient):
    shown = client.ask(f"{planners.TABLE}.children", asked(PLANNERS_TAB))
    assert all(name in str(shown[planners.TABLE]) for name in ("Best mix", "Chase", "Level", "Hybrid"))
    assert len(shown[planners.CHART]["figure"]["data"]) == 4


def test_without_background_work_the_page_says_so(client: PageClient):
    shown = client.ask(f"{planners.STATE}.children", {f"{LEVERS_STORE}.data": {}, f"{planners.LOTS}.value": "5"})
    assert "switched off" in str(shown[planners.STATE])
    assert shown[planners.TICK]["disabled"] is True


def test_a_company_that_knows_its_sales_alone_is_told_what_brings_the_answers(tmp_path):
    services: Services = desk(tmp_path, sales_only({"Lamps": [10.0] * 24}))
    client = PageClient(services)
    nothing = {f"{tab}.n_clicks": 1 for tab in (EXPLANATIONS_TAB, PLANNERS_TAB)} | {f"{SELECTION_STORE}.data": {}}
    assert "resource_profile" in str(client.ask(f"{explanations.WORTH}.children", nothing))
    asked = nothing | {f"{explanations.SHARE}.value": 100}
    assert NO_LIMIT in str(client.ask(f"{explanations.NEEDED}.children", asked))
    assert NO_LIMIT in str(client.ask(f"{planners.TABLE}.children", nothing))
