"""Lots against published cases, hand sums, laws and an independent library."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stockpyl.eoq import (
    economic_order_quantity,
    economic_order_quantity_with_all_units_discounts,
    economic_order_quantity_with_backorders,
    economic_order_quantity_with_incremental_discounts,
    economic_production_quantity,
)
from stockpyl.rq import r_q_eil_approximation
from stockpyl.wagner_whitin import wagner_whitin

from sop_dash.core.inventory.discounts import PriceTier, all_units_discount, incremental_discount
from sop_dash.core.inventory.lots import (
    cost_of_rounding,
    economic_lot,
    joint_policy,
    lot_cost,
    planned_backorder_lot,
    practical_lot,
    production_lot,
)
from sop_dash.core.inventory.wagner_whitin import lot_plan
from sop_dash.core.model.errors import BadValue
from tests.oracle_cases import assert_expected, oracle

AMOUNTS = st.floats(1.0, 1e5)
COSTS = st.floats(0.1, 1e3)


def test_the_economic_lot_of_sharp() -> None:
    case = oracle("lot_sizing", "eoq-sharp")
    given_ = case["inputs"]
    terms = (given_["annual_demand"], given_["order_cost"], given_["holding_per_unit_year"])
    lot = economic_lot(*terms)
    assert_expected(case, "eoq", lot)
    assert_expected(case, "orders_per_year", given_["annual_demand"] / lot)
    assert_expected(case, "days_between_orders", given_["working_days"] * lot / given_["annual_demand"])
    assert_expected(case, "annual_order_plus_holding_cost", lot_cost(lot, *terms))


def test_the_economic_lot_of_best_buy() -> None:
    case = oracle("lot_sizing", "eoq-bestbuy")
    given_ = case["inputs"]
    holding = given_["holding_rate"] * given_["unit_cost"]
    lot = economic_lot(given_["annual_demand"], given_["order_cost"], holding)
    assert_expected(case, "eoq", lot)
    assert_expected(case, "cycle_inventory", lot / 2.0)
    assert_expected(case, "orders_per_year", given_["annual_demand"] / lot)
    assert_expected(case, "average_flow_time_months", lot / 2.0 / (given_["annual_demand"] / 12.0))


def test_the_economic_lot_of_snyder_and_shen_with_its_cost() -> None:
    case = oracle("lot_sizing", "eoq-snyder")
    given_ = case["inputs"]
    terms = (given_["annual_demand"], given_["fixed_cost"], given_["holding_per_unit_year"])
    assert_expected(case, "eoq", economic_lot(*terms))
    assert_expected(case, "cost", lot_cost(economic_lot(*terms), *terms))


def test_the_discount_of_wohls_store() -> None:
    case = oracle("lot_sizing", "eoq-discount-wohl")
    given_ = case["inputs"]
    tiers = [PriceTier(smallest=each["min_qty"], price=each["price"]) for each in given_["breaks"]]
    found = all_units_discount(given_["annual_demand"], given_["order_cost"], given_["holding_rate"], tiers)
    assert_expected(case, "candidate_eoq", found.economic)
    assert_expected(case, "adjusted_qty", found.lot)
    assert_expected(case, "total_annual_cost", found.cost)
    assert_expected(case, "best_qty", found.lot[found.best])
    assert_expected(case, "best_cost", found.cost[found.best])


def test_known_demand_is_ordered_in_the_cheapest_months() -> None:
    case = oracle("lot_sizing", "wagner-whitin")
    given_ = case["inputs"]
    found = lot_plan(
        np.array(given_["demand"], dtype=np.float64), given_["fixed_cost"], given_["holding_per_unit_period"]
    )
    assert_expected(case, "order_qty", found.lots)
    assert_expected(case, "cost", found.cost)


@given(AMOUNTS, COSTS, COSTS)
def test_the_economic_lot_agrees_with_an_independent_library(demand: float, order: float, holding: float) -> None:
    lot, cost = economic_order_quantity(order, holding, demand)
    assert economic_lot(demand, order, holding) == pytest.approx(lot)
    assert lot_cost(lot, demand, order, holding) == pytest.approx(cost)


@given(AMOUNTS, COSTS, COSTS, COSTS, st.floats(1.1, 20.0))
def test_backorders_and_finite_output_agree_with_an_independent_library(
    demand: float, order: float, holding: float, shortage: float, times: float
) -> None:
    lot, waiting = planned_backorder_lot(demand, order, holding, shortage)
    theirs, share, _ = economic_order_quantity_with_backorders(order, holding, shortage, demand)
    assert (float(lot), float(waiting)) == pytest.approx((theirs, share))
    batch, _ = economic_production_quantity(order, holding, demand, demand * times)
    assert production_lot(demand, order, holding, demand * times) == pytest.approx(batch)


@given(st.floats(100.0, 1e5), COSTS, st.floats(0.05, 0.5), st.floats(1.0, 100.0), st.floats(0.7, 0.99))
def test_discounts_agree_with_an_independent_library(
    demand: float, order: float, ratio: float, price: float, step: float
) -> None:
    start = [0.0, 400.0, 1500.0]
    prices = [price, price * step, price * step**2]
    tiers = [PriceTier(smallest=s, price=p) for s, p in zip(start, prices, strict=True)]
    all_units = all_units_discount(demand, order, ratio, tiers)
    _, _, cost = economic_order_quantity_with_all_units_discounts(order, ratio, demand, start, prices)
    assert all_units.cost[all_units.best] == pytest.approx(cost)
    incremental = incremental_discount(demand, order, ratio, tiers)
    _, _, cost = economic_order_quantity_with_incremental_discounts(order, ratio, demand, start, prices)
    assert incremental.cost[incremental.best] == pytest.approx(cost)


@given(st.lists(st.integers(0, 200), min_size=1, max_size=10), COSTS, st.floats(0.01, 20.0))
def test_the_cheapest_months_agree_with_an_independent_library(demand: list[int], order: float, holding: float) -> None:
    found = lot_plan(np.array(demand, dtype=np.float64), order, holding)
    assert found.lots.sum() == pytest.approx(sum(demand))
    assert (np.cumsum(found.lots) >= np.cumsum(demand) - 1e-9).all()
    kept = float((np.cumsum(found.lots) - np.cumsum(demand)).sum())
    assert found.cost == pytest.approx(order * (found.lots > 0.0).sum() + holding * kept)
    if all(demand):  # the library pays for an order of nothing
        _, cost, _, _ = wagner_whitin(len(demand), holding, order, demand)
        assert found.cost == pytest.approx(cost)


@given(st.floats(500.0, 5000.0), st.floats(5.0, 50.0), st.floats(0.1, 1.0))
def test_lot_and_reorder_point_agree_with_an_independent_library(demand: float, order: float, holding: float) -> None:
    mean, sigma, shortage = demand / 12.0, demand / 30.0, 10.0
    found = joint_policy(mean, sigma, demand=demand, order_cost=order, holding=holding, shortage=shortage)
    # the library counts in lead times of one year
    point, lot, _ = r_q_eil_approximation(holding, shortage, order, demand, sigma * np.sqrt(12.0), 1.0 / 12.0)
    assert (found.lot, found.reorder_point) == pytest.approx((lot, point), rel=1e-4)


@given(AMOUNTS, COSTS, COSTS, st.floats(0.1, 10.0))
def test_no_lot_is_cheaper_than_the_economic_one_and_rounding_costs_what_is_said(
    demand: float, order: float, holding: float, times: float
) -> None:
    best = economic_lot(demand, order, holding)
    least, cost = lot_cost(best, demand, order, holding), lot_cost(times * best, demand, order, holding)
    assert cost == pytest.approx(least * cost_of_rounding(times * best, best))
    assert cost >= least * (1.0 - 1e-12)


@pytest.mark.parametrize(
    "lot, smallest, multiple, largest, found",
    [
        (130.0, 100.0, 50.0, np.inf, 150.0),  # up to the next multiple
        (130.0, 200.0, 50.0, np.inf, 200.0),  # the smallest order
        (130.0, 220.0, 50.0, np.inf, 250.0),  # the smallest order, in whole multiples
        (130.0, np.nan, np.nan, np.inf, 130.0),  # any number will do
        (130.0, np.nan, 50.0, 140.0, 100.0),  # no more than may be kept: down instead of up
        (130.0, 200.0, 50.0, 140.0, 200.0),  # less than the smallest order cannot be bought
        (np.inf, np.nan, 50.0, 140.0, 100.0),  # holding costs nothing: as much as may be kept
        (0.0, 200.0, 50.0, np.inf, 0.0),  # nothing sold, nothing ordered
    ],
)
def test_a_practical_lot_is_one_that_can_be_ordered(
    lot: float, smallest: float, multiple: float, largest: float, found: float
) -> None:
    assert practical_lot(lot, smallest=smallest, multiple=multiple, largest=largest) == found


def test_nothing_sold_needs_no_lot_free_holding_has_no_limit_and_unknown_stays_unknown() -> None:
    assert economic_lot(0.0, 10.0, 2.0) == 0.0
    assert economic_lot(100.0, 10.0, 0.0) == np.inf
    assert np.isnan(economic_lot(100.0, np.nan, 2.0))
    assert np.isnan(economic_lot(100.0, 10.0, np.nan))


def test_price_tiers_out_of_order_are_refused() -> None:
    with pytest.raises(BadValue):
        all_units_discount(100.0, 10.0, 0.2, [PriceTier(smallest=10.0, price=5.0), PriceTier(smallest=0.0, price=6.0)])
    with pytest.raises(BadValue):
        incremental_discount(100.0, 10.0, 0.2, [])
