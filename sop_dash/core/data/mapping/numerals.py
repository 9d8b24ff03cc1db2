"""Numbers as people of any country write them: which sign is the decimal one is decided by the whole column.

Two readings are tried: decimal point and decimal comma; in each the other sign, spaces and apostrophes group digits by
three (or in the Indian way). Signs of currency, brackets or a trailing minus for negative numbers are understood.
"""

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from sop_dash.core.data.texts import TextArray, Texts, text_array
from sop_dash.core.model.arrays import Array, BoolArray

POINT, COMMA = ".", ","
_PLAIN = frozenset("0123456789.-\n")
_PLAIN_OR_POWER = _PLAIN | frozenset("eE+")
_ONE_DECIMAL_POINT = re.compile(r"\.(?!\d{3}$)|^-?0\.|^-?\.|\d{4}\.", re.MULTILINE)
_ONE_DECIMAL_COMMA = re.compile(r",(?!\d{3}$)|^-?0,|^-?,|\d{4},", re.MULTILINE)

_CODES = (
    "EUR USD GBP CHF JPY CNY INR BRL MXN CAD AUD NZD SEK NOK DKK PLN CZK HUF RON TRY RUB UAH ZAR KRW SGD HKD THB IDR "
    "MYR PHP VND AED SAR ILS EGP NGN KES ARS CLP COP PEN BGN ISK"
)
_MARKS = {
    "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₺": "TRY", "₩": "KRW", "₪": "ILS", "₴": "UAH",
    "R$": "BRL", "$": "USD", "zł": "PLN", "Kč": "CZK", "Ft": "HUF", "kr.": "kr", "kr": "kr", "Fr.": "CHF", "lei": "RON",
    **{code: code for code in _CODES.split()},
}  # fmt: skip
_MARK = "|".join(re.escape(mark) for mark in sorted(_MARKS, key=len, reverse=True))
_AMOUNT = re.compile(rf"(?P<a>{_MARK})?\s*(?P<minus>-)?\s*(?P<b>{_MARK})?\s*(?P<body>[\d.,' ]+?)\s*(?P<c>{_MARK})?")
_SCIENTIFIC = re.compile(r"-?\d+(?:\.\d+)?[eE][+-]?\d+")
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\t": " "})
_SIGNS = str.maketrans({"−": "-", "–": "-", "’": "'", "`": "'", "´": "'", "٬": "'", "＋": "+", "．": ".", "，": ","})
_ARABIC_DECIMAL = "٫"
_LONGEST = 100
_NOTHING = frozenset({"", "-", "--", "n/a", "na", "n.a.", "null", "none", "nan", "#n/a", "k.a.", "s/d", "."})


@dataclass(frozen=True, kw_only=True, eq=False)
class Numbers:
    """A column read as numbers.

    Args:
        values: [n] NaN where empty or unreadable.
        bad: [n] True where the text is no number in this reading.
        decimal: Decimal sign of the reading.
        open: True when the other reading is possible too and gives other numbers.
        decided: True when at least one cell can be read in one way only.
        placeholders: Cells such as "-" or "n/a" read as empty.
        currencies: Currencies written in the cells.
        local: True when any cell needed more than a plain decimal point.
    """

    values: Array
    bad: BoolArray
    decimal: str = POINT
    open: bool = False
    decided: bool = False
    placeholders: int = 0
    currencies: tuple[str, ...] = ()
    local: bool = False


def read_column(cells: Texts, typed: BoolArray, decimal: str | None = None) -> Numbers:
    """Read a column; cells that the file itself calls numbers are taken as they are.

    Args:
        cells: The column.
        typed: [n] True where the file says that the cell is a number.
        decimal: Decimal sign if it is known; None to decide by the column.
    """
    if typed.all():
        return Numbers(values=_as_typed(cells), bad=np.zeros(len(cells), dtype=np.bool_), decided=True)
    if not typed.any():
        used = cells.used()
        fast = _fast(used.texts, decimal)
        if fast is not None:
            return replace(fast, values=fast.values[used.codes], bad=fast.bad[used.codes])
    written = cells[~typed].used()
    read = _read_texts(written.texts.tolist(), decimal)
    values, bad = np.zeros(len(cells)), np.zeros(len(cells), dtype=np.bool_)
    values[~typed], bad[~typed] = read.values[written.codes], read.bad[written.codes]
    values[typed] = _as_typed(cells[typed])
    placeholders = int(written.where(_is_placeholder).sum())
    return Numbers(
        values=values,
        bad=bad,
        decimal=read.decimal,
        open=read.open,
        decided=read.decided,
        placeholders=placeholders,
        currencies=read.currencies,
        local=read.local,
    )


def _as_typed(cells: Texts) -> Array:
    """Cells that the file itself calls numbers."""
    used = cells.used()
    return np.asarray(used.texts.astype(np.float64)[used.codes], dtype=np.float64)


def is_plain(cells: Texts) -> bool:
    """True when every cell is a plain number and a decimal point, if there is one, can be nothing else."""
    joined = "\n".join(cells.used().texts)
    return _PLAIN_OR_POWER.issuperset(joined) and ("." not in joined or bool(_ONE_DECIMAL_POINT.search(joined)))


def looks_numeric(text: str) -> bool:
    """True when a text is a number in at least one reading."""
    amount = _amount(text)
    return amount is not None and any(_value(amount, sign) is not None for sign in (POINT, COMMA))


