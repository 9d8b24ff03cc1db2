"""The policy of a handful of items, every figure checked by hand."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import norm, poisson

from sop_dash.core.inventory.policy import ItemDemand, ItemPolicy, cover_service, item_policy
from sop_dash.core.model.errors import BadValue
from sop_dash.core.model.inputs import Grain
from sop_dash.core.model.items import ItemInputs
from sop_dash.core.model.periods import DAYS_PER_MONTH, following
from sop_dash.core.model.planning_settings import PlanningSettings, SafetyStockRule

MONTHS = 12
SETTINGS = PlanningSettings(cycle_service_a=0.95, cycle_service_b=0.95, cycle_service_c=0.95, largest_lot_days=365.0)


def items_of(count: int, **changed: object) -> ItemInputs:
    """So many bought items of one family with a lead time of one month, 500 in stock and nothing else known."""
    unknown = np.full(count, np.nan)
    grain = Grain(
        families=("Lamps",),
        categories=("Home",),
        channels=("all",),
        resources=(),
        history=following("2025-01", MONTHS),
        horizon=following("2026-01", MONTHS),
        made=(False,),
    )
    plain = ItemInputs(
        version="v",
        grain=grain,
        skus=tuple(f"L{n}" for n in range(count)),
        names=tuple(f"Lamp {n}" for n in range(count)),
        family=np.zeros(count, dtype=np.int64),
        made=np.zeros(count, dtype=np.bool_),
        ended=np.zeros(count, dtype=np.bool_),
        demand_units=np.full((count, MONTHS), 100.0),
        on_hand_units=np.full(count, 500.0),
        blocked_units=np.zeros(count),
        on_order_units=unknown,
        backlog_units=unknown,
        unit_cost=np.full(count, 10.0),
        unit_revenue=unknown,
        lead_time_days=np.full(count, DAYS_PER_MONTH),
        lead_time_sd_days=unknown,
        smallest_order=unknown,
        lot_multiple=unknown,
        order_cost=unknown,
        shelf_life_months=unknown,
        months_left=np.full(count, np.inf),
        safety_stock_in_force=unknown,
        reorder_point_in_force=unknown,
    )
    return replace(plain, **changed)


def demand_of(count: int, *, ahead: float = 100.0, error: float = 20.0) -> ItemDemand:
    """The same demand every month, and forecasts that missed by the same amount, up and down in turn."""
    signs = np.where(np.arange(MONTHS) % 2 == 0, 1.0, -1.0)
    return ItemDemand(
        ahead=np.full((count, MONTHS), ahead),
        errors=np.repeat((error * signs)[:, None], count, axis=1)[:, :, None],
        without_season=np.full((count, MONTHS), ahead),
    )


def one(policy: ItemPolicy, name: str) -> float:
    return float(getattr(policy, name)[0])


def test_before_a_peak_the_reorder_point_rests_on_the_peak_and_not_on_the_average() -> None:
    # 300 in each of the first two months, 60 in each of the other ten: 1,200 a year, 100 a month on average.
    peak = replace(demand_of(1), ahead=np.array([[300.0] * 2 + [60.0] * 10]))
    found = item_policy(items_of(1, lead_time_days=np.full(1, 1.5 * DAYS_PER_MONTH)), peak, SETTINGS, 0.2)
    assert one(found, "protection_demand") == pytest.approx(450.0)  # 300 + half of 300
    assert one(found, "protection_pace") == pytest.approx(450.0 / 150.0)
    assert one(found, "reorder_point") == pytest.approx(450.0 + one(found, "safety_stock"))


def test_the_reorder_point_is_demand_over_the_lead_time_and_safety_stock() -> None:
    found = item_policy(items_of(1), demand_of(1), SETTINGS, 0.2)
    assert one(found, "sigma") == pytest.approx(20.0)
    assert one(found, "safety_stock") == pytest.approx(norm.ppf(0.95) * 20.0)
    assert one(found, "reorder_point") == pytest.approx(100.0 + norm.ppf(0.95) * 20.0)
    assert one(found, "position") == 500.0
    assert one(found, "order_now") == 0.0


def test_the_spread_of_the_lead_time_adds_to_that_of_demand() -> None:
    items = items_of(1, lead_time_sd_days=np.array([0.15 * DAYS_PER_MONTH]))
    # √(20² + (100 · 0.15)²) = 25
    assert one(item_policy(items, demand_of(1), SETTINGS, 0.2), "sigma") == pytest.approx(25.0)


def test_stock_looked_at_now_and_then_must_last_until_the_order_after_arrives() -> None:
    found = item_policy(items_of(1), demand_of(1), replace(SETTINGS, review_days=DAYS_PER_MONTH), 0.2)
    assert one(found, "protection_months") == pytest.approx(2.0)
    assert one(found, "protection_demand") == pytest.approx(200.0)
    assert one(found, "sigma") == pytest.approx(20.0 * np.sqrt(2.0))  # only one month is tested: it grows as √2


def test_an_order_is_due_at_the_reorder_point_and_open_orders_and_backlog_count() -> None:
    items = items_of(
        4,
        on_hand_units=np.array([120.0, 120.0, 120.0, 200.0]),
        on_order_units=np.array([0.0, 50.0, 50.0, 0.0]),
        backlog_units=np.array([0.0, 0.0, 60.0, 0.0]),
        smallest_order=np.full(4, 80.0),
        lot_multiple=np.full(4, 40.0),
    )
    found = item_policy(items, demand_of(4), SETTINGS, 0.2)  # reorder point 132.9
    assert found.position.tolist() == [120, 170, 110, 200]
    assert found.order_now.tolist() == [80, 0, 80, 0]


def test_a_deep_shortage_orders_more_than_a_lot() -> None:
    items = items_of(1, on_hand_units=np.zeros(1), smallest_order=np.array([20.0]), lot_multiple=np.array([20.0]))
    # 132.9 missing, in twenties
    assert one(item_policy(items, demand_of(1), SETTINGS, 0.2), "order_now") == 140.0


def test_the_lot_is_economic_and_can_be_ordered() -> None:
    items = items_of(1, order_cost=np.array([15.0]), smallest_order=np.array([50.0]), lot_multiple=np.array([25.0]))
    found = item_policy(items, demand_of(1), SETTINGS, 0.2)
    assert one(found, "economic_lot") == pytest.approx(np.sqrt(2 * 1200 * 15 / 2.0))  # 134.2
    assert one(found, "lot") == 150.0
    short_life = replace(items, shelf_life_months=np.array([1.0]))
    assert one(item_policy(short_life, demand_of(1), SETTINGS, 0.2), "lot") == 100.0  # a month of demand


def test_without_an_order_cost_the_smallest_order_is_the_lot_or_a_month_of_demand() -> None:
    found = item_policy(items_of(2, smallest_order=np.array([70.0, np.nan])), demand_of(2), SETTINGS, 0.2)
    assert np.isnan(found.economic_lot).all()
    assert found.lot.tolist() == [70, 100]
    assert "no order cost" in found.notes[0]


def test_slow_movers_are_counted_one_by_one() -> None:
    found = item_policy(items_of(1), demand_of(1, ahead=4.0, error=2.0), SETTINGS, 0.2)
    assert found.slow.tolist() == [True]
    assert one(found, "reorder_point") == poisson.ppf(0.95, 4.0)  # variance 4 = mean


def test_a_fill_rate_weighs_the_lot_and_cover_days_take_the_demand_that_follows() -> None:
    filled = replace(SETTINGS, safety_stock_rule=SafetyStockRule.FILL_RATE, service_target=0.98)
    small = items_of(1, smallest_order=np.array([10.0]))
    assert one(item_policy(small, demand_of(1), filled, 0.2), "safety_stock") > one(
        item_policy(items_of(1), demand_of(1), filled, 0.2), "safety_stock"
    )
    covered = replace(SETTINGS, safety_stock_rule=SafetyStockRule.COVER_DAYS, cover_days=31.0)
    assert one(item_policy(items_of(1), demand_of(1), covered, 0.2), "safety_stock") == pytest.approx(100.0)  # January


def test_each_class_has_its_own_service_and_its_own_limit_of_excess() -> None:
    settings = replace(SETTINGS, cycle_service_a=0.99, cycle_service_b=0.95, cycle_service_c=0.90)
    items = items_of(3, unit_cost=np.array([100.0, 20.0, 1.0]), on_hand_units=np.full(3, 2000.0))
    found = item_policy(items, demand_of(3), settings, 0.2)
    assert found.abc.tolist() == ["A", "B", "C"]  # shares before: 0, 0.826, 0.992
    assert found.service_ratio.tolist() == [0.99, 0.95, 0.90]
    # 2,000 − 6, 9 and 12 months of 100 − safety stock
    assert found.excess == pytest.approx(2000.0 - np.array([600.0, 900.0, 1200.0]) - found.safety_stock)


def test_ended_items_are_neither_ordered_nor_saleable_and_their_stock_is_obsolete() -> None:
    items = items_of(1, ended=np.array([True]), months_left=np.zeros(1))
    found = item_policy(items, demand_of(1, ahead=0.0), SETTINGS, 0.2)
    assert (one(found, "position"), one(found, "order_now"), one(found, "reorder_point")) == (0.0, 0.0, 0.0)
    assert one(found, "obsolete_units") == 500.0
    assert found.notes[0].startswith("no longer sold")


def test_what_is_unknown_stays_unknown_and_says_so() -> None:
    items = items_of(2, lead_time_days=np.array([np.nan, DAYS_PER_MONTH]), on_hand_units=np.array([500.0, np.nan]))
    found = item_policy(items, demand_of(2), SETTINGS, 0.2)
    assert np.isnan([one(found, "safety_stock"), one(found, "reorder_point"), one(found, "order_now")]).all()
    assert np.isnan(found.order_now[1])
    assert "no lead time" in found.notes[0]
    assert "stock unknown" in found.notes[1]


def test_the_service_that_cover_days_give_is_said() -> None:
    found = item_policy(items_of(1), demand_of(1), SETTINGS, 0.2)
    service = cover_service(found, np.array([20.0]))  # one standard deviation
    assert service.cycle_ratio[0] == pytest.approx(norm.cdf(1.0))
    assert service.fill_ratio[0] == pytest.approx(1.0 - 20.0 * 0.0833154706 / 100.0)


def test_a_service_that_no_stock_gives_is_refused() -> None:
    with pytest.raises(BadValue):
        item_policy(items_of(1), demand_of(1), replace(SETTINGS, cycle_service_a=1.0), 0.2)


def test_no_items_have_no_policy() -> None:
    assert item_policy(items_of(0), demand_of(0), SETTINGS, 0.2).order_now.tolist() == []
