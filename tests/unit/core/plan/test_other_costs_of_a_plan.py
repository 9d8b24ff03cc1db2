"""People hired and let go, and contracts not used up: they cost profit and cash, and the planner counts the same.

One press, an hour a unit; a unit costs 60 (72 from outside) and is sold at 100.
"""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.labour import Labour
from sop_dash.core.model.levers import Levers
from sop_dash.core.model.result import OtherCost, PlanResult
from sop_dash.core.plan import plan
from sop_dash.core.plan.cost_findings import CONTRACT_LIMITS, PEOPLE_UNPRICED, UNUSED_MINIMUM
from sop_dash.core.plan.run import problem_of
from sop_dash.core.supply.costs import costs_of
from sop_dash.core.supply.rules import chase
from tests.unit.core.plan.plan_worlds import prepared, press_company

DEMAND = [100.0, 100.0, 100.0]
NO_OUTSOURCING = Levers(outsource_max_ratio=0.0)
WEIGHED = "Premiums and other costs the planner weighs = those in the profit"


def _staffed(inputs: PlanInputs, workers: list[float], **changed: Any) -> PlanInputs:
    """Ten workers in the closed months, then these; hiring one costs 300, letting one go 500."""
    closed = len(inputs.grain.history)
    labour = Labour(
        pools=("Press",),
        resources=np.array([0]),
        workers=np.array([[10.0] * closed + workers]),
        hours_per_worker=np.full((1, closed + len(workers)), 100.0),
        hire_cost=np.array([300.0]),
        lay_off_cost=np.array([500.0]),
        wage_per_month=np.array([50.0]),
    )
    return replace(inputs, labour=replace(labour, **changed))


def _all_tie(result: PlanResult) -> bool:
    assert WEIGHED in {identity.name for identity in result.identities}
    return all(identity.holds for identity in result.identities)


def test_people_hired_and_let_go_cost_the_margin_and_the_cash_of_their_month() -> None:
    inputs = press_company()
    company = replace(inputs.company, opening_cash=0.0, payable_days=0.0, receivable_days=0.0)
    ready = prepared(_staffed(replace(inputs, company=company), [12.0, 12.0, 9.0]), [DEMAND])
    result = plan(ready)
    # two come in month 1 for 300 each, three go in month 3 for 500 each
    assert result.money.other(OtherCost.PEOPLE)[0] == pytest.approx([600.0, 0.0, 1_500.0])
    assert result.money.margin[0, 0] == pytest.approx([4_000.0 - 600.0, 4_000.0, 4_000.0 - 1_500.0])
    assert result.money.cash == pytest.approx([3_400.0, 7_400.0, 9_900.0])
    assert costs_of(ready.problem, chase(ready.problem)).people == pytest.approx(2_100.0)
    assert _all_tie(result)


def test_families_bear_the_people_by_the_hours_they_ask_for() -> None:
    inputs = press_company(families=("Kettles", "Irons"), hours_per_unit=[[1.0, 2.0]])
    result = plan(prepared(_staffed(inputs, [11.0, 11.0, 12.0]), [[100.0, 100.0, 0.0], [25.0, 100.0, 0.0]]))
    # month 1: 100 hours beside 50 share the 300 of one worker; month 3 makes nothing: one hour a unit beside two
    paid = result.money.other(OtherCost.PEOPLE)
    assert paid == pytest.approx(np.array([[200.0, 0.0, 100.0], [100.0, 0.0, 200.0]]))
    assert _all_tie(result)


def test_a_change_of_people_without_a_price_is_unknown_and_named_and_not_free() -> None:
    ready = prepared(_staffed(press_company(), [12.0, 12.0, 9.0], lay_off_cost=np.array([np.nan])), [DEMAND])
    result = plan(ready)
    people = result.money.other(OtherCost.PEOPLE)[0]
    assert people[:2] == pytest.approx([600.0, 0.0])
    assert np.isnan(people[2])
    assert result.money.margin[0, 0] == pytest.approx([3_400.0, 4_000.0, 4_000.0])
    told = next(finding for finding in result.findings if finding.kind is PEOPLE_UNPRICED)
    assert (told.table, told.place, told.detail) == ("labour", "Press, Jan 27", "fire_cost is not given.")
    assert _all_tie(result)


