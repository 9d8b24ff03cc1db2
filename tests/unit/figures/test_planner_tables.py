"""Planners and whole steps, written, on a press whose plans are known."""

from dataclasses import replace

import pytest

from sop_dash.core.model.levers import Levers
from sop_dash.core.studies.planners import planners
from sop_dash.figures.planner_tables import fallback_words, planner_rows, planners_told, whole_steps_told
from sop_dash.services.selection import Selection
from sop_dash.services.whole_steps import WholeSteps, options_of, planned_in_steps
from tests.desk import desk
from tests.unit.core.plan.plan_worlds import prepared, press_company

FOUND = planners(prepared(press_company(months=3, hours=100.0, overtime_max_ratio=0.0), [[60, 100, 140]]), Levers())


def test_rules_stand_with_their_differences_to_the_best_mix():
    rows = {row[0]: row for row in planner_rows(FOUND, "USD")}
    assert rows["Best mix"][2] == "100.0\u00a0%"
    # chase leaves 40 of 300 units unserved, at a margin of 40
    assert rows["Chase"][1:3] == ("−$\u00a01.60\u00a0k", "−13.3\u00a0pts")


def test_the_gap_of_a_rule_is_told_in_money_and_service():
    told = {one.asked.split()[0]: one.sentence for one in planners_told(FOUND, "USD")}
    assert told["Chase"] == "Against the best mix: −$\u00a01.60\u00a0k margin, −13.3\u00a0pts of demand served."


def test_a_stand_in_is_flagged():
    report = replace(FOUND[0].result.solver, fallback=True, reason="No verified optimum: time limit.")
    stand_in = replace(FOUND[0], result=replace(FOUND[0].result, solver=report))
    first = planners_told([stand_in, *FOUND[1:]], "USD")[0]
    assert first.asked == "A stand-in is shown"
    assert "chase rule" in first.sentence
    assert "time limit" in fallback_words(report.reason)


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory):
    return desk(tmp_path_factory.mktemp("press")).plans.view(Selection(), Levers())


def test_a_plan_in_whole_lots_says_how_good_it_is_and_what_it_changes(view):
    steps = WholeSteps(lot_days=5)
    problem = view.prepared.problem
    found = planned_in_steps(problem, options_of(view, problem, steps), lambda done, total: None)
    told = {one.asked: one.sentence for one in whole_steps_told(found, view, "EUR")}
    assert "from the best possible" in told["How good it is"]
    assert told["What whole steps change"].startswith("Against the plan on screen it loses")
    lots = options_of(view, problem, steps).lot_multiple_units
    made = found.plan.make_units[:, view.prepared.locked_months :]
    assert (made / lots[:, None] % 1.0).min(initial=1.0) >= 0.0
    assert made / lots[:, None] == pytest.approx((made / lots[:, None]).round(), abs=1e-4)


def test_lots_are_days_of_mean_demand_and_streaks_are_handed_on(view):
    options = options_of(view, view.prepared.problem, WholeSteps(lot_days=5, overtime_months=2, shifts=True))
    daily = view.prepared.problem.demand_units.mean(axis=1) / view.prepared.problem.calendar_days.mean()
    assert options.lot_multiple_units == pytest.approx(-(-5 * daily // 1))
    assert options.overtime_months_in_a_row == 2
    # a quarter of 100 hours, two months after the cycle month at the earliest
    assert options.shift_hours.tolist() == [25.0]
    assert options.shift_first_month.tolist() == [2.0]
