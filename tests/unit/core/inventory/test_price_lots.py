"""Prices that fall with the order: which one to order at, within what can be ordered and kept."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.inventory.item_lots import price_break
from sop_dash.core.inventory.lots import practical_lot
from sop_dash.core.inventory.policy import item_policy
from sop_dash.core.inventory.price_lots import PriceLots, price_lots
from sop_dash.core.model.arrays import Array
from sop_dash.core.model.price_ladder import PriceLadder, PriceTier
from tests.unit.core.inventory.test_policy import SETTINGS, demand_of, items_of


def ladder(*tiers: tuple[float, float], incremental: bool = False) -> PriceLadder:
    return PriceLadder(tiers=tuple(PriceTier(smallest=s, price=p) for s, p in tiers), incremental=incremental)


TRAINS = ladder((0, 5.00), (1000, 4.80), (2000, 4.75))
"""Heizer & Render, quantity discounts: 5,000 a year, 49 an order, 20 % a year."""


def limited(**limits: float) -> Callable[[Array], Array]:
    return partial(practical_lot, **({"smallest": np.nan, "multiple": np.nan, "largest": np.inf} | limits))


def of(prices: PriceLadder, **limits: float) -> PriceLots:
    found = price_lots(prices, demand=5000, order_cost=49, holding_ratio=0.2, orderable=limited(**limits))
    assert found is not None
    return found


def test_the_cheapest_year_decides_between_economic_lots_and_breaks():
    # 700: 25,000 + 350 + 350; 1,000: 24,000 + 245 + 480; 2,000: 23,750 + 122.50 + 950.
    found = of(TRAINS)
    assert found.lot.tolist() == pytest.approx([700, 1000, 2000])
    assert found.cost.tolist() == pytest.approx([25_700, 24_725, 24_822.5])
    assert (found.best, found.price) == (1, 4.8)
    assert found.saving == pytest.approx(975)


def test_a_break_beyond_what_may_be_kept_is_out_of_reach():
    # At most 900 fit: the two breaks are cut to 900 at 5.00 (25,000 + 272.22 + 450), so 700 stays.
    found = of(TRAINS, largest=900.0)
    assert found.lot.tolist() == pytest.approx([700, 900, 900])
    assert (found.best, found.saving) == (0, 0.0)


def test_multiples_are_kept_before_prices_are_compared():
    # Pallets of 300: 900 at 5.00 costs 25,722.22, 1,200 at 4.80 costs 24,000 + 204.17 + 576.
    found = of(TRAINS, multiple=300.0)
    assert found.lot.tolist() == pytest.approx([900, 1200, 2100])
    assert found.cost[1] == pytest.approx(24_780.17, abs=0.01)
    assert found.saving == pytest.approx(25_722.22 - 24_780.17, abs=0.01)


def test_an_incremental_price_holds_for_the_units_beyond():
    prices = ladder((0, 5.0), (1000, 4.0), incremental=True)
    assert prices.purchase_value(800) == 4000
    assert prices.purchase_value(1500) == 5000 + 500 * 4
    assert ladder((0, 5.0), (1000, 4.0)).purchase_value(1500) == 6000


def test_an_incremental_order_pays_the_first_units_in_full():
    # The first 1,000 cost 1 more each: 1,000 once an order beside the 49: √(2 × 5,000 × 1,049 ÷ 0.8) = 3,621.1.
    found = of(ladder((0, 5.0), (1000, 4.0), incremental=True))
    assert found.lot[-1] == pytest.approx(3621.12, abs=0.01)
    units = float(found.lot[-1])
    mean = (5000 + (units - 1000) * 4) / units
    assert found.cost[-1] == pytest.approx(5000 * mean + 49 * 5000 / units + 0.2 * mean * units / 2)


@pytest.mark.parametrize("unknown", [{"demand": 0.0}, {"order_cost": np.nan}, {"holding_ratio": 0.0}])
def test_without_demand_order_cost_or_holding_nothing_is_weighed(unknown: dict[str, float]):
    known = {"demand": 5000.0, "order_cost": 49.0, "holding_ratio": 0.2}
    assert price_lots(TRAINS, orderable=limited(), **(known | unknown)) is None


@given(
    steps=st.lists(st.tuples(st.integers(1, 3000), st.floats(0.01, 0.3)), min_size=1, max_size=4),
    incremental=st.booleans(),
    largest=st.floats(50.0, 20_000.0),
)
def test_more_prices_never_cost_more(steps: list[tuple[int, float]], incremental: bool, largest: float):
    tiers, units, price = [(0.0, 10.0)], 0.0, 10.0
    for more, off in steps:
        units, price = units + more + 1, price * (1.0 - off)
        tiers.append((units, price))
    found = of(ladder(*tiers, incremental=incremental), largest=largest)
    assert found.cost[found.best] <= found.plain_cost * (1.0 + 1e-9)
    assert found.lot[found.best] <= largest * (1.0 + 1e-9)
    assert found.saving >= 0.0


def test_an_offer_is_judged_against_the_prices_known_already():
    # As below 300 at 9.50 cost 11,793 a year; 300 at 9.00 would cost 10,800 + 108 + 270 = 11,178.
    items = replace(items_of(1, order_cost=np.full(1, 27.0)), price_ladders={0: ladder((0, 10.0), (300, 9.5))})
    found = item_policy(items, demand_of(1), SETTINGS, 0.2)
    assert price_break(found, 0, from_units=300, price=9.5, carrying_ratio_per_year=0.2).saving == pytest.approx(0.0)
    offer = price_break(found, 0, from_units=300, price=9.0, carrying_ratio_per_year=0.2)
    assert (offer.lot, offer.saving) == (300.0, pytest.approx(11_793 - 11_178))


def test_the_policy_orders_at_the_price_that_costs_least_and_says_so():
    # 1,200 a year, 27 an order, 20 % of 10.00: √(2 × 1,200 × 27 ÷ 2) = 180 at 12,360 a year;
    # 300 at 9.50: 11,400 + 108 + 285 = 11,793.
    items = replace(items_of(2, order_cost=np.full(2, 27.0)), price_ladders={1: ladder((0, 10.0), (300, 9.5))})
    found = item_policy(items, demand_of(2), SETTINGS, 0.2)
    assert found.lot.tolist() == pytest.approx([180, 300])
    assert found.economic_lot.tolist() == pytest.approx([180, 300])
    assert found.lot_price[1] == pytest.approx(9.5)
    assert found.price_saving_value[1] == pytest.approx(12_360 - 11_793)
    assert np.isnan(found.lot_price[0])
    assert found.notes == ("", "order size by a price break")
