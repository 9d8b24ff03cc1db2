"""Family plans split to items: hand-checkable splits and the laws of fair share."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sop_dash.core.supply.item_split import ItemMix, ItemSplit, item_mix, split_to_items

ONE_FAMILY = np.zeros(2, dtype=np.int64)


def two_items(opening: list[float], demand: tuple[float, ...] = (60.0, 40.0)) -> ItemMix:
    """Two items of one family, each month alike."""
    ahead = np.tile(np.array(demand)[:, None], 2)
    return item_mix(ONE_FAMILY, ahead, ahead, np.array(opening), np.array([float(sum(opening))]), 2)


def split(mix: ItemMix, *, demand: list[float], supply: list[float], shipped: list[float], target=(0.0, 0.0)):
    rows = {"demand": demand, "supply": supply, "shipped": shipped, "target": target}
    return split_to_items(mix, **{f"{name}_units": np.array([row]) for name, row in rows.items()})


def test_all_items_last_equally_long():
    # Stock 30 and 10, supply 60, need 60 and 40: level (60 + 40) ÷ 100 = 1, so 60 − 30 = 30 and 40 − 10 = 30.
    found = split(two_items([30.0, 10.0]), demand=[100.0, 100.0], supply=[60.0, 100.0], shipped=[100.0, 100.0])
    assert found.supply_units[:, 0] == pytest.approx([30.0, 30.0])
    assert found.supply_units[:, 1] == pytest.approx([60.0, 40.0])
    assert found.closing_units == pytest.approx(np.zeros((2, 2)))
    assert found.mix_loss_units == pytest.approx(np.zeros((1, 2)))


def test_an_item_that_has_enough_gets_nothing_and_its_stock_is_lost_to_the_others():
    # Stock 100 and 0, supply 20. The family can ship 100 of 100; item one has 100 for 60, item two only the 20.
    found = split(two_items([100.0, 0.0]), demand=[100.0, 100.0], supply=[20.0, 80.0], shipped=[100.0, 100.0])
    assert found.supply_units[:, 0] == pytest.approx([0.0, 20.0])
    assert found.served_units[:, 0] == pytest.approx([60.0, 20.0])
    assert found.mix_loss_units[0, 0] == pytest.approx(20.0)
    # 40 are left in item one, while the family plan believes it has 20: the difference is what was lost.
    assert found.closing_units[:, 0].sum() - 20.0 == pytest.approx(20.0)
    # Next month 80 more for 60 + 40 with 40 in stock: level 120 ÷ 100, so 32 and 48.
    assert found.supply_units[:, 1] == pytest.approx([32.0, 48.0])


def test_a_shortage_of_the_family_is_no_mix_loss():
    found = split(two_items([0.0, 0.0]), demand=[100.0, 100.0], supply=[50.0, 50.0], shipped=[50.0, 50.0])
    assert found.served_units[:, 0] == pytest.approx([30.0, 20.0])
    assert found.mix_loss_units.sum() == pytest.approx(0.0)


def test_stock_targets_are_shared_as_the_demand_of_the_month_after():
    ahead = np.array([[60.0, 20.0], [40.0, 80.0]])
    mix = item_mix(ONE_FAMILY, ahead, ahead, np.zeros(2), np.zeros(1), 2)
    found = split(mix, demand=[100.0, 100.0], supply=[200.0, 0.0], shipped=[100.0, 100.0], target=[100.0, 0.0])
    assert found.target_units[:, 0] == pytest.approx([20.0, 80.0])
    assert found.supply_units[:, 0] == pytest.approx([80.0, 120.0])
    assert found.closing_units[:, 1] == pytest.approx([0.0, 0.0])


def test_what_nobody_asks_for_goes_where_it_sold_last_year():
    past = np.array([[30.0] * 12, [10.0] * 12])
    mix = item_mix(ONE_FAMILY, np.zeros((2, 2)), past, np.zeros(2), np.zeros(1), 2)
    found = split(mix, demand=[0.0, 0.0], supply=[40.0, 0.0], shipped=[0.0, 0.0])
    assert found.supply_units[:, 0] == pytest.approx([30.0, 10.0])


def test_what_never_sold_is_split_alike():
    mix = item_mix(ONE_FAMILY, np.zeros((2, 2)), np.full((2, 12), np.nan), np.zeros(2), np.zeros(1), 2)
    found = split(mix, demand=[0.0, 0.0], supply=[40.0, 0.0], shipped=[0.0, 0.0])
    assert found.supply_units[:, 0] == pytest.approx([20.0, 20.0])


def test_unknown_stock_of_items_is_that_of_the_family_split_by_demand():
    ahead = np.array([[60.0, 60.0], [40.0, 40.0]])
    unknown = item_mix(ONE_FAMILY, ahead, ahead, np.full(2, np.nan), np.array([50.0]), 2)
    assert unknown.opening_units == pytest.approx([30.0, 20.0])


def test_a_caught_up_backlog_is_served_to_all_items_alike():
    # 100 asked for and 120 shipped: each item may ship a fifth more than its demand.
    found = split(two_items([0.0, 0.0]), demand=[100.0, 100.0], supply=[120.0, 100.0], shipped=[120.0, 100.0])
    assert found.served_units[:, 0] == pytest.approx([72.0, 48.0])
    assert found.mix_loss_units.sum() == pytest.approx(0.0)


AMOUNTS = st.floats(0.0, 1e5).map(lambda units: round(units, 3))


@st.composite
def plans(draw: st.DrawFn) -> tuple[ItemMix, dict[str, np.ndarray]]:
    """Any families, items, stock and supply whose balance holds for the family."""
    families, items, months = draw(st.integers(1, 3)), draw(st.integers(1, 8)), draw(st.integers(1, 4))
    family = np.sort(draw(arrays(np.int64, items, elements=st.integers(0, families - 1))))
    ahead = draw(arrays(np.float64, (items, months), elements=AMOUNTS))
    saleable = draw(arrays(np.float64, items, elements=AMOUNTS))
    opening = np.bincount(family, saleable, minlength=families)
    has_items = np.isin(np.arange(families), family)[:, None]
    supply = draw(arrays(np.float64, (families, months), elements=AMOUNTS)) * has_items
    demand = np.zeros((families, months))
    np.add.at(demand, family, ahead)
    stock, shipped = opening, np.zeros_like(demand)
    for month in range(months):
        shipped[:, month] = np.minimum(demand[:, month], stock + supply[:, month])
        stock = stock + supply[:, month] - shipped[:, month]
    target = draw(arrays(np.float64, (families, months), elements=AMOUNTS))
    mix = item_mix(family, ahead, ahead, saleable, opening, months)
    return mix, {"demand": demand, "supply": supply, "shipped": shipped, "target": target, "opening": opening}


def by_family(mix: ItemMix, units: np.ndarray) -> np.ndarray:
    total = np.zeros((mix.families, units.shape[1]))
    np.add.at(total, mix.family, units)
    return total


def answered(mix: ItemMix, given: dict[str, np.ndarray]) -> ItemSplit:
    return split_to_items(mix, **{f"{name}_units": given[name] for name in ("demand", "target", "supply", "shipped")})


@given(plans())
def test_items_add_up_to_their_family(case):
    mix, given = case
    found = answered(mix, given)
    scale = 1.0 + max(given["supply"].max(), given["opening"].max(), given["demand"].max())
    splits = np.isin(np.arange(mix.families), mix.family)[:, None]
    assert by_family(mix, found.supply_units) * splits == pytest.approx(given["supply"] * splits, abs=1e-9 * scale)
    assert by_family(mix, found.demand_units) * splits == pytest.approx(given["demand"] * splits, abs=1e-9 * scale)


@given(plans())
def test_no_item_ships_what_it_does_not_have_and_nothing_appears_or_vanishes(case):
    mix, given = case
    found = answered(mix, given)
    scale = 1.0 + given["supply"].sum() + given["opening"].sum()
    opening = np.concatenate((mix.opening_units[:, None], found.closing_units[:, :-1]), axis=1)
    balance = opening + found.supply_units - found.served_units - found.closing_units
    assert np.abs(balance).max() <= 1e-9 * scale
    assert found.closing_units.min() >= -1e-9 * scale
    assert found.supply_units.min() >= -1e-9 * scale
    assert (found.served_units <= found.demand_units + 1e-9 * scale).all()


@given(plans())
def test_stock_in_the_wrong_items_is_exactly_what_was_lost(case):
    mix, given = case
    found = answered(mix, given)
    splits = np.isin(np.arange(mix.families), mix.family)
    family_stock = given["opening"][:, None] + np.cumsum(given["supply"] - given["shipped"], axis=1)
    trapped = by_family(mix, found.closing_units) - family_stock
    scale = 1.0 + given["supply"].sum() + given["opening"].sum()
    lost = np.cumsum(found.mix_loss_units, axis=1)
    assert np.abs(trapped - lost)[splits].max(initial=0.0) <= 1e-8 * scale


@given(plans())
def test_items_that_get_supply_stand_at_one_level_and_no_other_stands_below_it(case):
    mix, given = case
    found = answered(mix, given)
    need = found.demand_units[:, 0] + found.target_units[:, 0]
    for family in range(mix.families):
        own = (mix.family == family) & (need > 1e-3)
        if not own.any():
            continue
        level = (mix.opening_units[own] + found.supply_units[own, 0]) / need[own]
        gets = found.supply_units[own, 0] > 1e-6 * (1.0 + given["supply"][family, 0])
        if gets.any():
            assert level[gets] == pytest.approx(level[gets].max(), rel=1e-5)
            assert level.min() >= level[gets].min() * (1.0 - 1e-5)
