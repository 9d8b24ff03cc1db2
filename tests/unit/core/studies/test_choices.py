"""What a decision card shows of a case."""

import pytest

from sop_dash.core.plan import plan
from sop_dash.core.studies.cases import Case, cases
from sop_dash.core.studies.choices import card_options, choose_by, extra_hours, named_options
from tests.unit.core.plan.plan_worlds import prepared, press_company


def first_case(demand, **supply) -> Case:
    ready = prepared(press_company(months=len(demand[0]), hours=100.0, **supply), demand)
    return cases(ready, plan(ready))[0]


@pytest.fixture(scope="module")
def peak() -> Case:
    # 60 units short in January; overtime of the month makes 20 of them, outsourcing 15, building ahead 10.
    return first_case(
        [[100, 90, 160, 100]],
        overtime_max_ratio=0.2,
        outsource_max_units=15.0,
        outsource_lead_time_months=1.0,
        capacity_lead_time_months=1.0,
    )


def test_the_recommended_option_leads_and_doing_nothing_closes(peak: Case):
    keys = [option.key for option in card_options(peak)]
    assert (keys[0], keys[-1]) == ("best-mix", "do-nothing")
    assert len(keys) == 3


def test_the_best_single_means_stands_beside_the_best_mix(peak: Case):
    assert [option.key for option in card_options(peak)] == ["best-mix", "overtime", "do-nothing"]


def test_an_option_that_comes_out_the_same_is_not_shown_twice():
    # Overtime is all there is, so that the best mix is overtime alone.
    case = first_case([[100, 100, 110]], overtime_max_ratio=0.2)
    assert next(o for o in case.options if o.key == "overtime").feasible
    assert [option.key for option in card_options(case)] == ["best-mix", "do-nothing"]


def test_extra_hours_are_told_apart_because_nobody_gave_their_price(peak: Case):
    assert "extra-hours" not in [option.key for option in card_options(peak)]
    assert extra_hours(peak) is not None


def test_the_choice_ends_with_the_recommended_option(peak: Case):
    assert choose_by(peak) == "2026-11"  # some of it is made in overtime of November


def test_a_gap_without_any_means_offers_nothing_but_living_with_it():
    case = first_case([[130, 90, 100]], overtime_max_ratio=0.0)
    assert all(option.lost_units == pytest.approx(30) for option in card_options(case))


def test_every_option_shown_has_a_name_of_its_own(peak: Case):
    named = named_options([peak])
    assert [option.key for _, option in named.values()] == [option.key for option in card_options(peak)]
    assert all(case is peak for case, _ in named.values())
