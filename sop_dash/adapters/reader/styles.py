"""Which number formats of a workbook mean a date, and what a number looks like under one.

Only what changes the meaning counts: a date, and codes with leading zeros (`00000`).
"""

import re
from datetime import datetime, timedelta

_DATES = frozenset({*range(14, 18), 22, *range(27, 32), 34, 35, 36, *range(50, 59)})
"""Built-in formats that show a day or a month."""

_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ZEROS = re.compile(r"0{2,18}")
_EPOCH_1900, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001  # a spreadsheet has no zones
_LAST_SERIAL = 2_958_466
_WHOLE = 1e15

DATE, PLAIN = -1, 0
"""What a format does to a number; a positive count is a width to fill with zeros."""


def meaning_of(format_id: int, code: str | None) -> int:
    """`DATE`, `PLAIN` or the number of digits a code is filled up to."""
    if code is None:
        return DATE if format_id in _DATES else PLAIN
    first = _LITERALS.sub("", code.split(";")[0]).strip().lower()
    if _ZEROS.fullmatch(first):
        return len(first)
    if first == "general" or any(sign in first for sign in "0#?@"):
        return PLAIN
    shows_time = "h" in first or "s" in first
    return DATE if "y" in first or "d" in first or ("m" in first and not shows_time) else PLAIN


def shown(text: str, meaning: int, *, from_1904: bool) -> str | int | float:
    """A stored number as it is meant: a number, or text for a date (ISO) or a code with leading zeros.

    Raises `ValueError` when the text is no number.
    """
    value = float(text)
    if meaning == DATE and 0.0 < value < _LAST_SERIAL:
        return _day(value, from_1904=from_1904)
    if value == int(value) and abs(value) < _WHOLE:
        whole = int(value)
        return f"{whole:0{meaning}d}" if meaning > 0 and whole >= 0 else whole
    return float(f"{value:.15g}")  # what a spreadsheet shows: 15 digits


def _day(serial: float, *, from_1904: bool) -> str:
    seconds = round(serial * 86_400)
    moment = (_EPOCH_1904 if from_1904 else _EPOCH_1900) + timedelta(seconds=seconds)
    return moment.strftime("%Y-%m-%d") if seconds % 86_400 == 0 else moment.strftime("%Y-%m-%dT%H:%M:%S")
