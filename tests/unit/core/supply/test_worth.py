"""What more hours bring, measured by solving again."""

import numpy as np
import pytest

from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.programme import SupplyProgramme
from sop_dash.core.supply.worth import binding_pairs, partners, relief, worth_by_cell, worth_of_hours
from tests.unit.core.supply.supply_problems import plain_problem


def _short(hours: object = 100.0, **changes: object) -> SupplyProblem:
    return plain_problem([[150.0]], available_hours=hours, end_value=0.0, **changes)


def test_a_block_is_worth_the_margin_it_serves_and_no_more_than_the_gap() -> None:
    problem = _short()
    programme = SupplyProgramme(problem)
    plan, price = programme.solve(problem), np.array([[50.0]])
    small = worth_of_hours(programme, problem, plan, np.array([[20.0]]), price)
    # 20 units at 50 − 10 each
    assert small.value == pytest.approx(800.0)
    assert small.served_units == pytest.approx(20.0)
    # only 50 units are short: the other 50 hours bring nothing
    large = worth_of_hours(programme, problem, plan, np.array([[100.0]]), price)
    assert large.value == pytest.approx(2000.0)


def test_serving_at_a_loss_is_shown_as_a_loss() -> None:
    problem = _short()
    programme = SupplyProgramme(problem)
    worth = worth_of_hours(programme, problem, programme.solve(problem), np.array([[20.0]]), np.array([[8.0]]))
    # service comes first: 20 units are served at 8 that cost 10
    assert worth.value == pytest.approx(-40.0)


def test_only_full_resource_months_are_measured() -> None:
    problem = plain_problem([[50.0, 150.0]], available_hours=100.0, opening_units=0.0, holding_cost=50.0)
    programme = SupplyProgramme(problem)
    cells = worth_by_cell(programme, problem, programme.solve(problem), np.full((1, 2), 500.0), block_hours=10.0)
    # 50 units are built ahead in month 1, at 50 each: ten hours in month 2 save ten units of holding
    assert [(cell.resource, cell.month) for cell in cells] == [(0, 1)]
    assert cells[0].worth.value == pytest.approx(500.0)


def test_hours_on_one_of_two_full_resources_bring_nothing_alone() -> None:
    problem = _short([[100.0], [100.0], [1000.0]], hours_per_unit=[[1.0], [1.0], [1.0]])
    programme = SupplyProgramme(problem)
    pairs = binding_pairs(programme, problem, programme.solve(problem), np.array([[50.0]]), hours_per_month=30.0)
    assert [(pair.first, pair.second) for pair in pairs] == [(0, 1)]
    assert pairs[0].first_alone.value == pytest.approx(0.0, abs=1e-6)
    assert pairs[0].second_alone.value == pytest.approx(0.0, abs=1e-6)
    assert pairs[0].together.value == pytest.approx(30.0 * 40.0)
    assert pairs[0].one_alone_is_useless


def test_two_resources_that_both_limit_are_worth_more_together_than_the_two_apart() -> None:
    # Kettles take an hour of both; irons take one of the first, pans one of the second. Everything earns 40.
    problem = plain_problem(
        [[150.0], [30.0], [20.0]],
        hours_per_unit=[[1.0, 1.0, 0.0], [1.0, 0.0, 1.0]],
        available_hours=[[110.0], [110.0]],
        lost_weight=[[3000.0], [900.0], [900.0]],
        end_value=0.0,
    )
    programme = SupplyProgramme(problem)
    plan, price = programme.solve(problem), np.full((3, 1), 50.0)
    # 110 kettles take all hours of both: 40 kettles, 30 irons and 20 pans are lost.
    assert plan.lost_units[:, 0] == pytest.approx([40.0, 30.0, 20.0])
    pair = partners(programme, problem, plan, price, resource=0, months=slice(0, 1), hours_per_month=60.0)[0]
    # 60 hours on the first alone make the 30 irons, on the second alone the 20 pans; on both 40 kettles and 20 of each
    assert pair.first_alone.value == pytest.approx(30 * 40.0)
    assert pair.second_alone.value == pytest.approx(20 * 40.0)
    assert pair.together.value == pytest.approx((40 + 20 + 20) * 40.0)
    assert (pair.bind_together, pair.one_alone_is_useless) == (True, False)


def test_unknown_hours_are_not_offered_for_sale() -> None:
    problem = _short(np.nan)
    programme = SupplyProgramme(problem)
    assert worth_by_cell(programme, problem, programme.solve(problem), np.array([[50.0]])) == ()


def test_the_companion_of_a_bottleneck_is_the_resource_that_holds_its_hours_back() -> None:
    problem = _short([[100.0], [120.0], [1000.0]], hours_per_unit=[[1.0], [1.0], [1.0]])
    programme = SupplyProgramme(problem)
    plan, price = programme.solve(problem), np.array([[50.0]])
    best = partners(programme, problem, plan, price, resource=0, months=slice(0, 1), hours_per_month=40.0)[0]
    # 40 hours on the first serve 20 units more, then the second is full; on both they serve 40
    assert (best.second, best.bind_together, best.one_alone_is_useless) == (1, True, False)
    assert best.first_alone.served_units == pytest.approx(20.0)
    assert best.together.served_units == pytest.approx(40.0)


def test_a_bottleneck_is_lifted_by_the_hours_after_which_more_bring_little() -> None:
    problem = _short([[100.0], [145.0]], hours_per_unit=[[1.0], [1.0]])
    programme = SupplyProgramme(problem)
    plan, price = programme.solve(problem), np.array([[50.0]])
    found = relief(programme, problem, plan, price, resource=0, months=slice(0, 1), block_hours=10.0)
    # 10, 20 and 40 hours serve as many units; with 80 only 5 more are served, because the second resource is full
    assert (found.hours_per_month, found.lifted) == (40.0, True)
    assert found.worth.served_units == pytest.approx(40.0)
    assert found.next_resources == ()


def test_the_next_resource_beyond_its_hours_is_named() -> None:
    problem = _short([[100.0], [120.0]], hours_per_unit=[[1.0], [1.0]], overtime_max_ratio=[[0.0], [0.5]])
    programme = SupplyProgramme(problem)
    found = relief(
        programme, problem, programme.solve(problem), np.array([[50.0]]), resource=0, months=slice(0, 1), block_hours=40
    )
    assert found.next_resources == (1,)
