"""Months as people of any country write dates: the order of day and month is decided by the whole column.

Dates with dots ("01.02.2025") have the day first wherever people write them so; they are read otherwise only where the
column holds one that cannot be.
"""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sop_dash.core.data.mapping.calendar_words import MONTH_NAMES, plain_letters
from sop_dash.core.data.texts import Texts
from sop_dash.core.model.arrays import BoolArray

DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "day-month-year", "month-day-year", "year-month-day"
ORDERS = (DAY_FIRST, MONTH_FIRST, YEAR_FIRST)

_TIME = re.compile(r"[T ]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|[+-]\d{2}:?\d{2})?$")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/. ]\s*(\d{1,2})(?:\s*[-/. ]\s*(\d{1,2}))?\.?")
_THREE = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})\.?")
_DOTTED = re.compile(r"\d{1,2}\.\s*\d{1,2}\.\s*(?:\d{4}|\d{2})\.?")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{4})")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_COMPACT_MONTH = re.compile(r"(\d{4})(?:(?=\d\d$)|[- ]?M)(\d{1,2})", re.IGNORECASE)
_EAST_ASIA = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월](?:\s*(\d{1,2})\s*[日일])?")
_PARTS = re.compile(r"[^\W\d_]+|\d+")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_EPOCH = dt.date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 25_569, 73_050  # 1970 … 2099
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_CENTURY_TURN = 70
_TIMES_MORE_YEARS = 3
_HALF_A_YEAR = 6
_LONGEST = 60
"""No date is longer, and looking for one in a long text takes long."""

