"""Numbers of any country: the whole column decides which sign is the decimal one, or it is a question."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.data.mapping.numerals import is_plain, looks_numeric, read_column
from sop_dash.core.data.texts import Texts


def read(*texts, decimal=None):
    return read_column(Texts.of(texts), np.zeros(len(texts), dtype=bool), decimal)


@pytest.mark.parametrize(
    "texts, values",
    [
        (("1,234.56", "7"), (1234.56, 7.0)),  # English
        (("1.234,56", "7"), (1234.56, 7.0)),  # German, Spanish, Italian, Dutch
        (("1 234,56", "7,5"), (1234.56, 7.5)),  # French, Swedish, Polish with a plain space
        (("1\u202f234,56", "1\u00a0000"), (1234.56, 1000.0)),  # narrow and non-breaking spaces
        (("1'234.50", "1’000"), (1234.5, 1000.0)),  # Swiss
        (("12,34,567.80", "1,23,456"), (1234567.8, 123456.0)),  # Indian
        (("١٬٢٣٤٫٥", "٧"), (1234.5, 7.0)),  # Arabic
        (("1.234.567", "8"), (1234567.0, 8.0)),  # grouped twice: no decimal sign
        (("0.125", "1.125"), (0.125, 1.125)),  # no group begins with 0
        (("1234.567", "1.234"), (1234.567, 1.234)),  # four digits before: not grouped
        (("(1,234.5)", "3-", "−4"), (-1234.5, -3.0, -4.0)),
        (("€ 12,50", "3,75 €"), (12.5, 3.75)),
        (("$1,200.00", "USD 5"), (1200.0, 5.0)),
        (("1.5E+03", "2e2"), (1500.0, 200.0)),
    ],
)
def test_a_column_that_can_be_read_in_one_way_is_read(texts, values):
    found = read(*texts)
    assert not found.open
    assert not found.bad.any()
    assert found.values.tolist() == list(values)


@pytest.mark.parametrize("texts", [("1.234",), ("1,234", "567"), ("1.234", "12.345", "5")])
def test_a_column_with_two_readings_is_open(texts):
    assert read(*texts).open
    assert not read(*texts, decimal=".").open
    assert not read(*texts, decimal=",").open


def test_an_answer_chooses_the_reading():
    assert read("1.234", "5", decimal=".").values.tolist() == [1.234, 5.0]
    assert read("1.234", "5", decimal=",").values.tolist() == [1234.0, 5.0]


def test_signs_that_contradict_one_another_are_bad_and_no_question():
    found = read("1.5", "2,5")
    assert found.bad.any()
    assert not found.open


def test_what_the_file_calls_a_number_is_taken_as_it_is():
    found = read_column(Texts.of(["1.234", "x"]), np.array([True, False]))
    assert found.values[0] == 1.234
    assert found.bad.tolist() == [False, True]
    assert not found.open


def test_empty_cells_and_words_for_nothing_are_unknown():
    found = read("", "-", "n/a", "5")
    assert np.isnan(found.values[:3]).all()
    assert not found.bad.any()
    assert found.placeholders == 2


@pytest.mark.parametrize("text", ["12 pcs", "1.2.3", "1,23,4", "five", "0x10", "1_000", "--5", "€$5"])
def test_anything_else_is_no_number(text):
    assert read(text, "1").bad.tolist() == [True, False]
    assert not looks_numeric(text)


def test_currencies_are_noticed():
    assert read("€5", "$6").currencies == ("EUR", "USD")


def test_long_and_short_ways_agree():
    texts = [f"{n},{n % 100:02d}" for n in range(5000)]
    fast = read(*texts)
    slow = read(*texts, "1 000")
    assert fast.decimal == slow.decimal == ","
    assert fast.values.tolist() == slow.values.tolist()[:-1]


def _german(value):
    return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


@given(values=st.lists(st.floats(-1e9, 1e9).map(lambda value: round(value, 2)), min_size=1, max_size=20))
def test_numbers_written_with_two_decimals_come_back_the_same(values):
    for written in ([f"{value:,.2f}" for value in values], [_german(value) for value in values]):
        found = read(*written)
        assert not found.open
        assert found.values.tolist() == values


@given(texts=st.lists(st.text(max_size=12), min_size=1, max_size=6))
def test_no_text_makes_the_reader_fail(texts):
    found = read(*texts)
    assert found.values.shape == found.bad.shape == (len(texts),)
    assert np.isnan(found.values[found.bad]).all()


def test_a_plain_column_is_recognised():
    assert is_plain(Texts.of(["1", "2.5", ""]))
    assert not is_plain(Texts.of(["1.234"]))
    assert not is_plain(Texts.of(["1,5"]))


def test_raised_digits_are_no_digits_of_a_number():
    """“1²” is not 12."""
    assert not looks_numeric("1²")
    assert looks_numeric("١٢")  # Arabic digits are
