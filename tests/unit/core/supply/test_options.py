"""What can be done about a gap, on a case whose every option can be priced by hand."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.supply.options import GapOption, Means, family_gap, gap_options, resource_gap
from sop_dash.core.supply.problem import SupplyProblem
from tests.unit.core.supply.supply_problems import plain_problem, random_problem


def _short_in_month_two(**changes: Any) -> SupplyProblem:
    """110 hours a month for 100, 150 and 100 units; holding 5, overtime 15, outsourcing 20, a lost sale 100."""
    given_numbers: dict[str, Any] = {
        "unit_cost": 0.0,
        "outsource_unit_cost": 20.0,
        "outsource_max_units": 1000.0,
        "holding_cost": 5.0,
        "target_penalty": 100.0,
        "end_value": 0.0,
        "lost_weight": 100.0,
        "available_hours": 110.0,
        "overtime_max_ratio": 0.15,
        "overtime_premium_per_hour": 15.0,
    }
    return plain_problem([[100.0, 150.0, 100.0]], **(given_numbers | changes))


def _options(problem: SupplyProblem, month: int = 1) -> dict[Means, GapOption]:
    found = gap_options(problem, family_gap(problem, 0, month), np.full_like(problem.demand_units, 100.0))
    assert [option.means for option in found] == list(Means)
    return {option.means: option for option in found}


def test_doing_nothing_loses_what_regular_hours_cannot_make() -> None:
    nothing = _options(_short_in_month_two())[Means.NOTHING]
    assert nothing.lost_units == pytest.approx(40.0)
    assert nothing.lost_value == pytest.approx(4000.0)
    assert nothing.total_value == 0.0


def test_overtime_covers_its_limit_and_the_rest_is_priced_as_lost() -> None:
    overtime = _options(_short_in_month_two())[Means.OVERTIME]
    # 15 % of 110 = 16.5 units at 15 = 247.5; 23.5 lost at 100: 2,597.5 instead of 4,000
    assert overtime.covered_units == pytest.approx(16.5)
    assert overtime.overtime_value == pytest.approx(247.5)
    assert overtime.total_value == pytest.approx(-1402.5)


def test_outsourcing_covers_everything_at_its_premium() -> None:
    outsource = _options(_short_in_month_two())[Means.OUTSOURCE]
    assert outsource.covered_units == pytest.approx(40.0)
    assert outsource.outsource_value == pytest.approx(800.0)
    assert outsource.total_value == pytest.approx(-3200.0)


def test_building_ahead_is_limited_by_hours_that_are_free_before_the_gap() -> None:
    ahead = _options(_short_in_month_two())[Means.BUILD_AHEAD]
    # month 1 has 10 hours free; 10 units held one month cost 50; 30 are still lost
    assert ahead.built_ahead_units == pytest.approx(10.0)
    assert ahead.holding_value == pytest.approx(50.0)
    assert ahead.covered_units == pytest.approx(10.0)
    assert ahead.overtime_hours == pytest.approx(0.0)
    assert ahead.total_value == pytest.approx(-950.0)


def test_the_best_mix_costs_the_published_least() -> None:
    mix = _options(_short_in_month_two())[Means.MIX]
    # 567.5 in premiums and holding instead of 4,000 of lost sales
    assert mix.covered_units == pytest.approx(40.0)
    assert mix.total_value == pytest.approx(567.5 - 4000.0)


def test_a_means_that_cannot_help_says_why() -> None:
    none_agreed = _options(_short_in_month_two(outsource_max_units=0.0))
    assert "agreed" in none_agreed[Means.OUTSOURCE].reason
    assert not none_agreed[Means.OUTSOURCE].feasible
    too_late = _options(_short_in_month_two(outsource_lead_time_months=2.0))
    assert "after the gap" in too_late[Means.OUTSOURCE].reason
    no_overtime = _options(_short_in_month_two(overtime_max_ratio=0.0))
    assert "No overtime" in no_overtime[Means.OVERTIME].reason


def test_building_ahead_of_the_first_open_month_is_impossible() -> None:
    problem = _short_in_month_two(locked_make_units=np.array([[100.0]]))
    assert "no open month" in _options(problem)[Means.BUILD_AHEAD].reason
    full_before = _short_in_month_two(available_hours=[[100.0, 110.0, 110.0]])
    assert "No hours are free" in _options(full_before)[Means.BUILD_AHEAD].reason


def test_the_gap_of_a_resource_names_the_families_made_on_it() -> None:
    problem = plain_problem(np.ones((3, 4)), hours_per_unit=[[1.0, 0.0, 1.0]], made=[True, True, False])
    gap = resource_gap(problem, 0, 2, 3)
    assert gap.families == (0,)
    assert gap.resources == (0,)


@given(seed=st.integers(0, 100_000), month=st.integers(1, 7))
def test_no_single_means_beats_the_best_mix_in_planning_cost(seed: int, month: int) -> None:
    problem = random_problem(seed)
    options = gap_options(problem, family_gap(problem, 1, month), 2.0 * problem.unit_cost)
    best = options[-1].plan.report.objective
    assert all(option.plan.report.objective >= best * (1.0 - 1e-5) for option in options)
