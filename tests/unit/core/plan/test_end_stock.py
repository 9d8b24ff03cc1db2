"""Stock the plan must end with: reached before any sale where it can be, and named with the reason where it cannot.

One press, an hour a unit; after the horizon demand goes on as before.
"""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sop_dash.core.model.levers import Change, Levers
from sop_dash.core.model.planning_settings import Objective
from sop_dash.core.model.result import PlanResult
from sop_dash.core.model.supply_limits import SupplyLimits
from sop_dash.core.plan import plan
from sop_dash.core.plan.end_stock_findings import END_STOCK_MISSED
from sop_dash.core.plan.run import problem_of
from tests.unit.core.plan.plan_worlds import family_total, prepared, press_company, scarce, with_limits


def _planned(
    demand: list[list[float]], *, days: float = 31.0, objective: Any = Objective.SERVICE_FIRST, **company: Any
):
    inputs = press_company(months=len(demand[0]), overtime_max_ratio=0.0, **company)
    ready = prepared(inputs, demand, end_stock_days=days, objective=objective)
    return ready, plan(ready)


def _told(result: PlanResult) -> list[tuple[str, str]]:
    return [(f.place, f.detail) for f in result.findings if f.kind is END_STOCK_MISSED]


def test_sales_give_way_to_the_stock_asked_for() -> None:
    # 100 hours a month serve 100 units a month; February has 28 days, so 28 days ask for all of its 100 units
    demand = [[100.0, 100.0, 100.0]]
    _, without = _planned(demand, days=0.0, hours=100.0)
    assert without.supply.closing[0, -1] == pytest.approx(0.0, abs=1e-6)
    _, result = _planned(demand, days=28.0, hours=100.0)
    assert result.supply.closing[0, -1] == pytest.approx(100.0, abs=1e-3)
    assert family_total(result.supply.lost).sum() == pytest.approx(100.0, abs=1e-3)
    assert result.supply.target[0].tolist() == pytest.approx([0.0, 0.0, 100.0])
    assert _told(result) == []
    assert all(identity.holds for identity in result.identities)


def test_what_cannot_be_reached_is_held_as_far_as_it_goes_and_named_with_the_reason() -> None:
    # the 31 days of December ask for 100 units; 60 hours are all there is in the only month
    _, result = _planned([[100.0]], days=31.0, hours=60.0)
    assert not result.solver.fallback
    assert result.supply.closing[0, -1] == pytest.approx(60.0, abs=1e-2)
    assert _told(result) == [("Kettles, Nov 26", "40 of 100 units are missing: Press has nothing left.")]


@pytest.mark.parametrize("objective", list(Objective))
def test_every_objective_is_held_to_it(objective: Objective) -> None:
    _, result = _planned([[100.0, 100.0, 100.0]], days=28.0, hours=110.0, objective=objective)
    assert not result.solver.fallback
    assert result.supply.closing[0, -1] == pytest.approx(100.0, abs=1e-3)


def test_a_material_that_is_used_up_is_the_reason() -> None:
    steel = scarce([[70.0]], [[1.0]])
    ready = prepared(with_limits(press_company(months=1), scarce=steel), [[100.0]], end_stock_days=31.0)
    assert _told(plan(ready)) == [("Kettles, Nov 26", "30 of 100 units are missing: Steel has nothing left.")]


def test_what_would_outlive_its_shelf_life_is_not_kept() -> None:
    inputs = with_limits(press_company(months=3), shelf_life_months=np.array([1.0]))
    assert isinstance(inputs.limits, SupplyLimits)
    result = plan(prepared(inputs, [[100.0, 100.0, 100.0]], end_stock_days=59.0))
    assert result.supply.closing[0, -1] == pytest.approx(100.0, abs=1e-3)
    assert _told(result)[0][1].endswith("more would outlive its shelf life.")


def test_the_setting_is_an_assumption_in_words() -> None:
    ready, _ = _planned([[100.0]], days=20.0)
    assert "The plan must end with stock for 20 days, before any sale." in ready.assumptions


@given(
    st.lists(st.lists(st.floats(0, 150), min_size=4, max_size=4), min_size=2, max_size=2),
    st.sampled_from([0.0, 40.0, 150.0, 400.0]),
    st.floats(1, 60),
    st.sampled_from([-0.3, 0.0, 0.5]),
)
@settings(max_examples=30, deadline=None)
def test_the_end_stock_is_there_or_named_whatever_is_moved(demand, hours, days, more) -> None:
    inputs = press_company(families=("Kettles", "Irons"), months=4, hours=hours, opening=50.0)
    ready = prepared(inputs, demand, end_stock_days=days, locked_months=1)
    levers = Levers(demand=(Change(ratio=more),)) if more else Levers()
    result, problem = plan(ready, levers), problem_of(ready, levers)
    assert not result.solver.fallback
    assert problem.end_stock is not None
    missing = problem.end_stock.asked_units - result.supply.closing[:, -1]
    named = {place.split(",")[0] for place, _ in _told(result)}
    real = missing > 1e-3 * np.maximum(problem.end_stock.asked_units, 1.0)
    assert {name for name, short in zip(("Kettles", "Irons"), real, strict=True) if short} <= named
    assert all(identity.holds for identity in result.identities)