def _fast(cells: TextArray, decimal: str | None) -> Numbers | None:
    """Long columns of plain digits and one decided decimal sign, without looking at each cell; None when not so."""
    joined = "\n".join(cells)
    point, comma = "." in joined, "," in joined
    if point and comma:
        return None
    if comma and (decimal == POINT or not _ONE_DECIMAL_COMMA.search(joined)):
        return None
    if point and (decimal == COMMA or not _ONE_DECIMAL_POINT.search(joined)):
        return None
    if not (_PLAIN | {COMMA}).issuperset(joined):
        return None
    texts = text_array(joined.replace(COMMA, POINT).split("\n")) if comma else cells
    try:
        values = np.where(texts == "", "nan", texts).astype(np.float64)
    except ValueError:
        return None
    sign = COMMA if comma else POINT
    bad = np.zeros(len(values), dtype=np.bool_)
    return Numbers(values=values, bad=bad, decimal=sign, decided=point or comma, local=comma)


@dataclass(frozen=True, kw_only=True)
class _Amount:
    """A cell taken apart: sign, digits with their separators, currency, and the one decimal sign it can only have."""

    negative: bool
    body: str
    currency: str = ""
    only: str = ""


def _read_texts(texts: list[str], decimal: str | None) -> Numbers:
    amounts = [None if _is_empty(text) else _amount(text) for text in texts]
    empty = np.array([_is_empty(text) for text in texts], dtype=np.bool_)
    readings = {sign: _values(amounts, sign) for sign in (POINT, COMMA)}
    fits = {sign: int((~np.isnan(values)).sum()) for sign, values in readings.items()}
    other = ~empty & (np.nan_to_num(readings[POINT], nan=math.inf) != np.nan_to_num(readings[COMMA], nan=math.inf))
    sign = decimal or (COMMA if fits[COMMA] > fits[POINT] else POINT)
    values = readings[sign]
    both = fits[POINT] == fits[COMMA]
    sure = other & (np.isnan(readings[POINT]) | np.isnan(readings[COMMA]))
    return Numbers(
        values=values,
        bad=np.asarray(~empty & np.isnan(values), dtype=np.bool_),
        decimal=sign,
        open=bool(decimal is None and both and other.any() and not sure.any()),
        decided=bool(sure.any()) and not both,
        currencies=tuple(sorted({amount.currency for amount in amounts if amount and amount.currency})),
        local=any(amount is not None and not _is_plain(text) for text, amount in zip(texts, amounts, strict=True)),
    )


def currencies_of(texts: Iterable[str]) -> set[str]:
    """The currencies that stand beside amounts, as codes where the sign has one."""
    amounts = (_amount(text) for text in set(texts) if not _is_empty(text))
    return {amount.currency for amount in amounts if amount and amount.currency}


def _values(amounts: "list[_Amount | None]", sign: str) -> Array:
    read = (None if amount is None else _value(amount, sign) for amount in amounts)
    return np.array([math.nan if value is None else value for value in read], dtype=np.float64)


def _is_plain(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _is_empty(text: str) -> bool:
    return text.strip().lower() in _NOTHING


def _is_placeholder(text: str) -> bool:
    return bool(text.strip()) and _is_empty(text)


def _amount(text: str) -> _Amount | None:
    if len(text) > _LONGEST:
        return None
    text = text.translate(_SPACES).translate(_SIGNS).strip()
    only = POINT if _ARABIC_DECIMAL in text else ""
    text = text.replace(_ARABIC_DECIMAL, POINT)
    if not text.isascii():
        text = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
    negative = False
    if text.startswith("(") and text.endswith(")"):
        negative, text = True, text[1:-1].strip()
    elif text.endswith("-"):
        negative, text = True, text[:-1].strip()
    text = text.removeprefix("+")
    if _SCIENTIFIC.fullmatch(text):
        return _Amount(negative=negative, body=text, only=POINT)
    found = _AMOUNT.fullmatch(text)
    if not found or (negative and found["minus"]):
        return None
    marks = {_MARKS[mark] for mark in (found["a"], found["b"], found["c"]) if mark}
    if len(marks) > 1:
        return None
    return _Amount(
        negative=negative or bool(found["minus"]), body=found["body"].strip(), currency=next(iter(marks), ""), only=only
    )


def _grouped(decimal: str, group: str) -> re.Pattern[str]:
    d, g = re.escape(decimal), re.escape(group)
    return re.compile(rf"[1-9]\d{{0,2}}(?:{g}\d{{3}})+(?:{d}\d*)?|[1-9]\d?(?:{g}\d\d)+{g}\d{{3}}(?:{d}\d*)?")


_UNGROUPED = {sign: re.compile(rf"\d+(?:{re.escape(sign)}\d*)?|{re.escape(sign)}\d+") for sign in (POINT, COMMA)}
_GROUPED = {
    sign: tuple((group, _grouped(sign, group)) for group in (COMMA if sign == POINT else POINT, "'", " "))
    for sign in (POINT, COMMA)
}


def _value(amount: _Amount, sign: str) -> float | None:
    if amount.only and amount.only != sign:
        return None
    body = amount.body
    if not (amount.only and "e" in body.lower()) and not _UNGROUPED[sign].fullmatch(body):
        group = next((group for group, pattern in _GROUPED[sign] if group in body and pattern.fullmatch(body)), None)
        if group is None:
            return None
        body = body.replace(group, "")
    value = float(body.replace(COMMA, POINT))
    if not math.isfinite(value):
        return None
    return -value if amount.negative else value
