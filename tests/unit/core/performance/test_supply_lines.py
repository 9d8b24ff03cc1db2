"""Supply against demand, added up by cost, hours or units of one family."""

from dataclasses import replace

import numpy as np
import pytest

from sop_dash.core.performance.supply_lines import supply_lines
from tests.array_plans import plan_of, result_of
from tests.array_worlds import grain

G = grain(families=("Kettles", "Irons"), horizon=2)
PLAN = result_of(G, plan_of(G, demand=100.0, make=90.0, overtime=20.0, outsource=5.0, target=10.0))


def test_families_are_added_at_their_rate():
    # Kettles at 10 and Irons at 20 a unit: regular output 70 × 10 + 70 × 20 = 2,100 a month.
    lines = supply_lines(PLAN, np.array([[10.0, 10.0], [20.0, 20.0]]), np.array([True, True]))
    assert lines.regular.tolist() == pytest.approx([2100.0, 2100.0])
    assert lines.overtime.tolist() == pytest.approx([600.0, 600.0])
    assert lines.outsourced.tolist() == pytest.approx([150.0, 150.0])
    # 95 of 100 can be supplied: 2,850 of 3,000.
    assert lines.committed.tolist() == pytest.approx([3000.0, 3000.0])
    assert lines.feasible.tolist() == pytest.approx([2850.0, 2850.0])


def test_a_family_without_a_rate_is_left_out_of_every_sum():
    lines = supply_lines(PLAN, np.array([[10.0, 10.0], [np.nan, 20.0]]), np.array([True, True]))
    assert lines.counted.tolist() == [True, False]
    assert lines.committed.tolist() == pytest.approx([1000.0, 1000.0])


def test_what_the_market_would_take_is_told_apart_from_what_is_committed():
    wanted = replace(PLAN, demand=replace(PLAN.demand, unconstrained=PLAN.demand.committed * 1.3))
    lines = supply_lines(wanted, np.ones((2, 2)), np.array([True, False]))
    assert lines.unconstrained.tolist() == pytest.approx([130.0, 130.0])
    assert lines.committed.tolist() == pytest.approx([100.0, 100.0])


def test_without_any_rate_nothing_is_known():
    lines = supply_lines(PLAN, np.full((2, 2), np.nan), np.array([True, True]))
    assert np.isnan(lines.stock).all()
