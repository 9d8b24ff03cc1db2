"""The stock roll-forward ties, and cash-to-cash follows from it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.finance.balance import balance, cash_to_cash
from tests import array_worlds as worlds
from tests.array_plans import plan_of

G = worlds.grain(families=("Kettles",), horizon=3)


def test_stock_rolls_forward_from_the_opening_balance():
    plan = plan_of(G, demand=[[[10.0, 30.0, 10.0]]], make=20.0, opening=5.0)
    found = balance(plan.supply, plan.money)
    assert found.opening_stock == pytest.approx([300, 900, 300])  # 5, 15 and 5 at 60
    assert found.closing_stock == pytest.approx([900, 300, 900])
    assert found.supplied == pytest.approx([1_200] * 3)
    assert found.cogs == pytest.approx([600, 1_800, 600])
    assert found.revaluation == pytest.approx([0, 0, 0])


def test_a_new_standard_cost_revalues_the_stock_it_meets():
    plan = plan_of(G, demand=10.0, make=10.0, opening=5.0, unit_cost=[[60.0, 66.0, 66.0]])
    found = balance(plan.supply, plan.money)
    assert found.revaluation == pytest.approx([0, 30, 0])  # 5 × 6
    assert found.ties.holds


@given(st.lists(st.tuples(st.floats(0, 99), st.floats(0, 99)), min_size=3, max_size=3), st.floats(0, 99))
def test_every_month_ties(months, opening):
    demand, make = np.array(months).T
    plan = plan_of(G, demand=demand, make=make, opening=opening, unit_cost=[[60.0, 61.0, 59.0]])
    assert balance(plan.supply, plan.money).ties.holds


def test_cash_to_cash_counts_average_stock_and_the_last_balances():
    g = worlds.grain(families=("Kettles",), horizon=12)
    plan = plan_of(g, demand=10.0, make=10.0, opening=10.0)
    found = cash_to_cash(balance(plan.supply, plan.money), plan.money)
    assert found.inventory_days == pytest.approx(365 / 12)  # a month's stock
    assert found.cash_to_cash_days == pytest.approx(365 / 12)  # nothing on credit


def test_cash_to_cash_takes_the_stock_at_both_ends_of_each_month():
    g = worlds.grain(families=("Kettles",), horizon=2)
    plan = plan_of(g, demand=[[[10.0, 10.0]]], make=[[20.0, 10.0]], opening=0.0)
    found = cash_to_cash(balance(plan.supply, plan.money), plan.money)
    # Stock 0, 10, 10 at 60: (5 + 10) / 2 = 7.5 units, 450 of money; 20 units sold in two months are 7,200 a year.
    assert found.inventory_days == pytest.approx(365 * 450 / 7_200)
