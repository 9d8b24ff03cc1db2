"""Hours of machines and shifts."""

import pytest

from sop_dash.core.model.errors import BadValue
from sop_dash.core.model.shifts import Shifts


def test_two_machines_on_two_shifts():
    # 2 machines × 21 days × 2 shifts × 8 h × 85 % = 571.2 hours.
    run = Shifts(machines=2, shifts_per_day=2, hours_per_shift=8, efficiency_ratio=0.85)
    assert run.hours(21) == pytest.approx(571.2)


@pytest.mark.parametrize("part", [{"shifts_per_day": 4}, {"efficiency_ratio": 1.6}, {"machines": -1}])
def test_a_day_has_24_hours_and_no_machine_runs_backwards(part: dict[str, float]):
    whole = {"machines": 1.0, "shifts_per_day": 1.0, "hours_per_shift": 8.0, "efficiency_ratio": 0.9}
    with pytest.raises(BadValue):
        Shifts(**(whole | part)).hours(20)
