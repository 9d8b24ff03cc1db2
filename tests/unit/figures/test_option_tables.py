"""Options side by side and the ladder, written, on a press whose peak is known."""

from datetime import date

import numpy as np
import pytest

from sop_dash.core.model.records import Decision, DecisionCategory, Execution, Outcome
from sop_dash.core.plan import plan
from sop_dash.core.studies.cases import Case, CaseStudy
from sop_dash.core.studies.ladder import ladder
from sop_dash.figures.option_tables import (
    OPTION_LINES,
    case_note,
    ladder_rows,
    ladder_words,
    option_columns,
    recorded_words,
)
from tests.unit.core.plan.plan_worlds import prepared, press_company, shared_space, with_limits

TODAY = date(2026, 11, 22)
# 60 short in January; 10 can be built in December, 20 a month in overtime, 15 a month outsourced after a month.
COMPANY = press_company(
    months=4, hours=100.0, overtime_max_ratio=0.2, outsource_max_units=15.0, outsource_lead_time_months=1.0
)
READY = prepared(COMPANY, [[100, 90, 160, 100]])


@pytest.fixture(scope="module")
def peak() -> Case:
    return CaseStudy(READY, plan(READY)).largest()[0]


def _cell(case: Case, option: str, line: str) -> str:
    column = next(c for c in option_columns(case, "USD", TODAY) if c.name == option)
    return column.cells[OPTION_LINES.index(line)]


def test_an_option_shows_what_it_serves_puts_in_and_costs(peak: Case):
    # 15 units outsourced in January at a premium of 12; 45 of 60 units still lost at a margin of 40
    assert _cell(peak, "Outsource", "Outsourced") == "15 units · $\u00a0180"
    assert _cell(peak, "Outsource", "Still not served") == "45 units · $\u00a04.50\u00a0k"
    assert _cell(peak, "Outsource", "Margin still lost") == "$\u00a01.80\u00a0k"
    assert _cell(peak, "Do nothing", "The gap costs") == "$\u00a02.40\u00a0k"
    assert _cell(peak, "Overtime", "Can be chosen until") == "31\u00a0Jan 27, 70\u00a0days left"


def test_other_costs_are_named_and_one_without_a_price_says_so():
    priced, unpriced = (
        prepared(
            with_limits(COMPANY, warehouse=shared_space(4, 1, "Shed", capacity=4.0, overflow_cost_per_unit=cost)),
            [[100, 90, 160, 100]],
        )
        for cost in (3.0, float("nan"))
    )
    # the ten units of December take 6 places too many, at 3
    assert (
        _cell(CaseStudy(priced, plan(priced)).largest()[0], "Build ahead", "Other costs") == "$\u00a018 overflow space"
    )
    assert _cell(CaseStudy(priced, plan(priced)).largest()[0], "Do nothing", "Other costs") == "none"
    told = _cell(CaseStudy(unpriced, plan(unpriced)).largest()[0], "Build ahead", "Other costs")
    assert told == "overflow space: no price"


def test_what_is_not_possible_has_no_figures_but_a_reason():
    company = press_company(months=3, hours=100.0, overtime_max_ratio=0.0)
    ready = prepared(company, [[130, 90, 100]])
    columns = option_columns(CaseStudy(ready, plan(ready)).largest()[0], "USD", TODAY)
    ahead = next(column for column in columns if column.name == "Build ahead")
    assert (ahead.possible, ahead.cells) == (False, ())
    assert ahead.reason == "No month that can still be changed lies before Nov 26."


def test_the_families_counted_and_the_stake_are_told(peak: Case):
    assert case_note(peak, "Kettles", "USD") == (
        "Counted over Nov 26–Feb 27 for Kettles. $\u00a02.40\u00a0k of margin is at stake if nothing is done."
    )


def test_a_gap_that_has_its_decision_says_so(peak: Case):
    decision = Decision(
        id="DEC-7",
        text="Press, Jan 27: best mix",
        category=DecisionCategory.SUPPLY,
        owner="Ann",
        outcome=Outcome.APPROVED,
        execution=Execution.NOT_STARTED,
        cycle="2026-11",
        version=1,
    )
    assert recorded_words(peak, [decision]) == "Already recorded: DEC-7 (approved)."
    assert recorded_words(peak, []) == ""


def test_the_ladder_names_the_cheapest_way_with_room():
    found = ladder(READY, plan(READY), "Kettles", "2026-11")
    rows = ladder_rows(found.steps, "USD")
    # regular hours are used up; an avoidable 51 and a premium of 6 make a unit in overtime cost 57
    assert rows[0] == ("make in regular hours", "Nov 26", "$\u00a051", "no room left")
    assert ("make in overtime", "Nov 26", "$\u00a057", "10 units") in rows
    assert ladder_words(found.steps, "USD") == (
        "The cheapest way with room left is to make in overtime, arriving in Nov 26, at $\u00a057; "
        "a lost sale costs its price of $\u00a0100."
    )


def test_a_premium_of_overtime_given_per_unit_is_what_overtime_costs_on_the_ladder():
    company = press_company(
        families=("Kettles", "Irons"),
        months=2,
        hours=100.0,
        overtime_max_ratio=0.5,
        overtime_premium_per_unit=np.array([9.0, np.nan]),
    )
    ready = prepared(company, [[90, 60], [60, 60]])
    ways = {
        name: ladder_rows(ladder(ready, plan(ready), name, "2026-11").steps, "USD") for name in ("Kettles", "Irons")
    }
    # Avoidable 51 and the 9 given; irons give none: their hour costs the one rate of all families.
    assert ("make in overtime", "Nov 26", "$\u00a060") in [row[:3] for row in ways["Kettles"]]
    costs = {row[2] for row in ways["Irons"] if row[0] == "make in overtime"}
    assert costs
    assert "$\u00a060" not in costs
