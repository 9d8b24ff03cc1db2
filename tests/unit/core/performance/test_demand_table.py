"""The demand table: quarters count closed months as they came and compare like with like."""

import numpy as np
import pytest

from sop_dash.core.performance.demand_table import demand_table
from tests import array_worlds as worlds

G = worlds.grain(families=("Electronics",), history=24, horizon=5, cycle="2026-11")


def test_a_quarter_in_progress_adds_its_closed_months():
    inputs = worlds.company_inputs(G, sales=worlds.sales(G, units=100.0))
    (row,) = demand_table(inputs, np.array([[110.0, 120.0, 130.0, 140.0, 150.0]]))
    first, second = row.quarters
    assert row.month_units == (110.0, 120.0, 130.0, 140.0, 150.0)
    assert (first.name, first.units, first.actual_months) == ("Q4 FY26", 330.0, 1)  # 100 + 110 + 120
    assert (second.name, second.units, second.actual_months) == ("Q1 FY27", 420.0, 0)


def test_a_quarter_is_compared_with_last_months_plan_and_with_last_year():
    inputs = worlds.company_inputs(G, sales=worlds.sales(G, units=100.0))
    demand = np.array([[110.0, 120.0, 130.0, 140.0, 150.0]])
    previous = np.array([[100.0, 130.0, 100.0, 100.0, 100.0]])
    first, second = demand_table(inputs, demand, previous)[0].quarters
    assert first.vs_last_month_ratio == pytest.approx(0.0)  # 230 against 230, the closed month left out
    assert second.vs_last_month_ratio == pytest.approx(0.40)
    assert first.vs_last_year_ratio == pytest.approx(0.10)  # 330 against 300
    assert second.vs_last_year_ratio == pytest.approx(0.40)


def test_without_a_plan_of_last_month_or_a_year_of_history_there_is_no_comparison():
    g = worlds.grain(families=("Electronics",), history=1, horizon=5)
    (row,) = demand_table(worlds.company_inputs(g, sales=worlds.sales(g, units=1.0)), np.ones((1, 5)))
    assert [np.isnan([q.vs_last_month_ratio, q.vs_last_year_ratio]).all() for q in row.quarters] == [True, True]


def test_a_quarter_the_horizon_cuts_short_has_no_total():
    (row,) = demand_table(worlds.company_inputs(worlds.grain(families=("A",), horizon=4)), np.ones((1, 4)))
    assert [quarter.name for quarter in row.quarters] == ["Q4 FY26"]  # March is missing from Q1
