"""Months far off and steps in the level are told; growth, seasons and launches are not."""

import pytest

from tests.worlds import checked, sales_only


def told(*units):
    return {f.kind.code for f in checked(sales_only({"Lamps": units})).findings} & {"unusual-month", "level-break"}


def test_one_month_far_above_the_others_is_told_with_its_row():
    tables = checked(sales_only({"Lamps": [10, 12, 9, 11, 1_000, 10]}, price=2.0))
    (finding,) = [f for f in tables.findings if f.kind.code == "unusual-month"]
    assert finding.rows == (6,)  # the fifth record; the header is row 1
    assert finding.value == 2_000.0  # 1,000 units at 2
    assert not finding.blocks


def test_a_step_as_if_pieces_became_boxes_is_told():
    assert told(120, 110, 130, 10, 11, 12) == {"level-break"}
    assert told(10, 11, 12, 120, 110, 130) == {"level-break"}


@pytest.mark.parametrize(
    "units",
    [
        (10, 12, 14, 17, 20, 24, 29, 35),  # growth
        (10, 40, 10, 40, 10, 40, 10, 40),  # season
        (0, 0, 0, 0, 100, 110, 120),  # launch
        (100, 5, 100, 100),  # too short to tell
        (5,),
    ],
)
def test_growth_seasons_and_launches_are_not_told(units):
    assert told(*units) == set()
