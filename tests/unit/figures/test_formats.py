"""Written numbers: every case a person may meet, as it must stand on screen."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.model.kpi import Unit
from sop_dash.figures.formats import (
    compact,
    listed,
    moment_in_words,
    money,
    money_in_full,
    months_in_words,
    number,
    percent,
    plural,
    shortage,
    signed,
    signed_percent,
    written,
)

NB = "\u00a0"


def plain(text: str) -> str:
    """The text with ordinary spaces."""
    return text.replace(NB, " ")


@pytest.mark.parametrize(
    "value,text",
    [
        (None, "–"),
        (math.nan, "–"),
        (math.inf, "–"),
        (0.0, "$ 0"),
        (647.0, "$ 647"),
        (999.4, "$ 999"),
        (1_000.0, "$ 1.00 k"),
        (64_700.0, "$ 64.7 k"),
        (999_400.0, "$ 999 k"),
        (999_600.0, "$ 1.00 M"),
        (6_470_000.0, "$ 6.47 M"),
        (64_712_345.0, "$ 64.7 M"),
        (-1_200_000.0, "−$ 1.20 M"),
        (7.1e9, "$ 7.10 B"),
        (2.5e13, "$ 25.0 T"),
    ],
)
def test_money_is_three_digits_and_a_letter(value, text):
    assert plain(money(value, "USD")) == text


def test_a_currency_without_symbol_is_named_by_its_code():
    assert plain(money(1_500.0, "CHF")) == "CHF 1.50 k"
    assert plain(money_in_full(-1234.5, "EUR", 2)) == "−€ 1,234.50"


@pytest.mark.parametrize(
    "value,unit,text",
    [
        (0.934, Unit.RATIO, "93.4 %"),
        (41.2, Unit.DAYS, "41 days"),
        (4.25, Unit.DAYS, "4.2 days"),
        (6.44, Unit.TURNS, "6.4 turns"),
        (1_240.4, Unit.HOURS, "1,240 h"),
        (12_345.6, Unit.UNITS, "12,346"),
        (3.0, Unit.COUNT, "3"),
        (142.0, Unit.MONEY_PER_HOUR, "$ 142 / h"),
        (0.8123, Unit.INDEX, "0.81"),
        (None, Unit.DAYS, "–"),
        (math.nan, Unit.MONEY, "–"),
    ],
)
def test_every_unit_is_written_in_its_own_way(value, unit, text):
    assert plain(written(value, unit)) == text


@pytest.mark.parametrize("unit", list(Unit))
def test_no_unit_is_without_a_format(unit):
    assert written(1.0, unit) != ""


@pytest.mark.parametrize(
    "value,unit,text",
    [
        (0.012, Unit.RATIO, "+1.2 pts"),
        (-0.006, Unit.RATIO, "−0.6 pts"),
        (0.0001, Unit.RATIO, "±0.0 pts"),
        (1_200_000.0, Unit.MONEY, "+$ 1.20 M"),
        (-15.0, Unit.DAYS, "−15 days"),
        (None, Unit.MONEY, "–"),
    ],
)
def test_a_change_always_shows_its_sign(value, unit, text):
    assert plain(signed(value, unit)) == text


def test_a_relative_change_is_in_percent_with_its_sign():
    assert [plain(signed_percent(v)) for v in (0.05, -0.05, 0.0, None)] == ["+5.0 %", "−5.0 %", "±0.0 %", "–"]


def test_a_shortage_stands_in_brackets_and_a_surplus_is_plain():
    assert [shortage(v) for v in (-1240.0, 1240.0, 0.0, -0.2, None)] == ["(1,240)", "1,240", "0", "0", "–"]


def test_what_rounds_to_zero_has_no_minus():
    assert number(-0.4) == "0"
    assert plain(percent(-0.0001)) == "0.0 %"


def test_a_moment_names_its_clock_and_a_day_alone_is_a_date():
    assert moment_in_words("2026-11-30T09:05:12.345+00:00") == "30\u00a0Nov 26, 09:05\u00a0UTC"
    assert moment_in_words("2026-11-30") == "30\u00a0Nov 26"
    assert moment_in_words("") == "–"


def test_months_names_and_counts_read_as_words():
    assert months_in_words(["2026-11", "2026-12", "2027-01"]) == "Nov 26–Jan 27"
    assert months_in_words(["2026-11"]) == "Nov 26"
    assert months_in_words([]) == "–"
    assert plain(plural(1, "change")) == "1 change"
    assert plain(plural(8, "change")) == "8 changes"
    assert plain(plural(2, "family", "families")) == "2 families"
    assert [listed(list(names)) for names in ("", "a", "ab", "abc", "abcde")] == [
        "",
        "a",
        "a and b",
        "a, b and c",
        "a, b, c and 2 more",
    ]


@given(st.floats(min_value=-1e14, max_value=1e14, allow_nan=False))
def test_a_compact_number_never_takes_more_than_five_characters_of_digits(value):
    digits = compact(value).split(NB)[0].lstrip("−")
    assert len(digits) <= 5
    assert "1,000" not in digits
