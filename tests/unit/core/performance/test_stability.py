"""How much plans change from cycle to cycle."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.model.inputs import ApprovedOutput
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.performance.stability import (
    fence_changes,
    instability,
    month_weights,
    relative_instability,
    roughness,
    stability_kpi,
)
from tests import array_worlds as worlds
from tests.oracle_cases import assert_expected, oracle


def test_weighted_instability_of_the_worked_case():
    case = oracle("plan_stability", "instability-weighted")
    old, new = (np.array(case["inputs"][name], float) for name in ("old", "new"))
    alpha = case["inputs"]["alpha_weight"]
    assert_expected(case, "weights", month_weights(4, alpha=alpha))
    assert_expected(case, "instability", instability(old, new, alpha=alpha))
    assert_expected(case, "relative", relative_instability(old, new, alpha=alpha))


def test_families_are_weighed_by_value():
    old, new = np.array([[10.0], [1000.0]]), np.array([[20.0], [1000.0]])
    assert relative_instability(old, new, np.array([100.0, 1.0])) == pytest.approx(0.5)  # 1,000 of 2,000


def test_small_moves_inside_the_fence_do_not_count_but_their_money_does():
    old, new = np.array([[100.0, 100.0, 100.0]]), np.array([[104.0, 105.2, 500.0]])
    found = fence_changes(old, new, np.array([10.0]), months=2)
    assert (found.changed, found.cells) == (1, 2)
    assert found.value == pytest.approx(92.0)  # (4 + 5.2) × 10; the third month is open
    assert found.ratio == 0.5


def test_a_cycle_without_a_predecessor_says_nothing():
    unknown = np.full((1, 3), np.nan)
    assert np.isnan(relative_instability(unknown, np.ones((1, 3))))
    assert np.isnan(fence_changes(unknown, np.ones((1, 3)), np.ones(1), months=2).ratio)


def test_a_level_plan_is_smooth():
    assert roughness(np.array([10.0, 10.0, 10.0])) == 0.0
    assert roughness(np.array([10.0, 20.0, 10.0])) == pytest.approx(0.5)  # 20 of 40


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=12))
def test_an_unchanged_plan_is_perfectly_stable(plan):
    assert instability(np.array(plan), np.array(plan)) == 0.0


def company(released, approved=(), *, cost=(10.0, np.nan)):
    """Kettles and irons over three months from 2026-11; kettles cost 10, the cost of irons is not known."""
    g = worlds.grain(families=("Kettles", "Irons"), horizon=3)
    inputs = worlds.company_inputs(g, supply=worlds.supply(g, released_units=released))
    outputs = [
        ApprovedOutput(cycle=cycle, by="Eve", at=f"{cycle}-14", make_units=np.array(units)) for cycle, units in approved
    ]
    return replace(inputs, approved=tuple(outputs)), np.repeat(np.array(cost)[:, None], 3, axis=1)


def told(inputs, cost, now):
    return stability_kpi(inputs, PlanningSettings(), np.array(now), cost)


NOW = [[100.0, 121.0, 130.0], [50.0, 50.0, 50.0]]


def test_the_figure_is_reproduced_by_its_operands_and_names_the_months_compared():
    found = told(*company([[100.0, 110.0, np.nan], [50.0, 50.0, np.nan]]), NOW)
    changed, level = (operand.value for operand in found.why.operands)
    assert changed == pytest.approx(27.5)  # 11 units × 10 × weight 0.25
    assert found.value == pytest.approx(27.5 / (0.5 * 1_000 + 0.25 * 1_100)) == pytest.approx(changed / level)
    assert found.period == "Nov 26–Dec 26"
    assert found.why.excluded == "Irons"
    assert found.reference_name == "the released plan"


def test_a_plan_approved_in_an_earlier_cycle_is_compared_before_the_released_one_and_before_this_cycles():
    same = [[100.0, 121.0, 130.0], [0.0, 0.0, 0.0]]
    october = [[100.0, 121.0, np.nan], [0.0, 0.0, np.nan]]
    inputs, cost = company(80.0, [("2026-10", october), ("2026-11", [[1.0] * 3] * 2)])
    found = told(inputs, cost, same)
    assert (found.value, found.reference_name) == (0.0, "the plan of Oct 26 approved 14 Oct 26 by Eve")
    this_cycle = [("2026-11", same)]
    assert told(*company(80.0, this_cycle), same).reference_name == "the released plan"
    assert told(*company(np.nan, this_cycle), same).reference_name == "the plan of Nov 26 approved 14 Nov 26 by Eve"


def test_without_a_plan_before_or_without_a_cost_there_is_a_reason():
    assert "approve this one" in told(*company(np.nan), NOW).reason
    unpriced = told(*company(100.0, cost=(np.nan, np.nan)), NOW)
    assert unpriced.value is None
    assert "unit_cost" in unpriced.reason
