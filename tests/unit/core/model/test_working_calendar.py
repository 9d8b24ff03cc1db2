"""The company's working days: counted by month, and counted on from the first of a month."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.model.errors import BadValue
from sop_dash.core.model.periods import working_days
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.model.setting_values import changed_settings
from sop_dash.core.model.working_calendar import WorkingCalendar, working_calendar

DECEMBER = WorkingCalendar(closed=("12-25", "2026-12-28"))


def test_without_a_word_people_work_from_monday_to_friday():
    months = ("2026-11", "2026-12", "2027-02")
    assert working_calendar(PlanningSettings()).days(months).tolist() == working_days(months).tolist() == [21, 23, 20]


def test_closed_days_are_left_out_each_year_or_once():
    # December 2026 has 23 Mondays to Fridays, December 2027 too; 25 December is a Friday, then a Saturday
    assert DECEMBER.days(("2026-12", "2027-12")).tolist() == [21, 23]


def test_six_days_a_week_count_saturdays():
    assert WorkingCalendar(days_a_week=6).days(("2026-11",)).tolist() == [25]  # 30 days, 5 Sundays
    assert WorkingCalendar(days_a_week=6).day("2026-11", 6) == date(2026, 11, 7)


def test_a_closed_day_moves_the_days_after_it():
    assert WorkingCalendar(closed=("2026-11-02",)).day("2026-11", 1) == date(2026, 11, 3)
    assert WorkingCalendar(closed=("01-01",)).day("2026-12", 24) == date(2027, 1, 4)  # 23 in December, then a Monday


def test_the_last_of_february_is_closed_only_where_it_is():
    assert WorkingCalendar(closed=("02-29",)).days(("2027-02", "2028-02")).tolist() == [20, 20]


@given(st.integers(1, 7), st.integers(1, 28))
def test_the_last_working_day_of_a_month_is_as_many_as_it_has(days_a_week: int, closed: int):
    calendar = WorkingCalendar(days_a_week=days_a_week, closed=(f"2026-05-{closed:02d}",))
    count = int(calendar.days(("2026-05",))[0])
    assert calendar.day("2026-05", count) <= date(2026, 5, 31) < calendar.day("2026-05", count + 1)


def test_a_setting_that_names_no_day_is_refused():
    made = changed_settings(PlanningSettings(), {"closed_days": "12-25; 2026-05-01", "working_days_a_week": 6})
    assert working_calendar(made) == WorkingCalendar(days_a_week=6, closed=("12-25", "2026-05-01"))
    for wrong in ("25.12.", "02-30", "20261225"):
        with pytest.raises(BadValue, match="is not a day"):
            changed_settings(PlanningSettings(), {"closed_days": wrong})
