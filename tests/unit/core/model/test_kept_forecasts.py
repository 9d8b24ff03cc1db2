"""Forecasts kept of past cycles, laid out by family and month."""

import numpy as np
import pytest

from sop_dash.core.model.inputs import ForecastSnapshots, PlanInputs
from sop_dash.core.model.kept_forecasts import kept_units, last_cycle_units
from tests.array_worlds import company_inputs, grain

# The open cycle is Nov 26; families 0 and 1.
KEPT = (
    ("2026-09", "2026-10", 0, "statistical", 90.0),
    ("2026-09", "2026-10", 0, "consensus", 95.0),
    ("2026-09", "2026-11", 0, "consensus", 96.0),
    ("2026-10", "2026-11", 0, "consensus", 100.0),
    ("2026-10", "2026-12", 1, "consensus", 40.0),
    ("2026-11", "2026-12", 0, "sales", 130.0),
)


def inputs(rows=KEPT) -> PlanInputs:
    cycles, months, families, steps, units = zip(*rows, strict=True) if rows else ((), (), (), (), ())
    kept = ForecastSnapshots(cycles=cycles, months=months, families=families, steps=steps, units=np.array(units))
    return company_inputs(grain(history=2, horizon=3), snapshots=kept)


def test_last_cycle_is_the_latest_one_before_the_open_one():
    found = last_cycle_units(inputs())
    assert found[0, 0] == 100.0  # Oct, not what Sep said of Nov
    assert found[1, 1] == 40.0
    assert np.isnan(found).sum() == 4


def test_the_open_cycle_shows_the_step_asked_for_alone():
    assert kept_units(inputs(), "2026-11", ("sales",))[0].tolist() == pytest.approx([np.nan, 130, np.nan], nan_ok=True)
    assert np.isnan(kept_units(inputs(), "2026-11", ("consensus",))).all()


def test_a_company_that_kept_nothing_has_no_last_cycle():
    assert np.isnan(last_cycle_units(inputs(()))).all()
