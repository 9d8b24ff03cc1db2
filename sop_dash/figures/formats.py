"""Written numbers: the one set of formats that tiles, tables, charts, sentences, decks and workbooks share.

Unknown (None or NaN) is an en dash. Minus is the true minus sign; number and unit never part at the end of a line.
Ratios are fractions and are shown in percent; changes of a ratio in points. A shortage is written in brackets.
"""

import math
from collections.abc import Callable, Sequence
from datetime import date

from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.periods import day_name, shift, short_name

MISSING = "–"
MINUS = "−"
SPACE = "\u00a0"  # no-break

_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CNY": "¥", "INR": "₹", "KRW": "₩"}
_STEPS = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"))
# Digits after the point in tables, where a column is read downwards; units not named have none.
CELL_DECIMALS = {Unit.RATIO: 1, Unit.DAYS: 1, Unit.TURNS: 1, Unit.MONEY_PER_HOUR: 2, Unit.INDEX: 2}


def known(value: float | None) -> bool:
    """True for a number that can be shown: not None, not NaN, not infinite."""
    return value is not None and math.isfinite(value)


def currency_symbol(code: str) -> str:
    """The symbol of a three-letter code; the code itself where it has none."""
    return _SYMBOLS.get(code.upper(), code.upper())


def number(value: float | None, decimals: int = 0) -> str:
    """A plain number with thousands separated."""
    if value is None or not math.isfinite(value):
        return MISSING
    text = f"{abs(value):,.{decimals}f}"
    return f"{MINUS}{text}" if value < 0 and float(text.replace(",", "")) != 0 else text


def compact(value: float | None) -> str:
    """A number in three digits and a letter: 64.7 M, 6.47 M, 647 k; below a thousand it is written out."""
    if value is None or not math.isfinite(value):
        return MISSING
    size = abs(value)
    for step, letter in _STEPS:
        # 999,600 would round to "1,000 k": it belongs to the next letter.
        if size >= step * 0.9995:
            return f"{MINUS if value < 0 else ''}{_three_digits(size / step)}{SPACE}{letter}"
    return number(value, 0 if size >= 100 or value == int(value) else 1)


def _three_digits(size: float) -> str:
    decimals = 0 if size >= 99.95 else 1 if size >= 9.995 else 2
    return f"{size:,.{decimals}f}"


def money(value: float | None, currency: str = "USD") -> str:
    """Money for tiles and sentences: $ 64.7 M, −€ 320 k."""
    return _with_symbol(compact(value), currency)


def money_in_full(value: float | None, currency: str = "USD", decimals: int = 0) -> str:
    """Money to the last unit, for accounts and why panels: $ 64,712,345."""
    return _with_symbol(number(value, decimals), currency)


def _with_symbol(text: str, currency: str) -> str:
    if text == MISSING:
        return MISSING
    sign, size = (MINUS, text[1:]) if text.startswith(MINUS) else ("", text)
    return f"{sign}{currency_symbol(currency)}{SPACE}{size}"


def percent(value: float | None, decimals: int = 1) -> str:
    """A ratio in percent: 0.934 is 93.4 %."""
    return MISSING if value is None or not math.isfinite(value) else f"{number(value * 100, decimals)}{SPACE}%"


def _worded(word: str, decimals: Callable[[float], int]) -> Callable[[float, str], str]:
    return lambda value, _: f"{number(value, decimals(value))}{SPACE}{word}"


_KPI_TEXT: dict[Unit, Callable[[float, str], str]] = {
    Unit.MONEY: money,
    Unit.RATIO: lambda value, _: percent(value),
    Unit.UNITS: lambda value, _: compact(value) if abs(value) >= 1e6 else number(value),
    Unit.HOURS: _worded("h", lambda _: 0),
    Unit.DAYS: _worded("days", lambda value: 0 if abs(value) >= 10 else 1),
    Unit.TURNS: _worded("turns", lambda _: 1),
    Unit.COUNT: lambda value, _: number(value),
    Unit.MONEY_PER_HOUR: lambda value, currency: f"{money(value, currency)}{SPACE}/{SPACE}h",
    Unit.INDEX: lambda value, _: number(value, 2),
}


