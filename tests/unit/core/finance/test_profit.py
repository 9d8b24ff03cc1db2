"""Money follows what is shipped; parts add up; what is unknown stays with its family."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.finance.profit import money_plan
from sop_dash.core.model.result import MoneyPlan, OtherCost
from tests import array_worlds as worlds
from tests.oracle_cases import assert_expected, oracle


def one_family(months: int = 3, **changed: Any) -> MoneyPlan:
    """One family, one channel, nothing given on credit; price 100, cost 60; `changed` replaces arguments."""
    g = changed.pop("grain", worlds.grain(families=("Electronics",), history=3, horizon=months))
    f, c, t = len(g.families), len(g.channels), len(g.horizon)
    zeros = np.zeros((f, t))
    given_: dict[str, Any] = {
        "price": np.full((f, c, t), 100.0),
        "unit_cost": np.full((f, t), 60.0),
        "shipped": np.zeros((f, c, t)),
        "lost": np.zeros((f, c, t)),
        "make": zeros,
        "outsource": zeros,
        "receipts": zeros,
        "closing": zeros,
        "overtime_premium": zeros,
        "outsource_premium": zeros,
        "other_costs": {},
        "history_revenue": np.zeros(3),
        "history_purchases": np.zeros(3),
        "receivable_days": 0.0,
        "payable_days": 0.0,
        "material_share": 1.0,
        "opening_cash": 0.0,
        "fixed_cost_per_month": None,
        "tax_ratio": None,
    }
    return money_plan(grain=g, **(given_ | changed))


def test_revenue_and_cost_follow_what_is_shipped_not_demand_or_production():
    case = oracle("finance", "supply-limited-revenue")  # demand 31,700, made 31,500, shipped 30,700
    expected = case["expected"]
    plan = one_family(
        shipped=np.array([[expected["shipments"]]], dtype=float),
        lost=np.array([[expected["lost"]]], dtype=float),
        make=np.array([case["inputs"]["supply"]], dtype=float),
        closing=np.array([expected["ending_inventory"]], dtype=float),
    )
    assert_expected(case, "revenue", plan.revenue.sum())  # 3.07 M, not 3.17 M
    assert_expected(case, "cogs", plan.cogs.sum())
    assert_expected(case, "gross_margin", plan.margin.sum())
    assert_expected(case, "gross_margin_pct", 100 * plan.margin.sum() / plan.revenue.sum())
    assert_expected(case, "ending_inventory_value", plan.inventory[0])
    assert plan.margin[0, 0] / plan.revenue[0, 0] == pytest.approx([0.4, 0.4, 0.4])  # every month, not 45.5 and 35.3 %


def test_lost_units_cost_their_margin_and_not_their_price():
    plan = one_family(lost=np.array([[[1000.0, 0.0, 0.0]]]))
    assert plan.lost_margin.sum() == pytest.approx(40_000)  # 1,000 × (100 − 60)


def test_an_unknown_price_leaves_only_its_own_family_without_money():
    g = worlds.grain(families=("Known", "Unknown"), history=3, horizon=2)
    price = np.full((2, 1, 2), 100.0)
    price[1] = np.nan
    plan = one_family(grain=g, price=price, shipped=np.full((2, 1, 2), 10.0))
    assert plan.revenue[0].sum() == 2_000
    assert np.isnan(plan.revenue[1]).all()
    assert np.isnan(plan.margin[1]).all()
    assert plan.cash[-1] == pytest.approx(2_000)  # the known family alone


def test_nothing_shipped_is_worth_nothing_even_without_a_price():
    plan = one_family(price=np.full((1, 1, 3), np.nan))
    assert plan.revenue.sum() == 0.0


def test_premiums_fall_on_channels_by_units_shipped():
    g = worlds.grain(families=("Irons",), channels=("shop", "web"), history=3, horizon=1)
    plan = one_family(
        grain=g, shipped=np.array([[[30.0], [10.0]]]), overtime_premium=np.array([[80.0]]), make=np.array([[40.0]])
    )
    assert plan.margin[0, :, 0] == pytest.approx([30 * 40 - 60, 10 * 40 - 20])  # 80 split 3 : 1


def test_a_premium_is_not_lost_in_a_month_without_shipments():
    g = worlds.grain(families=("Irons",), channels=("shop", "web"), history=3, horizon=1)
    plan = one_family(grain=g, overtime_premium=np.array([[80.0]]), make=np.array([[40.0]]))
    assert plan.margin.sum() == pytest.approx(-80.0)


def test_overflow_space_and_spot_transport_cost_the_margin_and_the_cash_of_their_month():
    g = worlds.grain(families=("Irons",), channels=("shop", "web"), history=3, horizon=2)
    plan = one_family(
        grain=g,
        shipped=np.array([[[30.0, 30.0], [10.0, 10.0]]]),
        other_costs={OtherCost.SPACE: np.array([[80.0, 0.0]]), OtherCost.TRANSPORT: np.array([[20.0, 0.0]])},
        payable_days=365 / 12,
    )
    assert plan.margin[0, :, 0] == pytest.approx([30 * 40 - 75, 10 * 40 - 25])  # 100 split 3 : 1
    assert plan.margin[0, :, 1] == pytest.approx([30 * 40, 10 * 40])
    assert plan.cash == pytest.approx([4_000 - 100, 8_000 - 100])  # paid at once, not when suppliers are


def test_the_company_pays_for_the_space_of_a_family_whose_cost_is_unknown():
    g = worlds.grain(families=("Irons", "Kettles"), history=3, horizon=1)
    plan = one_family(
        grain=g,
        unit_cost=np.array([[60.0], [np.nan]]),
        shipped=np.array([[[10.0]], [[0.0]]]),
        make=np.array([[0.0], [5.0]]),
        other_costs={OtherCost.SPACE: np.array([[30.0], [50.0]])},
    )
    assert plan.cash[0] == pytest.approx(1_000 - 80)


def test_space_without_a_price_leaves_margin_and_cash_as_they_are_and_hides_no_other_cost():
    g = worlds.grain(families=("Irons",), history=3, horizon=1)
    unpriced, hired = np.array([[np.nan]]), np.array([[50.0]])
    plan = one_family(
        grain=g,
        shipped=np.array([[[10.0]]]),
        other_costs={OtherCost.SPACE: unpriced, OtherCost.PEOPLE: hired},
    )
    assert np.isnan(plan.other(OtherCost.SPACE)).all()
    assert plan.other_value.sum() == 50
    assert plan.margin.sum() == pytest.approx(400 - 50)
    assert plan.cash[0] == pytest.approx(1_000 - 50)


def test_without_opening_cash_there_is_no_cash_path():
    assert np.isnan(one_family(opening_cash=None, shipped=np.ones((1, 1, 3))).cash).all()


def test_cash_counts_what_is_made_and_not_what_is_sold():
    plan = one_family(
        months=1, make=np.array([[10.0]]), closing=np.array([[10.0]]), opening_cash=1_000.0, material_share=0.5
    )
    assert plan.cash[0] == pytest.approx(1_000 - 600)  # half to suppliers at once, half for conversion


def test_suppliers_are_paid_later_for_the_bought_share_only():
    plan = one_family(months=1, make=np.array([[10.0]]), material_share=0.5, payable_days=365 / 12)
    assert plan.payables[0] == pytest.approx(300)  # half of 10 × 60 is bought
    assert plan.cash[0] == pytest.approx(-300)  # conversion only; nothing was bought the month before


def test_a_bought_family_is_paid_to_suppliers_whole():
    g = worlds.grain(families=("Filters",), history=3, horizon=1, made=(False,))
    plan = one_family(grain=g, make=np.array([[10.0]]), material_share=0.5, payable_days=365 / 12)
    assert plan.payables[0] == pytest.approx(600)


def test_fixed_cost_and_tax_leave_cash_and_not_the_gross_margin():
    plan = one_family(months=1, shipped=np.array([[[10.0]]]), fixed_cost_per_month=100.0, tax_ratio=0.25)
    assert plan.margin.sum() == pytest.approx(400)
    assert plan.cash[0] == pytest.approx(1_000 - 100 - 75)  # tax on 400 − 100


def test_a_month_with_a_loss_pays_no_tax():
    assert one_family(months=1, fixed_cost_per_month=100.0, tax_ratio=0.25).cash[0] == pytest.approx(-100)


_AMOUNT = st.floats(0, 100).map(lambda value: round(value, 2))


@given(
    st.lists(st.tuples(_AMOUNT, _AMOUNT, _AMOUNT, _AMOUNT), min_size=1, max_size=6),
    st.floats(0, 120),
    st.floats(0, 120),
)
def test_cash_changes_by_profit_less_the_change_of_working_capital(months, receivable_days, payable_days):
    shipped, make, outsource, premium = np.array(months, dtype=float).T
    space, spot = premium[::-1], shipped / 2.0
    closing = 1_000 + np.cumsum(make + outsource - shipped)
    plan = one_family(
        months=len(months),
        shipped=shipped[None, None],
        make=make[None],
        outsource=outsource[None],
        closing=closing[None],
        outsource_premium=premium[None],
        other_costs={OtherCost.SPACE: space[None], OtherCost.PEOPLE: spot[None]},
        history_revenue=np.full(6, 500.0),
        history_purchases=np.full(6, 300.0),
        receivable_days=receivable_days,
        payable_days=payable_days,
        opening_cash=7_000.0,
        material_share=0.4,
    )
    capital = plan.inventory[0] + plan.receivables - plan.payables
    profit = plan.margin.sum(axis=(0, 1))
    assert np.diff(plan.cash) == pytest.approx(profit[1:] - np.diff(capital), abs=1e-6)


@given(st.permutations(range(4)))
def test_the_order_of_the_families_changes_nothing(order):
    rng = np.random.default_rng(7)
    g = worlds.grain(families=tuple("ABCD"), channels=("shop", "web"), history=3, horizon=5)
    arrays = {name: rng.uniform(1, 9, (4, 2, 5)) for name in ("price", "shipped", "lost")}
    arrays |= {name: rng.uniform(1, 9, (4, 5)) for name in ("unit_cost", "make", "closing", "overtime_premium")}
    there = one_family(grain=g, **arrays)
    moved = one_family(grain=g, **{name: values[list(order)] for name, values in arrays.items()})
    assert moved.margin == pytest.approx(there.margin[list(order)])
    assert moved.cash == pytest.approx(there.cash)


@given(st.integers(0, 2**32 - 1))
def test_margin_parts_add_up_to_the_company(seed):
    rng = np.random.default_rng(seed)
    g = worlds.grain(families=tuple("ABC"), channels=("shop", "web"), history=3, horizon=4)
    plan = one_family(
        grain=g,
        shipped=rng.integers(0, 3, (3, 2, 4)).astype(float),
        overtime_premium=rng.uniform(0, 5, (3, 4)),
        outsource_premium=rng.uniform(0, 5, (3, 4)),
    )
    whole = plan.revenue.sum() - plan.cogs.sum() - plan.overtime_premium.sum() - plan.outsource_premium.sum()
    assert plan.margin.sum() == pytest.approx(whole)
