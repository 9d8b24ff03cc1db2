"""Plans that build nothing ahead: stock stays at its path unless nothing can prevent more."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.supply.build_ahead import with_nothing_built_ahead
from sop_dash.core.supply.costs import costs_of
from sop_dash.core.supply.programme import SupplyProgramme
from tests.unit.core.supply.supply_problems import plain_problem, random_problem


def _ceiling(demand: object, **changes: object) -> list[float]:
    problem = with_nothing_built_ahead(plain_problem(demand, **changes))
    assert problem.ceiling is not None
    return problem.ceiling.max_units[0].tolist()


def test_without_stock_the_ceiling_is_the_target() -> None:
    assert _ceiling([[100.0, 100.0]], target_units=[[20.0, 30.0]]) == [20.0, 30.0]


def test_stock_that_is_there_and_what_is_on_order_may_be_kept_until_sold() -> None:
    # 250 less 100 is 150; 50 arrive and 100 are sold: 100; then nothing is left above the target of 20.
    ceiling = _ceiling([[100.0, 100.0, 100.0]], opening_units=250.0, receipts_units=[[0.0, 50.0, 0.0]], target_units=20)
    assert ceiling == [150.0, 100.0, 20.0]


def test_stock_made_for_a_target_that_falls_faster_than_demand_may_be_kept() -> None:
    # 90 are asked for after the first month; 10 are sold in the second, so that 80 may be left
    assert _ceiling([[100.0, 10.0]], target_units=[[90.0, 5.0]]) == [90.0, 80.0]


def test_only_the_month_itself_serves_its_peak() -> None:
    problem = plain_problem([[50.0, 150.0]], available_hours=100.0)
    plan = SupplyProgramme(problem).solve(with_nothing_built_ahead(problem))
    assert plan.lost_units[0] == pytest.approx([0.0, 50.0])
    assert SupplyProgramme(problem).solve(problem).lost_units[0] == pytest.approx([0.0, 0.0])


@given(seed=st.integers(0, 10_000))
def test_there_is_always_a_plan_below_the_ceiling_and_it_is_no_better_than_the_free_one(seed: int) -> None:
    problem = random_problem(seed)
    held = with_nothing_built_ahead(problem)
    programme = SupplyProgramme(problem)
    plan, free = programme.solve(held), programme.solve(problem)
    assert not plan.report.fallback
    assert held.ceiling is not None
    assert (plan.closing_units <= held.ceiling.max_units + 1e-6 * np.maximum(held.ceiling.max_units, 1.0)).all()
    assert costs_of(held, plan).total >= costs_of(problem, free).total * (1.0 - 1e-9)
