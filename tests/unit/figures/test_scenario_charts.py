"""Scenarios beside the plan: lines by month, written effects, and the story."""

import pytest

from sop_dash.core.model.levers import Change, Levers
from sop_dash.core.performance.effects import OUTCOMES, Direction, Effect, effects
from sop_dash.figures.scenario_charts import MOST_COMPARED, live_outcome, outcome_chart
from sop_dash.figures.scenario_tables import effect_text
from sop_dash.figures.storyline.scenarios import scenarios_story
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection
from tests.desk import desk

MORE_DEMAND = Levers(demand=(Change(ratio=0.5),))
DEARER = Levers(price=(Change(ratio=0.1),))


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    return desk(tmp_path_factory.mktemp("press"))


def test_the_chart_always_has_a_line_for_every_scenario_that_could_stand_there(services: Services):
    view = services.plans.view(Selection(), DEARER)
    other = services.plans.view(Selection(), MORE_DEMAND).plan
    for chosen in ((), (("More demand", other),)):
        figure = outcome_chart("revenue-ahead", view, chosen, [other])
        assert len(figure["data"]) == 2 + MOST_COMPARED
        shown = [trace["name"] for trace in figure["data"] if trace.get("showlegend", True)]
        assert shown == ["Plan", "As the levers stand", *(name for name, _ in chosen)]


def test_revenue_by_month_is_units_served_times_price(services: Services):
    # 150 kettles at 20 and 40 lamps at 50 are 5,000; ten percent dearer from the first open month on.
    figure = outcome_chart("revenue-ahead", services.plans.view(Selection(), DEARER), (), ())
    plan, board = (trace["y"] for trace in figure["data"][:2])
    assert plan[:2] == pytest.approx([5000.0, 5000.0])
    assert board[:2] == pytest.approx([5000.0, 5500.0])


def test_what_moves_live_is_cut_from_the_same_chart_and_keeps_its_axis(services: Services):
    view = services.plans.view(Selection(), DEARER)
    kept = [services.plans.view(Selection(), MORE_DEMAND).plan]
    drawn, moved = outcome_chart("service", view, (("a", kept[0]),), kept), live_outcome("service", view, kept)
    assert moved["y"] == [trace["y"] for trace in drawn["data"][:2]]
    assert moved["range"] == drawn["layout"]["yaxis"]["range"]


def test_every_outcome_can_be_drawn(services: Services):
    view = services.plans.view(Selection(), MORE_DEMAND)
    for outcome in OUTCOMES:
        figure = outcome_chart(outcome, view, (), ())
        assert figure["layout"]["yaxis"]["title"]["text"]
        assert None not in figure["data"][0]["y"], outcome


def test_only_differences_are_written_with_their_direction(services: Services):
    view = services.plans.view(Selection(), DEARER)
    said = {e.kpi.definition.id: effect_text(e, "EUR") for e in effects(view.plan, view.base)}
    # Eleven open months of 5,000 + 10 %.
    assert said["revenue-ahead"].change == "+€\u00a05.50\u00a0k"
    assert said["revenue-ahead"].direction == "▲ better"
    assert (said["service"].change, said["service"].direction) == ("", "= same")


def test_an_unknown_effect_is_a_dash(services: Services):
    kpi = services.plans.view(Selection(), Levers()).plan.kpi("service")
    assert effect_text(Effect(kpi=kpi, change=None, direction=Direction.UNKNOWN), "EUR").change == "–"


def test_the_story_names_the_scenario_that_earns_most(services: Services):
    view = services.plans.view(Selection(), Levers())
    kept = [(name, services.plans.view(Selection(), lv).plan) for name, lv in (("Dear", DEARER), ("More", MORE_DEMAND))]
    first, second = scenarios_story(view, kept)
    # Dear: 11 × 500 = 5,500; More earns at most 24 more kettles and 20 lamps a month: (24 × 8 + 20 × 20) × 11.
    assert first.startswith("“More” earns most: +€")
    assert second == "The levers stand at the plan."


def test_without_a_kept_scenario_the_story_says_how_to_begin(services: Services):
    view = services.plans.view(Selection(), DEARER)
    first, second = scenarios_story(view, ())
    assert first.startswith("No scenario is kept yet")
    assert second == "As the levers stand: +€\u00a05.50\u00a0k margin and ±0.0\u00a0pts service against the plan."
