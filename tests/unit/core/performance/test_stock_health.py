"""Stock-outs and excess of the closed months."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.model.inputs import StockCounts
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.performance.sheet import sheet
from sop_dash.core.performance.stock_health import count_accuracy, excess_units, stock_health_kpis, stock_out_rate
from tests import array_worlds as worlds


def test_a_family_nobody_asks_for_cannot_be_out_of_stock():
    demand = np.array([[10.0], [10.0], [0.0], [10.0]])
    closing = np.array([[0.0], [5.0], [0.0], [np.nan]])
    assert stock_out_rate(demand, closing) == pytest.approx([0.5])  # one of the two with demand and a figure


def test_without_a_stock_figure_the_rate_is_unknown():
    assert np.isnan(stock_out_rate(np.array([[10.0]]), np.array([[np.nan]])))[0]


def test_excess_is_stock_and_orders_beyond_a_year_and_the_cover():
    found = excess_units(np.array([1_500.0, 100.0]), np.array([0.0, 50.0]), np.array([1_095.0, 365.0]), 30.0)
    assert found == pytest.approx([1_500 - 1_095 - 90, 0.0])


def test_excess_of_the_company_is_in_money_and_named_by_family():
    g = worlds.grain(families=("Toasters", "Irons"), history=12)
    inputs = worlds.company_inputs(
        g,
        sales=worlds.sales(g, units=1.0),
        money=worlds.money(g, unit_cost=10.0),
        stock=worlds.stock(g, closing_units=[[113.0] * 12, [1.0] * 12], receipts_units=0.0),
    )
    found = {
        k.definition.id: k
        for k in stock_health_kpis(inputs, PlanningSettings(cover_days=365.0 / 12), sheet(PlanningSettings()))
    }
    excess = found["excess-stock"]
    assert excess.value == pytest.approx((113 - 13) * 10)
    assert [operand.name for operand in excess.why.operands] == ["Toasters"]
    assert found["stock-out-rate"].value == 0.0
    assert found["inventory-accuracy"].reason == "No stock counts in this data load: load the table stock_counts."


def test_accuracy_is_the_share_of_items_counted_within_the_tolerance():
    book, counted = np.array([100.0, 100.0, 0.0, 0.0, 50.0]), np.array([102.0, 97.0, 0.0, 1.0, np.nan])
    assert count_accuracy(book, counted, 0.02) == 0.5  # 102 and the empty shelf are right, 97 and the find are not
    assert np.isnan(count_accuracy(book[:0], counted[:0], 0.02))


def test_the_last_count_is_compared_with_the_one_before():
    g = worlds.grain(history=3)
    counts = StockCounts(
        months=("2026-08", "2026-08", "2026-09"),
        book_units=np.array([10.0, 10.0, 10.0]),
        counted_units=np.array([10.0, 5.0, 10.0]),
    )
    settings = PlanningSettings()
    found = stock_health_kpis(worlds.company_inputs(g, stock_counts=counts), settings, sheet(settings))
    accuracy = next(kpi for kpi in found if kpi.definition.id == "inventory-accuracy")
    assert (accuracy.value, accuracy.period, accuracy.reference) == (1.0, "Sep 26", 0.5)


@given(st.floats(0, 1e5), st.floats(0, 1e5), st.floats(0, 1e5), st.floats(0, 180))
def test_excess_is_never_negative(stock, on_order, demand, cover):
    assert excess_units(np.array([stock]), np.array([on_order]), np.array([demand]), cover)[0] >= 0.0
