"""Laws every supply plan obeys: balances, limits, monotone and convex cost, one input one plan, plans of odd sizes."""

import threading
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.model.arrays import Array
from sop_dash.core.supply.costs import costs_of
from sop_dash.core.supply.evaluate import arrivals, evaluate
from sop_dash.core.supply.groups import Ramp, Restricted
from sop_dash.core.supply.problem import BadSupplyProblem, SupplyProblem
from sop_dash.core.supply.programme import SupplyProgramme
from sop_dash.core.supply.solution import SupplySolution
from tests.unit.core.supply.supply_problems import moved, plain_problem, random_groups, random_problem

seeds = st.integers(0, 100_000)


def _full(seed: int) -> SupplyProblem:
    problem = random_problem(seed)
    return replace(problem, **random_groups(seed, problem))


def _exact(problem: SupplyProblem) -> SupplySolution:
    return SupplyProgramme(problem, tie_break_ratio=0.0).solve(problem)


def _cost(problem: SupplyProblem) -> float:
    return costs_of(problem, _exact(problem)).total


def _same(a: SupplySolution, b: SupplySolution) -> bool:
    pairs: list[tuple[Array, Array]] = [
        (a.make_units, b.make_units),
        (a.outsource_units, b.outsource_units),
        (a.lost_units, b.lost_units),
        (a.closing_units, b.closing_units),
        (a.overtime_hours, b.overtime_hours),
    ]
    assert a.duals is not None
    assert b.duals is not None
    pairs += [(a.duals.capacity, b.duals.capacity), (a.duals.balance, b.duals.balance)]
    return all(np.array_equal(x, y) for x, y in pairs)


@given(seed=seeds)
def test_every_unit_is_accounted_for_and_no_limit_is_exceeded(seed: int) -> None:
    problem = _full(seed)
    plan = SupplyProgramme(problem).solve(problem)
    scale = problem.demand_units.max()
    opening = np.column_stack([problem.opening_units, plan.closing_units[:, :-1]])
    supply = arrivals(problem, plan.make_units) + plan.outsource_units + problem.receipts_units
    balance = opening + supply + plan.lost_units - problem.demand_units - plan.closing_units
    assert np.abs(balance).max() <= 1e-6 * scale
    assert plan.closing_units.min() >= 0.0
    assert plan.lost_units.min() >= 0.0
    assert (plan.lost_units <= problem.demand_units + 1e-9 * scale).all()
    assert (plan.outsource_units <= problem.outsource_max_units + 1e-9 * scale).all()
    assert (plan.overtime_hours <= problem.overtime_limit_hours + 1e-6 * plan.hours_used.max()).all()
    assert (plan.overtime_units <= plan.make_units).all()
    locked = problem.locked_months
    assert np.allclose(plan.make_units[:, :locked], problem.locked_make_units, rtol=0.0, atol=1e-9 * scale)


@given(seed=seeds)
def test_the_evaluator_prices_the_plan_at_the_objective_of_the_programme(seed: int) -> None:
    problem = _full(seed)
    plan = SupplyProgramme(problem).solve(problem)
    assert costs_of(problem, plan).total == pytest.approx(plan.report.objective, rel=1e-8)


@given(seed=seeds)
def test_stock_is_used_before_a_sale_is_lost(seed: int) -> None:
    problem = random_problem(seed)
    plan = SupplyProgramme(problem).solve(problem)
    greedy = evaluate(problem, plan.make_units, plan.outsource_units, report=plan.report)
    assert np.allclose(plan.lost_units, greedy.lost_units, rtol=0.0, atol=1e-6 * problem.demand_units.max())


