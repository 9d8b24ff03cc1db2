"""The catalogue of KPIs: each once, with a meaning, and the targets of the requirements."""

import pytest

from sop_dash.core.model.kpi import Status
from sop_dash.core.model.kpi_catalogue import CATALOGUE, targets
from sop_dash.core.model.planning_settings import PlanningSettings


def test_every_kpi_says_what_it_is_in_words():
    for kpi_id, definition in CATALOGUE.items():
        assert definition.id == kpi_id
        assert definition.name
        assert definition.formula
        assert definition.group


def test_the_default_settings_and_the_catalogue_hold_the_same_targets():
    found = targets(PlanningSettings())
    for kpi_id, definition in CATALOGUE.items():
        if definition.target is None:
            assert found[kpi_id] is None
            continue
        target = found[kpi_id]
        assert target is not None
        assert (target.low, target.high) == pytest.approx((definition.target.low, definition.target.high))


@pytest.mark.parametrize(
    "kpi_id, value, status",
    [
        ("plan-attainment", 1.00, Status.ON_PLAN),
        ("plan-attainment", 1.08, Status.WATCH),  # above 105 % is amber too
        ("plan-attainment", 1.30, Status.ACT),  # 130 % is not good (D-62)
        ("plan-attainment", 0.93, Status.WATCH),
        ("inventory-turns", 7.2, Status.ON_PLAN),  # band 6–12
        ("inventory-turns", 2.1, Status.ACT),
        ("days-of-supply", 45.0, Status.ON_PLAN),
        ("days-of-supply", 175.0, Status.ACT),
        ("bias", -0.04, Status.ON_PLAN),
        ("bias", 0.08, Status.WATCH),
        ("worst-bottleneck", 0.85, Status.ON_PLAN),
        ("worst-bottleneck", 0.95, Status.WATCH),  # amber above 90 % (D-34)
        ("worst-bottleneck", 1.05, Status.ACT),
        ("utilisation", 0.60, Status.ACT),
        ("wape", 0.185, Status.ON_PLAN),
        ("wape", 0.30, Status.ACT),
    ],
)
def test_figures_are_judged_by_the_bands_of_the_requirements(kpi_id, value, status):
    target = targets(PlanningSettings())[kpi_id]
    assert target is not None
    assert target.judge(value) is status


def test_a_setting_moves_its_target():
    found = targets(PlanningSettings(turns_low=3.0, service_target=0.9))
    assert found["inventory-turns"].low == 3.0
    assert found["service"].low == 0.9
