"""Laws of the limits besides hours, of flat costs and of the worth of one more unit."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.model.arrays import Array
from sop_dash.core.supply.costs import costs_of
from sop_dash.core.supply.evaluate import material_left, material_short
from sop_dash.core.supply.groups import Materials, Restricted
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.programme import SupplyProgramme
from sop_dash.core.supply.rules import chase, merit_order
from tests.unit.core.supply.supply_problems import plain_problem, random_groups, random_problem

seeds = st.integers(0, 100_000)
STEP = 1e-3


def _cost(problem: SupplyProblem) -> float:
    return costs_of(problem, SupplyProgramme(problem, tie_break_ratio=0.0).solve(problem)).total


def _with(seed: int, group: str) -> SupplyProblem:
    problem = random_problem(seed)
    return replace(problem, **{group: random_groups(seed, problem)[group]})


@given(seed=seeds)
def test_one_more_hour_is_worth_between_what_it_saves_and_what_one_less_costs(seed: int) -> None:
    # with several best prices the dual is one of them; it never leaves the two one-sided differences
    problem = random_problem(seed, overtime_max_ratio=0.0, locked_make_units=np.zeros((4, 0)))
    duals = SupplyProgramme(problem, tie_break_ratio=0.0).solve(problem).duals
    assert duals is not None
    r, t = np.unravel_index(int(duals.capacity.argmax()), duals.capacity.shape)
    step = STEP * float(problem.available_hours[r, t])

    def cost(hours: float) -> float:
        changed = problem.available_hours.copy()
        changed[r, t] += hours
        return _cost(replace(problem, available_hours=changed))

    here, worth = cost(0.0), float(duals.capacity[r, t])
    noise = 1e-6 * abs(here) / step
    assert (here - cost(step)) / step <= worth + noise
    assert (cost(-step) - here) / step >= worth - noise


@pytest.mark.parametrize("group, field, worth", [("warehouse", "capacity", "space"), ("transport", "capacity", "load")])
@given(seed=seeds)
def test_more_space_or_transport_never_costs_more_and_is_worth_no_more_than_its_overflow(
    group: str, field: str, worth: str, seed: int
) -> None:
    problem = _with(seed, group)
    limit = getattr(problem, group)
    wider = replace(limit, **{field: getattr(limit, field) * 1.1})
    assert _cost(replace(problem, **{group: wider})) <= _cost(problem) * (1.0 + 1e-9)
    duals = SupplyProgramme(problem, tie_break_ratio=0.0).solve(problem).duals
    price = limit.overflow_cost if group == "warehouse" else limit.spot_cost
    value: Array = getattr(duals, worth)
    assert (value >= 0.0).all()
    assert (value <= price * (1.0 + 1e-6) + 1e-9).all()


@given(seed=seeds)
def test_no_rule_takes_more_material_than_there_is(seed: int) -> None:
    problem = _with(seed, "materials")
    assert problem.materials is not None
    for rule in (chase, merit_order):
        made = rule(problem).make_units
        forced = made.copy()
        forced[:, problem.locked_months :] = 0.0
        # only the locked output may find too little
        assert (
            material_short(problem.materials, made).sum()
            <= material_short(problem.materials, forced).sum() + 1e-6 * made.sum()
        )


def test_material_is_followed_month_by_month() -> None:
    keeps = Materials(
        units_per_unit=np.array([[1.0]]),
        opening_units=np.array([10.0]),
        receipts_units=np.array([[5.0, 5.0, 5.0, np.nan, 5.0]]),
        penalty=np.array([1.0]),
    )
    made = np.array([[8.0, 20.0, 3.0, 50.0, 4.0]])
    # 10+5−8 = 7; 7+5−20 = −8; nothing is borrowed: 5−3 = 2; unknown; 5−4 = 1
    assert material_left(keeps, made)[0] == pytest.approx([7.0, -8.0, 2.0, np.nan, 1.0], nan_ok=True)
    known = replace(keeps, receipts_units=np.array([[5.0, 5.0, 5.0, 60.0, 5.0]]))
    assert material_left(known, made)[0] == pytest.approx([7.0, -8.0, 2.0, 12.0, 13.0])
    gone = replace(known, keeps=np.array([False]))
    assert material_left(gone, made)[0] == pytest.approx([7.0, -15.0, 2.0, 10.0, 1.0])


@given(ratios=st.lists(st.floats(-0.3, 0.3), min_size=1, max_size=4))
def test_flat_costs_give_the_same_plan_after_any_path(ratios: list[float]) -> None:
    # two families of equal cost on one resource, and stock that costs nothing: many plans are equally good
    problem = plain_problem(
        [[80.0, 60.0, 120.0, 90.0], [80.0, 60.0, 120.0, 90.0]],
        holding_cost=0.0,
        target_penalty=0.0,
        glide_penalty=0.0,
        available_hours=180.0,
        overtime_max_ratio=0.2,
    )
    programme = SupplyProgramme(problem)
    first = programme.solve(problem)
    for ratio in ratios:
        programme.solve(replace(problem, demand_units=problem.demand_units * (1.0 + ratio)))
    again = programme.solve(problem)
    assert np.array_equal(first.make_units, again.make_units)
    assert np.array_equal(first.lost_units, again.lost_units)
    assert first.duals is not None
    assert again.duals is not None
    assert np.array_equal(first.duals.capacity, again.duals.capacity)


@given(seed=seeds)
def test_the_price_of_calm_is_never_negative_and_steps_shrink_as_it_rises(seed: int) -> None:
    problem = random_problem(seed, lead_time_months=0.0)
    months = slice(3, problem.months)
    reference = np.where(problem.made[:, None], problem.demand_units[:, months], np.nan)
    moved, cost = [], []
    for price in (0.0, 0.5, 5.0):
        calm = Restricted(
            first_month=3, reference_units=reference, band_ratio=0.0, penalty=price * problem.unit_cost[:, 0]
        )
        under = replace(problem, calm=calm)
        plan = SupplyProgramme(under, tie_break_ratio=0.0).solve(under)
        moved.append(float((problem.unit_cost[:, :1] * np.abs(calm.outside(plan.make_units))).sum()))
        cost.append(costs_of(replace(under, calm=None), plan).total)
    noise = 1e-6 * cost[0]
    assert moved[0] + noise >= moved[1] >= moved[2] - noise
    assert cost[0] - noise <= cost[1] <= cost[2] + noise
