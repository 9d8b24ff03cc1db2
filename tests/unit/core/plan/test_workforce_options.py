"""Staffing a plan from the table labour, small enough to count by hand."""

from dataclasses import replace

import numpy as np
import pytest

from sop_dash.core.model.labour import Labour
from sop_dash.core.plan import plan
from sop_dash.core.plan.run import problem_of
from sop_dash.core.plan.workforce import AS_PLANNED, CHASE, CHEAPEST, LEVEL, workforce_options
from tests.unit.core.plan.plan_worlds import prepared, press_company


def _options(demand, **changed):
    inputs = press_company(overtime_max_ratio=1.0)  # the people as given limit regular hours, not the plan
    months = len(inputs.grain.calendar)
    labour = Labour(
        pools=("Press",),
        resources=np.array([0]),
        workers=np.full((1, months), 10.0),
        hours_per_worker=np.full((1, months), 10.0),
        hire_cost=np.array([100.0]),
        lay_off_cost=np.array([200.0]),
        wage_per_month=np.array([50.0]),
    )
    ready = prepared(replace(inputs, labour=replace(labour, **changed)), [demand])
    options = workforce_options(ready, plan(ready), problem_of(ready, ready.plan_levers))
    return {option.name: option for option in options}


def test_people_follow_the_load_or_stay_one_crew():
    options = _options([100.0, 150.0, 80.0])
    # ten hours a worker: 10, 15 and 8 people; five are hired, seven let go: 500 + 1,400
    assert options[CHASE].workers.tolist() == [[10.0, 15.0, 8.0]]
    assert options[CHASE].change_value == pytest.approx(500.0 + 1400.0)
    assert options[CHASE].wage_value == pytest.approx(33 * 50.0)
    # 250 hours must be worked by the end of month 2: 12.5 people, so 13; three are hired
    assert options[LEVEL].workers.tolist() == [[13.0, 13.0, 13.0]]
    assert options[LEVEL].change_value == pytest.approx(300.0)
    # as given: ten people lack 50 hours in month 2; an hour of overtime is paid 5 of wage and 6 of premium
    assert options[AS_PLANNED].short_hours.tolist() == [[0.0, 50.0, 0.0]]
    assert options[AS_PLANNED].overtime_value == pytest.approx(50 * 11.0)
    assert options[AS_PLANNED].total_value == pytest.approx(30 * 50.0 + 550.0)


def test_the_cheapest_way_costs_no_more_in_people_than_the_others_where_stock_is_cheap():
    options = _options([100.0, 150.0, 80.0])
    cost = {name: option.change_value + option.wage_value for name, option in options.items()}
    assert cost[CHEAPEST] <= min(cost[CHASE], cost[LEVEL]) + 1e-6


def test_without_wages_and_costs_there_is_no_cheapest_way_and_what_is_unknown_stays_unknown():
    options = _options([100.0, 150.0, 80.0], wage_per_month=np.array([np.nan]))
    assert CHEAPEST not in options
    assert np.isnan(options[CHASE].wage_value)
    assert options[CHASE].change_value == pytest.approx(1900.0)


def test_a_company_without_labour_pools_has_no_options():
    ready = prepared(press_company(), [[100.0, 100.0, 100.0]])
    assert workforce_options(ready, plan(ready), ready.problem) == ()
