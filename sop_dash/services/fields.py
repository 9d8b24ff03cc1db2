"""One gate for every value a person enters: text, choice, day, month and number, each refused with its field's name."""

import math
import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from sop_dash.core.model.errors import BadValue
from sop_dash.core.model.periods import ordinal

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
E = TypeVar("E", bound=StrEnum)
LONGEST_TEXT = 2_000
LARGEST_MONEY = 1e13


def text_of(
    given: Mapping[str, Any], field: str, *, label: str, required: bool = True, longest: int = LONGEST_TEXT
) -> str:
    """Trimmed text without control characters. Raises `BadValue` when required and empty, or too long."""
    value = given.get(field)
    if value is not None and not isinstance(value, str):
        raise BadValue(field, f"{label} must be text.")
    cleaned = _CONTROL.sub(" ", value or "").strip()
    if required and not cleaned:
        raise BadValue(field, f"{label} is missing.", remedy="Fill it in, then save again.")
    if len(cleaned) > longest:
        raise BadValue(field, f"{label} is longer than {longest:,} characters.")
    return cleaned


def choice_of(given: Mapping[str, Any], field: str, kind: type[E], *, label: str, default: E | None = None) -> E:
    """One of the values of `kind`. Raises `BadValue` naming them otherwise."""
    value = given.get(field)
    if value in (None, "") and default is not None:
        return default
    try:
        return kind(value)  # type: ignore[arg-type]  # an unknown value is what the except is for
    except ValueError as error:
        raise BadValue(field, f"{label} must be one of: {', '.join(kind)}.") from error


def day_of(given: Mapping[str, Any], field: str, *, label: str, required: bool = False) -> str:
    """A day as `YYYY-MM-DD`; empty when absent and not required."""
    value = text_of(given, field, label=label, required=required, longest=10)
    if value:
        try:
            date.fromisoformat(value)
        except ValueError as error:
            raise BadValue(field, f"{label} “{value}” is not a day.", remedy="Write it as YYYY-MM-DD.") from error
    return value


def month_field(given: Mapping[str, Any], field: str, *, label: str, required: bool = True) -> str:
    """A month as `YYYY-MM`; empty when absent and not required."""
    value = text_of(given, field, label=label, required=required, longest=10)
    if value:
        ordinal(value)
    return value[:7]


def number_of(
    given: Mapping[str, Any],
    field: str,
    *,
    label: str,
    low: float = -LARGEST_MONEY,
    high: float = LARGEST_MONEY,
    required: bool = True,
) -> float | None:
    """A finite number within its limits; None when absent and not required. Raises `BadValue` otherwise."""
    value = given.get(field)
    if value is None or value == "":
        if required:
            raise BadValue(field, f"{label} is missing.", remedy="Enter a number.")
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BadValue(field, f"{label} must be a plain number.")
    if not low <= value <= high:
        raise BadValue(field, f"{label} is {value:g}; it must lie between {low:g} and {high:g}.")
    return float(value)
