"""Output of closed months against the production plan."""

import numpy as np
import pytest

from sop_dash.core.performance.output_lines import family_output, output_lines
from tests.array_worlds import company_inputs, grain, supply

G = grain(families=("Kettles", "Irons"), history=2)
INPUTS = company_inputs(
    G, supply=supply(G, planned_units=[[100.0, 100.0], [10.0, 10.0]], actual_units=[[130.0, 70.0], [10.0, 10.0]])
)
BOTH = np.array([True, True])


def test_output_is_added_at_cost_and_the_mix_does_not_net_out():
    # At 1 and 10 a unit: plan 100 + 100 = 200, output 130 + 100 = 230 then 70 + 100 = 170.
    lines = output_lines(INPUTS, np.array([1.0, 10.0]), BOTH)
    assert lines.planned.tolist() == [200.0, 200.0]
    assert lines.volume.tolist() == pytest.approx([1.15, 0.85])
    assert lines.mix.tolist() == pytest.approx([1.0, 0.85])  # 30 too many kettles do not make up for anything


def test_the_family_furthest_from_its_plan_comes_first():
    last = family_output(INPUTS, BOTH, 1)
    assert [(row.family, row.attainment_ratio) for row in last] == [("Kettles", 0.7), ("Irons", 1.0)]


def test_families_without_a_figure_are_left_out():
    assert family_output(company_inputs(G), BOTH, 2) == ()
