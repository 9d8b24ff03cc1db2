"""What may be written into a cell, and how everything else is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.demand.entries import read_entry
from sop_dash.core.model.errors import BadValue
from sop_dash.core.model.records import AdjustmentType

SET, ADD, PERCENT = AdjustmentType.ABSOLUTE, AdjustmentType.ADDITIVE, AdjustmentType.PERCENTAGE


@pytest.mark.parametrize(
    "written, kind, value",
    [
        ("1200", SET, 1200.0),
        ("1,234,567", SET, 1_234_567.0),
        ("1 200", SET, 1200.0),
        ("1’200.5", SET, 1200.5),
        ("12,5", SET, 12.5),
        ("1.2E+03", SET, 1200.0),
        ("$ 300", SET, 300.0),
        (300, SET, 300.0),
        ("+500", ADD, 500.0),
        ("−500", ADD, -500.0),
        ("-1,000", ADD, -1000.0),
        ("10%", PERCENT, 0.10),
        ("+2.5 %", PERCENT, 0.025),
        ("−7,5 %", PERCENT, -0.075),
    ],
)
def test_a_number_sets_a_sign_adds_and_a_percent_sign_changes(written, kind, value):
    entry = read_entry(written)
    assert (entry.type, entry.value) == (kind, pytest.approx(value))


@pytest.mark.parametrize(
    "written, words",
    [
        ("abc", "“abc” is not a number"),
        ("", "empty"),
        ("   ", "empty"),
        ("NaN", "is not a number"),
        ("inf", "is not a number"),
        ("1e308", "more than"),
        ("1e999", "not a finite number"),
        ("+1e10", "more than"),
        ("-101%", "between"),
        ("2000%", "between"),
        ("1,23,456", "is not a number"),
        ("1-2", "is not a number"),
        ("=A1*2", "is not a number"),
        ("+", "is not a number"),
        ("%", "is not a number"),
        ("9" * 200, "is not a number"),
        (float("nan"), "not a finite"),
        (float("inf"), "not a finite"),
        (1e308, "more than"),
        (-5, "below zero"),
        (None, "not a number"),
        (True, "not a number"),
        ([1], "not a number"),
    ],
)
def test_everything_else_is_refused_with_its_reason(written, words):
    with pytest.raises(BadValue, match=words):
        read_entry(written)


@given(st.floats(0.0, 1e8))
def test_a_number_written_with_separators_is_read_as_itself(units):
    assert read_entry(f"{units:,.2f}").value == pytest.approx(round(units, 2))


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(written):
    try:
        entry = read_entry(written)
    except BadValue:
        return
    assert -1e9 <= entry.value <= 1e9
