"""Scenario studies, written and drawn, on a press that can be planned by hand."""

import numpy as np
import pytest

from sop_dash.core.model.levers import Levers
from sop_dash.core.plan import plan
from sop_dash.core.studies.frontier import frontier
from sop_dash.core.studies.recommendation import recommendation
from sop_dash.core.studies.shorted import shorted
from sop_dash.core.studies.stress_test import stress_test
from sop_dash.figures.scenario_studies import (
    frontier_chart,
    frontier_rows,
    frontier_words,
    recommendation_told,
    regret_rows,
    shorted_by_family,
    shorted_rows,
    shorted_words,
    stress_chart,
    stress_rows,
    stress_words,
)
from tests.unit.core.plan.plan_worlds import prepared, press_company

PEAK = prepared(press_company(months=4, hours=100.0, overtime_max_ratio=0.1), [[100, 90, 160, 100]])
PLAN = plan(PEAK)


@pytest.fixture(scope="module")
def rules():
    price = np.array([[[100.0], [80.0]]])
    company = press_company(channels=("shop", "web"), months=1, hours=100.0, overtime_max_ratio=0.0, price=price)
    ready = prepared(company, [[200]])
    return shorted(ready, plan(ready), 1)


def test_each_rule_shows_what_each_channel_loses(rules):
    rows = {row[0]: row[1:] for row in shorted_rows(rules, "USD")}
    assert rows["in proportion to demand"] == ("$\u00a05.00\u00a0k", "$\u00a04.00\u00a0k", "$\u00a03.00\u00a0k")
    assert rows["web first"] == ("$\u00a010.0\u00a0k", "none", "$\u00a04.00\u00a0k")
    assert shorted_by_family(rules[0], ("Kettles",), "USD") == [
        ("Kettles", "50 · $\u00a05.00\u00a0k", "50 · $\u00a04.00\u00a0k")
    ]


def test_the_rule_in_force_is_judged_against_the_one_that_loses_least(rules):
    assert shorted_words(rules, ("shop", "web"), "USD") == (
        "The rule in force is in proportion to demand: shop loses most, $\u00a05.00\u00a0k. "
        "Least contribution first would lose $\u00a01.00\u00a0k less margin."
    )


def test_a_plan_without_a_shortage_needs_no_rule():
    calm = prepared(press_company(months=1, hours=500.0), [[100]])
    assert shorted_words(shorted(calm, plan(calm), 1), ("all",), "USD").startswith("Nothing is short")


def test_the_tornado_stands_with_the_widest_bar_on_top():
    found = stress_test(PEAK, PLAN, cover_days=0.0, overtime_ratio=0.1)
    drawn = stress_chart(found, "USD")
    assert drawn["data"][0]["y"][-1] == found[0].driver == stress_rows(found, "USD")[0][0]
    assert drawn["data"][0]["x"][-1] == pytest.approx(found[0].low_margin)
    assert "hurts most" in stress_words(found, "USD")


def test_the_frontier_is_drawn_with_the_plan_among_its_places():
    found = frontier(PEAK, PLAN, cover_days=0.0, overtime_ratio=0.1)
    drawn = frontier_chart(found, "USD")
    assert len(drawn["data"]) == 3
    assert drawn["data"][2]["y"] == [round(found.now.service_ratio, 6)]
    assert frontier_rows(found, "USD")[-1][3] == "100.00\u00a0%"
    assert frontier_words(found, "USD").startswith("The plan serves")


def test_a_recommendation_has_its_break_even():
    found = recommendation(PEAK, PLAN, [("More overtime", Levers(overtime_max_ratio=0.2))])
    told = {one.asked: one.sentence for one in recommendation_told(found, "USD")}
    assert "“More overtime” is recommended" in told
    assert told["Break-even"].startswith("It pays as long as bringing it about costs less than $\u00a0")
    assert told["What would change it"].startswith("Nothing within ±20 %")
    assert regret_rows(found, "USD")[1][2] == "best"


def test_without_a_scenario_the_page_says_how_to_get_one():
    assert recommendation_told(None, "USD")[0].asked == "Nothing to choose from yet"
