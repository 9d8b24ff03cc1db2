"""The supplier scorecard, checked by hand on tiny suppliers."""

from typing import Any

import numpy as np
import pytest

from sop_dash.core.data.assembly.opening import open_tables
from sop_dash.core.data.assembly.supply_base import supplier_inputs
from sop_dash.core.model.periods import following
from sop_dash.core.supply.suppliers import CRITERIA, Alert, Scorecard, scorecard
from tests.worlds import World, checked, two_products_one_press

MONTHS = following("2024-04", 24)  # to March 2026


def row(month: str, supplier: str = "S1", **changed: Any) -> dict[str, Any]:
    """A month of deliveries with 100 lines, 98 on time and in full, 1,000 units at 5 each, 30 days."""
    return {
        "month": month,
        "supplier": supplier,
        "lines": 100,
        "ordered_units": 1000,
        "received_units": 1000,
        "rejected_units": 0,
        "on_time_lines": 98,
        "in_full_lines": 98,
        "average_lead_time_days": 30,
        "value": 5000,
        **changed,
    }


def card(rows: list[dict[str, Any]], **tables: list[dict[str, Any]]) -> Scorecard:
    world: World = two_products_one_press(24, first="2024-04")
    world["supplier_deliveries"] = rows
    world["suppliers"] = [{"supplier": name} for name in sorted({each["supplier"] for each in rows})]
    world.update(tables)
    return scorecard(supplier_inputs(open_tables(checked(world)), version="v"))


def test_the_weights_of_the_score_add_up_to_one() -> None:
    assert sum(each.weight for each in CRITERIA) == pytest.approx(1.0)


def test_a_faultless_supplier_has_all_points_and_no_alert() -> None:
    found = card([row(month) for month in MONTHS])
    assert found.score.tolist() == pytest.approx([100.0])
    assert found.grade == ("A",)
    assert found.rank.tolist() == [1]
    assert found.alerts == ((),)
    assert found.spend.tolist() == [60000]
    assert found.spend_share.tolist() == [1.0]


def test_points_fall_in_proportion_between_the_two_ends_of_a_criterion() -> None:
    # on time 0.89 lies half way between 0.80 and 0.98: 50 points of weight 0.35 are missing
    found = card([row(month, on_time_lines=89) for month in MONTHS])
    assert found.points[0, 0] == pytest.approx(50.0)
    assert found.score[0] == pytest.approx(100.0 - 0.35 * 50.0)


def test_a_criterion_without_data_takes_no_part_in_the_score() -> None:
    found = card([row(month, rejected_units=None, on_time_lines=89) for month in MONTHS])
    assert np.isnan(found.points[0, 2])
    assert found.score[0] == pytest.approx((0.35 * 50.0 + 0.25 * 100.0 + 0.10 * 100.0 + 0.10 * 100.0) / 0.80)


def test_a_supplier_that_slips_for_six_months_is_found() -> None:
    late = dict(zip(MONTHS[-6:], (90, 88, 85, 83, 80, 78), strict=True))
    days = dict(zip(MONTHS[-6:], (40, 28, 44, 36, 30, 44), strict=True))
    slipping = [
        row(
            month,
            on_time_lines=late.get(month, 98),
            average_lead_time_days=days.get(month, 30 + (-1) ** place),
        )
        for place, month in enumerate(MONTHS)
    ]
    steady = [
        row(month, "S2", average_lead_time_days=30 + (-1) ** place, on_time_lines=98 - place % 2)
        for place, month in enumerate(MONTHS)
    ]
    found = card(slipping + steady)
    assert found.alerts[0] == (Alert.LESS_ON_TIME, Alert.LESS_STEADY, Alert.LONGER)
    assert found.alerts[1] == ()
    assert found.rank.tolist() == [2, 1]
    assert found.recent.on_time[0] == pytest.approx(504.0 / 600.0)
    assert found.recent.lead_days[0] == pytest.approx(37.0)  # (40+28+44+36+30+44) / 6
    assert found.before.lead_spread_days[0] == pytest.approx(np.sqrt(12.0 / 11.0))  # ±1 twelve times
    assert found.score[0] < found.score_before[0]


def test_a_few_late_lines_among_few_are_no_news() -> None:
    few = [row(month, lines=5, on_time_lines=4 if month in MONTHS[-6:-4] else 5, in_full_lines=5) for month in MONTHS]
    assert Alert.LESS_ON_TIME not in card(few).alerts[0]


def test_a_price_counts_against_the_same_months_a_year_before_and_against_what_others_ask() -> None:
    risen = [row(month, value=5500 if month in MONTHS[-6:] else 5000) for month in MONTHS]
    others = [row(month, name) for name in ("S2", "S3") for month in MONTHS]
    found = card(risen + others)
    assert found.price_change.tolist() == pytest.approx([0.1, 0.0, 0.0])
    assert found.alerts[0] == (Alert.DEARER,)
    all_risen = [dict(each, value=5500 if each["month"] in MONTHS[-6:] else 5000) for each in risen + others]
    assert card(all_risen).alerts == ((), (), ())


def test_the_only_source_of_an_item_and_a_supplier_near_its_capacity_are_named() -> None:
    found = card(
        [row(month, name) for name in ("S1", "S2") for month in MONTHS],
        suppliers=[{"supplier": "S1", "capacity_units_per_month": 1050}, {"supplier": "S2"}],
        supplier_items=[
            {"supplier": supplier, "sku": sku} for supplier, sku in (("S1", "K1"), ("S1", "L1"), ("S2", "L1"))
        ],
    )
    assert found.items.tolist() == [2, 1]
    assert found.only_source_items.tolist() == [1, 0]
    assert found.capacity_use[0] == pytest.approx(1000.0 / 1050.0)
    assert np.isnan(found.capacity_use[1])
    assert found.alerts[0] == (Alert.NEARLY_FULL, Alert.ONLY_SOURCE)


def test_bad_units_are_a_matter_of_quality() -> None:
    found = card([row(month, rejected_units=30) for month in MONTHS])
    assert found.recent.quality.tolist() == [0.97]
    assert found.alerts[0] == (Alert.POOR_QUALITY,)


def test_a_supplier_without_deliveries_has_no_score_and_no_place() -> None:
    found = card([row(month) for month in MONTHS], suppliers=[{"supplier": "S1"}, {"supplier": "S9"}])
    assert np.isnan(found.score[1])
    assert found.grade[1] == ""
    assert found.rank.tolist() == [1, 0]
    assert np.isnan(found.spend[1])
    assert found.alerts[1] == ()


def test_a_company_without_suppliers_has_an_empty_scorecard() -> None:
    world = two_products_one_press()
    found = scorecard(supplier_inputs(open_tables(checked(world)), version="v"))
    assert found.score.tolist() == []
    assert found.alerts == ()
