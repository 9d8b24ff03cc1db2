"""What a person writes into a cell of the demand sheet: 12,000 sets it, +500 or −500 adds units, +10 % changes it."""

import math
import re
from dataclasses import dataclass
from typing import Any

from sop_dash.core.model.errors import BadValue
from sop_dash.core.model.records import AdjustmentType

LARGEST_UNITS = 1e9
LARGEST_RATIO = 10.0
_SPACES = re.compile(r"[\s\u00a0\u202f'’$€£¥]")
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?([eE][+-]?\d+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d{1,2}")
_LONGEST_SHOWN, _LONGEST_NUMBER = 24, 40


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing written into a cell.

    Args:
        type: Set to a value, add units, or change by a fraction.
        value: Units (thousands of money on a row of a category), or the fraction.
    """

    type: AdjustmentType
    value: float


def read_entry(written: Any) -> Entry:
    """The entry behind a typed, pasted or posted value.

    Thousands may be separated by commas, spaces or apostrophes; a leading sign adds, a percent sign changes.

    Raises:
        BadValue: It is empty, not a finite number, or too large.
    """
    if isinstance(written, bool) or not isinstance(written, str | int | float):
        raise BadValue("value", "This is not a number.")
    if not isinstance(written, str):
        return _within(Entry(type=AdjustmentType.ABSOLUTE, value=float(written)), f"{written:g}")
    text = _SPACES.sub("", written).replace("−", "-").replace("–", "-")
    if not text:
        raise BadValue("value", "The cell is empty.", remedy="Write a number.")
    shown = written.strip()[:_LONGEST_SHOWN]
    percent = text.endswith("%")
    value = _number(text.removesuffix("%"), shown)
    if percent:
        return _within(Entry(type=AdjustmentType.PERCENTAGE, value=value / 100.0), shown)
    kind = AdjustmentType.ADDITIVE if text[0] in "+-" else AdjustmentType.ABSOLUTE
    return _within(Entry(type=kind, value=value), shown)


def _number(text: str, shown: str) -> float:
    if len(text) <= _LONGEST_NUMBER and _DECIMAL_COMMA.fullmatch(text):
        return float(text.replace(",", "."))
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text) or not any(letter.isdigit() for letter in text):
        raise BadValue("value", f"“{shown}” is not a number.", remedy="Write units, +500, −500 or +10 %.")
    return float(text.replace(",", ""))


def _within(entry: Entry, shown: str) -> Entry:
    if not math.isfinite(entry.value):
        raise BadValue("value", f"“{shown}” is not a finite number.")
    if entry.type is AdjustmentType.PERCENTAGE:
        if not -1.0 <= entry.value <= LARGEST_RATIO:
            raise BadValue("value", f"“{shown}” must lie between −100 % and +{100.0 * LARGEST_RATIO:,.0f} %.")
    elif abs(entry.value) > LARGEST_UNITS:
        raise BadValue("value", f"“{shown}” is more than {LARGEST_UNITS:,.0f}.")
    elif entry.type is AdjustmentType.ABSOLUTE and entry.value < 0.0:
        raise BadValue("value", f"“{shown}” is below zero.")
    return entry
