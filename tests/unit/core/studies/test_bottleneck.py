"""What holds a plan back: two products on one press of 100 hours, half an hour each."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sop_dash.core.model.levers import Change, Levers
from sop_dash.core.model.supply_limits import ScarceSupply, SharedSpace, SupplyLimits
from sop_dash.core.plan import plan, prepare
from sop_dash.core.studies.bottleneck import Bottleneck, bottleneck
from sop_dash.figures.storyline.supply import why_told
from tests.unit.core.plan.plan_worlds import prepared, press_company
from tests.worlds import inputs, sales_only, two_products_one_press

MORE_DEMAND = Levers(demand=(Change(ratio=0.5),))


def held_back(world: Mapping[str, Any], levers: Levers | None = None, chosen: list[bool] | None = None) -> Bottleneck:
    ready = prepare(inputs(world, horizon_months=12))
    families = len(ready.inputs.grain.families)
    return bottleneck(ready, plan(ready, levers or Levers()), np.array(chosen or [True] * families))


def test_the_press_binds_when_demand_needs_more_than_all_its_overtime():
    # 225 kettles and 60 lamps take 142.5 hours a month; 100 hours and 20 % overtime are 120.
    found = held_back(two_products_one_press(), MORE_DEMAND)
    assert [one.resource for one in found.binding] == ["Press"]
    assert found.binding[0].months[0] == "2026-05"  # April is locked


def test_the_short_family_is_told_with_what_it_has_and_what_is_full():
    found = held_back(two_products_one_press(), MORE_DEMAND).shortfall
    assert found is not None
    assert (found.family, found.tight, found.locked) == ("Kettles", ("Press",), False)
    # All 120 hours are 240 units; 60 lamps come first, 180 kettles are made, 20 outsourced, 25 of 225 are missing.
    assert found.facts.lost_units == pytest.approx(25.0)
    assert found.facts.outsource_left_units == pytest.approx(0.0)


def test_a_hundred_hours_serve_every_kettle_they_can_make():
    # 100 hours ÷ 0.5 make 200 kettles; at 50 % more demand 185 are short, at 60 % far more.
    assert _served(0.5) == pytest.approx(185.0)
    assert _served(0.6) == pytest.approx(200.0)


def _served(ratio: float) -> float:
    best = held_back(two_products_one_press(), Levers(demand=(Change(ratio=ratio),))).next_hours
    assert best is not None
    assert best.resources == ("Press",)
    assert best.value is not None
    assert best.value > 0.0
    return best.served_units


def test_there_is_time_to_choose_until_the_month_before():
    found = held_back(two_products_one_press(), MORE_DEMAND).shortfall
    assert found is not None
    assert found.first_help == "2026-05"
    # Whoever decides n months later can act n months later.
    horizon = inputs(two_products_one_press(), horizon_months=12).grain.horizon
    assert found.last_cycle == horizon[horizon.index(found.month) - 1]


def test_a_plan_that_serves_all_demand_has_no_shortfall():
    found = held_back(two_products_one_press())
    assert (found.shortfall, found.binding, found.limited) == (None, (), True)


def test_only_the_shortage_of_the_families_asked_for_is_explained():
    assert held_back(two_products_one_press(), MORE_DEMAND, [False, True]).shortfall is None


def test_without_hours_nothing_limits_and_nothing_is_worth_an_hour():
    found = held_back(sales_only({"Lamps": [10.0] * 24}), MORE_DEMAND)
    assert not found.limited
    assert (found.binding, found.shortfall, found.next_hours, found.pair) == ((), None, None, None)


def test_only_the_months_asked_for_are_explained():
    # The press and the stock carry May to July; the first kettles are missing in August, the fifth month.
    prepared = prepare(inputs(two_products_one_press(), horizon_months=12))
    result, both = plan(prepared, MORE_DEMAND), np.array([True, True])
    assert bottleneck(prepared, result, both, months=4).shortfall is None
    found = bottleneck(prepared, result, both, months=5).shortfall
    assert found is not None
    assert found.month == "2026-08"


def test_a_material_that_is_used_up_is_named_beside_the_resources():
    company = press_company(months=2, hours=500.0)
    nothing = SharedSpace(
        names=(),
        use_per_unit=np.full(1, np.nan),
        capacity=np.full(2, np.nan),
        cost_per_unit=np.full(2, np.nan),
        overflow_cost_per_unit=np.full(2, np.nan),
    )
    steel = ScarceSupply(
        names=("Steel",),
        suppliers=("Mill",),
        tables=("materials",),
        keeps=np.array([True]),
        available_units=np.array([[80.0, 80.0]]),
        units_per_unit=np.array([[1.0]]),
    )
    limits = SupplyLimits(warehouse=nothing, transport=nothing, scarce=steel, shelf_life_months=np.full(1, np.nan))
    ready = prepared(replace(company, limits=limits), [[100, 100]])
    found = bottleneck(ready, plan(ready), np.array([True])).shortfall
    # 80 kettles' worth of steel a month for 100 kettles; the press has hours to spare
    assert found is not None
    assert found.tight == ()
    assert found.used_up == ("material Steel",)
    assert "The material Steel is used up." in why_told(found).sentence
