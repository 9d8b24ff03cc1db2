"""What is missing becomes a finding and an assumption, never an exception and never a zero."""

from dataclasses import replace

import numpy as np
import pytest

from sop_dash.core.model.levers import Change, Levers
from sop_dash.core.plan import plan, prepare
from tests import array_worlds, worlds
from tests.unit.core.plan.plan_worlds import prepared, press_company


def _codes(result) -> list[str]:
    return [finding.kind.code for finding in result.findings]


def test_a_missing_capacity_does_not_limit_and_stays_unknown():
    company = press_company(months=2)
    result = plan(prepared(company, [[100, 100]]))
    assert np.isnan(result.supply.available_hours).all()
    assert result.supply.lost.sum() == 0.0


def test_a_capacity_of_zero_makes_nothing():
    result = plan(prepared(press_company(months=2, hours=0.0), [[100, 100]]))
    assert result.supply.make.sum() == pytest.approx(0.0)
    assert result.supply.lost.sum() == pytest.approx(200.0)
    assert "refusal-needs-decision" in _codes(result)


def test_a_made_family_without_hours_per_unit_is_made_without_a_limit():
    company = press_company(months=1, hours=10.0, hours_per_unit=0.0)
    company = replace(company, known_routing=np.array([False]))
    result = plan(prepared(company, [[100]]))
    assert result.supply.make.sum() == pytest.approx(100.0)


def test_zero_demand_gives_an_empty_plan():
    result = plan(prepared(press_company(months=3, hours=100.0), [[0, 0, 0]]))
    assert result.supply.make.sum() == pytest.approx(0.0)
    assert all(i.holds for i in result.identities)


def test_unknown_price_and_cost_leave_the_units_planned_and_the_money_unknown():
    company = press_company(
        families=("Kettles", "Irons"),
        months=1,
        hours=300.0,
        price=np.array([[[100.0]], [[np.nan]]]),
        cost=np.array([[60.0], [np.nan]]),
    )
    result = plan(prepared(company, [[100], [50]]))
    assert result.supply.shipped.sum() == pytest.approx(150.0)
    assert result.money.revenue[0].sum() == pytest.approx(10_000.0)
    assert np.isnan(result.money.revenue[1]).all()
    assert np.isnan(result.money.margin[1]).all()


def test_unknown_stock_starts_at_its_target_and_is_an_assumption():
    company = press_company(months=2, opening=np.nan, hours=500.0)
    ready = prepared(company, [[310, 310]], cover_days=10.0)
    assert ready.problem.opening_units[0] == pytest.approx(310 / 30 * 10)  # ten days of a November with 30
    assert any("Opening stock is unknown" in text for text in ready.assumptions)


def test_sales_alone_are_enough_for_a_plan():
    inputs = worlds.inputs(worlds.sales_only({"Kettles": [100.0] * 8, "Irons": [40.0] * 8}, price=20.0))
    ready = prepare(inputs)
    result = plan(ready, Levers(demand=(Change(ratio=0.1),)))
    assert result.supply.shipped.sum() > 0
    assert all(i.holds for i in result.identities)
    assert np.isnan(result.money.margin).all()  # no cost: no margin, not a wrong one


def test_tables_of_a_small_company_make_a_plan_that_ties():
    result = plan(prepare(worlds.inputs(worlds.two_products_one_press(12), horizon_months=6)))
    assert [i.name for i in result.identities if not i.holds] == []
    assert result.grain.resources == ("Press",)


def test_a_company_that_knows_capacity_in_units_is_planned_on_it():
    company = press_company(months=2, hours_per_unit=0.0, made=(False,), family_capacity_units=np.array([[80.0, 80.0]]))
    result = plan(prepared(company, [[100, 60]], overtime_max_ratio=0.0))
    assert result.grain.resources == ("Press", "Kettles (units)")
    assert result.supply.make[0] == pytest.approx([80, 60])
    assert result.supply.lost[0, 0] == pytest.approx([20, 0])


def test_history_without_months_is_planned_from_adjustments_alone():
    company = array_worlds.company_inputs(array_worlds.grain(families=("New",), history=1, horizon=2))
    result = plan(prepared(company, [[10, 10]]))
    assert result.demand.statistical.sum() == 0.0
    assert result.supply.shipped.sum() == pytest.approx(20.0)
