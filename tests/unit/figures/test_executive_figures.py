"""Chart, tables and sentences of the Executive page on the company of two products and one press."""

from dataclasses import replace
from datetime import date

import pytest

from sop_dash.core.model.levers import Change, Levers
from sop_dash.core.model.records import Action, ActionStatus, Decision, DecisionCategory, Outcome
from sop_dash.core.plan.forecast_change import forecast_change
from sop_dash.figures.executive_charts import load_and_shortage, nothing_to_draw
from sop_dash.figures.executive_tables import (
    action_report,
    changes,
    decision_report,
    demand_report,
    due_words,
    open_items,
    report_kpis,
    supply_report,
    tiles,
)
from sop_dash.figures.formats import SPACE
from sop_dash.figures.storyline.executive import calm_words, change_story, executive_story
from sop_dash.services.bundle import Services
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Selection
from tests.desk import desk
from tests.worlds import sales_only

TODAY = date(2026, 4, 10)
MORE = Levers(demand=(Change(ratio=0.5),))


def plain(text: str) -> str:
    """The text with ordinary spaces."""
    return text.replace(SPACE, " ")


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    return desk(tmp_path_factory.mktemp("press"))


@pytest.fixture(scope="module")
def lone(tmp_path_factory: pytest.TempPathFactory) -> PlanView:
    """A company that knows its sales alone."""
    home = desk(tmp_path_factory.mktemp("lone"), sales_only({"Lamps": [10.0] * 24, "Irons": [5.0] * 24}))
    return home.plans.view(Selection(horizon=6), Levers())


def view(services: Services, levers: Levers | None = None) -> PlanView:
    return services.plans.view(Selection(horizon=6), levers or Levers())


def traces(of: PlanView) -> dict[str, list[float]]:
    return {trace["name"]: trace["y"] for trace in load_and_shortage(of)["data"]}


def test_the_chart_shows_the_fullest_resource_and_the_shortage_in_money(services: Services):
    drawn = traces(view(services, MORE))
    # April is locked at 95 of 100 hours; then 100 regular hours and 20 % overtime are used up.
    assert drawn["Fullest resource"] == pytest.approx([0.95] + [1.2] * 5)
    assert drawn["Shortage"][:4] == [0.0] * 4
    assert drawn["Shortage"][5] > 0.0
    assert load_and_shortage(view(services, MORE))["data"][2]["customdata"] == ["Press"] * 6


def test_the_plan_stays_in_sight_behind_moved_levers(services: Services):
    plan, moved = traces(view(services)), traces(view(services, MORE))
    assert moved["Fullest resource in the plan"] == plan["Fullest resource"]
    assert moved["Shortage in the plan"] == plan["Shortage"]
    assert list(plan) == list(moved)


def test_a_small_shortage_looks_small(services: Services):
    top = load_and_shortage(view(services))["layout"]["yaxis"]["range"][1]
    assert top >= 0.02 * 5_000  # a month sells 150 × 20 + 40 × 50


def test_without_hours_and_prices_there_is_nothing_to_draw(services: Services, lone: PlanView):
    assert nothing_to_draw(lone)
    assert not nothing_to_draw(view(services))


def test_with_prices_and_without_hours_no_shortage_can_arise_and_none_is_drawn(tmp_path):
    assert nothing_to_draw(view(desk(tmp_path, sales_only({"Lamps": [10.0] * 24}, price=5.0))))


def test_the_six_tiles_are_the_figures_of_the_plan_itself(services: Services):
    of = view(services)
    assert [kpi.definition.id for kpi in tiles(of)] == [
        "revenue-outlook",
        "margin-outlook",
        "service",
        "stock-against-target",
        "worst-bottleneck",
        "stock-value",
    ]
    assert all(kpi is of.plan.kpi(kpi.definition.id) for kpi in tiles(of))
    assert report_kpis(of)[:6] == tiles(of)


def test_a_change_that_rounds_to_nothing_is_neither_better_nor_worse(services: Services):
    revenue = next(one for one in changes(view(services)) if one.kpi.definition.id == "revenue-attainment")
    assert (plain(revenue.change), revenue.direction, revenue.slug) == ("±0.0 pts", "", "")


