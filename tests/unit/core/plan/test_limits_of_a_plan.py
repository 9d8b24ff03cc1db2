"""Limits besides hours: space, transport, materials, suppliers and shelf life hold the plan, and say so when they bind.

One press with plenty of hours unless a test says otherwise; a unit costs 60 and is sold at 100.
"""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sop_dash.core.model.inputs import ApprovedOutput
from sop_dash.core.model.planning_settings import UnservedDemand
from sop_dash.core.model.result import OtherCost
from sop_dash.core.plan import plan
from sop_dash.core.plan.calm import PRICE_OF_CALM
from sop_dash.core.plan.limit_findings import (
    MATERIAL_BINDS,
    MATERIAL_SHORT,
    ORDERS_WAIT,
    SHELF_LIFE,
    TRANSPORT_OVER,
    WAREHOUSE_FULL,
    WAREHOUSE_OVER,
)
from sop_dash.core.plan.run import problem_of
from sop_dash.core.studies.frontier import frontier
from tests.unit.core.plan.plan_worlds import (
    family_total,
    prepared,
    press_company,
    scarce,
    shared_space,
    with_limits,
)


def _codes(result: Any) -> set[str]:
    return {finding.kind.code for finding in result.findings}


def test_a_full_warehouse_stops_building_ahead() -> None:
    # 125 hours and 180 asked in month 3: 55 would be built ahead, 30 fit, and space beyond is dearer than a lost sale
    inputs = press_company(hours=125.0, overtime_max_ratio=0.0)
    space = shared_space(3, 1, "Shed", capacity=30.0, overflow_cost_per_unit=1e5)
    result = plan(prepared(with_limits(inputs, warehouse=space), [[100.0, 100.0, 180.0]]))
    assert result.supply.closing[0] == pytest.approx([5.0, 30.0, 0.0])
    assert family_total(result.supply.lost)[0] == pytest.approx([0.0, 0.0, 25.0])
    assert WAREHOUSE_FULL.code in _codes(result)


def test_space_beyond_the_warehouse_is_paid_where_that_is_cheaper_than_losing_a_sale() -> None:
    inputs = press_company(hours=125.0, overtime_max_ratio=0.0)
    space = shared_space(3, 1, "Shed", capacity=30.0, overflow_cost_per_unit=2.0)
    result = plan(prepared(with_limits(inputs, warehouse=space), [[100.0, 100.0, 175.0]]))
    # 50 units at the end of month 2 are 20 more than fit: 40 of money
    assert result.supply.closing[0, 1] == pytest.approx(50.0)
    over = next(finding for finding in result.findings if finding.kind is WAREHOUSE_OVER)
    assert over.value == pytest.approx(40.0)
    assert over.place == "Shed, Dec 26"
    assert result.money.other(OtherCost.SPACE)[0] == pytest.approx([0.0, 40.0, 0.0])
    assert result.money.margin[0, 0] == pytest.approx([4_000.0, 4_000.0 - 40.0, 7_000.0])
    assert all(identity.holds for identity in result.identities)


def test_shipments_beyond_the_lane_are_named_with_their_cost() -> None:
    lane = shared_space(3, 1, "Ferry", capacity=120.0, overflow_cost_per_unit=3.0)
    ready = prepared(with_limits(press_company(), transport=lane), [[100.0, 150.0, 100.0]])
    result = plan(ready)
    assert not any("no overflow cost" in text for text in ready.assumptions)
    over = next(finding for finding in result.findings if finding.kind is TRANSPORT_OVER)
    assert over.value == pytest.approx(90.0)
    assert family_total(result.supply.shipped)[0] == pytest.approx([100.0, 150.0, 100.0])
    assert result.money.other(OtherCost.TRANSPORT)[0] == pytest.approx([0.0, 90.0, 0.0])
    assert result.money.margin[0, 0] == pytest.approx([4_000.0, 6_000.0 - 90.0, 4_000.0])
    place = frontier(ready, result, cover_days=0.0, overtime_ratio=0.0)
    assert place is not None
    assert place.now.cost_value == pytest.approx(90.0)


def test_families_bear_spot_transport_by_what_they_ship_and_a_family_that_takes_none_bears_nothing() -> None:
    inputs = press_company(families=("Kettles", "Irons", "Vouchers"))
    lane = shared_space(3, 3, "Ferry", capacity=120.0, overflow_cost_per_unit=3.0)
    lane = replace(lane, use_per_unit=np.array([1.0, 2.0, 0.0]))
    ready = prepared(with_limits(inputs, transport=lane), [[60.0, 80.0, 60.0], [30.0, 40.0, 30.0], [50.0, 50.0, 50.0]])
    result = plan(ready)
    # month 2: 80 + 2 × 40 = 160 of 120: 40 at 3, half of it for each of the two that ship by ferry
    assert result.money.other(OtherCost.TRANSPORT) == pytest.approx(
        np.array([[0, 60, 0], [0, 60, 0], [0, 0, 0]]), abs=1e-9
    )
    assert result.money.margin[:, 0, 1] == pytest.approx([80 * 40 - 60, 40 * 40 - 60, 50 * 40])
    assert result.kpi("margin-ahead").why.parts[-1][1] == pytest.approx(-120.0)
    tied = {identity.name for identity in result.identities if identity.holds}
    assert "Transport beyond the lanes × its cost = cost of the families" in tied
    assert len(tied) == len(result.identities)


