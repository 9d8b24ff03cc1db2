"""Decision cards: gaps and their options, each planned in full."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.model.levers import Levers, from_plain, to_plain
from sop_dash.core.model.result import OtherCost
from sop_dash.core.plan import plan
from sop_dash.core.studies.cases import CaseStudy, cases
from tests.unit.core.plan.plan_worlds import prepared, press_company, shared_space, with_limits


def _cases(company, demand, **settings):
    ready = prepared(company, demand, **settings)
    return cases(ready, plan(ready))


def _option(case, key):
    return next(option for option in case.options if option.key == key)


@pytest.fixture(scope="module")
def peak():
    # 100 hours a month, 100, 90 and 160 wanted: 60 short in January, of which 10 can be built in December.
    company = press_company(
        months=4,
        hours=100.0,
        overtime_max_ratio=0.2,
        outsource_max_units=15.0,
        outsource_lead_time_months=1.0,
        capacity_lead_time_months=1.0,
    )
    return _cases(company, [[100, 90, 160, 100]])[0]


def test_the_gap_is_named_with_its_hours_and_the_margin_at_stake(peak):
    assert (peak.place, peak.months, peak.hours) == ("Press", ("2027-01", "2027-01"), pytest.approx(60))
    assert peak.value == pytest.approx(2_400)  # doing nothing loses 60 units × 40
    assert peak.break_even_demand_ratio == pytest.approx(-60 / 160)


@pytest.mark.parametrize(
    "key,lost,margin",
    [
        ("do-nothing", 60, 0),
        ("build-ahead", 50, 400),  # 10 units in December
        ("overtime", 40, 680),  # 20 hours in January at a premium of 6: 20 × 40 − 20 × 6
        ("outsource", 45, 420),  # 15 in January at a premium of 12: 15 × 40 − 15 × 12
        ("best-mix", 0, 2_100),  # 10 in free hours, 50 in overtime from November on: 60 × 40 − 50 × 6
    ],
)
def test_each_option_is_completed_and_priced(peak, key, lost, margin):
    option = _option(peak, key)
    assert option.lost_units == pytest.approx(lost, abs=1e-6)
    assert option.margin_change == pytest.approx(margin)


def test_the_plan_is_recommended_and_already_in_the_plan(peak):
    assert peak.recommended.key == "best-mix"
    assert peak.in_plan
    assert sum(option.recommended for option in peak.options) == 1
    assert peak.recommended.levers == Levers()


def test_every_option_but_doing_nothing_has_a_last_month(peak):
    months = {option.key: option.last_month for option in peak.options}
    assert months["do-nothing"] is None
    assert months["overtime"] == "2027-01"
    assert months["outsource"] == "2026-12"  # a month of lead time
    assert months["build-ahead"] == "2026-12"  # what is missing in January is made in December
    assert months["best-mix"] == "2026-11"  # some of it already in overtime of November


def test_an_option_without_data_is_shown_with_the_reason():
    company = press_company(months=3, hours=100.0, overtime_max_ratio=0.0)
    case = _cases(company, [[130, 90, 100]])[0]
    assert "supply_options" in _option(case, "outsource").reason
    assert not _option(case, "overtime").feasible
    assert _option(case, "build-ahead").reason == "No month that can still be changed lies before Nov 26."


def test_an_option_is_possible_when_its_own_plan_recovers_something():
    # January lacks 40 hours and December is full too: only November, two months before, has 30 to spare
    case = _cases(press_company(months=3, hours=100.0, overtime_max_ratio=0.0), [[70, 100, 140]])[0]
    ahead = _option(case, "build-ahead")
    assert (ahead.feasible, ahead.spent.covered_units) == (True, pytest.approx(30))
    assert ahead.spent.held_unit_months == pytest.approx(60)  # two months each
    full = _cases(press_company(months=3, hours=100.0, overtime_max_ratio=0.0), [[100, 100, 140]])[0]
    assert _option(full, "build-ahead").reason == "No hours are free in the months before the gap."


def test_one_planner_makes_all_options_so_that_no_gain_comes_from_planning_better():
    # One hour each, 100 hours for 200 units: whoever plans, the dearer family is served first.
    company = press_company(
        families=("Kettles", "Irons"), months=2, hours=100.0, overtime_max_ratio=0.0, price=[[[200.0]], [[70.0]]]
    )
    case = _cases(company, [[0, 100], [100, 100]])[0]
    nothing, mix = _option(case, "do-nothing"), _option(case, "best-mix")
    assert nothing.lost_units == pytest.approx(100)
    assert nothing.lost_value == pytest.approx(7_000)
    assert (mix.margin_change, mix.spent.holding_cost) == (pytest.approx(0, abs=1e-6), pytest.approx(0, abs=1e-6))


def test_where_no_means_helps_doing_nothing_is_recommended_and_is_the_plan():
    # November, the first month, lacks 30 hours; there is neither overtime nor outsourcing
    case = _cases(press_company(months=3, hours=100.0, overtime_max_ratio=0.0), [[130, 90, 100]])[0]
    assert (case.recommended.key, case.in_plan, case.recommended.levers) == ("do-nothing", True, Levers())
    mix = _option(case, "best-mix")
    assert (mix.feasible, mix.in_plan) == (False, False)
    assert mix.reason == "No means at hand helps here: the plan does nothing about this gap."


def test_money_that_is_unknown_gives_no_price_of_hours_and_no_cost_of_stock():
    company = press_company(
        months=4, hours=100.0, overtime_max_ratio=0.0, price=np.nan, cost=np.nan, capacity_lead_time_months=0.0
    )
    case = _cases(company, [[100, 90, 120, 100]])[0]
    ahead, hours = _option(case, "build-ahead"), _option(case, "extra-hours")
    assert (ahead.spent.held_unit_months, ahead.spent.holding_cost) == (pytest.approx(10), None)
    assert (hours.feasible, hours.break_even_per_hour) == (True, None)


def test_choosing_an_option_gives_the_very_plan_it_was_priced_on(peak):
    company = press_company(
        months=4, hours=100.0, overtime_max_ratio=0.2, outsource_max_units=15.0, outsource_lead_time_months=1.0
    )
    ready = prepared(company, [[100, 90, 160, 100]])
    for option in peak.options:
        chosen = plan(ready, from_plain(to_plain(option.levers)))
        assert float(chosen.supply.lost.sum()) == pytest.approx(option.lost_units, abs=1e-6)


def test_extra_hours_are_offered_with_what_an_hour_may_cost():
    company = press_company(months=3, hours=100.0, overtime_max_ratio=0.0, capacity_lead_time_months=1.0)
    option = _option(_cases(company, [[100, 120, 120]])[0], "extra-hours")
    assert option.name == "20 extra hours a month"
    assert option.break_even_per_hour == pytest.approx(40.0)  # 40 units × 40 margin / 40 hours
    assert not option.recommended


def test_capacity_told_in_units_of_a_family_is_short_of_units_and_not_of_hours():
    company = press_company(
        months=3, hours_per_unit=0.0, family_capacity_units=100.0, overtime_max_ratio=0.0, capacity_lead_time_months=1.0
    )
    case = _cases(company, [[100, 120, 120]])[0]
    assert case.question == "Kettles is 40 units short of regular capacity in Dec 26 to Jan 27: how do we serve demand?"
    assert _option(case, "extra-hours").name.endswith(" extra units a month")


def test_without_a_gap_there_is_no_case():
    assert _cases(press_company(months=3, hours=500.0), [[100, 100, 100]]) == ()


def test_a_bought_family_that_cannot_arrive_in_time_is_a_case_of_its_own():
    company = press_company(made=(False,), months=4, hours_per_unit=0.0)
    company.supply.lead_time_months[:] = 2.0
    case = _cases(company, [[50, 50, 50, 50]])[0]
    assert (case.place, case.is_resource, case.months) == ("Kettles", False, ("2026-11", "2026-12"))
    assert case.value == pytest.approx(4_000)


def test_at_most_three_cases_and_one_for_a_common_shortage():
    families = ("A", "B", "C", "D")
    company = press_company(families=families, made=(False,) * 4, months=3, hours_per_unit=0.0)
    company.supply.lead_time_months[:] = 1.0
    found = _cases(company, [[10, 0, 0], [20, 0, 0], [30, 0, 0], [40, 0, 0]])
    assert [case.place for case in found] == ["D", "C", "B"]
    assert np.all(np.diff([case.value for case in found]) < 0)


def test_what_an_option_puts_in_is_counted_with_its_months_of_holding(peak):
    ahead, overtime, outsource = (_option(peak, key).spent for key in ("build-ahead", "overtime", "outsource"))
    # 10 units wait one month; a year of carrying costs a fifth of 60, so a month of ten units costs 10.
    assert (ahead.covered_units, ahead.held_unit_months) == (pytest.approx(10), pytest.approx(10))
    assert ahead.holding_cost == pytest.approx(10.0)
    # 20 units at a premium of a tenth of 60; nothing is held for them
    assert (overtime.overtime_hours, overtime.overtime_cost) == (pytest.approx(20), pytest.approx(120))
    assert overtime.held_unit_months == pytest.approx(0, abs=1e-6)
    # 15 units in January at a premium of a fifth of 60
    assert (outsource.outsourced_units, outsource.outsource_cost) == (pytest.approx(15), pytest.approx(180))


def test_every_option_is_completed_to_the_whole_gap_and_its_rest_is_priced(peak):
    for option in peak.options:
        assert option.spent.covered_units + option.lost_units == pytest.approx(60, abs=1e-6)
        assert option.lost_margin == pytest.approx(40 * option.lost_units, abs=1e-6)
    nothing, mix = _option(peak, "do-nothing"), _option(peak, "best-mix")
    assert nothing.total_cost == pytest.approx(2_400)  # 60 units × 40 lost
    # 20 overtime hours in January, 20 in December and 10 in November at 6; 30 units held one month, 10 held two, at 1
    assert mix.total_cost == pytest.approx(300 + 30 + 20)


def test_an_option_pays_for_the_space_it_fills_and_for_the_contract_it_leaves_unused():
    # 100 hours a month; 60 short in January; a shed of 4 units, more space at 3 a unit-month; 5 units a month agreed
    company = press_company(
        months=4, hours=100.0, overtime_max_ratio=0.2, outsource_min_units=5.0, outsource_max_units=15.0
    )
    shed = shared_space(4, 1, "Shed", capacity=4.0, overflow_cost_per_unit=3.0)
    case = _cases(with_limits(company, warehouse=shed), [[100, 90, 160, 100]])[0]
    nothing, ahead = _option(case, "do-nothing"), _option(case, "build-ahead")
    # 5 units agreed and refused in each of four months, at 60 and a fifth more
    assert nothing.spent.other_costs == {OtherCost.UNUSED_MINIMUM: pytest.approx(4 * 5 * 72)}
    # the ten units of December take 6 places too many
    assert ahead.spent.other_costs[OtherCost.SPACE] == pytest.approx(18)
    assert ahead.margin_change == pytest.approx(400 - 18)
    assert nothing.total_cost == pytest.approx(60 * 40 + 1_440)
    assert ahead.total_cost == pytest.approx(50 * 40 + 1_440 + 18 + 10)


@given(
    st.lists(st.integers(0, 180), min_size=4, max_size=4),
    st.sampled_from([0.0, 2.0, 40.0, 200.0]),
    st.integers(0, 20),
    st.sampled_from([60.0, 110.0, 1_000.0]),
)
def test_options_differ_in_what_the_gap_costs_as_they_differ_in_the_profit(demand, overflow, agreed, room):
    company = press_company(
        months=4, hours=100.0, overtime_max_ratio=0.2, outsource_min_units=float(agreed), outsource_max_units=25.0
    )
    shed = shared_space(4, 1, "Shed", capacity=5.0, overflow_cost_per_unit=overflow)
    lane = shared_space(4, 1, "Ferry", capacity=room, overflow_cost_per_unit=7.0)
    for case in _cases(with_limits(company, warehouse=shed, transport=lane), [demand]):
        cost = {o.key: o.total_cost - o.spent.holding_cost for o in case.options}
        for option in case.options:
            assert cost["do-nothing"] - cost[option.key] == pytest.approx(option.margin_change, abs=1e-6)


def test_outsourcing_that_was_set_to_nothing_says_who_set_it():
    company = press_company(months=3, hours=100.0, outsource_max_units=15.0)
    ready = prepared(company, [[100, 130, 100]])
    moved = plan(ready, Levers(outsource_max_ratio=0.0))
    option = _option(cases(ready, moved)[0], "outsource")
    assert not option.feasible
    assert option.reason == "Outsourcing is set to 0 % by the levers as they stand."


def test_an_order_that_arrives_after_the_gap_is_no_option():
    company = press_company(months=4, hours=100.0, outsource_max_units=15.0, outsource_lead_time_months=3.0)
    option = _option(_cases(company, [[100, 130, 100, 100]])[0], "outsource")
    assert option.reason == "An order placed now would arrive after the gap."


def test_a_family_and_month_lead_to_the_gap_they_are_part_of():
    company = press_company(months=4, hours=100.0, overtime_max_ratio=0.2)
    ready = prepared(company, [[100, 90, 160, 100]])
    study = CaseStudy(ready, plan(ready))
    peak = study.at("Kettles", "2027-01")
    assert peak.same_gap(study.largest()[0])
    calm = study.at("Kettles", "2026-11")
    assert (calm.place, calm.is_resource) == ("Kettles", False)
    assert "served in full" in calm.question


@given(demand=st.lists(st.integers(40, 180), min_size=4, max_size=4), overtime=st.sampled_from([0.0, 0.1, 0.3]))
def test_no_single_means_comes_out_better_than_the_best_mix(demand, overtime):
    company = press_company(
        months=4, hours=100.0, overtime_max_ratio=overtime, outsource_max_units=15.0, outsource_lead_time_months=1.0
    )
    for case in _cases(company, [demand]):
        best = _option(case, "best-mix").objective
        single = [option for option in case.options if option.key != "extra-hours"]
        assert all(option.objective >= best - 1e-6 * abs(best) for option in single)
