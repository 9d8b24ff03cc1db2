"""History as the baseline sees it: what is corrected, by how much, and that every correction can be turned down."""

import numpy as np
import pytest

from sop_dash.core.demand.cleansing import cleanse
from sop_dash.core.model.periods import following
from sop_dash.core.model.records import CorrectionKind, RejectedCorrection
from tests.worlds import inputs, sales_only

YEARS = 36


def rejected(correction):
    return RejectedCorrection(
        id="COR-001",
        family=correction.family,
        channel=correction.channel,
        month=correction.month,
        kind=correction.kind,
        reason="It was real",
    )


def test_a_calm_history_needs_no_correction():
    found = cleanse(inputs(sales_only({"Kettles": [100, 101] * 18})))
    assert found.corrections == ()
    np.testing.assert_array_equal(found.demand, found.recorded)


def test_what_was_wanted_stands_in_place_of_what_was_shipped_and_both_are_kept():
    world = sales_only({"Kettles": [100.0] * 24})
    for row in world["sales"]:
        row["unconstrained_units"] = row["units"]
    world["sales"][20] |= {"units": 40.0, "unconstrained_units": 100.0}
    found = cleanse(inputs(world))
    (correction,) = found.corrections
    assert (correction.kind, correction.month) == (CorrectionKind.STOCK_OUT, "2027-09")
    assert (correction.before, correction.after) == (40.0, 100.0)
    assert found.recorded[0, 0, 20] == 40.0
    assert found.demand[0, 0, 20] == 100.0
    assert "60 units" in correction.reason


def test_a_rejected_correction_leaves_the_month_as_it_was_sold_and_stays_on_the_list():
    world = sales_only({"Kettles": [100.0] * 24})
    for row in world["sales"]:
        row["unconstrained_units"] = row["units"]
    world["sales"][20] |= {"units": 70.0, "unconstrained_units": 100.0}
    company = inputs(world)
    (proposed,) = cleanse(company).corrections
    found = cleanse(company, [rejected(proposed)])
    assert [c.accepted for c in found.corrections] == [False]
    assert found.demand[0, 0, 20] == 70.0


def test_without_figures_on_lost_sales_an_empty_store_and_a_fall_of_sales_is_a_stock_out():
    units = [100.0] * 24
    units[20] = 60.0
    world = sales_only({"Kettles": units})
    world["inventory"] = [
        {"month": month, "family": "Kettles", "closing_units": 0.0 if h == 20 else 150.0}
        for h, month in enumerate(following("2026-01", 24))
    ]
    (correction,) = cleanse(inputs(world)).corrections
    # The same month a year before sold 100 and the months around both sold alike, so 100 would have been usual.
    assert (correction.kind, correction.after) == (CorrectionKind.STOCK_OUT, 100.0)


def test_a_fall_of_sales_with_stock_on_hand_is_demand():
    units = [100.0] * 24
    units[20] = 60.0
    world = sales_only({"Kettles": units})
    world["inventory"] = [
        {"month": month, "family": "Kettles", "closing_units": 150.0} for month in following("2026-01", 24)
    ]
    assert cleanse(inputs(world)).corrections == ()


def test_a_month_far_out_of_line_is_set_to_the_usual():
    units = [100.0] * YEARS
    units[15] = 500.0
    (correction,) = cleanse(inputs(sales_only({"Kettles": units}))).corrections
    assert (correction.kind, correction.before, correction.after) == (CorrectionKind.OUTLIER, 500.0, 100.0)


def test_a_season_of_every_year_is_no_outlier():
    units = [100.0] * YEARS
    units[11::12] = [400.0] * 3
    assert cleanse(inputs(sales_only({"Kettles": units}))).corrections == ()


def test_a_month_without_any_row_is_filled_and_cannot_be_turned_back():
    world = sales_only({"Kettles": [100.0] * 24})
    del world["sales"][10]
    found = cleanse(inputs(world))
    (gap,) = found.corrections
    assert (gap.kind, gap.month, gap.after, gap.reversible) == (CorrectionKind.GAP, "2026-11", 100.0, False)
    assert np.isnan(gap.before)
    again = cleanse(inputs(world), [rejected(gap)])
    assert again.demand[0, 0, 10] == 100.0


def test_more_returns_than_sales_are_not_demand_below_zero():
    units = [100.0] * 24
    units[13] = -30.0
    corrections = cleanse(inputs(sales_only({"Kettles": units}))).corrections
    assert [(c.kind, c.after) for c in corrections] == [(CorrectionKind.RETURNS, 100.0)]


def test_what_a_promotion_added_comes_off_the_channels_that_ran_it():
    world = {"sales": [], "events": []}
    for h, month in enumerate(following("2023-01", YEARS)):
        promoted = h == 17
        for channel, usual in (("shop", 100.0), ("web", 100.0)):
            in_shop = promoted and channel == "shop"
            units = usual + (60.0 if in_shop else 0.0)
            world["sales"].append(
                {
                    "month": month,
                    "family": "Kettles",
                    "channel": channel,
                    "units": units,
                    "promo_units": units if in_shop else 0.0,
                }
            )
    world["events"] = [
        {
            "start_month": "2024-06",
            "end_month": "2024-06",
            "family": "Kettles",
            "kind": "promotion",
            "description": "Two for one",
        }
    ]
    found = cleanse(inputs(world))
    assert {(c.channel, c.month, c.kind) for c in found.corrections} == {("shop", "2024-06", CorrectionKind.PROMOTION)}
    # 260 units in place of 200: the promotion added 30 % to the family, and all 60 units of it in the shop.
    assert found.demand[0, 0, 17] == pytest.approx(100.0, abs=1.5)
    assert found.demand[0, 1, 17] == 100.0
    assert found.drivers[0].effects[0].ratio == pytest.approx(0.30, abs=0.01)


def test_a_new_level_at_a_launch_asks_season_or_launch():
    units = [100.0 + h % 3 for h in range(31)] + [260.0] * 5
    world = sales_only({"Kettles": units}, first="2023-01")
    world["events"] = [
        {
            "start_month": "2025-08",
            "end_month": "2025-10",
            "family": "Kettles",
            "kind": "launch",
            "description": "Kettle with a whistle",
        }
    ]
    (question,) = cleanse(inputs(world)).findings
    assert question.kind.code == "season-or-launch"
    assert "Aug 25" in question.detail
    assert "Kettle with a whistle" in question.detail
    del world["events"]
    assert cleanse(inputs(world)).findings == ()


def test_a_year_more_of_history_and_the_order_of_rows_change_no_correction():
    units = [100.0] * YEARS
    units[15] = 500.0
    world = sales_only({"Kettles": units, "Lamps": [50.0] * YEARS})
    turned = {"sales": list(reversed(world["sales"]))}
    assert cleanse(inputs(turned)).corrections == cleanse(inputs(world)).corrections
