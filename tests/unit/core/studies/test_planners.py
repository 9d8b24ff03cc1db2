"""The plan beside plans made by rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.model.levers import Levers
from sop_dash.core.studies.planners import planners
from tests.unit.core.plan.plan_worlds import prepared, press_company


def _planners(demand, **supply):
    company = press_company(months=len(demand), hours=100.0, **supply)
    return {one.key: one for one in planners(prepared(company, [demand]), Levers())}


def test_a_rule_that_looks_at_one_month_misses_what_could_be_built_ahead():
    found = _planners([60, 100, 140], overtime_max_ratio=0.0)
    lost = {key: one.result.supply.lost.sum() for key, one in found.items()}
    # 40 free hours in November cover January for who looks ahead; chase makes 60 and 100 and 100.
    assert lost["best-mix"] == pytest.approx(0.0, abs=1e-6)
    assert lost["chase"] == pytest.approx(40.0)
    service = next(e for e in found["chase"].effects if e.kpi.definition.id == "service")
    assert service.change == pytest.approx(-40 / 300)


def test_the_level_rule_is_the_smoothest():
    found = _planners([90, 100, 95, 90], overtime_max_ratio=0.3)
    assert found["level"].smoothness < found["chase"].smoothness


@given(demand=st.lists(st.integers(0, 200), min_size=3, max_size=5), overtime=st.sampled_from([0.0, 0.2]))
def test_no_rule_weighs_less_than_the_best_mix(demand, overtime):
    found = _planners(demand, overtime_max_ratio=overtime, outsource_max_units=20.0)
    assert all(one.weighed_gap >= -1e-6 for one in found.values())
