"""Sales by week become months only by a rule that a person has chosen, and lose nothing on the way."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.data.mapping.weeks import (
    BY_DAYS,
    FROM_DAY,
    MONTHS,
    ONE_DAY,
    TO_DAY,
    WHOLE,
    holds_quarters,
    holds_weeks,
)
from sop_dash.core.data.texts import Texts
from tests.own_files import lines, of

MONDAYS = [dt.date(2025, 1, 6) + dt.timedelta(days=7 * week) for week in range(8)]


def cells(*texts):
    return Texts.of(texts)


def by_week(rule=None, *rows):
    text = lines("Week,Item,Qty", *(rows or [("2025-W05", "A", 70), ("2025-W06", "A", 7)]))
    return of(text, {"weeks": {"Week": rule}} if rule else None)


def by_month(found):
    return dict(zip(map(str, found.column("month")), found.column("units"), strict=True))


@pytest.mark.parametrize(
    "text", ["2024-W05", "2024W5", "2024 KW 5", "KW05/2024", "W5 2024", "CW 05-2024", "2024-w05-1"]
)
def test_weeks_are_known_in_many_forms(text):
    assert holds_weeks(cells(text, ""))


@pytest.mark.parametrize("text", ["2024-05", "5", "W5", "2024-W54", "2025-W53", "2024-Q1", "AW05 2024"])
def test_other_texts_are_no_weeks(text):
    assert not holds_weeks(cells("2024-W05", text))


@pytest.mark.parametrize("text", ["2024Q1", "2024-Q3", "Q1 2024", "q4/24", "1Q2024", "3. Quartal 2024", "T2 2024"])
def test_quarters_are_known_in_many_forms(text):
    assert holds_quarters(cells(text))
    assert not holds_weeks(cells(text))


def test_weeks_are_a_question_that_shows_what_becomes_of_them():
    found = by_week()
    assert not found.accepted
    (question,) = found.brought.questions
    assert (question.key, question.name) == ("weeks", "Week")
    shown = {reading.answer: dict(reading.preview) for reading in question.readings}
    # week 5 of 2025 runs from Monday, January 27 to Sunday, February 2
    assert shown == {BY_DAYS: {"“2025-W05”": "5 days in Jan 25, 2 in Feb 25"}, WHOLE: {"“2025-W05”": "Jan 25"}}


def test_a_week_is_shared_over_its_days():
    found = by_week(BY_DAYS)
    assert by_month(found) == pytest.approx({"2025-01": 50.0, "2025-02": 27.0})  # 70 × 5/7; 70 × 2/7 + 7
    assert "1 of 2 weeks reach into a second month" in found.detail("weeks-in-months")
    assert "from 27 Jan 25 to 9 Feb 25" in found.detail("weeks-in-months")
    assert "77 units in the rows" in found.detail("units-balance")


def test_a_week_is_put_whole_into_the_month_that_holds_most_of_it():
    assert by_month(by_week(WHOLE)) == {"2025-01": 70.0, "2025-02": 7.0}


@pytest.mark.parametrize("rule, january", [(FROM_DAY, 31.0), (TO_DAY, 91.0), (ONE_DAY, 91.0)])
def test_one_day_a_week_may_begin_or_end_it_or_be_the_day_itself(rule, january):
    fridays = [dt.date(2025, 1, 31) + dt.timedelta(days=7 * week) for week in range(-3, 5)]
    text = lines("Date,Item,Qty", *((day, "A", 70 if day.day == 31 else 7) for day in fridays))
    found = of(text, {"weeks": {"Date": rule}})
    # three weeks of 7 before it; of the week from Friday the 31st one day in seven is January, of the week to it all
    assert by_month(found)["2025-01"] == pytest.approx(january)  # 3 × 7 + 70 / 7; 3 × 7 + 70
    assert found.units == pytest.approx(119.0)  # 70 + 7 × 7


def test_one_day_a_week_is_a_question_but_orders_are_days():
    rows = [(day, number, "A", 1) for number, day in enumerate(MONDAYS)]
    asked = of(lines("Date,Item,Qty", *((day, item, units) for day, _, item, units in rows)))
    assert asked.asked == {"Date"}
    orders = of(lines("Date,Order No,Item,Qty", *rows))
    assert orders.accepted
    assert orders.months == ["2025-01", "2025-02"]


def test_days_of_every_weekday_and_first_days_of_months_are_no_weeks():
    daily = of(lines("Date,Item,Qty", *((dt.date(2025, 1, 1) + dt.timedelta(days=d), "A", 1) for d in range(60))))
    monthly = of(lines("Date,Item,Qty", *((f"2025-{month:02d}-01", "A", 1) for month in range(1, 10))))
    assert daily.accepted
    assert monthly.accepted


def test_money_is_shared_as_units_are_and_prices_are_not():
    text = lines("Week,Item,Qty,Price,Discount", ("2025-W05", "A", 70, 2, 14), ("2025-W06", "A", 7, 2, 0))
    found = of(text, {"weeks": {"Week": BY_DAYS}})
    # 70 × 2 − 14 = 126 of revenue, 5/7 and 2/7 of it, and 7 × 2 = 14 in the week after
    assert found.column("net_revenue") == pytest.approx([90.0, 36.0 + 14.0])


def test_quarters_are_refused_in_a_clear_sentence():
    found = of(lines("Quarter,Item,Qty", ("2025Q1", "A", 1), ("2025Q2", "A", 2)))
    assert not found.accepted
    assert "“Quarter” holds quarters" in found.detail("columns-unknown")
    assert "bring the sales by month" in found.detail("columns-unknown")


WIDE = lines("Item;2025-W05;2025-W06;Total", ("A", 70, 7, 77), ("B", "", 14, 14), ("Total", 70, 21, 91), sign=";")


def test_weeks_across_become_rows_by_the_same_rule():
    assert of(WIDE).asked == {"Week"}
    found = of(WIDE, {"weeks": {"Week": BY_DAYS}})
    assert found.units == pytest.approx(91.0)  # 77 + 14, neither the column nor the row of totals
    assert found.months == ["2025-01", "2025-02"]


def test_a_year_and_the_number_of_its_week_are_a_week():
    text = lines("Jahr;KW;Artikel;Menge", (2025, 5, "A", 70), (2025, "KW6", "A", 7), sign=";")
    assert of(text).asked == {"Jahr + KW"}
    found = of(text, {"weeks": {"Jahr + KW": BY_DAYS}})
    assert by_month(found) == pytest.approx({"2025-01": 50.0, "2025-02": 27.0})


def digits(last, label="Period"):
    return lines(f"{label},Item,Qty", *((f"2025{number:02d}", "A", number) for number in range(1, last + 1)))


def test_six_digits_are_months_unless_one_can_be_none_or_the_heading_speaks_of_weeks():
    assert of(digits(12)).months[-1] == "2025-12"
    assert of(digits(13)).asked == {"Period"}
    (question,) = of(digits(12, "Week")).brought.questions
    assert [reading.answer for reading in question.readings] == [BY_DAYS, WHOLE, MONTHS]
    assert of(digits(12, "Week"), {"weeks": {"Week": MONTHS}}).months[-1] == "2025-12"


def test_six_digits_across_are_not_half_taken_as_months():
    head = ",".join(f"2025{number:02d}" for number in range(1, 53))
    text = lines(f"Item,{head}", ("A", *range(1, 53)))
    assert of(text).asked == {"Week"}
    assert of(text, {"weeks": {"Week": WHOLE}}).units == sum(range(1, 53))


def test_days_a_week_apart_in_a_table_of_the_contract_are_said():
    rows = [(day, "A", place) for place, day in enumerate(MONDAYS, 1)]
    found = of(lines("month,sku,units", *rows), name="sales.csv")
    assert found.accepted
    assert "weekly-dates" in found.codes
    monthly = of(lines("month,sku,units", *((f"2025-{n:02d}-01", "A", n) for n in range(1, 9))), name="sales.csv")
    assert "weekly-dates" not in monthly.codes


@pytest.mark.parametrize("head", ["Item,2025Q1,2025Q2", "Item,Family,Q1 2025,Q2 2025", "Item,Year,Quarter,Qty"])
def test_quarters_across_or_beside_the_year_are_refused_in_the_same_words(head):
    found = of(lines(head, ("A", 2025, 1, 5)[: head.count(",") + 1]))
    assert "bring the sales by month" in found.detail("columns-unknown")


@given(units=st.lists(st.integers(0, 10_000), min_size=2, max_size=30), rule=st.sampled_from([BY_DAYS, WHOLE]))
def test_no_rule_loses_or_makes_units(units, rule):
    weeks = [dt.date(2024, 12, 2) + dt.timedelta(days=7 * place) for place in range(len(units))]
    rows = [
        ("{}-W{:02d}".format(*week.isocalendar()[:2]), "A", number) for week, number in zip(weeks, units, strict=True)
    ]
    assert by_week(rule, *rows).units == pytest.approx(sum(units))
