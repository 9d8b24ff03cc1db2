"""The monthly metrics by hand: attainment, turns, days of supply, accuracy, all by value and joined on keys."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.performance.monthly import annual_turns, attainment, demand_weights, monthly_metrics, turns
from tests import array_worlds as worlds
from tests.oracle_cases import assert_expected, oracle


def test_turns_of_one_month_are_a_years_rate():
    case = oracle("inventory_metrics", "turns-annualised")
    given_ = case["inputs"]
    found = annual_turns(given_["cogs_month"], given_["average_inventory_value"], given_["months"])
    assert_expected(case, "turns_annualised", found)  # 14.4, not 1.2


def test_turns_cover_twelve_months_of_opening_and_closing_stock():
    found, average = turns(np.full(14, 100.0), np.full(14, 200.0))
    assert np.isnan(found[0])  # no opening stock
    assert found[1] == pytest.approx(6.0)  # 12 / 1 × 100 / 200
    assert found[13] == pytest.approx(6.0)  # 1,200 / 200
    assert average[13] == 200.0


def test_average_stock_is_the_mean_of_opening_and_closing():
    found, average = turns(np.array([0.0, 100.0]), np.array([100.0, 300.0]))
    assert average[1] == 200.0
    assert found[1] == pytest.approx(6.0)


def test_a_month_without_a_stock_figure_has_no_turns_and_does_not_spoil_the_next():
    found, _ = turns(np.full(4, 100.0), np.array([200.0, np.nan, 200.0, 200.0]))
    assert np.isnan(found[1:3]).all()
    assert found[3] == pytest.approx(6.0)


def test_130_and_70_per_cent_make_full_volume_and_the_wrong_mix():
    volume, mix = attainment(np.array([[130.0], [70.0]]), np.array([[100.0], [100.0]]))
    assert volume == pytest.approx([1.0])
    assert mix == pytest.approx([0.85])  # (100 + 70) / 200


def test_without_a_plan_there_is_no_attainment():
    volume, mix = attainment(np.array([[10.0, 10.0]]), np.array([[0.0, np.nan]]))
    assert np.isnan([*volume, *mix]).all()


@given(st.permutations(range(3)))
def test_actual_and_plan_meet_by_family_whatever_the_order(order):
    actual, plan = np.array([[90.0], [200.0], [10.0]]), np.array([[100.0], [150.0], [30.0]])
    there, here = attainment(actual, plan), attainment(actual[list(order)], plan[list(order)])
    assert here[0] == pytest.approx(there[0])
    assert here[1] == pytest.approx(there[1])


def test_families_count_by_their_value_in_the_company_error():
    g = worlds.grain(families=("Machines", "Screws"), history=1)
    sales = worlds.sales(g, units=[[[10.0]], [[1000.0]]], net_revenue_value=[[[9000.0]], [[1000.0]]])
    found = monthly_metrics(worlds.company_inputs(g, sales=sales), np.array([[11.0], [1000.0]]))
    assert found.wape[0] == pytest.approx(0.09)  # 900 of 10,000; by units it were 0.1 %
    assert found.mape[0] == pytest.approx(0.05)  # (10 % + 0 %) / 2
    assert found.bias[0] == pytest.approx(0.09)


def test_one_family_without_sales_does_not_make_the_error_infinite():
    g = worlds.grain(families=("Old", "Sold"), history=1)
    sales = worlds.sales(g, units=[[[0.0]], [[100.0]]])
    found = monthly_metrics(worlds.company_inputs(g, sales=sales), np.array([[10.0], [110.0]]))
    assert found.mape[0] == pytest.approx(0.10)
    assert found.mape_excluded[0] == 1
    assert found.wape[0] == pytest.approx(0.20)  # 20 of 100


def test_days_of_supply_divide_units_by_units():
    g = worlds.grain(families=("Kettles",), history=2, horizon=2, cycle="2026-11")
    inputs = worlds.company_inputs(
        g,
        sales=worlds.sales(g, units=62.0),
        money=worlds.money(g, unit_cost=500.0),
        stock=worlds.stock(g, closing_value=31.0 * 500.0),
    )
    found = monthly_metrics(inputs, demand_ahead=np.array([[60.0, 62.0]])).days_of_supply
    assert found == pytest.approx([15.5, 15.5])  # 31 units at 2 a day, in October and in November


def test_nothing_known_leaves_every_metric_unknown():
    found = monthly_metrics(worlds.company_inputs())
    for name in ("wape", "mape", "bias", "plan_attainment", "inventory_turns", "days_of_supply", "revenue_attainment"):
        assert np.isnan(getattr(found, name)).all()


def test_a_family_weighs_at_its_price_of_the_last_twelve_months_with_sales():
    g = worlds.grain(families=("Kettles", "Ended"), history=24)
    revenue = [[[100.0] * 12 + [200.0] * 12], [[50.0] * 12 + [0.0] * 12]]
    units = [[[10.0] * 24], [[10.0] * 12 + [0.0] * 12]]
    sales = worlds.sales(g, units=units, net_revenue_value=revenue)
    assert demand_weights(worlds.company_inputs(g, sales=sales)) == pytest.approx([20.0, 5.0])
