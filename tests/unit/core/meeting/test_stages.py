"""The cycle runs on working days 1 to 20; every stage says who answers for it."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.meeting.stages import MEETING_DAY, RACI_WORDS, STAGES, calendar_of, raci
from sop_dash.core.model.working_calendar import WorkingCalendar


def test_the_first_working_day_of_a_month_that_begins_on_a_sunday_is_its_monday() -> None:
    assert WorkingCalendar().day("2026-11", 1) == date(2026, 11, 2)  # 1 November 2026 is a Sunday


def test_a_friday_is_followed_by_monday() -> None:
    assert WorkingCalendar().day("2026-11", 5) == date(2026, 11, 6)
    assert WorkingCalendar().day("2026-11", 6) == date(2026, 11, 9)


def test_the_executive_meeting_is_on_working_day_twenty() -> None:
    executive = calendar_of("2026-11", WorkingCalendar())[-1]
    assert executive.last == WorkingCalendar().day("2026-11", MEETING_DAY) == date(2026, 11, 27)


def test_a_closed_day_moves_the_stages_after_it() -> None:
    executive = calendar_of("2026-11", WorkingCalendar(closed=("2026-11-26",)))[-1]  # the Thursday of day 19
    assert (executive.first, executive.last) == (date(2026, 11, 23), date(2026, 11, 30))


@given(st.integers(2000, 2100), st.integers(1, 12), st.integers(1, 60))
def test_working_days_agree_with_counting_them_one_by_one(year: int, month: int, number: int) -> None:
    day, seen = date(year, month, 1), 0
    while True:
        seen += day.weekday() < 5
        if seen == number:
            break
        day = date.fromordinal(day.toordinal() + 1)
    assert WorkingCalendar().day(f"{year:04d}-{month:02d}", number) == day


def test_stages_follow_one_another_without_gap_or_overlap() -> None:
    assert STAGES[0].first_day == 1
    assert all(after.first_day == before.last_day + 1 for before, after in itertools.pairwise(STAGES))


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.id)
def test_exactly_one_role_answers_for_a_stage_and_somebody_does_the_work(stage) -> None:  # type: ignore[no-untyped-def]
    found = list(raci(stage).values())
    assert found.count("A") == 1
    assert set(found) <= set(RACI_WORDS)
    assert "R" in found


def test_a_stage_is_over_now_or_to_come_by_the_calendar() -> None:
    demand = calendar_of("2026-11", WorkingCalendar())[1]  # working days 3 to 5: 4 to 6 November
    assert (demand.first, demand.last) == (date(2026, 11, 4), date(2026, 11, 6))
    states = [demand.state(date(2026, 11, day)) for day in (3, 4, 6, 7)]
    assert states == ["to come", "now", "now", "over"]


def test_a_day_before_the_first_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="from 1"):
        WorkingCalendar().day("2026-11", 0)
