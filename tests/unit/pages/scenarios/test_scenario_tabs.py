"""The tabs of Scenarios that ask many plans, through their wires."""

import pytest

from sop_dash.components.page import LEVERS_STORE, SELECTION_STORE
from sop_dash.core.model.levers import Levers
from sop_dash.pages.scenarios import studies
from sop_dash.pages.scenarios.layout import RECOMMENDED
from sop_dash.services.access import LOCAL_USER
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection
from tests.desk import desk
from tests.page_client import PageClient
from tests.worlds import sales_only

SHORT = {"demand": [{"ratio": 0.9}]}


@pytest.fixture
def services(tmp_path) -> Services:
    return desk(tmp_path)


def asked(tab: str, clicks=1, **values):
    return {f"{tab}.n_clicks": clicks, f"{SELECTION_STORE}.data": {}, f"{LEVERS_STORE}.data": SHORT, **values}


def test_studies_wait_until_their_tab_is_opened(services: Services):
    closed = PageClient(services).ask(f"{studies.STRESS}.children", asked(studies.STRESS_TAB, clicks=None))
    assert closed[studies.STRESS]["children"] is None


def test_each_tab_has_its_answer(services: Services):
    client = PageClient(services)
    stress = client.ask(f"{studies.STRESS}.children", asked(studies.STRESS_TAB))
    assert len(stress[studies.STRESS_CHART]["figure"]["data"]) == 2
    sweep = client.ask(f"{studies.FRONTIER}.children", asked(studies.FRONTIER_TAB))
    assert len(sweep[studies.FRONTIER_CHART]["figure"]["data"]) == 3
    rules = client.ask(f"{studies.SHORTED}.children", asked(studies.SHORTED_TAB))
    assert "in force" in str(rules[studies.SHORTED])
    assert "Kettles" in str(rules[studies.BY_FAMILY])


def test_a_rule_is_put_into_force_with_one_click(services: Services):
    client = PageClient(services)
    button = {"type": studies.USE_RULE, "index": "named first: web"}
    output = client.answering(f'{{"index":["ALL"],"type":"{studies.USE_RULE}"}}')
    client.ask(
        output,
        {f'{{"index":["ALL"],"type":"{studies.USE_RULE}"}}.n_clicks': [(button, 1)]},
        by='{"index":"named first: web","type":"scenarios-use-rule"}.n_clicks',
    )
    assert services.plans.settings.named_first_channel == "web"
    view = services.studies.shorted(services.plans.view(Selection(), Levers()))
    assert [rule.key for rule in view if rule.in_force] == ["named first: web"]


def test_a_kept_scenario_is_weighed_against_the_plan(services: Services):
    client = PageClient(services)
    assert "Nothing to choose from" in str(client.ask(f"{RECOMMENDED}.children", {}))
    services.scenarios.keep({"name": "More overtime"}, Levers(overtime_max_ratio=0.4), LOCAL_USER)
    assert "recommended" in str(client.ask(f"{RECOMMENDED}.children", {}))


def test_a_company_that_knows_its_sales_alone_is_told_what_brings_the_answers(tmp_path):
    client = PageClient(desk(tmp_path, sales_only({"Lamps": [10.0] * 24})))
    for tab, output in (
        (studies.STRESS_TAB, studies.STRESS),
        (studies.FRONTIER_TAB, studies.FRONTIER),
        (studies.SHORTED_TAB, studies.SHORTED),
    ):
        assert client.ask(f"{output}.children", asked(tab))[output]["children"]
