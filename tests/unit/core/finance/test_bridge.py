"""Bridges add up exactly; published mix and quantity variances; nothing changed means no bar."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.finance.bridge import Lines, margin_bridge, market_split, mix_and_quantity, revenue_bridge
from tests.oracle_cases import assert_expected, oracle


def lines(units, price, cost) -> Lines:
    return Lines(units=np.array(units, float), price=np.array(price, float), cost=np.array(cost, float))


def test_mix_and_quantity_of_spring_distribution_agree_with_horngren():
    case = oracle("variance_analysis", "mix-quantity-spring")
    given_ = {name: np.array(case["inputs"][name], float) for name in ("budget_units", "actual_units")}
    margin = np.array(case["inputs"]["budget_cm_per_unit"])
    mix, quantity = mix_and_quantity(given_["budget_units"], given_["actual_units"], margin, np.ones(2))
    assert_expected(case, "sales_mix", mix.sum())
    assert_expected(case, "sales_quantity", quantity.sum())
    assert_expected(case, "sales_volume", mix.sum() + quantity.sum())


def test_mix_of_jones_agrees_with_the_exam():
    case = oracle("variance_analysis", "mix-jones")
    budget, actual = (np.array(case["inputs"][name], float) for name in ("budget_units", "actual_units"))
    mix, _ = mix_and_quantity(budget, actual, np.array(case["inputs"]["standard_profit"], float), np.ones(2))
    assert_expected(case, "sales_mix", mix.sum())


def test_one_family_moves_by_price_volume_and_cost():
    found = margin_bridge(lines([100], [10], [6]), lines([120], [11], [7]))
    assert found.start == 400
    assert found.end == 480
    assert found.bars["price"] == pytest.approx(120)  # (11 − 10) × 120
    assert found.bars["volume"] == pytest.approx(80)  # 20 × 4
    assert found.bars["mix"] == pytest.approx(0)
    assert found.bars["cost"] == pytest.approx(-120)  # −(7 − 6) × 120
    assert found.bars["new products"] == 0


def test_selling_more_of_the_poorer_family_is_unfavourable_mix():
    found = margin_bridge(lines([10, 10], [10, 10], [2, 8]), lines([5, 15], [10, 10], [2, 8]), alike=True)
    assert found.bars["volume"] == pytest.approx(0)
    assert found.bars["mix"] == pytest.approx(-30)  # −5 × 8 + 5 × 2


def test_unlike_units_are_added_at_budget_price():
    # Budget 1 machine at 100 and 100 screws at 1; one machine more is half the value, not one per cent of the units.
    found = revenue_bridge(lines([1, 100], [100, 1], [0, 0]), lines([2, 100], [100, 1], [0, 0]))
    assert found.bars["volume"] == pytest.approx(100)  # 300 / 200 of the budgeted 200, less 200
    assert found.bars["mix"] == pytest.approx(0)


def test_a_family_without_a_budget_is_new_and_needs_no_budget_price():
    found = margin_bridge(lines([10, 0], [10, np.nan], [6, np.nan]), lines([10, 5], [10, 20], [6, 12]))
    assert found.bars["new products"] == pytest.approx(40)
    assert found.residual == pytest.approx(0)


def test_a_discontinued_family_stays_in_volume_and_mix_and_needs_no_actual_price():
    found = margin_bridge(lines([10, 10], [10, 10], [6, 6]), lines([10, 0], [10, np.nan], [6, np.nan]))
    assert found.bars["volume"] + found.bars["mix"] == pytest.approx(-40)
    assert found.residual == pytest.approx(0)


def test_with_nothing_budgeted_everything_is_new():
    found = margin_bridge(lines([0], [np.nan], [np.nan]), lines([5], [20], [12]))
    assert found.bars == {"price": 0, "volume": 0, "mix": 0, "cost": 0, "new products": 40}


def test_free_samples_add_up_too():
    found = margin_bridge(lines([10], [0], [6]), lines([15], [0], [6]))
    assert found.bars["volume"] == pytest.approx(-30)
    assert found.residual == pytest.approx(0)


def test_what_supply_could_not_serve_is_a_bar_of_its_own():
    found = margin_bridge(lines([100], [10], [6]), lines([110], [10], [6]), lost=np.array([20.0]))
    assert found.bars["volume"] == pytest.approx(120)  # 130 asked for: 30 × 4
    assert found.bars["supply limits"] == pytest.approx(-80)  # 20 × 4
    assert found.residual == pytest.approx(0)


def test_other_bars_are_part_of_the_end():
    found = margin_bridge(lines([10], [10], [6]), lines([10], [10], [6]), other={"overtime": -7.0})
    assert found.end == 33
    assert found.residual == pytest.approx(0)


def test_identical_plans_have_no_bars():
    same = lines([10, 0, 7], [10, np.nan, 3], [6, np.nan, 4])
    assert set(margin_bridge(same, same).bars.values()) == {0.0}
    assert set(revenue_bridge(same, same).bars.values()) == {0.0}


_UNITS = st.one_of(st.just(0.0), st.floats(1, 1000))
_MONEY = st.floats(1, 100)
_ROW = st.tuples(_UNITS, _MONEY, _MONEY, _UNITS, _MONEY, _MONEY)


@given(st.lists(_ROW, min_size=1, max_size=8), st.booleans())
def test_every_bridge_adds_up_and_so_do_its_rows(rows, alike):
    columns = np.array(rows).T
    budget, actual = lines(*columns[:3]), lines(*columns[3:])
    bridges = (
        margin_bridge(budget, actual, alike=alike),
        margin_bridge(budget, actual, alike=alike, lost=columns[0] / 2),
        revenue_bridge(budget, actual, alike=alike),
    )
    for bridge in bridges:
        scale = 1e-9 * (1 + abs(bridge.start) + abs(bridge.end) + sum(map(abs, bridge.bars.values())))
        assert abs(bridge.residual) <= scale
        for name, values in bridge.by_row.items():
            assert values.sum() == pytest.approx(bridge.bars[name], abs=scale)


@given(st.lists(_ROW, min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_bar(rows, chance):
    moved = list(rows)
    chance.shuffle(moved)
    there, here = np.array(rows).T, np.array(moved).T
    first = margin_bridge(lines(*there[:3]), lines(*there[3:])).bars
    second = margin_bridge(lines(*here[:3]), lines(*here[3:])).bars
    for name, value in first.items():
        assert second[name] == pytest.approx(value, abs=1e-3)


def test_market_size_and_share_make_up_the_quantity_variance():
    # Budget 10 of 100, actual 18 of 120, margin 2 a unit: (18 − 10) × 2 = 16.
    size, share = market_split(market=120, budget_market=100, share=0.15, budget_share=0.10, budget_margin=2.0)
    assert (size, share) == (pytest.approx(4), pytest.approx(12))
