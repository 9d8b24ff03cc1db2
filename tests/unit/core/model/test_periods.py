"""Months by the calendar."""

from datetime import date

import pytest

from sop_dash.core.model.periods import last_day


@pytest.mark.parametrize(
    "month,day", [("2026-11", date(2026, 11, 30)), ("2027-02", date(2027, 2, 28)), ("2028-02", date(2028, 2, 29))]
)
def test_the_last_day_of_a_month_knows_leap_years(month: str, day: date):
    assert last_day(month) == day
