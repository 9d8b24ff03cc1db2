"""Plans in whole steps: small cases solved by hand, and the limits that hold for every one."""

import numpy as np
import pytest

from sop_dash.core.model.errors import Cancelled
from sop_dash.core.supply.integer import integer_plan
from sop_dash.core.supply.integer_options import IntegerOptions, NoIntegerPlan
from tests.unit.core.supply.supply_problems import plain_problem, random_groups, random_problem


def test_without_whole_steps_the_plan_is_the_one_on_screen() -> None:
    found = integer_plan(plain_problem([30.0, 30.0]), IntegerOptions(gap_ratio=0.0))
    # 60 units made at 10
    assert found.total_value == pytest.approx(600.0)
    assert found.linear_value == pytest.approx(600.0)
    assert found.proven


def test_a_minimum_lot_makes_two_months_at_once() -> None:
    found = integer_plan(
        plain_problem([30.0, 30.0, 30.0, 30.0]), IntegerOptions(minimum_lot_units=np.array([60.0]), gap_ratio=0.0)
    )
    assert found.plan.make_units[0] == pytest.approx([60.0, 0.0, 60.0, 0.0])
    # 120 made at 10, and twice 30 units held for a month at 0.2
    assert found.total_value == pytest.approx(1200.0 + 12.0)
    assert found.best_possible_value <= found.total_value + 1e-6


def test_lots_come_in_whole_multiples_and_the_rest_stays_in_stock() -> None:
    found = integer_plan(
        plain_problem([30.0, 30.0, 30.0, 30.0]), IntegerOptions(lot_multiple_units=np.array([50.0]), gap_ratio=0.0)
    )
    # stock 20, 40, 10, 30 at 0.2; 150 made at 10
    assert found.plan.make_units[0] == pytest.approx([50.0, 50.0, 0.0, 50.0])
    assert found.total_value == pytest.approx(1500.0 + 20.0)


def test_a_shift_stays_for_its_least_months_and_its_cost_is_counted() -> None:
    problem = plain_problem([80.0, 80.0, 150.0, 80.0, 80.0], available_hours=100.0)
    options = IntegerOptions(shift_hours=np.array([60.0]), shift_cost=np.array([300.0]), gap_ratio=0.0)
    found = integer_plan(problem, options)
    # without it 20 + 20 units are built ahead and 10 of 150 are lost at 1,000 each
    assert found.plan.lost_units.sum() == pytest.approx(0.0, abs=1e-6)
    assert found.shifts.sum() == 3
    assert found.shift_value == pytest.approx(900.0)
    assert found.total_value < found.linear_value


def test_a_shift_never_stands_before_its_first_month() -> None:
    problem = plain_problem([150.0, 150.0, 150.0, 150.0], available_hours=100.0)
    options = IntegerOptions(
        shift_hours=np.array([60.0]), shift_cost=np.array([300.0]), shift_first_month=np.array([2.0])
    )
    assert integer_plan(problem, options).shifts.tolist() == [[0.0, 0.0, 1.0, 1.0]]


def test_overtime_pauses_after_the_months_allowed_in_a_row() -> None:
    problem = plain_problem([110.0, 110.0, 110.0], available_hours=100.0, overtime_max_ratio=0.2)
    found = integer_plan(problem, IntegerOptions(overtime_months_in_a_row=2, gap_ratio=0.0))
    # 30 hours of overtime at 20 a month, never in all three months: ten units are held for a month
    assert found.plan.overtime_hours.sum() == pytest.approx(30.0)
    assert np.count_nonzero(found.plan.overtime_hours > 1e-6) == 2
    assert found.plan.lost_units.sum() == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_whole_steps_hold_beside_every_other_limit_and_never_cost_less(seed: int) -> None:
    problem = random_problem(seed)
    problem = random_problem(seed, **random_groups(seed, problem))
    lot = 0.3 * problem.demand_units.mean(axis=1)
    found = integer_plan(problem, IntegerOptions(minimum_lot_units=lot, overtime_months_in_a_row=2))
    made = found.plan.make_units[:, problem.locked_months :]
    assert ((made < 1e-5 * lot[:, None]) | (made > lot[:, None] * (1.0 - 1e-5))).all()
    assert found.total_value >= found.linear_value * (1.0 - 1e-7)
    assert found.total_value * (1.0 - found.gap_ratio) <= found.best_possible_value * (1.0 + 1e-6)


def test_a_person_can_stop_the_search() -> None:
    problem = random_problem(1, families=8, months=12)

    def stop(done: int, total: int) -> None:
        raise Cancelled("Stopped.")

    lots = IntegerOptions(lot_multiple_units=np.full(8, 37.0), minimum_lot_units=np.full(8, 111.0), gap_ratio=0.0)
    with pytest.raises(Cancelled):
        integer_plan(problem, lots, stop)


@pytest.mark.parametrize("lots", [np.array([1.0, 2.0, 3.0]), np.array([-1.0])])
def test_lots_that_fit_no_family_are_refused(lots: np.ndarray) -> None:
    with pytest.raises(NoIntegerPlan):
        integer_plan(plain_problem([30.0]), IntegerOptions(minimum_lot_units=lots))
