"""Dates of any country: the whole column decides the order of day and month, or it is a question."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.data.mapping.dates import (
    DAY_FIRST,
    MONTH_FIRST,
    month_name_of,
    month_of_header,
    read_months_of,
)
from sop_dash.core.data.texts import Texts
from sop_dash.core.model.periods import month_of


def read(*texts, order=None):
    found = read_months_of(Texts.of(texts), order)
    return found, [month_of(int(month)) if month else None for month in found.ordinals]


@pytest.mark.parametrize(
    "text",
    [
        "2024-03", "2024-03-15", "2024/3/15", "2024.03", "20240315", "202403", "2024M03", "2024-M3", "03/2024",
        "3.2024",
        "Mar 2024", "March 2024", "Mar-24", "mars 2024", "15 mars 2024", "March 15, 2024", "15-Mar-2024", "März 2024",
        "marzo de 2024", "março 2024", "maart 2024", "mrt 2024", "marzec 2024", "březen 2024", "март 2024", "2024年3月",
        "2024년 3월", "31.03.2024", "3/31/2024", "45352", "2024-03-15T00:00:00", "2024-03-15 13:45",
        "3/31/2024 1:45 PM",
    ],
)  # fmt: skip
def test_march_2024_in_many_ways(text):
    found, months = read(text)
    assert months == ["2024-03"]
    assert not found.bad.any()
    assert not found.open


def test_one_cell_decides_the_whole_column():
    assert read("03/04/2024", "25/06/2024")[1] == ["2024-04", "2024-06"]
    assert read("03/04/2024", "06/25/2024")[1] == ["2024-03", "2024-06"]


def test_a_column_with_two_readings_is_open_until_it_is_answered():
    assert read("03/04/2024", "05/06/2024")[0].open
    assert read("03/04/2024", order=DAY_FIRST)[1] == ["2024-04"]
    assert read("03/04/2024", order=MONTH_FIRST)[1] == ["2024-03"]


def test_readings_that_give_the_same_months_are_no_question():
    assert not read("05/05/2024", "06/06/2024")[0].open


def test_short_years_first_are_understood_where_the_days_would_scatter():
    assert read("24-01-31", "24-02-29", "24-03-31", "24-04-30", "24-05-28")[1][0] == "2024-01"
    assert read("31.01.24", "28.02.24")[1] == ["2024-01", "2024-02"]


@pytest.mark.parametrize("text", ["Q1 2024", "2024-W05", "2024", "30/30/2024", "2024-13", "soon", "12345678", "Set 1"])
def test_anything_else_is_no_month(text):
    assert read(text)[0].bad.tolist() == [True]


def test_headings_are_months_only_when_they_name_one():
    assert month_of_header("Jan 2024") == 2024 * 12
    assert month_of_header("45292") == 2024 * 12
    assert month_of_header("Total") is None
    assert month_of_header("Q1 2024") is None
    assert month_name_of("Okt.") == 10


@given(days=st.lists(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), min_size=1, max_size=20))
def test_dates_written_in_one_way_come_back_or_are_a_question(days):
    for form, order in (("%d.%m.%Y", DAY_FIRST), ("%m/%d/%Y", MONTH_FIRST), ("%Y-%m-%d", None)):
        written = [day.strftime(form) for day in days]
        found, months = read(*written)
        truth = [day.strftime("%Y-%m") for day in days]
        assert found.open or months == truth
        assert read(*written, order=order)[1] == truth


@given(texts=st.lists(st.text(max_size=14), min_size=1, max_size=5))
def test_no_text_makes_the_reader_fail(texts):
    found, _ = read(*texts)
    assert not (found.bad & (found.ordinals > 0)).any()
    assert found.ordinals.dtype == np.int64


def test_first_days_of_months_over_years_are_months_and_no_days_of_january():
    """Read month first, all of 2024 and 2025 would lie in January."""
    cells = [f"01/{month:02d}/{year}" for year in (2024, 2025) for month in range(1, 13)]
    read = read_months_of(Texts.of(cells))
    assert (read.order, read.open) == (DAY_FIRST, False)
    assert len(set(read.ordinals.tolist())) == 24
    assert read_months_of(Texts.of(cells[:12])).open  # within one year they may be days


def test_a_day_and_a_month_without_a_year_are_no_date():
    assert read_months_of(Texts.of(["24-Jan", "25-Jan"])).bad.all()
    assert not read_months_of(Texts.of(["Jan-24", "Feb-24"])).bad.any()


def test_endless_digits_are_no_day():
    assert read_months_of(Texts.of([f"January {'1' * 5_000} 2025"])).bad.all()


def test_dates_with_dots_have_the_day_first_unless_one_cannot():
    read = read_months_of(Texts.of(["01.02.2025", "03.04.2025"]))
    assert (read.order, read.open) == (DAY_FIRST, False)
    assert read_months_of(Texts.of(["01.02.2025", "02.25.2025"])).order == MONTH_FIRST
    assert read_months_of(Texts.of(["01.02.2025", "03/04/2025"])).open  # strokes are written in both orders
