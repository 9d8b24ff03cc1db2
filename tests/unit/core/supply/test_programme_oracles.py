"""Published planning cases with known answers, solved by the kept programme."""

from typing import Any

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.supply.costs import SupplyCosts, costs_of
from sop_dash.core.supply.groups import StockLimit
from sop_dash.core.supply.programme import SupplyProgramme
from sop_dash.core.supply.solution import SupplySolution
from tests.oracle_cases import assert_expected, oracle
from tests.unit.core.supply.supply_problems import plain_problem


def _gap_case(case_id: str) -> tuple[dict[str, Any], SupplySolution, SupplyCosts]:
    case = oracle("aggregate_planning", case_id)
    given = case["inputs"]
    problem = plain_problem(
        given["demand"],
        unit_cost=0.0,
        outsource_unit_cost=given["outsource_premium_per_unit"],
        outsource_max_units=np.inf,
        holding_cost=given["holding_per_unit_period"],
        target_penalty=100.0,
        end_value=0.0,
        lost_weight=given["lost_sale_cost_per_unit"],
        available_hours=given["regular_capacity"],
        overtime_max_ratio=given["overtime_max_fraction"],
        overtime_premium_per_hour=given["overtime_premium_per_unit"],
    )
    plan = SupplyProgramme(problem, tie_break_ratio=0.0).solve(problem)
    return case, plan, costs_of(problem, plan)


def test_a_gap_is_closed_by_building_ahead_overtime_and_outsourcing_at_the_published_cost() -> None:
    case, plan, costs = _gap_case("gap-options-3p")
    assert_expected(case, "total_premium_cost", costs.money)
    assert_expected(case, "lost_units", plan.lost_units.sum())
    assert plan.duals is not None
    assert_expected(case, "shadow_price_regular_hour", plan.duals.capacity[0])
    assert_expected(case, "shadow_price_overtime_hour", plan.duals.overtime[0])
    assert_expected(case, "marginal_cost_of_demand", plan.duals.balance[0])


def test_without_overtime_two_months_are_built_ahead_before_outsourcing() -> None:
    case, plan, costs = _gap_case("gap-options-4p-no-ot")
    assert_expected(case, "total_premium_cost", costs.money)
    assert_expected(case, "outsource_units", plan.outsource_units.sum())
    assert_expected(case, "ending_inventory", plan.closing_units[0])
    assert plan.duals is not None
    # period 4 has 10 free hours: its price is 0, the three before lead up to the outsourcing premium of 20
    assert_expected(case, "shadow_price_regular_hour", plan.duals.capacity[0])


def test_sailco_builds_one_boat_ten_ahead_and_the_rest_in_overtime() -> None:
    case = oracle("aggregate_planning", "sailco")
    given = case["inputs"]
    problem = plain_problem(
        given["demand"],
        opening_units=given["opening_inventory"],
        unit_cost=given["regular_cost"],
        holding_cost=given["holding_per_unit_period"],
        target_penalty=1000.0,
        end_value=0.0,
        lost_weight=1e5,
        available_hours=given["regular_capacity"],
        overtime_max_ratio=100.0,
        overtime_premium_per_hour=given["overtime_cost"] - given["regular_cost"],
    )
    plan = SupplyProgramme(problem).solve(problem)
    assert_expected(case, "total_cost", costs_of(problem, plan).total)
    assert_expected(case, "overtime", plan.overtime_units[0])
    assert_expected(case, "regular", (plan.make_units - plan.overtime_units)[0])
    assert_expected(case, "ending_inventory", np.round(plan.closing_units[0], 9))


def test_factory_planning_with_shared_machines_earns_the_published_profit() -> None:
    case = oracle("aggregate_planning", "factory-planning-1")
    given = case["inputs"]
    machines = list(given["machines"])
    demand = np.array(given["market_max"], dtype=float).T
    profit = np.array(given["profit"], dtype=float)
    hours = np.array([[given["machines"][name]] * demand.shape[1] for name in machines], dtype=float)
    for month, down in given["machines_down"].items():
        for name, count in down.items():
            hours[machines.index(name), int(month) - 1] -= count
    target = np.zeros_like(demand)
    target[:, -1] = given["closing_stock_each"]
    problem = plain_problem(
        demand,
        target_units=target,
        unit_cost=0.0,
        lost_weight=profit[:, None],
        holding_cost=given["holding_per_unit_period"],
        target_penalty=1e4,
        end_value=0.0,
        hours_per_unit=[given["hours"][name] for name in machines],
        available_hours=hours * given["hours_per_machine_period"],
        stock_limit=_hard_limit(demand, given["max_stock_per_product"]),
    )
    plan = SupplyProgramme(problem, tie_break_ratio=0.0).solve(problem)
    earned = float((profit[:, None] * demand).sum()) - costs_of(problem, plan).total
    assert_expected(case, "total_profit", earned)
    assert plan.closing_units.max() <= given["max_stock_per_product"] + 1e-9


def _hard_limit(demand: Array, most: float) -> StockLimit:
    return StockLimit(max_units=np.full_like(demand, most), penalty=np.full(len(demand), 1e5))


def test_goldratts_bottleneck_makes_all_of_p_and_thirty_of_q() -> None:
    case = oracle("aggregate_planning", "bottleneck-pq")
    given = case["inputs"]
    products = [given["products"][name] for name in ("P", "Q")]
    machines = list(given["available_minutes"])
    problem = plain_problem(
        [[product["demand"]] for product in products],
        unit_cost=[[product["material"]] for product in products],
        lost_weight=[[product["price"]] for product in products],
        end_value=0.0,
        hours_per_unit=[[product["minutes"][name] for product in products] for name in machines],
        available_hours=[[given["available_minutes"][name]] for name in machines],
    )
    plan = SupplyProgramme(problem, tie_break_ratio=0.0).solve(problem)
    revenue = sum(p["price"] * float(made) for p, made in zip(products, plan.make_units[:, 0], strict=True))
    assert plan.make_units[:, 0].tolist() == [case["expected"]["plan"]["P"], case["expected"]["plan"]["Q"]]
    assert_expected(case, "throughput", revenue - costs_of(problem, plan).make)
    assert plan.duals is not None
    assert_expected(case, "shadow_price_B", plan.duals.capacity[machines.index("B"), 0])
    assert np.flatnonzero(plan.duals.capacity[:, 0]).tolist() == [machines.index(case["expected"]["bottleneck"])]
