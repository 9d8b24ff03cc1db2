"""The tables of demand; the open cycle is April 2026, which is in progress."""

import math
from dataclasses import replace
from pathlib import Path

import pytest

from sop_dash.core.model.levers import Levers
from sop_dash.core.model.records import Adjustment, AdjustmentType
from sop_dash.core.plan.demand_exceptions import demand_exceptions
from sop_dash.core.plan.demand_issues import FamilyIssue, Question, demand_issues
from sop_dash.figures.demand_tables import (
    adjustment_words,
    closed_in_quarter,
    compared_quarter,
    compared_with,
    family_rows,
    issue_money,
    issue_words,
    periods,
)
from sop_dash.figures.formats import months_in_words
from sop_dash.figures.storyline.demand import demand_story
from sop_dash.services.bundle import Services
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Measure, Selection
from tests.desk import desk
from tests.worlds import two_products_one_press

ISSUE = FamilyIssue(family="Lamps", category="Home", question=Question.BIAS, ratio=0.12, value=1500.0, adjustments=0)
ADJUSTMENT = Adjustment(
    id="ADJ-001",
    cycle="2026-04",
    family="Lamps",
    channel=None,
    first_month="2026-05",
    last_month="2026-05",
    type=AdjustmentType.PERCENTAGE,
    value=-0.05,
    reason="known",
    owner="Ada",
    order=1,
)


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    return desk(tmp_path_factory.mktemp("press"))


def view(services: Services, **selection) -> PlanView:
    return services.plans.view(Selection(**selection), Levers())


def test_each_quarter_stands_after_its_last_month_and_the_month_in_progress_is_locked(services: Services):
    found = periods(view(services, horizon=6))
    assert [period.title for period in found] == [
        "Apr 26", "May 26", "Jun 26", "Q2 FY26", "Jul 26", "Aug 26", "Sep 26", "Q3 FY26",
    ]  # fmt: skip
    assert [period.locked for period in found] == [True, *[False] * 7]
    assert [period.title for period in found if period.restricted] == ["May 26", "Jun 26"]
    assert [period.quarter for period in found] == [False, False, False, True, False, False, False, True]


def test_families_stand_side_by_side_with_their_quarters_and_no_total(services: Services):
    kettles, lamps = family_rows(view(services))
    assert (kettles["2026-05"], kettles["Q2 FY26"]) == pytest.approx((150.0, 450.0))
    assert lamps["2026-05"] == pytest.approx(40.0)
    assert [row["name"] for row in (kettles, lamps)] == ["Kettles", "Lamps"]


def test_under_one_channel_the_table_counts_that_channel(services: Services):
    (kettles,) = [row for row in family_rows(view(services, channel="web")) if row["name"] == "Kettles"]
    assert kettles["2026-05"] == pytest.approx(50.0)


def test_last_cycle_is_compared_only_where_one_was_kept(services: Services):
    assert [one.field for one in compared_with(view(services))] == ["v-year"]
    assert compared_quarter(view(services)) == "Q2 FY26"


@pytest.mark.parametrize(
    "question, ratio, words",
    [
        (Question.BIAS, 0.12, "forecasts ran 12\u00a0% too high"),
        (Question.BIAS, -0.12, "forecasts ran 12\u00a0% too low"),
        (Question.BIAS, 114.0, "forecasts ran far too high"),
        (Question.CHANGE, -0.08, "8\u00a0% down since last cycle"),
        (Question.BUDGET, 0.2, "20\u00a0% above budget"),
        (None, math.nan, "in line"),
    ],
)
def test_a_question_is_told_in_a_few_words(question, ratio, words):
    assert issue_words(replace(ISSUE, question=question, ratio=ratio)) == words


def test_money_at_issue_is_a_dash_where_there_is_none():
    assert issue_money(ISSUE, "EUR") == "€\u00a01.50\u00a0k"
    assert issue_money(replace(ISSUE, value=math.nan), "EUR") == "–"
    assert issue_money(replace(ISSUE, question=None, value=0.0), "EUR") == "–"


@pytest.mark.parametrize(
    "kind, value, words",
    [
        (AdjustmentType.PERCENTAGE, -0.05, "−5.0\u00a0%"),
        (AdjustmentType.ADDITIVE, 500.0, "+500 a month"),
        (AdjustmentType.ADDITIVE, -500.0, "−500 a month"),
        (AdjustmentType.ABSOLUTE, 1200.0, "set to 1,200 a month"),
    ],
)
def test_an_adjustment_is_told_by_what_it_does(kind, value, words):
    assert adjustment_words(replace(ADJUSTMENT, type=kind, value=value)) == words


def test_the_story_tells_the_size_of_the_consensus_and_the_first_question(services: Services):
    size, question = demand_story(view(services, horizon=6))
    assert size == "Consensus for Apr 26–Sep 26 is €\u00a030.0\u00a0k."  # 6 × 5,000; no year before is known
    assert question == "1\u00a0family at issue, first Kettles (€\u00a01.20\u00a0k): 9\u00a0% below budget."
    units, _ = demand_story(view(services, family="Lamps", measure=Measure.UNITS, horizon=6))
    assert units.startswith("Consensus for Apr 26–Sep 26 is 240 units")


def test_every_comparison_with_last_cycle_is_one_over_the_same_months(services: Services, tmp_path: Path):
    world = two_products_one_press(3)
    del world["budget"]  # nothing else is at issue
    world["forecasts"] = [
        {"cycle": "2026-03", "month": month, "family": "Kettles", "step": "consensus", "units": units}
        for month, units in (("2026-04", 100.0), ("2026-05", 150.0), ("2026-06", 200.0), ("2026-07", 300.0))
    ]
    of = view(desk(tmp_path, world))
    # 150 a month is planned: 600 in place of 750 over the four months both cycles know.
    cycle = compared_with(of)[0]
    assert (cycle.field, months_in_words(cycle.months)) == ("v-cycle", "Apr 26–Jul 26")
    assert cycle.ratios["Kettles"] == pytest.approx(-0.20)
    issue = next(row for row in demand_issues(of.prepared, len(of.months)) if row.family == "Kettles")
    assert (issue.question, issue.ratio) == (Question.CHANGE, pytest.approx(-0.20))
    told = next(one for one in demand_exceptions(of.prepared) if one.place == "Kettles" and "last cycle" in one.detail)
    assert told.detail.startswith("Apr 26 to Jul 26: 600 units, last cycle 750 (−20 %); ")
    assert told.value == issue.value == pytest.approx(5_000.0)  # 50 + 0 + 50 + 150 units at 20


def test_a_quarter_names_the_closed_months_it_adds(services: Services, tmp_path: Path):
    assert closed_in_quarter(view(services)) == ""  # April opens the quarter
    later = view(desk(tmp_path, two_products_one_press(4)))
    assert closed_in_quarter(later) == "Q2 FY26 with Apr 26 as sold"
    assert next(one for one in periods(later) if one.quarter).help == "Apr 26 as sold, the rest planned"
