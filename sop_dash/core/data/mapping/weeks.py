"""Sales by week: which columns hold weeks, and by which stated rule a week becomes months.

A week is written as such ("2024-W05", "KW 5/2024"; ISO 8601: it begins on Monday, and week 1 holds January 4) or as one
day a week. Six digits ("202405") are weeks where one of them can be no month or the heading speaks of weeks. Nothing in
the file says how a week that reaches into a second month was sold, so a person chooses the rule.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sop_dash.core.data.mapping import corrections as told
from sop_dash.core.data.mapping.dates import Months
from sop_dash.core.data.mapping.questions import Question, Reading
from sop_dash.core.data.mapping.words import WEEK_WORDS, plain_words
from sop_dash.core.data.texts import TextArray, Texts
from sop_dash.core.model.arrays import Array
from sop_dash.core.model.findings import Finding
from sop_dash.core.model.periods import month_of, short_name

BY_DAYS, WHOLE, FROM_DAY, TO_DAY, ONE_DAY = "by days", "whole", "from this day", "to this day", "on this day"
MONTHS = "months"
RULES = (BY_DAYS, WHOLE, FROM_DAY, TO_DAY, ONE_DAY, MONTHS)
_OF_WEEKS = {
    BY_DAYS: "share each week over its seven days",
    WHOLE: "put each week whole into the month that holds most of it",
}
_OF_DIGITS = {**_OF_WEEKS, MONTHS: "they are months"}
_OF_DAYS = {
    FROM_DAY: "a week begins on this day: share it over its seven days",
    TO_DAY: "a week ends on this day: share it over its seven days",
    ONE_DAY: "all of it was sold on this day",
}

_DAYS = 7
_FEWEST = 6
_PREVIEWS = 3
_MARK = r"(?:W|WK|WEEK|CW|KW|SEM|SEMAINE|SEMANA|S|V|UGE|VECKA)"
_YEAR_WEEK = re.compile(rf"(\d{{4}})\s*[-/. ]?\s*{_MARK}\s*[-/. ]?\s*(\d{{1,2}})(?:-1)?", re.IGNORECASE)
_WEEK_YEAR = re.compile(rf"{_MARK}\s*\.?\s*(\d{{1,2}})\s*[-/. ]\s*(\d{{4}})", re.IGNORECASE)
_DIGITS = re.compile(r"(\d{4})(\d{2})")
_MONTHS_A_YEAR = 12
_FEWEST_ACROSS = 2
_LONGEST = 30
_QUARTER = re.compile(
    r"(\d{4}\s*[-/. ]?\s*(?:Q|QTR|T|QUARTAL)\s*[-/. ]?\s*[1-4]|(?:Q|QTR|T)\s*[1-4]\s*[-/. ']?\s*(?:\d{4}|\d\d)"
    r"|[1-4]\.?\s*(?:Q|QUARTAL|TRIM\w*)\.?\s*[-/. ]?\s*\d{4})",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Weeks:
    """What a column of weeks becomes.

    Args:
        months: [n] months since year 0 in which the week of the row begins, or its only month; 0 where unreadable.
        later: [n] share of the row that falls into the month after; 0 for most.
        findings: The rule that was applied, in words.
        questions: What a person has to choose first.
    """

    months: NDArray[np.int64]
    later: Array
    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()


def speaks_of_weeks(label: str) -> bool:
    """True when a heading says that weeks stand below it."""
    return bool(set(plain_words(label).split()) & WEEK_WORDS)


def holds_weeks(cells: Texts, label: str = "") -> bool:
    """True when every filled cell is a week of a year."""
    texts = [text for text in (cell.strip() for cell in cells.used().texts) if text]
    if all(_monday(text) is not None for text in texts):
        return bool(texts)
    weeks = all(_monday(text, digits=True) is not None for text in texts)
    return weeks and (speaks_of_weeks(label) or _beyond_months(texts))


def week_headings(cells: Sequence[str]) -> tuple[int, ...]:
    """Places of the headings that are weeks of a year; none when it is only one."""
    texts = [cell.strip() for cell in cells]
    digits = _beyond_months([text for text in texts if _monday(text, digits=True) is not None])
    found = tuple(place for place, text in enumerate(texts) if _monday(text, digits=digits) is not None)
    return found if len(found) >= _FEWEST_ACROSS else ()


def _beyond_months(texts: Sequence[str]) -> bool:
    """True when six digits are among them whose last two can be no month."""
    return any(_DIGITS.fullmatch(text) and int(text[-2:]) > _MONTHS_A_YEAR for text in texts)


def holds_quarters(cells: Texts) -> bool:
    """True when every filled cell is a quarter of a year."""
    texts = [text for text in (cell.strip() for cell in cells.used().texts) if text]
    return bool(texts) and all(map(_is_quarter, texts))


def quarter_headings(labels: Sequence[str]) -> tuple[str, ...]:
    """Headings that are quarters of a year."""
    return tuple(label for label in labels if _is_quarter(label.strip()))


def _is_quarter(text: str) -> bool:
    return len(text) <= _LONGEST and bool(_QUARTER.fullmatch(text))


def weeks_of(label: str, cells: Texts, read: Months, chosen: Mapping[str, str], *, orders: bool) -> Weeks | None:
    """Months of a column of weeks; None when it holds none.

    Args:
        label: Its heading.
        cells: The column.
        read: The column read as dates.
        chosen: Heading -> rule a person chose.
        orders: True when the rows are lines of orders: their dates are days, however regular.
    """
    cells = cells.distinct()
    codes, texts = cells.codes, cells.texts
    named = holds_weeks(cells, label)
    if named:
        days = np.array([_monday(text.strip(), digits=True) or 0 for text in texts], dtype=np.int64)
    elif orders or not is_weekly(read):
        return None
    else:
        first = np.unique(codes, return_index=True)[1]
        days = _days(read)[first]
    rules = _OF_DAYS if not named else _OF_WEEKS if read.bad.any() else _OF_DIGITS
    rule = {name.casefold(): rule for name, rule in chosen.items()}.get(label.casefold(), "")
    if rule == MONTHS and rule in rules:
        return None
    if rule not in rules:
        questions = (_question(label, texts, days, rules),)
        return Weeks(months=np.zeros(len(cells), dtype=np.int64), later=np.zeros(len(cells)), questions=questions)
    months, later = _months(days, rule)
    finding = Finding(
        kind=told.WEEKS_IN_MONTHS,
        table="sales",
        place=label,
        detail=_sentence(rules[rule], days, rule),
        count=len(days),
    )
    return Weeks(months=months[codes], later=later[codes], findings=(finding,))


def _monday(text: str, *, digits: bool = False) -> int | None:
    """The first day of a week, counted from day 1 of year 1; None when the text names no week.

    Args:
        text: A cell.
        digits: Whether six digits are a year and its week.
    """
    if len(text) > _LONGEST:
        return None
    if found := _YEAR_WEEK.fullmatch(text) or (digits and _DIGITS.fullmatch(text)) or None:
        year, week = int(found[1]), int(found[2])
    elif found := _WEEK_YEAR.fullmatch(text):
        year, week = int(found[2]), int(found[1])
    else:
        return None
    try:
        return dt.date.fromisocalendar(year, week, 1).toordinal()
    except ValueError:
        return None


def _days(read: Months) -> NDArray[np.int64]:
    """Days counted from day 1 of year 1; 0 where there is no date."""
    marks = read.ordinals * 32 + read.days
    codes, different = pd.factorize(marks)
    days = [dt.date(m // 32 // 12, m // 32 % 12 + 1, m % 32).toordinal() if m else 0 for m in different.tolist()]
    return np.array(days, dtype=np.int64)[codes]


def is_weekly(read: Months) -> bool:
    """True when all dates lie whole weeks apart and most of them one: one day stands for each week."""
    if read.bad.any() or read.open or not ((read.days > 0) | (read.ordinals == 0)).all():
        return False
    days = np.unique(_days(read))
    steps = np.diff(days[days > 0])
    return len(steps) >= _FEWEST and bool((steps % _DAYS == 0).all()) and float(np.median(steps)) == _DAYS


def _months(days: NDArray[np.int64], rule: str) -> tuple[NDArray[np.int64], Array]:
    """Month of each week and the share of it that falls into the next one."""
    first = days - (_DAYS - 1) * (rule == TO_DAY) + (_DAYS // 2) * (rule == WHOLE)  # its middle is in most of it
    known = days > 0
    months = np.array([_month(day) if ok else 0 for day, ok in zip(first.tolist(), known.tolist(), strict=True)])
    if rule in {WHOLE, ONE_DAY}:
        return months.astype(np.int64), np.zeros(len(days))
    ends = [dt.date(m // 12 + (m % 12 == 11), (m + 1) % 12 + 1, 1).toordinal() if m else 0 for m in months.tolist()]
    later = np.clip(first + _DAYS - np.array(ends, dtype=np.int64), 0, _DAYS) / _DAYS
    return months.astype(np.int64), np.where(known, later, 0.0)


def _month(day: int) -> int:
    date = dt.date.fromordinal(max(day, 1))
    return date.year * 12 + date.month - 1


def _question(label: str, texts: TextArray, days: NDArray[np.int64], rules: Mapping[str, str]) -> Question:
    crossing = np.flatnonzero(np.max([_months(days, rule)[1] for rule in rules], axis=0) > 0.0)
    places = (crossing if len(crossing) else np.flatnonzero(days)).tolist()[:_PREVIEWS]
    shown = [(str(texts[at]).strip(), int(days[at])) for at in places]
    readings = tuple(
        Reading(
            answer=rule,
            label=words,
            preview=tuple((f"“{text}”", _in_words(text, day, rule)) for text, day in shown),
        )
        for rule, words in rules.items()
    )
    text = f"“{label}” holds weeks, but the plan is by month. How do weeks become months?"
    return Question(key="weeks", name=label, text=text, readings=readings)


def _in_words(text: str, day: int, rule: str) -> str:
    """The month of a week, or how many of its days lie in which."""
    if rule == MONTHS:
        return short_name(f"{text[:4]}-{text[4:]}")
    (month,), (later,) = _months(np.array([day]), rule)
    first, second = (short_name(month_of(int(month) + step)) for step in (0, 1))
    after = round(later * _DAYS)
    before = _DAYS - after
    return f"{before} day{'s' * (before > 1)} in {first}, {after} in {second}" if after else first


def _sentence(words: str, days: NDArray[np.int64], rule: str) -> str:
    """The rule, and how much of the first and the last month the weeks cover."""
    months, later = _months(days[days > 0], rule)
    parted = int((later > 0.0).sum())
    text = f"{words[0].upper()}{words[1:]}; {parted:,} of {len(months):,} weeks reach into a second month."
    if rule in {WHOLE, ONE_DAY}:
        return text
    first = days[days > 0] - (_DAYS - 1) * (rule == TO_DAY)
    began, ended = dt.date.fromordinal(int(first.min())), dt.date.fromordinal(int(first.max()) + _DAYS - 1)
    return f"{text} They run from {_day(began)} to {_day(ended)}: the months at both ends may not be whole."


def _day(date: dt.date) -> str:
    return f"{date.day} {short_name(f'{date:%Y-%m}')}"
