"""Where a stage stands: by its days, and once these are over by what its gates tell."""

from datetime import date

import pytest

from sop_dash.core.meeting.stages import calendar_of
from sop_dash.core.model.working_calendar import WorkingCalendar
from sop_dash.services.gates import Gate, standing

DEMAND = calendar_of("2026-11", WorkingCalendar())[1]  # 4 to 6 November


def gates(*met: bool | None) -> list[Gate]:
    others = [Gate(stage="finance", met=False, text="No budget for the year")]
    return [Gate(stage="demand", met=one, text="told") for one in met] + others


@pytest.mark.parametrize(
    "met, state",
    [((True, None), "done"), ((True, False), "still open"), ((None,), "over"), ((), "over")],
)
def test_a_stage_whose_days_are_over_is_done_only_when_its_gates_are_met(met: tuple[bool | None, ...], state: str):
    assert standing(DEMAND, gates(*met), date(2026, 11, 9)) == state


def test_open_gates_of_a_stage_in_progress_or_to_come_are_no_delay():
    assert standing(DEMAND, gates(False), date(2026, 11, 5)) == "now"
    assert standing(DEMAND, gates(False), date(2026, 11, 2)) == "to come"
