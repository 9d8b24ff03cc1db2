"""What a plan asks people to look at."""

import numpy as np
import pytest

from sop_dash.core.model.planning_settings import Objective
from sop_dash.core.plan import plan
from sop_dash.core.plan.places import runs
from tests.unit.core.plan.plan_worlds import prepared, press_company


def _found(result, code):
    return [finding for finding in result.findings if finding.kind.code == code]


def test_a_shortage_is_one_finding_a_family_with_its_months_units_and_margin():
    company = press_company(months=3, hours=100.0, overtime_max_ratio=0.0)
    found = _found(plan(prepared(company, [[100, 120, 130]])), "shortage")
    assert [f.place for f in found] == ["Kettles, Dec 26–Jan 27"]
    assert found[0].count == 2
    assert found[0].value == pytest.approx(2_000)  # 50 units × 40 margin
    assert found[0].detail.startswith("50 units (20% of the demand")


def test_more_than_half_a_month_refused_asks_for_a_decision():
    company = press_company(months=1, hours=40.0, overtime_max_ratio=0.0)
    assert _found(plan(prepared(company, [[100]])), "refusal-needs-decision")
    company = press_company(months=1, hours=60.0, overtime_max_ratio=0.0)
    assert not _found(plan(prepared(company, [[100]])), "refusal-needs-decision")


def test_the_money_objective_says_what_it_refuses():
    # 10 a unit earned, 60 × 85 % to make it: not worth making; by default it is served all the same.
    company = press_company(months=1, hours=500.0, price=10.0)
    assert plan(prepared(company, [[100]])).supply.lost.sum() == pytest.approx(0)
    refused = plan(prepared(company, [[100]], objective=Objective.MONEY_ONLY))
    assert refused.supply.lost.sum() == pytest.approx(100)
    assert "refused because they do not pay" in _found(refused, "refusal-needs-decision")[0].detail


def test_a_locked_month_that_cannot_be_served_is_told_apart():
    company = press_company(months=2, released_units=np.array([[70.0, np.nan]]), hours=200.0)
    result = plan(prepared(company, [[100, 100]], locked_months=1))
    assert [f.place for f in _found(result, "lost-in-locked-month")] == ["Kettles, Nov 26"]
    assert not _found(result, "shortage")


def test_stock_below_target_is_worth_what_is_missing():
    # No hours to spare: the 100 wanted at the end of each month never come.
    company = press_company(months=6, hours=100.0, overtime_max_ratio=0.0)
    result = plan(prepared(company, [[100] * 6], cover_days=30.0))
    found = _found(result, "stock-below-target")[0]
    assert found.value == pytest.approx(60.0 * (result.supply.target - result.supply.closing).max())


def test_a_restricted_month_outside_its_band_is_named():
    company = press_company(months=2, released_units=np.array([[100.0, 50.0]]), hours=500.0)
    result = plan(prepared(company, [[100, 100]], locked_months=1, restricted_months=1))
    found = _found(result, "restricted-month-changed")[0]
    assert result.supply.make[0, 1] == pytest.approx(100)  # served all the same
    assert found.detail == "43 units above the limit in Dec 26: ±15% of the released plan."  # 100 − 50 × 1.15 = 42.5
    assert found.value == pytest.approx(2_550)  # (100 − 50 × 1.15) × 60


def test_a_jump_of_output_beyond_the_ramp_is_named():
    company = press_company(months=3, released_units=np.array([[300.0, np.nan, np.nan]]), hours=400.0)
    result = plan(prepared(company, [[300, 380, 380]], locked_months=1, ramp_last_month=7))
    # From 10 hours a day by at most 1.5 to 11.5 in December: 356.5 of the 380 needed, and nothing in stock.
    assert result.supply.lost.sum() == pytest.approx(0, abs=1e-6)
    assert _found(result, "ramp-limit-broken")[0].value == pytest.approx(141)  # 23.5 hours × 6


def test_three_months_of_overtime_in_a_row_are_told_with_their_premium():
    company = press_company(months=3, hours=100.0, overtime_max_ratio=0.3)
    found = _found(plan(prepared(company, [[120, 120, 120]])), "overtime-months-in-a-row")[0]
    assert found.place == "Press, Nov 26–Jan 27"
    assert found.value == pytest.approx(360)  # 60 hours × 6


def test_an_order_below_its_minimum_is_told():
    company = press_company(made=(False,), months=1, hours_per_unit=0.0, moq_units=500.0)
    assert _found(plan(prepared(company, [[100]])), "order-below-minimum")


def test_findings_stand_in_the_order_of_money():
    company = press_company(families=("A", "B"), months=1, hours=0.0, price=np.array([[[100.0]], [[200.0]]]))
    places = [f.place for f in _found(plan(prepared(company, [[100], [100]])), "refusal-needs-decision")]
    assert places == ["B, Nov 26", "A, Nov 26"]


@pytest.mark.parametrize(
    "flags,expected",
    [([], ()), ([False], ()), ([True, True, False, True], ((0, 1), (3, 3)))],
)
def test_runs_are_first_and_last_position_of_what_is_true(flags, expected):
    assert runs(np.array(flags, dtype=bool)) == expected
