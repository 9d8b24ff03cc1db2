"""Plans of data with holes or contradictions: finite, honest, and with findings that name the cell."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sop_dash.core.model.planning_settings import Objective
from sop_dash.core.plan import plan
from sop_dash.core.plan.data_findings import BUILD_AHEAD, COST_LADDER
from sop_dash.core.plan.findings import FALLBACK
from sop_dash.core.plan.limit_findings import FIXED_OVER_HOURS
from sop_dash.core.supply.kernel import HighsKernel, RawSolution
from sop_dash.core.supply.programme import SupplyProgramme
from tests.unit.core.plan.plan_worlds import family_total, prepared, press_company


class _Broken(HighsKernel):
    """A solver that never finds an optimum."""

    def _run(self) -> RawSolution:
        return replace(super()._run(), status="time limit reached")


def _finite(result: Any) -> bool:
    return all(np.isfinite(values).all() for values in (result.supply.make, result.supply.closing, result.supply.lost))


def test_a_failed_solver_leaves_a_marked_plan_whose_figures_still_tie() -> None:
    ready = prepared(press_company(hours=110.0, opening=30.0), [[100.0, 120.0, 160.0]])
    broken = replace(ready, programme=SupplyProgramme(ready.problem, kernel=_Broken))
    result = plan(broken)
    assert result.solver.fallback
    told = next(finding for finding in result.findings if finding.kind is FALLBACK)
    assert "time limit reached" in told.detail
    assert all(identity.holds for identity in result.identities)
    assert (result.supply.hours_used <= result.supply.available_hours + result.supply.overtime_limit_hours + 1e-9).all()
    assert np.isnan(result.supply.capacity_worth).all()


def test_fixed_output_beyond_the_hours_is_kept_and_named() -> None:
    released = np.array([[200.0, np.nan, np.nan]])
    inputs = press_company(hours=110.0, overtime_max_ratio=0.1, released_units=released)
    result = plan(prepared(inputs, [[100.0, 100.0, 100.0]], locked_months=1))
    assert result.supply.make[0, 0] == pytest.approx(200.0)
    over = next(finding for finding in result.findings if finding.kind is FIXED_OVER_HOURS)
    # 200 hours asked of 110 and 11 hours of overtime
    assert over.place == "Press, Nov 26"
    assert over.detail.startswith("79 hours")


def test_demand_that_does_not_pay_is_served_first_or_refused_and_listed() -> None:
    # 30 for a unit that costs 51 to make, nothing else to lose but 3 of goodwill
    inputs = press_company(hours=200.0, price=30.0)
    served = plan(prepared(inputs, [[100.0, 100.0, 100.0]]))
    assert family_total(served.supply.lost).sum() == pytest.approx(0.0, abs=1e-6)
    refused = plan(prepared(inputs, [[100.0, 100.0, 100.0]], objective=Objective.MONEY_ONLY))
    assert family_total(refused.supply.lost)[0] == pytest.approx([100.0, 100.0, 100.0])
    told = next(finding for finding in refused.findings if "refused because they do not pay" in finding.detail)
    assert told.place == "Kettles, Nov 26–Jan 27"


def test_one_family_without_demand_is_planned_at_nothing() -> None:
    result = plan(prepared(press_company(hours=110.0), [[0.0, 0.0, 0.0]]))
    assert _finite(result)
    assert result.supply.make.sum() == pytest.approx(0.0, abs=1e-9)
    assert all(identity.holds for identity in result.identities)


def test_no_hours_at_all_lose_everything_and_say_so() -> None:
    result = plan(prepared(press_company(hours=0.0), [[100.0, 100.0, 100.0]]))
    assert _finite(result)
    assert family_total(result.supply.lost)[0] == pytest.approx([100.0, 100.0, 100.0])
    assert any(finding.kind.code == "refusal-needs-decision" for finding in result.findings)


def test_unknown_hours_of_one_month_do_not_limit_it() -> None:
    hours = np.full((1, 15), 100.0)
    hours[0, 13] = np.nan
    result = plan(prepared(press_company(hours=hours, overtime_max_ratio=0.0), [[100.0, 180.0, 100.0]]))
    assert family_total(result.supply.lost).sum() == pytest.approx(0.0, abs=1e-9)
    assert np.isnan(result.supply.available_hours[0, 1])


def test_an_overtime_unit_dearer_than_a_lost_sale_is_a_contradiction_in_words() -> None:
    inputs = press_company(hours=110.0, overtime_premium_per_unit=80.0)
    ready = prepared(inputs, [[100.0, 120.0, 160.0]])
    told = next(finding for finding in ready.findings if finding.kind is COST_LADDER)
    # 100 of price, 51 of avoidable cost, 10 of goodwill: a lost sale costs 59
    assert told.place == "Kettles"
    assert told.detail == "A unit costs 80.00 more by overtime, but only 59.00 by a lost sale."


def test_the_months_that_building_ahead_beats_overtime_are_said() -> None:
    ready = prepared(press_company(hours=110.0, overtime_premium_per_unit=6.5), [[100.0, 120.0, 160.0]])
    told = next(finding for finding in ready.findings if finding.kind is BUILD_AHEAD)
    # holding a unit of 60 for a month costs 20 % a year: 1, and overtime 6.5
    assert told.detail == "Building up to 6 months ahead costs no more than overtime."
