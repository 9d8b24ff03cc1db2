"""Cells of one column from text to values; what cannot be read is reported by position, never guessed.

Numbers are plain: a decimal point, no thousands signs, no currency or per cent signs. Months are `YYYY-MM` or a date.
"""

import datetime as dt
import math
import re
from collections.abc import Callable
from contextlib import suppress

import numpy as np
import pandas as pd

from sop_dash.core.data.texts import Codes, TextArray, Texts
from sop_dash.core.model.arrays import Array, BoolArray

_PLAIN = frozenset("0123456789+-.eE ")
_RESIDUE = 1e-9
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?)?", re.ASCII)


def read_numbers(cells: Texts) -> tuple[Array, BoolArray]:
    """Numbers of a column, NaN where empty, and True where the text is no plain finite number (NaN there too).

    What a spreadsheet leaves of a zero (below one billionth) is zero.
    """
    used = cells.used()
    values, bad = _numbers(used.texts)
    values = np.where(np.abs(values) < _RESIDUE, 0.0, values)
    return values[used.codes], bad[used.codes]


def _numbers(texts: TextArray) -> tuple[Array, BoolArray]:
    if _PLAIN.issuperset("".join(texts)):
        with suppress(ValueError):
            values = np.where(texts == "", "nan", texts).astype(np.float64)
            infinite = np.isinf(values)
            return np.where(infinite, np.nan, values), infinite
    read = [_number(text.strip()) for text in texts]
    values = np.array([math.nan if value is None else value for value in read], dtype=np.float64)
    return values, np.array([value is None for value in read], dtype=np.bool_)


def _number(text: str) -> float | None:
    if not text:
        return math.nan
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value if math.isfinite(value) else None


def rows_of(column: pd.Series, chosen: Callable[[str], bool]) -> BoolArray:
    """True where the text of a typed column of names or months is chosen; every different text is looked at once."""
    flags = np.array([chosen(str(name)) for name in column.cat.categories], dtype=np.bool_)
    codes = column.cat.codes.to_numpy()
    return flags[codes] if len(flags) else np.zeros(len(codes), dtype=np.bool_)


def read_text(cells: Texts) -> tuple["pd.Categorical[str]", BoolArray]:
    """Text without outer spaces (empty cells are empty text), and True where spaces were removed."""
    stripped = [text.strip() for text in cells.texts]
    spaced = np.array([text != plain for text, plain in zip(cells.texts, stripped, strict=True)], dtype=np.bool_)
    return _categorical(cells.codes, stripped), spaced[cells.codes]


def read_months(cells: Texts) -> tuple["pd.Categorical[str]", BoolArray]:
    """Months `YYYY-MM` of a column, empty where empty, and True where the text is neither a month nor a date."""
    return _read_checked(cells, _month)


def read_dates(cells: Texts) -> tuple["pd.Categorical[str]", BoolArray]:
    """Days `YYYY-MM-DD` of a column, empty where empty, and True where the text is no such day."""
    return _read_checked(cells, _day)


def read_choices(cells: Texts, choices: tuple[str, ...]) -> tuple["pd.Categorical[str]", BoolArray]:
    """One of `choices` in every filled cell, capitals ignored, and True where the word is none of them."""
    known = {word.lower(): word for word in choices}
    return _read_checked(cells, lambda text: known.get(text.lower()))


def _read_checked(cells: Texts, read: Callable[[str], str | None]) -> tuple["pd.Categorical[str]", BoolArray]:
    values = [read(text.strip()) if text.strip() else "" for text in cells.texts]
    bad = np.array([value is None for value in values], dtype=np.bool_)
    return _categorical(cells.codes, [value or "" for value in values]), bad[cells.codes]


def _categorical(codes: Codes, values: list[str]) -> "pd.Categorical[str]":
    """Sorted categories without unused ones: nothing later depends on the order of rows or on rows left out."""
    used = np.zeros(len(values), dtype=np.bool_)
    used[codes] = True
    names = sorted({value for value, kept in zip(values, used, strict=True) if kept})
    place = {name: position for position, name in enumerate(names)}
    target = np.array([place.get(value, -1) for value in values], dtype=np.intp)
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
