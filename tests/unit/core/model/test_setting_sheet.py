"""Planning settings as lines a person reads and writes over."""

from dataclasses import fields

import pytest

from sop_dash.core.model.errors import BadValue
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.model.setting_sheet import setting_from, setting_lines
from sop_dash.core.model.setting_values import changed_settings

LINES = {line.name: line for line in setting_lines(PlanningSettings())}


def test_every_setting_has_a_line_with_its_group_range_and_pages():
    assert list(LINES) == [f.name for f in fields(PlanningSettings)]
    assert all(line.group and line.used_by and line.allowed and line.meaning for line in LINES.values())


@pytest.mark.parametrize("line", LINES.values(), ids=list(LINES))
def test_what_a_line_shows_can_be_written_back(line):
    again = changed_settings(PlanningSettings(), {line.name: setting_from(line.name, line.value)})
    assert again == PlanningSettings()


def test_a_share_is_written_in_per_cent_and_a_value_that_was_set_is_no_assumption():
    made = changed_settings(PlanningSettings(), {"overtime_max_ratio": setting_from("overtime_max_ratio", "17.5 %")})
    assert made.overtime_max_ratio == pytest.approx(0.175)
    line = next(line for line in setting_lines(made) if line.name == "overtime_max_ratio")
    assert (line.value, line.default, line.unit, line.assumed) == ("17.5 %", "15 %", "of hours", False)
    assert LINES["overtime_max_ratio"].assumed


@pytest.mark.parametrize(
    "name, text, reason",
    [
        ("overtime_max_ratio", "20", "Write 20 %"),
        ("cover_days", "20 %", "without a per cent sign"),
        ("cover_days", "30 days", "not a number"),
        ("cover_days", "", "not a number"),
        ("capacity_demonstrated", "perhaps", "yes or no"),
        ("nothing", "1", "no planning setting"),
    ],
)
def test_what_could_be_read_in_two_ways_is_refused_with_the_reason(name, text, reason):
    with pytest.raises(BadValue) as refused:
        setting_from(name, text)
    assert reason in refused.value.sentence