def test_a_rate_that_nobody_needs_is_not_asked_for() -> None:
    ready = prepared(_staffed(press_company(), [12.0, 12.0, 12.0], lay_off_cost=np.array([np.nan])), [DEMAND])
    result = plan(ready)
    assert result.money.other(OtherCost.PEOPLE).sum() == pytest.approx(600.0)
    assert not any(finding.kind is PEOPLE_UNPRICED for finding in result.findings)


def _contract(**changed: Any) -> PlanInputs:
    """At least 20 and at most 50 units a month from outside, from month 2 on."""
    given: dict[str, Any] = {
        "outsource_min_units": 20.0,
        "outsource_max_units": 50.0,
        "outsource_premium_per_unit": 12.0,
        "outsource_lead_time_months": 1.0,
    }
    return press_company(**(given | changed))


def test_what_is_agreed_and_not_taken_is_paid_at_its_full_price() -> None:
    ready = prepared(_contract(), [DEMAND])
    taken, refused = plan(ready), plan(ready, NO_OUTSOURCING)
    assert taken.supply.outsource[0] == pytest.approx([0.0, 20.0, 20.0])
    assert OtherCost.UNUSED_MINIMUM not in taken.money.other_costs
    # 20 units at 60 + 12 in months 2 and 3; an order cannot arrive in month 1
    assert refused.money.other(OtherCost.UNUSED_MINIMUM)[0] == pytest.approx([0.0, 1_440.0, 1_440.0])
    assert refused.money.margin[0, 0] == pytest.approx([4_000.0, 4_000.0 - 1_440.0, 4_000.0 - 1_440.0])
    told = next(finding for finding in refused.findings if finding.kind is UNUSED_MINIMUM)
    assert told.place == "Kettles, Dec 26–Jan 27"
    assert told.detail == "40 units are agreed and not taken."
    assert told.value == pytest.approx(2_880.0)
    assert _all_tie(taken)
    assert _all_tie(refused)


def test_the_planner_weighs_what_a_contract_charges_for_nothing() -> None:
    ready = prepared(_contract(), [DEMAND])
    problem = problem_of(ready, NO_OUTSOURCING)
    assert costs_of(problem, chase(problem)).unused_minimum == pytest.approx(2_880.0)
    planned = ready.programme.solve(problem)
    assert planned.report.objective == pytest.approx(costs_of(problem, planned).total, rel=1e-6)


def test_a_contract_that_only_names_its_smallest_amount_can_be_used() -> None:
    result = plan(prepared(_contract(outsource_max_units=np.nan), [DEMAND]))
    assert result.supply.outsource[0] == pytest.approx([0.0, 20.0, 20.0])


def test_a_contract_that_contradicts_itself_is_named_and_its_smallest_amount_is_taken() -> None:
    result = plan(prepared(_contract(outsource_max_units=10.0), [DEMAND]))
    assert result.supply.outsource[0] == pytest.approx([0.0, 20.0, 20.0])
    told = next(finding for finding in result.findings if finding.kind is CONTRACT_LIMITS)
    assert (told.table, told.place) == ("supply_options", "Kettles")


def test_a_contract_of_a_family_without_a_cost_is_unknown_and_named() -> None:
    result = plan(prepared(_contract(cost=np.nan), [DEMAND]), NO_OUTSOURCING)
    assert np.isnan(result.money.other(OtherCost.UNUSED_MINIMUM)[0]).tolist() == [False, True, True]
    told = next(finding for finding in result.findings if finding.kind is UNUSED_MINIMUM)
    assert told.value is None
    assert told.detail.endswith("What they cost is unknown: give unit_cost in products.")
    assert _all_tie(result)