def test_the_demand_table_shows_the_next_whole_quarter_largest_family_first(services: Services):
    table = demand_report(view(services))
    assert table.heads == (
        "Family, units",
        "Apr 26",
        "May 26",
        "Jun 26",
        "Q2 FY26",
        "Q2 FY26 v last cycle",
        "v last year",
    )
    # Kettles sell 150 × 20 = 3,000 a month, Lamps 40 × 50 = 2,000.
    assert [row[:5] for row in table.rows] == [
        ("Kettles", "150", "150", "150", "450"),
        ("Lamps", "40", "40", "40", "120"),
    ]


def test_the_supply_table_writes_a_shortage_in_brackets_with_its_solution(services: Services):
    worst = supply_report(view(services, MORE)).rows[0]
    assert worst[0] == "Kettles"
    assert worst[3].startswith("(")
    assert "not served" in worst[4]
    assert worst[5] == "▼ act"


def test_without_a_gap_overtime_that_serves_stock_is_told_and_not_passed_over(services: Services):
    with_overtime, without = view(services), view(services, Levers(overtime_max_ratio=0.0))
    title, said = calm_words(with_overtime)
    assert title == "No gap needs a decision"
    assert "The plan uses 22 hours of overtime in May 26–Jun 26" in said
    assert "stock targets in every" not in said
    assert "overtime" not in calm_words(without)[1]


def test_the_story_tells_the_outlook_until_levers_are_moved(services: Services):
    assert plain(executive_story(view(services))[0]) == "FY26 outlook: revenue € 60.0 k and gross margin € 23.9 k."
    moved = plain(executive_story(view(services, MORE))[0])
    assert moved.startswith("As the levers stand, against the plan: FY26 outlook revenue +€ 17.8 k")


def test_a_company_without_money_is_told_what_brings_it(lone: PlanView):
    assert "load the table prices" in executive_story(lone)[0]
    assert calm_words(lone)[0] == "No gap can be told"
    assert change_story(None, "EUR") == "No forecast of last cycle is kept, so its change is not known."


def test_a_forecast_that_moved_without_a_price_is_told_by_its_family(lone: PlanView):
    now = lone.prepared.consensus.units.sum(axis=1)
    told = change_story(forecast_change(lone.prepared, before=now / 1.25), "EUR")
    assert "moved most in " in told
    assert plain(told).endswith(", +25.0 % against last cycle; no price is known for its money.")


def decision(number: str, outcome: Outcome, due: str = "") -> Decision:
    return Decision(
        id=number,
        text="Work overtime",
        category=DecisionCategory.SUPPLY,
        owner="Ann",
        outcome=outcome,
        due_date=due,
        one_off_value=1_000.0,
    )


ACTIONS = (
    Action(id="ACT-1", text="Ask the supplier", owner="Ben", due_date="2026-04-08"),
    Action(id="ACT-2", text="Done long ago", owner="Ben", due_date="2026-03-01", status=ActionStatus.COMPLETED),
)


def test_what_is_open_comes_by_due_day_and_says_how_late_it_is():
    items = open_items([decision("DEC-1", Outcome.PENDING), decision("DEC-2", Outcome.APPROVED)], ACTIONS, TODAY)
    assert [(item.number, plain(item.due), item.late) for item in items] == [
        ("ACT-1", "8 Apr 26, 2 days late", True),
        ("DEC-1", "no date", False),
    ]


@pytest.mark.parametrize(
    "day,words", [("2026-04-10", "10 Apr 26, today"), ("2026-04-11", "11 Apr 26, in 1 day"), ("", "no date")]
)
def test_a_due_day_is_told_from_today(day: str, words: str):
    assert plain(due_words(day, TODAY)) == words


def test_the_report_lists_decisions_made_newest_first_and_actions_still_open():
    taken = replace(decision("DEC-2", Outcome.APPROVED), in_plan=True)
    made = decision_report([decision("DEC-1", Outcome.REJECTED), taken, decision("DEC-3", Outcome.PENDING)], "EUR")
    assert [(row[0], row[3], plain(row[4])) for row in made.rows] == [
        ("DEC-2", "approved, in the plan", "+€ 1.00 k"),
        ("DEC-1", "rejected", "+€ 1.00 k"),
    ]
    assert [row[0] for row in action_report(ACTIONS, TODAY).rows] == ["ACT-1"]
