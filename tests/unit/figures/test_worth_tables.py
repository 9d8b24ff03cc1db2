"""Explanations, written, on a press whose answers are known."""

import numpy as np
import pytest

from sop_dash.core.plan import plan
from sop_dash.core.studies.goal_seek import SoughtLever, goal_seek
from sop_dash.core.studies.hours_worth import Companion, HoursWorth, Peak, hours_worth
from sop_dash.core.studies.what_it_takes import what_it_takes
from sop_dash.figures.worth_tables import (
    binding_told,
    goal_chart,
    goal_told,
    minus_words,
    needed_rows,
    needed_told,
    share_refused,
    share_words,
    worth_cells,
    worth_rows,
)
from tests.unit.core.plan.plan_worlds import prepared, press_company

READY = prepared(press_company(months=3, hours=100.0, overtime_max_ratio=0.0), [[100, 100, 250]])
PLAN = plan(READY)


def test_the_map_of_worth_is_money_in_three_digits_with_its_band():
    found = hours_worth(READY, PLAN)
    texts, bands = worth_cells(found, worth_rows(found), 3)
    assert texts == [["4.70\u00a0k", "4.80\u00a0k", "4.90\u00a0k"]]
    assert bands == [["worth-3"] * 3]


def test_resources_where_hours_bring_nothing_are_left_out():
    idle = HoursWorth(
        block_hours=100.0,
        value=np.array([[0.0, np.nan], [0.0, 500.0]]),
        served_units=np.zeros((2, 2)),
        has_money=True,
        peaks=(),
    )
    assert worth_rows(idle).tolist() == [1]
    assert worth_cells(idle, worth_rows(idle), 2) == ([["0", "500"]], [["worth-0", "worth-3"]])


def test_a_bottleneck_says_what_lifts_it():
    (told,) = binding_told(hours_worth(READY, PLAN), "USD")
    assert told.asked == "Press, Nov 26–Jan 27"
    # a hundred hours a month in three months, of which 150 are asked for
    assert "more hours a month bring" in told.sentence


@pytest.mark.parametrize(
    "useless,together,words",
    [
        (True, True, "one alone brings next to nothing"),
        (False, True, "on Press alone"),
        (False, False, "It binds alone"),
    ],
)
def test_a_pair_is_told_as_a_pair(useless, together, words):
    companion = Companion(
        resource="Oven",
        hours_per_month=100.0,
        bottleneck_alone=10.0,
        companion_alone=0.0,
        together=900.0,
        served_alone=0.0,
        served_by_companion=0.0,
        served_together=20.0,
        bind_together=together,
        useless_alone=useless,
    )
    peak = Peak(
        resource="Press",
        months=("2026-12",),
        relief_hours=100.0,
        lifted=True,
        relief_value=10.0,
        relief_served=0.0,
        next_resources=("Oven",),
        companion=companion,
    )
    found = HoursWorth(
        block_hours=100.0, value=np.zeros((2, 1)), served_units=np.zeros((2, 1)), has_money=True, peaks=(peak,)
    )
    assert words in binding_told(found, "USD")[0].sentence


def test_serving_at_a_loss_is_told_as_a_loss():
    peak = Peak(
        resource="Press",
        months=("2026-12",),
        relief_hours=100.0,
        lifted=True,
        relief_value=-500.0,
        relief_served=20.0,
        next_resources=(),
        companion=None,
    )
    found = HoursWorth(
        block_hours=100.0, value=np.zeros((1, 1)), served_units=np.zeros((1, 1)), has_money=True, peaks=(peak,)
    )
    assert "bring 20 more units served at a loss of $\u00a0500 and lift it" in binding_told(found, "USD")[0].sentence


def test_the_smallest_list_is_told_with_its_rows():
    found = what_it_takes(READY, PLAN, np.ones(1, dtype=bool), 1.0)
    words = (
        "150 hours in 1\u00a0place: the least that lifts the plan from 66.67\u00a0% of the demand of Nov 26–Jan 27, "
        "by price."
    )
    assert needed_told(found).sentence == words
    ((place, month, amount, late),) = needed_rows(found)
    assert (place, month, amount) == ("Press", "Jan 27", "150 h beyond all overtime")
    assert late == ""


def test_a_goal_is_answered_with_the_place_of_the_lever():
    found = goal_seek(READY, PLAN, SoughtLever.OVERTIME, "service", 0.8, stands_at=0.0)
    kpi = PLAN.kpi("service")
    told = goal_told(found, kpi, "USD")
    # 360 of 450 units need 60 hours of overtime in three months of 100 hours
    assert told.asked == "Which overtime limit gives Service (plan) of 80.0\u00a0%?"
    assert told.sentence.startswith("Overtime up to 20.")
    assert told.sentence.endswith("Counted over Nov 26–Jan 27, all families and channels, weighted by price.")
    drawn = goal_chart(found, kpi, "USD")
    assert drawn["data"][0]["x"] == sorted(drawn["data"][0]["x"])
    assert drawn["layout"]["shapes"][0]["y0"] == 0.8


@pytest.mark.parametrize(
    "ratio,words",
    [(1.0, "100"), (0.9999, "99.99"), (0.999987, "99.999"), (0.9973, "99.73"), (0.5, "50"), (0.0, "0")],
)
def test_a_share_that_is_less_than_all_is_never_written_as_all(ratio, words):
    assert share_words(ratio) == f"{words}\u00a0%"


@pytest.mark.parametrize(
    "share,words",
    [(100, ""), (99.99, ""), (101, "101\u00a0% is no share"), (-5, "−5\u00a0% is no share"), (None, "Type the share")],
)
def test_a_share_that_cannot_be_is_refused_with_the_reason(share, words):
    assert share_refused(share).startswith(words)
    assert bool(share_refused(share)) == bool(words)


def test_hours_that_cost_more_than_they_earn_are_marked_and_explained():
    # A press of which hours serve kettles sold at 40 that cost 51 to make: service comes first.
    ready = prepared(press_company(months=2, hours=100.0, overtime_max_ratio=0.0, price=40.0), [[100, 200]])
    found = hours_worth(ready, plan(ready))
    texts, bands = worth_cells(found, worth_rows(found), 2)
    assert bands == [["worth-minus", "worth-minus"]]
    assert texts[0][1] == "−1.10\u00a0k"  # 100 units at a loss of 11 each
    assert minus_words(found, "USD").startswith("Hatched, down to −$\u00a01.20\u00a0k")  # made ahead, held at 1 each
    assert minus_words(hours_worth(READY, PLAN), "USD") == ""


def test_the_name_of_a_target_keeps_clear_of_the_curve():
    found = goal_seek(READY, PLAN, SoughtLever.OVERTIME, "service", 0.8, stands_at=0.0)
    label = goal_chart(found, PLAN.kpi("service"), "USD")["layout"]["shapes"][0]["label"]
    # Service runs from 67 % to 100 %: the right end is further from 80 % and above it, so the name stands below there.
    assert (label["textposition"], label["yanchor"]) == ("end", "top")
