"""How far the consensus moved since last cycle, in money."""

from dataclasses import replace

import numpy as np
import pytest

from sop_dash.core.model.inputs import ForecastSnapshots
from sop_dash.core.plan.forecast_change import forecast_change
from tests.unit.core.plan.plan_worlds import prepared, press_company

COMPANY = press_company(families=("Kettles", "Irons"), hours_per_unit=[[1.0, 1.0]], price=10.0, cost=6.0)
DEMAND = [[120, 100, 100], [80, 100, 90]]


def kept(units):
    """Last cycle kept these units for November and December of Kettles and Irons."""
    rows = [(month, family) for family in range(2) for month in ("2026-11", "2026-12")]
    return ForecastSnapshots(
        cycles=("2026-10",) * 4,
        months=tuple(month for month, _ in rows),
        families=tuple(family for _, family in rows),
        steps=("consensus",) * 4,
        units=np.asarray(units, dtype=np.float64),
    )


def test_months_both_cycles_know_are_compared_family_by_family():
    found = forecast_change(prepared(replace(COMPANY, snapshots=kept([100, 100, 80, 120])), DEMAND))
    # January was not forecast last cycle. Kettles 220 in place of 200; Irons 180 in place of 200: 0 and −20.
    assert found is not None
    assert found.months == ("2026-11", "2026-12")
    assert found.ratio == pytest.approx([0.10, -0.10])
    assert found.moved_ratio == pytest.approx([0.10, 0.10])
    assert found.change_value == pytest.approx([200.0, -200.0])
    assert found.total_value == pytest.approx(0.0)
    higher = forecast_change(prepared(replace(COMPANY, snapshots=kept([100, 80, 60, 60])), DEMAND))
    assert higher is not None
    assert higher.total_value == pytest.approx(1_000.0)  # (20 + 20 + 20 + 40) × 10
    assert higher.total_ratio == pytest.approx(100 / 300)


def test_ups_and_downs_that_offset_are_no_change_but_have_moved():
    found = forecast_change(prepared(replace(COMPANY, snapshots=kept([100, 120, 80, 100])), DEMAND))
    assert found is not None
    assert found.ratio == pytest.approx([0.0, 0.0])
    assert found.moved_value == pytest.approx([400.0, 0.0])  # Kettles 20 up, then 20 down, at 10


def test_only_the_months_asked_for_are_compared():
    found = forecast_change(prepared(replace(COMPANY, snapshots=kept([100, 100, 80, 120])), DEMAND), 1)
    assert found is not None
    assert (found.months, found.ratio.tolist()) == (("2026-11",), pytest.approx([0.2, 0.0]))


def test_without_a_kept_forecast_there_is_nothing_to_compare():
    assert forecast_change(prepared(COMPANY, DEMAND)) is None


def test_a_forecast_cut_to_nothing_is_worth_what_was_expected():
    found = forecast_change(prepared(replace(COMPANY, snapshots=kept([100, 100, 80, 100])), [[0, 110, 100], DEMAND[1]]))
    assert found is not None
    assert found.change_value == pytest.approx([-900.0, 0.0])  # (−100 + 10) × 10; nothing is planned for November
    assert found.total_ratio == pytest.approx(-90 / 380)