def written(value: float | None, unit: Unit, currency: str = "USD") -> str:
    """A figure as its tile shows it, unit included."""
    if value is None or not math.isfinite(value):
        return MISSING
    return _KPI_TEXT[unit](value, currency)


def signed(value: float | None, unit: Unit, currency: str = "USD") -> str:
    """A change, always with its sign: +$ 1.2 M, −0.6 pts. A change that rounds to nothing is ±0."""
    if value is None or not math.isfinite(value):
        return MISSING
    text = f"{number(value * 100, 1)}{SPACE}pts" if unit is Unit.RATIO else written(value, unit, currency)
    if not any(digit in "123456789" for digit in text):
        return f"±{text}"
    return text if text.startswith(MINUS) else f"+{text}"


def signed_percent(value: float | None, decimals: int = 1) -> str:
    """A relative change: 0.012 is +1.2 %."""
    text = percent(value, decimals)
    if text == MISSING or text.startswith(MINUS):
        return text
    return f"+{text}" if any(digit in "123456789" for digit in text) else f"±{text}"


def shortage(value: float | None, decimals: int = 0) -> str:
    """A gap (supply less demand): what is missing stands in brackets, (1,240); what is over is plain."""
    text = number(value, decimals)
    return f"({text[1:]})" if text.startswith(MINUS) else text


def months_in_words(months: Sequence[str]) -> str:
    """Months as one period: `Nov 26–Jan 27`; a single month alone; none is an en dash."""
    if not months:
        return MISSING
    first, last = short_name(months[0]), short_name(months[-1])
    return first if first == last else f"{first}–{last}"


def date_in_words(day: str) -> str:
    """`2026-11-30`, with or without a time after it, as `30 Nov 26`; an en dash where there is none."""
    return day_name(day).replace(" ", SPACE, 1) if len(day) >= 10 else MISSING


def moment_in_words(at: str) -> str:
    """A moment of the server in UTC, `2026-11-30T09:05:12+00:00`, as `30 Nov 26, 09:05 UTC`; a day alone is a date."""
    day = date_in_words(at)
    return f"{day}, {at[11:16]}{SPACE}UTC" if len(at) >= 16 else day


def spans_in_words(months: Sequence[str]) -> str:
    """Months in order as their runs: `Dec 26 and Oct 27–Nov 27`; none is an en dash."""
    runs: list[list[str]] = []
    for month in months:
        if runs and shift(runs[-1][-1], 1) == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    return listed([months_in_words(run) for run in runs], most=4) or MISSING


def day_in_words(day: date) -> str:
    """A day of the cycle: `Fri 27 Nov`."""
    return f"{day:%a} {day.day}{SPACE}{day:%b}"


def days_in_words(first: date, last: date) -> str:
    """Days as one period: `4–6 Nov`, `30 Nov – 2 Dec`; a single day alone."""
    if first == last:
        return f"{last.day}{SPACE}{last:%b}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day}{SPACE}{last:%b}"
    return f"{first.day}{SPACE}{first:%b} – {last.day}{SPACE}{last:%b}"


def plural(count: int, word: str, words: str = "") -> str:
    """A count with its noun: 1 change, 8 changes; `words` is the plural that takes more than an s."""
    return f"{count:,}{SPACE}{word if count == 1 else words or word + 's'}"


def listed(names: Sequence[str], most: int = 3) -> str:
    """Names in a sentence: a, b and c; the rest is counted ("a, b, c and 4 more")."""
    shown, rest = list(names[:most]), len(names) - most
    if rest > 0:
        return f"{', '.join(shown)} and {rest} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)
