"""The agenda: 190 minutes asked, fitted to what is booked."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.meeting.agenda import ASKED_MINUTES, TOPICS, USUAL_MINUTES, agenda


def test_the_items_ask_for_190_minutes_and_180_are_booked():
    assert (ASKED_MINUTES, USUAL_MINUTES) == (190, 180)
    assert [topic.minutes for topic in TOPICS] == [15, 30, 30, 20, 45, 30, 20]


def test_the_full_time_leaves_every_item_its_own_length():
    assert [slot.minutes for slot in agenda(190)] == [15, 30, 30, 20, 45, 30, 20]


def test_three_hours_shorten_every_item_in_proportion():
    # 15 × 180/190 = 14.21, 30 → 28.42 (three times), 20 → 18.95 (twice), 45 → 42.63;
    # rounded down they make 176, the 4 minutes go to .95, .95, .63 and the first .42
    slots = agenda(180)
    assert [slot.minutes for slot in slots] == [14, 29, 28, 19, 43, 28, 19]
    assert [slot.start_minute for slot in slots] == [0, 14, 43, 71, 90, 133, 161]


@given(st.integers(min_value=7, max_value=600))
def test_the_items_follow_one_another_and_fill_the_time_booked(minutes: int):
    slots = agenda(minutes)
    assert sum(slot.minutes for slot in slots) == minutes
    assert all(b.start_minute == a.start_minute + a.minutes for a, b in pairwise(slots))
    assert all(abs(slot.minutes - slot.topic.minutes * minutes / 190) < 1 for slot in slots)


def test_less_than_a_minute_an_item_is_no_meeting():
    with pytest.raises(ValueError, match="minute"):
        agenda(6)
