"""Cells of one column from text to values; what cannot be read is reported by position, never guessed.

Numbers are plain: a decimal point, no thousands signs, no currency or per cent signs. Months are `YYYY-MM` or a date.
"""

import datetime as dt
import math
import re
from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sop_dash.core.data.raw import TextArray
from sop_dash.core.model.arrays import Array, BoolArray

_PLAIN = frozenset("0123456789+-.eE ")
_RESIDUE = 1e-9
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?)?", re.ASCII)


def read_numbers(cells: TextArray) -> tuple[Array, BoolArray]:
    """Numbers of a column, NaN where empty, and True where the text is no plain finite number (NaN there too).

    What a spreadsheet leaves of a zero (below one billionth) is zero.
    """
    values, bad = _numbers(cells)
    return np.where(np.abs(values) < _RESIDUE, 0.0, values), bad


def _numbers(cells: TextArray) -> tuple[Array, BoolArray]:
    if _PLAIN.issuperset("".join(cells)):
        try:
            values = np.where(cells == "", "nan", cells).astype(np.float64)
        except ValueError:
            return _numbers_one_by_one(cells)
        infinite = np.isinf(values)
        return np.where(infinite, np.nan, values), infinite
    return _numbers_one_by_one(cells)


def _numbers_one_by_one(cells: TextArray) -> tuple[Array, BoolArray]:
    codes, uniques = pd.factorize(cells)
    read = [_number(text.strip()) for text in uniques]
    values = np.array([math.nan if value is None else value for value in read], dtype=np.float64)
    bad = np.array([value is None for value in read], dtype=np.bool_)
    return values[codes], bad[codes]


def _number(text: str) -> float | None:
    if not text:
        return math.nan
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value if math.isfinite(value) else None


def read_text(cells: TextArray) -> tuple["pd.Categorical[str]", BoolArray]:
    """Text without outer spaces (empty cells are empty text), and True where spaces were removed."""
    codes, uniques = pd.factorize(cells)
    stripped = [text.strip() for text in uniques]
    changed = np.array([a != b for a, b in zip(stripped, uniques, strict=True)], dtype=np.bool_)
    return _categorical(codes, stripped), changed[codes]


def read_months(cells: TextArray) -> tuple["pd.Categorical[str]", BoolArray]:
    """Months `YYYY-MM` of a column, empty where empty, and True where the text is neither a month nor a date."""
    return _read_checked(cells, _month)


def read_dates(cells: TextArray) -> tuple["pd.Categorical[str]", BoolArray]:
    """Days `YYYY-MM-DD` of a column, empty where empty, and True where the text is no such day."""
    return _read_checked(cells, _day)


def read_choices(cells: TextArray, choices: tuple[str, ...]) -> tuple["pd.Categorical[str]", BoolArray]:
    """One of `choices` in every filled cell, capitals ignored, and True where the word is none of them."""
    known = {word.lower(): word for word in choices}
    return _read_checked(cells, lambda text: known.get(text.lower()))


def _read_checked(cells: TextArray, read: Callable[[str], str | None]) -> tuple["pd.Categorical[str]", BoolArray]:
    codes, uniques = pd.factorize(cells)
    values = [read(text.strip()) if text.strip() else "" for text in uniques]
    bad = np.array([value is None for value in values], dtype=np.bool_)
    return _categorical(codes, [value or "" for value in values]), bad[codes]


def _categorical(codes: NDArray[np.intp], values: list[str]) -> "pd.Categorical[str]":
    """Sorted categories, so that nothing later depends on the order of the rows."""
    names = sorted(set(values))
    place = {name: position for position, name in enumerate(names)}
    target = np.array([place[value] for value in values], dtype=np.intp)
    return pd.Categorical.from_codes(target[codes] if len(values) else codes, categories=pd.Index(names, dtype=object))


def _month(text: str) -> str | None:
    found = _MONTH.fullmatch(text)
    if not found or not 1 <= int(found[2]) <= 12 or int(found[1]) < 1900:
        return None
    if found[3] is not None and _day(text[:10]) is None:
        return None
    return text[:7]


def _day(text: str) -> str | None:
    found = _MONTH.fullmatch(text)
    if not found or found[3] is None:
        return None
    try:
        dt.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
    return text[:10]
