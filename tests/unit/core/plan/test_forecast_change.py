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


def test_months_both_cycles_know_are_compared_in_money():
    found = forecast_change(prepared(replace(COMPANY, snapshots=kept([100, 100, 100, 100])), DEMAND))
    # Kettles 120 − 100, Irons 80 − 100, December unchanged; January was not forecast last cycle.
    assert found is not None
    assert found.months == ("2026-11", "2026-12")
    assert found.value == pytest.approx(0.0)
    assert (found.family, found.family_value) == ("Kettles", pytest.approx(200.0))


def test_the_change_is_a_share_of_last_cycles_forecast():
    found = forecast_change(prepared(replace(COMPANY, snapshots=kept([100, 100, 80, 120])), DEMAND))
    # +20 Kettles, −20 Irons in December of 400 units, all at 10: 0 in all; the first month alone would be +20.
    assert found is not None
    assert found.ratio == pytest.approx(0.0)
    higher = forecast_change(prepared(replace(COMPANY, snapshots=kept([100, 80, 60, 60])), DEMAND))
    assert higher is not None
    assert higher.value == pytest.approx(1_000.0)  # (20 + 20 + 20 + 40) × 10
    assert higher.ratio == pytest.approx(100 / 300)


def test_without_a_kept_forecast_there_is_nothing_to_compare():
    assert forecast_change(prepared(COMPANY, DEMAND)) is None
