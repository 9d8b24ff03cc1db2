"""Which changes of past forecasts helped: judged on what happened, with counts, and without a verdict under twelve."""

import numpy as np
import pytest

from sop_dash.core.demand.bias_cost import bias_cost
from sop_dash.core.demand.change_ledger import by_direction, by_owner, by_reason, by_size_and_direction, judged_changes
from sop_dash.core.model.inputs import ForecastSnapshots
from sop_dash.core.model.periods import following
from sop_dash.core.model.records import AdjustmentType, PastAdjustment

HISTORY = following("2026-01", 12)


def change(value, *, month="2026-03", owner="Sales", kind=AdjustmentType.PERCENTAGE, family=0, channel=""):
    return PastAdjustment(
        cycle="2026-02", month=month, family=family, type=kind, value=value, reason="hope", owner=owner, channel=channel
    )


def judged(*changes, actual=100.0, price=(2.0,)):
    snapshots = ForecastSnapshots(
        cycles=("2026-02",) * 12,
        months=HISTORY,
        families=(0,) * 12,
        steps=("statistical",) * 12,
        units=np.full(12, 100.0),
    )
    return judged_changes(changes, snapshots, np.full((1, 12), actual), HISTORY, np.array(price))


def test_a_change_towards_what_happened_gains_the_error_it_took_off():
    (helped,) = judged(change(0.10), actual=120.0)
    # Error 20 without it, 10 with it: 10 units at 2 each.
    assert (helped.before, helped.after, helped.gain) == (100.0, 110.00000000000001, pytest.approx(20.0))


def test_the_three_types_change_the_frozen_forecast():
    after = [
        judged(change(value, kind=kind))[0].after
        for kind, value in (
            (AdjustmentType.PERCENTAGE, -0.5),
            (AdjustmentType.ADDITIVE, 30.0),
            (AdjustmentType.ABSOLUTE, 70.0),
        )
    ]
    assert after == [50.0, 130.0, 70.0]


def test_changes_of_months_not_closed_of_one_channel_or_without_a_frozen_forecast_are_not_judged():
    assert judged(change(0.1, month="2027-01"), change(0.1, channel="web"), change(0.1, family=1)) == ()


def test_a_group_tells_its_count_its_points_and_who_was_helped():
    rows = judged(change(0.10), change(-0.10), change(0.20, owner="Marketing"), actual=120.0)
    marketing, sales = by_owner(rows)
    assert (marketing.name, marketing.gain) == ("Marketing", pytest.approx(40.0))
    # Sales: +10 units and −10 units of error, of 240 sold: nothing in sum, one of two helped.
    assert sales.changes == 2
    assert sales.added_points == pytest.approx(0.0, abs=1e-9)
    assert sales.helped_ratio == 0.5


def test_there_is_no_verdict_under_twelve_changes():
    eleven = [change(0.10, month=month) for month in HISTORY[:11]]
    (row,) = by_reason(judged(*eleven, actual=120.0))
    assert row.verdict is None
    twelve = [change(0.10, month=month) for month in HISTORY]
    (row,) = by_reason(judged(*twelve, actual=120.0))
    # 10 of 120 units of error taken off in every month.
    assert (row.verdict, row.added_points) == ("better", pytest.approx(100 * 10 / 120))


def test_small_and_large_up_and_down_are_told_apart():
    rows = by_size_and_direction(judged(change(0.05), change(0.10), change(-0.20), change(0.0)))
    assert {row.name for row in rows} == {"small, up", "middle, up", "large, down"}


def test_ups_and_downs_are_told_apart():
    rows = by_direction(judged(change(0.05), change(0.10), change(-0.20), change(0.0)))
    assert {(row.name, row.changes) for row in rows} == {("up", 2), ("down", 1)}


def test_names_can_be_hidden():
    rows = by_owner(judged(change(0.1), change(0.1, owner="Marketing")), hide_names=True)
    assert {row.name for row in rows} == {"Owner 1", "Owner 2"}


def test_bias_costs_idle_stock_above_and_margin_below():
    cost = bias_cost(
        np.array([[120.0, 90.0, np.nan]]),
        np.array([[100.0, 100.0, 100.0]]),
        unit_cost=np.array([5.0]),
        unit_margin=np.array([3.0]),
        carrying_ratio_per_year=0.2,
    )
    # Over 20 and 0: 10 a month × 5 = 50 idle, 10 a year to hold; under 0 and 10: 5 a month × 3 × 12 = 180.
    assert cost.idle_stock_value[0] == pytest.approx(50.0)
    assert cost.holding_value_per_year[0] == pytest.approx(10.0)
    assert cost.margin_at_risk_per_year[0] == pytest.approx(180.0)