def test_a_limit_without_a_cost_beyond_it_is_an_assumption_in_words() -> None:
    inputs = press_company(hours=125.0, overtime_max_ratio=0.0)
    ready = prepared(with_limits(inputs, warehouse=shared_space(3, 1, "Shed", capacity=30.0)), [[100.0, 100.0, 175.0]])
    assert any(text.startswith("Space beyond the warehouse") for text in ready.assumptions)
    # a unit costs 60 and takes one space: 60 a space-month is dearer than 51 to make it, but not than losing the sale
    result = plan(ready)
    assert result.supply.closing[0, 1] == pytest.approx(50.0)
    # the profit has no price for the space, so it leaves it out: unknown, not free
    assert np.isnan(result.money.other(OtherCost.SPACE)[0]).tolist() == [False, True, False]
    assert result.money.margin[0, 0] == pytest.approx([4_000.0, 4_000.0, 7_000.0])
    assert all(identity.holds for identity in result.identities)


def test_a_material_limits_output_and_what_is_left_of_it_is_used_later() -> None:
    steel = scarce([[250.0, 100.0, 150.0]], [[2.0]])
    result = plan(prepared(with_limits(press_company(), scarce=steel), [[100.0, 100.0, 100.0]]))
    # 125, 50 and 75 units of steel for two: all of it is used, and 50 units are lost
    assert result.supply.make.sum() == pytest.approx(250.0)
    assert family_total(result.supply.lost).sum() == pytest.approx(50.0)
    assert MATERIAL_BINDS.code in _codes(result)
    assert all(identity.holds for identity in result.identities)


def test_fixed_output_without_material_is_kept_and_named() -> None:
    released = np.array([[100.0, np.nan, np.nan]])
    inputs = with_limits(press_company(released_units=released), scarce=scarce([[60.0, 90.0, 100.0]], [[1.0]]))
    result = plan(prepared(inputs, [[100.0, 100.0, 100.0]], locked_months=1))
    assert result.supply.make[0] == pytest.approx([100.0, 90.0, 100.0])
    told = next(finding for finding in result.findings if finding.kind is MATERIAL_SHORT)
    assert (told.place, told.detail) == ("Steel, Nov 26", "40 units are missing for Kettles.")


def test_what_a_supplier_did_not_deliver_is_not_there_later() -> None:
    mill = scarce([[250.0, 60.0, 100.0]], [[1.0]], keeps=False)
    bought = press_company(made=(False,), hours_per_unit=0.0)
    result = plan(prepared(with_limits(bought, scarce=mill), [[100.0, 100.0, 100.0]]))
    # ordered ahead in month 1, because months 2 and 3 give too little together
    assert result.supply.make[0] == pytest.approx([140.0, 60.0, 100.0])
    assert family_total(result.supply.lost).sum() == pytest.approx(0.0, abs=1e-6)


def test_a_month_whose_material_is_unknown_is_not_limited() -> None:
    steel = scarce([[50.0, np.nan, 50.0]], [[1.0]])
    result = plan(prepared(with_limits(press_company(), scarce=steel), [[50.0, 100.0, 100.0]]))
    assert family_total(result.supply.lost).sum() == pytest.approx(0.0, abs=1e-6)
    assert result.supply.make[0, 1] >= 100.0


def test_stock_is_not_kept_beyond_its_shelf_life() -> None:
    inputs = with_limits(
        press_company(months=6, hours=110.0, overtime_max_ratio=0.0), shelf_life_months=np.array([1.0])
    )
    demand = [[100.0, 100.0, 100.0, 100.0, 100.0, 160.0]]
    result = plan(prepared(inputs, demand))
    # 50 units would be built ahead; only what the next month sells may be kept, and that is no limit here
    assert result.supply.closing[0, 4] == pytest.approx(50.0)
    full = plan(
        prepared(with_limits(press_company(months=6, opening=500.0), shelf_life_months=np.array([2.0])), demand)
    )
    outlived = next(finding for finding in full.findings if finding.kind is SHELF_LIFE)
    # 400 are left after month 1, of which months 2 and 3 sell 200
    assert "200 units" in outlived.detail


