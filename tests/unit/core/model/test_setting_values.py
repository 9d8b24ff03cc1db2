"""What a person may write into a planning setting."""

import pytest

from sop_dash.core.model.errors import BadValue
from sop_dash.core.model.planning_settings import PlanningSettings, SafetyStockRule
from sop_dash.core.model.setting_values import changed_settings

PLAIN = PlanningSettings()


def test_a_value_replaces_the_default_and_leaves_the_others():
    made = changed_settings(PLAIN, {"cover_days": 21, "safety_stock_rule": "fill rate", "capacity_demonstrated": False})
    assert made.cover_days == 21.0
    assert made.safety_stock_rule is SafetyStockRule.FILL_RATE
    assert made.capacity_demonstrated is False
    assert made.overtime_max_ratio == PLAIN.overtime_max_ratio


@pytest.mark.parametrize(
    "name, value",
    [
        ("cover_dayz", 3),
        ("cover_days", "thirty"),
        ("cover_days", float("nan")),
        ("cover_days", -1),
        ("cover_days", True),
        ("cycle_service_a", 1.0),
        ("abc_a_share", 1.2),
        ("locked_months", 1.5),
        ("capacity_demonstrated", 1),
        ("safety_stock_rule", "by feeling"),
        ("named_first_channel", 3),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(name: str, value: object):
    with pytest.raises(BadValue) as refused:
        changed_settings(PLAIN, {name: value})
    assert refused.value.field == name


def test_two_limits_stay_in_order():
    with pytest.raises(BadValue, match="must not exceed"):
        changed_settings(PLAIN, {"abc_a_share": 0.96})
    assert changed_settings(PLAIN, {"abc_a_share": 0.96, "abc_b_share": 0.99}).abc_a_share == 0.96


def test_a_score_needs_a_weight():
    weights = ("on_time", "in_full", "quality", "lead_spread", "price")
    with pytest.raises(BadValue, match="weight"):
        changed_settings(PLAIN, {f"supplier_weight_{name}": 0 for name in weights})
