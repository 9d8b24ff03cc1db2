"""Hiring and laying off: the published Red Tomato plans and the limits of the model."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sop_dash.core.supply.workforce import NoWorkforcePlan, WorkforceProblem, workforce_plan
from tests.oracle_cases import assert_expected, oracle


def _red_tomato(inputs: dict[str, Any]) -> WorkforceProblem:
    cost, months = inputs["cost"], inputs["periods"]
    hours = float(inputs["working_days_per_period"] * inputs["hours_per_day"])
    return WorkforceProblem(
        demand_units=np.array([inputs["demand"]], dtype=float),
        opening_units=np.array([float(inputs["opening_inventory"])]),
        opening_backlog_units=np.zeros(1),
        closing_min_units=np.array([float(inputs["ending_inventory_min"])]),
        closing_backlog_max_units=np.array([float(inputs["ending_backlog"])]),
        unit_cost=np.array([float(cost["material_per_unit"])]),
        outsource_unit_cost=np.array([float(cost["subcontract_per_unit"])]),
        outsource_max_units=np.full((1, months), np.inf),
        holding_cost=np.array([float(cost["holding_per_unit_period"])]),
        backlog_cost=np.array([float(cost["backlog_per_unit_period"])]),
        hours_per_unit=np.array([[float(inputs["hours_per_unit"])]]),
        hours_per_worker=np.full((1, months), hours),
        overtime_hours_per_worker=np.full((1, months), float(inputs["overtime_hours_max_per_worker_period"])),
        opening_workers=np.array([float(inputs["opening_workforce"])]),
        wage_per_month=np.array([hours * cost["regular_wage_per_hour"]]),
        overtime_wage_per_hour=np.array([float(cost["overtime_wage_per_hour"])]),
        hire_cost=np.array([float(cost["hire_per_worker"])]),
        lay_off_cost=np.array([float(cost["layoff_per_worker"])]),
        training_ratio=np.zeros(1),
    )


def test_red_tomato_keeps_a_level_workforce_and_lets_some_orders_wait() -> None:
    case = oracle("aggregate_planning", "redtomato-base-lp")
    plan = workforce_plan(_red_tomato(case["inputs"]))
    assert_expected(case, "total_cost", plan.cost)
    assert_expected(case, "layoffs_first_period", plan.laid_off[0, 0])
    assert np.allclose(plan.workers, case["expected"]["workforce_each_period"], rtol=1e-4)
    assert_expected(case, "total_units_backlogged", plan.waiting_units.sum())
    assert plan.overtime_hours.sum() == pytest.approx(0.0, abs=1e-6)
    assert plan.outsource_units.sum() == pytest.approx(0.0, abs=1e-6)


def test_red_tomato_with_a_promotion_in_january_costs_what_is_published() -> None:
    case = oracle("aggregate_planning", "redtomato-promo-january")
    inputs = case["inputs"]
    plan = workforce_plan(_red_tomato(inputs))
    assert_expected(case, "total_cost", plan.cost)
    revenue = float(np.dot(inputs["price_by_period"], inputs["demand"]))
    assert_expected(case, "profit", revenue - plan.cost)


def test_new_workers_in_training_need_more_of_them() -> None:
    problem = _red_tomato(oracle("aggregate_planning", "redtomato-base-lp")["inputs"])
    few = replace(problem, opening_workers=np.zeros(1), closing_backlog_max_units=np.zeros(1))
    trained = replace(few, training_ratio=np.array([0.5]))
    assert workforce_plan(trained).cost > workforce_plan(few).cost


def test_a_backlog_that_nobody_may_clear_is_refused() -> None:
    problem = _red_tomato(oracle("aggregate_planning", "redtomato-base-lp")["inputs"])
    impossible = replace(
        problem, outsource_max_units=np.zeros((1, 6)), hours_per_worker=np.zeros((1, 6)), opening_units=np.zeros(1),
        overtime_hours_per_worker=np.zeros((1, 6)),
    )  # fmt: skip
    with pytest.raises(NoWorkforcePlan):
        workforce_plan(impossible)
