"""The lever board stands where the levers say, and holds what it cannot show."""

import pytest

from sop_dash.components.lever_board import SLIDERS, lever_board, lever_id, open_levers_button
from sop_dash.components.lever_positions import in_words, positions
from sop_dash.core.model.levers import Change, ExtraHours, Levers, to_plain
from sop_dash.services.frame_facts import Choices

CHOICES = Choices(
    families={"Kitchen": ("Blenders", "Mixers")},
    channels=("retail", "business"),
    resources=("Press", "Winding"),
    months=("2026-12", "2027-01"),
    hours_months={"Press": ("2027-01",)},
    overtime_ratio=0.15,
    cover_days=30.0,
)


def parts(board):
    return {part.id: part for part in board._traverse() if isinstance(getattr(part, "id", None), str)}


def test_without_levers_every_slider_stands_at_the_plan():
    at = positions(Levers(), CHOICES)
    assert at.values == at.plan
    assert (at.plan["overtime"], at.plan["cover"]) == (15.0, 30.0)
    assert at.rest == {}


def test_the_first_change_of_demand_and_price_is_on_the_board_and_the_rest_is_kept():
    second = Change(ratio=0.1, channel="retail")
    by_family = Change(ratio=0.02, family="Mixers")
    at = positions(
        Levers(demand=(Change(ratio=0.05, family="Mixers", from_month="2027-01"), second), price=(by_family, second)),
        CHOICES,
    )
    assert (at.values["demand"], at.choices["demand-scope"], at.choices["demand-from"]) == (
        5.0,
        "family:Mixers",
        "2027-01",
    )
    # a price change of one family has no control of its own: the board takes the first it can show
    assert (at.values["price"], at.choices["price-channel"]) == (10.0, "retail")
    assert at.rest == to_plain(Levers(demand=(second,), price=(by_family,)))


def test_a_slider_reaches_as_far_as_the_scenario_it_shows():
    board = parts(lever_board("supply", CHOICES, Levers(demand=(Change(ratio=0.8),), cover_days=120.0)))
    assert (board[lever_id("demand")].max, board[lever_id("demand")].value) == (80.0, 80.0)
    assert board[lever_id("cover")].max == 120.0


@pytest.mark.parametrize("name", SLIDERS)
def test_every_slider_has_a_name_and_tells_moving_from_released(name):
    board = parts(lever_board("supply", CHOICES, Levers()))
    assert board[lever_id(name)].updatemode == "mouseup"
    assert f"lbl-{lever_id(name)}" in board


def test_extra_hours_start_no_earlier_than_the_slowest_resource_chosen():
    hours = ExtraHours(resources=("Press", "Winding"), hours_per_month=100.0)
    board = parts(lever_board("supply", CHOICES, Levers(extra_hours=(hours,))))
    assert [o["value"] for o in board[lever_id("hours-from")].options] == ["*", "2027-01"]


def test_levers_read_as_phrases():
    levers = Levers(
        demand=(Change(ratio=0.05, family="Mixers", channel="retail", from_month="2027-02"),),
        overtime_max_ratio=0.25,
        cover_days=45.0,
        extra_hours=(ExtraHours(resources=("Press", "Winding"), hours_per_month=200.0, from_month="2027-03"),),
        lead_time_extra_months=1,
    )
    assert [phrase.replace("\u00a0", " ") for phrase in in_words(levers)] == [
        "demand +5.0 % for Mixers, retail from Feb 27",
        "overtime up to 25 %",
        "cover 45 days",
        "+200 h a month on Press and Winding from Mar 27",
        "lead time +1 month",
    ]


def test_a_course_by_month_reads_as_one_phrase_with_its_ends():
    """1.1, then 1.1 × 1.1 = 1.21, × 0.5 = 0.605, × 2 = 1.21: between −39.5 % and +21 %."""
    steps = ((0.1, None), (0.1, "2027-02"), (-0.5, "2027-03"), (1.0, "2027-04"))
    course = tuple(Change(ratio=ratio, family="Mixers", from_month=month) for ratio, month in steps)
    other = Change(ratio=0.05, family="Irons")
    assert [phrase.replace("\u00a0", " ") for phrase in in_words(Levers(demand=(*course, other)))] == [
        "demand −39.5 % to +21.0 % by month for Mixers",
        "demand +5.0 % for Irons",
    ]


def test_a_button_carries_the_levers_it_opens():
    assert open_levers_button("a", "Open", {"cover_days": 45.0}).value == '{"cover_days": 45.0}'
