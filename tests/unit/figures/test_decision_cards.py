"""Decision cards as they are written."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from sop_dash.core.plan import plan
from sop_dash.core.studies.cases import Case, cases
from sop_dash.figures.decision_cards import (
    break_even_words,
    deadline_words,
    decision_card,
    decision_words,
    option_choices,
    reason_words,
)
from sop_dash.figures.formats import SPACE
from tests.unit.core.plan.plan_worlds import prepared, press_company

TODAY = date(2027, 1, 20)


def plain(text: str) -> str:
    """The text with ordinary spaces."""
    return text.replace(SPACE, " ")


@pytest.fixture(scope="module")
def peak() -> Case:
    # 450 units asked in four months, 60 short in January; doing nothing serves 390 of them.
    company = press_company(
        months=4,
        hours=100.0,
        overtime_max_ratio=0.2,
        outsource_max_units=15.0,
        outsource_lead_time_months=1.0,
        capacity_lead_time_months=1.0,
    )
    ready = prepared(company, [[100, 90, 160, 100]])
    return cases(ready, plan(ready))[0]


def test_each_option_has_its_money_and_service(peak: Case):
    card = decision_card(peak, "EUR", TODAY)
    written = {option.name: (plain(option.margin), plain(option.service)) for option in card.options}
    assert written["Best mix"] == ("+€ 2.10 k", "100.0 %")  # 60 × 40 − 50 hours of overtime at 6
    assert written["Overtime"] == ("+€ 680", "91.1 %")  # 410 of 450; 20 × 40 − 20 hours at 6
    assert written["Do nothing"] == ("±€ 0", "86.7 %")  # 390 of 450
    assert [option.name for option in card.options if option.recommended] == ["Best mix"]


def test_a_card_says_whether_the_plan_does_it_already(peak: Case):
    assert decision_card(peak, "EUR", TODAY).badge == "in the plan"
    best, other = peak.recommended, next(o for o in peak.options if o.key == "outsource")
    moved = tuple(
        replace(o, recommended=o is other, in_plan=o is best) if o in (best, other) else o for o in peak.options
    )
    assert decision_card(replace(peak, options=moved), "EUR", TODAY).badge == "not yet in the plan"


@pytest.mark.parametrize(
    "month,words,soon",
    [
        ("2027-01", "11 days left, until 31 Jan 27", True),
        ("2027-02", "39 days left, until 28 Feb 27", False),
        ("2026-12", "last day was 31 Dec 26", True),
        (None, "too late for its first month", True),
    ],
)
def test_the_days_left_end_with_the_last_month_of_choice(month: str | None, words: str, soon: bool):
    said, warned = deadline_words(month, TODAY)
    assert (plain(said), warned) == (words, soon)


def test_the_reason_compares_with_doing_nothing(peak: Case):
    said = plain(reason_words(peak, peak.recommended, "EUR"))
    assert said.startswith("Best mix serves 13.3 pts more of demand and earns € 2.10 k")


def test_an_option_that_only_costs_here_is_said_to_pay_elsewhere(peak: Case):
    nothing = next(o for o in peak.options if o.key == "do-nothing")
    costly = replace(nothing, key="best-mix", name="Best mix", margin_change=-500.0, recommended=True)
    said = plain(reason_words(peak, costly, "EUR"))
    assert said == "Best mix costs € 500 here; over the whole plan it comes out best."


def test_the_price_of_hours_is_the_margin_they_bring_by_the_hour():
    company = press_company(months=3, hours=100.0, overtime_max_ratio=0.0, capacity_lead_time_months=1.0)
    ready = prepared(company, [[100, 120, 120]])
    said = plain(break_even_words(cases(ready, plan(ready))[0], "EUR"))
    # 20 hours in each of two months serve 40 units at a margin of 40
    assert said.endswith("20 extra hours a month pay for themselves up to € 40 each.")


def test_a_gap_that_nothing_at_hand_helps_has_nothing_to_decide():
    ready = prepared(press_company(months=3, hours=100.0, overtime_max_ratio=0.0), [[130, 90, 100]])
    card = decision_card(cases(ready, plan(ready))[0], "EUR", date(2026, 11, 20))
    assert card.reason == "Nothing is to be decided: no means at hand helps here."
    assert [(option.name, option.recommended, option.in_plan) for option in card.options] == [
        ("Do nothing", True, True)
    ]


def test_stock_kept_at_an_unknown_cost_is_said_without_money():
    company = press_company(months=4, hours=100.0, overtime_max_ratio=0.2, price=np.nan, cost=np.nan)
    ready = prepared(company, [[100, 100, 100, 130]], cover_days=15.0)
    case = cases(ready, plan(ready))[0]
    said = reason_words(case, case.recommended, "EUR")
    assert said.endswith("keeps more in stock, at a cost that is not known.")
    assert "pay" not in break_even_words(case, "EUR")


def test_the_break_even_is_the_demand_at_which_nothing_is_short(peak: Case):
    assert "nothing to decide if demand is 38 % lower" in plain(break_even_words(peak, "EUR"))  # 60 of 160


def test_the_form_offers_the_options_of_its_card_and_names_the_decision(peak: Case):
    offered = option_choices([peak], 0)
    assert [name for name, _ in offered] == ["Best mix (recommended)", "Overtime", "Do nothing"]
    assert decision_words(peak, peak.recommended) == "Press, Jan 27: best mix"
