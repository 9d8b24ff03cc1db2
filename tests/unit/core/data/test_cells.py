"""Cells from text to values: what is unmistakable is read, everything else is reported."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.data.cells import read_choices, read_dates, read_months, read_numbers, read_text
from sop_dash.core.data.texts import Texts


def words(texts):
    """A column of text, each different text once."""
    return Texts.of(texts)


@pytest.mark.parametrize(
    "text, value",
    [("12", 12.0), (" 12.50 ", 12.5), ("-3", -3.0), ("+3", 3.0), (".5", 0.5), ("5.", 5.0), ("1e3", 1000.0), ("0", 0.0)],
)
def test_plain_numbers_are_read(text, value):
    values, bad = read_numbers(Texts.of([text]))
    assert values.tolist() == [value]
    assert not bad.any()


@pytest.mark.parametrize(
    "text",
    ["1,234", "1.234,5", "12 %", "$5", "n/a", "NA", "nan", "inf", "-Infinity", "1_000", "１２", "1 000", "0x1F", "--"],
)
def test_what_could_mean_two_things_is_no_number(text):
    values, bad = read_numbers(Texts.of(["7", text, ""]))
    assert bad.tolist() == [False, True, False]
    assert values[0] == 7.0
    assert np.isnan(values[1:]).all()


def test_an_empty_cell_is_unknown_and_not_zero():
    values, bad = read_numbers(Texts.of(["", "  ", "0"]))
    assert np.isnan(values).tolist() == [True, True, False]
    assert not bad.any()


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=20))
def test_every_number_written_out_is_read_back(numbers):
    values, bad = read_numbers(Texts.of([repr(number) for number in numbers]))
    assert values.tolist() == [0.0 if abs(number) < 1e-9 else number for number in numbers]
    assert not bad.any()


def test_what_arithmetic_leaves_of_a_zero_is_zero():
    assert read_numbers(Texts.of(["2.2e-16", "0.001"]))[0].tolist() == [0.0, 0.001]


@given(st.lists(st.text(max_size=6), max_size=10))
def test_any_text_is_either_a_finite_number_empty_or_reported(texts):
    values, bad = read_numbers(Texts.of(texts))
    for text, value, wrong in zip(texts, values, bad, strict=True):
        assert math.isfinite(value) or wrong or not text.strip()


def test_codes_stay_as_written():
    codes = ["00123", "1E5", "NA", "TRUE", "2024-01", "null", "1.0"]
    values, trimmed = read_text(words(codes))
    assert list(values) == codes
    assert not trimmed.any()


def test_spaces_around_a_code_are_removed_and_told():
    values, trimmed = read_text(words(["A1 ", "A1"]))
    assert list(values) == ["A1", "A1"]
    assert trimmed.tolist() == [True, False]


@pytest.mark.parametrize("text", ["2026-11", "2026-11-30", "2026-11-30 00:00:00", "2026-11-30T00:00:00Z", " 2026-11 "])
def test_a_date_is_taken_to_its_month(text):
    values, bad = read_months(words([text]))
    assert list(values) == ["2026-11"]
    assert not bad.any()


@pytest.mark.parametrize(
    "text", ["2026-13", "2026-00", "03/04/2026", "Nov 26", "2026", "2026-02-30", "0026-01", "46000"]
)
def test_other_months_are_reported(text):
    assert read_months(words([text]))[1].tolist() == [True]


def test_days_must_exist():
    values, bad = read_dates(words(["2026-02-28", "2026-02-29", "", "2026-02"]))
    assert list(values) == ["2026-02-28", "", "", ""]
    assert bad.tolist() == [False, True, False, True]


def test_capitals_do_not_matter_in_a_choice():
    values, bad = read_choices(words(["Make", "BUY", "", "rent"]), ("make", "buy"))
    assert list(values) == ["make", "buy", "", ""]
    assert bad.tolist() == [False, False, False, True]
