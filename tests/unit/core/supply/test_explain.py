"""Why a cell is short, and what one more unit would cost from each source."""

import numpy as np
import pytest

from sop_dash.core.supply.explain import Source, delivered_cost_ladder, why_short
from sop_dash.core.supply.programme import SupplyProgramme
from tests.unit.core.supply.supply_problems import plain_problem

PROBLEM = plain_problem(
    [[100.0, 150.0, 100.0]],
    unit_cost=0.0,
    outsource_unit_cost=20.0,
    outsource_max_units=1000.0,
    holding_cost=5.0,
    target_penalty=100.0,
    end_value=0.0,
    lost_weight=100.0,
    available_hours=110.0,
    overtime_max_ratio=0.15,
    overtime_premium_per_hour=15.0,
)


def test_every_source_in_use_costs_the_same_on_the_ladder() -> None:
    plan = SupplyProgramme(PROBLEM, tie_break_ratio=0.0).solve(PROBLEM)
    rungs = delivered_cost_ladder(PROBLEM, plan, 0, 1)
    cost = {(rung.source, rung.month): rung.cost + rung.scarcity for rung in rungs}
    # an hour of month 1 is worth 15, plus 5 to hold; an hour of month 2 is worth 20; outsourcing costs 20
    assert cost[Source.REGULAR, 0] == pytest.approx(20.0)
    assert cost[Source.REGULAR, 1] == pytest.approx(20.0)
    assert cost[Source.OUTSOURCE, 1] == pytest.approx(20.0)
    assert cost[Source.OUTSOURCE, 0] == pytest.approx(25.0)
    assert cost[Source.LOSE, 1] == pytest.approx(100.0)
    # an hour of overtime costs 15 in both months
    assert cost[Source.OVERTIME, 0] == pytest.approx(20.0)
    assert cost[Source.OVERTIME, 1] == pytest.approx(20.0)
    assert rungs[-1].source is Source.LOSE


def test_a_rung_says_how_many_units_it_still_has_room_for() -> None:
    problem = plain_problem([[60.0, 100.0]], available_hours=110.0, overtime_max_ratio=0.1, outsource_max_units=30.0)
    rungs = delivered_cost_ladder(problem, SupplyProgramme(problem).solve(problem), 0, 1)
    left = {(rung.source, rung.month): rung.units_left for rung in rungs}
    # 60 and 100 of 110 hours are used, 11 of overtime are free, and 30 may be outsourced
    assert left[Source.REGULAR, 0] == pytest.approx(50.0)
    assert left[Source.REGULAR, 1] == pytest.approx(10.0)
    assert left[Source.OVERTIME, 1] == pytest.approx(21.0)
    assert left[Source.OUTSOURCE, 1] == pytest.approx(30.0)


def test_locked_months_and_lead_times_stand_last_on_the_ladder() -> None:
    problem = plain_problem([[10.0, 10.0]], locked_make_units=np.array([[10.0]]))
    rungs = delivered_cost_ladder(problem, SupplyProgramme(problem).solve(problem), 0, 1)
    # no outsourcing is agreed and month 1 is locked: make it in month 2 or lose the sale
    assert [(rung.source, rung.month) for rung in rungs if rung.possible] == [(Source.REGULAR, 1), (Source.LOSE, 1)]


def test_a_shortage_is_explained_by_the_full_resource_months_before_it() -> None:
    problem = plain_problem(
        [[10.0, 60.0, 60.0]],
        hours_per_unit=[[1.0], [0.1]],
        available_hours=[[20.0, 40.0, 40.0], [100.0, 100.0, 100.0]],
        overtime_max_ratio=0.1,
        opening_units=5.0,
        receipts_units=[[0.0, 0.0, 3.0]],
        locked_make_units=np.array([[10.0]]),
        lost_weight=[[1000.0, 900.0, 800.0]],
    )
    facts = why_short(problem, SupplyProgramme(problem).solve(problem), 0, 2)
    # month 2 has 5 + 44 for 60: 11 lost; month 3 has 44 + 3 for 60: 13 lost
    assert facts.lost_units == pytest.approx(13.0)
    assert facts.demand_units == 60.0
    assert facts.receipts_units == 3.0
    assert facts.arriving_units == pytest.approx(44.0)
    assert facts.opening_units == pytest.approx(0.0)
    assert facts.first_month_to_act == 1
    assert [(tight.resource, tight.month) for tight in facts.tight] == [(0, 1), (0, 2)]
    assert facts.tight[0].overtime_hours == pytest.approx(4.0)
    assert facts.outsource_left_units == 0.0


def test_a_bought_family_can_act_after_its_lead_time() -> None:
    problem = plain_problem([[10.0, 10.0, 10.0]], made=False, lead_time_months=2.0)
    facts = why_short(problem, SupplyProgramme(problem).solve(problem), 0, 0)
    assert facts.lost_units == 10.0
    assert facts.first_month_to_act == 2
    assert facts.tight == ()
