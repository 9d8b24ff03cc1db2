"""The supply chart and tables on two products and one press; numbers by hand."""

import pytest

from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.levers import Change, Levers
from sop_dash.core.model.periods import following
from sop_dash.core.performance.gap_table import FamilyGap
from sop_dash.figures.stock_charts import has_output, output_by_month, output_rows, positions, stock_by_family
from sop_dash.figures.storyline.supply import binding_words, bottleneck_answers, supply_story
from sop_dash.figures.supply_charts import supply_and_stock, supply_scale
from sop_dash.figures.supply_tables import gap_rows, gap_totals, solution
from sop_dash.services.bundle import Services
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Measure, Selection
from tests.desk import desk
from tests.worlds import sales_only

MORE_DEMAND = Levers(demand=(Change(ratio=0.5),))
KETTLES = Selection(family="Kettles")


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    return desk(tmp_path_factory.mktemp("press"))


@pytest.fixture(scope="module")
def lone(tmp_path_factory: pytest.TempPathFactory) -> PlanView:
    """A company that knows its sales alone."""
    world = sales_only({"Lamps": [10.0] * 24, "Irons": [5.0] * 24})
    return desk(tmp_path_factory.mktemp("lone"), world).plans.view(Selection(), Levers())


def test_one_family_counts_in_units_and_several_in_money_or_hours(services: Services):
    units = supply_scale(services.plans.view(KETTLES, Levers()))
    money = supply_scale(services.plans.view(Selection(), Levers()))
    hours = supply_scale(services.plans.view(Selection(measure=Measure.UNITS), Levers()))
    assert [scale and scale.unit for scale in (units, money, hours)] == [Unit.UNITS, Unit.MONEY, Unit.HOURS]
    assert hours is not None
    assert hours.words == "hours of Press"


def test_units_of_unlike_families_are_never_added(lone: PlanView):
    assert supply_scale(lone) is None


def test_the_demand_lines_are_drawn_in_the_unit_of_the_chart(services: Services):
    # April: 150 kettles at 12 and 40 lamps at 30 are 3,000; in hours 190 × 0.5 = 95.
    for selection, committed in ((Selection(), 3000.0), (Selection(measure=Measure.UNITS), 95.0), (KETTLES, 150.0)):
        view = services.plans.view(selection, Levers())
        scale = supply_scale(view)
        assert scale is not None
        lines = {trace["name"]: trace["y"] for trace in supply_and_stock(view, scale)["data"]}
        assert lines["Committed demand"][0] == pytest.approx(committed)


def test_traces_keep_their_number_and_order_whatever_is_moved(services: Services):
    def names(levers: Levers) -> list[str]:
        view = services.plans.view(Selection(), levers)
        scale = supply_scale(view)
        assert scale is not None
        return [trace["name"] for trace in supply_and_stock(view, scale)["data"]]

    assert names(Levers()) == names(MORE_DEMAND)


def test_a_demand_lever_moves_what_the_market_would_take_and_what_is_committed(services: Services):
    view = services.plans.view(KETTLES, MORE_DEMAND)
    scale = supply_scale(view)
    assert scale is not None
    lines = {trace["name"]: trace["y"] for trace in supply_and_stock(view, scale)["data"]}
    assert lines["Unconstrained demand"][1] == pytest.approx(225.0)
    assert lines["Committed demand"][1] == pytest.approx(225.0)


def test_the_gap_table_adds_up_money_only(services: Services):
    view = services.plans.view(Selection(), MORE_DEMAND)
    rows = gap_rows(view)
    assert [row["family"] for row in rows] == ["Kettles", "Lamps"]
    # 185 kettles at 20 are not served.
    assert gap_totals(view)[0]["lost"] == pytest.approx(3700.0)
    assert set(gap_totals(view)[0]) == {"family", "lost"}


def test_the_solution_names_every_means_in_units():
    gap = FamilyGap(
        family="Kettles",
        demand=1000.0,
        regular_supply=800.0,
        overtime=120.0,
        outsourced=50.0,
        from_stock=-20.0,
        not_served=50.0,
        lost_revenue_value=1000.0,
        first_short=3,
    )
    months = following("2026-11", 6)
    assert solution(gap, months) == "overtime 120 · outsourced 50 · built ahead 20 · not served 50, from Feb 27"


def test_the_story_names_money_families_months_and_the_fullest_resource(services: Services):
    first, second = supply_story(services.plans.view(Selection(), MORE_DEMAND))
    assert first == "€\u00a03.70\u00a0k of demand for Kettles is not served in Aug 26–Mar 27."
    assert second.startswith("Press is the fullest at 120\u00a0% in May 26")


def test_a_plan_that_serves_everything_says_so(services: Services):
    assert supply_story(services.plans.view(Selection(), Levers()))[0] == "All demand can be supplied through Mar 27."


def test_the_answers_say_why_how_much_and_until_when(services: Services):
    view = services.plans.view(Selection(), MORE_DEMAND)
    found = services.studies.bottleneck(view)
    why, hours, day = bottleneck_answers(found, "EUR", view.plan.kpi("service"))
    assert "25 not served: 180 made and 20 outsourced" in why.sentence
    assert "Press has no hour left" in why.sentence
    assert hours.sentence.startswith("100 more hours on Press in")
    assert "a choice made by then can still bring stock" in day.sentence
    assert binding_words(found).startswith("Press binds in May 26–")


def test_what_is_not_known_is_said_with_the_table_that_brings_it(lone: PlanView):
    assert "resource_profile" in supply_story(lone)[1]
    for row in gap_rows(lone):
        assert row["status"] == "no data"
        assert (row["supply"], row["gap"], row["share"], row["lost"]) == (None, None, None, None)
        assert "load resources" in row["solution"]
    assert gap_totals(lone)[0]["lost"] is None


def test_output_is_shown_only_where_it_was_brought(services: Services, lone: PlanView):
    view = services.plans.view(Selection(), Levers())
    assert has_output(view)
    assert not has_output(lone)
    assert [row["attainment"] for row in output_rows(view)] == [1.0, 1.0]
    assert output_by_month(view)["data"][0]["y"] == [3000.0] * 3  # 150 × 12 + 40 × 30


def test_stock_by_family_shows_cover_in_days(services: Services):
    rows = positions(services.plans.view(Selection(), Levers()))
    figure = stock_by_family(services.plans.view(Selection(), Levers()), rows)
    cover = dict(zip([row.family for row in rows], figure["data"][0]["y"], strict=True))
    assert cover["Kettles"] == pytest.approx(16.0)  # 80 in stock, 150 asked in the 30 days of April
    assert cover["Lamps"] == pytest.approx(7.5)  # 10 of 40