@given(seed=seeds, ratios=st.lists(st.floats(-0.1, 0.1), min_size=1, max_size=3), overtime=st.floats(0.0, 0.3))
def test_the_same_levers_give_the_same_plan_whatever_was_solved_before(
    seed: int, ratios: list[float], overtime: float
) -> None:
    problem = _full(seed % 50)
    programme = SupplyProgramme(problem)
    first = programme.solve(problem)
    for ratio in ratios:
        programme.solve(moved(problem, ratio, overtime))
    again = programme.solve(problem)
    fresh = SupplyProgramme(problem).solve(problem)
    assert _same(first, again)
    assert _same(first, fresh)


def test_threads_that_share_a_programme_get_the_plans_they_asked_for() -> None:
    problem = _full(3)
    programme = SupplyProgramme(problem)
    asked = [moved(problem, 0.01 * i, 0.05 * i) for i in range(6)]
    expected = [programme.solve(p) for p in asked]
    found: dict[int, SupplySolution] = {}

    def work(i: int) -> None:
        found[i] = programme.solve(asked[i])

    threads = [threading.Thread(target=work, args=(i,)) for i in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(_same(found[i], expected[i]) for i in range(6))


@given(seed=seeds, more=st.floats(0.0, 0.5))
def test_more_hours_overtime_or_outsourcing_never_costs_more(seed: int, more: float) -> None:
    problem = random_problem(seed)
    cost = _cost(problem)
    # more hours raise the overtime limit too: it is a ratio of them
    for easier in (
        replace(problem, available_hours=problem.available_hours * (1.0 + more)),
        replace(problem, overtime_max_ratio=problem.overtime_max_ratio + more),
        replace(problem, outsource_max_units=problem.outsource_max_units + more * problem.demand_units),
    ):
        assert _cost(easier) <= cost * (1.0 + 1e-9)


@given(seed=seeds, step=st.floats(0.01, 0.2))
def test_cost_is_convex_in_the_hours_available(seed: int, step: float) -> None:
    problem = random_problem(seed, locked_make_units=np.zeros((4, 0)))
    low, mid, high = (
        _cost(replace(problem, available_hours=problem.available_hours * (1.0 + k * step))) for k in range(3)
    )
    assert mid <= 0.5 * (low + high) * (1.0 + 1e-9)


@given(seed=seeds)
def test_an_hour_is_worth_something_only_where_all_regular_hours_are_used(seed: int) -> None:
    problem = random_problem(seed)
    plan = _exact(problem)
    assert plan.duals is not None
    assert plan.duals.capacity.min() >= 0.0
    free = plan.hours_used < problem.available_hours * (1.0 - 1e-6)
    assert np.abs(plan.duals.capacity[free]).max(initial=0.0) <= 1e-6 * problem.lost_weight.max()


@given(seed=seeds)
def test_the_order_of_the_families_does_not_change_the_cost(seed: int) -> None:
    problem = random_problem(seed, locked_make_units=np.zeros((4, 0)))
    order = np.random.default_rng(seed).permutation(problem.families)
    names = [name for name, value in vars(problem).items() if getattr(value, "shape", (0,))[0] == problem.families]
    by_family = {name: getattr(problem, name)[order] for name in names if name != "calendar_days"}
    resource_arrays = ("hours_per_unit", "available_hours", "overtime_max_ratio", "overtime_premium_per_hour")
    by_family = {name: value for name, value in by_family.items() if name not in resource_arrays}
    shuffled = replace(problem, **by_family, hours_per_unit=problem.hours_per_unit[:, order])
    assert _cost(shuffled) == pytest.approx(_cost(problem), rel=1e-8)


@given(seed=seeds, factor=st.sampled_from([0.01, 3.0, 1000.0]))
def test_counting_in_other_units_or_another_currency_changes_nothing_but_the_scale(seed: int, factor: float) -> None:
    problem = random_problem(seed)
    money = ["lost_weight", "unit_cost", "outsource_unit_cost", "holding_cost", "target_penalty", "glide_penalty"]
    money += ["end_value", "overtime_premium_per_hour"]
    units = ["demand_units", "target_units", "glide_units", "opening_units", "receipts_units"]
    units += ["outsource_min_units", "outsource_max_units", "locked_make_units"]
    cost = _cost(problem)
    dearer = replace(problem, **{name: getattr(problem, name) * factor for name in money})
    assert _cost(dearer) == pytest.approx(factor * cost, rel=1e-8)
    smaller = replace(problem, **{name: getattr(problem, name) * factor for name in units})
    per_unit = {name: getattr(problem, name) / factor for name in money[:-1]}
    smaller = replace(smaller, **per_unit, hours_per_unit=problem.hours_per_unit / factor)
    assert _cost(smaller) == pytest.approx(cost, rel=1e-8)


def test_no_demand_needs_no_output_and_costs_nothing() -> None:
    problem = plain_problem(np.zeros((2, 3)))
    plan = _exact(problem)
    assert costs_of(problem, plan).total == 0.0
    assert not plan.make_units.any()


def test_one_family_one_month_one_resource_is_made_as_far_as_hours_allow() -> None:
    plan = _exact(plain_problem([[100.0]], available_hours=60.0, overtime_max_ratio=0.5))
    # 60 regular hours and 30 of overtime make 90; 10 are lost
    assert plan.make_units.tolist() == [[90.0]]
    assert plan.overtime_hours.tolist() == [[30.0]]
    assert plan.overtime_units.tolist() == [[30.0]]
    assert plan.lost_units.tolist() == [[10.0]]


def test_without_any_hours_everything_is_outsourced_or_lost() -> None:
    plan = _exact(plain_problem([[50.0, 50.0]], available_hours=0.0, outsource_max_units=20.0))
    assert plan.make_units.tolist() == [[0.0, 0.0]]
    assert plan.outsource_units.tolist() == [[20.0, 20.0]]
    assert plan.lost_units.tolist() == [[30.0, 30.0]]


def test_unknown_hours_are_never_read_as_zero() -> None:
    plan = _exact(plain_problem([[50.0, 50.0]], available_hours=[[np.nan, 10.0]], holding_cost=100.0))
    # 10 hours in month 2: the other 40 units are built in month 1, whose hours nobody knows
    assert plan.make_units.tolist() == [[90.0, 10.0]]
    assert plan.overtime_hours.tolist() == [[0.0, 0.0]]


def test_a_company_without_resources_makes_what_is_asked() -> None:
    plan = _exact(plain_problem([[5.0, 7.0]], hours_per_unit=np.zeros((0, 1))))
    assert plan.make_units.tolist() == [[5.0, 7.0]]
    assert plan.hours_used.shape == (0, 2)


def test_bought_families_arrive_only_after_their_lead_time_and_load_no_resource() -> None:
    problem = plain_problem([[10.0, 10.0, 10.0]], made=False, lead_time_months=1.0, available_hours=0.0)
    plan = _exact(problem)
    assert plan.make_units.tolist() == [[0.0, 10.0, 10.0]]
    assert plan.lost_units.tolist() == [[10.0, 0.0, 0.0]]
    assert not plan.hours_used.any()


def test_output_started_now_serves_the_month_after_the_lead_time() -> None:
    problem = plain_problem([[10.0, 10.0, 30.0]], lead_time_months=1.0, receipts_units=[[10.0, 0.0, 0.0]])
    plan = _exact(problem)
    assert plan.make_units.tolist() == [[10.0, 30.0, 0.0]]


def test_locked_output_is_made_even_when_it_needs_more_than_the_overtime_limit() -> None:
    plan = _exact(plain_problem([[10.0, 10.0]], available_hours=8.0, locked_make_units=np.array([[15.0]])))
    # 15 hours against 8: the other 7 are overtime although no overtime is allowed; 5 units wait for month 2
    assert plan.overtime_hours.tolist() == [[7.0, 0.0]]
    assert plan.make_units.tolist() == [[15.0, 5.0]]


def test_a_restricted_month_leaves_its_band_only_to_save_a_sale() -> None:
    band = Restricted(first_month=0, reference_units=np.array([[100.0]]), band_ratio=0.1, penalty=np.array([5.0]))
    plan = _exact(plain_problem([[130.0, 10.0]], restricted=band))
    assert plan.make_units.tolist() == [[130.0, 10.0]]
    assert plan.restricted_break_units[0].tolist() == pytest.approx([20.0, 0.0])
    calm = _exact(plain_problem([[105.0, 10.0]], restricted=band))
    assert calm.restricted_break_units.tolist() == [[0.0, 0.0]]


def test_a_steep_rise_is_spread_when_the_ramp_is_dear_enough() -> None:
    ramp = Ramp(
        resources=(0,), first_month=1, last_month=2, max_step_hours_per_day=np.array([1.0]),
        penalty_per_hour=np.array([50.0]),
    )  # fmt: skip
    demand = [[30.0, 30.0, 150.0]]
    plan = _exact(plain_problem(demand, ramp=ramp, locked_make_units=np.array([[30.0]])))
    # 30 days: at most +30 hours a month; 30 → 60 → 90 makes 180 of 210, 15 more in months 2 and 3 would break the ramp
    # by 15 each way; losing is dearest, so month 2 goes to 75 (15 over) and month 3 to 105 (in step)
    assert plan.lost_units.sum() == pytest.approx(0.0)
    assert plan.ramp_break_hours.sum() == pytest.approx(15.0)
    assert plan.make_units[0].tolist() == pytest.approx([30.0, 75.0, 105.0])


@pytest.mark.parametrize(
    "wrong",
    [
        {"demand_units": np.array([[np.nan, 1.0]])},
        {"demand_units": np.array([[-1.0, 1.0]])},
        {"unit_cost": np.array([[1.0]])},
        {"holding_cost": np.array([np.inf])},
        {"glide_units": np.array([[1.0, 1.0]]), "target_units": np.array([[2.0, 2.0]])},
    ],
)
def test_a_problem_with_unknown_negative_or_misshapen_numbers_is_refused_by_name(wrong: dict[str, Array]) -> None:
    with pytest.raises(BadSupplyProblem) as refused:
        SupplyProgramme(replace(plain_problem([[1.0, 1.0]]), **wrong))
    assert refused.value.field == next(iter(wrong))


def test_a_group_with_unknown_or_misshapen_numbers_is_refused_by_name() -> None:
    problem = random_problem(1)
    groups = random_groups(1, problem)
    hole = replace(groups["warehouse"], overflow_cost=np.full(problem.months, np.nan))
    with pytest.raises(BadSupplyProblem) as refused:
        SupplyProgramme(replace(problem, warehouse=hole))
    assert refused.value.field == "warehouse.overflow_cost"
    late = replace(groups["restricted"], first_month=problem.months - 1)
    with pytest.raises(BadSupplyProblem) as refused:
        SupplyProgramme(replace(problem, restricted=late))
    assert refused.value.field == "restricted.reference_units"


def test_longer_lead_times_of_what_is_bought_need_no_new_programme() -> None:
    problem = plain_problem([[10.0, 10.0, 10.0]], made=False, lead_time_months=0.0, outsource_max_units=4.0)
    programme = SupplyProgramme(problem)
    later = replace(problem, lead_time_months=np.array([1.0]), outsource_lead_time_months=np.array([2.0]))
    plan = programme.solve(later)
    assert plan.make_units.tolist() == [[0.0, 10.0, 10.0]]
    assert plan.outsource_units.tolist() == [[0.0, 0.0, 0.0]]


def test_a_programme_refuses_a_problem_of_another_structure() -> None:
    programme = SupplyProgramme(plain_problem([[1.0, 1.0]]))
    other = plain_problem([[1.0, 1.0]], hours_per_unit=[[2.0]])
    assert not programme.fits(other)
    with pytest.raises(BadSupplyProblem):
        programme.solve(other)
