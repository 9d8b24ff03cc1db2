"""Who gets shorted, the frontier, the stress test and the recommendation, on a press that can be planned by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.model.levers import Change, Levers
from sop_dash.core.model.planning_settings import ShortageRule
from sop_dash.core.plan import plan
from sop_dash.core.studies.frontier import frontier
from sop_dash.core.studies.recommendation import PLAN, recommendation
from sop_dash.core.studies.shorted import shorted
from sop_dash.core.studies.stress_test import stress_test
from tests.unit.core.plan.plan_worlds import prepared, press_company


def _two_channels(**settings):
    """100 units wanted in each channel, half of them can be made; the shop pays 100, the web 80; a unit costs 60."""
    price = np.array([[[100.0], [80.0]]])
    company = press_company(channels=("shop", "web"), months=1, hours=100.0, overtime_max_ratio=0.0, price=price)
    return prepared(company, [[200]], **settings)


def _rules(ready):
    return {rule.key: rule for rule in shorted(ready, plan(ready), 1)}


def test_every_rule_shorts_the_same_units_and_hits_other_channels():
    found = _rules(_two_channels())
    lost = {key: rule.lost_units[0].round(6).tolist() for key, rule in found.items()}
    assert lost["proportional"] == [50.0, 50.0]
    assert lost["contribution"] == [0.0, 100.0]
    assert lost["named first: shop"] == [0.0, 100.0]
    assert lost["named first: web"] == [100.0, 0.0]


def test_what_each_channel_loses_is_priced():
    found = _rules(_two_channels())
    assert found["proportional"].revenue_value[0] == pytest.approx([5_000, 4_000])
    # margins of 40 and 20 a unit
    assert found["proportional"].margin_value[0] == pytest.approx([2_000, 1_000])
    assert found["contribution"].margin_value.sum() == pytest.approx(2_000)


def test_the_rule_of_the_settings_is_marked_and_is_what_the_plan_does():
    ready = _two_channels(shortage_rule=ShortageRule.NAMED_FIRST, named_first_channel="web")
    found = _rules(ready)
    assert [key for key, rule in found.items() if rule.in_force] == ["named first: web"]
    assert plan(ready).supply.lost.sum(axis=2) == pytest.approx(found["named first: web"].lost_units)


def test_a_rule_that_names_nobody_falls_back_to_proportion():
    found = _rules(_two_channels(shortage_rule=ShortageRule.NAMED_FIRST))
    assert [key for key, rule in found.items() if rule.in_force] == ["proportional"]


@given(demand=st.lists(st.integers(0, 300), min_size=2, max_size=2))
def test_no_rule_loses_less_margin_than_least_contribution_first(demand):
    price = np.array([[[100.0], [80.0]]])
    company = press_company(channels=("shop", "web"), months=2, hours=100.0, overtime_max_ratio=0.0, price=price)
    ready = prepared(company, [demand])
    found = {rule.key: rule.margin_value.sum() for rule in shorted(ready, plan(ready), 2)}
    assert all(lost >= found["contribution"] - 1e-6 for lost in found.values())


@pytest.fixture(scope="module")
def peak():
    return prepared(press_company(months=4, hours=100.0, overtime_max_ratio=0.1), [[100, 90, 160, 100]])


def test_the_frontier_holds_no_place_that_another_one_beats(peak):
    found = frontier(peak, plan(peak), cover_days=0.0, overtime_ratio=0.1)
    best = [place for place in found.places if place.efficient]
    for place in best:
        assert not any(
            other.cost_value < place.cost_value - 1e-6 and other.service_ratio >= place.service_ratio
            for other in found.places
        )
    # 20 % overtime serves all: 50 hours at 6, 30 units held a month and 10 held two, at 1
    dearest = max(best, key=lambda place: place.service_ratio)
    assert (dearest.overtime_ratio, dearest.cover_days) == (0.2, 0.0)
    assert dearest.cost_value == pytest.approx(300 + 50)
    assert found.now.service_ratio == pytest.approx(plan(peak).kpi("service").value)


def test_each_bar_is_a_plan_of_its_own(peak):
    result = plan(peak)
    bars = {bar.driver: bar for bar in stress_test(peak, result, cover_days=0.0, overtime_ratio=0.1)}
    without = plan(peak, Levers(overtime_max_ratio=0.0))
    change = without.kpi("margin-ahead").value - result.kpi("margin-ahead").value
    assert bars["Overtime"].low_margin == pytest.approx(change)
    # 5 % of 60 on every unit shipped
    shipped = result.supply.shipped.sum()
    assert bars["Unit cost"].high_margin == pytest.approx(-3.0 * shipped, rel=1e-3)
    assert bars["Hours available"].low_margin < 0.0 < bars["Hours available"].high_margin


def test_the_widest_bar_stands_first(peak):
    swings = [bar.swing for bar in stress_test(peak, plan(peak), cover_days=0.0, overtime_ratio=0.1)]
    assert swings == sorted(swings, reverse=True)


def test_what_serves_best_and_earns_most_is_recommended_with_its_break_even(peak):
    base = plan(peak)
    more = Levers(overtime_max_ratio=0.2)
    found = recommendation(peak, base, [("More overtime", more), ("Boom", Levers(demand=(Change(ratio=0.1),)))])
    assert (found.best.name, found.second.name) == ("More overtime", PLAN)
    gain = plan(peak, more).kpi("margin-ahead").value - base.kpi("margin-ahead").value
    assert found.margin_ahead == pytest.approx(gain)
    assert found.left_out == ("Boom",)
    regret = dict(found.regret)
    assert regret["More overtime"][1] == 0.0
    assert regret[PLAN][1] == pytest.approx(gain)


def test_a_choice_that_demand_can_overturn_says_where():
    # Overtime with a lower price serves all 210 units; once 200 or less are asked for, the plan does so and earns more.
    ready = prepared(press_company(months=2, hours=100.0, overtime_max_ratio=0.0), [[100, 110]])
    offer = Levers(overtime_max_ratio=0.2, price=(Change(ratio=-0.01),))
    found = recommendation(ready, plan(ready), [("Offer", offer)])
    assert found.best.name == "Offer"
    # the service of both counts as the same within a tenth of a point
    assert found.flips_at == pytest.approx(-10 / 210, abs=0.005)


def test_without_a_choice_there_is_no_recommendation(peak):
    assert recommendation(peak, plan(peak), [("Boom", Levers(demand=(Change(ratio=0.1),)))]) is None
