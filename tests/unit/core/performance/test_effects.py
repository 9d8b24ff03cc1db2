"""What a scenario changes, and whether that is good."""

import numpy as np
import pytest

from sop_dash.core.model.kpi import Better, Kpi, KpiDefinition, Target, Unit
from sop_dash.core.performance.effects import Direction, by_month, effect
from tests.array_plans import plan_of, result_of
from tests.array_worlds import grain


def figure(value: float | None, better: Better, target: Target | None = None) -> Kpi:
    definition = KpiDefinition(id="x", name="X", unit=Unit.MONEY, better=better, formula="", target=target)
    return Kpi(definition=definition, value=value)


@pytest.mark.parametrize(
    "better,before,after,direction",
    [
        (Better.HIGHER, 100.0, 110.0, Direction.BETTER),
        (Better.HIGHER, 100.0, 90.0, Direction.WORSE),
        (Better.LOWER, 100.0, 90.0, Direction.BETTER),
        (Better.LOWER, -5.0, -4.0, Direction.WORSE),
        (Better.NEITHER, 100.0, 110.0, Direction.MORE),
        (Better.NEITHER, 100.0, 90.0, Direction.LESS),
        (Better.HIGHER, 100.0, 100.0 + 1e-9, Direction.SAME),
        (Better.LOWER, 0.0, 0.0, Direction.SAME),
    ],
)
def test_the_direction_follows_what_is_good(better, before, after, direction):
    found = effect(figure(after, better), figure(before, better))
    assert found.direction is direction
    assert found.change == pytest.approx(after - before)


@pytest.mark.parametrize(
    "before,after,direction",
    [(0.5, 0.7, Direction.BETTER), (0.85, 1.1, Direction.WORSE), (0.82, 0.88, Direction.SAME)],
)
def test_a_figure_with_a_band_is_better_closer_to_it(before, after, direction):
    band = Target(low=0.8, high=0.9)
    assert effect(figure(after, Better.BAND, band), figure(before, Better.BAND, band)).direction is direction


def test_an_unknown_figure_has_no_direction():
    found = effect(figure(None, Better.HIGHER), figure(1.0, Better.HIGHER))
    assert (found.change, found.direction) == (None, Direction.UNKNOWN)


def test_the_worst_bottleneck_by_month_is_the_fullest_resource_of_each():
    g = grain(resources=("Press", "Oven"), horizon=2)
    plan = result_of(g, plan_of(g, demand=0.0, make=0.0, hours_used=[[80, 90], [95, np.nan]]))
    assert by_month(plan, "worst-bottleneck").tolist() == [0.95, 0.9]
