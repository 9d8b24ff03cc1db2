"""The simulated time line: month numbers, month texts and working days.

Month 0 is 2020-11. The first 24 months are lived through but never written: they give the first forecasts a past.
"""

import numpy as np

FIRST_YEAR, FIRST_MONTH = 2020, 11
START = 24
"""First month of the written history, 2022-11."""
OPEN_CYCLE = 72
"""The cycle month 2026-11: everything before it has happened."""
END = 96
"""One past the last planning month, 2028-10."""
DAYS_PER_MONTH = 365.25 / 12


def text(month: int) -> str:
    """Month number to 'YYYY-MM'."""
    years, months = divmod(FIRST_MONTH - 1 + month, 12)
    return f"{FIRST_YEAR + years}-{months + 1:02d}"


def number(text_: str) -> int:
    """'YYYY-MM' to month number."""
    year, month = text_.split("-")
    return (int(year) - FIRST_YEAR) * 12 + int(month) - FIRST_MONTH


def calendar_month(month: int) -> int:
    """0 for January to 11 for December."""
    return (FIRST_MONTH - 1 + month) % 12


def working_days(month: int) -> int:
    """Weekdays of the month less public holidays and the two company shutdowns (July, end of December)."""
    first = np.datetime64(text(month), "D")
    last = np.datetime64(text(month + 1), "D")
    return int(np.busday_count(first, last)) - _DAYS_OFF[calendar_month(month)]


# New Year and Martin Luther King Day, ..., July shutdown with Independence Day, ..., Thanksgiving, Christmas shutdown
_DAYS_OFF = (2, 1, 0, 0, 1, 1, 3, 0, 1, 0, 2, 3)