def test_a_longer_demand_moves_the_shelf_life_limit_without_a_new_programme() -> None:
    ready = prepared(with_limits(press_company(), shelf_life_months=np.array([1.0])), [[100.0, 100.0, 100.0]])
    limit = problem_of(ready, ready.plan_levers).stock_limit
    assert limit is not None
    assert limit.max_units[0] == pytest.approx([100.0, 100.0, 100.0])


def test_orders_wait_until_there_are_hours_when_the_company_says_so() -> None:
    inputs = press_company(hours=110.0, overtime_max_ratio=0.0, channels=("Shops", "Web"))
    demand = [[75.0, 75.0, 25.0]]
    waits = plan(prepared(inputs, [[2 * d for d in demand[0]]], unserved_demand=UnservedDemand.BACKLOG))
    # 150 asked of 110: 40 wait, then 80, then 20 of 160 in month 3 are lost
    assert waits.supply.waiting.sum(axis=(0, 1)) == pytest.approx([40.0, 80.0, 0.0])
    assert family_total(waits.supply.shipped)[0] == pytest.approx([110.0, 110.0, 110.0])
    assert family_total(waits.supply.lost).sum() == pytest.approx(20.0)
    assert ORDERS_WAIT.code in _codes(waits)
    assert all(identity.holds for identity in waits.identities)
    # in their month: 110 of 150; month 2 ships 40 late and 70 of its own; month 3 ships 80 late, 30 of 50 less 20 lost
    assert waits.kpi("service").value == pytest.approx((110.0 + 70.0 + 30.0) / 350.0)


def test_open_orders_at_the_start_are_shipped_first() -> None:
    inputs = press_company(hours=110.0, overtime_max_ratio=0.0)
    inputs = replace(inputs, stock=replace(inputs.stock, backlog_units=np.array([15.0])))
    result = plan(prepared(inputs, [[100.0, 100.0, 100.0]], unserved_demand=UnservedDemand.BACKLOG))
    assert family_total(result.supply.shipped)[0] == pytest.approx([110.0, 105.0, 100.0])
    assert all(identity.holds for identity in result.identities)


def test_a_calm_plan_moves_less_from_the_released_one_and_costs_more() -> None:
    released = np.array([[100.0, 100.0, 100.0, 100.0]])
    inputs = press_company(months=4, released_units=released)
    demand = [[100.0, 60.0, 140.0, 100.0]]
    nervous = plan(prepared(inputs, demand))
    calm = plan(prepared(inputs, demand, calm_ratio=1.0))
    assert nervous.supply.make[0] == pytest.approx([100.0, 60.0, 140.0, 100.0])
    # holding 40 units for a month costs 40; moving 40 down and 40 up costs 80 overtime premiums of 6 a unit
    assert calm.supply.make[0] == pytest.approx([100.0, 100.0, 100.0, 100.0])
    assert calm.solver.objective > nervous.solver.objective
    told = next(finding for finding in calm.findings if finding.kind is PRICE_OF_CALM)
    # 40 units held for a month at 1
    assert told.value == pytest.approx(40.0, rel=1e-3)
    assert told.detail == "0 units are moved from the released plan instead of 80."


def test_a_calm_plan_stays_near_the_plan_approved_last_before_the_released_one() -> None:
    inputs = press_company(months=4, released_units=np.array([[500.0, 500.0, 500.0, 500.0]]))
    october, november = [[100.0, 100.0, 100.0, np.nan]], [[100.0, 90.0, 110.0, 100.0]]
    approved = tuple(
        ApprovedOutput(cycle=cycle, by="Eve", at=f"{cycle}-14", make_units=np.array(units))
        for cycle, units in (("2026-10", october), ("2026-11", november))
    )
    demand = [[100.0, 60.0, 140.0, 100.0]]
    calm = plan(prepared(replace(inputs, approved=approved[:1]), demand, calm_ratio=1.0))
    assert calm.supply.make[0] == pytest.approx([100.0, 100.0, 100.0, 100.0])
    again = plan(prepared(replace(inputs, approved=approved), demand, calm_ratio=1.0))
    assert again.supply.make[0] == pytest.approx([100.0, 90.0, 110.0, 100.0])
    told = next(finding for finding in again.findings if finding.kind is PRICE_OF_CALM)
    assert told.detail == "0 units are moved from the plan of Nov 26 approved 14 Nov 26 by Eve instead of 60."


def test_approving_a_calm_plan_does_not_move_it() -> None:
    inputs = press_company(months=4, released_units=np.array([[100.0, 100.0, 100.0, 100.0]]))
    demand = [[100.0, 60.0, 150.0, 100.0]]
    before = plan(prepared(inputs, demand, calm_ratio=0.1)).supply.make
    approved = ApprovedOutput(cycle="2026-11", by="Eve", at="2026-11-14", make_units=before)
    after = plan(prepared(replace(inputs, approved=(approved,)), demand, calm_ratio=0.1)).supply.make
    assert after == pytest.approx(before)