_Day = tuple[int, int, int]
"""Year, month, day; day 0 where only the month is given."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Months:
    """A column read as months.

    Args:
        ordinals: [n] months since year 0; 0 where empty or unreadable.
        days: [n] day of the month; 0 where not given.
        bad: [n] True where the text is no date in this reading.
        order: Order of the reading.
        open: True when the other order is possible too and gives other months.
        decided: True when a cell can be read in one order only.
        local: True when a cell is not written as YYYY-MM or YYYY-MM-DD.
        serials: True when numbers were read as days counted from 1900.
    """

    ordinals: NDArray[np.int64]
    days: NDArray[np.int64]
    bad: BoolArray
    order: str = YEAR_FIRST
    open: bool = False
    decided: bool = False
    local: bool = False
    serials: bool = False


def read_months_of(cells: Texts, order: str | None = None, *, serials: bool = True) -> Months:
    """Read a column of dates or months.

    Args:
        cells: The column.
        order: Order of day and month if it is known; None to decide by the column.
        serials: Whether numbers from 25569 to 73050 may be days counted from 1900.
    """
    used = cells.used()
    codes, texts = used.codes, [text.strip() for text in used.texts]
    sure = [None if not text else _sure(text, serials=serials) for text in texts]
    doubtful = {place: _doubtful(text) for place, text in enumerate(texts) if text and sure[place] is None}
    dotted = all(_DOTTED.fullmatch(_TIME.sub("", texts[place])) for place, readings in doubtful.items() if readings)
    orders = _possible(doubtful)
    orders = [DAY_FIRST] if dotted and DAY_FIRST in orders else orders
    chosen = order or (orders[0] if orders else YEAR_FIRST)
    days = [sure[place] or (doubtful[place].get(chosen) if place in doubtful else None) for place in range(len(texts))]
    ordinals = np.array([0 if day is None else day[0] * 12 + day[1] - 1 for day in days], dtype=np.int64)
    numbers = np.array([0 if day is None else day[2] for day in days], dtype=np.int64)
    bad = np.array([day is None and bool(text) for day, text in zip(days, texts, strict=True)], dtype=np.bool_)
    is_open = order is None and len(orders) > 1 and _differ(doubtful, orders)
    return Months(
        ordinals=ordinals[codes],
        days=numbers[codes],
        bad=bad[codes],
        order=chosen,
        open=is_open,
        decided=bool(doubtful) and len(orders) == 1,
        local=any(text and not re.match(r"\d{4}-\d{2}(-|$)", text) for text in texts),
        serials=serials and any(_SERIAL.fullmatch(text) for text in texts),
    )


def month_name_of(text: str) -> int | None:
    """The number of a month given by name alone; None for other text."""
    return MONTH_NAMES.get(plain_letters(text.strip().strip(".")))


def month_of_header(text: str) -> int | None:
    """Months since year 0 of a heading such as "Jan 2024", "2024-01" or 45292; None when it is no single month."""
    day = _sure(text.strip(), serials=True)
    if day is None:
        found = _possible({0: _doubtful(text.strip())})
        readings = {_doubtful(text.strip()).get(order) for order in found}
        months = {(d[0], d[1]) for d in readings if d}
        if len(months) != 1:
            return None
        year, month = next(iter(months))
        return year * 12 + month - 1
    return day[0] * 12 + day[1] - 1


def _possible(doubtful: dict[int, dict[str, _Day]]) -> list[str]:
    """Orders in which the most texts are dates; more than one when they do equally well.

    With years of two digits the day can look like the year: an order that scatters the dates over three times as many
    years as another is none. Nor is one in which all dates of several years lie in the same month of the year, where
    another order spreads them over half a year or more: months are often written as their first day.
    """
    if not doubtful:
        return []
    fits = {order: sum(order in readings for readings in doubtful.values()) for order in ORDERS}
    best = max(fits.values())
    if not best:
        return []
    found = [order for order in ORDERS if fits[order] == best]
    years = {order: len({read[order][0] for read in doubtful.values() if order in read}) for order in found}
    found = [order for order in found if years[order] < _TIMES_MORE_YEARS * min(years.values())]
    months = {order: len({read[order][1] for read in doubtful.values() if order in read}) for order in found}
    spread = max(months.values()) >= _HALF_A_YEAR
    return [order for order in found if not (spread and months[order] == 1 and years[order] > 1)]


def _differ(doubtful: dict[int, dict[str, _Day]], orders: Sequence[str]) -> bool:
    return any(
        len({readings[order][:2] for order in orders if order in readings}) > 1 for readings in doubtful.values()
    )


def _sure(text: str, *, serials: bool) -> _Day | None:
    """A date that can be read in one way only."""
    if len(text) > _LONGEST:
        return None
    text = _TIME.sub("", text)
    if serials and (found := _SERIAL.fullmatch(text)) and _FIRST_SERIAL <= int(found[1]) <= _LAST_SERIAL:
        day = _EPOCH + dt.timedelta(days=int(found[1]))
        return day.year, day.month, day.day
    for pattern, read in _SURE:
        if found := pattern.fullmatch(text):
            return read(found)
    return _named(text)


def _year_month_day(found: re.Match[str]) -> _Day | None:
    return _valid(int(found[1]), int(found[2]), int(found[3] or 0))


def _month_year(found: re.Match[str]) -> _Day | None:
    return _valid(int(found[2]), int(found[1]), 0)


def _month_only(found: re.Match[str]) -> _Day | None:
    return _valid(int(found[1]), int(found[2]), 0)


_SURE: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], _Day | None]], ...] = (
    (_YEAR_FIRST, _year_month_day),
    (_EAST_ASIA, _year_month_day),
    (_COMPACT_DAY, _year_month_day),
    (_MONTH_YEAR, _month_year),
    (_COMPACT_MONTH, _month_only),
)


def _named(text: str) -> _Day | None:
    """A date that names its month: "Jan 2024", "15 janv. 24", "March 3, 2024"."""
    parts = _PARTS.findall(plain_letters(text).replace("'", " "))
    words = [MONTH_NAMES.get(part) for part in parts if not part.isdigit()]
    months = [month for month in words if month]
    fillers = sum(1 for part in parts if not part.isdigit() and part in {"de", "of", "den", "the", "del"})
    numbers = [part for part in parts if part.isdigit()]
    if len(months) != 1 or len(words) - fillers > 1 or not 1 <= len(numbers) <= 2:
        return None
    years = [number for number in numbers if len(number) == 4] or [n for n in numbers[-1:] if len(n) == 2]
    if len(years) != 1 or (len(numbers) == 1 and len(years[0]) == 2 and parts[0] == years[0]):
        return None  # "24-Jan" is the 24th of January of a year nobody knows
    year = int(years[0]) if len(years[0]) == 4 else _full_year(years[0])
    rest = [number for number in numbers if number is not years[0]]
    if any(len(number) > 2 for number in rest):
        return None
    return _valid(year, months[0], int(rest[0]) if rest else 0)


def _doubtful(text: str) -> dict[str, _Day]:
    """Order -> date, for a date of three numbers whose year is not the first."""
    found = _THREE.fullmatch(_TIME.sub("", text)) if len(text) <= _LONGEST else None
    if not found:
        return {}
    a, b, year = int(found[1]), int(found[2]), found[3]
    full = int(year) if len(year) == 4 else _full_year(year)
    readings = {DAY_FIRST: _valid(full, b, a), MONTH_FIRST: _valid(full, a, b)}
    if len(year) == 2 and "." not in text:
        readings[YEAR_FIRST] = _valid(_full_year(found[1]), b, int(year)) if len(found[1]) == 2 else None
    return {order: day for order, day in readings.items() if day}


def _full_year(two_digits: str) -> int:
    short = int(two_digits)
    return (1900 if short >= _CENTURY_TURN else 2000) + short if short < 100 else short


def _valid(year: int, month: int, day: int) -> _Day | None:
    if not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12):
        return None
    try:
        dt.date(year, month, day or 1)
    except ValueError:
        return None
    return year, month, day
