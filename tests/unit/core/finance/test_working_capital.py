"""Count-back of receivables and payables, and the cash conversion cycle."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.finance.working_capital import cash_conversion, outstanding
from tests.oracle_cases import assert_expected, oracle

MONTH = 365 / 12


def test_one_and_a_half_months_of_credit_leave_this_month_and_half_of_the_last_unpaid():
    found = outstanding(np.array([100.0, 200.0]), np.array([60.0, 80.0]), 1.5 * MONTH)
    assert found == pytest.approx([80 + 30, 100 + 40, 200 + 50])


def test_without_credit_nothing_is_outstanding():
    assert outstanding(np.array([100.0, 200.0]), np.array([50.0]), 0.0) == pytest.approx([0, 0, 0])


def test_credit_within_the_month_leaves_a_share_of_it():
    assert outstanding(np.array([100.0]), np.array([50.0]), MONTH / 4) == pytest.approx([12.5, 25.0])


@pytest.mark.parametrize("before", [np.array([]), np.array([np.nan, np.nan])])
def test_a_missing_past_neither_brings_nor_costs_cash(before):
    found = outstanding(np.array([100.0, 100.0]), before, 2 * MONTH)
    assert found == pytest.approx([200, 200, 200])


@given(
    st.lists(st.floats(0, 1e6), min_size=1, max_size=8),
    st.lists(st.floats(0, 1e6), min_size=6, max_size=6),
    st.floats(0, 150),
)
def test_a_plain_walk_back_through_the_months_finds_the_same_balance(flow, before, days):
    found = outstanding(np.array(flow), np.array(before), days)
    every = before + flow
    for month in range(len(flow) + 1):
        left, balance = days / MONTH, 0.0
        for amount in reversed(every[: len(before) + month]):
            share = min(1.0, max(0.0, left))
            balance, left = balance + share * amount, left - 1.0
        assert found[month] == pytest.approx(balance, rel=1e-9, abs=1e-6)


def test_cash_conversion_of_a_published_exercise():
    case = oracle("finance", "ccc-garcia")
    given_ = case["inputs"]
    found = cash_conversion(
        revenue=given_["net_sales"],
        cogs=given_["cost_of_sales"],
        inventory=given_["inventory"],
        receivables=given_["receivables"],
        payables=given_["payables"],
    )
    assert_expected(case, "dio", found.inventory_days)
    assert_expected(case, "dso", found.receivable_days)
    assert_expected(case, "operating_cycle", found.operating_cycle_days)
    assert_expected(case, "dpo", found.payable_days)
    assert_expected(case, "ccc", found.cash_to_cash_days)


def test_days_of_one_month_are_annualised():
    case = oracle("inventory_metrics", "turns-annualised")
    given_ = case["inputs"]
    found = cash_conversion(
        revenue=1.0,
        cogs=given_["cogs_month"],
        inventory=given_["average_inventory_value"],
        receivables=0.0,
        payables=0.0,
        months=given_["months"],
    )
    assert_expected(case, "days_inventory", found.inventory_days)


def test_cash_to_cash_of_the_simple_case():
    case = oracle("finance", "ccc-simple")
    dio, dso, dpo = (case["inputs"][name] for name in ("dio", "dso", "dpo"))
    found = cash_conversion(revenue=365.0, cogs=365.0, inventory=dio, receivables=dso, payables=dpo)
    assert_expected(case, "ccc", found.cash_to_cash_days)


def test_customers_who_pay_first_make_the_cycle_negative():
    found = cash_conversion(revenue=365.0, cogs=365.0, inventory=10.0, receivables=0.0, payables=40.0)
    assert found.cash_to_cash_days == pytest.approx(-30)


def test_without_sales_the_days_are_unknown():
    found = cash_conversion(revenue=0.0, cogs=0.0, inventory=10.0, receivables=0.0, payables=40.0)
    assert math.isnan(found.cash_to_cash_days)
